// The fake Gemini. Every request gets the answer that the scenario has set.
#pragma once

#include "tests/bench/streamload/loop.h"
#include "tests/bench/streamload/message.h"

#include <memory>
#include <random>
#include <string>

class Upstream : private Handler
{
public:
    enum class Answer {
        Paced, // an event at once, then one per period; each stream has a phase of its own
        Flood, // events as fast as they are taken
        First, // one event, and no end of the stream
        Unary, // some JSON
    };

    explicit Upstream(Loop &loop);
    ~Upstream() override;

    std::uint16_t port() const { return m_port; }
    void setAnswer(Answer answer) { m_answer = answer; }
    void setPeriod(std::chrono::nanoseconds period) { m_period = period; }

    // Sends an event that says the answer is whole ahead of each stream's end.
    void setSaysEnd(bool saysEnd) { m_saysEnd = saysEnd; }
    // Ends every running stream, and from now on each new one after its first event.
    void endStreams();
    // Returns how many events were sent to that stream.
    std::uint32_t sent(std::uint32_t stream) const { return m_sent.at(stream); }
    std::size_t streams() const { return m_sent.size(); }
    // Returns by how many nanoseconds each paced event was written too late because this process was busy.
    std::vector<std::int64_t> &lateness() { return m_lateness; }

private:
    class Connection;
    void ready(std::uint32_t events) override;

    Loop &m_loop;
    std::uint16_t m_port = 0;
    int m_listener;
    Answer m_answer = Answer::Unary;
    std::chrono::nanoseconds m_period{0};
    bool m_ending = false;
    bool m_saysEnd = false;
    std::mt19937 m_random{42};
    std::vector<std::uint32_t> m_sent;
    std::vector<std::int64_t> m_lateness;
    std::vector<std::unique_ptr<Connection>> m_connections;
};
