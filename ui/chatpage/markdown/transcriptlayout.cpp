#include "ui/chatpage/markdown/transcriptlayout.h"

#include "ui/theme.h"

#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QSignalBlocker>
#include <QTextDocument>

#include <cmath>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr int scrollBarRoom = 12;

qlonglong groupOf(const QTextBlockFormat &format)
{
    return format.property(GroupProperty).toLongLong();
}

} // namespace

TranscriptLayout::TranscriptLayout(QTextDocument *document)
    : QAbstractTextDocumentLayout(document),
      m_fonts(document->defaultFont()),
      m_liveStart(document),
      m_liveEnd(document)
{
    m_liveStart.setKeepPositionOnInsert(true);
}

bool TranscriptLayout::isMeasured(const QTextBlock &block) const
{
    return block.userState() >= 0 && block.userState() / 2 == m_generation;
}

bool TranscriptLayout::hasLines(const QTextBlock &block)
{
    return block.userState() >= 0 && block.userState() % 2 == 1;
}

void TranscriptLayout::setMeasured(QTextBlock &block, bool lines)
{
    block.setUserState(m_generation * 2 + (lines ? 1 : 0));
}

void TranscriptLayout::markUnmeasured(QTextBlock &block)
{
    m_unmeasured = qMin(m_unmeasured, block.blockNumber());
    if (isMeasured(block))
        block.setUserState(block.userState() - 2);
}

int TranscriptLayout::topOf(const QTextBlock &block) const
{
    const QTextBlockFormat format = block.blockFormat();
    if (kindOf(format) != Kind::Cell)
        return block.firstLineNumber();
    // A row's height is stored at its first cell.
    const int back = format.intProperty(ColumnProperty);
    return document()->findBlockByNumber(block.blockNumber() - back).firstLineNumber();
}

QTextBlock TranscriptLayout::blockAt(int y) const
{
    const int height = document()->lineCount();
    const QTextBlock block = document()->findBlockByLineNumber(qBound(0, y, qMax(0, height - 1)));
    return block.isValid() ? block : document()->lastBlock();
}

void TranscriptLayout::setHeight(QTextBlock &block, int height)
{
    if (block.lineCount() == height)
        return;
    m_movedFrom = qMin(m_movedFrom, block.firstLineNumber());
    block.setLineCount(height);
}

int TranscriptLayout::layOutText(QTextBlock block, const BlockPlace &place)
{
    const QTextBlockFormat format = block.blockFormat();
    QTextLayout *layout = block.layout();
    layout->setCacheEnabled(true); // the block will be painted again and again
    layout->setFormats(looksOf(block, m_fonts, m_dark ? Theme::dark() : Theme::light(), m_dark));
    m_looksSet = true;
    QTextOption option(format.alignment() | Qt::AlignAbsolute);
    option.setTextDirection(block.textDirection());
    if (block.textDirection() == Qt::RightToLeft && format.alignment() == Qt::AlignLeft)
        option.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
    option.setWrapMode(place.wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    if (kindOf(format) == Kind::CodeHeader) {
        option.setTabs({QTextOption::Tab(place.width, QTextOption::RightTab)});
    } else if (kindOf(format) == Kind::Code) {
        option.setAlignment(Qt::AlignLeft | Qt::AlignAbsolute); // code reads from left to right
        option.setTextDirection(Qt::LeftToRight);
        option.setTabStopDistance(4 * QFontMetricsF(m_fonts.code).horizontalAdvance(u' '));
    }
    layout->setTextOption(option);
    m_charactersLaidOut += block.length();

    int y = place.gap + place.padTop;
    double widest = 0;
    layout->beginLayout();
    while (true) {
        QTextLine line = layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(place.wraps ? place.width : qMax(place.width, 1 << 20));
        if (!place.wraps && kindOf(format) == Kind::CodeHeader)
            line.setLineWidth(place.width);
        const int height = qMax(place.lineHeight, int(std::ceil(line.height())));
        line.setPosition(QPointF(place.left, y + (height - line.height()) / 2));
        widest = qMax(widest, line.naturalTextWidth());
        y += height;
    }
    layout->endLayout();
    if (kindOf(format) == Kind::Code) {
        Group &group = m_groups[groupOf(format)];
        group.content = qMax(group.content, int(std::ceil(widest)));
        group.room = place.width;
    }
    return y + place.padBottom;
}

void TranscriptLayout::layOutRow(QTextBlock cell)
{
    const QTextBlockFormat format = cell.blockFormat();
    const qlonglong id = groupOf(format);
    Group &group = m_groups[id];
    // When a table is laid out for the first time, a limited number of the cells around this one is measured.
    if (group.table.isEmpty()) {
        int left = 400;
        const auto measure = [&](QTextBlock block, bool back) {
            while (--left > 0 && block.isValid() && kindOf(block.blockFormat()) == Kind::Cell
                   && groupOf(block.blockFormat()) == id) {
                group.table.measure(block, m_fonts);
                block = back ? block.previous() : block.next();
            }
        };
        measure(cell, true);
        measure(cell, false);
    }
    QTextBlock first = document()->findBlockByNumber(cell.blockNumber() - format.intProperty(ColumnProperty));
    const int row = format.intProperty(RowProperty);
    const auto inRow = [&](const QTextBlock &block) {
        const QTextBlockFormat f = block.blockFormat();
        return block.isValid() && kindOf(f) == Kind::Cell && groupOf(f) == id && f.intProperty(RowProperty) == row;
    };
    bool grew = false;
    for (QTextBlock block = first; inRow(block); block = block.next())
        grew = group.table.measure(block, m_fonts) || grew;
    if (grew) { // the other rows of the table have to be laid out anew
        const auto mark = [&](QTextBlock block, bool back) {
            while (block.isValid() && kindOf(block.blockFormat()) == Kind::Cell && groupOf(block.blockFormat()) == id) {
                markUnmeasured(block);
                block = back ? block.previous() : block.next();
            }
        };
        mark(first.previous(), true);
        mark(first, false);
        m_tableGrew = true;
    }
    int height = 0;
    BlockPlace place;
    QTextBlock last = first;
    for (QTextBlock block = first; inRow(block); block = block.next()) {
        place = placeOf(block);
        height = qMax(height, layOutText(block, place));
        last = block;
    }
    const QList<int> widths = group.table.fitted(place.cardWidth + 2 * TableWidths::padding);
    group.content = std::accumulate(widths.cbegin(), widths.cend(), -2 * TableWidths::padding);
    group.room = place.cardWidth;
    if (group.content > group.room && endsGroup(last))
        height += scrollBarRoom;
    for (QTextBlock block = first; inRow(block); block = block.next()) {
        setHeight(block, block == first ? height : 0);
        setMeasured(block, true);
    }
}

void TranscriptLayout::layOut(QTextBlock block)
{
    if (isMeasured(block) && hasLines(block))
        return;
    const Kind kind = kindOf(block.blockFormat());
    if (kind == Kind::Cell) {
        layOutRow(block);
        return;
    }
    const BlockPlace place = placeOf(block);
    int height = layOutText(block, place);
    if (kind == Kind::Empty)
        height = qMax(0, block.lineCount()); // keeps the height that was reserved for a turn whose text waits
    else if (kind == Kind::Rule)
        height = place.gap + 17;
    else if (kind == Kind::Image)
        height = place.gap + imageSize(block.blockFormat(), place.width).height();
    setHeight(block, height);
    setMeasured(block, true);
}

void TranscriptLayout::release(QTextBlock block)
{
    if (!hasLines(block)) // a call of block.layout() would create the layout
        return;
    block.setUserState(block.userState() - 1);
    QTextLayout *layout = block.layout();
    layout->setCacheEnabled(false);
    layout->clearLayout();
    layout->setFormats({});
    m_looksSet = true;
}

// QTextLayout::setFormats() records a change of the document. The next edit would announce that change together with
// its own to this layout, to the view and to screen readers. To avoid this, an empty edit announces it here, while the
// document's signals are blocked and this layout ignores changes.
void TranscriptLayout::flushLooks()
{
    if (!std::exchange(m_looksSet, false))
        return;
    m_flushing = true;
    {
        const QSignalBlocker silent(document());
        QTextCursor cursor(document());
        cursor.beginEditBlock();
        cursor.endEditBlock();
    }
    m_flushing = false;
}

void TranscriptLayout::ensure(int top, int bottom)
{
    if (m_width <= 0)
        return;
    QTextBlock first = blockAt(top);
    if (kindOf(first.blockFormat()) == Kind::Cell) // begin with the first cell of the row
        first = document()->findBlockByNumber(first.blockNumber() - first.blockFormat().intProperty(ColumnProperty));
    QTextBlock last = first;
    int passes = 3; // when a table's columns grow, the rows above have to be laid out again
    do {
        m_tableGrew = false;
        int y = topOf(first);
        for (QTextBlock block = first; block.isValid() && y <= bottom; block = block.next()) {
            layOut(block);
            y += block.lineCount();
            last = block;
        }
    } while (m_tableGrew && --passes > 0);
    const int from = first.position();
    const int to = last.position() + last.length() - 1;
    const auto releaseUnlessIn = [&](QTextBlock old, int end) {
        for (; old.isValid() && old.position() <= end; old = old.next()) {
            if (old.position() < from || old.position() > to)
                release(old);
        }
    };
    releaseUnlessIn(m_liveStart.block(), m_liveEnd.position());
    m_liveStart.setPosition(from);
    m_liveEnd.setPosition(to);
    flushLooks();
    announceSize();
}

bool TranscriptLayout::measureSome(std::chrono::microseconds budget)
{
    if (m_width <= 0)
        return false;
    QElapsedTimer timer;
    timer.start();
    QTextBlock block = document()->findBlockByNumber(m_unmeasured);
    const int liveFrom = m_liveStart.block().position();
    const int liveTo = m_liveEnd.position();
    for (; block.isValid(); block = block.next()) {
        if (timer.nsecsElapsed() > std::chrono::nanoseconds(budget).count())
            break;
        if (!isMeasured(block)) {
            layOut(block);
            if (block.position() < liveFrom || block.position() > liveTo) {
                if (kindOf(block.blockFormat()) != Kind::Cell || block.next().isValid())
                    release(block);
            }
        }
        m_unmeasured = block.blockNumber() + 1;
    }
    flushLooks();
    announceSize();
    return block.isValid();
}

void TranscriptLayout::reserve(QTextBlock block, int height)
{
    setHeight(block, height);
    announceSize();
}

void TranscriptLayout::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    recolor(m_liveStart.block().blockNumber(), m_liveEnd.block().blockNumber());
}

void TranscriptLayout::refresh()
{
    m_fonts = Fonts(document()->defaultFont());
    ++m_generation;
    m_unmeasured = 0;
    for (Group &group : m_groups)
        group.table = {};
    announceSize();
    emit update();
}

void TranscriptLayout::recolor(int firstBlock, int lastBlock)
{
    const int from = m_liveStart.block().blockNumber();
    const int to = m_liveEnd.block().blockNumber();
    QTextBlock block = document()->findBlockByNumber(qMax(firstBlock, from));
    for (; block.isValid() && block.blockNumber() <= qMin(lastBlock, to); block = block.next()) {
        if (!hasLines(block))
            continue;
        block.layout()->clearLayout(); // because Qt applies formats only when it makes the lines
        block.setUserState(block.userState() - 1);
        layOut(block);
    }
    flushLooks();
    emit update();
}

void TranscriptLayout::documentChanged(int from, int charsRemoved, int charsAdded)
{
    if (m_flushing)
        return;
    // Qt reports a change of the page's size as a change of the whole document. Even then a block is laid out only when
    // it is needed.
    const int width = int(document()->pageSize().width());
    if (width != m_width) {
        m_width = width;
        ++m_generation;
        m_unmeasured = 0;
        if (charsRemoved == 0 && from == 0) {
            announceSize();
            return;
        }
    }
    Q_UNUSED(charsRemoved)
    QTextBlock block = document()->findBlock(from);
    m_unmeasured = qMin(m_unmeasured, qMax(0, block.blockNumber()));
    const int top = block.isValid() ? topOf(block) : 0;
    const int end = from + charsAdded;
    // The block below is included, too, because its gap depends on the block above it.
    for (bool below = false; block.isValid() && !below; block = block.next()) {
        below = block.position() > end;
        if (hasLines(block))
            block.layout()->clearLayout();
        block.setUserState(-1);
        const int height = guess(block);
        setHeight(block, height);
    }
    m_movedFrom = qMin(m_movedFrom, top);
    announceSize();
}

void TranscriptLayout::announceSize()
{
    // Everything below this height has moved. The area below the new end is painted, too, because the old text may have
    // been longer.
    if (const int top = std::exchange(m_movedFrom, nothingMoved); top != nothingMoved)
        emit update(QRectF(0, top, m_width, nothingMoved - top));
    const QSizeF size = documentSize();
    if (size == m_announced)
        return;
    m_announced = size;
    emit documentSizeChanged(size);
}

QSizeF TranscriptLayout::documentSize() const
{
    return QSizeF(m_width, document()->lineCount() + margin);
}

QRectF TranscriptLayout::frameBoundingRect(QTextFrame *) const
{
    return QRectF(QPointF(0, 0), documentSize());
}

QRectF TranscriptLayout::blockBoundingRect(const QTextBlock &block) const
{
    if (!block.isValid() || m_width <= 0)
        return {};
    // Text cursors and screen readers call this, and they need the lines of the block as well.
    auto *self = const_cast<TranscriptLayout *>(this);
    self->layOut(block);
    self->flushLooks();
    const QTextBlockFormat format = block.blockFormat();
    int height = block.lineCount();
    if (kindOf(format) == Kind::Cell)
        height = document()->findBlockByNumber(block.blockNumber() - format.intProperty(ColumnProperty)).lineCount();
    return QRectF(-scrollOf(block), topOf(block), m_width, height);
}

int TranscriptLayout::hitTest(const QPointF &point, Qt::HitTestAccuracy accuracy) const
{
    QTextBlock block = blockAt(int(std::floor(point.y())));
    auto *self = const_cast<TranscriptLayout *>(this);
    self->layOut(block);
    qreal x = point.x();
    if (kindOf(block.blockFormat()) == Kind::Cell) {
        x += scrollOf(block);
        const int row = block.blockFormat().intProperty(RowProperty);
        block = document()->findBlockByNumber(block.blockNumber() - block.blockFormat().intProperty(ColumnProperty));
        for (QTextBlock next = block.next(); next.isValid(); next = next.next()) {
            const QTextBlockFormat format = next.blockFormat();
            if (kindOf(format) != Kind::Cell || format.intProperty(RowProperty) != row
                || x < placeOf(next).left - TableWidths::padding)
                break;
            block = next;
        }
    } else {
        x += scrollOf(block);
    }
    self->flushLooks();
    const QTextLayout *layout = block.layout();
    const qreal y = point.y() - topOf(block);
    if (!hasLines(block) || layout->lineCount() == 0)
        return accuracy == Qt::ExactHit ? -1 : block.position();
    int at = 0;
    while (at + 1 < layout->lineCount() && y >= layout->lineAt(at + 1).y())
        ++at;
    const QTextLine line = layout->lineAt(at);
    if (accuracy == Qt::ExactHit && !line.naturalTextRect().adjusted(0, -4, 0, 4).contains(x, y))
        return -1;
    return block.position()
            + line.xToCursor(
                    x, accuracy == Qt::ExactHit ? QTextLine::CursorOnCharacter : QTextLine::CursorBetweenCharacters);
}

qlonglong TranscriptLayout::groupAt(const QPointF &point) const
{
    const QTextBlock block = blockAt(int(std::floor(point.y())));
    const qlonglong group = groupOf(block.blockFormat());
    if (group == 0 || scrollRange(group) == 0 || point.y() > document()->lineCount())
        return 0;
    const BlockPlace place = placeOf(block);
    return point.x() >= place.cardLeft && point.x() < place.cardLeft + place.cardWidth ? group : 0;
}

bool TranscriptLayout::endsGroup(const QTextBlock &block) const
{
    const QTextBlockFormat format = block.blockFormat();
    QTextBlock next = block.next();
    while (next.isValid() && kindOf(next.blockFormat()) == Kind::Cell
           && next.blockFormat().intProperty(ColumnProperty) > 0)
        next = next.next();
    return !next.isValid() || kindOf(next.blockFormat()) != kindOf(format)
            || groupOf(next.blockFormat()) != groupOf(format);
}

qlonglong TranscriptLayout::scrollBarAt(const QPointF &point) const
{
    const qlonglong group = groupAt(point);
    const QTextBlock block = blockAt(int(std::floor(point.y())));
    if (group == 0 || !endsGroup(block))
        return 0;
    return point.y() >= topOf(block) + block.lineCount() - scrollBarRoom ? group : 0;
}

int TranscriptLayout::scrollRange(qlonglong group) const
{
    const auto found = m_groups.constFind(group);
    return found == m_groups.cend() ? 0 : qMax(0, found->content - found->room);
}

int TranscriptLayout::scrollOf(qlonglong group) const
{
    const auto found = m_groups.constFind(group);
    return found == m_groups.cend() ? 0 : qMin(found->scroll, scrollRange(group));
}

int TranscriptLayout::scrollOf(const QTextBlock &block) const
{
    const QTextBlockFormat format = block.blockFormat();
    return kindOf(format) == Kind::CodeHeader ? 0 : scrollOf(groupOf(format));
}

void TranscriptLayout::setScroll(qlonglong group, int x)
{
    const auto found = m_groups.find(group);
    if (found == m_groups.end())
        return;
    found->scroll = qBound(0, x, scrollRange(group));
    emit update();
}

} // namespace markdown
