// A client with a connection, on which one request follows the other. It counts the events of a stream.
#pragma once

#include "tests/bench/streamload/event.h"
#include "tests/bench/streamload/loop.h"
#include "tests/bench/streamload/message.h"

#include <memory>

class Client : private Handler
{
public:
    enum class Keep { Alive, No }; // whether the connection outlives the answer

    Client(Loop &loop, std::uint16_t port);
    ~Client() override;

    // Sends a POST with a body of that many bytes. Connects first if there is no connection.
    void ask(std::string_view path, std::size_t bodySize, Keep keep = Keep::Alive);
    // Sends a POST with this body.
    void ask(std::string_view path, std::string_view body);
    void shut();

    // Reads the bodies of answers as events and reports each to the sink. Without a sink, only an answer's end counts.
    void expectEvents(std::function<void(Time sent, Time arrived)> sink, event::Form form = event::Form::Gemini)
    {
        m_eventSink = std::move(sink);
        m_form = form;
    }
    void onEnd(std::function<void()> what) { m_onEnd = std::move(what); }

    bool isRunning() const { return m_running; }
    bool hasFirstByte() const { return m_firstByte != Time(); }
    bool hasFailed() const { return m_failed; }
    const event::Reader &events() const { return m_events; }

    // Both count from the moment of asking, and include the time to connect if the connection is new.
    std::chrono::nanoseconds timeToFirstByte() const { return m_firstByte - m_asked; }
    std::chrono::nanoseconds timeToEnd() const { return m_ended - m_asked; }

private:
    void ready(std::uint32_t events) override;
    void begin();
    void write();
    void read();
    void end(bool failed);

    Loop &m_loop;
    std::uint16_t m_port;
    int m_fd = -1;
    bool m_running = false;
    bool m_failed = false;
    Keep m_keep = Keep::Alive;
    std::string m_head;
    std::size_t m_headSent = 0;
    std::size_t m_bodyLeft = 0;
    bool m_watchesWriting = false;
    Message m_answer{Message::Kind::Response};
    event::Form m_form = event::Form::Gemini;
    event::Reader m_events;
    Time m_asked, m_firstByte, m_ended;
    std::function<void(Time, Time)> m_eventSink;
    std::function<void()> m_onEnd;
};
