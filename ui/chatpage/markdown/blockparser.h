#pragma once

#include "ui/chatpage/markdown/blocksplitter.h"
#include "ui/chatpage/markdown/markdownsource.h"
#include "ui/chatpage/markdown/renderedblock.h"

namespace markdown {

// Turns one piece of Markdown into paragraphs of the document, by means of md4c. The function keeps no state. HTML
// comes out as text, except for the few tags that have an effect (see markdown::tags). An image becomes a link to it,
// and only addresses that isOpenable() allows become links. The cards of code and the tables in the piece are numbered
// from `group` + 1 on.
[[nodiscard]] QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions, qlonglong group);

// Whether a link may open this address: it must be a valid one with http, https or mailto.
[[nodiscard]] bool isOpenable(const QString &address);

// Returns the first line of a card of code, which shows the language and the link "Copy".
[[nodiscard]] RenderedBlock codeHeader(const QString &info, qlonglong group);
[[nodiscard]] RenderedBlock codeLine(const QString &text, qlonglong group);

} // namespace markdown
