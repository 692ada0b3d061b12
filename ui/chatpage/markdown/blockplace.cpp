// The part of TranscriptLayout that computes where a block stands. That depends on what it is and what is above it.
#include "ui/chatpage/markdown/transcriptlayout.h"

#include <QFontMetricsF>
#include <QTextDocument>

#include <cmath>
#include <numeric>

namespace markdown {

namespace {

constexpr int codePadding = 16;
constexpr int cardPadding = 12;
constexpr int listIndent = 28;
constexpr int quoteIndent = 20;
constexpr int cellPadding = 7;

bool isFirst(const QTextBlockFormat &format)
{
    return format.boolProperty(FirstProperty);
}

bool isLastOfTurn(const QTextBlock &block)
{
    const QTextBlock next = block.next();
    return !next.isValid() || isFirst(next.blockFormat());
}

qlonglong groupOf(const QTextBlockFormat &format)
{
    return format.property(GroupProperty).toLongLong();
}

// Returns the gap above a turn. Turns that belong together stand closer: the thoughts, text and pictures of an answer,
// and the cards of a question.
int gapBetween(const QTextBlock &above, TurnKind turn)
{
    if (!above.isValid())
        return 24;
    const auto before = TurnKind(above.blockFormat().intProperty(TurnProperty));
    switch (turn) {
    case TurnKind::Note:
        return 8;
    case TurnKind::Question:
    case TurnKind::SentImage:
        return before == TurnKind::Question || before == TurnKind::SentImage ? 8 : 32;
    case TurnKind::Answer:
    case TurnKind::Thought:
    case TurnKind::Error:
    case TurnKind::Image:
        break;
    }
    return before == TurnKind::Question || before == TurnKind::SentImage ? 24 : 12;
}

} // namespace

Picture TranscriptLayout::picture(const QTextBlockFormat &format) const
{
    return m_pictures.value(groupOf(format));
}

void TranscriptLayout::setPicture(qlonglong group, const Picture &picture)
{
    m_pictures.insert(group, picture);
}

void TranscriptLayout::removePicture(qlonglong group)
{
    m_pictures.remove(group);
}

QSize TranscriptLayout::imageSize(const QTextBlockFormat &format, int width) const
{
    const Picture shown = picture(format);
    if (!shown.words.isEmpty())
        return {qMin(width, 400), 4 * m_fonts.lineHeight(Kind::Image, 0, TurnKind::Image)};
    const QSize size = shown.size;
    const bool sent = TurnKind(format.intProperty(TurnProperty)) == TurnKind::SentImage;
    const QSize most = sent ? QSize(qMin(width, 240), 240) : QSize(width, 480);
    if (size.width() <= most.width() && size.height() <= most.height())
        return size;
    return size.scaled(most, Qt::KeepAspectRatio).expandedTo({1, 1});
}

int TranscriptLayout::gapAbove(const QTextBlock &block, const QTextBlockFormat &format) const
{
    const Kind kind = kindOf(format);
    if (format.boolProperty(ContinuedProperty) || kind == Kind::Empty)
        return 0;
    QTextBlock before = block.previous();
    if (isFirst(format))
        return gapBetween(before, TurnKind(format.intProperty(TurnProperty)));
    if (kind == Kind::Cell) // all cells of a row have the same gap as the row's first cell
        before = document()->findBlockByNumber(block.blockNumber() - 1 - format.intProperty(ColumnProperty));
    const Kind above = kindOf(before.blockFormat());
    switch (kind) {
    case Kind::Heading:
        return above == Kind::Heading ? 12 : format.intProperty(LevelProperty) <= 2 ? 28 : 20;
    case Kind::Code:
    case Kind::Plain:
        return 0;
    case Kind::Cell:
        if (format.intProperty(RowProperty) > 0)
            return 0;
        break;
    case Kind::Rule:
        return 8;
    case Kind::Fold:
        return 8;
    case Kind::CodeHeader:
    case Kind::Paragraph:
    case Kind::Empty:
    case Kind::Image:
        break;
    }
    if (above == Kind::Heading)
        return 8;
    return format.boolProperty(TightProperty) ? 4 : 12;
}

int TranscriptLayout::questionWidth(const QTextBlock &block, int most) const
{
    const QFontMetricsF metrics(m_fonts.text);
    const double narrowest = metrics.averageCharWidth() / 3;
    double widest = 0;
    int left = 40; // how many lines are still measured; a question with more lines gets the whole width
    const auto measure = [&](const QTextBlock &line) {
        if (kindOf(line.blockFormat()) != Kind::Plain)
            return widest < most;
        if (--left < 0 || line.length() * narrowest > most)
            widest = most;
        else
            widest = qMax(widest, metrics.horizontalAdvance(line.text()) + 1);
        return widest < most;
    };
    for (QTextBlock line = block; measure(line) && !isFirst(line.blockFormat());)
        line = line.previous();
    for (QTextBlock line = block; widest < most && !isLastOfTurn(line);) {
        line = line.next();
        measure(line);
    }
    return qMin(most, int(std::ceil(widest)));
}

BlockPlace TranscriptLayout::placeOf(const QTextBlock &block) const
{
    const QTextBlockFormat format = block.blockFormat();
    const Kind kind = kindOf(format);
    const auto turn = TurnKind(format.intProperty(TurnProperty));
    BlockPlace place;
    const int column = qMax(80, qMin(columnWidth, m_width - 2 * margin));
    place.left = qMax(0, (m_width - column) / 2);
    place.width = column;
    place.gap = gapAbove(block, format);
    place.lineHeight = m_fonts.lineHeight(kind, format.intProperty(LevelProperty), turn);

    if (turn == TurnKind::Question && kind == Kind::Plain) {
        const int text = questionWidth(block, column * 3 / 4 - 2 * codePadding);
        place.cardWidth = text + 2 * codePadding;
        place.cardLeft = place.left + column - place.cardWidth;
        place.left = place.cardLeft + codePadding;
        place.width = text;
        place.firstOfCard = isFirst(format);
        place.lastOfCard = isLastOfTurn(block) || kindOf(block.next().blockFormat()) != Kind::Plain;
        place.padTop = place.firstOfCard ? cardPadding : 0;
        place.padBottom = place.lastOfCard ? cardPadding : 0;
        return place;
    }
    if (turn == TurnKind::Error) {
        place.cardLeft = place.left;
        place.cardWidth = column;
        place.left += codePadding;
        place.width -= 2 * codePadding;
        place.firstOfCard = isFirst(format);
        place.lastOfCard = isLastOfTurn(block);
        place.padTop = place.firstOfCard ? cardPadding : 0;
        place.padBottom = place.lastOfCard ? cardPadding : 0;
    }
    place.mirrored = format.boolProperty(MirroredProperty);
    for (const QChar container : format.stringProperty(ContainersProperty)) {
        const int indent = container == u'q' ? quoteIndent : listIndent;
        if (place.width - indent < 160)
            break; // in a narrow window the text needs the room more than the indent does
        if (!place.mirrored)
            place.left += indent;
        place.width -= indent;
        place.indent += indent;
    }
    switch (kind) {
    case Kind::Code:
    case Kind::CodeHeader: {
        place.cardLeft = place.left;
        place.cardWidth = place.width;
        place.left += codePadding;
        place.width -= 2 * codePadding;
        place.wraps = false;
        place.firstOfCard = kind == Kind::CodeHeader;
        const QTextBlock next = block.next();
        place.lastOfCard = !next.isValid() || kindOf(next.blockFormat()) != Kind::Code
                || groupOf(next.blockFormat()) != groupOf(format);
        place.padTop = place.firstOfCard ? 6 : 0;
        place.padBottom = place.firstOfCard ? 6 : 0;
        if (place.lastOfCard && kind == Kind::Code)
            place.padBottom = cardPadding;
        break;
    }
    case Kind::Cell: {
        Group &group = m_groups[groupOf(format)];
        const QList<int> widths = group.table.fitted(place.width + 2 * TableWidths::padding);
        const int at = format.intProperty(ColumnProperty);
        place.cardLeft = place.left;
        place.cardWidth = place.width;
        place.firstOfCard = format.intProperty(RowProperty) == 0;
        if (at < widths.size()) {
            // The text of the first column begins at the same place as that of the paragraphs around the table.
            place.left += std::accumulate(widths.cbegin(), widths.cbegin() + at, 0);
            place.width = widths[at] - 2 * TableWidths::padding;
        }
        place.padTop = place.padBottom = cellPadding;
        break;
    }
    case Kind::Rule:
        place.padTop = place.padBottom = 0;
        break;
    case Kind::Image: {
        const int width = imageSize(format, place.width).width();
        if (turn == TurnKind::SentImage)
            place.left += place.width - width;
        place.width = width;
        place.wraps = false; // its text is a single line, which the picture hides
        break;
    }
    case Kind::Empty:
    case Kind::Paragraph:
    case Kind::Heading:
    case Kind::Plain:
    case Kind::Fold:
        break;
    }
    return place;
}

int TranscriptLayout::guess(const QTextBlock &block) const
{
    const QTextBlockFormat format = block.blockFormat();
    const Kind kind = kindOf(format);
    const auto turn = TurnKind(format.intProperty(TurnProperty));
    if (kind == Kind::Cell && format.intProperty(ColumnProperty) > 0)
        return 0;
    if (kind == Kind::Empty)
        return qMax(0, block.lineCount());
    if (kind == Kind::Image) {
        const int width = qMax(80, qMin(columnWidth, m_width - 2 * margin));
        return gapAbove(block, format) + imageSize(format, width).height();
    }
    const int lineHeight = m_fonts.lineHeight(kind, format.intProperty(LevelProperty), turn);
    int lines = 1;
    if (kind != Kind::Code && kind != Kind::CodeHeader && kind != Kind::Cell) {
        const int perLine = qMax(10, qMin(columnWidth, m_width - 2 * margin) * 2 / lineHeight);
        lines += block.length() / perLine;
    }
    return gapAbove(block, format) + lines * lineHeight + (kind == Kind::Cell ? 2 * cellPadding : 0);
}

} // namespace markdown
