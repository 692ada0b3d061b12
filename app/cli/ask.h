#pragma once

struct Options;

// `gemini-proxy ask`: one prompt's answer, to standard output as it comes. It goes through a proxy
// of its own on a free loopback port, so that there is one way to Gemini and one place for the
// key. Returns the exit code.
[[nodiscard]] int ask(Options options);
