#pragma once

#include "proxy/faces/modeltable.h"
#include "proxy/faces/signaturestore.h"

#include <QByteArray>

namespace faces {

// What is passed on of a request for OpenAI's chat completions, which Gemini understands by itself
// (https://ai.google.dev/gemini-api/docs/openai).
struct ChatRequest
{
    QByteArray body;
    QByteArray askedModel; // as the client named it, without "models/"; "" = not found
    QByteArray model;      // the one that the body names
};

// Puts back what most clients lose: the signature of the first function call of each turn, which OpenAI's API has no
// place for, as `extra_content` (https://ai.google.dev/gemini-api/docs/thought-signatures#openai). It also replaces a
// model's name that `models` gives another one. Everything else stays byte for byte, so that a request which lacks
// nothing is not changed at all.
[[nodiscard]] ChatRequest healedChat(const QByteArray &body, const SignatureStore &signatures,
                                     const ModelTable &models);

} // namespace faces
