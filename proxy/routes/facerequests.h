#pragma once

#include "proxy/routes/routes.h"
#include "proxy/routes/upstreamcontext.h"

// The plans for requests of other APIs that are translated for Gemini.
namespace facerequests {

// Does what upstreamrequests::forRequest() says, for the routes of these APIs. The errors are in Google's shape; the
// server gives them the one of the route's API.
[[nodiscard]] Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                                             const QByteArray &body,
                                                             const upstreamrequests::Context &context,
                                                             ExchangeInfo &info);

} // namespace facerequests
