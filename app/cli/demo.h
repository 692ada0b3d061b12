#pragma once

#include <memory>

class DemoServer;
struct Options;

// Starts the embedded stand-in for Gemini and points the options at it. The server must outlive
// the proxy. Null where not even a loopback port can be had.
[[nodiscard]] std::unique_ptr<DemoServer> startDemo(Options &options);
