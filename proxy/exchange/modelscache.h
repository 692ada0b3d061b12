#pragma once

#include "proxy/http/fields.h"

#include <QHash>

#include <chrono>
#include <optional>

// The last lists of models that Gemini told, for the time when it cannot be reached: a tool that
// asks for them when it starts should not fail for that. Bounded in number, size and age. Holds
// what one key may see: a new one for each key and each upstream. Lives on its server's thread.
class ModelsCache
{
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::minutes maximumAge{10};
    static constexpr qsizetype maximumBytes = 1024 * 1024; // of one body
    static constexpr qsizetype maximumEntries = 32;

    struct Entry
    {
        http::Fields fields; // as the client got them
        QByteArray body;
        Clock::time_point since;
    };

    // `target`: path and query of the request, without a key.
    void keep(const QByteArray &target, const http::Fields &fields, const QByteArray &body,
              Clock::time_point now = Clock::now());
    // Nothing if there is none that is young enough.
    [[nodiscard]] std::optional<Entry> find(const QByteArray &target, Clock::time_point now = Clock::now()) const;
    [[nodiscard]] qsizetype count() const { return m_entries.size(); }

private:
    QHash<QByteArray, Entry> m_entries;
};
