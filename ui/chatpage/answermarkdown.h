#pragma once

#include "ui/chat/turn.h"

#include <QString>

// The parts of an answer as Markdown for the transcript. Pure functions.
namespace answermarkdown {

// Text that shows as it is.
[[nodiscard]] QString escaped(const QString &text);

// What is no text, thought or picture: code and what it printed, calls of functions, files, what
// nobody knows. Stands between blank lines.
[[nodiscard]] QString block(const chat::Part &part);

// Text parts first..last, and what stands between them. With `cited`, the numbers of its sources behind
// each stretch that rests on them, as links; never within code.
[[nodiscard]] QString body(const chat::Turn &turn, int first, int last, bool cited);

// The sources as a numbered list of links; "" = there are none.
[[nodiscard]] QString sources(const chat::Turn &turn);

} // namespace answermarkdown
