#pragma once

#include "proxy/gemini/answer.h"
#include "proxy/gemini/expected.h"
#include "proxy/net/erroranswer.h"

#include <QString>

#include <optional>

namespace faces {

// How an answer of Gemini's ended, in no API's words.
struct Ending
{
    enum class Reason {
        Stop,    // the model was done
        Length,  // a limit cut it
        Refused, // Gemini would not answer, or cut its own answer
        Failed,  // the model failed, as with a call that it could not write down
    };
    Reason reason = Reason::Stop;
    // What is to be said besides the answer, for people: why there is nothing more of it. "" = nothing.
    QString words = {};
};

// Returns how the answer ended, or the error that the client gets because it is not whole. `hasContent`: whether the
// client has got a text or a call.
[[nodiscard]] Expected<Ending, ErrorAnswer> endingOf(const gemini::AnswerEnd &end, bool hasContent);

} // namespace faces
