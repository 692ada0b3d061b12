#pragma once

#include "app/options/options.h"

// What the command line and the environment of gemini-desk ask for.
struct DeskArguments
{
    Options options;        // Serve, Help or Version
    bool minimized = false; // whether to start without showing the window
    bool newChat = false;   // whether to show a new chat
};

// Parses the command line without the program's own name; needs neither a window nor a display. Skips the arguments
// that Qt takes for itself, such as the session manager's. Does not read the standard config file, which is meant for
// gemini-proxy. Fails as parseOptions() does, and with exit code 64 for a command of gemini-proxy.
[[nodiscard]] Expected<DeskArguments, OptionsError> readDeskArguments(QStringList arguments,
                                                                      const QProcessEnvironment &environment);
