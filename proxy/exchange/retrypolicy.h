#pragma once

#include "proxy/gemini/quota.h"
#include "proxy/http/fields.h"
#include "proxy/settings.h"

#include <QDateTime>
#include <QNetworkReply>

// Decides whether and when a request is sent upstream again. That is only done if Gemini surely has not acted on it,
// because it never left this machine or because Gemini says that it could not take it on. A value that counts the
// tries. Besides what it is told, it depends only on random numbers.
class RetryPolicy
{
public:
    // How long to wait until the next try; nothing if there is to be none.
    using Pause = std::optional<std::chrono::milliseconds>;

    // `retriesUnavailable` says whether a 503 may be tried again, which is wrong if Gemini may have kept a part of the
    // body.
    explicit RetryPolicy(const Limits &limits, bool retriesUnavailable = true);

    // To be called for each try, the first included. Returns how many there were.
    int beginTry() { return ++m_tries; }

    // After an answer, of which only the head is needed. The pause is not shorter than Retry-After asks for. If that is
    // longer than the limits let a client wait, there is no other try.
    [[nodiscard]] Pause afterAnswer(int status, const http::Fields &fields, const QDateTime &now) const;
    // After a failure before the answer was complete. `sent` says whether a byte of the request may have left this
    // machine.
    [[nodiscard]] Pause afterFailure(QNetworkReply::NetworkError error, bool sent) const;

private:
    [[nodiscard]] std::chrono::milliseconds ownPause() const;

    int m_retries;
    std::chrono::milliseconds m_firstPause;
    std::chrono::milliseconds m_longestPause;
    bool m_retriesUnavailable;
    int m_tries = 0;
};

// To be called for a 429, which is not tried again but passed on to the client. This corrects Retry-After among the
// answer's `fields`: Google asks for a few seconds even if the quota of the whole day is used up, and if waiting does
// not help, the field is removed.
void correctRetryAfter(http::Fields &fields, const quota::Report &report, const QDateTime &now);
