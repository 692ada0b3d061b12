#include "proxy/gate/gatesocket.h"

#include "proxy/http/responsehead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/net/nativesocket.h"

#include <QDateTime>
#include <QLocale>
#include <QUuid>

#include <algorithm>

namespace {

// How much of a client's input may wait unread; TCP holds back the rest.
constexpr qint64 inputBuffer = 64 * 1024;
// Of a body, in its idle time, not to count as idle: or a byte now and then would hold a
// connection for ever.
constexpr qsizetype bodyProgress = 1024;
// How long to receive and throw away after our FIN, so that no reset overtakes the last answer:
// since the client's last byte, and in all.
constexpr std::chrono::milliseconds lingerTime{2'000};
constexpr std::chrono::milliseconds lingerLimit{30'000};

// A client's own id is kept if it cannot do harm in a log or a header.
bool isSaneRequestId(const QByteArray &id)
{
    return !id.isEmpty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'
                || c == '.' || c == ':';
    });
}

// RFC 9110, section 5.6.7
QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1();
}

} // namespace

GateSocket::GateSocket(quint64 id, qintptr descriptor, const Limits &limits, HeadCheck check, QObject *parent)
    : QTcpSocket(parent), m_id(id), m_limits(limits), m_check(std::move(check)), m_connection(descriptor, inputBuffer)
{
    // Not setSocketDescriptor() on ourselves: the base class must stay without a socket engine.
    setSocketState(QAbstractSocket::ConnectedState);
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered); // a stub needs no buffer of 16 KiB

    connect(&m_connection, &ClientConnection::readyRead, this, &GateSocket::readMore);
    connect(&m_connection, &ClientConnection::disconnected, this, &GateSocket::onDisconnected);
    connect(&m_connection, &ClientConnection::bytesWritten, this, &GateSocket::onBytesWritten);
    connect(&m_deadline, &Deadline::expired, this, &GateSocket::onExpired);
    m_deadline.start(m_limits.keepAliveTime);
}

GateSocket::~GateSocket()
{
    // Or the base class would emit disconnected() from its destructor.
    setSocketState(QAbstractSocket::UnconnectedState);
}

// ---- the request ----

void GateSocket::readMore()
{
    // Re-entered when an answer is finished inside dispatch(): the loop below goes on with it.
    if (m_reading)
        return;
    m_reading = true;
    bool more = true;
    while (more) {
        switch (m_phase) {
        case Phase::Head:
            more = !holdBack() && parseHead();
            break;
        case Phase::Body:
            more = readBody();
            break;
        case Phase::Closing:
            m_connection.skipAll();
            // Who still sends a body over a slow network has not looked at the answer yet.
            if (m_shutDown && !m_lingerEnd.hasExpired())
                m_deadline.touch();
            more = false;
            break;
        case Phase::Answering: // what is pipelined waits
            dropExcess();
            more = false;
            break;
        case Phase::Tunnel:
            emit tunnelReadable();
            more = false;
            break;
        case Phase::Closed:
            more = false;
            break;
        }
    }
    m_reading = false;
}

// Who asks on and on without reading gets no further answer until there is room for one.
bool GateSocket::holdBack()
{
    if (m_scanned > 0 || m_emptyLine || m_connection.bytesToWrite() < m_limits.highWaterMark) {
        m_heldBack = false; // more came meanwhile; the next time has a patience of its own
        return false;
    }
    if (!m_heldBack) {
        m_heldBack = true;
        m_deadline.start(m_limits.stallTime);
    }
    return true;
}

// With a full buffer the socket would not tell that the client has gone. So this answer is the
// connection's last: requests that were not answered may be sent again (RFC 9112, section 9.3.2).
void GateSocket::dropExcess()
{
    if (m_connection.bytesAvailable() < inputBuffer && !m_dropping)
        return;
    m_dropping = true;
    m_lastRequest = true;
    m_input.clear();
    m_connection.skipAll();
}

// Returns whether it is worth going on.
bool GateSocket::parseHead()
{
    const bool begins = m_scanned == 0 && !m_emptyLine;
    m_input += m_connection.readAll();
    if (m_input.isEmpty())
        return false;
    if (begins) {
        m_deadline.start(m_limits.headTime);
        emit headBegun();
    }
    // One empty line ahead of a request is forgiven (RFC 9112, section 2.2), and buys no time.
    if (!m_emptyLine && m_input.startsWith("\r\n")) {
        m_emptyLine = true;
        m_input.remove(0, 2);
        m_scanned = 0;
    }
    if (m_emptyLine && m_input.startsWith('\r')) {
        turnAway({400, "The request does not start with a request line.", {}});
        return true;
    }

    const http::HeadLimits limits{m_limits.headBytes, m_limits.headFields};
    const auto refuseHead = [this](const http::HeadError &error) {
        const bool isTls = m_input.startsWith("\x16\x03"); // a handshake record
        const char *reason =
                isTls ? "TLS came in on a port of plain HTTP, whose URL begins with http://" : error.reason;
        // Where the head ends cannot be told any more, so nothing after it can be read.
        turnAway({error.status, QByteArray("The request was not understood: ") + reason + '.', {}});
        return true;
    };
    const Expected<qsizetype, http::HeadError> end = http::findHeadEnd(m_input, m_scanned, limits);
    if (!end)
        return refuseHead(end.error());
    if (*end == 0) {
        const qsizetype lineEnd = m_lineSeen ? -1 : m_input.indexOf("\r\n");
        if (lineEnd < 0)
            return false; // all that has come was taken
        m_lineSeen = true;
        const auto problem = http::requestLineProblem(QByteArrayView(m_input).first(lineEnd));
        return problem ? refuseHead(*problem) : false;
    }
    Expected<http::RequestHead, http::HeadError> head =
            http::parseRequestHead(QByteArrayView(m_input).first(*end), limits);
    if (!head)
        return refuseHead(head.error());

    m_input.remove(0, *end);
    m_scanned = 0;
    m_head = std::move(*head);
    m_head.target = http::withoutSpareSlashes(m_head.target);
    m_body.clear();
    const QByteArray id = m_head.fields.value("x-request-id");
    m_requestId = isSaneRequestId(id) ? id : QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    m_lastRequest = m_lastRequest || !m_head.keepAlive;

    if (m_check) {
        if (const std::optional<Refusal> refusal = m_check(m_head)) {
            if (m_head.framing.kind == http::Framing::Kind::None) {
                // Nothing of it is left to be read: the connection may go on.
                emit refused(refusal->status);
                m_phase = Phase::Answering;
                http::Fields fields = refusal->fields;
                fields.set("Content-Type", "application/json");
                respond(refusal->status, fields,
                        ErrorAnswer{refusal->status, QString::fromUtf8(refusal->message)}.toJson());
            } else {
                refuse(*refusal);
            }
            return true;
        }
    }

    if (m_head.framing.kind == http::Framing::Kind::Length && m_head.framing.length > m_limits.bodyBytes) {
        turnAway(tooLarge());
        return true;
    }
    if (m_head.framing.kind == http::Framing::Kind::None) {
        dispatch();
        return true;
    }
    if (m_head.framing.kind == http::Framing::Kind::Length)
        m_body.reserve(static_cast<qsizetype>(std::min<qint64>(m_head.framing.length, 1 << 20)));
    m_chunks = {};
    m_phase = Phase::Body;
    m_bodyMark = 0;
    m_deadline.start(m_limits.bodyIdleTime);
    if (m_head.expectContinue && m_input.isEmpty() && m_connection.bytesAvailable() == 0)
        sendNow("HTTP/1.1 100 Continue\r\n\r\n"); // last: it may end in onDisconnected()
    return true;
}

bool GateSocket::readBody()
{
    const bool more = takeBodyBytes();
    if (m_phase == Phase::Body && m_body.size() - m_bodyMark >= bodyProgress) {
        m_bodyMark = m_body.size();
        m_deadline.touch();
    }
    return more;
}

bool GateSocket::takeBodyBytes()
{
    if (m_head.framing.kind == http::Framing::Kind::Length) {
        const qint64 missing = m_head.framing.length - m_body.size();
        const qsizetype early = static_cast<qsizetype>(std::min<qint64>(missing, m_input.size()));
        m_body += QByteArrayView(m_input).first(early);
        m_input.remove(0, early);
        if (m_body.size() < m_head.framing.length)
            m_body += m_connection.read(static_cast<qsizetype>(m_head.framing.length - m_body.size()));
        if (m_body.size() == m_head.framing.length) {
            dispatch();
            return true;
        }
        return false;
    }

    m_input += m_connection.readAll();
    m_input.remove(0, m_chunks.decode(m_input, m_body));
    if (m_body.size() > m_limits.bodyBytes) {
        turnAway(tooLarge());
        return true;
    }
    switch (m_chunks.status()) {
    case http::ChunkedDecoder::Status::Done:
        dispatch();
        return true;
    case http::ChunkedDecoder::Status::Error:
        turnAway({400, "The request was not understood: its chunked body is malformed.", {}});
        return true;
    case http::ChunkedDecoder::Status::More:
        break;
    }
    return false;
}

Refusal GateSocket::tooLarge() const
{
    return {413,
            "The body is larger than " + QByteArray::number(m_limits.bodyBytes)
                    + " bytes, the limit set for this proxy.",
            {}};
}

void GateSocket::dispatch()
{
    m_phase = Phase::Answering;
    m_deadline.stop();
    if (m_input.isEmpty())
        m_input = {}; // an answer may last long, and its memory stays otherwise
    // QHttpServer parses this, and asks the router, which asks head() and takeBody() of us.
    m_stub = QByteArray("GET / HTTP/1.1\r\nHost: gate\r\n") + idField + ": " + QByteArray::number(m_id) + "\r\n\r\n";
    emit readyRead();
    if (bytesAvailable() == 0 && isOpen() && !isTransactionStarted())
        open(openMode()); // lets 16 KiB go, in which Qt has read it
}

void GateSocket::nextRequest()
{
    m_phase = Phase::Head;
    m_scanned = 0;
    m_emptyLine = false;
    m_lineSeen = false;
    // What was asked before must not show in the answer to a head that cannot be parsed.
    m_head = {};
    m_requestId.clear();
    m_deadline.start(m_limits.keepAliveTime);
    if (!m_input.isEmpty() || m_connection.bytesAvailable() > 0) {
        // Not from here: an answer may be finished deep inside its request's own dispatch.
        QMetaObject::invokeMethod(this, &GateSocket::readMore, Qt::QueuedConnection);
    }
}

// ---- the answer ----

void GateSocket::beginResponse(int status, const http::Fields &fields, std::optional<qint64> length)
{
    Q_ASSERT(!m_responseBegun);
    m_responseBegun = true;
    m_chunkedResponse = false;
    m_closeDelimited = false;
    m_bodyAllowed = m_head.method != "HEAD" && status != 204 && status != 304;

    http::Fields all = fields;
    if (!all.contains("date"))
        all.append("Date", httpDate());
    all.append("X-Request-Id", m_requestId);
    if (status != 204 && (length || !m_bodyAllowed)) {
        if (length)
            all.append("Content-Length", QByteArray::number(*length));
    } else if (m_bodyAllowed && m_head.minorVersion == 1) {
        m_chunkedResponse = true;
        all.append("Transfer-Encoding", "chunked");
    } else if (m_bodyAllowed) {
        // HTTP/1.0: the end of the connection ends the body.
        m_closeDelimited = true;
        m_lastRequest = true;
    }
    if (m_lastRequest) {
        all.append("Connection", "close");
    } else {
        // Clients that keep connections would otherwise use one that is being closed here.
        all.append("Connection", "keep-alive");
        const auto seconds = std::chrono::floor<std::chrono::seconds>(m_limits.keepAliveTime);
        all.append("Keep-Alive", "timeout=" + QByteArray::number(qint64(seconds.count())));
    }
    m_responseHead = http::serializeResponseHead(status, http::reasonPhrase(status), all);
    m_head.fields = {}; // an answer may last long
}

void GateSocket::sendHead()
{
    if (m_phase == Phase::Answering)
        sendNow(std::exchange(m_responseHead, {}));
}

void GateSocket::sendBody(QByteArrayView piece)
{
    if (piece.isEmpty() || m_phase != Phase::Answering)
        return;
    QByteArray bytes = std::exchange(m_responseHead, {});
    if (m_bodyAllowed)
        bytes += m_chunkedResponse ? http::encodeChunk(piece) : piece.toByteArray();
    sendNow(bytes);
}

void GateSocket::finishResponse()
{
    if (m_phase != Phase::Answering)
        return;
    QByteArray bytes = std::exchange(m_responseHead, {});
    if (std::exchange(m_chunkedResponse, false))
        bytes += http::lastChunk;
    m_responseBegun = false;
    sendNow(bytes);
    if (m_phase != Phase::Answering)
        return; // the write failed
    if (m_lastRequest)
        closeGracefully();
    else
        nextRequest();
}

void GateSocket::abortResponse()
{
    if (m_phase != Phase::Answering)
        return;
    if (m_closeDelimited || !m_responseBegun) {
        resetConnection(); // of a body that ends with the connection, FIN would say that it is whole
        return;
    }
    sendNow(std::exchange(m_responseHead, {}));
    closeGracefully();
}

void GateSocket::resetConnection()
{
    nativesocket::resetOnClose(m_connection.descriptor());
    m_connection.abort();
}

void GateSocket::respond(int status, const http::Fields &fields, QByteArrayView body)
{
    beginResponse(status, fields, body.size());
    sendBody(body);
    finishResponse();
}

void GateSocket::turnAway(const Refusal &refusal)
{
    emit turnedAway(refusal.status, refusal.message);
    refuse(refusal);
}

void GateSocket::refuse(const Refusal &refusal)
{
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    emit refused(refusal.status);
    if (m_requestId.isEmpty())
        m_requestId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    m_phase = Phase::Answering;
    m_lastRequest = true;
    http::Fields fields = refusal.fields;
    fields.set("Content-Type", "application/json");
    respond(refusal.status, fields, ErrorAnswer{refusal.status, QString::fromUtf8(refusal.message)}.toJson());
}

// ---- a tunnel ----

bool GateSocket::beginTunnel(const http::Fields &fields)
{
    if (m_phase != Phase::Answering || m_responseBegun || m_dropping)
        return false;
    http::Fields all = fields;
    if (!all.contains("date"))
        all.append("Date", httpDate());
    all.append("X-Request-Id", m_requestId);
    m_phase = Phase::Tunnel;
    m_lastRequest = true;
    sendNow(http::serializeResponseHead(101, http::reasonPhrase(101), all));
    return true;
}

qint64 GateSocket::tunnelBytesAvailable() const
{
    return m_input.size() + m_connection.bytesAvailable();
}

QByteArray GateSocket::readTunnel(qint64 most)
{
    if (m_input.isEmpty())
        return m_connection.read(static_cast<qsizetype>(most));
    const auto length = static_cast<qsizetype>(std::min<qint64>(most, m_input.size()));
    const QByteArray bytes = m_input.first(length);
    m_input.remove(0, length);
    return bytes;
}

void GateSocket::writeTunnel(const QByteArray &bytes)
{
    if (m_phase == Phase::Tunnel)
        sendNow(bytes);
}

void GateSocket::endTunnel()
{
    if (m_phase == Phase::Tunnel)
        closeGracefully();
}

void GateSocket::sendNow(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    m_connection.write(bytes); // may end in onDisconnected()
}

void GateSocket::onBytesWritten(qint64 count)
{
    if (m_phase == Phase::Closing) {
        m_deadline.touch();
        closeGracefully();
    } else if (m_heldBack) {
        m_deadline.touch();
        if (m_connection.bytesToWrite() < m_limits.highWaterMark / 2) {
            m_heldBack = false;
            m_deadline.start(m_limits.keepAliveTime);
            QMetaObject::invokeMethod(this, &GateSocket::readMore, Qt::QueuedConnection);
        }
    }
    emit bytesWritten(count);
}

// ---- the end ----

void GateSocket::closeWhenIdle()
{
    m_lastRequest = true;
    if (isIdle())
        closeGracefully();
}

// The answer first, then our FIN, then what the client still sends is thrown away: closing with
// unread input would send a reset, which may destroy the answer on its way (RFC 9112, 9.6).
void GateSocket::closeGracefully()
{
    if (m_phase == Phase::Closed || m_shutDown)
        return;
    if (m_phase != Phase::Closing) {
        m_phase = Phase::Closing;
        m_input.clear();
        m_deadline.start(m_limits.stallTime);
    }
    if (m_connection.bytesToWrite() > 0)
        return;
    m_shutDown = true;
    m_lingerEnd.setRemainingTime(lingerLimit);
    nativesocket::shutdownWrite(m_connection.descriptor());
    m_deadline.start(lingerTime);
    m_connection.skipAll();
}

void GateSocket::onDisconnected()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    m_deadline.stop();
    setSocketState(QAbstractSocket::UnconnectedState);
    setOpenMode(QIODevice::NotOpen);
    emit disconnected();
}

void GateSocket::onExpired()
{
    switch (m_phase) {
    case Phase::Head:
        if (m_heldBack)
            resetConnection();
        else if (m_input.isEmpty())
            closeGracefully(); // between two requests: nothing to say
        else
            turnAway({408, "The request's head took too long. Send it in one piece.", {}});
        break;
    case Phase::Body:
        turnAway({408, "The request's body took too long. Send it without long pauses.", {}});
        break;
    case Phase::Closing:
        m_connection.abort();
        break;
    case Phase::Answering:
    case Phase::Tunnel: // whose it is keeps the time
    case Phase::Closed:
        break;
    }
}

// ---- what QHttpServer sees of us ----

qint64 GateSocket::bytesToWrite() const
{
    return m_connection.bytesToWrite() + m_responseHead.size();
}

qint64 GateSocket::bytesAvailable() const
{
    return QTcpSocket::bytesAvailable() + m_stub.size();
}

void GateSocket::disconnectFromHost()
{
    closeGracefully();
}

void GateSocket::close()
{
    closeGracefully();
}

void GateSocket::setReadBufferSize(qint64)
{
    // The stub is small; the real socket's buffer is the gate's business.
}

qintptr GateSocket::socketDescriptor() const
{
    return m_connection.descriptor();
}

qint64 GateSocket::readData(char *data, qint64 size)
{
    const auto length = std::min<qint64>(size, m_stub.size());
    std::copy_n(m_stub.constData(), length, data);
    m_stub.remove(0, static_cast<qsizetype>(length));
    return length;
}

qint64 GateSocket::skipData(qint64 size)
{
    const auto length = std::min<qint64>(size, m_stub.size());
    m_stub.remove(0, static_cast<qsizetype>(length));
    return length;
}

qint64 GateSocket::writeData(const char *, qint64)
{
    return -1; // answers go through beginResponse() and its kin, never through QHttpServer
}
