#pragma once

#include "ui/chatpage/markdown/blocksplitter.h"
#include "ui/chatpage/markdown/markdownsource.h"
#include "ui/chatpage/markdown/renderedblock.h"

namespace markdown {

// Turns one piece of Markdown into paragraphs of the document, with md4c. A pure function of its arguments. Raw
// HTML comes out as text, images as links to them, and only http, https and mailto make a link. The first card
// of code or table in the piece gets the number `group`.
[[nodiscard]] QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions, qlonglong group);

// Whether the address is one that a link may open.
[[nodiscard]] bool isOpenable(const QString &address);

// The first line of a card of code, with its language and the link "Copy".
[[nodiscard]] RenderedBlock codeHeader(const QString &info, qlonglong group);
[[nodiscard]] RenderedBlock codeLine(const QString &text, qlonglong group);

} // namespace markdown
