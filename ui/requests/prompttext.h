#pragma once

#include "ui/requests/request.h"

#include <QByteArray>
#include <QString>

// What the user said last in a request's body: the body of the prompt route itself, or the last
// user turn of Gemini's or OpenAI's JSON. "" where there is none.
[[nodiscard]] QString promptText(const Request &request, const QByteArray &body);
