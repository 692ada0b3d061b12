#include "app/options/deskoptions.h"

#include "app/options/optiontable.h"

#include <QHostInfo>

using namespace Qt::StringLiterals;

namespace {

std::optional<QNetworkProxy> networkProxy(const Preferences &preferences)
{
    switch (preferences.networkProxy) {
    case Preferences::NetworkProxy::System:
        return {};
    case Preferences::NetworkProxy::None:
        return QNetworkProxy(QNetworkProxy::NoProxy);
    case Preferences::NetworkProxy::Custom:
        break;
    }
    const QUrl url(preferences.networkProxyUrl, QUrl::StrictMode);
    const bool socks = url.scheme() == "socks5"_L1;
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         quint16(url.port(socks ? 1080 : 8080)));
}

} // namespace

Preferences withOptions(Preferences stored, const Options &options)
{
    if (options.given.contains(u"port"_s))
        stored.port = options.proxy.port;
    if (options.given.contains(u"model"_s))
        stored.model = QString::fromLatin1(options.proxy.model);
    return stored;
}

Preferences toStore(const Preferences &stored, const Preferences &shown, const Preferences &wanted)
{
    Preferences result = wanted;
    if (wanted.port == shown.port)
        result.port = stored.port;
    if (wanted.model == shown.model)
        result.model = stored.model;
    return result;
}

ProxySettings proxySettings(const Preferences &preferences, const Options &options, SettingsProblem *problem)
{
    Options used = options;
    ProxySettings &settings = used.proxy;
    settings.port = preferences.port;
    settings.model = preferences.model.toLatin1();
    for (const ClientToken &token : preferences.tokens)
        settings.tokens.append({token.name.toUtf8(), token.sha256});
    QString complaint = addOrigins(used, preferences.allowedOrigins) + addHosts(used, preferences.allowedHosts);
    QString section = complaint.isEmpty() ? QString() : u"access"_s;
    if (const QString models = addModelNames(used, preferences.modelNames); section.isEmpty() && !models.isEmpty()) {
        complaint = models;
        section = u"proxy"_s;
    }
    if (preferences.network && !settings.tokens.isEmpty()) {
        settings.listenAddress = QHostAddress(QHostAddress::Any);
        settings.allowedHosts += namesOfThisMachine();
    }
    settings.limits.connections = qMin(preferences.connections, options.proxy.limits.connections);
    settings.limits.bodyBytes = qint64(preferences.bodyMiB) * 1024 * 1024;
    settings.limits.firstByteTime = std::chrono::seconds(preferences.firstByteSeconds);
    settings.limits.idleTime = std::chrono::seconds(preferences.idleSeconds);
    settings.networkProxy = networkProxy(preferences);
    if (!preferences.caFile.isEmpty() && !options.given.contains(u"ca-file"_s))
        complaint += findOption(u"ca-file")->apply(used, preferences.caFile);
    if (section.isEmpty() && !complaint.isEmpty())
        section = u"network"_s;
    settings.settingsPlace = "the settings of Gemini Desk, under Access";
    settings.reportContents = preferences.keepBodies;
    if (problem)
        *problem = {complaint, section};
    return settings;
}

QList<QByteArray> namesOfThisMachine()
{
    const QByteArray host = QHostInfo::localHostName().toLower().toLatin1();
    if (host.isEmpty())
        return {};
    return {host, host + ".local"};
}
