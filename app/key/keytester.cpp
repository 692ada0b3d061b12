#include "app/key/keytester.h"

#include "proxy/net/erroranswer.h"
#include "proxy/upstream/upstreammanager.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

KeyTester::KeyTester(QObject *parent) : QObject(parent) {}

KeyTester::~KeyTester() = default;

void KeyTester::test(const Secret &key, const ProxySettings &settings)
{
    if (m_reply)
        m_reply->disconnect(this);
    UpstreamOptions options;
    options.connectTime = settings.limits.connectTime;
    options.firstByteTime = 20s;
    options.idleTime = 20s;
    options.extraCaCertificates = settings.extraCaCertificates;
    options.networkProxy = settings.networkProxy;
    m_manager = std::make_unique<UpstreamManager>(options);

    QByteArray target = settings.upstream.path(QUrl::FullyEncoded).toLatin1();
    while (target.endsWith('/'))
        target.chop(1);
    QNetworkRequest request(settings.upstream);
    request.setAttribute(UpstreamManager::RawTargetAttribute, target + "/v1beta/models?pageSize=1000"_ba);
    request.setRawHeader("x-goog-api-key"_ba, key.reveal());
    m_reply = m_manager->get(request);
    connect(m_reply, &QNetworkReply::finished, this, &KeyTester::onFinished);
}

void KeyTester::onFinished()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    KeyTest result;
    using Result = KeyTest::Result;
    switch (reply->error()) {
    case QNetworkReply::NoError:
        result = keyTestResult(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll());
        break;
    case QNetworkReply::SslHandshakeFailedError:
        result.result = Result::Tls;
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        result.result = Result::NetworkProxy;
        break;
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::UnknownNetworkError:
        result.result = Result::NoNetwork;
        break;
    default:
        result.result = Result::Other;
        break;
    }
    if (result.detail.isEmpty() && reply->error() != QNetworkReply::NoError)
        result.detail = upstreamError(reply->error(), reply->url().host()).message;
    reply->deleteLater();
    emit tested(result);
}

KeyTest keyTestResult(int status, const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const QJsonObject error = json["error"_L1].toObject();
    QStringList reasons{error["status"_L1].toString()};
    const QJsonArray details = error["details"_L1].toArray();
    for (const auto &detail : details)
        reasons.append(detail.toObject()["reason"_L1].toString());

    using Result = KeyTest::Result;
    KeyTest result;
    result.detail = error["message"_L1].toString();
    if (status == 200 && json["models"_L1].isArray()) {
        result.result = Result::Valid;
        result.models = static_cast<int>(json["models"_L1].toArray().size());
    } else if (reasons.contains("API_KEY_INVALID"_L1) || status == 401) {
        result.result = Result::NotValid;
    } else if (reasons.contains("SERVICE_DISABLED"_L1) || status == 403) {
        result.result = Result::NotEnabled;
    } else if (status == 429) {
        result.result = Result::Quota;
    } else {
        result.result = Result::Other;
        if (result.detail.isEmpty())
            result.detail = u"Gemini answered with status %1."_s.arg(status);
    }
    return result;
}
