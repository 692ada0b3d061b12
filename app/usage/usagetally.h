#pragma once

#include "app/usage/usagecount.h"
#include "proxy/accounts/exchangeinfo.h"

#include <QList>
#include <QMap>

#include <optional>
#include <tuple>

class ModelNames;

// Counts by day, model and client, joined so that there is one of each.
class UsageTally
{
public:
    // So many different ones fit; what would need another is lost.
    static constexpr qsizetype capacity = 10'000;

    void add(const UsageCount &count);
    [[nodiscard]] bool isEmpty() const { return m_counts.isEmpty(); }
    [[nodiscard]] QList<UsageCount> counts() const { return m_counts.values(); }
    [[nodiscard]] QList<UsageCount> take();

private:
    QMap<std::tuple<QDate, QString, QString>, UsageCount> m_counts;
};

// What an exchange that ended counts for; empty if no model was used, as by a health check, a look
// at a model, or a count of a text's tokens.
[[nodiscard]] std::optional<UsageCount> usageOf(const ExchangeInfo &info, const QDate &day, ModelNames &names);
