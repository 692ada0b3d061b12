#include "proxy/guard/cors.h"

namespace cors {

bool isPreflight(const http::RequestHead &head)
{
    return head.method == "OPTIONS" && head.fields.contains("origin")
            && head.fields.contains("access-control-request-method");
}

http::Fields fields(const QByteArray &origin)
{
    if (origin.isEmpty())
        return {};
    return {{"Access-Control-Allow-Origin", origin},
            {"Access-Control-Expose-Headers",
             "X-Request-Id, Retry-After, Age, Warning, Location, X-Goog-Upload-URL, X-Goog-Upload-Control-URL, "
             "X-Goog-Upload-Status, X-Goog-Upload-Size-Received, X-Goog-Upload-Chunk-Granularity"},
            {"Vary", "Origin"}};
}

http::Fields preflightFields(const QByteArray &origin, const http::RequestHead &head, const QList<QByteArray> &methods)
{
    http::Fields all = fields(origin);
    if (origin.isEmpty())
        return all;
    const QByteArray asked = head.fields.value("access-control-request-method");
    if (!methods.isEmpty())
        all.append("Access-Control-Allow-Methods", QByteArrayList(methods).join(", "));
    else if (http::isToken(asked))
        all.append("Access-Control-Allow-Methods", asked);

    QByteArray allowed = "Authorization, Content-Type, X-Goog-Api-Client, X-Goog-Api-Key, X-Request-Id";
    const QByteArray list = head.fields.joined("access-control-request-headers");
    const QList<QByteArrayView> names = http::listItems(list);
    for (const QByteArrayView name : names) {
        if (http::isToken(name))
            allowed += ", " + name.toByteArray();
    }
    all.append("Access-Control-Allow-Headers", allowed);
    all.append("Access-Control-Max-Age", "600");
    return all;
}

} // namespace cors
