// What is measured. Each scenario has a proxy of its own, started for it, and fills in:
//   failures          streams or requests that did not end as they should; parts of answers lost
//   cpu_us            the proxy's processor time per event or request
//   rss_idle_kib, rss_kib   before, and at the scenario's height
//   tool_cpu          this process's share of a core: near 1, it measures itself
#pragma once

#include "tests/bench/streamload/figures.h"
#include "tests/bench/streamload/process.h"

struct Bench
{
    Loop &loop;
    std::uint16_t port; // of the proxy, or of the upstream itself
    class Upstream &upstream;
    const Process *proxy;            // null: there is none
    std::chrono::nanoseconds window; // how long is measured
};

// Streams that tick 20 times a second: delay_p50, delay_p99, ttfb_p50, ttfb_p99.
Figures paced(const Bench &bench, std::size_t streams);
// Eight streams, as fast as they go: events_per_second.
Figures flood(const Bench &bench);
// That many clients connect and ask in one moment: ttfb_p50, ttfb_p99.
Figures burst(const Bench &bench, std::size_t clients);
// Requests with large bodies, one after the other: time_p50, time_p99.
Figures bodies(const Bench &bench, std::size_t bodySize);
// Short requests from eight clients, as fast as they are answered: time_p50, time_p99, requests_per_second.
Figures unary(const Bench &bench, bool newConnections);
// Ten requests, one after the other, each on a connection of its own: first_ttfb, tenth_ttfb.
Figures tenRequests(const Bench &bench);
