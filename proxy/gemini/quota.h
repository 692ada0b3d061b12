#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>

#include <chrono>
#include <optional>

// Reads what Gemini says about a quota that is used up, in the body of an answer with the status 429: pure functions.
namespace quota {

struct Report
{
    // A short name of the quota, such as "per-day gemini-2.5-pro"; empty if Gemini does not tell it. If several quotas
    // are used up, it is the one with the longest period. Holds only letters, digits, ".", "-", "_", "/" and a space.
    QByteArray name;
    QByteArray id;                                  // Google's name for this quota: quotaId, or else quotaMetric
    std::optional<std::chrono::seconds> retryAfter; // RetryInfo.retryDelay, rounded up
    bool isDaily = false;                           // whether this is a quota per day
    bool isNone = false;                            // the key's quota is zero, so waiting does not help
};

// `body`: {"error":{...}}, or an array of one such object, as Gemini sends it through the OpenAI-compatible API and in
// streams that are JSON arrays. google.rpc.QuotaFailure and google.rpc.RetryInfo are described at
// https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
[[nodiscard]] Report report(const QByteArray &body);

// Reads a google.protobuf.Duration in its JSON form, such as "34s", "0.5s" or "34.074824224s", and rounds it up.
// Returns nothing if the text is anything else, or means more than a year.
[[nodiscard]] std::optional<std::chrono::seconds> retryDelay(QByteArrayView text);

// How long from `now` until quotas per day begin anew. Google renews them at midnight Pacific time
// (https://ai.google.dev/gemini-api/docs/rate-limits).
[[nodiscard]] std::chrono::seconds untilNextDay(const QDateTime &now);

} // namespace quota
