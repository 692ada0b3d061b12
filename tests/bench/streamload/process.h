// Starts a program and measures what it and its children use.
#pragma once

#include "tests/bench/streamload/loop.h"

#include <string>

class Process
{
public:
    // What the program prints goes to the file descriptor `out`.
    Process(const std::vector<std::string> &command, const std::vector<std::string> &environment, int out = 2);
    ~Process(); // asks the program to end, and kills it if it has not ended after 3 s
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    bool isRunning() const;
    // Returns the time of all threads and children by the scheduler's own count, as the usual one has ticks of 10 ms.
    std::chrono::nanoseconds processorTime() const;
    long residentKiB() const;
    long peakKiB() const; // since it started

private:
    const std::vector<int> &family() const;

    int m_pid;
    mutable bool m_hasEnded = false;
    mutable std::vector<int> m_family; // looked up only once, as that takes longer than a paced stream's period
};

// Returns a port that is free now.
std::uint16_t freePort();
// Whether a program listens on that port now.
bool isListening(std::uint16_t port);
std::chrono::nanoseconds ownProcessorTime();
