#pragma once

#include "ui/chat/turn.h"

#include <QString>

// Turns the parts of an answer into Markdown for the transcript. Pure functions.
namespace answermarkdown {

// Returns Markdown that shows this text literally.
[[nodiscard]] QString escaped(const QString &text);

// Returns the Markdown of one part. The text of a part of text is returned unchanged, and a thought has none. Other
// parts (code and its output, function calls, files, and unknown kinds) become blocks with a blank line before and
// after.
[[nodiscard]] QString block(const chat::Part &part);

// Returns parts `first` to `last` as Markdown. With `cited`, each stretch of text that rests on sources is followed by
// the numbers of these sources as links, except within code.
[[nodiscard]] QString body(const chat::Turn &turn, int first, int last, bool cited);

// Returns the sources as a numbered list of links; "" if there are none.
[[nodiscard]] QString sources(const chat::Turn &turn);

} // namespace answermarkdown
