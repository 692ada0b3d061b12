#pragma once

#include <QByteArray>

#include <memory>

class QDebug;

// A key or token. Copies share one buffer, which is overwritten when the last copy is destroyed. A secret prints as
// "***", so that it cannot get into a log by accident.
class Secret
{
public:
    Secret() = default;
    // Takes over the bytes. If another QByteArray shares them, that one keeps them and the secret gets a copy; the
    // caller may have to wipe the other one.
    explicit Secret(QByteArray value);

    [[nodiscard]] bool isEmpty() const { return !m_value || m_value->isEmpty(); }
    // Whether both secrets are equal. The comparison does not take constant time, so it must not be used for what a
    // client sends.
    [[nodiscard]] bool holdsTheSameAs(const Secret &other) const
    {
        return isEmpty() ? other.isEmpty() : !other.isEmpty() && *m_value == *other.m_value;
    }
    // Returns the bytes, for code that puts them into a request. They are a copy that shares nothing with the secret,
    // as it may outlive the secret.
    [[nodiscard]] QByteArray reveal() const
    {
        return m_value ? QByteArray(m_value->constData(), m_value->size()) : QByteArray();
    }

private:
    std::shared_ptr<const QByteArray> m_value;
};

QDebug operator<<(QDebug debug, const Secret &secret);
