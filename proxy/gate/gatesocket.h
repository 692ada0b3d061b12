#pragma once

#include "proxy/gate/clientconnection.h"
#include "proxy/gate/requestparser.h"
#include "proxy/gate/responsewriter.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/deadline.h"

#include <QDeadlineTimer>
#include <QTcpSocket>

#include <any>
#include <functional>
#include <optional>
#include <utility>

// Decides from a request's head, before its body is read, whether the request is admitted. Returns a value to remember
// until the request is complete (see GateSocket::admission()), or the answer that refuses the request.
using HeadCheck = std::function<Expected<std::any, ErrorAnswer>(const http::RequestHead &)>;

// One client's connection, as QHttpServer gets it: a QTcpSocket that stands in front of the real connection, as
// QSslSocket does. It enforces the time limits of requests and shows QHttpServer one validated request at a time. A
// RequestParser reads the requests, and a ResponseWriter frames the answers. The class exists because QHttpServer
// buffers without limit, drops all fields after a malformed one, lets pipelined answers mix and never times out.
//
// QHttpServer sees only a stub of each request. The request itself is in head() and takeBody(), from the moment the
// stub is shown until finishResponse() or abortResponse(), one of which must be called for each request. disconnected()
// means that the client is gone; a client that only closes its own half of the connection looks the same.
//
// Owned by its server and deleted by QHttpServer after disconnected(): hold it by QPointer.
class GateSocket : public QTcpSocket
{
    Q_OBJECT

public:
    // Takes over the descriptor; `check` may be empty.
    GateSocket(quint64 id, qintptr descriptor, const Limits &limits, HeadCheck check, QObject *parent);
    ~GateSocket() override;

    [[nodiscard]] quint64 id() const { return m_id; }

    // The head of the request that is being answered. Its fields are dropped once the answer begins.
    [[nodiscard]] const http::RequestHead &head() const { return m_head; }
    [[nodiscard]] QByteArray takeBody() { return m_parser.takeBody(); }
    // What the head check returned for this request.
    [[nodiscard]] const std::any &admission() const { return m_admission; }
    // The request's ID: the client's own X-Request-Id if it is harmless in logs and headers, otherwise a new one.
    [[nodiscard]] QByteArray requestId() const { return m_requestId; }

    // --- the answer ---
    // Begins the answer. `fields` must not hold Content-Length, Transfer-Encoding or X-Request-Id, which are set here;
    // so are Connection, always, and Date, if it is missing. `length` is the body's length in bytes, empty if it is not
    // known yet. The head is sent by sendHead(), with the first piece of the body or by finishResponse().
    void beginResponse(int status, const http::Fields &fields, std::optional<qint64> length);
    // Sends the head at once, without waiting for the body. Does nothing if the head was sent already.
    void sendHead();
    // Sends a piece of the body at once, in one write with its framing. Ignores empty pieces.
    void sendBody(QByteArrayView piece);
    // Ends a complete answer: sends the rest of it, then goes on to the next request or closes the connection.
    void finishResponse();
    // Ends an answer that cannot be completed. The connection closes before the body is complete, so that no client
    // takes half an answer for a whole one. It closes by RST if the answer has not begun, or if a regular end would
    // mean that the body is complete.
    void abortResponse();
    // Ends the connection at once, by RST. Bytes that were not sent yet are lost.
    void resetConnection();
    // Sends a whole answer whose body is at hand.
    void respond(int status, const http::Fields &fields, QByteArrayView body);
    // Sends an error as a whole answer. `fields` are added to the error's own fields.
    void respondError(const ErrorAnswer &error, http::Fields fields = {});
    [[nodiscard]] bool responseBegun() const { return m_writer.hasBegun(); }

    // --- instead of an answer: a tunnel (RFC 9110, section 7.8) ---
    // Answers 101 with these fields. From then on the connection carries plain bytes in both directions, until
    // endTunnel() or disconnected(). Returns false and does nothing if the answer has begun, or if the client has sent
    // so much ahead that a part of it was dropped.
    [[nodiscard]] bool beginTunnel(const http::Fields &fields);
    // The number of bytes that readTunnel() can return now: what the client has sent right after its request. Both
    // functions also work in a slot that is connected to disconnected().
    [[nodiscard]] qint64 tunnelBytesAvailable() const;
    [[nodiscard]] QByteArray readTunnel(qint64 most);
    void writeTunnel(const QByteArray &bytes);
    // Closes the connection after all that was written has been sent.
    void endTunnel();

    // The number of bytes of answers that the system has not taken yet. bytesWritten() tells when it shrinks.
    qint64 bytesToWrite() const override;

    // Closes the connection after the current request, or at once if there is none.
    void closeWhenIdle();
    [[nodiscard]] bool isIdle() const { return m_phase == Phase::Head && m_parser.unreadSize() == 0; }
    // Whether nothing is left that this side has to send.
    [[nodiscard]] bool isDrained() const { return m_phase == Phase::Closed || m_shutDown; }

    // Sends the refusal as the answer to the current request, or without any request if the server is full, and then
    // closes the connection. Must not be called once an answer has begun.
    void refuse(const ErrorAnswer &refusal);

    // QHttpServer and QTcpServer call these functions.
    qint64 bytesAvailable() const override;
    void disconnectFromHost() override;
    void close() override;
    void setReadBufferSize(qint64 size) override;
    qintptr socketDescriptor() const override;

    static constexpr char idField[] = "gate-connection"; // the stub's field that holds id()

signals:
    void headBegun();         // the first byte of a request has come
    void refused(int status); // the gate or the head check refused a request
    // The gate itself refused a request. Comes in addition to refused(), so that the server can log the reason; the
    // head check logs its own refusals.
    void turnedAway(const ErrorAnswer &refusal);
    void tunnelReadable();

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 skipData(qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    enum class Phase {
        Head,      // waits for, or reads, a request's head
        Body,      // reads its body
        Answering, // waits until the request is answered
        Tunnel,    // relays bytes that are no HTTP
        Closing,   // sends the rest of the last answer and throws input away
        Closed,
    };

    void readMore();
    bool readHead();
    bool takeHead();
    bool holdBack();
    void dropExcess();
    bool readBody();
    void turnAway(const ErrorAnswer &refusal);
    void dispatch();
    void nextRequest();
    void closeGracefully();
    void onDisconnected();
    void onBytesWritten(qint64 count);
    void onExpired();
    void sendNow(const QByteArray &bytes);

    const quint64 m_id;
    const Limits m_limits;
    const HeadCheck m_check;
    ClientConnection m_connection;
    Deadline m_deadline;

    Phase m_phase = Phase::Head;
    bool m_reading = false; // readMore() is on the stack
    bool m_lastRequest = false;
    bool m_heldBack = false; // no further request is read until the client has read its answers
    bool m_dropping = false; // further input is thrown away
    RequestParser m_parser;
    ResponseWriter m_writer;
    http::RequestHead m_head; // of the request that is being read or answered
    QByteArray m_requestId;
    std::any m_admission;
    qsizetype m_bodyMark = 0; // how much of the body had come when its time limit was last extended
    QByteArray m_stub;        // the rest of the stub that QHttpServer has not read yet
    bool m_shutDown = false;  // whether our FIN was sent
    QDeadlineTimer m_lingerEnd;
};
