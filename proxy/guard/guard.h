#pragma once

#include "proxy/http/requesthead.h"
#include "proxy/settings.h"

#include <optional>

// Who may call: pure functions over a request's head. They keep the proxy, which spends its
// owner's money, away from web pages (cross-site requests, rebound host names) and from programs
// without a token.
namespace guard {

struct Settings
{
    quint16 port = 0;                 // the one that is listened on
    QByteArray listenAddress;         // as written in a URL: "127.0.0.1", "[::1]", "192.168.1.2"
    QList<QByteArray> allowedOrigins; // "https://host[:port]"
    QList<QByteArray> allowedHosts;   // "name" (any port) or "name:port"
    QList<AccessToken> tokens;        // empty = none asked for
    AccessToken ownToken;             // known besides them, and never asked for; no hash = there is none
};

struct Verdict
{
    int status = 0;       // 0 = may call; else 401, 403 or 421
    QByteArray reason;    // for people, of a refusal
    QByteArray client;    // the name of the token used
    QByteArray origin;    // a listed origin, to be named in CORS fields
};

// `open` routes (the start page and /health) need no token.
[[nodiscard]] Verdict check(const http::RequestHead &head, bool open, const Settings &settings);

// The credential that a client sent: Authorization: Bearer, x-goog-api-key, or ?key=.
[[nodiscard]] QByteArray credential(const http::RequestHead &head);

[[nodiscard]] AccessToken makeToken(const QByteArray &name, const QByteArray &token);

} // namespace guard
