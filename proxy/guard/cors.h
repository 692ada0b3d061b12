#pragma once

#include "proxy/http/requesthead.h"

// What a browser asks for, and is told, before a page of a listed origin may call: pure functions.
// No Access-Control-Allow-Private-Network, ever: a page from the public internet has no business
// here, listed or not. https://fetch.spec.whatwg.org/#http-cors-protocol
namespace cors {

// A browser's question whether a page may call. Never passed on.
[[nodiscard]] bool isPreflight(const http::RequestHead &head);

// What lets a page of a listed origin read an answer, errors too; nothing for "", all others.
[[nodiscard]] http::Fields fields(const QByteArray &origin);

// The same, and the answer to a preflight. `methods`: the route's; none = the one that is asked for.
// Of the header fields asked for, all are allowed: the page may call, so its library may send what it sends.
[[nodiscard]] http::Fields preflightFields(const QByteArray &origin, const http::RequestHead &head,
                                           const QList<QByteArray> &methods);

} // namespace cors
