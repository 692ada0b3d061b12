#pragma once

#include "proxy/net/nativesocket.h"
#include "proxy/upstream/connectionpool.h"

#include <QNetworkReply>

class QSslSocket;

// The connection to a server while one request uses it, with or without TLS. It exists because QTcpSocket and
// QSslSocket report the same events by different signals, and the end of a connection by several.
//
// Connecting ends in exactly one of ready() and failed(). After ready(), ended() may come. Slots may delete it. It is
// a member of its owner and lives on the owner's thread.
class UpstreamConnection : public QObject
{
    Q_OBJECT

public:
    // How many bytes may wait inside the socket in each direction. TCP holds back the rest.
    static constexpr qint64 bufferSize = 64 * 1024;

    explicit UpstreamConnection(QObject *parent = nullptr) : QObject(parent) {}
    ~UpstreamConnection() override; // aborts silently

    // `socket` is connected or still connecting. It replaces the socket before it, which is dropped.
    void use(ConnectionPool::Socket socket);
    // Emits ready() or failed() if the socket had connected or failed before use() was called, as nobody listened then.
    void catchUp();
    // Hands the socket over to the caller.
    [[nodiscard]] ConnectionPool::Socket release();
    // Aborts the socket without a signal and lets go of it.
    void drop();

    [[nodiscard]] QTcpSocket *socket() const { return m_socket.get(); }
    [[nodiscard]] QSslSocket *tls() const; // the same socket, or null if it does not use TLS
    [[nodiscard]] qint64 bytesAvailable() const { return m_socket ? m_socket->bytesAvailable() : 0; }
    // Bytes that the kernel has not taken yet, those that are encrypted already included.
    [[nodiscard]] qint64 bytesToWrite() const;

    // From now on, an end by RST is told apart from a regular one. Over TLS that needs no watching.
    void watchEnd();
    // Whether the other side has ended the connection. What arrived before can still be read.
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    // Whether it has ended and nothing can be sent any more either.
    [[nodiscard]] bool isClosed() const { return m_closed; }
    // Whether it ended in the way that says that nothing is missing. Over TLS only close_notify says so (RFC 9112,
    // section 9.8). Without TLS it is FIN, and only if watchEnd() was called before.
    [[nodiscard]] bool hasEndedInOrder() const;
    // To be asked when the connection has ended and all that was available has been read: whether TLS may still decrypt
    // more in a later turn of the event loop.
    [[nodiscard]] bool isStillDecrypting();

signals:
    void sslErrors(const QList<QSslError> &errors); // a slot may call ignoreSslErrors() of tls()
    void ready();                                   // connected, and encrypted if TLS is asked for
    void failed(QNetworkReply::NetworkError error, const QString &text);
    void readable();
    void written();
    // hasEnded() has become true. Emitted a second time if isClosed() becomes true only later, when what waited to be
    // sent has left.
    void ended();

private:
    void onReady();
    void onError(QAbstractSocket::SocketError error);
    void onDisconnected();
    void takeEnd(QAbstractSocket::SocketError error, bool closed);

    ConnectionPool::Socket m_socket;
    bool m_ready = false;
    bool m_ended = false;
    bool m_closed = false;
    bool m_endedInOrder = false;
    bool m_closeNotified = false; // the other side has sent its close_notify
    nativesocket::EndWatch m_endWatch;
    qint64 m_undecrypted = -1; // bytes that were not decrypted when isStillDecrypting() was last asked
};
