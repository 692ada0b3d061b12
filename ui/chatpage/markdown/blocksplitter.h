#pragma once

#include <QList>
#include <QString>

namespace markdown {

// One piece of what the splitter has finished, in order. A Block is Markdown to be parsed by itself; fenced
// code outside of any container comes line by line, so that no amount of it is ever looked at twice.
struct Piece
{
    enum class Type { Block, CodeBegin, CodeLine, CodeEnd };

    Type type = Type::Block;
    QString text;           // Block: source. CodeBegin: the info string. CodeLine: without its end.
    int ordinal = -1;       // the number of an item of an ordered list
    bool nextItem = false;  // an item of the same list as the piece before
    bool loose = false;     // an item with a blank line before it
    bool continued = false; // goes on where the last piece was cut, without a break
    bool bodyOnly = false;  // the rest of a table that was cut: its header was shown already
    QString footnote;       // the label, if this is a footnote

    bool operator==(const Piece &) const = default;
};

// Cuts Markdown that arrives in deltas into blocks that no later text can change. It follows CommonMark and the
// usual tables, except for three liberties that keep a growing answer calm and cheap: every item of an outer
// list is a block by itself, raw HTML is text, and what grows beyond a limit is cut there. Where it cuts
// depends on the text alone, never on the deltas. A value.
class BlockSplitter
{
public:
    static constexpr qsizetype lineLimit = 4096;       // longer lines are cut, at a space if possible
    static constexpr qsizetype paragraphLimit = 16384; // characters
    static constexpr qsizetype containerLimit = 65536; // lists' items, quotes, tables, indented code

    void feed(QStringView delta, QList<Piece> &pieces);
    // Call this when the text is complete: it finishes what is left.
    void finish(QList<Piece> &pieces);
    // How the unfinished end looks now. It leaves out what says too little yet: "-" may become a list, a
    // heading or a rule, a line with bars a table, "<s" a tag.
    [[nodiscard]] QList<Piece> rest() const;
    [[nodiscard]] bool inCode() const { return m_state == State::Fence; }

private:
    enum class State { None, Paragraph, Table, Fence, Item, Quote, Indented };

    void takeLine(QStringView line, bool continued, bool cut, QList<Piece> &pieces);
    void open(QStringView line, QList<Piece> &pieces);
    void append(QStringView line, bool cut);
    void close(QList<Piece> &pieces);
    [[nodiscard]] Piece block() const;
    void holdBack();

    State m_state = State::None;
    QString m_line; // the last line, which has no end yet
    bool m_lineContinued = false;
    QString m_block;            // the open block's whole lines
    bool m_blankBefore = false; // the line before was blank
    bool m_oneLine = false;     // the paragraph has one line: it may be a table's header
    bool m_continued = false;
    bool m_bodyOnly = false;
    QString m_tableHead;
    // Of an open fence, or of the open item of a list.
    QChar m_fenceCharacter;
    qsizetype m_fenceLength = 0;
    int m_fenceIndent = 0;
    int m_contentIndent = 0;
    QChar m_listType; // the bullet, or the delimiter behind the number
    int m_ordinal = -1;
    bool m_nextItem = false;
    bool m_loose = false;
    bool m_stripped = false; // the lines of a footnote, or of an item after a cut, are kept without their indent
    QString m_footnote;
};

} // namespace markdown
