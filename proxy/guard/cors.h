#pragma once

#include "proxy/http/requesthead.h"

// Answers what browsers ask before a page of a listed origin may call: pure functions.
// Access-Control-Allow-Private-Network is never among the answers, as a page from the public internet has no business
// here, listed or not. https://fetch.spec.whatwg.org/#http-cors-protocol
namespace cors {

// Whether this is a browser's question if a page may call. Such a request is never passed on.
[[nodiscard]] bool isPreflight(const http::RequestHead &head);

// The fields that let a page of a listed origin read an answer, errors included. None if `origin` is "", as it is for
// all others.
[[nodiscard]] http::Fields fields(const QByteArray &origin);

// The same fields, and those that answer a preflight. `methods` are the route's; if it has none, the one that is asked
// for is allowed. All header fields that are asked for are allowed: the page may call, so its library may send what it
// sends.
[[nodiscard]] http::Fields preflightFields(const QByteArray &origin, const http::RequestHead &head,
                                           const QList<QByteArray> &methods);

} // namespace cors
