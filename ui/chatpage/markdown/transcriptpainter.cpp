#include "ui/chatpage/markdown/transcriptpainter.h"

#include "ui/theme.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTextDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace markdown {

namespace {

constexpr int radius = 12;

} // namespace

TranscriptPainter::TranscriptPainter(const TranscriptLayout &layout, QPainter &painter,
                                     const QAbstractTextDocumentLayout::PaintContext &context)
    : m_layout(layout),
      m_painter(painter),
      m_context(context),
      m_colors(layout.isDark() ? Theme::dark() : Theme::light())
{}

void TranscriptPainter::paint(const QTextBlock &block, int scroll, int scrollRange)
{
    const QTextBlockFormat format = block.blockFormat();
    const Kind kind = kindOf(format);
    const auto turn = TurnKind(format.intProperty(TurnProperty));
    m_place = m_layout.placeOf(block);
    const int top = m_layout.topOf(block);
    int height = block.lineCount();
    if (kind == Kind::Empty)
        return;
    if (kind == Kind::Cell)
        height = int(m_layout.blockBoundingRect(block).height());

    if (kind == Kind::Code || kind == Kind::CodeHeader || turn == TurnKind::Error
        || (turn == TurnKind::Question && kind == Kind::Plain)) {
        const int gap = m_place.firstOfCard ? m_place.gap : 0;
        paintCard(QRectF(m_place.cardLeft, top + gap, m_place.cardWidth, height - gap), m_place);
    }
    paintQuotes(block, top, height);
    paintMarkers(block, top);
    if (kind == Kind::Image) {
        paintImage(block, top, height);
        return;
    }
    if (kind == Kind::Rule) {
        m_painter.fillRect(m_place.left, top + m_place.gap + 8, m_place.width, 1, m_colors.hairline);
        return;
    }

    m_painter.save();
    if (kind == Kind::Code || kind == Kind::Cell) {
        m_painter.setClipRect(QRectF(m_place.cardLeft, top, m_place.cardWidth, height), Qt::IntersectClip);
        if (kind == Kind::Code && scrollRange > 0)
            m_painter.setClipRect(QRectF(m_place.left, top, m_place.width, height), Qt::IntersectClip);
    }
    if (kind == Kind::Cell && format.intProperty(ColumnProperty) == 0)
        paintTableRow(block, top, scroll);
    paintSelection(block, top, scroll);
    m_painter.setPen(m_colors.text);
    block.layout()->draw(&m_painter, QPointF(-scroll, top), {}, m_context.clip);
    m_painter.restore();

    if (scrollRange > 0)
        paintScrollBar(block, top, height, scroll, scrollRange);
}

void TranscriptPainter::paintCard(const QRectF &rect, const BlockPlace &place) const
{
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_colors.card);
    if (!place.firstOfCard && !place.lastOfCard) {
        m_painter.fillRect(rect, m_colors.card);
        return;
    }
    // Only the corners where the card begins or ends are rounded. The rectangle extends beyond the clip at the other
    // end.
    QRectF whole = rect;
    if (!place.firstOfCard)
        whole.setTop(rect.top() - 2 * radius);
    if (!place.lastOfCard)
        whole.setBottom(rect.bottom() + 2 * radius);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setClipRect(rect, Qt::IntersectClip);
    m_painter.drawRoundedRect(whole, radius, radius);
    m_painter.restore();
}

void TranscriptPainter::paintTableRow(const QTextBlock &block, int top, int scroll) const
{
    int right = m_place.left;
    const int row = block.blockFormat().intProperty(RowProperty);
    for (QTextBlock cell = block; cell.isValid(); cell = cell.next()) {
        const QTextBlockFormat format = cell.blockFormat();
        if (kindOf(format) != Kind::Cell || format.intProperty(RowProperty) != row
            || (cell != block && format.intProperty(ColumnProperty) == 0))
            break;
        const BlockPlace place = m_layout.placeOf(cell);
        right = place.left + place.width;
    }
    const int left = m_place.cardLeft - scroll;
    int y = top + (m_place.firstOfCard ? m_place.gap : 0);
    if (!m_place.firstOfCard)
        m_painter.fillRect(left, y, right - scroll - left, 1, m_colors.hairline);
}

void TranscriptPainter::paintImage(const QTextBlock &block, int top, int height) const
{
    const QRectF rect(m_place.left, top + m_place.gap, m_place.width, height - m_place.gap);
    QPainterPath corners;
    corners.addRoundedRect(rect, 8, 8);
    m_painter.save();
    m_painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    m_painter.setClipPath(corners, Qt::IntersectClip);
    const Picture picture = m_layout.picture(block.blockFormat());
    if (picture.image.isNull()) {
        m_painter.fillRect(rect, m_colors.card);
        m_painter.setFont(m_layout.fonts().small);
        m_painter.setPen(m_colors.secondary);
        m_painter.drawText(rect.adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap, picture.words);
    } else {
        m_painter.drawImage(rect, picture.image);
    }
    for (const auto &selection : m_context.selections) {
        if (selection.cursor.selectionStart() >= block.position() + block.length()
            || selection.cursor.selectionEnd() <= block.position())
            continue;
        QColor color = QApplication::palette().color(QPalette::Highlight);
        color.setAlphaF(0.5F);
        m_painter.fillRect(rect, color);
    }
    m_painter.restore();
}

void TranscriptPainter::paintQuotes(const QTextBlock &block, int top, int height) const
{
    const QString containers = block.blockFormat().stringProperty(ContainersProperty);
    if (!containers.contains(u'q'))
        return;
    // If the block above is in the same quote, the bar also fills the gap between the two.
    const QString above = block.previous().blockFormat().stringProperty(ContainersProperty);
    const int column = m_layout.document()->pageSize().toSize().width();
    const int width = qMax(80, qMin(TranscriptLayout::columnWidth, column - 2 * TranscriptLayout::margin));
    const int left = qMax(0, (column - width) / 2);
    const auto alertOf = [](const QTextBlock &one) { return Alert(one.blockFormat().intProperty(AlertProperty)); };
    // Each alert has a bar of its own. An empty block has no fragment, so its iterator must not be used.
    const QTextBlock::iterator first = block.begin();
    const bool begins = alertOf(block) != alertOf(block.previous())
            || (!first.atEnd() && (first.fragment().charFormat().intProperty(StyleProperty) & Title) != 0);
    int indent = 0;
    for (qsizetype i = 0; i < containers.size() && indent < m_place.indent; ++i) {
        if (containers[i] == u'q') {
            const bool same = above.startsWith(QStringView(containers).first(i + 1))
                    && !block.blockFormat().boolProperty(FirstProperty) && !(i == 0 && begins);
            const int from = same ? top : top + m_place.gap;
            m_painter.fillRect(m_place.mirrored ? left + width - indent - 3 : left + indent, from, 3,
                               top + height - from,
                               i == 0 ? alertColor(alertOf(block), m_colors, m_layout.isDark()) : m_colors.hairline);
            indent += 20;
        } else {
            indent += 28;
        }
    }
}

void TranscriptPainter::paintMarkers(const QTextBlock &block, int top) const
{
    const QString markers = block.blockFormat().stringProperty(MarkersProperty);
    if (markers.isEmpty())
        return;
    const auto turn = TurnKind(block.blockFormat().intProperty(TurnProperty));
    const QFont &font = m_layout.fonts().of(Kind::Paragraph, 0, turn);
    const QFontMetricsF metrics(font);
    const int lineHeight = m_layout.fonts().lineHeight(Kind::Paragraph, 0, turn);
    const QStringList each = markers.split(QChar(0x1f));
    const bool code = kindOf(block.blockFormat()) == Kind::CodeHeader;
    const int left = code ? m_place.cardLeft : m_place.left;
    // Markers are painted from the text's edge outward, which is to the right of text that reads from right to left.
    const int step = m_place.mirrored ? -1 : 1;
    int edge = left;
    if (m_place.mirrored)
        edge += code ? m_place.cardWidth : m_place.width;
    for (auto marker = each.crbegin(); marker != each.crend(); ++marker, edge -= step * 28) {
        const QRectF line(m_place.mirrored ? edge + 8 : edge - 100, top + m_place.gap + m_place.padTop, 92, lineHeight);
        if (*marker == u"•") {
            m_painter.save();
            m_painter.setRenderHint(QPainter::Antialiasing);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(m_colors.secondary);
            m_painter.drawEllipse(QPointF(edge - step * 13, line.center().y() + 0.5), 2.5, 2.5);
            m_painter.restore();
        } else if (*marker == u"☐" || *marker == u"☑") {
            paintCheckBox(QRectF(m_place.mirrored ? edge + 8 : edge - 22, std::floor(line.center().y()) - 7, 14, 14),
                          *marker == u"☑");
        } else {
            m_painter.setFont(font);
            m_painter.setPen(m_colors.secondary);
            const QTextLine text = block.layout()->lineAt(0);
            const qreal baseline = code ? line.center().y() + metrics.ascent() / 2 : top + text.y() + text.ascent();
            if (m_place.mirrored) // here the dot stands on the left of the number
                m_painter.drawText(QPointF(line.left(), baseline), marker->back() + marker->chopped(1));
            else
                m_painter.drawText(QPointF(line.right() - metrics.horizontalAdvance(*marker), baseline), *marker);
        }
    }
}

void TranscriptPainter::paintCheckBox(const QRectF &rect, bool checked) const
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(checked ? QPen(Qt::NoPen) : QPen(m_colors.secondary, 1));
    m_painter.setBrush(checked ? QBrush(m_colors.secondary) : QBrush(Qt::NoBrush));
    m_painter.drawRoundedRect(checked ? rect : rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    if (checked) {
        m_painter.setPen(QPen(m_colors.window, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPolyline(QPolygonF{rect.topLeft() + QPointF(3.5, 7.2), rect.topLeft() + QPointF(6, 9.8),
                                         rect.topLeft() + QPointF(10.6, 4.6)});
    }
    m_painter.restore();
}

// QTextLayout can paint a selection, too, but it would leave stripes between lines that are as far apart as these.
void TranscriptPainter::paintSelection(const QTextBlock &block, int top, int scroll) const
{
    for (const auto &selection : m_context.selections) {
        const int from = qMax(0, selection.cursor.selectionStart() - block.position());
        const int to = qMin(block.length(), selection.cursor.selectionEnd() - block.position());
        if (from >= to)
            continue;
        // The frame around a link that has the focus comes as a selection with an outline.
        const QVariant outline = selection.format.property(QTextFormat::OutlinePen);
        const QColor color = QApplication::palette().color(QPalette::Highlight);
        const QTextLayout *layout = block.layout();
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine line = layout->lineAt(i);
            const int start = qMax(from, line.textStart());
            const int end = qMin(to, line.textStart() + line.textLength());
            if (start > end || (start == end && to <= line.textStart() + line.textLength()))
                continue;
            qreal x1 = line.cursorToX(start);
            qreal x2 = line.cursorToX(end);
            if (x1 > x2)
                std::swap(x1, x2);
            // A small extra width shows that the end of the paragraph is selected as well.
            if (to == block.length() && i + 1 == layout->lineCount() && !outline.isValid())
                x2 += 4;
            const qreal more = qMax<qreal>(0, (m_place.lineHeight - line.height()) / 2);
            const QRectF rect(x1 - scroll, top + line.y() - more, x2 - x1, line.height() + 2 * more);
            if (outline.isValid()) {
                m_painter.save();
                m_painter.setRenderHint(QPainter::Antialiasing);
                m_painter.setPen(QPen(m_colors.accent, 1));
                m_painter.setBrush(Qt::NoBrush);
                m_painter.drawRoundedRect(rect.adjusted(-3.5, 1.5, 3.5, -1.5), 4, 4);
                m_painter.restore();
            } else {
                m_painter.fillRect(rect, color);
            }
        }
    }
}

void TranscriptPainter::paintScrollBar(const QTextBlock &block, int top, int height, int scroll, int range) const
{
    const Kind kind = kindOf(block.blockFormat());
    if (kind == Kind::Code ? !m_place.lastOfCard
                           : kind != Kind::Cell || block.blockFormat().intProperty(ColumnProperty) != 0)
        return;
    if (kind == Kind::Cell && !m_layout.endsGroup(block)) // the bar is painted below the last row only
        return;
    const bool code = kind == Kind::Code;
    const int left = code ? m_place.left : m_place.cardLeft;
    const int room = code ? m_place.width : m_place.cardWidth;
    const int thumb = qMax(24, room * room / (room + range));
    const int x = left + (room - thumb) * scroll / range;
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    QColor color = m_colors.secondary;
    color.setAlphaF(0.5F);
    m_painter.setBrush(color);
    m_painter.drawRoundedRect(QRectF(x, top + height - 8, thumb, 4), 2, 2);
    m_painter.restore();
}

void TranscriptLayout::draw(QPainter *painter, const PaintContext &context)
{
    if (m_width <= 0)
        return;
    const QRectF clip = context.clip.isValid() ? context.clip : QRectF(QPointF(0, 0), documentSize());
    TranscriptPainter painting(*this, *painter, context);
    QTextBlock block = blockAt(int(std::floor(clip.top())));
    if (kindOf(block.blockFormat()) == Kind::Cell)
        block = document()->findBlockByNumber(block.blockNumber() - block.blockFormat().intProperty(ColumnProperty));
    for (int y = topOf(block); block.isValid() && y < clip.bottom(); block = block.next()) {
        layOut(block); // the view has done so already with ensure(), but another caller of draw() may not have
        const qlonglong group = block.blockFormat().property(GroupProperty).toLongLong();
        painting.paint(block, scrollOf(block), scrollRange(group));
        y += block.lineCount();
    }
    flushLooks();
}

} // namespace markdown
