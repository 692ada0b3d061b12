#pragma once

#include "app/options/options.h"

#include <QProcessEnvironment>

// `gemini-proxy connect [TOOL]` and `gemini-proxy disconnect TOOL`: list the tools that can use the proxy, print what a
// tool is to be told, and write it into the tool's own file or take it out again. Both return the program's exit code.
// connectCommand() needs an event loop, which it runs itself, for --test.
// `environment` tells where the tools have their files.
[[nodiscard]] int connectCommand(const Options &options, const QProcessEnvironment &environment);
[[nodiscard]] int disconnectCommand(const Options &options);
