#include "proxy/guard/guard.h"

#include <QCryptographicHash>
#include <QHostAddress>

#include <algorithm>

namespace guard {

namespace {

// Compares two hashes. It takes the same time wherever they differ, so that the time tells nothing about them.
bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a.at(i) ^ b.at(i)));
    return difference == 0;
}

// Returns the host without its port; an IPv6 address keeps its brackets.
QByteArrayView hostName(QByteArrayView host)
{
    const qsizetype colon = host.lastIndexOf(':');
    const qsizetype bracket = host.lastIndexOf(']');
    return colon > bracket ? host.first(colon) : host;
}

bool endsIgnoringCase(QByteArrayView text, QByteArrayView end)
{
    return text.size() > end.size() && http::equalIgnoringCase(text.last(end.size()), end);
}

// Whether the name is an IP address as browsers write it. No page can have made an address lead here, since no name
// server is asked for it.
bool isAddress(QByteArrayView name)
{
    const bool bracketed = name.startsWith('[') && name.endsWith(']');
    const QString text = QString::fromLatin1(bracketed ? name.sliced(1, name.size() - 2) : name);
    const QHostAddress address(text);
    if (bracketed)
        return address.protocol() == QAbstractSocket::IPv6Protocol && address.scopeId().isEmpty();
    return address.protocol() == QAbstractSocket::IPv4Protocol && address.toString() == text;
}

bool isAnyAddress(QByteArrayView name)
{
    const QHostAddress address(
            QString::fromLatin1(name.startsWith('[') && name.endsWith(']') ? name.sliced(1, name.size() - 2) : name));
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6);
}

// Whether this is a name by which containers call the machine that they run on. No stranger's page can have such a
// name, since there are no public names below .internal, which ICANN keeps for private use. But the name servers of a
// local network may return any address for these names.
bool isMachineOfContainers(QByteArrayView name)
{
    return http::equalIgnoringCase(name, "host.docker.internal")
            || http::equalIgnoringCase(name, "host.containers.internal");
}

bool matches(QByteArrayView host, const QByteArray &allowed)
{
    const QByteArrayView pattern = hostName(allowed);
    const QByteArrayView name = hostName(host);
    const bool anyPort = pattern.size() == allowed.size();
    if (!anyPort && host.sliced(name.size()) != QByteArrayView(allowed).sliced(pattern.size()))
        return false;
    return pattern.startsWith("*.") ? endsIgnoringCase(name, pattern.sliced(1))
                                    : http::equalIgnoringCase(name, pattern);
}

// Whether the Host field names this server. This keeps out a page that rebinds its own name to 127.0.0.1, since its
// browser still sends that name in Host. The port may be any, as clients may know the proxy by another port than its
// own, for instance through a port mapping of a container or of SSH.
bool namesThisServer(const QByteArray &host, const Settings &settings)
{
    if (host.isEmpty())
        return false;
    const QByteArrayView name = hostName(host);
    if (host.endsWith(':')) // the port is empty, which no browser sends
        return false;
    // Browsers resolve these names to this machine by themselves (RFC 6761, section 6.3), though other resolvers may
    // not.
    if (http::equalIgnoringCase(name, "localhost") || endsIgnoringCase(name, ".localhost"))
        return true;
    // A page's request to an "any address" such as 0.0.0.0 carries neither its origin nor its site, so only a token can
    // keep it out.
    if (isAnyAddress(name))
        return !settings.tokens.isEmpty();
    return isAddress(name) || isMachineOfContainers(name)
            || std::any_of(settings.allowedHosts.begin(), settings.allowedHosts.end(),
                           [&host](const QByteArray &allowed) { return matches(host, allowed); });
}

bool isOwnOrigin(const QByteArray &origin, const QByteArray &host)
{
    return http::equalIgnoringCase(origin, QByteArray("http://" + host)) && !isMachineOfContainers(hostName(host))
            && !endsIgnoringCase(hostName(host), ".localhost");
}

// Whether an entry of the list of allowed origins stands for this origin. "https://host:*" stands for every port.
bool isListed(const QByteArray &origin, const QByteArray &allowed)
{
    if (!allowed.endsWith(":*"))
        return http::equalIgnoringCase(origin, allowed);
    const QByteArrayView base = QByteArrayView(allowed).chopped(2);
    const QByteArrayView sent(origin);
    if (sent.size() < base.size() || !http::equalIgnoringCase(sent.first(base.size()), base))
        return false;
    const QByteArrayView port = sent.sliced(base.size());
    return port.isEmpty()
            || (port.size() >= 2 && port.size() <= 6 && port[0] == ':'
                && std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

} // namespace

QByteArray credential(const http::RequestHead &head)
{
    const QByteArray authorization = head.fields.value("authorization");
    const QByteArrayView view(authorization);
    if (view.size() > 7 && http::equalIgnoringCase(view.first(7), "Bearer "))
        return http::trimmed(view.sliced(7)).toByteArray();
    for (const char *field : {"x-goog-api-key", "x-api-key"}) { // the second one is Anthropic's
        if (const QByteArray key = head.fields.value(field); !key.isEmpty())
            return key;
    }
    return http::queryValue(head.query(), "key");
}

AccessToken makeToken(const QByteArray &name, const QByteArray &token)
{
    return {name, QCryptographicHash::hash(token, QCryptographicHash::Sha256)};
}

Verdict check(const http::RequestHead &head, Access access, const Settings &settings)
{
    if (access != Access::Health && !namesThisServer(head.host, settings)) {
        return {421,
                "The Host field does not name this server. Use http://127.0.0.1:" + QByteArray::number(settings.port)
                        + ", or add the name to allowed-hosts in " + settings.settingsPlace + '.',
                {},
                {}};
    }
    const auto strange = [&settings](const char *who) {
        return Verdict{403,
                       who
                               + (" may not call this proxy. To allow one, add its origin to allowed-origins in "
                                  + settings.settingsPlace)
                               + '.',
                       {},
                       {}};
    };

    Verdict verdict;
    if (head.fields.contains("origin")) {
        const QByteArray origin = head.fields.joined("origin");
        const auto listed = std::any_of(settings.allowedOrigins.begin(), settings.allowedOrigins.end(),
                                        [&origin](const QByteArray &allowed) { return isListed(origin, allowed); });
        if (listed)
            verdict.origin = origin;
        else if (!isOwnOrigin(origin, head.host))
            return strange("Web pages");
    }
    const QByteArray site = head.fields.joined("sec-fetch-site");
    if (verdict.origin.isEmpty() && head.fields.contains("sec-fetch-site") && site != "none" && site != "same-origin")
        return strange("Pages of other sites");

    if (access != Access::Token || (settings.tokens.isEmpty() && settings.ownToken.sha256.isEmpty()))
        return verdict;
    const QByteArray sent = credential(head);
    const QByteArray hash = QCryptographicHash::hash(sent, QCryptographicHash::Sha256);
    bool known = false;
    // All tokens are compared, so that the time does not tell which one matches.
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
                             "x-goog-api-key, x-api-key or ?key=.")
                : QByteArray("The token is not known here. Check it, or make a new one.");
    }
    return verdict;
}

} // namespace guard
