#pragma once

#include "ui/requests/request.h"

#include <QByteArray>
#include <QString>

// What the user said last in a request: the whole body on the prompt route, otherwise the last user turn in
// Gemini's or OpenAI's JSON. "" if there is none.
[[nodiscard]] QString promptText(const Request &request, const QByteArray &body);
