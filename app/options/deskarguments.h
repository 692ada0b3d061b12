#pragma once

#include "app/options/options.h"

// What gemini-desk was started with.
struct DeskArguments
{
    Options options;        // Serve, Help or Version
    bool minimized = false; // start without showing the window
    bool newChat = false;   // show a new chat
};

// Parses the command line; needs neither a window nor a display. `arguments` lacks the program's own name. Arguments
// that Qt takes for itself, such as the session manager's, are skipped. Settings in gemini-proxy's own file do not
// count. Errors: those of parseOptions(), and 64 for a command of gemini-proxy.
[[nodiscard]] Expected<DeskArguments, OptionsError> readDeskArguments(QStringList arguments,
                                                                      const QProcessEnvironment &environment);
