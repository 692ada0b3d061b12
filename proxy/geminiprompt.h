#pragma once

#include "proxy/expected.h"

#include <QByteArray>
#include <QByteArrayView>

// POST /gemini-proxy's own part: a text prompt into Gemini's request.
namespace geminiprompt {

// The body of :streamGenerateContent that asks `prompt`; the error says why it cannot be asked
// (empty, or not UTF-8). https://ai.google.dev/api/generate-content
struct Error { QByteArray message; };
[[nodiscard]] Expected<QByteArray, Error> toRequestBody(QByteArrayView prompt);

// The model's name without "models/", a tuned one's as "tunedModels/NAME"; the error says what a name
// looks like.
[[nodiscard]] Expected<QByteArray, Error> modelName(QByteArrayView name);

// Where a model of that name is found: "models/NAME" or "tunedModels/NAME".
[[nodiscard]] QByteArray resourceOf(const QByteArray &model);

} // namespace geminiprompt
