#pragma once

#include "app/usage/usagecount.h"
#include "proxy/accounts/exchangeinfo.h"

#include <QList>
#include <QMap>

#include <optional>
#include <tuple>

class ModelNames;

// Adds up counts, so that there is one for each day, model and client. Those of an interaction stay on their own,
// and its tokens are added once. If the table is half full, further interactions are added up like other counts.
class UsageTally
{
public:
    // How many counts fit, each for another day, model or client. A count that would need a further place is lost.
    static constexpr qsizetype capacity = 10'000;

    void add(const UsageCount &count);
    [[nodiscard]] bool isEmpty() const { return m_counts.isEmpty(); }
    [[nodiscard]] QList<UsageCount> counts() const { return m_counts.values(); }
    [[nodiscard]] QList<UsageCount> take();

private:
    QMap<std::tuple<QDate, QString, QString, QString>, UsageCount> m_counts;
};

// Returns the count of one exchange that has ended. Returns nothing if the exchange used no model, such as a health
// check, a request for a model's description or a count of a text's tokens. An interaction's tokens are counted once it
// has ended; a request that only reads it counts as no request.
[[nodiscard]] std::optional<UsageCount> usageOf(const ExchangeInfo &info, const QDate &day, ModelNames &names);
