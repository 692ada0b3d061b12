#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/responsehead.h"
#include "proxy/net/deadline.h"
#include "proxy/upstream/connectionpool.h"

#include <QNetworkReply>

// One request that asks a server to speak another protocol (RFC 9110, section 7.8), over a
// connection of its own; where the server does, the connection as bytes in both directions. The
// stock classes offer nothing like it: a QNetworkReply ends at a 101.
//
// Ends in exactly one of switched(), answered() and failed(), never inside the constructor. After
// switched(), ended() comes once, when the connection has ended and all that arrived was read.
// Lives on its owner's thread; its destructor aborts silently.
class UpgradeRequest : public QObject
{
    Q_OBJECT

public:
    // `socket`: connected or connecting. `head`: the request, all of it.
    UpgradeRequest(ConnectionPool::Socket socket, QByteArray head, const UpstreamOptions &options);
    ~UpgradeRequest() override;

    // The answer's head, of switched() and answered().
    [[nodiscard]] const http::ResponseHead &head() const { return m_head; }
    // Of a failure: surely no byte of the request left this machine.
    [[nodiscard]] bool wasSent() const { return m_sent; }

    // --- after switched() ---
    [[nodiscard]] qint64 bytesAvailable() const;
    [[nodiscard]] QByteArray read(qint64 most);
    void write(const QByteArray &bytes); // at once
    [[nodiscard]] qint64 bytesToWrite() const;
    // Sends what was written and closes, in `patience` at most. What still arrives is dropped;
    // ended() comes.
    void finish(std::chrono::milliseconds patience);

signals:
    void sent(); // the whole request has left
    void switched();
    void answered(const QByteArray &body); // another status than 101, and its whole body
    void failed(QNetworkReply::NetworkError error);

    void readable();
    void written();
    void ended();

private:
    enum class Phase {
        Connecting,
        Head,
        Body, // of an answer that is no 101
        Open,
        Finishing,
        Done,
    };

    void onReady();
    void onWritten();
    void onReadable();
    void onSocketError(QAbstractSocket::SocketError error);
    void onDisconnected();
    void onExpired();
    void readHead();
    void readBody();
    void checkEnd();
    void checkEndLater();
    void fail(QNetworkReply::NetworkError error);
    void end();

    const UpstreamOptions m_options;
    ConnectionPool::Socket m_socket;
    QByteArray m_request;
    bool m_sent = false;
    Deadline m_deadline;
    Phase m_phase = Phase::Connecting;

    QByteArray m_raw; // arrived, not parsed; behind the head of a 101, the first bytes to be read
    qsizetype m_scanned = 0;
    http::ResponseHead m_head;
    http::ResponseFraming m_framing;
    http::ChunkedDecoder m_chunks;
    QByteArray m_body;

    bool m_closed = false; // the connection has ended
    bool m_checkQueued = false;
    qint64 m_undecrypted = -1; // bytes that TLS could not use when last looked at
};
