#pragma once

#include "proxy/settings.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <memory>

class ConnectionPool;
class UpgradeRequest;

// What the manager needs to know of the way to a server.
struct UpstreamOptions
{
    std::chrono::milliseconds connectTime{10'000};    // name look-up, TCP and TLS together
    std::chrono::milliseconds firstByteTime{600'000}; // request sent until the body's first byte
    std::chrono::milliseconds idleTime{300'000};      // between two pieces of the body
    std::chrono::milliseconds keepAliveTime{30'000};  // an unused connection stays open
    QList<QSslCertificate> extraCaCertificates;
    std::optional<QNetworkProxy> networkProxy; // empty = the system's; loopback never uses one

    friend bool operator==(const UpstreamOptions &, const UpstreamOptions &) = default;
};

// A QNetworkAccessManager whose replies are our own (SocketReply): HTTP/1.1 over QSslSocket or
// QTcpSocket in the caller's thread. It exists because Qt's own replies were measured to take
// truncated answers for whole ones, to send a POST twice, and to allow six streams a host.
// No redirects, cookies, cache, decompression or replays.
//
// What callers may rely on beyond QNetworkReply's documentation:
//  - `finished` comes exactly once, never inside get/post/...; inside abort() it does.
//  - error() is NoError only if the body's own framing says that it is complete; an HTTP status of
//    400 and above is no error here: decide on HttpStatusCodeAttribute.
//  - What had arrived before an error stays readable.
//  - setReadBufferSize(n) bounds what waits in memory exactly: TCP holds back the rest.
//  - The answer's fields are in FieldsAttribute alone, not in rawHeader(); request() holds only the
//    URL once it was sent. (Both for the memory of answers that stream for minutes.)
//  - NotSentAttribute is true on a failed reply of which surely no byte of the request left this
//    machine: the only case besides an answered 503 in which it may be tried again.
//  - A failed connect is ConnectionRefusedError, HostNotFoundError, SslHandshakeFailedError, a
//    Proxy*Error or UnknownNetworkError; every timer that runs out is TimeoutError; a connection
//    that ends before the response does is RemoteHostClosedError; a response that breaks HTTP's
//    rules is ProtocolFailure.
// Lives on, and is used from, one thread. Its replies must not outlive it.
class UpstreamManager : public QNetworkAccessManager
{
    Q_OBJECT

public:
    // QByteArray: the request target to send instead of the URL's path and query, byte for byte.
    static constexpr auto RawTargetAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 1);
    // bool, on the reply: it failed before any byte of the request was sent.
    static constexpr auto NotSentAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 2);
    // http::Fields, as QNetworkRequest's raw headers cannot hold them: repeated, in order, as
    // written. On the request: sent ahead of its raw headers. On the reply: what came.
    static constexpr auto FieldsAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 3);

    // qint64, on the request: milliseconds to wait for the first byte, in place of the options'.
    static constexpr auto FirstByteTimeAttribute = static_cast<QNetworkRequest::Attribute>(QNetworkRequest::User + 4);

    explicit UpstreamManager(UpstreamOptions options, QObject *parent = nullptr);
    ~UpstreamManager() override;

    // Keeps `count` connections to that server open ahead of requests, until a few minutes after
    // the last use.
    void keepReady(const QUrl &url, int count);

    // Asks for an upgrade, with all bytes of the request's head, over a connection of its own.
    // Never null. Owned by the caller; does not need the manager any more.
    [[nodiscard]] std::unique_ptr<UpgradeRequest> upgrade(const QUrl &url, const QByteArray &head);

    // For tests and the metrics: unused connections that are open now.
    [[nodiscard]] int idleConnections() const;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    UpstreamOptions m_options;
    ConnectionPool *m_pool;
};
