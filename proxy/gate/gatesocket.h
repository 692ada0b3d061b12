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

// Decides on a head before its body is read: what there is to remember of the decision until the request
// is whole (see GateSocket::admission()), or the answer to refuse with.
using HeadCheck = std::function<Expected<std::any, ErrorAnswer>(const http::RequestHead &)>;

// One client's connection, as QHttpServer gets it: a QTcpSocket in front of the real connection
// (the way QSslSocket does it), which keeps a request's times, and shows QHttpServer one validated
// request at a time: a RequestParser reads them, a ResponseWriter frames the answers. It exists because
// QHttpServer buffers without limit, drops all fields after a malformed one, lets pipelined answers mix
// and never times out.
//
// QHttpServer sees only a stub of each request; the request itself, its raw target and its body
// are head() and takeBody(), from then on until finishResponse() or abortResponse(), one of which
// must be called for each request. disconnected() means that the client is gone (half-closing
// counts: the two look alike).
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

    // The request that is being answered; its fields until the answer begins.
    [[nodiscard]] const http::RequestHead &head() const { return m_head; }
    [[nodiscard]] QByteArray takeBody() { return m_parser.takeBody(); }
    // What the check remembered of it.
    [[nodiscard]] const std::any &admission() const { return m_admission; }
    // Sane ones of the client are kept, others are made.
    [[nodiscard]] QByteArray requestId() const { return m_requestId; }

    // --- the answer ---
    // Starts it; `fields` without Content-Length, Transfer-Encoding, Connection, Date and
    // X-Request-Id, which are set here. `length` is the body's, empty if it is not known yet.
    // The head leaves with the first piece of the body, with finishResponse() or by sendHead().
    void beginResponse(int status, const http::Fields &fields, std::optional<qint64> length);
    // The head alone, at once, where the body may take its time. Nothing if it has left.
    void sendHead();
    // Sends a piece at once, in one write with its framing. Empty pieces are nothing.
    void sendBody(QByteArrayView piece);
    // The answer is whole. Sends what is due and goes on to the next request, or closes.
    void finishResponse();
    // The answer cannot be completed: what was sent leaves, then the connection ends without the
    // body's last chunk, so that no client takes half an answer for a whole one.
    void abortResponse();
    // Ends the connection at once, by RST; what was not sent yet is lost.
    void resetConnection();
    // Head, body and end of a short answer.
    void respond(int status, const http::Fields &fields, QByteArrayView body);
    // The same of an error; `fields` come besides its own.
    void respondError(const ErrorAnswer &error, http::Fields fields = {});
    [[nodiscard]] bool responseBegun() const { return m_writer.hasBegun(); }

    // --- instead of an answer: a tunnel (RFC 9110, section 7.8) ---
    // Answers 101 with these fields; from then on the connection is bytes in both directions, and
    // ends by endTunnel() or disconnected(). False if the client had sent more than could be kept
    // for it: then nothing was done.
    [[nodiscard]] bool beginTunnel(const http::Fields &fields);
    // What the client sent, from right behind its request on. Works in a slot of disconnected(), too.
    [[nodiscard]] qint64 tunnelBytesAvailable() const;
    [[nodiscard]] QByteArray readTunnel(qint64 most);
    // Sends at once.
    void writeTunnel(const QByteArray &bytes);
    // What was written leaves, then the connection ends.
    void endTunnel();

    // Bytes handed over that the system has not taken yet. bytesWritten() says when it shrinks.
    qint64 bytesToWrite() const override;

    // No more requests after the current one; closes at once if there is none.
    void closeWhenIdle();
    [[nodiscard]] bool isIdle() const { return m_phase == Phase::Head && m_parser.unreadSize() == 0; }
    // Nothing is left that this side would still have to send.
    [[nodiscard]] bool isDrained() const { return m_phase == Phase::Closed || m_shutDown; }

    // Gives the answer and closes, whatever is going on. For a server that is full.
    void refuse(const ErrorAnswer &refusal);

    // What QHttpServer calls.
    qint64 bytesAvailable() const override;
    void disconnectFromHost() override;
    void close() override;
    void setReadBufferSize(qint64 size) override;
    qintptr socketDescriptor() const override;

    static constexpr char idField[] = "gate-connection"; // of the stub: this connection's id

signals:
    void headBegun();         // the first byte of a request came
    void refused(int status); // a request, by the gate or its check
    // One of those by the gate; the check has its own say.
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
        Answering, // QHttpServer and the exchange have it
        Tunnel,    // no HTTP any more
        Closing,   // the last answer leaves; input is thrown away
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
    bool m_heldBack = false; // no further request until the client has read
    bool m_dropping = false; // what still comes is thrown away
    RequestParser m_parser;
    ResponseWriter m_writer;
    http::RequestHead m_head; // of the request that is being read or answered
    QByteArray m_requestId;
    std::any m_admission;
    qsizetype m_bodyMark = 0; // the body's size when it last counted as progress
    QByteArray m_stub;        // what QHttpServer may read
    bool m_shutDown = false;  // our FIN is out
    QDeadlineTimer m_lingerEnd;
};
