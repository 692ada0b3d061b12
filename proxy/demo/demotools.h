#pragma once

#include "proxy/demo/democall.h"
#include "proxy/demo/demoscript.h"

#include <optional>

// The demo's function calling, always the same for the same request: pure functions.
// https://ai.google.dev/gemini-api/docs/function-calling
namespace demotools {

using Call = demoscript::Call;

// Returns the functions that a request declares, each with a name and parameters.
[[nodiscard]] QJsonArray declarations(const DemoCall &call);

// Returns the function calls that answer a request, all at once, or nothing if a text is to answer it. If the prompt
// says what to call, as in demoscript.h, that is called, step by step. Otherwise there is no call if the last content
// holds results. The prompt is the last text that the user says in the last turn, as agents put their own words ahead of it.
[[nodiscard]] QList<Call> callsFor(const DemoCall &call);

// Returns the first calls for a prompt among these functions, each of which has a name and parameters. If there is only
// one function, that one is called, else the first one whose name shares a word with the prompt, unless there are more
// than five: then words meet by accident, and only what the prompt says to call is called. With the mode ANY (OpenAI's
// "required") the first function is called in any case, and with NONE there is no call; other modes count as AUTO. The
// arguments are made up from the types in the declaration. A prompt with "parallel", "both" or "two" gets two calls.
[[nodiscard]] QList<Call> callsAmong(const QJsonArray &functions, const QString &mode, const QString &prompt);
// Returns a value that fits a JSON schema, as far as its types, enumerations and references to "$defs" go.
[[nodiscard]] QJsonValue madeUp(const QJsonValue &schema);

// Returns the schema that a request wants its answer to follow; an empty object if any JSON object will do; nothing if
// it may be any text.
[[nodiscard]] std::optional<QJsonValue> answerSchema(const DemoCall &call);

// What functions have returned, in the last content of a request.
struct Results
{
    QStringList responses; // as JSON
    int pictures = 0;      // in the results or beside them, or in that content if there are none
};
[[nodiscard]] Results resultsIn(const DemoCall &call);

// Returns the thought signature of the steps of an interaction, which the client should send back.
[[nodiscard]] QString thoughtSignature();
// Returns the thought signature that is sent along with a call of this function; the client has to send it back with
// the same call. `step`: how many contents with calls there are ahead of it in its turn.
[[nodiscard]] QString thoughtSignature(const QString &function, int step);

} // namespace demotools
