#include "proxy/demo/democonnection.h"

#include "proxy/http/responsehead.h"
#include "proxy/net/nativesocket.h"

#include <QSslSocket>
#include <QTcpSocket>
#include <QTimerEvent>

using namespace Qt::StringLiterals;

namespace {

using Start = DemoBehaviour::Start;
using Head = DemoBehaviour::Head;
using Framing = DemoBehaviour::Framing;
using Interruption = DemoBehaviour::Interruption;

constexpr qint64 maximumBody = 128LL * 1024 * 1024;
constexpr qint64 highWaterMark = 64 * 1024;
constexpr int piecesBeforeInterruption = 3;
constexpr std::chrono::milliseconds lateStart{2000};
constexpr std::chrono::milliseconds lookAgain{5}; // for a piece that was not there yet

} // namespace

DemoConnection::DemoConnection(QTcpSocket *socket, QObject *parent) : QObject(parent), m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QIODevice::readyRead, this, &DemoConnection::read);
    connect(m_socket, &QIODevice::bytesWritten, this, &DemoConnection::onWritten);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &DemoConnection::gone);
    connect(m_socket, &QAbstractSocket::disconnected, this, &DemoConnection::gone);
    if (auto *tls = qobject_cast<QSslSocket *>(m_socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &DemoConnection::onWritten);
    // Handles what has happened before the signals were connected: data may have come, or the connection may have
    // ended.
    QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_socket->state() == QAbstractSocket::ConnectedState)
                    read();
                else
                    gone();
            },
            Qt::QueuedConnection);
}

DemoConnection::~DemoConnection()
{
    m_socket->disconnect(this);
}

void DemoConnection::read()
{
    if (m_state != State::Head && m_state != State::Body)
        return;
    m_input += m_socket->readAll();
    if ((m_state == State::Body || readHead()) && readBody()) {
        m_state = State::Answering;
        m_underWay = true;
        emit requestComplete(m_head, std::exchange(m_body, {}));
    }
}

// Reads the request's head. Returns whether it is complete and valid.
bool DemoConnection::readHead()
{
    const http::HeadLimits limits;
    const auto length = http::findHeadEnd(m_input, m_scanned, limits);
    if (!length) {
        refuse(length.error().status, length.error().reason);
        return false;
    }
    if (*length == 0)
        return false;
    auto head = http::parseRequestHead(QByteArrayView(m_input).first(*length), limits);
    if (!head) {
        refuse(head.error().status, head.error().reason);
        return false;
    }
    m_head = std::move(*head);
    m_input.remove(0, *length);
    m_scanned = 0;
    m_decoder = {};
    if (m_head.framing.length > maximumBody) {
        refuse(413, "the body is too large");
        return false;
    }
    if (m_head.expectContinue)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    if (m_state == State::Closed)
        return false;
    m_state = State::Body;
    return true;
}

// Reads the request's body. Returns whether it is complete.
bool DemoConnection::readBody()
{
    switch (m_head.framing.kind) {
    case http::Framing::Kind::None:
        return true;
    case http::Framing::Kind::Length: {
        const auto missing = qsizetype(m_head.framing.length) - m_body.size();
        m_body += m_input.first(std::min(missing, m_input.size()));
        m_input.remove(0, std::min(missing, m_input.size()));
        return m_body.size() == m_head.framing.length;
    }
    case http::Framing::Kind::Chunked:
        m_input.remove(0, m_decoder.decode(m_input, m_body));
        if (m_decoder.status() == http::ChunkedDecoder::Status::Error)
            refuse(400, "the chunked coding is malformed");
        else if (m_body.size() > maximumBody)
            refuse(413, "the body is too large");
        else
            return m_decoder.status() == http::ChunkedDecoder::Status::Done;
        return false;
    }
    return false;
}

void DemoConnection::refuse(int status, const char *reason)
{
    m_head = {};
    m_head.keepAlive = false; // it is not known where the next request would begin
    m_body.clear();
    m_state = State::Answering;
    answer(demoErrorReply(status, QString::fromLatin1(reason)), {}, {});
}

void DemoConnection::answer(DemoReply reply, const DemoBehaviour &behaviour, std::chrono::milliseconds pace)
{
    Q_ASSERT(m_state == State::Answering);
    m_reply = std::move(reply);
    m_behaviour = behaviour;
    m_pace = m_reply.paced ? pace : std::chrono::milliseconds(0);
    m_pieces = 0;
    m_interrupted = behaviour.interruption == Interruption::None;
    switch (behaviour.start) {
    case Start::AtOnce:
        return begin();
    case Start::Late:
        return schedule(lateStart);
    case Start::Never:
        return;
    case Start::Close:
        return close();
    case Start::Reset:
        return reset();
    }
}

void DemoConnection::begin()
{
    switch (m_behaviour.head) {
    case Head::Good:
    case Head::Alone:
        break;
    case Head::EarlyHints:
        write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
        break;
    case Head::Malformed:
        write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nthis line has no name\r\n\r\n");
        return close();
    }
    const http::Fields fields = framingFields();
    write(http::serializeResponseHead(m_reply.status, http::reasonPhrase(m_reply.status), fields));
    if (m_state == State::Closed || m_behaviour.head == Head::Alone)
        return;
    m_state = State::Producing;
    if (m_head.method == "HEAD")
        return finish();
    produce();
}

// Decides how the body is framed. Returns the reply's fields and those that frame the body.
http::Fields DemoConnection::framingFields()
{
    m_framing = m_behaviour.framing;
    if (m_framing == Framing::Natural)
        m_framing = m_reply.length < 0 ? Framing::Chunked : Framing::Length;
    if (m_framing == Framing::Chunked && m_head.minorVersion == 0)
        m_framing = Framing::UntilClose;

    http::Fields fields = m_reply.fields;
    switch (m_framing) {
    case Framing::Chunked:
        fields.append("Transfer-Encoding", "chunked");
        break;
    case Framing::Length:
        // A stream's length is not known. Only the fault that announces a length and sends less comes here with a
        // stream, so any large number will do.
        fields.append("Content-Length", QByteArray::number(m_reply.length < 0 ? 1'000'000 : m_reply.length));
        break;
    case Framing::Natural:
    case Framing::UntilClose:
        break;
    }
    m_keepAlive = m_head.keepAlive && m_framing != Framing::UntilClose;
    if (!m_keepAlive)
        fields.append("Connection", "close");
    else if (m_head.minorVersion == 0)
        fields.append("Connection", "keep-alive");
    return fields;
}

// Writes the next piece. Without a pace it writes as many pieces as the socket takes, up to a limit.
void DemoConnection::produce()
{
    const qint64 budget = highWaterMark; // after so many bytes the other connections have their turn
    qint64 written = 0;
    while (m_state == State::Producing && waiting() < highWaterMark) {
        if (!m_interrupted && m_pieces == piecesBeforeInterruption) {
            if (written > 0)
                break; // the fault gets a round of its own, so that a reset does not overtake the pieces
            m_interrupted = true;
            if (!interrupt())
                return;
        }
        if (m_reply.waits && m_reply.waits())
            return schedule(lookAgain);
        const QByteArray piece = m_reply.next();
        if (piece.isEmpty()) {
            if (!m_interrupted) { // the body is too short for the fault, so the fault happens at its end
                m_pieces = piecesBeforeInterruption;
                break;
            }
            return finish();
        }
        ++m_pieces;
        write(framed(piece));
        written += piece.size();
        if (m_pace.count() > 0 || written >= budget)
            break;
    }
    if (m_state == State::Producing && waiting() < highWaterMark)
        schedule(m_pace);
}

// Carries out the fault that happens in the middle of the body. Returns whether the body goes on after it.
bool DemoConnection::interrupt()
{
    switch (m_behaviour.interruption) {
    case Interruption::None:
        return true;
    case Interruption::Stall:
        m_state = State::Answering;
        return false;
    case Interruption::Close:
        close();
        return false;
    case Interruption::CutChunk: {
        const QByteArray chunk = http::encodeChunk(m_reply.next() + "data: ");
        write(chunk.first(chunk.size() / 2));
        close();
        return false;
    }
    case Interruption::BadChunk:
        write("zz\r\ndata: {}\r\n\r\n\r\n");
        close();
        return false;
    case Interruption::Reset:
        reset();
        return false;
    }
    return true;
}

QByteArray DemoConnection::framed(const QByteArray &piece) const
{
    return m_framing == Framing::Chunked ? http::encodeChunk(piece) : piece;
}

void DemoConnection::write(const QByteArray &bytes)
{
    if (m_state == State::Closed)
        return;
    m_socket->write(bytes);
    if (m_state != State::Closed) // write() may have found out that the client is gone
        m_socket->flush();
}

qint64 DemoConnection::waiting() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void DemoConnection::schedule(std::chrono::milliseconds delay)
{
    m_timer.start(int(delay.count()), Qt::PreciseTimer, this);
}

void DemoConnection::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QObject::timerEvent(event);
    m_timer.stop();
    if (m_state == State::Answering)
        begin();
    else if (m_state == State::Producing)
        produce();
}

void DemoConnection::onWritten()
{
    if (m_state == State::Producing && !m_timer.isActive() && waiting() < highWaterMark)
        schedule(m_pace); // not at once, since the flush in write() may call this function
    else if (m_state == State::Draining && waiting() == 0)
        complete();
}

// Ends the answer once all pieces are written, though they may not have been sent yet.
void DemoConnection::finish()
{
    if (m_framing == Framing::Chunked && m_head.method != "HEAD")
        write(http::lastChunk);
    if (m_state == State::Closed)
        return;
    m_state = State::Draining;
    if (waiting() == 0)
        complete();
}

void DemoConnection::complete()
{
    m_timer.stop();
    m_reply = {};
    if (!m_keepAlive)
        return close();
    m_state = State::Head;
    QMetaObject::invokeMethod(this, &DemoConnection::read, Qt::QueuedConnection); // the next request may have come
    end(true);
}

void DemoConnection::close()
{
    m_timer.stop();
    m_state = State::Closed;
    m_socket->disconnectFromHost();
    end(true);
}

void DemoConnection::reset()
{
    m_timer.stop();
    m_state = State::Closed;
    nativesocket::resetOnClose(m_socket->socketDescriptor());
    m_socket->abort();
    end(true);
}

void DemoConnection::closeIfIdle()
{
    if (m_state == State::Head && m_input.isEmpty())
        close();
}

void DemoConnection::gone()
{
    m_timer.stop();
    deleteLater();
    if (std::exchange(m_state, State::Closed) != State::Closed) // otherwise the demo itself has closed the connection
        end(false);
}

void DemoConnection::end(bool complete)
{
    if (std::exchange(m_underWay, false))
        emit answerEnded(complete);
}
