#include "ui/chatpage/markdown/blocksplitter.h"

#include "ui/chatpage/markdown/lines.h"
#include "ui/chatpage/markdown/markdownsource.h"

#include <QRegularExpression>

namespace markdown {

namespace {

// Returns where a line that is too long is cut: after a space near the limit if there is one, and never inside of a
// surrogate pair.
qsizetype cutOf(QStringView line, qsizetype limit)
{
    for (qsizetype at = limit; at > limit - 256; --at) {
        if (line[at - 1] == u' ')
            return at;
    }
    return line[limit - 1].isHighSurrogate() ? limit - 1 : limit;
}

// Whether the line may still become a link's definition, which is not shown, or a footnote, whose label is shown in
// another form.
bool mayBeNoText(const QString &line)
{
    static const QRegularExpression definition(
            QStringLiteral("^ {0,3}\\[(?:(?:[^\\[\\]\\\\]|\\\\.){0,100}"
                           "|(?:[^\\[\\]\\\\]|\\\\.)+\\](?::[ \\t]*(?:\\S*|\\S+[ \\t]+[\"'(].*))?)$"));
    return line.size() < 1000 && definition.match(line).hasMatch();
}

// Whether the line may still become the first line of an alert.
bool mayBeAlert(const QString &line)
{
    static const QRegularExpression alert(QStringLiteral("^ {0,3}>[ \\t]?\\[(?:!(?:[A-Za-z]{0,9}\\]?)?)?[ \\t]*$"));
    return line.size() < 100 && alert.match(line).hasMatch();
}

// Returns how much of an unfinished line can be shown. A tag or a reference to a footnote at its end that is not
// complete yet is left out. Otherwise it would be shown as it is written, and become something else a moment later.
qsizetype shownOf(const QString &line)
{
    static const QRegularExpression begun(
            QStringLiteral("(?:<(?:/?[a-z]{0,7})(?:[ \\t]*/?|[ \\t]+open)|!?\\[(?:\\^[^\\]\\[\\s]{0,40})?)$"),
            QRegularExpression::CaseInsensitiveOption);
    const qsizetype from = qMax<qsizetype>(0, line.size() - 64);
    const auto match = begun.match(line, from);
    if (!match.hasMatch())
        return line.size();
    const QStringView tag = QStringView(line).sliced(match.capturedStart());
    if (!tag.startsWith(u'<'))
        return match.capturedStart();
    const QString name = tag.sliced(tag.startsWith(u"</") ? 2 : 1).toString().section(u' ', 0, 0).section(u'/', 0, 0);
    for (const QStringView known : markdown::tags) {
        if (known.startsWith(name, Qt::CaseInsensitive))
            return match.capturedStart();
    }
    return line.size();
}

// Whether it is still open what kind of block an unfinished last line becomes.
bool saysTooLittle(QStringView line)
{
    const QStringView text = line.trimmed();
    if (text.startsWith(u"```") || text.startsWith(u"~~~"))
        return true;
    static const QString marks = QStringLiteral("-=*_+#>|:`~. \t)");
    qsizetype digits = 0;
    for (const QChar c : text) {
        if (c.isDigit())
            ++digits;
        else if (!marks.contains(c))
            return false;
    }
    return digits <= 3;
}

} // namespace

void BlockSplitter::feed(QStringView delta, QList<Piece> &pieces)
{
    while (!delta.isEmpty()) {
        const qsizetype end = delta.indexOf(u'\n');
        const qsizetype take = end < 0 ? delta.size() : end;
        // The line never grows beyond the limit by more than one character, so a cut does not depend on the deltas.
        const qsizetype room = qMin(take, lineLimit + 1 - m_line.size());
        m_line += delta.first(room);
        delta = delta.sliced(room);
        if (m_line.size() > lineLimit) {
            const qsizetype cut = cutOf(m_line, lineLimit);
            const QString line = m_line.first(cut);
            m_line.remove(0, cut);
            const bool continued = std::exchange(m_lineContinued, true);
            takeLine(line, continued, true, pieces);
        } else if (end >= 0 && room == take) {
            delta = delta.sliced(1);
            const QString line = std::exchange(m_line, QString());
            const bool continued = std::exchange(m_lineContinued, false);
            takeLine(line, continued, false, pieces);
        }
    }
}

void BlockSplitter::finish(QList<Piece> &pieces)
{
    if (!m_line.isEmpty()) {
        const QString line = std::exchange(m_line, QString());
        takeLine(line, std::exchange(m_lineContinued, false), false, pieces);
    }
    close(pieces);
}

QList<Piece> BlockSplitter::rest() const
{
    QList<Piece> pieces;
    BlockSplitter end = *this;
    if (m_state == State::Fence) {
        bool mayClose = !m_lineContinued;
        for (const QChar c : QStringView(m_line).trimmed())
            mayClose = mayClose && c == m_fenceCharacter;
        if (mayClose)
            end.m_line.clear();
    } else {
        end.holdBack();
    }
    if (end.m_line.isEmpty()) {
        end.close(pieces);
        if (m_state == State::Fence)
            pieces.removeLast(); // the code block has not ended, so this CodeEnd must go
        return pieces;
    }
    end.finish(pieces);
    if (m_state == State::Fence && !pieces.isEmpty() && pieces.last().type == Piece::Type::CodeEnd)
        pieces.removeLast();
    return pieces;
}

void BlockSplitter::holdBack()
{
    using namespace lines;

    const QString line = m_line;
    if (m_lineContinued) {
        m_line.truncate(shownOf(line));
        return;
    }
    const bool begins = m_state == State::None || m_block.trimmed().isEmpty();
    if (saysTooLittle(line) || (begins && mayBeAlert(line))
        || ((begins || (m_state == State::Paragraph && m_block.startsWith(u'['))) && mayBeNoText(line)))
        m_line.clear();
    else
        m_line.truncate(shownOf(line));

    // A line that may be a table's header is left out until the line below it shows that it is one.
    if (m_state == State::Table || m_state == State::Indented)
        return;
    const QStringView last = withoutContainers(line);
    const bool row = last.startsWith(u'|');
    bool delimiter = true; // whether the line, as far as it goes, may be a table's delimiter row
    for (const QChar c : last)
        delimiter = delimiter && QStringView(u"|-: \t").contains(c);
    qsizetype from = m_block.size(); // where the line `above` begins; goUp() moves it up by a line
    QStringView above;
    const auto goUp = [&] {
        const qsizetype to = from;
        from = to < 2 ? 0 : m_block.lastIndexOf(u'\n', to - 2) + 1;
        above = withoutContainers(QStringView(m_block).sliced(from, to - from));
        return to > 0 && above.startsWith(u'|');
    };
    while (goUp()) {
        if (isTableDelimiter(above))
            return; // the lines are a table already
    }
    from = m_block.size();
    if (row)
        m_line.clear();
    if ((last.isEmpty() || (row && delimiter)) && goUp())
        m_block.truncate(from);
}

void BlockSplitter::takeLine(QStringView line, bool continued, bool cut, QList<Piece> &pieces)
{
    using namespace lines;

    if (m_state == State::Fence) {
        if (!continued && closes(line, m_fenceCharacter, m_fenceLength)) {
            close(pieces);
            return;
        }
        Piece piece;
        piece.type = Piece::Type::CodeLine;
        piece.text = (continued ? line : unindented(line, m_fenceIndent)).toString();
        piece.continued = continued;
        pieces.append(piece);
        return;
    }
    if (continued) { // the rest of a long line belongs to the same block as its beginning
        if (m_state == State::None) {
            m_state = State::Paragraph;
            m_continued = true;
        }
        append(line, cut);
        if (m_block.size() >= (m_state == State::Paragraph ? paragraphLimit : containerLimit))
            close(pieces);
        return;
    }

    const bool blank = isBlank(line);
    bool belongs = false;
    switch (m_state) {
    case State::None:
    case State::Fence:
        break;
    case State::Paragraph:
        if (blank)
            break;
        if (isUnderline(line)) {
            append(line, cut);
            close(pieces);
            return;
        }
        if (isTableDelimiter(line)) {
            // The paragraph's last line is the table's header. Other parsers than md4c all read it that way.
            const qsizetype head = m_block.lastIndexOf(u'\n', -2) + 1;
            if (!m_oneLine) {
                const QString header = m_block.sliced(head);
                if (!header.startsWith(u'|')) {
                    belongs = true;
                    break;
                }
                m_block.truncate(head);
                close(pieces);
                m_block = header;
            }
            append(line, cut);
            m_tableHead = m_block;
            m_state = State::Table;
            return;
        }
        belongs = !interruptsParagraph(line);
        break;
    case State::Table:
        belongs = !blank && !interruptsParagraph(line);
        break;
    case State::Indented:
        belongs = blank || indentOf(line) >= 4;
        break;
    case State::Quote:
        belongs = isQuote(line) || (!blank && !interruptsParagraph(line));
        break;
    case State::Item:
        belongs = blank || indentOf(line) >= m_contentIndent
                || (!m_blankBefore && listMarker(line).type.isNull() && !interruptsParagraph(line));
        break;
    }
    if (belongs) {
        append(line, cut);
        m_blankBefore = blank;
    } else {
        const bool wasItem = m_state == State::Item;
        const QChar type = m_listType;
        const int ordinal = m_ordinal;
        const bool afterBlank = m_blankBefore;
        close(pieces);
        if (!blank)
            open(line, pieces);
        if (!m_footnote.isEmpty())
            line = footnote(line).text;
        if (wasItem && m_state == State::Item && m_listType == type) {
            m_nextItem = true;
            m_loose = afterBlank;
            if (ordinal >= 0)
                m_ordinal = ordinal + 1;
        }
        m_blankBefore = false; // a blank line above an item is none in it
        if (m_state != State::None)
            append(line, cut);
    }

    if (m_state == State::Paragraph && m_block.size() >= paragraphLimit) {
        close(pieces);
    } else if (m_block.size() >= containerLimit) {
        const State state = m_state;
        const QString head = m_tableHead;
        const int indent = m_contentIndent;
        const QChar type = m_listType;
        const int ordinal = m_ordinal;
        close(pieces);
        if (state == State::Table) {
            m_state = state;
            m_block = m_tableHead = head;
            m_bodyOnly = true;
        } else if (state == State::Item) {
            m_state = state;
            m_contentIndent = indent;
            m_listType = type;
            m_ordinal = ordinal;
            m_stripped = true;
        }
    }
}

void BlockSplitter::open(QStringView line, QList<Piece> &pieces)
{
    using namespace lines;

    m_state = State::Paragraph;
    if (indentOf(line) >= 4) {
        m_state = State::Indented;
    } else if (const Fence opened = fence(line); !opened.character.isNull()) {
        m_fenceCharacter = opened.character;
        m_fenceLength = opened.length;
        m_fenceIndent = opened.indent;
        Piece piece;
        piece.type = Piece::Type::CodeBegin;
        piece.text = opened.info.toString();
        pieces.append(piece);
        m_state = State::Fence;
    } else if (isHeading(line) || isRule(line)) {
        append(line, false);
        close(pieces);
    } else if (isQuote(line)) {
        m_state = State::Quote;
    } else if (const Footnote note = footnote(line); !note.label.isNull()) {
        m_state = State::Item;
        m_listType = u'^';
        m_contentIndent = 4;
        m_stripped = true;
        m_footnote = note.label.toString();
    } else if (const ListMarker marker = listMarker(line); !marker.type.isNull()) {
        m_state = State::Item;
        m_listType = marker.type;
        m_contentIndent = marker.contentIndent;
        m_ordinal = marker.number;
    }
}

void BlockSplitter::append(QStringView line, bool cut)
{
    if (m_state == State::Fence)
        return;
    m_oneLine = m_state == State::Paragraph && m_block.isEmpty();
    if (m_stripped)
        line = lines::unindented(line, m_contentIndent);
    m_block += line;
    if (!cut)
        m_block += u'\n';
}

Piece BlockSplitter::block() const
{
    Piece piece;
    piece.text = m_block;
    while (piece.text.endsWith(u'\n') || (m_state == State::Item && piece.text.endsWith(u' ')))
        piece.text.chop(1);
    piece.continued = m_continued;
    piece.bodyOnly = m_bodyOnly;
    if (m_state == State::Item && !m_stripped) {
        piece.ordinal = m_ordinal;
        piece.nextItem = m_nextItem;
        piece.loose = m_loose;
    } else if (!m_footnote.isEmpty()) {
        piece.footnote = m_footnote;
        piece.nextItem = m_nextItem;
        piece.loose = m_loose;
    }
    return piece;
}

void BlockSplitter::close(QList<Piece> &pieces)
{
    if (m_state == State::Fence) {
        Piece piece;
        piece.type = Piece::Type::CodeEnd;
        pieces.append(piece);
    } else if (m_state != State::None && !(m_bodyOnly && m_block == m_tableHead)) {
        if (const Piece piece = block(); !lines::isBlank(piece.text))
            pieces.append(piece);
    }
    m_state = State::None;
    m_block.clear();
    m_tableHead.clear();
    m_footnote.clear();
    m_oneLine = m_continued = m_bodyOnly = m_nextItem = m_loose = m_stripped = false;
    m_ordinal = -1;
    m_listType = {};
}

} // namespace markdown
