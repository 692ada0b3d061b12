#pragma once

struct Options;

// `gemini-proxy ask`: writes the answer to one prompt to standard output as it arrives. It starts a proxy of its own on
// a free loopback port and asks that, so that there is one way to Gemini and one place for the key. Returns the exit
// code.
[[nodiscard]] int ask(Options options);
