#pragma once

#include <QByteArray>
#include <QSet>

struct ExchangeInfo;

// Decides under which name a model is counted. Clients can ask for any name, so a name is counted on its own only once
// it has got an answer, and the number of such names is limited; all others share one name. The metrics and the usage
// both count in this way, so that they agree. A plain object of one thread.
class ModelNames
{
public:
    static constexpr char other[] = "other";
    static constexpr qsizetype most = 100;    // names that are counted on their own
    static constexpr qsizetype longest = 100; // of a name, in bytes

    // Returns the name under which to count an exchange that has ended; "" if no model is known.
    [[nodiscard]] QByteArray nameOf(const ExchangeInfo &info);
    // Counts this name on its own from now on, since the model has answered before.
    void know(const QByteArray &name);

private:
    QSet<QByteArray> m_known;
};
