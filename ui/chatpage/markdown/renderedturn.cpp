#include "ui/chatpage/markdown/renderedturn.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr qsizetype unresolvedLimit = 500;

// Whether the character may be the first half of a line end or of a surrogate pair.
bool isHalf(QChar c)
{
    return c == u'\r' || c.isHighSurrogate();
}

// Whether any label in the text has a definition by now.
bool names(const QString &source, const Definitions &definitions)
{
    static const QRegularExpression labels(u"\\[([^\\[\\]]{1,200})\\]"_s);
    for (auto match = labels.globalMatch(source); match.hasNext();) {
        if (definitions.contains(match.next().captured(1).simplified().toCaseFolded()))
            return true;
    }
    return false;
}

} // namespace

RenderedTurn::RenderedTurn(TurnKind kind, qlonglong serial, const QString &header)
    : m_kind(kind), m_serial(serial), m_header(header)
{
    reset();
}

RenderedBlock RenderedTurn::headerBlock(const QString &header, bool folded) const
{
    RenderedBlock block;
    block.kind = Kind::Fold;
    block.first = true;
    if (m_kind == TurnKind::Image || m_kind == TurnKind::SentImage) {
        block.kind = Kind::Image;
        block.group = imageGroup();
        block.append(cleaned(header), 0);
        return block;
    }
    if (m_kind == TurnKind::Thought)
        block.append((folded ? u"▸ "_s : u"▾ "_s) + cleaned(header), Quiet,
                     u"desk:fold-"_s + QString::number(m_serial));
    else
        block.append(cleaned(header), Strong);
    return block;
}

void RenderedTurn::restart(const QString &source)
{
    m_source = source;
    m_taken = 0;
    m_splitter = {};
    m_plainLine.clear();
    m_plainContinued = false;
    m_completed = false;
    m_definitions.clear();
    m_unresolved.clear();
    m_pieces = 0;
    m_codeGroup = 0;
    m_restStale = true;
    reset();
}

// Sets the paragraphs to what they are before there is any text.
void RenderedTurn::reset()
{
    m_tail.clear();
    m_done = 1;
    if (!m_header.isEmpty())
        return;
    m_done = 0;
    m_tail.append(RenderedBlock());
    m_tail.last().kind = Kind::Empty;
    m_tail.last().first = true;
}

bool RenderedTurn::hasText() const
{
    const qsizetype left = m_source.size() - m_taken;
    return left > 1 || (left == 1 && (m_finished || !isHalf(m_source.back())));
}

// Takes the next characters, and returns them with every line end as "\n". What may be the first half of a line end or
// of a surrogate pair waits for the second half.
QString RenderedTurn::take(qsizetype characters)
{
    qsizetype end = qMin(m_source.size(), m_taken + characters);
    if (end < m_source.size() || !m_finished) {
        if (end > m_taken && isHalf(m_source[end - 1]))
            --end;
        if (end == m_taken && end + 2 <= m_source.size())
            end += 2;
    }
    QString text = m_source.sliced(m_taken, end - m_taken);
    m_taken = end;
    if (text.contains(u'\r')) {
        text.replace("\r\n"_L1, "\n"_L1);
        text.replace(u'\r', u'\n');
    }
    return text;
}

RenderedTurn::Step RenderedTurn::advance(qsizetype characters, bool rest)
{
    Step step;
    const QString text = take(characters);
    const bool complete = m_finished && !hasText();
    const bool waits = hasText();

    if (m_kind == TurnKind::Question) {
        renderPlain(text, complete && !m_completed, step.blocks);
        step.finished = step.blocks.size();
        if (rest && !waits && !complete && !m_plainLine.isEmpty())
            step.blocks.append(plainLine(m_plainLine));
    } else {
        QList<Piece> pieces;
        m_splitter.feed(text, pieces);
        if (complete)
            m_splitter.finish(pieces);
        for (const Piece &piece : std::as_const(pieces))
            render(piece, step.blocks, true);
        step.finished = step.blocks.size();
        if (rest && !waits && !complete) {
            const auto pieceNumber = m_pieces;
            const auto codeGroup = m_codeGroup;
            for (const Piece &piece : m_splitter.rest())
                render(piece, step.blocks, false);
            m_pieces = pieceNumber;
            m_codeGroup = codeGroup;
        }
    }
    if (!waits && rest && !m_actions.isEmpty()) {
        RenderedBlock block;
        block.kind = Kind::Fold;
        if (m_kind == TurnKind::Question || m_kind == TurnKind::SentImage)
            block.alignment = Qt::AlignRight;
        for (const Action &action : std::as_const(m_actions)) {
            if (!block.text.isEmpty())
                block.append(u"     "_s, 0);
            block.append(action.label, m_kind == TurnKind::Error ? 0 : int(Quiet),
                         action.id.isEmpty() ? QString()
                                             : u"desk:action-"_s + QString::number(m_serial) + u'-' + action.id);
        }
        step.blocks.append(block);
    }
    if (!waits && rest)
        m_restStale = false;
    m_completed = complete;
    if (m_done == 0) {
        if (step.blocks.isEmpty()) {
            step.blocks.append(RenderedBlock());
            step.blocks.last().kind = Kind::Empty;
        }
        step.blocks.first().first = true;
        step.blocks.first().continued = false;
    }
    m_done += step.finished;
    m_tail = step.blocks.sliced(step.finished);
    return step;
}

void RenderedTurn::render(const Piece &piece, QList<RenderedBlock> &blocks, bool final)
{
    m_charactersParsed += piece.text.size();
    switch (piece.type) {
    case Piece::Type::CodeBegin:
        ++m_pieces;
        m_codeGroup = group() | 1;
        blocks.append(codeHeader(piece.text, m_codeGroup));
        return;
    case Piece::Type::CodeLine:
        blocks.append(codeLine(piece.text, m_codeGroup));
        blocks.last().continued = piece.continued;
        return;
    case Piece::Type::CodeEnd:
        return;
    case Piece::Type::Block:
        break;
    }
    ++m_pieces;
    if (final)
        collectDefinitions(piece.text, m_definitions);
    if (final && !piece.footnote.isEmpty())
        m_definitions.insert(u'^' + piece.footnote.toCaseFolded(), QString());
    const QList<RenderedBlock> rendered = parse(piece, m_definitions, group());
    if (final && m_unresolved.size() < unresolvedLimit && piece.text.contains(u'[') && !rendered.isEmpty()) {
        m_unresolved.append({piece, m_done + blocks.size(), rendered, group()});
    }
    blocks.append(rendered);
}

RenderedBlock RenderedTurn::plainLine(const QString &line) const
{
    RenderedBlock block;
    block.kind = Kind::Plain;
    block.continued = m_plainContinued;
    block.append(cleaned(line), 0);
    return block;
}

void RenderedTurn::renderPlain(QStringView text, bool last, QList<RenderedBlock> &blocks)
{
    const auto put = [&](QStringView end, bool cut) {
        m_plainLine += end;
        blocks.append(plainLine(m_plainLine));
        m_plainLine.clear();
        m_plainContinued = cut;
    };
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        const qsizetype room = BlockSplitter::lineLimit - m_plainLine.size();
        if (end >= 0 && end <= room) {
            put(text.first(end), false);
            text = text.sliced(end + 1);
        } else if (text.size() > room) {
            const qsizetype cut = room - (room > 0 && text[room - 1].isHighSurrogate() ? 1 : 0);
            put(text.first(cut), true);
            text = text.sliced(cut);
        } else {
            m_plainLine += text;
            break;
        }
    }
    // A line end at the very end of the text does not begin another line.
    if (last && (!m_plainLine.isEmpty() || (m_done == 0 && blocks.isEmpty())))
        put({}, false);
}

QList<RenderedTurn::Repair> RenderedTurn::repairs()
{
    QList<Repair> repairs;
    if (!m_definitions.isEmpty()) {
        for (const Unresolved &one : std::as_const(m_unresolved)) {
            if (!names(one.piece.text, m_definitions))
                continue;
            QList<RenderedBlock> now = parse(one.piece, m_definitions, one.group);
            if (one.from == 0 && !now.isEmpty())
                now.first().first = true;
            QList<RenderedBlock> before = one.blocks;
            if (one.from == 0)
                before.first().first = true;
            // If the definition came before the block, there is no difference. A repair must not change the number of
            // blocks, because the blocks below are found by their numbers.
            if (now != before && now.size() == before.size())
                repairs.append({one.from, before, now});
        }
    }
    m_unresolved.clear();
    return repairs;
}

} // namespace markdown
