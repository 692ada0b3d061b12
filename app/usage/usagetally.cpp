#include "app/usage/usagetally.h"

#include "proxy/accounts/modelnames.h"

#include <utility>

namespace {

constexpr qsizetype longestName = 100; // of a client, in characters

// Adds `count` to `sum` within the bounds of boundedCount().
void join(qint64 &sum, qint64 count)
{
    sum = boundedCount(sum + boundedCount(count));
}

// Whether an exchange has used a model. Only a POST or a WebSocket can do so, and verbs such as "countTokens" only
// count the tokens of a text.
bool usesModel(const ExchangeInfo &info)
{
    if (info.path.mid(info.path.lastIndexOf(':') + 1).startsWith("count"))
        return false;
    return info.usage.isKnown() || (!info.model.isEmpty() && (info.method == "POST" || info.route == "live"));
}

} // namespace

void UsageTally::add(const UsageCount &count)
{
    const std::tuple key(count.day, count.model, count.client);
    auto at = m_counts.find(key);
    if (at == m_counts.end()) {
        if (m_counts.size() >= capacity)
            return;
        at = m_counts.insert(key, {count.day, count.model, count.client});
    }
    join(at->requests, count.requests);
    join(at->failed, count.failed);
    join(at->input, count.input);
    join(at->output, count.output);
    join(at->thoughts, count.thoughts);
    join(at->cached, count.cached);
}

QList<UsageCount> UsageTally::take()
{
    return std::exchange(m_counts, {}).values();
}

std::optional<UsageCount> usageOf(const ExchangeInfo &info, const QDate &day, ModelNames &names)
{
    if (!usesModel(info))
        return {};
    UsageCount count{day, QString::fromUtf8(names.nameOf(info)), QString::fromUtf8(info.client).left(longestName)};
    count.requests = 1;
    count.failed = info.end == ExchangeInfo::End::Failed || info.status >= 400 ? 1 : 0;
    count.input = boundedCount(info.usage.input);
    count.output = boundedCount(info.usage.output);
    count.thoughts = boundedCount(info.usage.thoughts);
    count.cached = boundedCount(info.usage.cached);
    return count;
}
