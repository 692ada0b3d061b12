#include "ui/chatpage/markdown/transcript.h"

#include "ui/chatpage/markdown/transcriptlayout.h"

#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace markdown {

namespace {

constexpr qsizetype slice = 2048; // how many characters are taken at once
constexpr int everything = 1 << 30;

std::chrono::nanoseconds elapsed(const QElapsedTimer &timer)
{
    return std::chrono::nanoseconds(timer.nsecsElapsed());
}

// Returns how many characters at the beginning of two versions of a paragraph are the same, including style and link.
qsizetype commonPrefix(const RenderedBlock &a, const RenderedBlock &b)
{
    qsizetype same = 0;
    const qsizetype limit = qMin(a.text.size(), b.text.size());
    qsizetype ia = 0, ib = 0, left = limit;
    qsizetype ra = a.runs.isEmpty() ? 0 : a.runs[0].length;
    qsizetype rb = b.runs.isEmpty() ? 0 : b.runs[0].length;
    while (left > 0) {
        if (a.runs[ia].style != b.runs[ib].style || a.runs[ia].href != b.runs[ib].href)
            break;
        const qsizetype step = qMin(left, qMin(ra, rb));
        const auto [end, other] =
                std::mismatch(a.text.cbegin() + same, a.text.cbegin() + same + step, b.text.cbegin() + same);
        const qsizetype equal = end - (a.text.cbegin() + same);
        same += equal;
        left -= step;
        if (equal < step)
            break;
        if ((ra -= step) == 0 && ++ia < a.runs.size())
            ra = a.runs[ia].length;
        if ((rb -= step) == 0 && ++ib < b.runs.size())
            rb = b.runs[ib].length;
    }
    return same;
}

} // namespace

Transcript::Transcript(QTextDocument &document, CodeHighlighter *highlighter, QObject *parent)
    : QObject(parent), m_document(document), m_highlighter(highlighter)
{
    if (highlighter)
        connect(highlighter, &CodeHighlighter::highlighted, this, &Transcript::takeColors);
}

int Transcript::firstNumberOf(int turn) const
{
    return int(m_sizes.before(turn));
}

// Tells m_sizes that a turn's number of paragraphs may have changed.
void Transcript::noteSize(int turn)
{
    m_sizes.add(turn, m_turns[turn].turn.size() - (m_sizes.before(turn + 1) - m_sizes.before(turn)));
}

int Transcript::addTurn(TurnKind kind, const QString &header)
{
    const int number = firstNumberOf(count());
    Entry entry(RenderedTurn(kind, ++m_serial, header));
    const RenderedBlock first = header.isEmpty() ? entry.turn.tail().first() : entry.turn.headerBlock(header, false);
    m_turns.append(entry);
    m_sizes.append(entry.turn.size());
    emit aboutToEdit();
    if (number == 0) { // even an empty document has one paragraph, which becomes the turn's first
        RenderedBlock nothing;
        nothing.kind = Kind::Empty;
        splice(0, {nothing}, {first}, kind);
    } else {
        splice(number, {}, {first}, kind);
    }
    emit edited();
    return count() - 1;
}

void Transcript::append(int turn, const QString &delta)
{
    if (m_turns[turn].turn.isFinished())
        return;
    m_turns[turn].turn.append(delta);
    emit changed();
}

// The text is put in only when it comes into view or there is idle time. Until then only its room is reserved.
void Transcript::setText(int turn, const QString &text)
{
    const int first = firstNumberOf(turn);
    const int size = int(m_turns[turn].turn.size());
    RenderedTurn &shown = m_turns[turn].turn;
    const bool header = !shown.header().isEmpty();
    emit aboutToEdit();
    if (size > 1)
        removeBlocks(first + 1, size - 1);
    m_turns[turn].job = 0;
    shown.restart(text);
    noteSize(turn);
    m_turns[turn].repaired = false;
    if (!header) {
        RenderedBlock other; // it differs from any block that may be there now, so that all of that is replaced
        other.kind = Kind::Rule;
        other.text = m_document.findBlockByNumber(first).text();
        if (!other.text.isEmpty())
            other.runs.append({other.text.size(), -1, {}});
        splice(first, {other}, shown.tail(), shown.kind());
    }
    guessHeight(turn);
    emit edited();
    emit changed();
}

void Transcript::guessHeight(int turn)
{
    QTextBlock block = m_document.findBlockByNumber(firstNumberOf(turn));
    if (m_turns[turn].turn.source().isEmpty() || kindOf(block.blockFormat()) != Kind::Empty)
        return;
    auto *layout = qobject_cast<TranscriptLayout *>(m_document.documentLayout());
    if (!layout)
        return;
    const int lineHeight = layout->fonts().lineHeight(Kind::Paragraph, 0, TurnKind::Answer);
    const qsizetype lines = 1 + m_turns[turn].turn.source().size() / 70;
    layout->reserve(block, int(qMin<qsizetype>(lines * lineHeight, 1 << 24)));
}

void Transcript::setHeader(int turn, const QString &header)
{
    Entry &entry = m_turns[turn];
    if (entry.turn.header().isEmpty() || header.isEmpty() || entry.turn.header() == header)
        return;
    emit aboutToEdit();
    splice(firstNumberOf(turn), {entry.turn.headerBlock(entry.turn.header(), entry.folded)},
           {entry.turn.headerBlock(header, entry.folded)}, entry.turn.kind());
    entry.turn.setHeader(header);
    emit edited();
}

void Transcript::setActions(int turn, const QList<Action> &actions)
{
    if (m_turns[turn].turn.actions() == actions)
        return;
    m_turns[turn].turn.setActions(actions);
    emit changed();
}

void Transcript::finish(int turn)
{
    if (m_turns[turn].turn.isFinished())
        return;
    m_turns[turn].turn.finish();
    emit changed();
}

void Transcript::setFolded(int turn, bool folded)
{
    Entry &entry = m_turns[turn];
    if (entry.folded == folded || entry.turn.header().isEmpty())
        return;
    emit aboutToEdit();
    const int first = firstNumberOf(turn);
    splice(first, {entry.turn.headerBlock(entry.turn.header(), entry.folded)},
           {entry.turn.headerBlock(entry.turn.header(), folded)}, entry.turn.kind());
    if (folded) {
        // Folded text is removed from the document; when it is unfolded, it is put in again.
        if (entry.turn.size() > 1)
            removeBlocks(first + 1, int(entry.turn.size()) - 1);
        entry.job = 0;
        entry.turn.restart(QString(entry.turn.source()));
        noteSize(turn);
        entry.repaired = false;
    }
    entry.folded = folded;
    emit edited();
    emit changed();
}

void Transcript::removeFrom(int turn)
{
    emit aboutToRemove();
    if (turn >= count())
        return;
    emit aboutToEdit();
    const int first = firstNumberOf(turn);
    dropJobs(m_document.findBlockByNumber(first).position(), m_document.characterCount());
    if (auto *layout = qobject_cast<TranscriptLayout *>(m_document.documentLayout())) {
        for (int i = turn; i < count(); ++i)
            layout->removePicture(m_turns[i].turn.imageGroup());
    }
    m_turns.erase(m_turns.begin() + turn, m_turns.end());
    m_sizes.truncate(turn);
    if (first > 0) {
        removeBlocks(first, m_document.blockCount() - first);
    } else {
        QTextCursor cursor(&m_document);
        cursor.select(QTextCursor::Document);
        cursor.removeSelectedText();
        cursor.setBlockFormat({});
    }
    emit edited();
}

void Transcript::removeBlocks(int first, int count)
{
    const QTextBlock above = m_document.findBlockByNumber(first - 1);
    const QTextBlock last = m_document.findBlockByNumber(first + count - 1);
    dropJobs(above.position(), last.position());
    QTextCursor cursor(&m_document);
    cursor.setPosition(above.position() + above.length() - 1);
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
    const QTextBlockFormat format = above.blockFormat();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    cursor.setBlockFormat(format); // if the paragraph above is empty, Qt gave it the format of a removed one
    cursor.endEditBlock();
}

// Replaces the paragraphs from number `first` on, which are those in `before`, by those in `after`. Nothing before the
// first difference is touched, so that a selection there stays as it is.
void Transcript::splice(int first, const QList<RenderedBlock> &before, const QList<RenderedBlock> &after, TurnKind kind)
{
    qsizetype same = 0;
    while (same < before.size() && same < after.size() && before[same] == after[same])
        ++same;
    if (same == before.size() && same == after.size())
        return;

    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    const int number = first + int(same);
    qsizetype next = same; // the first block in `after` that is inserted whole
    if (same < before.size() && same < after.size()) {
        const RenderedBlock &old = before[same];
        const RenderedBlock &now = after[same];
        const qsizetype prefix = commonPrefix(old, now);
        const QTextBlock block = m_document.findBlockByNumber(number);
        const QTextBlock last = m_document.findBlockByNumber(first + int(before.size()) - 1);
        cursor.setPosition(block.position() + int(prefix));
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
        if (cursor.hasSelection())
            cursor.removeSelectedText();
        qsizetype at = 0;
        for (const Run &run : now.runs) {
            const qsizetype from = qMax(at, prefix);
            at += run.length;
            if (from < at)
                cursor.insertText(now.text.sliced(from, at - from), charFormat(run));
        }
        m_inserted += now.text.size() - prefix;
        const QTextBlockFormat format = blockFormat(now, int(kind));
        if (cursor.blockFormat() != format)
            cursor.setBlockFormat(format);
        ++next;
    } else {
        const QTextBlock above = m_document.findBlockByNumber(number - 1);
        cursor.setPosition(above.position() + above.length() - 1);
        if (same < before.size()) { // there are fewer paragraphs than before
            const QTextBlock last = m_document.findBlockByNumber(first + int(before.size()) - 1);
            cursor.setPosition(last.position() + last.length() - 1, QTextCursor::KeepAnchor);
            const QTextBlockFormat format = above.blockFormat();
            cursor.removeSelectedText();
            cursor.setBlockFormat(format);
        }
    }
    for (; next < after.size(); ++next) {
        const RenderedBlock &block = after[next];
        cursor.insertBlock(blockFormat(block, int(kind)), QTextCharFormat());
        qsizetype at = 0;
        for (const Run &run : block.runs) {
            cursor.insertText(block.text.sliced(at, run.length), charFormat(run));
            at += run.length;
        }
        m_inserted += block.text.size() + 1;
    }
    cursor.endEditBlock();
}

bool Transcript::isDue(const Entry &entry) const
{
    if (entry.folded || !entry.turn.isStale())
        return false;
    if (entry.turn.hasText() || entry.turn.isFinished() || !entry.sinceRest.isValid())
        return true;
    // The unfinished end is rendered again and again. If that is slow, it is done less often, so that it takes at most
    // a tenth of the time.
    return elapsed(entry.sinceRest) >= 9 * entry.restCost;
}

bool Transcript::workOn(int turn, const QElapsedTimer &timer, std::chrono::microseconds budget, bool all)
{
    const auto inTime = [&] { return elapsed(timer) < budget; };
    Entry &entry = m_turns[turn];
    bool edited = false;
    do {
        const QList<RenderedBlock> before = entry.turn.tail();
        const qsizetype done = entry.turn.done();
        const qsizetype left = entry.turn.source().size();
        const bool rest = all || entry.turn.isFinished() || !entry.sinceRest.isValid()
                || elapsed(entry.sinceRest) >= 9 * entry.restCost;
        const auto started = elapsed(timer);
        const RenderedTurn::Step step = entry.turn.advance(all ? left : slice, rest);
        noteSize(turn);
        const int first = firstNumberOf(turn) + int(done);
        splice(first, before, step.blocks, entry.turn.kind());
        highlight(entry, first, step.blocks.first(step.finished));
        highlightTail(entry, first + int(step.finished));
        edited = true;
        if (rest && !entry.turn.hasText()) {
            entry.restCost = elapsed(timer) - started;
            entry.sinceRest.start();
        }
        if (!rest && !entry.turn.hasText())
            break;
    } while (isDue(entry) && (all || inTime()));

    if (entry.turn.isFinished() && !entry.turn.isStale() && !entry.repaired) {
        entry.repaired = true;
        const int first = firstNumberOf(turn);
        for (const RenderedTurn::Repair &repair : entry.turn.repairs())
            splice(first + int(repair.from), repair.before, repair.after, entry.turn.kind());
    }
    return edited;
}

std::chrono::milliseconds Transcript::work(std::chrono::microseconds budget, int firstTurn, int lastTurn)
{
    QElapsedTimer timer;
    timer.start();
    bool editing = false;
    const auto tryTurn = [&](int turn) {
        if (!isDue(m_turns[turn]))
            return true;
        if (!std::exchange(editing, true))
            emit aboutToEdit();
        workOn(turn, timer, budget, false);
        return elapsed(timer) < budget;
    };
    bool time = true;
    for (int turn = qMax(0, firstTurn); time && turn <= qMin(lastTurn, count() - 1); ++turn)
        time = tryTurn(turn);
    for (int turn = count() - 1; time && turn >= 0; --turn)
        time = tryTurn(turn);
    if (editing)
        emit edited();

    auto next = -1ms;
    for (const Entry &entry : std::as_const(m_turns)) {
        if (isDue(entry))
            return 0ms;
        if (!entry.folded && entry.turn.isStale()) {
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(9 * entry.restCost);
            next = next < 0ms ? wait : qMin(next, wait);
        }
    }
    return next;
}

void Transcript::workAll()
{
    QElapsedTimer timer;
    timer.start();
    emit aboutToEdit();
    for (int turn = 0; turn < count(); ++turn) {
        if (!m_turns[turn].folded && m_turns[turn].turn.isStale())
            workOn(turn, timer, std::chrono::microseconds(everything), true);
    }
    emit edited();
}

bool Transcript::isIdle() const
{
    return std::none_of(m_turns.cbegin(), m_turns.cend(),
                        [](const Entry &entry) { return !entry.folded && entry.turn.isStale(); });
}

int Transcript::turnOf(const QTextBlock &block) const
{
    if (!block.isValid())
        return -1;
    const auto turn = int(m_sizes.indexOf(block.blockNumber()));
    return turn < count() ? turn : -1;
}

QTextBlock Transcript::firstBlockOf(int turn) const
{
    return m_document.findBlockByNumber(firstNumberOf(turn));
}

int Transcript::turnOf(qlonglong serial) const
{
    // The serial numbers rise from turn to turn.
    const auto found =
            std::lower_bound(m_turns.cbegin(), m_turns.cend(), serial,
                             [](const Entry &entry, qlonglong wanted) { return entry.turn.serial() < wanted; });
    return found != m_turns.cend() && found->turn.serial() == serial ? int(found - m_turns.cbegin()) : -1;
}

QString Transcript::codeOf(qlonglong group) const
{
    const int turn = turnOf(group >> 40);
    QString code;
    if (turn < 0)
        return code;
    QTextBlock block = firstBlockOf(turn);
    for (qsizetype left = m_turns[turn].turn.size(); left > 0; --left, block = block.next()) {
        const QTextBlockFormat format = block.blockFormat();
        if (kindOf(format) != Kind::Code || format.property(GroupProperty).toLongLong() != group)
            continue;
        if (format.boolProperty(ContinuedProperty))
            code.chop(1);
        code += block.text() + u'\n';
    }
    return code;
}

qint64 Transcript::charactersParsed() const
{
    qint64 sum = 0;
    for (const Entry &entry : m_turns)
        sum += entry.turn.charactersParsed();
    return sum;
}

} // namespace markdown
