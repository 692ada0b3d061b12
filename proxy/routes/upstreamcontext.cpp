#include "proxy/routes/upstreamcontext.h"

#include "proxy/guard/loopmark.h"
#include "proxy/upstream/upstreammanager.h"

#include <algorithm>

namespace upstreamrequests {

namespace {

// Returns how long the client allows Gemini to take before its answer begins, if the client tells that. Google's SDKs
// send this field if their user sets a time, for models that think long.
std::optional<std::chrono::milliseconds> serverTimeout(const http::RequestHead &head)
{
    constexpr qint64 day = 24 * 3600;
    const auto seconds = http::parseDecimal(head.fields.value("x-server-timeout"));
    if (!seconds || *seconds == 0)
        return std::nullopt;
    return std::chrono::seconds(std::min(*seconds, day));
}

} // namespace

ErrorAnswer noKey()
{
    ErrorAnswer error{503,
                      QStringLiteral("There is no key yet. Get one at https://aistudio.google.com/apikey, set "
                                     "GEMINI_API_KEY and start the proxy again.")};
    // The SDKs of OpenAI and Anthropic would try again for seconds ahead of telling it.
    error.fields.append("x-should-retry", "false");
    return error;
}

QByteArray basePath(const ProxySettings &settings)
{
    return settings.upstream.path(QUrl::FullyEncoded).toLatin1();
}

QNetworkRequest requestFor(const QByteArray &target, const http::RequestHead &head, const Context &context)
{
    QNetworkRequest request(context.settings.upstream);
    request.setAttribute(UpstreamManager::RawTargetAttribute, target);
    if (const auto time = serverTimeout(head))
        request.setAttribute(UpstreamManager::FirstByteTimeAttribute, qint64(time->count()));
    const QByteArray mark = loopmark::forUpstream(head, context.loopName, context.settings.upstream);
    if (!mark.isEmpty())
        request.setRawHeader(loopmark::field, mark);
    return request;
}

ExchangePlan planFor(const ProxySettings &settings)
{
    ExchangePlan plan;
    plan.upstreamHost = settings.upstream.host();
    plan.mask = KeyMask(settings.key);
    plan.reportPieces = settings.reportContents;
    return plan;
}

} // namespace upstreamrequests
