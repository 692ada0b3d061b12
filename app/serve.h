#pragma once

struct Options;

// `gemini-proxy serve`: serves until SIGINT or SIGTERM. Returns the exit code.
[[nodiscard]] int serve(Options options);
