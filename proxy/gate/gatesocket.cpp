#include "proxy/gate/gatesocket.h"

#include "proxy/net/nativesocket.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// How much of a client's input may wait unread; TCP holds back the rest.
constexpr qint64 inputBuffer = 64 * 1024;
// How many bytes of a body have to come within Limits::bodyIdleTime. If a single byte were enough, a byte now and then
// would hold a connection for ever.
constexpr qsizetype bodyProgress = 1024;

// Whether a client's own ID can do no harm in a log or a header.
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
    // setSocketDescriptor() of the base class is not called, since the base class must stay without a socket engine.
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
    // Keeps the base class from emitting disconnected() in its destructor.
    setSocketState(QAbstractSocket::UnconnectedState);
}

// ---- the request ----

void GateSocket::readMore()
{
    // This function is called again while it runs when dispatch() finishes an answer; the loop below goes on by itself.
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
            // A client that still sends a body over a slow network has not read the answer yet, so it gets more time.
            if (m_shutDown && !m_lingerEnd.hasExpired())
                m_deadline.touch();
            more = false;
            break;
        case Phase::Answering: // requests that the client pipelines wait
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

// Whether the next request has to wait because the client has not read its earlier answers. This keeps a client that
// sends requests but reads no answers from filling the memory. Such a client is disconnected after Limits::stallTime
// without progress.
bool GateSocket::holdBack()
{
    if (m_parser.isInHead() || m_connection.bytesToWrite() < m_limits.highWaterMark) {
        m_heldBack = false; // so that the next wait starts a time limit of its own
        return false;
    }
    if (!m_heldBack) {
        m_heldBack = true;
        m_deadline.start(m_limits.stallTime);
    }
    return true;
}

// Throws away what a client sends ahead, once it fills the input buffer during an answer: while that buffer is full,
// the connection could not tell that the client has gone. The current answer then is the connection's last one; the
// client may send the unanswered requests again (RFC 9112, section 9.3.2).
void GateSocket::dropExcess()
{
    if (m_connection.bytesAvailable() < inputBuffer && !m_dropping)
        return;
    m_dropping = true;
    m_lastRequest = true;
    m_parser.dropUnread();
    m_connection.skipAll();
}

// Returns whether readMore() can go on, that is, whether there may be more to do with what has come.
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
        return false; // all input was taken
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
                // The request has no body that would have to be read first, so the connection can stay open.
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
        sendNow("HTTP/1.1 100 Continue\r\n\r\n"); // comes last, as it may call onDisconnected()
    return true;
}

bool GateSocket::readBody()
{
    // First uses what has come already. If the body's length is known, no more is read than belongs to the body.
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
        m_parser.dropUnread(); // frees the empty buffer's memory, as the answer may take long
    // QHttpServer parses this stub and calls its handler, which gets the real request by head() and takeBody().
    m_stub = QByteArray("GET / HTTP/1.1\r\nHost: gate\r\n") + idField + ": " + QByteArray::number(m_id) + "\r\n\r\n";
    emit readyRead();
    if (bytesAvailable() == 0 && isOpen() && !isTransactionStarted())
        open(openMode()); // frees the 16 KiB buffer into which Qt has read the stub
}

void GateSocket::nextRequest()
{
    m_phase = Phase::Head;
    m_parser.next();
    // Forgets the last request, so that nothing of it shows in the answer to a head that cannot be parsed.
    m_head = {};
    m_requestId.clear();
    m_admission.reset();
    m_deadline.start(m_limits.keepAliveTime);
    if (m_parser.unreadSize() > 0 || m_connection.bytesAvailable() > 0) {
        // The next request is read later, since the call may come from deep inside the last request's dispatch().
        QMetaObject::invokeMethod(this, &GateSocket::readMore, Qt::QueuedConnection);
    }
}

// ---- the answer ----

void GateSocket::beginResponse(int status, const http::Fields &fields, std::optional<qint64> length)
{
    const auto keepAliveTime = std::chrono::floor<std::chrono::seconds>(m_limits.keepAliveTime);
    m_writer.begin(status, fields, length, m_head, m_requestId, {m_lastRequest, keepAliveTime});
    m_lastRequest = m_lastRequest || m_writer.endsWithConnection();
    m_head.fields = {}; // frees memory, as the answer may take long
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
        resetConnection(); // FIN would mean that the body is whole if it ends with the connection
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
    m_connection.write(bytes); // may call onDisconnected()
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

// Sends the rest of the answer, then a FIN, and then throws away what the client still sends. Closing with unread input
// would send a reset, which may destroy the answer on its way (RFC 9112, section 9.6).
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
            closeGracefully(); // no request has begun, so there is nothing to answer
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
    case Phase::Tunnel: // in these phases the exchange enforces the time limits
    case Phase::Closed:
        break;
    }
}

// ---- what QHttpServer and QTcpServer call ----

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
    // Does nothing: the stub is small, and ClientConnection limits the real input buffer itself.
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
    return -1; // answers are sent by beginResponse() and sendBody(), never by QHttpServer
}
