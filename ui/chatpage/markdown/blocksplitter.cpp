#include "ui/chatpage/markdown/blocksplitter.h"

#include "ui/chatpage/markdown/lines.h"

namespace markdown {

namespace {

// Where a line that is too long is cut: behind a space near the limit, and never inside of a pair.
qsizetype cutOf(QStringView line, qsizetype limit)
{
    for (qsizetype at = limit; at > limit - 256; --at) {
        if (line[at - 1] == u' ')
            return at;
    }
    return line[limit - 1].isHighSurrogate() ? limit - 1 : limit;
}

// A last line without an end that may still become very different things.
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
        // Never more than the limit in one go: how the text arrives must make no difference.
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
    if (!m_lineContinued) {
        if (m_state == State::Fence) {
            bool mayClose = true;
            for (const QChar c : QStringView(m_line).trimmed())
                mayClose = mayClose && c == m_fenceCharacter;
            if (mayClose)
                end.m_line.clear();
        } else if (saysTooLittle(m_line) || (m_state == State::None && m_line.startsWith(u'|'))) {
            end.m_line.clear(); // the second: a table's header, most likely
        }
        // The header waits for the line below it, which makes it one.
        if (m_state == State::Paragraph && m_oneLine && m_block.startsWith(u'|')
            && (end.m_line.isEmpty() || m_line.startsWith(u'|')))
            return {};
    }
    if (end.m_line.isEmpty()) {
        end.close(pieces);
        if (m_state == State::Fence)
            pieces.removeLast(); // it has not ended
        return pieces;
    }
    end.finish(pieces);
    if (m_state == State::Fence && !pieces.isEmpty() && pieces.last().type == Piece::Type::CodeEnd)
        pieces.removeLast();
    return pieces;
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
    if (continued) { // the rest of a line: part of whatever the line was
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
        if (m_oneLine && isTableDelimiter(line)) {
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
        if (wasItem && m_state == State::Item && m_listType == type) {
            m_nextItem = true;
            m_loose = afterBlank;
            if (ordinal >= 0)
                m_ordinal = ordinal + 1;
        }
        m_blankBefore = blank;
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
    m_oneLine = m_continued = m_bodyOnly = m_nextItem = m_loose = m_stripped = false;
    m_ordinal = -1;
    m_listType = {};
}

} // namespace markdown
