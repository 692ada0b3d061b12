#include "proxy/exchange/modelscache.h"

#include <algorithm>

void ModelsCache::keep(const QByteArray &target, const http::Fields &fields, const QByteArray &body,
                       Clock::time_point now)
{
    if (body.size() > maximumBytes)
        return;
    m_entries.remove(target);
    if (m_entries.size() >= maximumEntries) {
        const auto oldest = std::min_element(m_entries.begin(), m_entries.end(),
                                             [](const Entry &a, const Entry &b) { return a.since < b.since; });
        m_entries.erase(oldest);
    }
    m_entries.insert(target, Entry{fields, body, now});
}

std::optional<ModelsCache::Entry> ModelsCache::find(const QByteArray &target, Clock::time_point now) const
{
    const auto entry = m_entries.constFind(target);
    if (entry == m_entries.constEnd() || now - entry->since > maximumAge)
        return std::nullopt;
    return *entry;
}
