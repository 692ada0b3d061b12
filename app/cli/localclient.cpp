#include "app/cli/localclient.h"

#include "proxy/gemini/answer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

static UpstreamOptions patientOptions()
{
    constexpr std::chrono::hours patience{24}; // must just not be shorter than the proxy's own limits
    UpstreamOptions options;
    options.firstByteTime = patience;
    options.idleTime = patience;
    options.networkProxy = QNetworkProxy(QNetworkProxy::NoProxy);
    return options;
}

LocalClient::LocalClient(quint16 port, const QByteArray &token)
    : m_port(port), m_authorization("Bearer " + token), m_manager(patientOptions())
{}

void LocalClient::DeleteLater::operator()(QNetworkReply *reply) const
{
    reply->disconnect();
    reply->abort();
    reply->deleteLater();
}

LocalClient::Reply LocalClient::get(const QByteArray &target)
{
    return Reply(m_manager.get(request(target)));
}

LocalClient::Reply LocalClient::postJson(const QByteArray &target, const QJsonObject &body)
{
    QNetworkRequest post = request(target);
    post.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return Reply(m_manager.post(post, QJsonDocument(body).toJson(QJsonDocument::Compact)));
}

LocalClient::Reply LocalClient::postPrompt(const QByteArray &prompt)
{
    QNetworkRequest post = request("/gemini-proxy"_ba);
    post.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain; charset=utf-8"_s);
    return Reply(m_manager.post(post, prompt));
}

QNetworkRequest LocalClient::request(const QByteArray &target) const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    QNetworkRequest request(url);
    request.setAttribute(UpstreamManager::RawTargetAttribute, target);
    request.setRawHeader("Authorization"_ba, m_authorization);
    return request;
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void keepBody(QByteArray &body, const QByteArray &bytes, QNetworkReply &reply)
{
    body += bytes.left(largestBody + 1 - body.size());
    if (body.size() > largestBody)
        reply.abort();
}

QString failureIn(const QNetworkReply &reply, const QByteArray &body)
{
    const auto error = gemini::errorIn(body);
    if (error && !error->message.isEmpty())
        return error->message;
    const int status = statusOf(reply);
    if (status >= 300 && status < 400)
        return u"the upstream answers with a redirect (status %1): --upstream must name where Gemini is"_s.arg(status);
    return u"the proxy gave no answer (status %1)"_s.arg(status);
}
