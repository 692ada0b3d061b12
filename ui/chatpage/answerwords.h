#pragma once

#include "ui/chat/conversation.h"

#include <QString>

#include <optional>

// Words what the transcript says about an answer, besides the answer itself. Pure functions.
namespace answerwords {

// What the transcript says about an answer that failed: what happened, why, and what the user can do about it.
struct Trouble
{
    QString title;
    QString text;      // Markdown
    bool retry = true; // trying again may help
    bool key = false;  // the user should check the API key
    bool edit = false; // another question may help
};
[[nodiscard]] Trouble trouble(const chat::Turn &answer);

// Returns one sentence about an answer that was stopped, ended early or is empty; "" for every other answer.
[[nodiscard]] QString early(const chat::Turn &answer);

// Returns "Thought for 4.2 s", "Thinking…" while the answer streams, or "Thoughts" if the time is not known.
[[nodiscard]] QString thoughts(const chat::Turn &answer);
// Returns for example "312 tokens · 40 for thoughts · 1.2 s to the first · 84 a second", without what is not known.
[[nodiscard]] QString usage(const chat::Turn &answer);
// Returns the usage of all answers, for example "1,024 tokens in · 312 out · 40 for thoughts"; "" if there is none.
[[nodiscard]] QString total(const chat::Usage &usage);

} // namespace answerwords
