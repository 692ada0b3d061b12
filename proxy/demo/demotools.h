#pragma once

#include "proxy/demo/democall.h"

#include <optional>

// Function calling as the demo does it, deterministically: pure functions.
// https://ai.google.dev/gemini-api/docs/function-calling
namespace demotools {

struct Call
{
    QString name;
    QJsonObject arguments;
};

// The function that a request is answered with: the only one declared, else the first whose name
// shares a word with the prompt; with the mode ANY (OpenAI's "required") any will do, with NONE
// none. Nothing if the last turn is a function's answer already. The arguments are made up from the
// declaration's types.
[[nodiscard]] std::optional<Call> callFor(const DemoCall &call);

// What a function answered in the last turn, as JSON; empty if that turn is none.
[[nodiscard]] QString responseIn(const DemoCall &call);

// What goes along with a call, and should come back with it.
[[nodiscard]] QString thoughtSignature();

} // namespace demotools
