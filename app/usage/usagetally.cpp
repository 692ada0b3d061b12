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

// Whether what an answer tells of an interaction's usage is all of it: another answer will tell more while it runs.
bool isFinal(const InteractionInfo &interaction)
{
    return interaction.ended || interaction.id.isEmpty() || !interaction.stored;
}

// Whether an exchange has used a model. Only a POST or a WebSocket can do so, and verbs such as "countTokens" only
// count the tokens of a text.
bool usesModel(const ExchangeInfo &info)
{
    if (info.path.mid(info.path.lastIndexOf(':') + 1).startsWith("count"))
        return false;
    if (info.interaction && !info.interaction->creates)
        return info.usage.isKnown() && isFinal(*info.interaction);
    return info.usage.isKnown() || (!info.model.isEmpty() && (info.method == "POST" || info.route == "live"));
}

} // namespace

void UsageTally::add(const UsageCount &count)
{
    const std::tuple key(count.day, count.model, count.client, count.interaction);
    auto at = m_counts.find(key);
    const bool known = at != m_counts.end();
    if (!known) {
        if (!count.interaction.isEmpty() && m_counts.size() >= capacity / 2) {
            UsageCount plain = count; // so that interactions leave room for other counts
            plain.interaction.clear();
            add(plain);
            return;
        }
        if (m_counts.size() >= capacity)
            return;
        at = m_counts.insert(key, {count.day, count.model, count.client});
        at->interaction = count.interaction;
    }
    join(at->requests, count.requests);
    join(at->failed, count.failed);
    if (known && !count.interaction.isEmpty())
        return; // these are the same tokens once more
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
    const bool reads = info.interaction && !info.interaction->creates;
    count.requests = reads ? 0 : 1;
    count.failed = info.end == ExchangeInfo::End::Failed || info.status >= 400 ? count.requests : 0;
    if (info.interaction && !isFinal(*info.interaction))
        return count;
    if (info.interaction && info.interaction->stored && info.usage.isKnown())
        count.interaction = QString::fromUtf8(info.interaction->id);
    count.input = boundedCount(info.usage.input);
    count.output = boundedCount(info.usage.output);
    count.thoughts = boundedCount(info.usage.thoughts);
    count.cached = boundedCount(info.usage.cached);
    return count;
}
