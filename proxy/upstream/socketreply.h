#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/responsehead.h"
#include "proxy/net/deadline.h"
#include "proxy/net/nativesocket.h"
#include "proxy/upstream/connectionpool.h"

#include <QNetworkReply>
#include <QPointer>

// One request over one HTTP/1.1 connection. What callers may rely on is said at UpstreamManager.
// Owned by its caller, at the latest by its manager.
class SocketReply : public QNetworkReply
{
    Q_OBJECT

public:
    SocketReply(QNetworkAccessManager::Operation operation, const QNetworkRequest &request, QIODevice *body,
                const UpstreamOptions &options, ConnectionPool *pool, QObject *parent);
    ~SocketReply() override; // aborts silently

    void abort() override;
    void close() override;
    void ignoreSslErrors() override;
    qint64 bytesAvailable() const override;
    void setReadBufferSize(qint64 size) override;

protected:
    qint64 readData(char *data, qint64 size) override;
    void sslConfigurationImplementation(QSslConfiguration &configuration) const override;
    void ignoreSslErrorsImplementation(const QList<QSslError> &errors) override;

private:
    enum class Phase {
        Connecting, // no byte of the request was sent
        Head,       // the request is on its way, no final response head yet
        Body,
        Done,
    };

    void start();
    [[nodiscard]] bool composeHead();
    void attach();
    void goOn();
    void askAgain();
    void onReady();
    void sendMore();
    void onSocketError(QAbstractSocket::SocketError error);
    void onExpired();

    void pump();
    void pumpLater();
    [[nodiscard]] bool hasMore() const;
    [[nodiscard]] bool readHead();
    [[nodiscard]] bool readBody();
    qsizetype decode(QByteArrayView raw);
    [[nodiscard]] qint64 room() const;
    void atEnd();

    void succeed();
    void fail(NetworkError error, const QString &text);
    void end();

    const UpstreamOptions &m_options;
    const QPointer<ConnectionPool> m_pool;
    const Origin m_origin;
    QByteArray m_verb;

    ConnectionPool::Socket m_socket;
    Deadline m_deadline;
    Phase m_phase = Phase::Connecting;

    QByteArray m_requestHead;
    QPointer<QIODevice> m_upload;
    qint64 m_uploadSize = 0;
    qint64 m_uploadLeft = 0;
    bool m_requestSent = false;
    bool m_requestSentSaid = false; // once, even where it is asked again
    std::chrono::milliseconds m_firstByteTime;
    bool m_mayAskAgain = false; // by a new connection, if this one turns out to be dead

    QByteArray m_raw; // received, not decoded yet
    qsizetype m_scanned = 0;
    http::ResponseHead m_head;
    http::ResponseFraming m_framing;
    http::ChunkedDecoder m_chunks;
    qint64 m_bodyLeft = 0; // of a body with a length
    bool m_bodyComplete = false;
    qint64 m_bodyReceived = 0;
    bool m_ended = false; // the connection has
    bool m_endedInOrder = false;
    bool m_closeNotified = false; // the other side's end of TLS
    nativesocket::EndWatch m_endWatch;
    qint64 m_undecrypted = -1; // bytes that TLS could not use when last looked at

    QByteArray m_body; // decoded, not read yet, from m_bodyRead on
    qsizetype m_bodyRead = 0;
    bool m_pumping = false;
    bool m_pumpQueued = false;
    bool m_ignoreSslErrors = false;
    QList<QSslError> m_ignoredSslErrors;
};
