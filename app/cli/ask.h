#pragma once

struct Options;

// `gemini-proxy ask`: writes the answer to one prompt, or an agent's report, to standard output as it arrives. It starts a proxy of its own on
// a free loopback port and sends the prompt there, so that only the proxy's code connects to Gemini and uses the key.
// Returns the exit code.
[[nodiscard]] int ask(Options options);
