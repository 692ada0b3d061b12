// A program that is measured: what it and its children cost.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <string>

class Process
{
public:
    // What the program prints goes to `out`.
    Process(const std::vector<std::string> &command, const std::vector<std::string> &environment, int out = 2);
    ~Process(); // asks it to end, and makes sure that it does
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    bool isRunning() const;
    // By the scheduler's own count, of all threads and children; the usual one has ticks of 10 ms.
    std::chrono::nanoseconds processorTime() const;
    long residentKiB() const;
    long peakKiB() const; // since it started

private:
    const std::vector<int> &family() const;

    int m_pid;
    mutable bool m_hasEnded = false;
    mutable std::vector<int> m_family; // looked up once: that takes longer than a period
};

// A port that is free now.
std::uint16_t freePort();
// Whether somebody listens there, now.
bool isListening(std::uint16_t port);
std::chrono::nanoseconds ownProcessorTime();
