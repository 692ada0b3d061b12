#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

#include <QByteArray>
#include <QByteArrayView>

// For POST /gemini-proxy: turns a text prompt into Gemini's request.
namespace prompt {

// The body of :streamGenerateContent that asks `prompt`; the error says why it cannot be asked
// (empty, or not UTF-8). https://ai.google.dev/api/generate-content
[[nodiscard]] Expected<QByteArray, ErrorAnswer> toRequestBody(QByteArrayView prompt);

} // namespace prompt
