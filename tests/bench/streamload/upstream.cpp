#include "tests/bench/streamload/upstream.h"

#include "tests/bench/streamload/event.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace {

constexpr std::string_view streamHead = "HTTP/1.1 200 OK\r\n"
                                        "Content-Type: text/event-stream\r\n"
                                        "Vary: Origin\r\n"
                                        "Server: streamload\r\n"
                                        "Transfer-Encoding: chunked\r\n\r\n";
constexpr int eventsAWrite = 16;
constexpr int writesATurn = 8;

std::string unaryAnswer()
{
    const std::string body = R"({"candidates":[{"content":{"parts":[{"text":")" + std::string(200, 'x')
            + R"("}],"role":"model"},"finishReason":"STOP","index":0}]})";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nVary: Origin\r\nServer: streamload\r\n"
           "Content-Length: "
            + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class Upstream::Connection : public Handler
{
public:
    Connection(Upstream &upstream, int fd) : m_upstream(upstream), m_fd(fd) { upstream.m_loop.add(fd, EPOLLIN, this); }
    ~Connection() override { shut(); }

    void ready(std::uint32_t events) override
    {
        if (m_fd >= 0 && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
            read();
        if (m_fd >= 0 && (events & EPOLLOUT)) {
            write({});
            if (m_flooding)
                flood();
        }
    }

    void endStream()
    {
        if (!m_streaming)
            return;
        m_streaming = false;
        m_flooding = false;
        if (m_upstream.m_saysEnd)
            write(event::lastChunk);
        write("0\r\n\r\n");
        watchWriting(!m_pending.empty());
    }

private:
    void read()
    {
        static std::array<char, 256 * 1024> buffer;
        const ssize_t size = recv(m_fd, buffer.data(), buffer.size(), 0);
        if (size <= 0) {
            if (size == 0 || errno != EAGAIN)
                shut();
            return;
        }
        std::string_view bytes(buffer.data(), std::size_t(size));
        while (m_fd >= 0 && !bytes.empty()) {
            bytes.remove_prefix(m_request.take(bytes, [](std::string_view) {}));
            if (m_request.isBad())
                shut();
            if (!m_request.isDone())
                return;
            m_request = Message(Message::Kind::Request);
            answer();
        }
    }

    void answer()
    {
        static const std::string unary = unaryAnswer();
        if (m_upstream.m_answer == Answer::Unary) {
            write(unary);
            return;
        }
        m_stream = std::uint32_t(m_upstream.m_sent.size());
        m_upstream.m_sent.push_back(0);
        m_streaming = true;
        m_text = streamHead;
        sendEvents(1);
        if (m_upstream.m_ending) {
            endStream();
        } else if (m_upstream.m_answer == Answer::Flood) {
            m_flooding = true;
            watchWriting(true);
        } else if (m_upstream.m_answer == Answer::Paced) {
            std::uniform_int_distribution<std::int64_t> phase(0, m_upstream.m_period.count());
            tickAt(Clock::now() + std::chrono::nanoseconds(phase(m_upstream.m_random)));
        }
    }

    void tickAt(Time when)
    {
        m_upstream.m_loop.at(when, [this, when, stream = m_stream] {
            if (!m_streaming || stream != m_stream)
                return;
            m_upstream.m_lateness.push_back((Clock::now() - when).count());
            sendEvents(1);
            tickAt(when + m_upstream.m_period);
        });
    }

    void flood()
    {
        for (int i = 0; i < writesATurn && m_pending.empty() && m_fd >= 0; ++i)
            sendEvents(eventsAWrite);
    }

    void sendEvents(int count)
    {
        std::uint32_t &sent = m_upstream.m_sent[m_stream];
        for (int i = 0; i < count; ++i)
            event::appendChunk(m_text, m_stream, sent++);
        write(m_text);
        m_text.clear();
    }

    void write(std::string_view bytes)
    {
        if (m_fd < 0)
            return;
        const bool waited = !m_pending.empty();
        if (waited) {
            m_pending += bytes;
            bytes = m_pending;
        }
        const ssize_t size = bytes.empty() ? 0 : send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size < 0 && errno != EAGAIN) {
            shut();
            return;
        }
        const std::size_t written = size < 0 ? 0 : std::size_t(size);
        if (waited)
            m_pending.erase(0, written);
        else
            m_pending = bytes.substr(written);
        if (!m_flooding && waited != !m_pending.empty())
            watchWriting(!waited);
    }

    void watchWriting(bool on)
    {
        if (m_fd >= 0)
            m_upstream.m_loop.modify(m_fd, on ? EPOLLIN | EPOLLOUT : EPOLLIN, this);
    }

    void shut()
    {
        m_streaming = false;
        m_flooding = false;
        if (m_fd >= 0)
            close(std::exchange(m_fd, -1));
    }

    Upstream &m_upstream;
    int m_fd;
    Message m_request{Message::Kind::Request};
    bool m_streaming = false;
    bool m_flooding = false;
    std::uint32_t m_stream = 0;
    std::string m_text;
    std::string m_pending; // what the socket has not taken yet
};

Upstream::Upstream(Loop &loop) : m_loop(loop), m_listener(listenAnywhere(m_port))
{
    m_loop.add(m_listener, EPOLLIN, this);
}

Upstream::~Upstream()
{
    close(m_listener);
}

void Upstream::ready(std::uint32_t)
{
    for (int fd = acceptFrom(m_listener); fd >= 0; fd = acceptFrom(m_listener))
        m_connections.push_back(std::make_unique<Connection>(*this, fd));
}

void Upstream::endStreams()
{
    m_ending = true;
    for (const auto &connection : m_connections)
        connection->endStream();
}
