#pragma once

#include "ui/chatpage/markdown/blocksplitter.h"
#include "ui/chatpage/markdown/renderedblock.h"

#include <QHash>

namespace markdown {

// Link reference definitions: label, folded in case -> the definition's source.
using Definitions = QHash<QString, QString>;

// Turns one piece of Markdown into paragraphs of the document, with md4c. A pure function of its
// arguments. Raw HTML comes out as text, images as links to them, and only http, https and mailto
// make a link. `group` is the number of the first group of code or table in it.
[[nodiscard]] QList<RenderedBlock> parse(const Piece &piece, const Definitions &definitions,
                                         qlonglong group);

// Whether the address is one that a link may open.
[[nodiscard]] bool isOpenable(const QString &address);

// The definitions that stand in a block of Markdown are added to `definitions`, unless the label is
// taken. True if any was new.
bool collectDefinitions(const QString &source, Definitions &definitions);

// Outside of code, \( \) and \[ \] become $ and $$, as the parser knows them, and dollars that mean
// money are escaped.
[[nodiscard]] QString withMathMarked(const QString &source);

// The card's first line: language and "Copy".
[[nodiscard]] RenderedBlock codeHeader(const QString &info, qlonglong group);
[[nodiscard]] RenderedBlock codeLine(const QString &text, qlonglong group);

// Without what the document would not show as text: NUL, separators of paragraphs, lone surrogates.
[[nodiscard]] QString cleaned(QStringView text);

} // namespace markdown
