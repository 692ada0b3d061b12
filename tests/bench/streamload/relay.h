// Passes on the bytes between clients and a port, and delays each byte in both directions as if the server were in
// another country. Only connecting is not delayed, as the kernel does it.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <memory>

class Relay : private Handler
{
public:
    Relay(Loop &loop, std::uint16_t target, std::chrono::nanoseconds delay);
    ~Relay() override;

    std::uint16_t port() const { return m_port; }

private:
    class Side;
    void ready(std::uint32_t events) override;

    Loop &m_loop;
    std::uint16_t m_target;
    std::chrono::nanoseconds m_delay;
    std::uint16_t m_port = 0;
    int m_listener;
    std::vector<std::unique_ptr<Side>> m_sides;
};
