// One thread's epoll and timers. A handler must live until the loop has ended, even if it is closed, as events of one
// batch may concern a handler that an earlier event of the batch has closed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

class Handler
{
public:
    virtual ~Handler() = default;
    virtual void ready(std::uint32_t events) = 0;
};

class Loop
{
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    void add(int fd, std::uint32_t events, Handler *handler);
    void modify(int fd, std::uint32_t events, Handler *handler);
    void at(Time when, std::function<void()> what);

    void runFor(std::chrono::nanoseconds time);
    // Runs until the condition holds, but at most that long; returns whether it holds.
    bool runUntil(const std::function<bool()> &holds, std::chrono::nanoseconds patience);

private:
    void turn(Time until);

    struct Timer
    {
        Time when;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(const Timer &other) const
        {
            return when != other.when ? when > other.when : order > other.order;
        }
    };
    int m_epoll;
    std::uint64_t m_order = 0;
    std::priority_queue<Timer> m_timers;
};

// The address of a port on the loopback interface, as the socket calls want it.
struct Loopback
{
    explicit Loopback(std::uint16_t port);
    alignas(8) unsigned char bytes[16] = {};
};

// Listens on a free port, sets `port` to it and returns the socket.
int listenAnywhere(std::uint16_t &port);
// Returns a non-blocking socket that is connecting to that port.
int connectTo(std::uint16_t port);
int acceptFrom(int listener); // returns -1 if no connection waits

[[noreturn]] void fail(const char *what);
