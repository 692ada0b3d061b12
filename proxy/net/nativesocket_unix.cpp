#include "proxy/net/nativesocket.h"

#include <QTcpServer>

#include <cerrno>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace nativesocket {

using Descriptor = int;

namespace {
// With this flag, sending on a connection that has ended is an error and raises no signal. Systems without the flag
// have an option of the socket, which makeStreaming() sets.
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0;
#endif
} // namespace

std::optional<ListenError> listenAlone(QTcpServer &server, const QHostAddress &address, quint16 port)
{
    if (server.listen(address, port))
        return {};
    return ListenError{server.serverError() == QAbstractSocket::AddressInUseError, server.errorString()};
}

void makeStreaming(qintptr descriptor)
{
    const auto native = static_cast<Descriptor>(descriptor);
    ::fcntl(native, F_SETFL, ::fcntl(native, F_GETFL) | O_NONBLOCK);
    const int yes = 1;
    ::setsockopt(native, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
#ifdef SO_NOSIGPIPE
    ::setsockopt(native, SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof(yes));
#endif
}

std::optional<qsizetype> receive(qintptr descriptor, char *data, qsizetype size)
{
    while (true) {
        const ssize_t count = ::recv(static_cast<Descriptor>(descriptor), data, static_cast<std::size_t>(size), 0);
        if (count > 0)
            return count;
        if (count == 0)
            return {};
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return 0;
        if (errno != EINTR)
            return {};
    }
}

std::optional<qsizetype> send(qintptr descriptor, QByteArrayView bytes)
{
    while (true) {
        const ssize_t count = ::send(static_cast<Descriptor>(descriptor), bytes.data(),
                                     static_cast<std::size_t>(bytes.size()), sendFlags);
        if (count >= 0)
            return count;
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return 0;
        if (errno != EINTR)
            return {};
    }
}

void shutdownWrite(qintptr descriptor)
{
    if (descriptor != -1)
        ::shutdown(static_cast<Descriptor>(descriptor), SHUT_WR);
}

void resetOnClose(qintptr descriptor)
{
    if (descriptor == -1)
        return;
    linger option{};
    option.l_onoff = 1;
    option.l_linger = 0;
    ::setsockopt(static_cast<Descriptor>(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&option),
                 sizeof(option));
}

void close(qintptr descriptor)
{
    ::close(static_cast<Descriptor>(descriptor));
}

bool wasReset(qintptr descriptor)
{
    // After a FIN the connection is half open and its peer is still known; after an RST it has no peer.
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    return descriptor == -1
            || ::getpeername(static_cast<Descriptor>(descriptor), reinterpret_cast<sockaddr *>(&address), &length) != 0;
}

void EndWatch::watch(qintptr descriptor)
{
    release();
    m_copy = ::fcntl(static_cast<Descriptor>(descriptor), F_DUPFD_CLOEXEC, 0);
}

void EndWatch::release()
{
    if (m_copy != -1)
        ::close(static_cast<Descriptor>(m_copy));
    m_copy = -1;
}

bool EndWatch::sawRegularEnd() const
{
    return m_copy != -1 && !wasReset(m_copy);
}

} // namespace nativesocket
