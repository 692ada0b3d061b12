#include "proxy/upstream/upstreamconnection.h"

#include "proxy/upstream/connecterror.h"

#include <QSslSocket>

#include <utility>

UpstreamConnection::~UpstreamConnection()
{
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    delete m_socket.release(); // not deleteLater(), as there may be no event loop any more
}

void UpstreamConnection::use(ConnectionPool::Socket socket)
{
    drop();
    m_socket = std::move(socket);
    m_ready = m_ended = m_closed = m_endedInOrder = m_closeNotified = false;
    m_undecrypted = -1;
    QTcpSocket *raw = m_socket.get();
    raw->setReadBufferSize(bufferSize);
    connect(raw, &QTcpSocket::readyRead, this, &UpstreamConnection::readable);
    connect(raw, &QTcpSocket::bytesWritten, this, &UpstreamConnection::written);
    connect(raw, &QTcpSocket::errorOccurred, this, &UpstreamConnection::onError);
    connect(raw, &QTcpSocket::disconnected, this, &UpstreamConnection::onDisconnected);
    if (QSslSocket *secure = tls()) {
        connect(secure, &QSslSocket::encrypted, this, &UpstreamConnection::onReady);
        connect(secure, &QSslSocket::encryptedBytesWritten, this, &UpstreamConnection::written);
        connect(secure, &QSslSocket::sslErrors, this, &UpstreamConnection::sslErrors);
        connect(secure, &QSslSocket::alertReceived, this, [this](QSsl::AlertLevel, QSsl::AlertType type) {
            m_closeNotified = m_closeNotified || type == QSsl::AlertType::CloseNotify;
        });
    } else {
        connect(raw, &QTcpSocket::connected, this, &UpstreamConnection::onReady);
    }
}

void UpstreamConnection::catchUp()
{
    if (!m_socket)
        return;
    if (ConnectionPool::isReady(*m_socket))
        onReady();
    else if (m_socket->state() == QAbstractSocket::UnconnectedState)
        onError(m_socket->error());
}

ConnectionPool::Socket UpstreamConnection::release()
{
    m_endWatch.release();
    m_socket->disconnect(this);
    return std::move(m_socket);
}

void UpstreamConnection::drop()
{
    m_endWatch.release();
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.reset();
}

QSslSocket *UpstreamConnection::tls() const
{
    return qobject_cast<QSslSocket *>(m_socket.get());
}

qint64 UpstreamConnection::bytesToWrite() const
{
    if (!m_socket)
        return 0;
    const QSslSocket *secure = tls();
    return m_socket->bytesToWrite() + (secure ? secure->encryptedBytesToWrite() : 0);
}

// ---- the beginning ----

void UpstreamConnection::onReady()
{
    if (std::exchange(m_ready, true))
        return;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    emit ready();
}

// ---- the end ----

void UpstreamConnection::onError(QAbstractSocket::SocketError error)
{
    // If the other side has ended the connection, disconnected() follows when what waits to be sent has left.
    takeEnd(error,
            error != QAbstractSocket::RemoteHostClosedError || m_socket->state() == QAbstractSocket::UnconnectedState);
}

void UpstreamConnection::onDisconnected()
{
    takeEnd(m_socket->error(), true);
}

void UpstreamConnection::takeEnd(QAbstractSocket::SocketError error, bool closed)
{
    const bool endedBefore = std::exchange(m_ended, true);
    const bool closedBefore = std::exchange(m_closed, m_closed || closed);
    if (!m_ready) {
        if (!endedBefore)
            emit failed(connectError(*m_socket, error), m_socket->errorString());
        return;
    }
    if (!endedBefore)
        m_endedInOrder = error == QAbstractSocket::RemoteHostClosedError
                && (tls() ? m_closeNotified : m_endWatch.sawRegularEnd());
    if (!endedBefore || m_closed != closedBefore)
        emit ended();
}

void UpstreamConnection::watchEnd()
{
    if (m_socket && !tls() && !m_ended)
        m_endWatch.watch(m_socket->socketDescriptor());
}

bool UpstreamConnection::hasEndedInOrder() const
{
    const QSslSocket *secure = tls();
    return m_endedInOrder && (!secure || secure->encryptedBytesAvailable() == 0);
}

// While its buffer is full, QSslSocket stops decrypting, and goes on only in a later turn of the event loop. If the
// number of encrypted bytes no longer changes, they are half a record: the connection was cut.
bool UpstreamConnection::isStillDecrypting()
{
    const QSslSocket *secure = tls();
    const qint64 undecrypted = secure ? secure->encryptedBytesAvailable() : 0;
    return undecrypted > 0 && std::exchange(m_undecrypted, undecrypted) != undecrypted;
}
