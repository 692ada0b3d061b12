#include "proxy/guard/guard.h"

#include <QCryptographicHash>

#include <algorithm>

namespace guard {

namespace {

// Takes the same time wherever the two differ. Both are hashes of one length.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a.at(i) ^ b.at(i)));
    return difference == 0;
}

// The name without its port; an IPv6 address keeps its brackets.
QByteArrayView hostName(QByteArrayView host)
{
    const qsizetype colon = host.lastIndexOf(':');
    const qsizetype bracket = host.lastIndexOf(']');
    return colon > bracket ? host.first(colon) : host;
}

QByteArrayView hostPort(QByteArrayView host)
{
    const QByteArrayView name = hostName(host);
    return name.size() == host.size() ? QByteArrayView("80") : host.sliced(name.size() + 1);
}

// A page that rebinds its own name to 127.0.0.1 still sends that name here.
bool namesThisServer(const QByteArray &host, const Settings &settings)
{
    if (host.isEmpty())
        return false;
    const QByteArrayView name = hostName(host);
    for (const QByteArray &allowed : settings.allowedHosts) {
        if (http::equalIgnoringCase(host, allowed)
            || (hostName(allowed).size() == allowed.size() && http::equalIgnoringCase(name, allowed)))
            return true;
    }
    if (hostPort(host) != QByteArray::number(settings.port))
        return false;
    return name == "127.0.0.1" || name == "[::1]" || http::equalIgnoringCase(name, "localhost")
            || http::equalIgnoringCase(name, settings.listenAddress);
}

bool isOwnOrigin(const QByteArray &origin, const QByteArray &host)
{
    return http::equalIgnoringCase(origin, QByteArray("http://" + host));
}

} // namespace

QByteArray credential(const http::RequestHead &head)
{
    const QByteArray authorization = head.fields.value("authorization");
    const QByteArrayView view(authorization);
    if (view.size() > 7 && http::equalIgnoringCase(view.first(7), "Bearer "))
        return http::trimmed(view.sliced(7)).toByteArray();
    if (const QByteArray key = head.fields.value("x-goog-api-key"); !key.isEmpty())
        return key;
    return http::queryValue(head.query(), "key");
}

AccessToken makeToken(const QByteArray &name, const QByteArray &token)
{
    return {name, QCryptographicHash::hash(token, QCryptographicHash::Sha256)};
}

Verdict check(const http::RequestHead &head, bool open, const Settings &settings)
{
    if (!namesThisServer(head.host, settings)) {
        return {421, "The Host field does not name this server. Use http://127.0.0.1:"
                        + QByteArray::number(settings.port)
                        + ", or add the name to the allowed hosts.", {}, {}};
    }

    Verdict verdict;
    if (head.fields.contains("origin")) {
        const QByteArray origin = head.fields.joined("origin");
        const auto listed = std::any_of(settings.allowedOrigins.begin(), settings.allowedOrigins.end(),
                                        [&origin](const QByteArray &allowed) {
            return http::equalIgnoringCase(origin, allowed);
        });
        if (listed) {
            verdict.origin = origin;
        } else if (!isOwnOrigin(origin, head.host)) {
            return {403, "Web pages may not call this proxy. To allow one, add its origin to the "
                         "allowed origins.", {}, {}};
        }
    }
    const QByteArray site = head.fields.joined("sec-fetch-site");
    if (verdict.origin.isEmpty() && head.fields.contains("sec-fetch-site") && site != "none"
        && site != "same-origin") {
        return {403, "A page of another site may not call this proxy. To allow one, add its "
                     "origin to the allowed origins.", {}, {}};
    }

    if (open || (settings.tokens.isEmpty() && settings.ownToken.sha256.isEmpty()))
        return verdict;
    const QByteArray sent = credential(head);
    const QByteArray hash = QCryptographicHash::hash(sent, QCryptographicHash::Sha256);
    bool known = false;
    // All are compared, so that the time does not tell which one was meant.
    const auto compare = [&](const AccessToken &token) {
        if (equalInConstantTime(hash, token.sha256) && !sent.isEmpty()) {
            known = true;
            verdict.client = token.name;
        }
    };
    for (const AccessToken &token : settings.tokens)
        compare(token);
    compare(settings.ownToken);
    if (!known && !settings.tokens.isEmpty()) {
        verdict.status = 401;
        verdict.reason = sent.isEmpty()
                ? QByteArray("This proxy asks for a token. Send it as \"Authorization: Bearer TOKEN\", "
                             "x-goog-api-key or ?key=.")
                : QByteArray("The token is not known here. Check it, or make a new one.");
    }
    return verdict;
}

} // namespace guard
