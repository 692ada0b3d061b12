#pragma once

#include <QByteArray>
#include <QByteArrayView>

// A client's request for OpenAI's API into Gemini's for the same: pure functions.
// https://ai.google.dev/gemini-api/docs/openai
namespace openairequest {

// The path at Gemini for a path here: "/v1/X" and "/openai/v1/X" become "/v1beta/openai/X".
// Gemini's list of models calls them "models/NAME" and its clients ask for one by that, the slash
// encoded or not; that prefix is left out, since its place is not sure to know it.
[[nodiscard]] QByteArray upstreamPath(QByteArrayView path);

// The target with the slash of "models%2FNAME" written out, for who checks what a target may hold:
// OpenAI's clients encode it, and upstreamPath() takes it away.
[[nodiscard]] QByteArray plainTarget(QByteArrayView target);

// The "model" of a JSON body, without "models/"; empty if it was not found. The body is only
// skimmed: nested values are skipped, and one with very many of them is given up, so the answer may
// be "not found" where there is one. Never parses the whole.
[[nodiscard]] QByteArray modelInBody(QByteArrayView body);

} // namespace openairequest
