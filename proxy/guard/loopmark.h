#pragma once

#include "proxy/http/requesthead.h"

#include <QUrl>

// Lets a proxy recognise a request that it has sent out itself, when its upstream leads back to it, directly or through
// other proxies of its kind. Pure functions but for makeName().
//
// The mark is a field of our own instead of Via: gateways and earlier versions of this proxy pass on fields that they
// do not know, but drop or rewrite Via. It names no machine, only a random word for each running proxy.
namespace loopmark {

inline constexpr char field[] = "Gemini-Proxy-Loop";

// Makes a name for one proxy, for as long as it runs.
[[nodiscard]] QByteArray makeName();

// Whether the request has been at the proxy of that name before.
[[nodiscard]] bool hasPassed(const http::RequestHead &head, const QByteArray &name);

// The field's value on the way upstream: the names that the request came with, and this proxy's. Empty if the field is
// not to be sent: Google's own servers never lead back here, and need not know.
[[nodiscard]] QByteArray forUpstream(const http::RequestHead &head, const QByteArray &name, const QUrl &upstream);

} // namespace loopmark
