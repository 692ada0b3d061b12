#include "ui/chatpage/markdown/lines.h"

#include <QString>

namespace markdown::lines {

namespace {

// Returns the line without the spaces at its beginning. Any block may begin with up to three spaces; if there are more,
// the result is null.
QStringView start(QStringView line)
{
    qsizetype spaces = 0;
    while (spaces < line.size() && line[spaces] == u' ')
        ++spaces;
    return spaces <= 3 ? line.sliced(spaces) : QStringView();
}

qsizetype runOf(QStringView text, QChar character)
{
    qsizetype length = 0;
    while (length < text.size() && text[length] == character)
        ++length;
    return length;
}

} // namespace

int indentOf(QStringView line)
{
    int columns = 0;
    for (const QChar c : line) {
        if (c == u' ')
            ++columns;
        else if (c == u'\t')
            columns += 4 - columns % 4;
        else
            break;
    }
    return columns;
}

bool isBlank(QStringView line)
{
    for (const QChar c : line) {
        if (c != u' ' && c != u'\t')
            return false;
    }
    return true;
}

bool isHeading(QStringView line)
{
    const QStringView text = start(line);
    const qsizetype marks = runOf(text, u'#');
    return marks >= 1 && marks <= 6 && (text.size() == marks || text[marks] == u' ' || text[marks] == u'\t');
}

bool isRule(QStringView line)
{
    const QStringView text = start(line);
    if (text.isEmpty() || (text[0] != u'-' && text[0] != u'*' && text[0] != u'_'))
        return false;
    int marks = 0;
    for (const QChar c : text) {
        if (c == text[0])
            ++marks;
        else if (c != u' ' && c != u'\t')
            return false;
    }
    return marks >= 3;
}

bool isUnderline(QStringView line)
{
    const QStringView text = start(line);
    if (text.isEmpty() || (text[0] != u'=' && text[0] != u'-'))
        return false;
    return isBlank(text.sliced(runOf(text, text[0])));
}

bool isQuote(QStringView line)
{
    return start(line).startsWith(u'>');
}

bool isTableDelimiter(QStringView line)
{
    const QStringView text = start(line);
    bool dash = false;
    bool bar = false;
    for (const QChar c : text) {
        if (c == u'-')
            dash = true;
        else if (c == u'|' || c == u':')
            bar = true;
        else if (c != u' ' && c != u'\t')
            return false;
    }
    return dash && bar;
}

Fence fence(QStringView line)
{
    const QStringView text = start(line);
    if (text.isEmpty() || (text[0] != u'`' && text[0] != u'~'))
        return {};
    const qsizetype length = runOf(text, text[0]);
    const QStringView info = text.sliced(length).trimmed();
    if (length < 3 || (text[0] == u'`' && info.contains(u'`')))
        return {};
    return {text[0], length, indentOf(line), info};
}

bool closes(QStringView line, QChar fenceCharacter, qsizetype fenceLength)
{
    const QStringView text = start(line);
    const qsizetype length = runOf(text, fenceCharacter);
    return length >= fenceLength && isBlank(text.sliced(length));
}

ListMarker listMarker(QStringView line)
{
    const QStringView text = start(line);
    if (text.isEmpty())
        return {};
    ListMarker marker;
    qsizetype width = 0;
    if (text[0] == u'-' || text[0] == u'*' || text[0] == u'+') {
        marker.type = text[0];
        width = 1;
    } else {
        while (width < text.size() && width < 9 && text[width] >= u'0' && text[width] <= u'9')
            ++width;
        if (width == 0 || width == text.size() || (text[width] != u'.' && text[width] != u')'))
            return {};
        marker.number = text.first(width).toInt();
        marker.type = text[width++];
    }
    const QStringView behind = text.sliced(width);
    if (!behind.isEmpty() && behind[0] != u' ' && behind[0] != u'\t')
        return {};
    marker.empty = isBlank(behind);
    const int before = int(line.size() - text.size()) + int(width);
    int gap = 0; // the columns between the marker and the text
    for (const QChar c : behind) {
        if (c == u' ')
            ++gap;
        else if (c == u'\t')
            gap += 4 - (before + gap) % 4;
        else
            break;
    }
    // A gap of more than four columns counts as one column that indented code follows.
    marker.contentIndent = before + (marker.empty || gap > 4 ? 1 : gap);
    return marker;
}

Footnote footnote(QStringView line)
{
    constexpr qsizetype longest = 40;
    const QStringView text = start(line);
    if (!text.startsWith(u"[^"))
        return {};
    const qsizetype end = text.indexOf(u"]:");
    if (end <= 2 || end > 2 + longest)
        return {};
    const QStringView label = text.sliced(2, end - 2);
    for (const QChar c : label) {
        if (c.isSpace() || c == u'[' || c == u']')
            return {};
    }
    return {label, text.sliced(end + 2)};
}

QStringView withoutContainers(QStringView line)
{
    while (true) {
        const QStringView text = line.trimmed();
        const ListMarker marker = listMarker(text);
        if (text.startsWith(u'>'))
            line = text.sliced(1);
        else if (!marker.type.isNull() && !marker.empty)
            line = text.sliced(qMin<qsizetype>(marker.contentIndent, text.size()));
        else
            return text;
    }
}

bool interruptsParagraph(QStringView line)
{
    if (isHeading(line) || isRule(line) || isQuote(line) || !fence(line).character.isNull()
        || !footnote(line).label.isNull())
        return true;
    const ListMarker marker = listMarker(line);
    return !marker.type.isNull() && !marker.empty && (marker.number < 0 || marker.number == 1);
}

QStringView unindented(QStringView line, int columns)
{
    qsizetype at = 0;
    int column = 0;
    while (at < line.size() && column < columns) {
        if (line[at] == u' ')
            ++column;
        else if (line[at] == u'\t')
            column += 4 - column % 4;
        else
            break;
        ++at;
    }
    return line.sliced(at);
}

} // namespace markdown::lines
