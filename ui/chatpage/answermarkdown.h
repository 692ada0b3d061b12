#pragma once

#include "ui/chat/turn.h"

#include <QString>

// The parts of an answer as Markdown for the transcript. Pure functions.
namespace answermarkdown {

// Markdown that shows this text as it is.
[[nodiscard]] QString escaped(const QString &text);

// A part that is neither text nor thought nor picture: code and what it printed, calls of functions, files, and
// kinds that are not known. The Markdown begins and ends with a blank line.
[[nodiscard]] QString block(const chat::Part &part);

// The text of parts `first` to `last`, and the other parts between them. With `cited`, each stretch that rests
// on sources is followed by their numbers as links, except within code.
[[nodiscard]] QString body(const chat::Turn &turn, int first, int last, bool cited);

// The sources as a numbered list of links; "" = there are none.
[[nodiscard]] QString sources(const chat::Turn &turn);

} // namespace answermarkdown
