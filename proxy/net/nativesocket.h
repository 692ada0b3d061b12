#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

class QHostAddress;
class QTcpServer;

// The few socket operations that QTcpSocket lacks, and those that ClientConnection uses in its place.
namespace nativesocket {

// Why a port cannot be listened on.
struct ListenError
{
    bool portTaken = false; // whether another program has the port
    QString message;        // in the system's words
};

// Listens on the port in such a way that no other program can take it as well, which Windows would otherwise allow.
// Returns why that is not possible, or nothing if it worked.
[[nodiscard]] std::optional<ListenError> listenAlone(QTcpServer &server, const QHostAddress &address, quint16 port);

// Makes all further calls on the descriptor return without blocking, and the system send each piece at once instead of
// waiting for more (TCP_NODELAY).
void makeStreaming(qintptr descriptor);
// Reads up to `size` received bytes into `data` and returns how many: 0 if there are none at present, nothing if the
// connection has ended, by FIN or otherwise.
[[nodiscard]] std::optional<qsizetype> receive(qintptr descriptor, char *data, qsizetype size);
// Sends bytes and returns how many of them the system has taken; nothing if the connection has ended.
[[nodiscard]] std::optional<qsizetype> send(qintptr descriptor, QByteArrayView bytes);

// Sends a FIN after what was written. The connection can still receive.
void shutdownWrite(qintptr descriptor);
// Makes close() send RST instead of FIN, so that the peer cannot take it for a regular end.
void resetOnClose(qintptr descriptor);
// Closes a descriptor that nobody else uses.
void close(qintptr descriptor);
// Whether the connection of an open descriptor has ended by RST.
[[nodiscard]] bool wasReset(qintptr descriptor);

// Tells how a connection has ended. QTcpSocket reports RST like a regular end, and has closed its descriptor by then.
// So this class keeps a second descriptor, which still knows; it keeps the connection open until release(). On Windows
// the class takes every end for a regular one.
class EndWatch
{
public:
    EndWatch() = default;
    ~EndWatch() { release(); }
    Q_DISABLE_COPY_MOVE(EndWatch)

    void watch(qintptr descriptor);
    void release();
    // Whether the connection has ended by FIN; to be called after its end. False if the descriptor could not be
    // watched.
    [[nodiscard]] bool sawRegularEnd() const;

private:
    qintptr m_copy = -1;
};

} // namespace nativesocket
