#pragma once

#include "ui/requests/request.h"

#include <QString>

// What a command line needs to send a request again.
struct CurlSource
{
    QString base; // "http://127.0.0.1:8080", the proxy's address
    Request request;
    RequestContent content;
    bool kept = false;        // whether `content` is known
    bool cut = false;         // only the start of its prompt
    bool eventStream = false; // the answer was one; the native API streams JSON unless asked
};

// The same request as a command line for a POSIX shell: every byte of the body arrives, whatever it
// holds. Never a credential: a request that had one gets $GEMINI_PROXY_TOKEN. A body that no
// command line can hold is read from a file, and a comment ahead of the command says so.
[[nodiscard]] QString curlCommand(const CurlSource &source);

// A POSIX shell reads it as one word with exactly this text.
[[nodiscard]] QString shellQuoted(const QString &text);
