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
    QList<QByteArray> allowedOrigins; // as ProxySettings has them
    QList<QByteArray> allowedHosts;
    QByteArray settingsPlace;
    QList<AccessToken> tokens; // empty = none asked for
    AccessToken ownToken;      // accepted besides them but never required; no hash = there is none
};

struct Verdict
{
    int status = 0;    // 0 = may call; else 401, 403 or 421
    QByteArray reason; // of a refusal, for people
    QByteArray client; // the name of the token used
    QByteArray origin; // a listed origin, to be named in CORS fields
};

// What a route demands of its callers, besides that they are no stranger's web page.
enum class Access {
    Token,  // one of the tokens, if there are any, and this server's name in Host
    Open,   // only this server's name in Host
    Health, // nothing: a health check may use any name, and learns nothing else
};

[[nodiscard]] Verdict check(const http::RequestHead &head, Access access, const Settings &settings);

// The credential that a client sent: Authorization: Bearer, x-goog-api-key, or ?key=.
[[nodiscard]] QByteArray credential(const http::RequestHead &head);

[[nodiscard]] AccessToken makeToken(const QByteArray &name, const QByteArray &token);

} // namespace guard
