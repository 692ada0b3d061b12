#include "proxy/upstream/upgraderequest.h"

#include <algorithm>
#include <utility>

namespace {
// Shorter than the time for a first byte, as no model has to think before a handshake is answered.
constexpr std::chrono::milliseconds handshakeTime{60'000};
// The largest body of an answer that is not a 101. Google's errors take a few hundred bytes.
constexpr qsizetype longestBody = 256 * 1024;
} // namespace

UpgradeRequest::UpgradeRequest(ConnectionPool::Socket socket, QByteArray head, const UpstreamOptions &options)
    : m_options(options), m_request(std::move(head))
{
    connect(&m_connection, &UpstreamConnection::ready, this, &UpgradeRequest::onReady);
    connect(&m_connection, &UpstreamConnection::failed, this, &UpgradeRequest::fail);
    connect(&m_connection, &UpstreamConnection::readable, this, &UpgradeRequest::onReadable);
    connect(&m_connection, &UpstreamConnection::written, this, &UpgradeRequest::onWritten);
    connect(&m_connection, &UpstreamConnection::ended, this, &UpgradeRequest::onEnded);
    connect(&m_deadline, &Deadline::expired, this, &UpgradeRequest::onExpired);
    m_deadline.start(m_options.connectTime);
    m_connection.use(std::move(socket));
    // Queued, since nobody has connected to the signals yet.
    QMetaObject::invokeMethod(&m_connection, &UpstreamConnection::catchUp, Qt::QueuedConnection);
}

// ---- the handshake ----

void UpgradeRequest::onReady()
{
    m_phase = Phase::Asking;
    m_deadline.start(std::min(m_options.firstByteTime, handshakeTime));
    m_sent = true;
    m_connection.socket()->write(std::exchange(m_request, {}));
    m_connection.socket()->flush();
    if (m_phase == Phase::Asking)
        emit sent();
}

void UpgradeRequest::onReadable()
{
    switch (m_phase) {
    case Phase::Asking:
        readResponse();
        break;
    case Phase::Open:
        emit readable();
        break;
    case Phase::Finishing:
        m_connection.socket()->skip(m_connection.bytesAvailable());
        break;
    case Phase::Connecting:
    case Phase::Done:
        break;
    }
}

void UpgradeRequest::readResponse()
{
    const QByteArray bytes = m_connection.socket()->readAll();
    const qsizetype used = m_response.read(bytes, m_body);
    if (m_response.state() == http::ResponseReader::State::Switched)
        return onSwitched(bytes.sliced(used));
    if (m_response.state() == http::ResponseReader::State::Malformed || m_body.size() > longestBody)
        return fail(QNetworkReply::ProtocolFailure);
    const bool ended = m_connection.hasEnded() && m_response.isReading();
    // ended() may come twice in one turn of the event loop, and TLS decrypts only in the next one.
    if (ended && (m_checkQueued || m_connection.isStillDecrypting()))
        return checkEndLater();
    // It does not matter how it ended, as a part of an error's text is better than none.
    if (ended && !m_response.end(true))
        return fail(QNetworkReply::RemoteHostClosedError);
    if (m_response.state() == http::ResponseReader::State::Complete) {
        const QByteArray body = std::exchange(m_body, {});
        end();
        emit answered(body);
    } else if (m_response.state() == http::ResponseReader::State::Body && !bytes.isEmpty()) {
        m_deadline.start(m_options.idleTime);
    }
}

void UpgradeRequest::onSwitched(const QByteArray &ahead)
{
    // A server must say which protocol it switches to, and may only switch to one that was asked for.
    if (!head().fields.hasListItem("upgrade", "websocket"))
        return fail(QNetworkReply::ProtocolFailure);
    m_phase = Phase::Open;
    m_deadline.stop();
    m_ahead = ahead;
    if (m_connection.isClosed())
        checkEndLater();
    emit switched();
    if (m_phase == Phase::Open)
        emit readable(); // bytes may have come along with the head
}

void UpgradeRequest::onEnded()
{
    switch (m_phase) {
    case Phase::Asking:
        readResponse(); // the whole response may have come together with the end
        break;
    case Phase::Open:
        if (m_connection.isClosed())
            checkEndLater();
        break;
    case Phase::Finishing:
        if (m_connection.isClosed()) {
            end();
            emit ended();
        }
        break;
    case Phase::Connecting:
    case Phase::Done:
        break;
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

// To be called before a last signal is emitted, as its slots may delete this.
void UpgradeRequest::end()
{
    m_phase = Phase::Done;
    m_deadline.stop();
    m_connection.drop();
}

// ---- bytes ----

qint64 UpgradeRequest::bytesAvailable() const
{
    return m_phase == Phase::Open ? m_ahead.size() + m_connection.bytesAvailable() : 0;
}

QByteArray UpgradeRequest::read(qint64 most)
{
    if (m_phase != Phase::Open)
        return {};
    QByteArray bytes;
    if (m_ahead.isEmpty()) {
        bytes = m_connection.socket()->read(most);
    } else {
        bytes = m_ahead.first(static_cast<qsizetype>(std::min<qint64>(most, m_ahead.size())));
        m_ahead.remove(0, bytes.size());
    }
    ConnectionPool::releaseBuffersLater(*m_connection.socket());
    if (m_connection.isClosed())
        checkEndLater();
    return bytes;
}

void UpgradeRequest::write(const QByteArray &bytes)
{
    if (m_phase != Phase::Open || m_connection.isClosed())
        return;
    m_connection.socket()->write(bytes);
    m_connection.socket()->flush(); // saves a turn of the event loop; may end in onEnded()
}

qint64 UpgradeRequest::bytesToWrite() const
{
    return m_connection.bytesToWrite();
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
    m_ahead.clear();
    m_deadline.start(patience);
    m_connection.socket()->skip(m_connection.bytesAvailable());
    // Queued, because with nothing left to send the connection ends inside the call.
    QMetaObject::invokeMethod(m_connection.socket(), &QTcpSocket::disconnectFromHost, Qt::QueuedConnection);
    if (m_connection.isClosed())
        QMetaObject::invokeMethod(this, &UpgradeRequest::onEnded, Qt::QueuedConnection);
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

// The connection has ended. This finds out whether there is anything left to read.
void UpgradeRequest::checkEnd()
{
    if (m_phase == Phase::Asking)
        return readResponse();
    if (m_phase != Phase::Open)
        return;
    if (bytesAvailable() > 0) {
        emit readable(); // whoever does not read all of it now calls read() later, which comes back here
        return;
    }
    if (m_connection.isStillDecrypting())
        return checkEndLater();
    end();
    emit ended();
}
