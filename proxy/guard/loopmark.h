#pragma once

#include "proxy/http/requesthead.h"

#include <QUrl>

// Lets a proxy recognise a request that it has sent itself. Such a request comes back if the upstream leads back to the
// proxy, directly or through other proxies of its kind. All functions but makeName() are pure.
//
// The mark is a header field of this project instead of Via: gateways and earlier versions of this proxy pass on fields
// that they do not know, but drop or rewrite Via. It names no machine, only a random word for each running proxy.
namespace loopmark {

inline constexpr char field[] = "Gemini-Proxy-Loop";

// Makes a random name, which one proxy uses for as long as it runs.
[[nodiscard]] QByteArray makeName();

// Whether the proxy with this name has passed on the request before.
[[nodiscard]] bool hasPassed(const http::RequestHead &head, const QByteArray &name);

// Returns the value of the field to send upstream: the names that the request came with, and this proxy's name. Returns
// nothing if the upstream is one of Google's own servers, which never lead back here, so that the field is not needed.
[[nodiscard]] QByteArray forUpstream(const http::RequestHead &head, const QByteArray &name, const QUrl &upstream);

} // namespace loopmark
