#pragma once

#include "proxy/http/requesthead.h"

#include <QUrl>

// By what a proxy knows a request that it has sent out itself, when its upstream leads back to it, be
// it through others of its kind: pure functions but for the one that makes a name.
//
// A field of our own, not Via: gateways and earlier versions of this proxy pass fields that they do
// not know, but drop or rewrite Via. It names no machine, only a random word for each proxy that runs.
namespace loopmark {

inline constexpr char field[] = "Gemini-Proxy-Loop";

// A name for one proxy, until it ends.
[[nodiscard]] QByteArray makeName();

// Whether the request has been at that proxy before.
[[nodiscard]] bool hasPassed(const http::RequestHead &head, const QByteArray &name);

// The field's value on the way upstream: those that the request came by, and that proxy. Empty where
// there is to be no field: Google's own servers lead back to nobody, and need not know.
[[nodiscard]] QByteArray forUpstream(const http::RequestHead &head, const QByteArray &name, const QUrl &upstream);

} // namespace loopmark
