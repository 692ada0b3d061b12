#pragma once

#include "proxy/http/requesthead.h"

// Answers a browser that asks whether a page may call, and whether it may read an answer: pure functions. The answers
// never hold Access-Control-Allow-Private-Network, as a page from the public internet has no business here, even if its
// origin is listed. https://fetch.spec.whatwg.org/#http-cors-protocol
namespace cors {

// Whether this request is a browser's question whether a page may call. Such a request is never passed on to Gemini.
[[nodiscard]] bool isPreflight(const http::RequestHead &head);

// Returns the fields that let a page of a listed origin read an answer, including an error. `origin` is "" for all
// other callers; they get no fields.
[[nodiscard]] http::Fields fields(const QByteArray &origin);

// Returns the same fields and those that answer a preflight. `methods` are the route's methods; if that list is empty,
// the method that the browser asks for is allowed. All header fields that it asks for are allowed, since the page may
// call with any library, and libraries send fields of their own.
[[nodiscard]] http::Fields preflightFields(const QByteArray &origin, const http::RequestHead &head,
                                           const QList<QByteArray> &methods);

} // namespace cors
