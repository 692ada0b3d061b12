#pragma once

#include "proxy/http/fields.h"

#include <QHash>

#include <chrono>
#include <optional>

// Keeps the latest lists of models that Gemini has sent, for times when it cannot be reached. A tool that asks for the
// list when it starts should not fail because of that. Number, size and age of the lists are limited. As the lists hold
// what one key may see, there is a new cache for each key and each upstream. Lives on its server's thread.
class ModelsCache
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::minutes maximumAge{10};
    static constexpr qsizetype maximumBytes = 1024 * 1024; // of one body
    static constexpr qsizetype maximumEntries = 32;

    struct Entry
    {
        http::Fields fields; // as the client got them, but without the proxy's own
        QByteArray body;
        Clock::time_point since;
    };

    // Keeps an answer for find(), unless its body is too large. `target` is the path and query of the request, without
    // a key.
    void keep(const QByteArray &target, const http::Fields &fields, const QByteArray &body,
              Clock::time_point now = Clock::now());
    // Returns the list that was kept for this target; nothing if there is none or it is too old.
    [[nodiscard]] std::optional<Entry> find(const QByteArray &target, Clock::time_point now = Clock::now()) const;
    [[nodiscard]] qsizetype count() const { return m_entries.size(); }

private:
    QHash<QByteArray, Entry> m_entries;
};
