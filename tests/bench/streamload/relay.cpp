#include "tests/bench/streamload/relay.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

class Relay::Side : public Handler
{
public:
    Side(Relay &relay, int fd, bool isConnected) : m_relay(relay), m_fd(fd), m_isConnected(isConnected)
    {
        relay.m_loop.add(fd, isConnected ? EPOLLIN : EPOLLIN | EPOLLOUT, this);
    }
    ~Side() override { shut(); }

    void setOther(Side *other) { m_other = other; }

    void ready(std::uint32_t events) override
    {
        if (m_fd >= 0 && (events & EPOLLOUT)) {
            m_isConnected = true;
            flush();
        }
        if (m_fd < 0 || !(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
            return;
        static std::array<char, 64 * 1024> buffer;
        const ssize_t size = recv(m_fd, buffer.data(), buffer.size(), 0);
        if (size < 0 && errno == EAGAIN)
            return;
        const Time due = Clock::now() + m_relay.m_delay;
        if (size <= 0) {
            shut();
            m_relay.m_loop.at(due, [other = m_other] { other->shut(); });
            return;
        }
        m_relay.m_loop.at(due, [other = m_other, bytes = std::string(buffer.data(), std::size_t(size))] {
            other->m_pending += bytes;
            if (other->m_isConnected)
                other->flush();
        });
    }

private:
    void flush()
    {
        if (m_fd < 0)
            return;
        const ssize_t size = send(m_fd, m_pending.data(), m_pending.size(), MSG_NOSIGNAL);
        if (size > 0)
            m_pending.erase(0, std::size_t(size));
        m_relay.m_loop.modify(m_fd, m_pending.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT, this);
    }

    void shut()
    {
        if (m_fd >= 0)
            close(std::exchange(m_fd, -1));
    }

    Relay &m_relay;
    int m_fd;
    bool m_isConnected;
    Side *m_other = nullptr;
    std::string m_pending;
};

Relay::Relay(Loop &loop, std::uint16_t target, std::chrono::nanoseconds delay)
    : m_loop(loop), m_target(target), m_delay(delay), m_listener(listenAnywhere(m_port))
{
    m_loop.add(m_listener, EPOLLIN, this);
}

Relay::~Relay()
{
    close(m_listener);
}

void Relay::ready(std::uint32_t)
{
    for (int fd = acceptFrom(m_listener); fd >= 0; fd = acceptFrom(m_listener)) {
        auto near = std::make_unique<Side>(*this, fd, true);
        auto far = std::make_unique<Side>(*this, connectTo(m_target), false);
        near->setOther(far.get());
        far->setOther(near.get());
        m_sides.push_back(std::move(near));
        m_sides.push_back(std::move(far));
    }
}
