#pragma once

#include "proxy/exchange/exchange.h"
#include "proxy/faces/responsestore.h"
#include "proxy/faces/signaturestore.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

#include <QNetworkRequest>

#include <memory>

class UpstreamManager;

// What the plans for all kinds of requests have in common.
namespace upstreamrequests {

// The answer to a request that cannot be sent upstream, as there is no key to ask Gemini with.
[[nodiscard]] ErrorAnswer noKey();

// What a plan depends on besides the request.
struct Context
{
    const ProxySettings &settings;
    UpstreamManager *upstream; // outlives the exchange
    std::shared_ptr<ModelsCache> models;
    std::shared_ptr<faces::SignatureStore> signatures;
    std::shared_ptr<faces::ResponseStore> responses;
    QByteArray loopName; // this proxy's name in loop marks, see loopmark.h
};

// Returns the path of the upstream's URL as it was written, since "%2F" is not the same as "/".
[[nodiscard]] QByteArray basePath(const ProxySettings &settings);
// Returns a request to the upstream with this target, but without the client's fields and the key.
[[nodiscard]] QNetworkRequest requestFor(const QByteArray &target, const http::RequestHead &head,
                                         const Context &context);
// Returns a plan that asks nothing yet.
[[nodiscard]] ExchangePlan planFor(const ProxySettings &settings);

} // namespace upstreamrequests
