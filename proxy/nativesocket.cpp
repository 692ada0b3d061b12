#include "proxy/nativesocket.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace nativesocket {

#ifdef Q_OS_WIN
using Descriptor = SOCKET;
constexpr int writeSide = SD_SEND;
#else
using Descriptor = int;
constexpr int writeSide = SHUT_WR;
#endif

void shutdownWrite(qintptr descriptor)
{
    if (descriptor != -1)
        ::shutdown(static_cast<Descriptor>(descriptor), writeSide);
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

bool wasReset(qintptr descriptor)
{
    // After FIN the connection is half open and its peer still known; after RST it has none.
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    return descriptor == -1
            || ::getpeername(static_cast<Descriptor>(descriptor),
                             reinterpret_cast<sockaddr *>(&address), &length) != 0;
}

void EndWatch::watch(qintptr descriptor)
{
    release();
#ifdef Q_OS_WIN
    Q_UNUSED(descriptor)
#else
    m_copy = ::fcntl(static_cast<Descriptor>(descriptor), F_DUPFD_CLOEXEC, 0);
#endif
}

void EndWatch::release()
{
#ifndef Q_OS_WIN
    if (m_copy != -1)
        ::close(static_cast<Descriptor>(m_copy));
#endif
    m_copy = -1;
}

bool EndWatch::sawRegularEnd() const
{
#ifdef Q_OS_WIN
    return true;
#else
    return m_copy != -1 && !wasReset(m_copy);
#endif
}

} // namespace nativesocket
