#pragma once

#include <QByteArray>
#include <QByteArrayView>

// Turns a client's request for OpenAI's API into one for the same API as Gemini offers it: pure functions.
// https://ai.google.dev/gemini-api/docs/openai
namespace openairequest {

// Returns the path at Gemini for a path at this proxy: "/v1/X" and "/openai/v1/X" become "/v1beta/openai/X", which
// stays as it is. Gemini's
// list calls its models "models/NAME", so clients ask for "/v1/models/models/NAME", with the last slash encoded or not.
// This function leaves out one "models/" there, as Gemini may not know the name with it.
[[nodiscard]] QByteArray upstreamPath(QByteArrayView path);

// Returns the target with the slash of "models%2FNAME" decoded, for checks of what a target may hold. OpenAI's clients
// encode this slash, and upstreamPath() removes it.
[[nodiscard]] QByteArray plainTarget(QByteArrayView target);

// Returns the "model" of a JSON body, without "models/"; empty if it was not found. To save time the body is only
// skimmed and not parsed. The search gives up after a limited number of steps, so the model may not be found in a body
// with very many values before it.
[[nodiscard]] QByteArray modelInBody(QByteArrayView body);

} // namespace openairequest
