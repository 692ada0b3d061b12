#pragma once

#include <QHash>
#include <QString>

// What is done to Markdown before md4c sees it. Pure functions.
namespace markdown {

// Link reference definitions: label, folded in case -> the definition's source.
using Definitions = QHash<QString, QString>;

// The definitions that stand in a block of Markdown are added to `definitions`, unless the label is
// taken. True if any was new.
bool collectDefinitions(const QString &source, Definitions &definitions);

// Outside of code, \( \) and \[ \] become $ and $$, as the parser knows them, and dollars that mean
// money are escaped.
[[nodiscard]] QString withMathMarked(const QString &source);

// md4c wants three characters of every column's dashes; others, Gemini among them, write one. And it
// fills every row up to as many columns as there are: of too many, no table is made.
[[nodiscard]] QString withSaneTables(const QString &source);

// Without what the document would not show as text: NUL, separators of paragraphs, lone surrogates.
[[nodiscard]] QString cleaned(QStringView text);

} // namespace markdown
