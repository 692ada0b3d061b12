#include "proxy/upstream/upgraderequest.h"

#include "proxy/upstream/connecterror.h"

#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace {
constexpr http::HeadLimits headLimits{64 * 1024, 256};
// What may wait inside the socket for us; TCP holds back the rest.
constexpr qint64 socketBuffer = 64 * 1024;
// No model thinks ahead of a handshake's answer.
constexpr std::chrono::milliseconds handshakeTime{60'000};
// Of an answer that is no 101. Google's errors take a few hundred bytes.
constexpr qsizetype longestBody = 256 * 1024;
} // namespace

UpgradeRequest::UpgradeRequest(ConnectionPool::Socket socket, QByteArray head, const UpstreamOptions &options)
    : m_options(options), m_socket(std::move(socket)), m_request(std::move(head))
{
    QTcpSocket *raw = m_socket.get();
    raw->setReadBufferSize(socketBuffer);
    connect(raw, &QTcpSocket::readyRead, this, &UpgradeRequest::onReadable);
    connect(raw, &QTcpSocket::bytesWritten, this, &UpgradeRequest::onWritten);
    connect(raw, &QTcpSocket::errorOccurred, this, &UpgradeRequest::onSocketError);
    connect(raw, &QTcpSocket::disconnected, this, &UpgradeRequest::onDisconnected);
    if (auto *tls = qobject_cast<QSslSocket *>(raw)) {
        connect(tls, &QSslSocket::encrypted, this, &UpgradeRequest::onReady);
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &UpgradeRequest::onWritten);
    } else {
        connect(raw, &QTcpSocket::connected, this, &UpgradeRequest::onReady);
    }
    connect(&m_deadline, &Deadline::expired, this, &UpgradeRequest::onExpired);
    m_deadline.start(m_options.connectTime);
    // What happened inside the call that opened the socket was said to nobody.
    QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_phase != Phase::Connecting)
                    return;
                if (ConnectionPool::isReady(*m_socket))
                    onReady();
                else if (m_socket->state() == QAbstractSocket::UnconnectedState)
                    onSocketError(m_socket->error());
            },
            Qt::QueuedConnection);
}

UpgradeRequest::~UpgradeRequest()
{
    m_socket->disconnect(this);
    m_socket->abort();
    delete m_socket.release(); // there may be no event loop any more for deleteLater()
}

// ---- the handshake ----

void UpgradeRequest::onReady()
{
    if (m_phase != Phase::Connecting)
        return;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_phase = Phase::Head;
    m_deadline.start(std::min(m_options.firstByteTime, handshakeTime));
    m_sent = true;
    m_socket->write(std::exchange(m_request, {}));
    m_socket->flush();
    if (m_phase == Phase::Head)
        emit sent();
}

void UpgradeRequest::onReadable()
{
    switch (m_phase) {
    case Phase::Head:
        readHead();
        break;
    case Phase::Body:
        readBody();
        break;
    case Phase::Open:
        emit readable();
        break;
    case Phase::Finishing:
        m_socket->skip(m_socket->bytesAvailable());
        break;
    case Phase::Connecting:
    case Phase::Done:
        break;
    }
}

void UpgradeRequest::readHead()
{
    m_raw += m_socket->readAll();
    while (true) {
        const Expected<qsizetype, http::HeadError> end = http::findHeadEnd(m_raw, m_scanned, headLimits);
        if (end && *end == 0)
            return;
        const Expected<http::ResponseHead, http::HeadError> head =
                end ? http::parseResponseHead(QByteArrayView(m_raw).first(*end), headLimits) : end.error();
        if (!head)
            return fail(QNetworkReply::ProtocolFailure);
        m_raw.remove(0, *end);
        m_scanned = 0;
        m_head = *head;
        if (m_head.status == 101)
            break;
        if (m_head.status < 200)
            continue; // informational: the final one follows
        const Expected<http::ResponseFraming, http::HeadError> framing = http::responseFraming(m_head, "GET");
        if (!framing)
            return fail(QNetworkReply::ProtocolFailure);
        m_framing = *framing;
        m_phase = Phase::Body;
        m_deadline.start(m_options.idleTime);
        return readBody();
    }
    // A server may switch only to what was asked for, and must say to what.
    if (!m_head.fields.hasListItem("upgrade", "websocket"))
        return fail(QNetworkReply::ProtocolFailure);
    m_phase = Phase::Open;
    m_deadline.stop();
    emit switched();
    if (m_phase == Phase::Open)
        emit readable(); // perhaps of what came along with the head
}

void UpgradeRequest::readBody()
{
    const qsizetype before = m_raw.size() + m_body.size();
    m_raw += m_socket->readAll();
    bool whole = false;
    switch (m_framing.kind) {
    case http::ResponseFraming::Kind::None:
        whole = true;
        break;
    case http::ResponseFraming::Kind::Length:
        m_body += std::exchange(m_raw, {});
        whole = m_body.size() >= m_framing.length;
        m_body.truncate(static_cast<qsizetype>(std::min<qint64>(m_framing.length, m_body.size())));
        break;
    case http::ResponseFraming::Kind::Chunked:
        m_raw.remove(0, m_chunks.decode(m_raw, m_body));
        whole = m_chunks.status() == http::ChunkedDecoder::Status::Done;
        break;
    case http::ResponseFraming::Kind::Close:
        m_body += std::exchange(m_raw, {});
        whole = m_closed;
        break;
    }
    if (m_chunks.status() == http::ChunkedDecoder::Status::Error || m_body.size() > longestBody)
        return fail(QNetworkReply::ProtocolFailure);
    if (whole) {
        const QByteArray body = std::exchange(m_body, {});
        end();
        emit answered(body);
    } else if (m_closed) {
        fail(QNetworkReply::RemoteHostClosedError);
    } else if (m_raw.size() + m_body.size() > before) {
        m_deadline.touch();
    }
}

void UpgradeRequest::onSocketError(QAbstractSocket::SocketError error)
{
    switch (m_phase) {
    case Phase::Connecting:
        return fail(connectError(*m_socket, error));
    case Phase::Head:
    case Phase::Body:
    case Phase::Open:
    case Phase::Finishing:
        // Of the same end Qt may tell by either signal.
        if (m_socket->state() == QAbstractSocket::UnconnectedState || error != QAbstractSocket::RemoteHostClosedError)
            onDisconnected();
        return;
    case Phase::Done:
        return;
    }
}

void UpgradeRequest::onDisconnected()
{
    switch (m_phase) {
    case Phase::Connecting:
        return fail(connectError(*m_socket, m_socket->error()));
    case Phase::Head:
        m_closed = true;
        readHead(); // a whole answer may have come with the end
        if (m_phase == Phase::Head)
            fail(QNetworkReply::RemoteHostClosedError);
        return;
    case Phase::Body:
        m_closed = true;
        return readBody();
    case Phase::Open:
        m_closed = true;
        return checkEndLater();
    case Phase::Finishing:
        end();
        emit ended();
        return;
    case Phase::Done:
        return;
    }
}

void UpgradeRequest::onExpired()
{
    if (m_phase == Phase::Finishing) {
        end();
        emit ended();
    } else {
        fail(QNetworkReply::TimeoutError);
    }
}

void UpgradeRequest::fail(QNetworkReply::NetworkError error)
{
    if (m_phase == Phase::Done)
        return;
    end();
    emit failed(error);
}

// Before a last signal, whose slots may delete this.
void UpgradeRequest::end()
{
    m_phase = Phase::Done;
    m_deadline.stop();
    m_socket->disconnect(this);
    m_socket->abort();
}

// ---- bytes ----

qint64 UpgradeRequest::bytesAvailable() const
{
    return m_phase == Phase::Open ? m_raw.size() + m_socket->bytesAvailable() : 0;
}

QByteArray UpgradeRequest::read(qint64 most)
{
    QByteArray bytes;
    if (m_raw.isEmpty()) {
        bytes = m_socket->read(most);
    } else {
        bytes = m_raw.first(static_cast<qsizetype>(std::min<qint64>(most, m_raw.size())));
        m_raw.remove(0, bytes.size());
    }
    ConnectionPool::releaseBuffersLater(*m_socket);
    if (m_closed)
        checkEndLater();
    return bytes;
}

void UpgradeRequest::write(const QByteArray &bytes)
{
    if (m_phase != Phase::Open || m_closed)
        return;
    m_socket->write(bytes);
    m_socket->flush(); // saves a turn of the event loop; may end in onDisconnected()
}

qint64 UpgradeRequest::bytesToWrite() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void UpgradeRequest::onWritten()
{
    if (m_phase == Phase::Open)
        emit written();
}

void UpgradeRequest::finish(std::chrono::milliseconds patience)
{
    if (m_phase != Phase::Open)
        return;
    m_phase = Phase::Finishing;
    m_raw.clear();
    m_deadline.start(patience);
    m_socket->skip(m_socket->bytesAvailable());
    // Not from here: with nothing left to send it ends inside the call.
    QMetaObject::invokeMethod(m_socket.get(), &QTcpSocket::disconnectFromHost, Qt::QueuedConnection);
    if (m_closed)
        QMetaObject::invokeMethod(this, &UpgradeRequest::onDisconnected, Qt::QueuedConnection);
}

void UpgradeRequest::checkEndLater()
{
    if (std::exchange(m_checkQueued, true))
        return;
    QMetaObject::invokeMethod(
            this,
            [this] {
                m_checkQueued = false;
                checkEnd();
            },
            Qt::QueuedConnection);
}

// The connection has ended: is there anything left of it?
void UpgradeRequest::checkEnd()
{
    if (m_phase != Phase::Open)
        return;
    if (bytesAvailable() > 0) {
        emit readable(); // what is not read now is by a reader who comes back to read()
        return;
    }
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get())) {
        // QSslSocket decrypts what its full buffer had held up only in a later turn. If nothing
        // changes any more, half a record is left.
        const qint64 undecrypted = tls->encryptedBytesAvailable();
        if (undecrypted > 0 && undecrypted != m_undecrypted) {
            m_undecrypted = undecrypted;
            return checkEndLater();
        }
    }
    end();
    emit ended();
}
