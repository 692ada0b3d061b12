#include "tests/support/testproxy.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

ProxySettings TestProxy::settingsFor(const QUrl &upstream)
{
    ProxySettings settings;
    settings.port = 0;
    settings.bothLoopbacks = false;
    settings.upstream = upstream;
    settings.key = Secret(key);
    settings.connectionsAhead = 0;
    settings.limits.retryPause = std::chrono::milliseconds(1);
    return settings;
}

TestProxy::TestProxy(const ProxySettings &settings) : server(settings)
{
    const auto keep = [](QList<ExchangeInfo> &list) {
        return [&list](const ExchangeInfo &info) { list.append(info); };
    };
    connect(&server, &ProxyServer::exchangeStarted, this, keep(started));
    connect(&server, &ProxyServer::exchangeFirstByte, this, keep(begun));
    connect(&server, &ProxyServer::exchangeEnded, this, keep(ended));
    if (const auto listening = server.listen())
        port = *listening;
}

QString checkErrorJson(const QByteArray &body, int code, const QByteArray &status)
{
    const QJsonObject whole = QJsonDocument::fromJson(body).object();
    const QJsonObject error = whole[QStringLiteral("error")].toObject();
    const QStringList names{QStringLiteral("code"), QStringLiteral("message"), QStringLiteral("status")};
    const bool right = whole.size() == 1 && error.keys() == names && error[QStringLiteral("code")].toInt() == code
            && error[QStringLiteral("status")].toString().toLatin1() == status
            && !error[QStringLiteral("message")].toString().isEmpty();
    return right ? QString()
                 : QStringLiteral("not the error %1 %2: ").arg(code).arg(QString::fromLatin1(status))
                    + QString::fromUtf8(body);
}
