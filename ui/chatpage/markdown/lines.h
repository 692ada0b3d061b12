#pragma once

#include <QStringView>

// Pure functions that tell what one line of Markdown may be, by CommonMark's rules.
namespace markdown::lines {

struct Fence
{
    QChar character; // null = the line is no fence
    qsizetype length = 0;
    int indent = 0;
    QStringView info;
};

struct ListMarker
{
    QChar type; // the bullet, or the '.' or ')' after the number; null = the line begins no item
    int number = -1;
    int contentIndent = 0; // in columns
    bool empty = false;
};

// The parts of a footnote, "[^label]: text".
struct Footnote
{
    QStringView label; // null = the line begins no footnote
    QStringView text;
};

[[nodiscard]] int indentOf(QStringView line); // in columns; a tab goes to the next multiple of 4
[[nodiscard]] bool isBlank(QStringView line);
[[nodiscard]] bool isHeading(QStringView line);
[[nodiscard]] bool isRule(QStringView line);
[[nodiscard]] bool isUnderline(QStringView line); // of a setext heading
[[nodiscard]] bool isQuote(QStringView line);
[[nodiscard]] bool isTableDelimiter(QStringView line);
[[nodiscard]] Fence fence(QStringView line);
// Whether the line ends a fenced code block that began with a fence of this character and length.
[[nodiscard]] bool closes(QStringView line, QChar fenceCharacter, qsizetype fenceLength);
[[nodiscard]] ListMarker listMarker(QStringView line);
[[nodiscard]] Footnote footnote(QStringView line);
// Returns the line without the markers of quotes and lists before its text.
[[nodiscard]] QStringView withoutContainers(QStringView line);
// Whether the line ends the paragraph above it.
[[nodiscard]] bool interruptsParagraph(QStringView line);
// Returns the line without the first `columns` columns of its indent, or without all of it if it has fewer.
[[nodiscard]] QStringView unindented(QStringView line, int columns);

} // namespace markdown::lines
