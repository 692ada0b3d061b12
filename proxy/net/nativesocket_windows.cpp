#include "proxy/net/nativesocket.h"

#include <QTcpServer>

#include <algorithm>
#include <climits>
#include <cstring>

#include <winsock2.h>
#include <ws2tcpip.h>

namespace nativesocket {

using Descriptor = SOCKET;

namespace {

ListenError refusal(int error)
{
    wchar_t text[256]{};
    FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, DWORD(error), 0, text,
                   DWORD(std::size(text)), nullptr);
    // If a program has the port for exclusive use, Windows reports "no access" (WSAEACCES).
    return {error == WSAEADDRINUSE || error == WSAEACCES, QString::fromWCharArray(text).trimmed()};
}

int toNative(const QHostAddress &address, quint16 port, sockaddr_storage &result)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        auto *to = reinterpret_cast<sockaddr_in *>(&result);
        to->sin_family = AF_INET;
        to->sin_port = htons(port);
        to->sin_addr.s_addr = htonl(address.toIPv4Address());
        return int(sizeof(sockaddr_in));
    }
    auto *to = reinterpret_cast<sockaddr_in6 *>(&result);
    to->sin6_family = AF_INET6;
    to->sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address(); // "any" is all zeros
    std::memcpy(&to->sin6_addr, &bytes, sizeof(bytes));
    to->sin6_scope_id = address.scopeId().toULong();
    return int(sizeof(sockaddr_in6));
}

} // namespace

// QTcpServer::listen() would let any program of the user share the port.
std::optional<ListenError> listenAlone(QTcpServer &server, const QHostAddress &address, quint16 port)
{
    static const int started = [] {
        WSADATA data{};
        return WSAStartup(MAKEWORD(2, 2), &data);
    }();
    if (started != 0)
        return refusal(started);
    sockaddr_storage native{};
    const int size = toNative(address, port, native);
    const SOCKET socket = WSASocketW(native.ss_family, SOCK_STREAM, IPPROTO_TCP, nullptr, 0,
                                     WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    if (socket == INVALID_SOCKET)
        return refusal(WSAGetLastError());
    const BOOL yes = TRUE;
    const DWORD no = 0;
    if (address.protocol() == QAbstractSocket::AnyIPProtocol) // accept IPv4 as well
        ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, reinterpret_cast<const char *>(&no), sizeof(no));
    if (::setsockopt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<const char *>(&yes), sizeof(yes)) != 0
        || ::bind(socket, reinterpret_cast<const sockaddr *>(&native), size) != 0 || ::listen(socket, SOMAXCONN) != 0) {
        const ListenError why = refusal(WSAGetLastError());
        ::closesocket(socket);
        return why;
    }
    if (server.setSocketDescriptor(qintptr(socket)))
        return {};
    ::closesocket(socket);
    return ListenError{false, server.errorString()};
}

void makeStreaming(qintptr descriptor)
{
    const auto native = static_cast<Descriptor>(descriptor);
    u_long nonBlocking = 1;
    ::ioctlsocket(native, FIONBIO, &nonBlocking);
    const BOOL yes = TRUE;
    ::setsockopt(native, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char *>(&yes), sizeof(yes));
}

std::optional<qsizetype> receive(qintptr descriptor, char *data, qsizetype size)
{
    const int count =
            ::recv(static_cast<Descriptor>(descriptor), data, static_cast<int>(std::min<qsizetype>(size, INT_MAX)), 0);
    if (count > 0)
        return count;
    if (count < 0 && WSAGetLastError() == WSAEWOULDBLOCK)
        return 0;
    return {};
}

std::optional<qsizetype> send(qintptr descriptor, QByteArrayView bytes)
{
    // When it is short of memory, the system refuses a large piece but takes a small one.
    for (const qsizetype most : {qsizetype(INT_MAX), qsizetype(48 * 1024)}) {
        const int count = ::send(static_cast<Descriptor>(descriptor), bytes.data(),
                                 static_cast<int>(std::min(bytes.size(), most)), 0);
        if (count >= 0)
            return count;
        if (WSAGetLastError() == WSAEWOULDBLOCK)
            return 0;
        if (WSAGetLastError() != WSAENOBUFS)
            break;
    }
    return {};
}

void shutdownWrite(qintptr descriptor)
{
    if (descriptor != -1)
        ::shutdown(static_cast<Descriptor>(descriptor), SD_SEND);
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
    ::closesocket(static_cast<Descriptor>(descriptor));
}

bool wasReset(qintptr descriptor)
{
    // After a FIN the connection is half open and its peer is still known; after an RST it has no peer.
    sockaddr_storage address{};
    socklen_t length = sizeof(address);
    return descriptor == -1
            || ::getpeername(static_cast<Descriptor>(descriptor), reinterpret_cast<sockaddr *>(&address), &length) != 0;
}

void EndWatch::watch(qintptr) {}

void EndWatch::release() {}

bool EndWatch::sawRegularEnd() const
{
    return true;
}

} // namespace nativesocket
