#pragma once

#include <QByteArray>

#include <memory>

class QDebug;

// A key or token. Copies share one buffer, which is overwritten when the last of them goes.
// It prints as "***", so that it cannot reach a log by accident.
class Secret
{
public:
    Secret() = default;
    // Takes over the bytes; `value` is detached first, so another QByteArray that shares them
    // keeps its own copy and stays the caller's to wipe.
    explicit Secret(QByteArray value);

    [[nodiscard]] bool isEmpty() const { return !m_value || m_value->isEmpty(); }
    // Not in constant time: for a change of settings, not for what a client sends.
    [[nodiscard]] bool holdsTheSameAs(const Secret &other) const
    {
        return isEmpty() ? other.isEmpty() : !other.isEmpty() && *m_value == *other.m_value;
    }
    // A copy of the bytes: for the one place that puts them into a request. It shares nothing, for
    // it may outlive this.
    [[nodiscard]] QByteArray reveal() const
    {
        return m_value ? QByteArray(m_value->constData(), m_value->size()) : QByteArray();
    }

private:
    std::shared_ptr<const QByteArray> m_value;
};

QDebug operator<<(QDebug debug, const Secret &secret);
