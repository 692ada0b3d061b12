#pragma once

#include "ui/requests/request.h"

#include <QByteArray>
#include <QString>

// Returns what the user said last in a request: on the prompt route the whole body, otherwise the text of the last user
// turn in the JSON of generateContent, of the Interactions API or of OpenAI's. Returns "" if there is none.
[[nodiscard]] QString promptText(const Request &request, const QByteArray &body);
