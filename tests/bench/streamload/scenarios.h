// The scenarios that are measured, each with a proxy that is started for it. Besides the figures named below, they set:
//   failures          how many streams or requests failed or lost a part of their answer
//   cpu_us            the proxy's processor time per event or request
//   rss_idle_kib, rss_kib   the proxy's resident memory before the scenario and at its height
//   tool_cpu          this process's share of a core; near 1, the scenario measures this process
// tenRequests() sets only the first of these. Without a proxy there are only the first and the last.
#pragma once

#include "tests/bench/streamload/event.h"
#include "tests/bench/streamload/figures.h"
#include "tests/bench/streamload/process.h"

struct Bench
{
    Loop &loop;
    std::uint16_t port; // of the proxy, or of the upstream if there is no proxy
    class Upstream &upstream;
    const Process *proxy;            // null = none
    std::chrono::nanoseconds window; // for how long to measure
};

// Streams with 20 events a second each, which clients ask for by this API. Sets delay_p50, delay_p99, ttfb_p50,
// ttfb_p99.
Figures paced(const Bench &bench, std::size_t streams, event::Form form = event::Form::Gemini);
// Eight streams, as fast as they go. Sets events_per_second.
Figures flood(const Bench &bench);
// So many clients connect and ask at the same moment. Sets ttfb_p50, ttfb_p99.
Figures burst(const Bench &bench, std::size_t clients);
// Requests with large bodies, one after the other. Sets time_p50, time_p99.
Figures bodies(const Bench &bench, std::size_t bodySize);
// Short requests from eight clients, as fast as they are answered. Sets time_p50, time_p99, requests_per_second.
Figures unary(const Bench &bench, bool newConnections);
// Ten requests, one after the other, each on a connection of its own. Sets first_ttfb, tenth_ttfb.
Figures tenRequests(const Bench &bench);
