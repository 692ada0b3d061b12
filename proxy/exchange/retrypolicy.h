#pragma once

#include "proxy/gemini/quota.h"
#include "proxy/http/fields.h"
#include "proxy/settings.h"

#include <QDateTime>

// When a request may be asked again: pure but for the dice.
namespace retrypolicy {

// What Retry-After asks for, a count of seconds or a date (RFC 9110, section 10.2.3); nothing if it
// is not there or not understood.
[[nodiscard]] std::optional<std::chrono::seconds> after(const http::Fields &answer, const QDateTime &now);

// How long to wait ahead of another try, after that many of them: twice as long each time, and
// never all clients at the same moment. Not shorter than `answer`, if there was one, asks for;
// nothing if that is longer than a client should be kept waiting here.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause(const Limits &limits, int tries,
                                                             const http::Fields &answer);

// What a 429's Retry-After should say, in place of what its fields say now: when it is worth to come
// back. For a quota of the day Google tells a delay of seconds; where waiting does not help, there is
// no such field.
void setRetryAfter(http::Fields &fields, const quota::Report &report, const QDateTime &now);

} // namespace retrypolicy
