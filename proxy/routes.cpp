#include "proxy/routes.h"

const QList<Route> &routes()
{
    static const QList<Route> table = {
        {RouteId::GeminiProxy, "gemini-proxy", "/gemini-proxy", {"POST"}, false,
         "a text prompt in, Gemini's server-sent events out (?model= optional)"},
        {RouteId::Live, "live", "/ws/google.ai.generativelanguage.", {"GET"}, false,
         "the Live API: WebSockets, relayed both ways", Route::Match::Below},
        {RouteId::StartPage, "start", "/", {"GET", "HEAD"}, true, "this page"},
        {RouteId::Health, "health", "/health", {"GET", "HEAD"}, true, "whether it can serve"},
        {RouteId::Metrics, "metrics", "/metrics", {"GET", "HEAD"}, false, "counters, for Prometheus"},
    };
    return table;
}

const Route *findRoute(QByteArrayView path)
{
    for (const Route &route : routes()) {
        const QByteArrayView own = route.path;
        if (route.match == Route::Match::Below ? path.size() > own.size() && path.startsWith(own)
                                               : path == own)
            return &route;
    }
    return nullptr;
}
