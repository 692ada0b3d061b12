#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>

#include <chrono>
#include <optional>

// What Gemini says of a quota that is used up, in the body of a 429: pure functions.
namespace quota {

struct Report
{
    // Which one, in short, such as "per-day gemini-2.5-pro"; empty if it was not told. Of several,
    // the one that lasts longest. Only letters, digits and .-_/ besides the space.
    QByteArray name;
    QByteArray id;                                  // Google's own name for it: quotaId, else quotaMetric
    std::optional<std::chrono::seconds> retryAfter; // RetryInfo.retryDelay, rounded up
    bool isDaily = false;                           // it is the day's
    bool isNone = false;                            // this key has none of it at all: waiting does not help
};

// `body`: {"error":{...}}, or a list of one such object as OpenAI's face and lists of events have
// it. google.rpc.QuotaFailure and google.rpc.RetryInfo:
// https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
[[nodiscard]] Report report(const QByteArray &body);

// "34s", "0.5s" or "34.074824224s" (google.protobuf.Duration as JSON), rounded up; nothing if it is
// anything else, or more than a year.
[[nodiscard]] std::optional<std::chrono::seconds> retryDelay(QByteArrayView text);

// When the quotas of a day begin anew: midnight of the Pacific coast, where Google counts
// (https://ai.google.dev/gemini-api/docs/rate-limits).
[[nodiscard]] std::chrono::seconds untilNextDay(const QDateTime &now);

} // namespace quota
