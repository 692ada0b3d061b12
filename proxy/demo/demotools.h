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

// The function call that a request is answered with: of the only function that is declared, else of the first whose
// name shares a word with the prompt. With the mode ANY (OpenAI's "required") any function will do, with NONE there is
// no call. Nothing if the last turn is a function's answer already. The arguments are made up from the declaration's
// types.
[[nodiscard]] std::optional<Call> callFor(const DemoCall &call);

// What a function answered in the last turn, as JSON; empty if that turn is none.
[[nodiscard]] QString responseIn(const DemoCall &call);

// The signature that goes along with a call; the client should send it back.
[[nodiscard]] QString thoughtSignature();

} // namespace demotools
