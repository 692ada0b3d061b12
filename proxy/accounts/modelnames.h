#pragma once

#include <QByteArray>
#include <QSet>

struct ExchangeInfo;

// Which models' names may stand in counts. Clients choose the names that they ask for, so one gets
// a place of its own only by an answer, and only so many do; the others share one name. Metrics and
// usage both count by it, so that they agree. A plain object of one thread.
class ModelNames
{
public:
    static constexpr char other[] = "other";
    static constexpr qsizetype most = 100;    // with a place of their own
    static constexpr qsizetype longest = 100; // of a name

    // The name to count an exchange by that has ended; "" if no model is known.
    [[nodiscard]] QByteArray nameOf(const ExchangeInfo &info);
    // It has answered before.
    void know(const QByteArray &name);

private:
    QSet<QByteArray> m_known;
};
