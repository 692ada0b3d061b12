#pragma once

#include "proxy/http/responsereader.h"
#include "proxy/net/deadline.h"
#include "proxy/upstream/upstreamconnection.h"

#include <QNetworkReply>

// One request that asks a server to switch to another protocol (RFC 9110, section 7.8), over a connection of its own.
// If the server does, this passes on the connection's bytes in both directions. Qt's own classes offer nothing like it:
// a QNetworkReply ends at a 101.
//
// The request ends in exactly one of switched(), answered() and failed(), never inside the constructor. After
// switched(), ended() comes once, when the connection has ended and all that arrived was read. Lives on its owner's
// thread. Its destructor aborts silently.
class UpgradeRequest : public QObject
{
    Q_OBJECT

public:
    // `socket` is connected or still connecting. `head` is the whole request.
    UpgradeRequest(ConnectionPool::Socket socket, QByteArray head, const UpstreamOptions &options);

    // Returns the answer's head, once switched() or answered() is emitted.
    [[nodiscard]] const http::ResponseHead &head() const { return m_response.head(); }
    // Whether a byte of the request may have left this machine.
    [[nodiscard]] bool wasSent() const { return m_sent; }

    // --- after switched() ---
    [[nodiscard]] qint64 bytesAvailable() const;
    [[nodiscard]] QByteArray read(qint64 most);
    void write(const QByteArray &bytes); // without waiting for the event loop
    [[nodiscard]] qint64 bytesToWrite() const;
    // Sends what was written and closes the connection, after `patience` at the latest. What still arrives is dropped.
    // ended() follows.
    void finish(std::chrono::milliseconds patience);

signals:
    void sent(); // the whole request has left
    void switched();
    void answered(const QByteArray &body); // the status is not 101, and this is the whole body
    void failed(QNetworkReply::NetworkError error);

    void readable();
    void written();
    void ended();

private:
    enum class Phase {
        Connecting,
        Asking, // the request is on its way, and the response is not complete
        Open,
        Finishing,
        Done,
    };

    void onReady();
    void onWritten();
    void onReadable();
    void onEnded();
    void onExpired();
    void readResponse();
    void onSwitched(const QByteArray &ahead);
    void checkEnd();
    void checkEndLater();
    void fail(QNetworkReply::NetworkError error);
    void end();

    const UpstreamOptions m_options;
    UpstreamConnection m_connection;
    QByteArray m_request;
    bool m_sent = false;
    Deadline m_deadline;
    Phase m_phase = Phase::Connecting;

    http::ResponseReader m_response;
    QByteArray m_body;  // of a response that is not a 101
    QByteArray m_ahead; // bytes that came along with the 101 and were not read yet
    bool m_checkQueued = false;
};
