#pragma once

#include <memory>

class DemoServer;
struct Options;

// Starts the embedded stand-in for Gemini and makes it the upstream in the options. The returned server must outlive
// the proxy. Returns null if no loopback port is free.
[[nodiscard]] std::unique_ptr<DemoServer> startDemo(Options &options);
