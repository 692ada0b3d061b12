#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

class QHostAddress;
class QTcpServer;

// The few socket operations that QTcpSocket lacks, and those that take its place.
namespace nativesocket {

// Why a port cannot be listened on.
struct ListenError
{
    bool portTaken = false; // by another program
    QString message;        // the system's words
};

// Listens on the port, and no other program can take it as well: Windows would let one that asks to.
[[nodiscard]] std::optional<ListenError> listenAlone(QTcpServer &server, const QHostAddress &address, quint16 port);

// From then on no call on the descriptor blocks, and each piece leaves at once instead of waiting for more
// (TCP_NODELAY).
void makeStreaming(qintptr descriptor);
// Reads up to `size` bytes of what has come into `data`, and returns how many: 0 if there are none at present, nothing
// if the connection has ended, by FIN or otherwise.
[[nodiscard]] std::optional<qsizetype> receive(qintptr descriptor, char *data, qsizetype size);
// Sends bytes and returns how many of them the system has taken; nothing if the connection has ended.
[[nodiscard]] std::optional<qsizetype> send(qintptr descriptor, QByteArrayView bytes);

// Sends our FIN after what was written, and goes on receiving.
void shutdownWrite(qintptr descriptor);
// Closing will send RST instead of FIN, so that the peer cannot take it for a regular end.
void resetOnClose(qintptr descriptor);
// Closes a descriptor that nobody else uses.
void close(qintptr descriptor);
// Whether the connection of an open descriptor has ended by RST.
[[nodiscard]] bool wasReset(qintptr descriptor);

// Tells how a connection ended. QTcpSocket reports RST like a regular end, and has closed its
// descriptor when it does; a second one still knows. It keeps the connection open until it is
// released. On Windows it takes every end for a regular one.
class EndWatch
{
public:
    EndWatch() = default;
    ~EndWatch() { release(); }
    Q_DISABLE_COPY_MOVE(EndWatch)

    void watch(qintptr descriptor);
    void release();
    // Whether the connection, which has ended, did so by FIN. False if that could not be watched.
    [[nodiscard]] bool sawRegularEnd() const;

private:
    qintptr m_copy = -1;
};

} // namespace nativesocket
