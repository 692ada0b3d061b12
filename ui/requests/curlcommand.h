#pragma once

#include "ui/requests/request.h"

#include <QString>

// What curlCommand() needs to know of a request.
struct CurlSource
{
    QString base; // the proxy's address, such as "http://127.0.0.1:8080"
    Request request;
    RequestContent content;
    bool kept = false;        // whether `content` is known
    bool cut = false;         // only the start of the body was kept
    bool eventStream = false; // the answer was an event stream; the native API streams JSON unless asked for one
};

// Returns a command line for a POSIX shell that sends the same request again, with every byte of the body unchanged. It
// never contains a credential: if the request had one, the shell variable GEMINI_PROXY_TOKEN stands for it. If the body
// cannot stand in a command line, curl reads it from a file, and a comment above the command says so.
[[nodiscard]] QString curlCommand(const CurlSource &source);

// Returns the text in quotes, so that a POSIX shell reads it as one word.
[[nodiscard]] QString shellQuoted(const QString &text);
