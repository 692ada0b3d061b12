#pragma once

#include <QDate>
#include <QString>

#include <algorithm>

// Limits a count to the range that is kept, from 0 to mostCount. So no strange answer or file makes a count negative,
// or so large that a sum of many counts overflows.
inline constexpr qint64 mostCount = 10'000'000'000'000;
[[nodiscard]] constexpr qint64 boundedCount(qint64 count)
{
    return std::clamp<qint64>(count, 0, mostCount);
}

// What one client used of one model on one day. A value.
struct UsageCount
{
    QDate day; // in local time
    QString model;
    QString client; // the name of the token that the client used; "" = none
    qint64 requests = 0;
    qint64 failed = 0; // those of the requests that ended in an error
    qint64 input = 0;  // this and the following are tokens
    qint64 output = 0;
    qint64 thoughts = 0; // the part of `output` that is thoughts
    qint64 cached = 0;   // the part of `input` that came from a cache
    // The ID of the interaction that used the tokens, "" = none or one that cannot be read again. The file remembers
    // it, and never adds the tokens of one interaction twice.
    QString interaction = {};

    friend bool operator==(const UsageCount &, const UsageCount &) = default;
};
