#pragma once

#include "proxy/http/responsereader.h"
#include "proxy/net/deadline.h"
#include "proxy/upstream/upstreamconnection.h"

#include <QNetworkReply>
#include <QPointer>

// One request over one HTTP/1.1 connection. The comment on UpstreamManager says what callers may rely on. Owned by its
// caller; the manager deletes those that are left when it ends.
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
    void connectBy(ConnectionPool::Socket socket);
    void askAgain();
    void onSslErrors(const QList<QSslError> &errors);
    void onReady();
    void sendMore();
    void onExpired();

    void pump();
    void pumpLater();
    [[nodiscard]] bool readMore();
    void takeHead();
    [[nodiscard]] qint64 room() const;
    void judgeEnd();

    void succeed();
    void fail(NetworkError error, const QString &text);
    void end();

    const UpstreamOptions &m_options;
    const QPointer<ConnectionPool> m_pool;
    const Origin m_origin;

    UpstreamConnection m_connection;
    Deadline m_deadline;
    Phase m_phase = Phase::Connecting;

    QByteArray m_requestHead;
    QPointer<QIODevice> m_upload;
    qint64 m_uploadSize = 0;
    qint64 m_uploadLeft = 0;
    bool m_requestSent = false;
    bool m_requestSentSaid = false; // requestSent() is emitted once, even if the request is sent again
    std::chrono::milliseconds m_firstByteTime;
    bool m_mayAskAgain = false; // over a new connection, if this one turns out to be dead

    http::ResponseReader m_response;
    bool m_excess = false; // bytes have come that are not part of the response
    qint64 m_bodyReceived = 0;
    QByteArray m_body; // decoded bytes; those from m_bodyRead on wait for the reader
    qsizetype m_bodyRead = 0;
    bool m_pumping = false;
    bool m_pumpQueued = false;
    bool m_ignoreSslErrors = false;
    QList<QSslError> m_ignoredSslErrors;
};
