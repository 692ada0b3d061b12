#pragma once

#include <QHash>
#include <QString>
#include <QStringView>

// Pure functions that prepare Markdown for md4c.
namespace markdown {

// The only HTML tags that have an effect; all other HTML is shown as text.
inline constexpr QStringView tags[] = {u"br", u"sub", u"sup", u"kbd", u"details", u"summary"};

// Marks that are put into the source, and are removed from what md4c returns. They are Unicode noncharacters, which the
// text itself cannot hold, as cleaned() replaces them.
inline constexpr QChar tagMark = u'\xfdd0'; // stands after the '<' of a tag that has an effect
inline constexpr QChar joint = u'\xfdd1';   // md4c takes it for a letter, so it joins what would be two words

// The sources of link reference definitions, by their case-folded labels. A footnote has the label "^label" and an
// empty source.
using Definitions = QHash<QString, QString>;

// Adds the definitions at the beginning of a block of Markdown to `definitions`. A definition whose label is taken is
// ignored. Returns whether any was added.
bool collectDefinitions(const QString &source, Definitions &definitions);

// Returns the source with its mathematics in the form that md4c knows: outside of code, \( \) becomes $ and \[ \]
// becomes $$. Dollar signs that mean money are escaped.
[[nodiscard]] QString withMathMarked(const QString &source);

// Returns the source with tables that md4c reads well. md4c demands three characters in each column of a table's
// delimiter row, while many writers, Gemini among them, write one dash. md4c also fills up every row with empty cells,
// so the delimiter row of a table with too many columns is escaped, and the table becomes text.
[[nodiscard]] QString withSaneTables(const QString &source);

// Returns the source with tagMark in the tags that have an effect. Tags in code get it as well; it is removed from them
// after md4c has run.
[[nodiscard]] QString withTagsMarked(const QString &source);

// Returns the source with a joint beside runs of asterisks that md4c would misread. Chinese, Japanese and Korean put no
// spaces between words: in **重点：**内容 CommonMark sees no end of the bold text, because there is punctuation before the
// asterisks and a letter after them. An amendment that other programs follow
// (https://github.com/tats-u/markdown-cjk-friendly) lets such runs begin and end bold text, and the joint makes md4c do
// the same.
[[nodiscard]] QString withRunsJoined(const QString &source);

// Returns the text without tagMark and joint.
[[nodiscard]] QString withoutMarks(QString text);

// Returns the text with all characters replaced that the document would not show as text, such as NUL, paragraph
// separators and lone surrogates. The length stays the same.
[[nodiscard]] QString cleaned(QStringView text);

} // namespace markdown
