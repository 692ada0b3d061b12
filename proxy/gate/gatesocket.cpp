#include "proxy/gate/gatesocket.h"

#include "proxy/net/nativesocket.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// How much of a client's input may wait unread; TCP holds back the rest.
constexpr qint64 inputBuffer = 64 * 1024;
// Of a body, in its idle time, not to count as idle: or a byte now and then would hold a
// connection for ever.
constexpr qsizetype bodyProgress = 1024;

// A client's own id is kept if it cannot do harm in a log or a header.
bool isSaneRequestId(const QByteArray &id)
{
    return !id.isEmpty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'
                || c == '.' || c == ':';
    });
}

} // namespace

GateSocket::GateSocket(quint64 id, qintptr descriptor, const Limits &limits, HeadCheck check, QObject *parent)
    : QTcpSocket(parent),
      m_id(id),
      m_limits(limits),
      m_check(std::move(check)),
      m_connection(descriptor, inputBuffer),
      m_parser(limits)
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
            more = !holdBack() && readHead();
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
    if (m_parser.isInHead() || m_connection.bytesToWrite() < m_limits.highWaterMark) {
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
    m_parser.dropUnread();
    m_connection.skipAll();
}

// Returns whether it is worth going on.
bool GateSocket::readHead()
{
    const bool begins = !m_parser.isInHead();
    m_parser.add(m_connection.readAll());
    if (begins && m_parser.unreadSize() > 0) {
        m_deadline.start(m_limits.headTime);
        emit headBegun();
    }
    switch (m_parser.readHead()) {
    case RequestParser::Result::More:
        return false; // all that has come was taken
    case RequestParser::Result::Refused:
        turnAway(m_parser.refusal());
        return true;
    case RequestParser::Result::Whole:
        break;
    }
    return takeHead();
}

bool GateSocket::takeHead()
{
    m_head = m_parser.takeHead();
    const QByteArray id = m_head.fields.value("x-request-id");
    m_requestId = isSaneRequestId(id) ? id : QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    m_lastRequest = m_lastRequest || !m_head.keepAlive;

    if (m_check) {
        Expected<std::any, ErrorAnswer> admission = m_check(m_head);
        if (!admission) {
            if (m_head.framing.kind == http::Framing::Kind::None) {
                // Nothing of it is left to be read: the connection may go on.
                emit refused(admission.error().status);
                m_phase = Phase::Answering;
                respondError(admission.error());
            } else {
                refuse(admission.error());
            }
            return true;
        }
        m_admission = std::move(*admission);
    }

    switch (m_parser.beginBody()) {
    case RequestParser::Result::Whole:
        dispatch();
        return true;
    case RequestParser::Result::Refused:
        turnAway(m_parser.refusal());
        return true;
    case RequestParser::Result::More:
        break;
    }
    m_phase = Phase::Body;
    m_bodyMark = 0;
    m_deadline.start(m_limits.bodyIdleTime);
    if (m_head.expectContinue && m_parser.unreadSize() == 0 && m_connection.bytesAvailable() == 0)
        sendNow("HTTP/1.1 100 Continue\r\n\r\n"); // last: it may end in onDisconnected()
    return true;
}

bool GateSocket::readBody()
{
    // Where the length is known no more is read than belongs to the body, and what has come ahead goes first.
    RequestParser::Result result = m_parser.readBody();
    if (result == RequestParser::Result::More) {
        const std::optional<qint64> missing = m_parser.bodyBytesMissing();
        m_parser.add(missing ? m_connection.read(static_cast<qsizetype>(*missing)) : m_connection.readAll());
        result = m_parser.readBody();
    }
    switch (result) {
    case RequestParser::Result::Whole:
        dispatch();
        return true;
    case RequestParser::Result::Refused:
        turnAway(m_parser.refusal());
        return true;
    case RequestParser::Result::More:
        break;
    }
    if (m_parser.bodySize() - m_bodyMark >= bodyProgress) {
        m_bodyMark = m_parser.bodySize();
        m_deadline.touch();
    }
    return false;
}

void GateSocket::dispatch()
{
    m_phase = Phase::Answering;
    m_deadline.stop();
    if (m_parser.unreadSize() == 0)
        m_parser.dropUnread(); // an answer may last long, and its memory stays otherwise
    // QHttpServer parses this, and asks the router, which asks head() and takeBody() of us.
    m_stub = QByteArray("GET / HTTP/1.1\r\nHost: gate\r\n") + idField + ": " + QByteArray::number(m_id) + "\r\n\r\n";
    emit readyRead();
    if (bytesAvailable() == 0 && isOpen() && !isTransactionStarted())
        open(openMode()); // lets 16 KiB go, in which Qt has read it
}

void GateSocket::nextRequest()
{
    m_phase = Phase::Head;
    m_parser.next();
    // What was asked before must not show in the answer to a head that cannot be parsed.
    m_head = {};
    m_requestId.clear();
    m_admission.reset();
    m_deadline.start(m_limits.keepAliveTime);
    if (m_parser.unreadSize() > 0 || m_connection.bytesAvailable() > 0) {
        // Not from here: an answer may be finished deep inside its request's own dispatch.
        QMetaObject::invokeMethod(this, &GateSocket::readMore, Qt::QueuedConnection);
    }
}

// ---- the answer ----

void GateSocket::beginResponse(int status, const http::Fields &fields, std::optional<qint64> length)
{
    const auto keepAliveTime = std::chrono::floor<std::chrono::seconds>(m_limits.keepAliveTime);
    m_writer.begin(status, fields, length, m_head, m_requestId, {m_lastRequest, keepAliveTime});
    m_lastRequest = m_lastRequest || m_writer.endsWithConnection();
    m_head.fields = {}; // an answer may last long
}

void GateSocket::sendHead()
{
    if (m_phase == Phase::Answering)
        sendNow(m_writer.takeHead());
}

void GateSocket::sendBody(QByteArrayView piece)
{
    if (!piece.isEmpty() && m_phase == Phase::Answering)
        sendNow(m_writer.piece(piece));
}

void GateSocket::finishResponse()
{
    if (m_phase != Phase::Answering)
        return;
    sendNow(m_writer.end());
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
    if (m_writer.endsWithConnection() || !m_writer.hasBegun()) {
        resetConnection(); // of a body that ends with the connection, FIN would say that it is whole
        return;
    }
    sendNow(m_writer.takeHead());
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

void GateSocket::respondError(const ErrorAnswer &error, http::Fields fields)
{
    for (const http::Field &field : error.fields)
        fields.append(field.name, field.value);
    fields.set("Content-Type", "application/json");
    respond(error.status, fields, error.toJson());
}

void GateSocket::turnAway(const ErrorAnswer &refusal)
{
    emit turnedAway(refusal);
    refuse(refusal);
}

void GateSocket::refuse(const ErrorAnswer &refusal)
{
    if (m_phase == Phase::Closing || m_phase == Phase::Closed)
        return;
    emit refused(refusal.status);
    if (m_requestId.isEmpty())
        m_requestId = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    m_phase = Phase::Answering;
    m_lastRequest = true;
    respondError(refusal);
}

// ---- a tunnel ----

bool GateSocket::beginTunnel(const http::Fields &fields)
{
    if (m_phase != Phase::Answering || m_writer.hasBegun() || m_dropping)
        return false;
    m_phase = Phase::Tunnel;
    m_lastRequest = true;
    sendNow(ResponseWriter::switchHead(fields, m_requestId));
    return true;
}

qint64 GateSocket::tunnelBytesAvailable() const
{
    return m_parser.unreadSize() + m_connection.bytesAvailable();
}

QByteArray GateSocket::readTunnel(qint64 most)
{
    const auto length = static_cast<qsizetype>(most);
    return m_parser.unreadSize() > 0 ? m_parser.takeUnread(length) : m_connection.read(length);
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
        m_parser.dropUnread();
        m_deadline.start(m_limits.stallTime);
    }
    if (m_connection.bytesToWrite() > 0)
        return;
    m_shutDown = true;
    m_lingerEnd.setRemainingTime(m_limits.lingerLimit);
    nativesocket::shutdownWrite(m_connection.descriptor());
    m_deadline.start(m_limits.lingerTime);
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
        else if (m_parser.unreadSize() == 0)
            closeGracefully(); // between two requests: nothing to say
        else
            turnAway({408, u"The request's head took too long. Send it in one piece."_s});
        break;
    case Phase::Body:
        turnAway({408, u"The request's body took too long. Send it without long pauses."_s});
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
    return m_connection.bytesToWrite() + m_writer.size();
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
