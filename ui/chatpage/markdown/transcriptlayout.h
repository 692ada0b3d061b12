#pragma once

#include "ui/chatpage/markdown/blocklook.h"
#include "ui/chatpage/markdown/tablewidths.h"

#include <QAbstractTextDocumentLayout>
#include <QHash>
#include <QImage>
#include <QTextCursor>

#include <chrono>

namespace markdown {

// Where one block stands. Horizontal positions are pixels of the document; heights count from the block's own top.
struct BlockPlace
{
    int left = 0, width = 0;       // of the text
    int gap = 0;                   // the empty room above everything that belongs to the block
    int padTop = 0, padBottom = 0; // above and below the text, inside of its card or cell
    int lineHeight = 0;
    bool wraps = true;
    bool mirrored = false;           // its containers' bars and markers stand on the right
    int indent = 0;                  // the width that its containers take
    int cardLeft = 0, cardWidth = 0; // of the card or table that it is part of; width 0 = there is none
    bool firstOfCard = false, lastOfCard = false;
};

// What a block of Kind::Image shows.
struct Picture
{
    QSize size{0, 0}; // known before the image is decoded
    QImage image;     // null = only its room is reserved
    QString words;    // say why there is no image
};

// Lays out a transcript, which may be long and grow. Its document is a flat list of paragraphs whose formats say what
// they are. A block is laid out when it comes into view, or in idle time to learn its height; until then its height is
// guessed. Cards, rules, bullets and the bars of quotes are painted. The cells of a table are blocks side by side. Each
// card of code and each wide table scrolls sideways by itself. Heights are stored as the blocks' line counts, because
// the document's own tree then tells in O(log n) where a block is and which block is at a given height. Lives on the
// main thread, owned by the document.
class TranscriptLayout : public QAbstractTextDocumentLayout
{
    Q_OBJECT

public:
    static constexpr int columnWidth = 760;
    static constexpr int margin = 24;

    explicit TranscriptLayout(QTextDocument *document);

    // Lays out the blocks between two heights, and drops the layout of blocks that were laid out before and lie
    // outside.
    void ensure(int top, int bottom);
    // Measures blocks whose height is only a guess, for about as long as `budget`. Returns false when none is left.
    bool measureSome(std::chrono::microseconds budget);
    void setDark(bool dark);
    // Reserves this height for a turn whose text waits to be put in; `block` is its empty paragraph.
    void reserve(QTextBlock block, int height);
    // Pictures are kept by the groups of their blocks.
    void setPicture(qlonglong group, const Picture &picture);
    void removePicture(qlonglong group);
    [[nodiscard]] Picture picture(const QTextBlockFormat &format) const;
    [[nodiscard]] QSize imageSize(const QTextBlockFormat &format, int width) const;
    // To be called when the document's default font has changed. Everything is laid out anew.
    void refresh();
    // To be called when the colours of these blocks have changed, but not their sizes.
    void recolor(int firstBlock, int lastBlock);

    [[nodiscard]] int topOf(const QTextBlock &block) const;
    [[nodiscard]] QTextBlock blockAt(int y) const; // never invalid
    [[nodiscard]] BlockPlace placeOf(const QTextBlock &block) const;
    // Whether the card or the table ends with this line or row.
    [[nodiscard]] bool endsGroup(const QTextBlock &block) const;
    [[nodiscard]] const Fonts &fonts() const { return m_fonts; }
    [[nodiscard]] bool isDark() const { return m_dark; }

    // These scroll one card of code or one table sideways.
    [[nodiscard]] qlonglong groupAt(const QPointF &point) const; // 0 = nothing there scrolls
    [[nodiscard]] qlonglong scrollBarAt(const QPointF &point) const;
    [[nodiscard]] int scrollRange(qlonglong group) const;
    [[nodiscard]] int scrollOf(qlonglong group) const;
    void setScroll(qlonglong group, int x);
    [[nodiscard]] int roomOf(qlonglong group) const { return m_groups.value(group).room; }

    // Returns how many characters were laid out so far. Tests and benchmarks use it as a measure of work, not of time.
    [[nodiscard]] qint64 charactersLaidOut() const { return m_charactersLaidOut; }

    void draw(QPainter *painter, const PaintContext &context) override;
    int hitTest(const QPointF &point, Qt::HitTestAccuracy accuracy) const override;
    int pageCount() const override { return 1; }
    QSizeF documentSize() const override;
    QRectF frameBoundingRect(QTextFrame *frame) const override;
    QRectF blockBoundingRect(const QTextBlock &block) const override;

protected:
    void documentChanged(int from, int charsRemoved, int charsAdded) override;

private:
    struct Group
    {
        int content = 0; // the width of the widest line, or of the table
        int room = 0;    // the width that can be seen at once
        int scroll = 0;
        TableWidths table;
    };

    // A block's user state is twice the generation in which its height was measured, plus one while it has lines; -1 =
    // it is not measured and has no lines.
    [[nodiscard]] bool isMeasured(const QTextBlock &block) const;
    [[nodiscard]] static bool hasLines(const QTextBlock &block);
    void setMeasured(QTextBlock &block, bool lines);
    void markUnmeasured(QTextBlock &block);
    void layOut(QTextBlock block);
    void layOutRow(QTextBlock cell);
    int layOutText(QTextBlock block, const BlockPlace &place); // returns the block's height
    void release(QTextBlock block);
    void setHeight(QTextBlock &block, int height);
    int guess(const QTextBlock &block) const;
    void flushLooks();
    void announceSize();
    [[nodiscard]] int scrollOf(const QTextBlock &block) const; // 0 for a card's header, which does not scroll
    [[nodiscard]] int gapAbove(const QTextBlock &block, const QTextBlockFormat &format) const;
    [[nodiscard]] int questionWidth(const QTextBlock &block, int most) const;

    Fonts m_fonts;
    bool m_dark = false;
    int m_generation = 1; // a height that was measured in an older generation is only a guess now
    int m_width = 0;
    mutable QHash<qlonglong, Group> m_groups;
    QHash<qlonglong, Picture> m_pictures;
    QTextCursor m_liveStart, m_liveEnd; // around the blocks that ensure() has laid out
    int m_unmeasured = 0;               // the first block whose height may be a guess
    static constexpr int nothingMoved = 1 << 30;
    int m_movedFrom = nothingMoved; // everything below this height must be painted anew
    bool m_flushing = false;
    bool m_looksSet = false;
    bool m_tableGrew = false;
    QSizeF m_announced;
    qint64 m_charactersLaidOut = 0;
};

} // namespace markdown
