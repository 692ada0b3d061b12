#pragma once

#include "proxy/demo/democall.h"

#include <optional>

// The demo's function calling, always the same for the same request: pure functions.
// https://ai.google.dev/gemini-api/docs/function-calling
namespace demotools {

struct Call
{
    QString name;
    QJsonObject arguments;
};

// Returns the functions that a request declares, each with a name and parameters.
[[nodiscard]] QJsonArray declarations(const DemoCall &call);

// Returns the function call that answers a request, or nothing if a text is to answer it. If the request declares only
// one function, that one is called, else the first one whose name shares a word with the prompt. With the mode ANY
// (OpenAI's "required") the first function is called in any case, and with NONE there is no call. There is none either
// if the last turn is a function's result. The arguments are made up from the types in the declaration.
[[nodiscard]] std::optional<Call> callFor(const DemoCall &call);

// Returns the call of one of these functions, each of which has a name and parameters, as callFor() says. `mode` is
// "AUTO", "ANY", "NONE" or one that counts as AUTO.
[[nodiscard]] std::optional<Call> callAmong(const QJsonArray &functions, const QString &mode, const QString &prompt);
// Returns a value that fits a JSON schema, as far as its types and enumerations go.
[[nodiscard]] QJsonValue madeUp(const QJsonValue &schema);

// Returns the function's result in the last turn, as JSON; empty if that turn holds none.
[[nodiscard]] QString responseIn(const DemoCall &call);

// Returns the thought signature of the steps of an interaction, which the client should send back.
[[nodiscard]] QString thoughtSignature();
// Returns the thought signature that is sent along with a call of this function; the client has to send it back with
// the same call. `step`: how many contents with calls there are ahead of it in its turn.
[[nodiscard]] QString thoughtSignature(const QString &function, int step);

} // namespace demotools
