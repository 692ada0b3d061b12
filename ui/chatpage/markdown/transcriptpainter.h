#pragma once

#include "ui/chatpage/markdown/transcriptlayout.h"

class QPainter;

namespace markdown {

// Paints the blocks of a transcript as they were laid out, with their cards, bullets, bars and selections.
class TranscriptPainter
{
public:
    TranscriptPainter(const TranscriptLayout &layout, QPainter &painter,
                      const QAbstractTextDocumentLayout::PaintContext &context);

    void paint(const QTextBlock &block, int scroll, int scrollRange);

private:
    void paintCard(const QRectF &rect, const BlockPlace &place) const;
    void paintTableRow(const QTextBlock &block, int top, int scroll) const;
    void paintImage(const QTextBlock &block, int top, int height) const;
    void paintQuotes(const QTextBlock &block, int top, int height) const;
    void paintMarkers(const QTextBlock &block, int top) const;
    void paintCheckBox(const QRectF &rect, bool checked) const;
    void paintSelection(const QTextBlock &block, int top, int scroll) const;
    void paintScrollBar(const QTextBlock &block, int top, int height, int scroll, int range) const;

    const TranscriptLayout &m_layout;
    QPainter &m_painter;
    const QAbstractTextDocumentLayout::PaintContext &m_context;
    const ThemeColors &m_colors;
    BlockPlace m_place;
};

} // namespace markdown
