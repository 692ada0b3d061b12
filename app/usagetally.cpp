#include "app/usagetally.h"

#include <algorithm>
#include <utility>

namespace {

// Clients choose these, and they are kept for years.
constexpr qsizetype longestName = 100;

QString nameOf(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).left(longestName);
}

} // namespace

void UsageTally::add(const UsageCount &count)
{
    const std::tuple key(count.day, count.model, count.client);
    auto at = m_counts.find(key);
    if (at == m_counts.end()) {
        if (m_counts.size() < capacity)
            m_counts.insert(key, count);
        return;
    }
    at->requests += count.requests;
    at->failed += count.failed;
    at->input += count.input;
    at->output += count.output;
    at->thoughts += count.thoughts;
    at->cached += count.cached;
}

QList<UsageCount> UsageTally::take()
{
    return std::exchange(m_counts, {}).values();
}

std::optional<UsageCount> usageOf(const ExchangeInfo &info, const QDate &day)
{
    const QByteArray &model = info.model.isEmpty() ? info.usage.modelVersion : info.model;
    if (model.isEmpty() && !info.usage.isKnown())
        return {};
    UsageCount count{day, nameOf(model), nameOf(info.client)};
    count.requests = 1;
    count.failed = info.end == ExchangeInfo::End::Failed || info.status >= 400 ? 1 : 0;
    count.input = std::max(0, info.usage.input);
    count.output = std::max(0, info.usage.output);
    count.thoughts = std::max(0, info.usage.thoughts);
    count.cached = std::max(0, info.usage.cached);
    return count;
}
