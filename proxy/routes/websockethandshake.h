#pragma once

#include "proxy/http/requesthead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <optional>

// Checks and translates the handshakes of the Live API, which are HTTP requests that open WebSockets to Gemini: pure
// functions. WebSocketExchange relays what passes once a WebSocket is open.
namespace websockethandshake {

// Returns what is wrong with an opening handshake, or nothing (RFC 6455, sections 4.2.1 and 4.4). The status is 426 for
// a GET that asks for no upgrade or for another version of WebSocket, else 400.
[[nodiscard]] std::optional<ErrorAnswer> handshakeProblem(const http::RequestHead &head);

// Whether the client sends an ephemeral token of Google's, which only the methods named ...Constrained accept
// (https://ai.google.dev/gemini-api/docs/ephemeral-tokens). Such a token is passed on as it is, and the proxy's key is
// not added.
[[nodiscard]] bool bringsEphemeralToken(const http::RequestHead &head);

// Returns the head of the handshake to send upstream. It has the client's path and query, its Sec-WebSocket fields
// except extensions, and the key as x-goog-api-key. None of the client's credentials is in it, unless the client sends
// an ephemeral token, which then takes the key's place. `loopMark` is the value of loopmark::field, or empty. Returns
// nothing if the key holds characters that a field must not have.
[[nodiscard]] QByteArray upstreamRequest(const http::RequestHead &head, const QUrl &upstream, const Secret &key,
                                         const QByteArray &loopMark);

} // namespace websockethandshake
