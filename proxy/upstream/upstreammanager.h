#pragma once

#include "proxy/settings.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <memory>

class ConnectionPool;
class UpgradeRequest;

// How servers are reached, and how long to wait for them.
struct UpstreamOptions
{
    std::chrono::milliseconds connectTime{10'000};    // name look-up, TCP and TLS together
    std::chrono::milliseconds firstByteTime{600'000}; // from the end of the request to the body's first byte
    std::chrono::milliseconds idleTime{300'000};      // between two pieces of a body, in either direction
    std::chrono::milliseconds keepAliveTime{30'000};  // how long an unused connection stays open
    QList<QSslCertificate> extraCaCertificates;
    std::optional<QNetworkProxy> networkProxy; // empty = the environment's, else the system's; loopback never uses one

    friend bool operator==(const UpstreamOptions &, const UpstreamOptions &) = default;
};

// A QNetworkAccessManager with replies of its own (SocketReply): HTTP/1.1 over QSslSocket or QTcpSocket in the caller's
// thread. It exists because Qt's own replies were measured to take truncated answers for whole ones, to send a POST
// twice, and to allow only six streams per host. It knows no redirects, cookies, cache or decompression. It repeats a
// request only once and only if that is a GET or HEAD without a body, sent over a kept connection that has ended
// without a byte of an answer.
//
// What callers may rely on beyond QNetworkReply's documentation:
//  - `finished` comes exactly once. It never comes inside get(), post() and so on, but it does inside abort().
//  - error() is NoError only if the body's own framing says that it is complete. An HTTP status of 400 and above is no
//    error here, so callers look at HttpStatusCodeAttribute.
//  - What arrived before an error stays readable.
//  - No more than the n bytes of setReadBufferSize(n) wait in the reply. The socket holds up to 64 KiB more
//    (UpstreamConnection::bufferSize), and TCP holds back the rest.
//  - The answer's fields are only in FieldsAttribute, not in rawHeader(), and request() holds only the URL once the
//    request is being sent. Both save memory while an answer streams for minutes.
//  - NotSentAttribute is true on a failed reply if no byte of the request was sent over the connection that failed.
//    Besides an answered 503, that is the only case in which callers may try again. (Only a GET or HEAD may have been
//    sent over another connection before.)
//  - If connecting fails, the error is ConnectionRefusedError, HostNotFoundError, SslHandshakeFailedError,
//    ProtocolUnknownError (no TLS), a Proxy*Error, UnknownProxyError or UnknownNetworkError. It is TimeoutError if a
//    time limit is over, RemoteHostClosedError if the connection ends before the response does, and ProtocolFailure if
//    the response breaks HTTP's rules.
// Lives on one thread and is used only there. Its replies must not outlive it.
class UpstreamManager : public QNetworkAccessManager
{
    Q_OBJECT

public:
    // QByteArray, on the request: the target to send, byte for byte, instead of the URL's path and query.
    static constexpr auto RawTargetAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 1);
    // bool, on the reply: it failed before any byte of the request was sent.
    static constexpr auto NotSentAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 2);
    // http::Fields. Unlike QNetworkRequest's raw headers, they keep repeated fields, their order and their spelling. A
    // request's are sent ahead of its raw headers. A reply's are those of the answer.
    static constexpr auto FieldsAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 3);

    // qint64, on the request: milliseconds to wait for the first byte, instead of the options' firstByteTime.
    static constexpr auto FirstByteTimeAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 4);

    explicit UpstreamManager(UpstreamOptions options, QObject *parent = nullptr);
    ~UpstreamManager() override;

    // Keeps `count` unused connections to that server open, so that requests need not wait for one. This ends a few
    // minutes after the last request.
    void keepReady(const QUrl &url, int count);

    // Asks for an upgrade over a connection of its own. `head` holds all bytes of the request's head. The result is
    // never null, and it may outlive the manager.
    [[nodiscard]] std::unique_ptr<UpgradeRequest> upgrade(const QUrl &url, const QByteArray &head);

    // Returns how many unused connections are open now, for tests.
    [[nodiscard]] int idleConnections() const;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    UpstreamOptions m_options;
    ConnectionPool *m_pool;
};
