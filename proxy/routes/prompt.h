#pragma once

#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

#include <QByteArray>
#include <QByteArrayView>

// For POST /gemini-proxy: turns a text prompt into Gemini's request.
namespace prompt {

// Returns the body for :streamGenerateContent that asks Gemini this prompt. A prompt that is empty or not valid UTF-8
// is an error with the status 400. https://ai.google.dev/api/generate-content
[[nodiscard]] Expected<QByteArray, ErrorAnswer> toRequestBody(QByteArrayView prompt);

} // namespace prompt
