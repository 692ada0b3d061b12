#include "ui/chat/httpcall.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QUuid>

#include <algorithm>
#include <cstring>

namespace chat {

namespace {

constexpr qint64 readBuffer = 1024 * 1024;

// A body that can be read only once. If the server closes the connection before it answers, Qt sends a request again by
// itself, and the question would be paid for twice. Qt cannot do so if the body cannot be rewound.
class Body : public QIODevice
{
public:
    Body(const QByteArray &bytes, QObject *parent) : QIODevice(parent), m_bytes(bytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }
    bool seek(qint64) override { return false; } // QIODevice::seek() would log a warning
    [[nodiscard]] bool atEnd() const override { return m_at == m_bytes.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes.size() - m_at; }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        if (atEnd())
            return -1;
        const qint64 count = std::min(size, bytesAvailable());
        std::memcpy(data, m_bytes.constData() + m_at, std::size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qint64 m_at = 0;
};

QNetworkRequest makeRequest(const Endpoint &endpoint, const HttpCall::Request &request)
{
    QNetworkRequest result(QUrl::fromEncoded(
            endpoint.base.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery) + request.target, QUrl::StrictMode));
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    // Qt shares the connections of a manager, six per host, but not between requests with different names for the check
    // of certificates. Without TLS there is no such check, so a new name has no other effect than a new connection.
    // This works in Qt 6.4, too (QHttp1Configuration, with a limit of its own, exists since 6.5).
    result.setPeerVerifyName(QUuid::createUuid().toString());
    result.setRawHeader("Connection", "close"); // no other request will use this connection
    result.setRawHeader("Accept-Encoding", "identity");
    result.setRawHeader("User-Agent", "gemini-desk");
    // Not "Authorization: Bearer", as with that field some paths mean the OpenAI API.
    if (!endpoint.token.isEmpty())
        result.setRawHeader("x-goog-api-key", endpoint.token);
    for (const auto &[name, value] : request.fields)
        result.setRawHeader(name, value);
    if (request.method != "GET")
        result.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    return result;
}

} // namespace

Error HttpCall::End::error() const
{
    if (status == 0)
        return makeError(Error::Kind::Network);
    if (status == 200)
        return makeError(Error::Kind::Cut, status);
    return errorFromAnswer(status, body, retryAfter);
}

HttpCall::HttpCall(QNetworkAccessManager &manager, const Endpoint &endpoint, const Request &request, bool streamed,
                   QObject *parent)
    : QObject(parent), m_streamed(streamed), m_limit(request.bodyLimit)
{
    const QNetworkRequest made = makeRequest(endpoint, request);
    if (request.method == "GET") {
        m_reply = manager.get(made);
    } else {
        auto *body = new Body(request.body, nullptr);
        m_reply = manager.sendCustomRequest(made, request.method, body);
        body->setParent(m_reply);
    }
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpCall::read);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 bytes) { emit sent(bytes); });
    // The slot is called later, as the signal may be emitted inside the call above if the address is not valid.
    connect(m_reply, &QNetworkReply::finished, this, &HttpCall::finish, Qt::QueuedConnection);
}

HttpCall::~HttpCall()
{
    abort();
}

QByteArray HttpCall::abort()
{
    if (!m_reply)
        return {};
    QNetworkReply *reply = m_reply;
    m_reply.clear();
    reply->disconnect(this);
    const bool good = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
    const QByteArray left = m_streamed && good ? reply->readAll() : QByteArray();
    reply->abort();
    reply->deleteLater();
    return left;
}

void HttpCall::read()
{
    if (!m_reply || m_tooLarge)
        return;
    const QByteArray bytes = m_reply->readAll();
    if (bytes.isEmpty())
        return;
    if (m_streamed && status() == 200) {
        emit received(bytes); // a slot may delete this object or call abort()
        return;
    }
    if (m_body.size() + bytes.size() > m_limit) {
        m_tooLarge = true;
        m_reply->abort(); // the reply then emits finished()
        return;
    }
    m_body += bytes;
}

void HttpCall::finish()
{
    const QPointer<HttpCall> self(this);
    read();
    if (!self || !m_reply)
        return;
    End end;
    end.status = status();
    end.intact = m_reply->error() == QNetworkReply::NoError && !m_tooLarge;
    end.body = m_body;
    end.retryAfter = m_reply->rawHeader("Retry-After");
    end.uploadUrl = m_reply->rawHeader("X-Goog-Upload-URL");
    end.uploadStatus = m_reply->rawHeader("X-Goog-Upload-Status");
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply.clear();
    emit ended(end);
}

int HttpCall::status() const
{
    return m_reply ? m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() : 0;
}

} // namespace chat
