#pragma once

#include <QDate>
#include <QString>

#include <algorithm>

// A count as it may be kept: neither a strange answer nor a strange file makes it negative, or so
// large that a sum of many overflows.
inline constexpr qint64 mostCount = 10'000'000'000'000;
[[nodiscard]] constexpr qint64 boundedCount(qint64 count)
{
    return std::clamp<qint64>(count, 0, mostCount);
}

// What one client had from one model on one day. A value.
struct UsageCount
{
    QDate day; // local
    QString model;
    QString client; // the name of the token used, "" without one
    qint64 requests = 0;
    qint64 failed = 0; // of the requests: those that ended in an error
    qint64 input = 0;  // tokens
    qint64 output = 0;
    qint64 thoughts = 0; // of the output
    qint64 cached = 0;   // of the input

    friend bool operator==(const UsageCount &, const UsageCount &) = default;
};
