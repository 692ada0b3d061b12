#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

// What is done to Markdown before md4c sees it. Pure functions.
namespace markdown {

// The only HTML that is more than text.
inline constexpr QStringView tags[] = {u"br", u"sub", u"sup", u"kbd", u"details", u"summary"};

// Noncharacters, which cleaned() leaves in no text. They tell md4c, or us behind it, what the source does
// not say, and are taken out again wherever they come out.
inline constexpr QChar tagMark = u'\xfdd0'; // behind the '<' of a tag
inline constexpr QChar joint = u'\xfdd1';   // a letter where md4c sees a word's end

// Link reference definitions: label, folded in case -> the definition's source. Of footnotes, "^label" -> "".
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

// Marks the tags that are more than text; of those in code, nothing is seen behind md4c.
[[nodiscard]] QString withTagsMarked(const QString &source);

// Chinese, Japanese and Korean have no spaces: in **重点：**内容 CommonMark sees no end of the bold text,
// because punctuation stands inside and a letter outside. As the amendment does it that others use
// (https://github.com/tats-u/markdown-cjk-friendly), such runs of asterisks may begin and end text; a joint beside
// them tells md4c so.
[[nodiscard]] QString withRunsJoined(const QString &source);

// Without tagMark and joint.
[[nodiscard]] QString withoutMarks(QString text);

// Without what the document would not show as text: NUL, separators of paragraphs, lone surrogates.
[[nodiscard]] QString cleaned(QStringView text);

} // namespace markdown
