#include "app/system/notify.h"

#include <cstddef>
#include <cstring>
#include <ctime>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace notify {

namespace {

void tell(const QByteArray &message)
{
    const QByteArray address = qgetenv("NOTIFY_SOCKET");
    if (!address.isEmpty())
        (void)send(address, message); // a failure is ignored, as nobody could be told of it
}

} // namespace

bool send(const QByteArray &address, const QByteArray &message)
{
    sockaddr_un target{};
    target.sun_family = AF_UNIX;
    const auto length = static_cast<std::size_t>(address.size());
    if (address.size() < 2 || (address.front() != '/' && address.front() != '@') || length >= sizeof(target.sun_path))
        return false;
    std::memcpy(target.sun_path, address.constData(), length);
    std::size_t size = offsetof(sockaddr_un, sun_path) + length;
    if (address.front() == '@')
        target.sun_path[0] = '\0'; // the socket is abstract, and the length says where its name ends
    else
        ++size;

    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor < 0)
        return false;
    const ssize_t sent = ::sendto(descriptor, message.constData(), static_cast<std::size_t>(message.size()), 0,
                                  reinterpret_cast<const sockaddr *>(&target), static_cast<socklen_t>(size));
    ::close(descriptor);
    return sent == message.size();
}

void ready(const QByteArray &status)
{
    tell("READY=1\nSTATUS=" + status);
}

void reloading()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto microseconds = static_cast<qint64>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
    tell("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(microseconds));
}

void stopping()
{
    tell("STOPPING=1");
}

} // namespace notify
