#pragma once

#include <QByteArray>
#include <QByteArrayView>

// Turns a client's request for OpenAI's API into one for the same API at Gemini: pure functions.
// https://ai.google.dev/gemini-api/docs/openai
namespace openairequest {

// The path at Gemini for a path here: "/v1/X" and "/openai/v1/X" become "/v1beta/openai/X". Gemini's list calls its
// models "models/NAME", and clients ask for one by that name, with its slash encoded or not. The prefix "models/" is
// left out of the name, as Gemini may not know it in that place.
[[nodiscard]] QByteArray upstreamPath(QByteArrayView path);

// The target with the slash of "models%2FNAME" written out, for checks of what a target may hold: OpenAI's clients
// encode it, and upstreamPath() takes it away.
[[nodiscard]] QByteArray plainTarget(QByteArrayView target);

// The "model" of a JSON body, without "models/"; empty if it was not found. The body is only skimmed and never parsed
// as a whole: nested values are skipped, and a body with very many of them is given up, so that a model may not be
// found although there is one.
[[nodiscard]] QByteArray modelInBody(QByteArrayView body);

} // namespace openairequest
