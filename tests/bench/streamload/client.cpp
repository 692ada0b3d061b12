#include "tests/bench/streamload/client.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace {

// The beginning of some JSON is enough, since no proxy parses it.
const std::string &bodyPiece()
{
    static const std::string piece = R"({"contents":[{"role":"user","parts":[{"text":")" + std::string(256 * 1024, 'x');
    return piece;
}

} // namespace

Client::Client(Loop &loop, std::uint16_t port) : m_loop(loop), m_port(port)
{
    bodyPiece(); // made here, so that it is not made while the first request is timed
}

Client::~Client()
{
    shut();
}

void Client::shut()
{
    m_running = false;
    if (m_fd >= 0)
        close(std::exchange(m_fd, -1));
}

void Client::ask(std::string_view path, std::size_t bodySize, Keep keep)
{
    m_head = "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port)
            + "\r\nContent-Type: application/json\r\nAccept: */*\r\nContent-Length: " + std::to_string(bodySize)
            + (keep == Keep::No ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
    m_keep = keep;
    m_bodyLeft = bodySize;
    begin();
}

void Client::ask(std::string_view path, std::string_view body)
{
    m_head = "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port)
            + "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"
            + std::string(body);
    m_keep = Keep::Alive;
    m_bodyLeft = 0;
    begin();
}

void Client::begin()
{
    m_headSent = 0;
    m_answer = Message(Message::Kind::Response);
    m_events = event::Reader(m_form);
    m_failed = false;
    m_running = true;
    m_asked = Clock::now();
    m_firstByte = m_ended = {};
    if (m_fd < 0) {
        m_fd = connectTo(m_port);
        m_watchesWriting = true;
        m_loop.add(m_fd, EPOLLIN | EPOLLOUT, this); // writable once it is connected
    } else {
        write();
    }
}

void Client::ready(std::uint32_t events)
{
    if (m_fd >= 0 && (events & EPOLLOUT))
        write();
    if (m_fd >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        read();
}

void Client::write()
{
    while (m_headSent < m_head.size() || m_bodyLeft) {
        const std::string_view head = std::string_view(m_head).substr(m_headSent);
        const std::string &piece = bodyPiece();
        std::array<iovec, 2> parts{{{const_cast<char *>(head.data()), head.size()},
                                    {const_cast<char *>(piece.data()), std::min(m_bodyLeft, piece.size())}}};
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t size = sendmsg(m_fd, &message, MSG_NOSIGNAL);
        if (size < 0) {
            if (errno == EAGAIN)
                break;
            return; // reading will tell what has become of it
        }
        const std::size_t ofHead = std::min(std::size_t(size), head.size());
        m_headSent += ofHead;
        m_bodyLeft -= std::size_t(size) - ofHead;
    }
    const bool more = m_headSent < m_head.size() || m_bodyLeft;
    if (more != m_watchesWriting) {
        m_watchesWriting = more;
        m_loop.modify(m_fd, more ? EPOLLIN | EPOLLOUT : EPOLLIN, this);
    }
}

void Client::read()
{
    static std::array<char, 256 * 1024> buffer;
    const ssize_t size = recv(m_fd, buffer.data(), buffer.size(), 0);
    const Time now = Clock::now();
    if (size < 0 && errno == EAGAIN)
        return;
    if (size <= 0) {
        if (m_running) {
            m_answer.atEnd();
            end(!m_answer.isDone());
        }
        shut();
        return;
    }
    if (!m_running) {
        shut(); // bytes that nobody asked for
        return;
    }
    m_answer.take({buffer.data(), std::size_t(size)}, [this, now](std::string_view bytes) {
        if (m_firstByte == Time())
            m_firstByte = now;
        if (m_eventSink)
            m_events.take(bytes, [this, now](Time sent) { m_eventSink(sent, now); });
    });
    if (m_answer.isBad() || (m_answer.hasHead() && m_answer.status() != 200))
        end(true);
    else if (m_answer.isDone())
        end(m_eventSink && !m_events.isWhole());
}

void Client::end(bool failed)
{
    m_running = false;
    m_failed = failed;
    m_ended = Clock::now();
    if (failed || m_keep == Keep::No)
        shut();
    if (m_onEnd)
        m_onEnd();
}
