#pragma once

#include "proxy/routes/routes.h"
#include "proxy/routes/upstreamcontext.h"

// Turns a client's request into the plan for its exchange: what to ask the upstream, and how to answer the client.
namespace upstreamrequests {

// Returns the plan for a request to one of the routes that lead upstream, or the error to answer with. Sets the model
// in `info`, as far as the request tells it. `body` is shared and never copied.
[[nodiscard]] Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                                             const QByteArray &body, const Context &context,
                                                             ExchangeInfo &info);

} // namespace upstreamrequests
