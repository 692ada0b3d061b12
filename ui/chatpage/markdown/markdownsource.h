#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

// What is done to Markdown before md4c sees it. Pure functions.
namespace markdown {

// The only HTML tags that have an effect; all other HTML is shown as text.
inline constexpr QStringView tags[] = {u"br", u"sub", u"sup", u"kbd", u"details", u"summary"};

// Unicode noncharacters, which cleaned() removes from all text, so that we may use them as marks. They tell
// md4c, or our code behind it, what the source does not say, and are removed from what md4c puts out.
inline constexpr QChar tagMark = u'\xfdd0'; // behind the '<' of a tag
inline constexpr QChar joint = u'\xfdd1';   // md4c takes it for a letter, where it would see a word's end

// Link reference definitions, by their case-folded labels: the definition's source. For a footnote the label is
// "^label" and the source is empty.
using Definitions = QHash<QString, QString>;

// Adds the definitions in a block of Markdown to `definitions`; one whose label is taken is ignored. Returns
// whether any was new.
bool collectDefinitions(const QString &source, Definitions &definitions);

// Outside of code, \( \) and \[ \] become $ and $$, as the parser knows them, and dollars that mean
// money are escaped.
[[nodiscard]] QString withMathMarked(const QString &source);

// md4c wants three characters in each column of a table's delimiter row, while others, Gemini among them, write
// one dash. It also fills every row up with empty cells, so a table of too many columns is not made a table.
[[nodiscard]] QString withSaneTables(const QString &source);

// Puts tagMark into the tags that have an effect. The marks that this puts into code are removed again behind md4c.
[[nodiscard]] QString withTagsMarked(const QString &source);

// Chinese, Japanese and Korean have no spaces: in **重点：**内容 CommonMark sees no end of the bold text, because
// punctuation stands inside and a letter outside. An amendment that other programs follow
// (https://github.com/tats-u/markdown-cjk-friendly) lets such runs of asterisks begin and end bold text; a
// joint beside them makes md4c do the same.
[[nodiscard]] QString withRunsJoined(const QString &source);

// The text without tagMark and joint.
[[nodiscard]] QString withoutMarks(QString text);

// The text without what the document would not show as text: NUL, separators of paragraphs, lone surrogates.
[[nodiscard]] QString cleaned(QStringView text);

} // namespace markdown
