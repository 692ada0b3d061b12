#pragma once

#include "proxy/http/requesthead.h"
#include "proxy/settings.h"

#include <optional>

// Decides by a request's head who may call: pure functions. The proxy spends its owner's money, so they keep out web
// pages of strangers (cross-site requests, rebound host names) and programs without a token.
namespace guard {

struct Settings
{
    quint16 port = 0;                 // the port that the proxy listens on
    QList<QByteArray> allowedOrigins; // for this and the following two see ProxySettings
    QList<QByteArray> allowedHosts;
    QByteArray settingsPlace;
    QList<AccessToken> tokens; // empty = clients need no token
    AccessToken ownToken;      // accepted in addition to `tokens`, but never required; no hash = no such token
};

struct Verdict
{
    int status = 0;    // 0 = may call; else the HTTP status of the refusal: 401, 403 or 421
    QByteArray reason; // why the request is refused, for people
    QByteArray client; // the name of the token that the client sent; "" = none
    QByteArray origin; // the page's origin if it is a listed one, for the CORS fields; else ""
};

// What a route demands of its callers. Strangers' web pages may call none.
enum class Access {
    Token,  // one of the tokens, if there are any, and a name of this server in Host
    Open,   // only a name of this server in Host
    Health, // nothing: a health check may use any name in Host, and its answer tells little
};

[[nodiscard]] Verdict check(const http::RequestHead &head, Access access, const Settings &settings);

// Returns the credential that a client has sent as "Authorization: Bearer", x-goog-api-key, x-api-key or ?key=; empty
// if there is none.
[[nodiscard]] QByteArray credential(const http::RequestHead &head);

[[nodiscard]] AccessToken makeToken(const QByteArray &name, const QByteArray &token);

} // namespace guard
