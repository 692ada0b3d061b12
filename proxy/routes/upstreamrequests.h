#pragma once

#include "proxy/exchange/exchange.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"
#include "proxy/routes/routes.h"

class UpstreamManager;

// Turns a client's request into a plan of what its exchange is to do.
namespace upstreamrequests {

// What a plan depends on besides the request, at that moment.
struct Context
{
    const ProxySettings &settings;
    UpstreamManager *upstream; // outlives the exchange
    std::shared_ptr<ModelsCache> models;
    QByteArray loopName; // this proxy's, see loopmark
};

// The plan for a request to one of the routes that lead upstream, or the error if there can be none. Notes in `info`
// which model is meant, as far as the request tells. `body` is shared, never copied.
[[nodiscard]] Expected<ExchangePlan, ErrorAnswer> forRequest(const Route &route, const http::RequestHead &head,
                                                             const QByteArray &body, const Context &context,
                                                             ExchangeInfo &info);

} // namespace upstreamrequests
