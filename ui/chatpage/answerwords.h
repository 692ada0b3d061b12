#pragma once

#include "ui/chat/conversation.h"

#include <QString>

#include <optional>

// What the transcript says about an answer besides the answer itself. Pure functions.
namespace answerwords {

// What is said about an answer that failed: what happened, why, and what mends it.
struct Trouble
{
    QString title;
    QString text; // Markdown
    bool retry = true;
    bool key = false;  // the user should check the key
    bool edit = false; // another question may help
};
[[nodiscard]] Trouble trouble(const chat::Turn &answer);

// One sentence about an answer that ended early and yet did not fail; "" if it is whole.
[[nodiscard]] QString early(const chat::Turn &answer);

// "Thought for 4 s"; while it thinks, "Thinking…".
[[nodiscard]] QString thoughts(const chat::Turn &answer);
// "312 tokens, 40 of them thoughts · 1.2 s to the first · 84 a second"; "" where nothing is known.
[[nodiscard]] QString usage(const chat::Turn &answer);
// The usage of all answers: "1,024 tokens in, 312 out, 40 thoughts".
[[nodiscard]] QString total(const chat::Usage &usage);

} // namespace answerwords
