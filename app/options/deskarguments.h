#pragma once

#include "app/options/options.h"

// What gemini-desk was started with.
struct DeskArguments
{
    Options options;        // Serve, Help or Version
    bool minimized = false; // the window does not show itself
    bool newChat = false;   // a new chat is to be shown
};

// Needs neither a window nor a display. `arguments`: without the program's own name; those that Qt takes for
// itself, such as the session manager's, are left out. Settings of gemini-proxy's own file do not count.
// Errors: those of parseOptions(), and 64 for a command of gemini-proxy.
[[nodiscard]] Expected<DeskArguments, OptionsError> readDeskArguments(QStringList arguments,
                                                                      const QProcessEnvironment &environment);
