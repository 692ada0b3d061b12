#include "proxy/upstream/networkproxy.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace networkproxy {

namespace {

struct Variable
{
    QString name;
    QString value;
};

// Returns the first variable that is not empty. Each name is tried in small letters first.
Variable firstOf(const QProcessEnvironment &environment, const QStringList &names)
{
    for (const QString &name : names) {
        for (const QString &spelt : {name.toLower(), name}) {
            if (const QString value = environment.value(spelt).trimmed(); !value.isEmpty())
                return {spelt, value};
        }
    }
    return {};
}

// Whether an item of no_proxy covers the server. The item is "*", an address, a range of addresses, or a name, perhaps
// with a port, that stands for all names below it too.
bool covers(QString item, const QUrl &server)
{
    if (item == "*"_L1)
        return true;
    const QString host = server.host();
    const QHostAddress address(host);
    if (!address.isNull()) {
        if (const QHostAddress same(item); !same.isNull())
            return same == address;
        return item.contains(u'/') && address.isInSubnet(QHostAddress::parseSubnet(item));
    }
    if (const qsizetype colon = item.lastIndexOf(u':'); colon >= 0) {
        if (item.mid(colon + 1).toInt() != server.port(server.scheme() == "https"_L1 ? 443 : 80))
            return false;
        item.truncate(colon);
    }
    while (item.startsWith(u'.') || item.startsWith(u'*'))
        item.remove(0, 1);
    return !item.isEmpty()
            && (host.compare(item, Qt::CaseInsensitive) == 0 || host.endsWith(u'.' + item, Qt::CaseInsensitive));
}

} // namespace

Found fromEnvironment(const QProcessEnvironment &environment, const QUrl &server)
{
    const bool tls = server.scheme() == "https"_L1;
    const auto [name, value] = firstOf(environment, {tls ? u"HTTPS_PROXY"_s : u"HTTP_PROXY"_s, u"ALL_PROXY"_s});
    if (value.isEmpty())
        return {};
    const QStringList direct = firstOf(environment, {u"NO_PROXY"_s}).value.split(u',');
    if (std::any_of(direct.begin(), direct.end(),
                    [&server](const QString &item) { return covers(item.trimmed(), server); }))
        return {QNetworkProxy(QNetworkProxy::NoProxy), {}};

    const QUrl url(value.contains("://"_L1) ? value : "http://"_L1 + value, QUrl::StrictMode);
    const QString scheme = url.scheme();
    const bool socks = scheme == "socks5"_L1 || scheme == "socks5h"_L1 || scheme == "socks"_L1;
    if (!url.isValid() || url.host().isEmpty())
        return {{}, u"%1 is no address of a network proxy. Write http://HOST:PORT or socks5://HOST:PORT."_s.arg(name)};
    if (!socks && scheme != "http"_L1) {
        return {{},
                u"%1 names a network proxy of a kind that is not known here, %2. Known are http and socks5."_s.arg(
                        name, scheme)};
    }
    // In any case the network proxy looks up the server's name, as this machine may be unable to.
    return {QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                          static_cast<quint16>(url.port(socks ? 1080 : 8080)), url.userName(QUrl::FullyDecoded),
                          url.password(QUrl::FullyDecoded)),
            {}};
}

} // namespace networkproxy
