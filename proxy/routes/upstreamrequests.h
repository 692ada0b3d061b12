#pragma once

#include "proxy/exchange/exchange.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"
#include "proxy/routes/routes.h"

class UpstreamManager;

// Turns a client's request into the plan for its exchange: what to ask the upstream, and how to answer the client.
namespace upstreamrequests {

// The answer to a request that cannot be sent upstream, as there is no key to ask Gemini with.
[[nodiscard]] ErrorAnswer noKey();

// What a plan depends on besides the request.
struct Context
{
    const ProxySettings &settings;
    UpstreamManager *upstream; // outlives the exchange
    std::shared_ptr<ModelsCache> models;
    QByteArray loopName; // this proxy's name in loop marks, see loopmark.h
};

// Returns the plan for a request to one of the routes that lead upstream, or the error to answer with. Sets the model
// in `info`, as far as the request tells it. `body` is shared and never copied.
[[nodiscard]] Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                                             const QByteArray &body, const Context &context,
                                                             ExchangeInfo &info);

} // namespace upstreamrequests
