#include "proxy/nativesocket.h"

#include <QTcpServer>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace nativesocket {

using Descriptor = int;

std::optional<Refusal> listenAlone(QTcpServer &server, const QHostAddress &address, quint16 port)
{
    if (server.listen(address, port))
        return {};
    return Refusal{server.serverError() == QAbstractSocket::AddressInUseError,
                   server.errorString()};
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
    ::setsockopt(static_cast<Descriptor>(descriptor), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&option), sizeof(option));
}

void close(qintptr descriptor)
{
    ::close(static_cast<Descriptor>(descriptor));
}

bool wasReset(qintptr descriptor)
{
    // After FIN the connection is half open and its peer still known; after RST it has none.
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    return descriptor == -1
            || ::getpeername(static_cast<Descriptor>(descriptor),
                             reinterpret_cast<sockaddr *>(&address), &length)
            != 0;
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
