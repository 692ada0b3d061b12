#include "tests/bench/streamload/loop.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

void fail(const char *what)
{
    std::fprintf(stderr, "streamload: %s: %s\n", what, std::strerror(errno));
    std::exit(2);
}

Loop::Loop() : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        fail("epoll");
    prctl(PR_SET_TIMERSLACK, 1UL); // the default of 50 µs would be in every figure
}

Loop::~Loop()
{
    close(m_epoll);
}

void Loop::add(int fd, std::uint32_t events, Handler *handler)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = handler;
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) < 0)
        fail("epoll_ctl");
}

void Loop::modify(int fd, std::uint32_t events, Handler *handler)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = handler;
    if (epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) < 0)
        fail("epoll_ctl");
}

void Loop::at(Time when, std::function<void()> what)
{
    m_timers.push({when, m_order++, std::move(what)});
}

void Loop::turn(Time until)
{
    const Time wake = m_timers.empty() ? until : std::min(until, m_timers.top().when);
    const auto left = std::max(std::chrono::nanoseconds(wake - Clock::now()), std::chrono::nanoseconds(0));
    timespec timeout{};
    timeout.tv_sec = left.count() / 1000000000;
    timeout.tv_nsec = left.count() % 1000000000;
    std::array<epoll_event, 64> events;
    const int count = epoll_pwait2(m_epoll, events.data(), int(events.size()), &timeout, nullptr);
    if (count < 0 && errno != EINTR)
        fail("epoll_wait");
    for (int i = 0; i < count; ++i)
        static_cast<Handler *>(events[std::size_t(i)].data.ptr)->ready(events[std::size_t(i)].events);
    // Only one timer fires per turn, so that what has arrived meanwhile does not wait for several of them.
    if (!m_timers.empty() && m_timers.top().when <= Clock::now()) {
        const auto what = std::move(const_cast<Timer &>(m_timers.top()).what);
        m_timers.pop();
        what();
    }
}

void Loop::runFor(std::chrono::nanoseconds time)
{
    const Time until = Clock::now() + time;
    while (Clock::now() < until)
        turn(until);
}

bool Loop::runUntil(const std::function<bool()> &holds, std::chrono::nanoseconds patience)
{
    const Time until = Clock::now() + patience;
    while (!holds()) {
        if (Clock::now() >= until)
            return false;
        turn(until);
    }
    return true;
}

Loopback::Loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    static_assert(sizeof address == sizeof bytes);
    std::memcpy(bytes, &address, sizeof address);
}

int listenAnywhere(std::uint16_t &port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const Loopback any(0);
    if (fd < 0 || bind(fd, reinterpret_cast<const sockaddr *>(any.bytes), sizeof any.bytes) < 0 || listen(fd, 4096) < 0)
        fail("cannot listen");
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    port = ntohs(address.sin_port);
    return fd;
}

namespace {

void setNoDelay(int fd)
{
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

int connectTo(std::uint16_t port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket");
    setNoDelay(fd);
    const Loopback address(port);
    if (connect(fd, reinterpret_cast<const sockaddr *>(address.bytes), sizeof address.bytes) < 0
        && errno != EINPROGRESS)
        fail("connect");
    return fd;
}

int acceptFrom(int listener)
{
    const int fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        setNoDelay(fd);
    else if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR)
        fail("accept");
    return fd;
}
