#pragma once

#include "proxy/http/requesthead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <optional>

// The handshakes of the Live API, which open WebSockets to Gemini, as HTTP heads; pure functions. What goes over a
// WebSocket once it is open is just bytes to the proxy (see WebSocketExchange).
namespace websockethandshake {

// What is wrong with an opening handshake, if anything (RFC 6455, sections 4.2.1 and 4.4). A GET
// that asks for no upgrade, or for another version: 426.
[[nodiscard]] std::optional<ErrorAnswer> handshakeProblem(const http::RequestHead &head);

// Whether the client brings an ephemeral token of Google's own, which only the methods named
// ...Constrained take (https://ai.google.dev/gemini-api/docs/ephemeral-tokens): it passes as it is,
// and no key is put in.
[[nodiscard]] bool bringsEphemeralToken(const http::RequestHead &head);

// The client's handshake as it goes upstream: the same path and query, the Sec-WebSocket fields but extensions, the key
// as x-goog-api-key, and none of the client's credentials in fields or query but an ephemeral token. `loopMark`: see
// loopmark; may be empty. Returns the whole head, or nothing if the key cannot be put into a field.
[[nodiscard]] QByteArray upstreamRequest(const http::RequestHead &head, const QUrl &upstream, const Secret &key,
                                         const QByteArray &loopMark);

} // namespace websockethandshake
