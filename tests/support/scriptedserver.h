#pragma once

#include "proxy/http/requesthead.h"

#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <optional>

// A server on a free loopback port that answers every request byte for byte as a script says, over TCP or TLS, and
// keeps what arrived. With it, tests see what a client does with answers that no sane server gives. Lives on its test's
// thread, which needs an event loop.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT

public:
    struct Step
    {
        enum class Kind { Send, Turn, WaitForBytes, WaitForRelease, Close, Cut, Reset };

        // Writes the bytes, in one piece.
        [[nodiscard]] static Step send(QByteArray bytes) { return {Kind::Send, std::move(bytes)}; }
        // Waits until everything sent has left this process and the event loop has turned; by then a client on the same
        // thread has read it.
        [[nodiscard]] static Step turn() { return {Kind::Turn}; }
        // Waits until that many bytes arrived on the connection in all.
        [[nodiscard]] static Step waitForBytes(qint64 count) { return {Kind::WaitForBytes, {}, count}; }
        // Waits until the test calls release().
        [[nodiscard]] static Step waitForRelease() { return {Kind::WaitForRelease}; }
        // Ends the connection in good order: by FIN, and over TLS by close_notify before it.
        [[nodiscard]] static Step close() { return {Kind::Close}; }
        // Sends only FIN, over TLS without close_notify, as if somebody had cut the connection.
        [[nodiscard]] static Step cut() { return {Kind::Cut}; }
        // Ends the connection by RST.
        [[nodiscard]] static Step reset() { return {Kind::Reset}; }

        Kind kind = Kind::Turn;
        QByteArray bytes = {};
        qint64 count = 0;
    };
    // What is done on a connection, step by step. If the script ends without closing the connection, that stays open
    // for the next request.
    using Script = QList<Step>;

    // Returns the script with its bytes cut at these offsets and a turn() between the pieces.
    [[nodiscard]] static Script inPieces(const Script &script, const QList<qsizetype> &offsets);

    struct Request
    {
        http::RequestHead head;
        QByteArray headBytes;
        QByteArray body;
        int connection = 0; // counts from 1
    };

    explicit ScriptedServer(QObject *parent = nullptr) : QTcpServer(parent) {}
    ~ScriptedServer() override;

    // Sets the answer to each complete request.
    void setScript(const Script &script);
    void setScript(std::function<Script(const Request &)> script) { m_script = std::move(script); }
    // Sets what is done on a new connection before any request has come.
    void setGreeting(const Script &script) { m_greeting = script; }
    // Makes the server read next to nothing of what clients send. Does not work with TLS.
    void setDeaf(bool deaf) { m_deaf = deaf; }
    // Makes the server use TLS. To be called before start().
    void setTls(const QSslConfiguration &configuration) { m_tls = configuration; }

    [[nodiscard]] bool start(const QHostAddress &address = QHostAddress::LocalHost);
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;

    // Lets all connections go on that are at Step::waitForRelease().
    void release();
    [[nodiscard]] int waitingForRelease() const;
    // Both end all connections.
    void closeAll();
    void resetAll();

    [[nodiscard]] int connectionCount() const { return static_cast<int>(m_connections.size()); }
    [[nodiscard]] int openConnections() const;
    // Counts only complete requests: a head, and a body of Content-Length bytes.
    [[nodiscard]] int requestCount() const { return static_cast<int>(m_requests.size()); }
    [[nodiscard]] const QList<Request> &requests() const { return m_requests; }
    // Returns how many requests broke HTTP's rules or had a chunked body; their connections were reset.
    [[nodiscard]] int malformedCount() const { return m_malformed; }
    // Returns how many bytes have left this process, over all connections.
    [[nodiscard]] qint64 bytesSent() const;
    [[nodiscard]] qint64 bytesReceived() const;

signals:
    void requestReceived();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    class Connection;

    std::function<Script(const Request &)> m_script = [](const Request &) { return Script{}; };
    Script m_greeting;
    bool m_deaf = false;
    std::optional<QSslConfiguration> m_tls;
    QList<Connection *> m_connections; // children of this
    QList<Request> m_requests;
    int m_malformed = 0;
};
