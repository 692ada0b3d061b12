#pragma once

#include "ui/requests/request.h"

#include <QString>

// What is needed to send a request again from a command line.
struct CurlSource
{
    QString base; // "http://127.0.0.1:8080", the proxy's address
    Request request;
    RequestContent content;
    bool kept = false;        // whether `content` is known
    bool cut = false;         // only the start of the prompt is kept
    bool eventStream = false; // the answer was an event stream; the native API streams JSON unless asked for one
};

// The same request as a command line for a POSIX shell; every byte of the body arrives unchanged. It never
// holds a credential: a request that had one gets $GEMINI_PROXY_TOKEN. A body that fits no command line is read
// from a file, and a comment above the command says so.
[[nodiscard]] QString curlCommand(const CurlSource &source);

// The text in quotes, so that a POSIX shell reads it as one word.
[[nodiscard]] QString shellQuoted(const QString &text);
