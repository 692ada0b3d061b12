#pragma once

#include <QStringView>

// What one line of Markdown may be, by CommonMark's rules. Pure functions.
namespace markdown::lines {

struct Fence
{
    QChar character; // null: not a fence
    qsizetype length = 0;
    int indent = 0;
    QStringView info;
};

struct ListMarker
{
    QChar type; // null: not an item of a list. The bullet, or '.' or ')' behind a number.
    int number = -1;
    int contentIndent = 0; // columns
    bool empty = false;
};

// "[^label]: text": a footnote.
struct Footnote
{
    QStringView label; // null: it is none
    QStringView text;
};

[[nodiscard]] int indentOf(QStringView line); // columns; a tab goes to the next multiple of 4
[[nodiscard]] bool isBlank(QStringView line);
[[nodiscard]] bool isHeading(QStringView line);
[[nodiscard]] bool isRule(QStringView line);
[[nodiscard]] bool isUnderline(QStringView line); // of a setext heading
[[nodiscard]] bool isQuote(QStringView line);
[[nodiscard]] bool isTableDelimiter(QStringView line);
[[nodiscard]] Fence fence(QStringView line);
[[nodiscard]] bool closes(QStringView line, QChar fenceCharacter, qsizetype fenceLength);
[[nodiscard]] ListMarker listMarker(QStringView line);
[[nodiscard]] Footnote footnote(QStringView line);
// The line without the marks that quotes and lists put before it.
[[nodiscard]] QStringView withoutContainers(QStringView line);
// Whether the line ends the paragraph that stands above it.
[[nodiscard]] bool interruptsParagraph(QStringView line);
// The line without up to `columns` columns of its indent.
[[nodiscard]] QStringView unindented(QStringView line, int columns);

} // namespace markdown::lines
