#pragma once

#include <QList>
#include <QString>

namespace markdown {

// A piece of the text that the splitter has finished. A Block is Markdown that can be parsed by itself. A fenced code
// block that is not inside of a list or a quote comes line by line, so that even a very long one is read only once.
struct Piece
{
    enum class Type { Block, CodeBegin, CodeLine, CodeEnd };

    Type type = Type::Block;
    QString text;           // Block: the source. CodeBegin: the info string. CodeLine: the line, without its line end.
    int ordinal = -1;       // the number of an item of an ordered list; -1 = it is none
    bool nextItem = false;  // it is an item of the same list as the piece before
    bool loose = false;     // it is an item with a blank line before it
    bool continued = false; // it goes on where the last piece was cut, without a line break
    bool bodyOnly = false;  // it is the rest of a table that was cut, and the header in it was shown already
    QString footnote;       // its label, if it is a footnote

    bool operator==(const Piece &) const = default;
};

// Cuts Markdown that arrives in deltas into blocks whose extent no later text can change. It follows CommonMark and the
// usual syntax of tables, with three exceptions, by which a growing answer moves little and costs little: every item of
// an outermost list is a block by itself, HTML is text, and a line or a block that grows beyond its limit is cut. The
// cuts depend on the text alone, never on how it is divided into deltas. A value.
class BlockSplitter
{
public:
    static constexpr qsizetype lineLimit = 4096;       // in characters; longer lines are cut, at a space if possible
    static constexpr qsizetype paragraphLimit = 16384; // in characters
    static constexpr qsizetype containerLimit = 65536; // for items of lists, quotes, tables and indented code

    // Takes the next part of the text, and appends the pieces that it finishes to `pieces`.
    void feed(QStringView delta, QList<Piece> &pieces);
    // Finishes what is left, once the text is complete.
    void finish(QList<Piece> &pieces);
    // Returns the unfinished end as it can be shown for now. It leaves out what could still become something else: "-"
    // may begin a list, a heading or a rule, a line with bars a table, and "<s" a tag.
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
    QString m_line; // the last line, whose line end has not arrived yet
    bool m_lineContinued = false;
    QString m_block;            // the complete lines of the open block
    bool m_blankBefore = false; // the line before was blank
    bool m_oneLine = false;     // the paragraph has only one line, which may be a table's header
    bool m_continued = false;
    bool m_bodyOnly = false;
    QString m_tableHead;
    // These belong to the open fenced code block, or to the open item of a list.
    QChar m_fenceCharacter;
    qsizetype m_fenceLength = 0;
    int m_fenceIndent = 0;
    int m_contentIndent = 0;
    QChar m_listType; // the bullet, or the delimiter after the number
    int m_ordinal = -1;
    bool m_nextItem = false;
    bool m_loose = false;
    bool m_stripped = false; // lines lose their indent: those of a footnote, and those of an item after a cut
    QString m_footnote;
};

} // namespace markdown
