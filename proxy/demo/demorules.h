#pragma once

#include "proxy/demo/democall.h"

#include <QStringList>

// What Gemini refuses in a request that asks for an answer, through its own API or the OpenAI-compatible one: pure
// functions, each of which returns what is wrong, mostly in Gemini's own words, or nothing. The demo is as strict, so
// that a tool which works with it works with Gemini.
namespace demorules {

// Returns what is wrong with a call of generateContent, streamGenerateContent or chat/completions.
[[nodiscard]] QString problem(const DemoCall &call);

// Returns an error for each member that Gemini does not know, in the request, its configuration, its tools, its
// contents and its schemas, and for each wrong value in a schema.
[[nodiscard]] QStringList memberProblems(const QJsonObject &request);

// The limits and the contradictions of a generationConfig. `model` is without "models/".
[[nodiscard]] QString configProblem(const QJsonValue &config, const QString &model);

// The names and the schemas of declared functions.
[[nodiscard]] QString declarationsProblem(const QJsonArray &declarations);

} // namespace demorules
