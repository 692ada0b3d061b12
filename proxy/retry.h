#pragma once

#include "proxy/http/fields.h"
#include "proxy/settings.h"

#include <QDateTime>

// When a request may be asked again: pure but for the dice.
namespace retry {

// What Retry-After asks for, a count of seconds or a date (RFC 9110, section 10.2.3); nothing if it
// is not there or not understood.
[[nodiscard]] std::optional<std::chrono::seconds> after(const http::Fields &answer,
                                                        const QDateTime &now);

// How long to wait ahead of another try, after that many of them: twice as long each time, and
// never all clients at the same moment. Not shorter than `answer`, if there was one, asks for;
// nothing if that is longer than a client should be kept waiting here.
[[nodiscard]] std::optional<std::chrono::milliseconds> pause(const Limits &limits, int tries,
                                                             const http::Fields &answer);

} // namespace retry
