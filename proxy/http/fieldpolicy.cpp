#include "proxy/http/fieldpolicy.h"

#include <algorithm>
#include <array>

namespace http {

namespace {

constexpr std::array<QByteArrayView, 23> keptFromUpstream = {
        // The proxy itself asks for "identity": it masks the key in errors and reads token counts at the ends of
        // answers, but it cannot decompress them.
        "accept-encoding",
        "api-key", // the key of another service, sent by clients that can use several services
        "authorization",
        "content-length",
        "cookie",
        "expect",
        "forwarded",
        "gemini-proxy-loop", // the proxy sets it anew if it is needed, see loopmark.h
        "host",
        "http-referer", // names the page; some services ask clients to send it
        "http2-settings",
        "max-forwards",
        "origin",
        "referer",
        "via",
        "x-api-key",
        "x-goog-api-key",
        "x-goog-iam-authorization-token",
        "x-goog-user-project", // would bill another project than the one that the key belongs to
        "x-real-ip",
        "x-request-id", // the proxy's request IDs are for its clients only
        "x-title",      // the page's title
        "dnt",
};
constexpr std::array<QByteArrayView, 3> prefixesKeptFromUpstream = {"access-control-", "sec-", "x-forwarded-"};

constexpr std::array<QByteArrayView, 12> keptFromClient = {
        "alt-svc",
        "clear-site-data",
        "content-length",
        "expect-ct",
        "nel",
        "public-key-pins",
        "report-to",
        "reporting-endpoints",
        "set-cookie",
        "strict-transport-security",
        "via",
        "x-request-id", // the proxy sends its own request ID
};
constexpr std::array<QByteArrayView, 1> prefixesKeptFromClient = {"access-control-"};

template <typename Names, typename Prefixes>
Fields without(const Fields &fields, const Names &names, const Prefixes &prefixes)
{
    Fields passed;
    for (const Field &field : fields) {
        const QByteArrayView name = field.name;
        const bool stays =
                isHopByHop(name, fields)
                || std::any_of(names.begin(), names.end(),
                               [name](QByteArrayView stop) { return equalIgnoringCase(name, stop); })
                || std::any_of(prefixes.begin(), prefixes.end(), [name](QByteArrayView prefix) {
                       return name.size() >= prefix.size() && equalIgnoringCase(name.first(prefix.size()), prefix);
                   });
        if (!stays && isToken(name) && isFieldValue(field.value))
            passed.append(field.name, field.value);
    }
    return passed;
}

} // namespace

Fields fieldsForUpstream(const Fields &client)
{
    return without(client, keptFromUpstream, prefixesKeptFromUpstream);
}

Fields fieldsForClient(const Fields &upstream)
{
    return without(upstream, keptFromClient, prefixesKeptFromClient);
}

} // namespace http
