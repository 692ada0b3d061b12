#include "proxy/http/fieldpolicy.h"

#include <algorithm>
#include <array>

namespace http {

namespace {

constexpr std::array<QByteArrayView, 23> keptFromUpstream = {
        // Ours: identity. Errors are masked and ends are read for what they cost, and nothing here
        // decompresses; what is not compressed arrives as it left.
        "accept-encoding",
        "api-key", // of other services, from clients that can use several
        "authorization",
        "content-length",
        "cookie",
        "expect",
        "forwarded",
        "gemini-proxy-loop", // a proxy of our kind: only where it is needed, and with our own name
        "host",
        "http-referer", // which page it is, as some services want to know
        "http2-settings",
        "max-forwards",
        "origin",
        "referer",
        "via",
        "x-api-key",
        "x-goog-api-key",
        "x-goog-iam-authorization-token",
        "x-goog-user-project", // would bill another project than the key's
        "x-real-ip",
        "x-request-id", // ours, on this side only
        "x-title",      // the page's
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
        "x-request-id", // ours
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
