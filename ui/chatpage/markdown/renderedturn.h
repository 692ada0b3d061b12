#pragma once

#include "ui/chatpage/markdown/blockparser.h"
#include "ui/chatpage/markdown/turnkind.h"

namespace markdown {

// A link of the program at the end of a turn, such as "Retry" or "Copy".
struct Action
{
    QString id; // letters, digits and '-', which actionTriggered() passes on; "" = plain words, no link
    QString label;

    bool operator==(const Action &) const = default;
};

// Turns the text of one turn into paragraphs. It takes the appended text bit by bit, and returns which paragraphs at
// the turn's end are to be replaced, and by which. It knows nothing of the document. A value.
class RenderedTurn
{
public:
    // A change of the document: `blocks` are to replace the turn's last paragraphs, which are those that tail()
    // returned before. The first `finished` of the blocks are final, except that repairs() may change their text.
    struct Step
    {
        QList<RenderedBlock> blocks;
        qsizetype finished = 0;
    };
    // A change of finished paragraphs, because a link's definition came after them: the paragraphs from number `from`
    // on are those in `before`, and are to become those in `after`.
    struct Repair
    {
        qsizetype from = 0;
        QList<RenderedBlock> before, after;
    };

    RenderedTurn(TurnKind kind, qlonglong serial, const QString &header);

    void append(const QString &delta)
    {
        m_source += delta;
        m_restStale = true;
    }
    void finish()
    {
        m_finished = true;
        m_restStale = true;
    }
    void setActions(const QList<Action> &actions)
    {
        m_actions = actions;
        m_restStale = true;
    }
    // Starts over with this source. The document must then hold nothing of the turn but its header, or, if it has none,
    // an empty paragraph.
    void restart(const QString &source);

    [[nodiscard]] TurnKind kind() const { return m_kind; }
    [[nodiscard]] const QString &source() const { return m_source; }
    [[nodiscard]] const QString &header() const { return m_header; }
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] RenderedBlock headerBlock(const QString &header, bool folded) const;
    void setHeader(const QString &header) { m_header = header; }
    [[nodiscard]] const QList<Action> &actions() const { return m_actions; }

    // Whether text waits to be taken by advance().
    [[nodiscard]] bool hasText() const;
    [[nodiscard]] qlonglong serial() const { return m_serial; }
    [[nodiscard]] qlonglong imageGroup() const { return (m_serial << 40) | 1; }
    // Whether advance() has anything to do.
    [[nodiscard]] bool isStale() const { return m_restStale || hasText(); }
    // Takes about `characters` more characters of the text. If `rest` is true and no more text waits, it also renders
    // the unfinished end again.
    [[nodiscard]] Step advance(qsizetype characters, bool rest);
    // Returns the changes that late definitions demand. To be called once, when the turn has finished and no text
    // waits.
    [[nodiscard]] QList<Repair> repairs();

    // Returns the paragraphs at the turn's end that may still change.
    [[nodiscard]] const QList<RenderedBlock> &tail() const { return m_tail; }
    // Returns how many paragraphs the turn has in the document, including its header and tail().
    [[nodiscard]] qsizetype size() const { return m_done + m_tail.size(); }
    [[nodiscard]] qsizetype done() const { return m_done; }
    [[nodiscard]] qint64 charactersParsed() const { return m_charactersParsed; }

private:
    // A finished piece with brackets, which a later definition may turn into a link.
    struct Unresolved
    {
        Piece piece;
        qsizetype from = 0;
        QList<RenderedBlock> blocks;
        qlonglong group = 0;
    };

    [[nodiscard]] QString take(qsizetype characters);
    void render(const Piece &piece, QList<RenderedBlock> &blocks, bool final);
    void renderPlain(QStringView text, bool last, QList<RenderedBlock> &blocks);
    [[nodiscard]] RenderedBlock plainLine(const QString &line) const;
    void reset();
    [[nodiscard]] qlonglong group() const { return (m_serial << 40) | (m_pieces << 16); }

    TurnKind m_kind;
    qlonglong m_serial;
    QString m_header;
    QString m_source;
    QList<Action> m_actions;
    bool m_finished = false;
    bool m_restStale = true;
    qsizetype m_taken = 0;
    BlockSplitter m_splitter;
    QString m_plainLine;
    bool m_plainContinued = false;
    bool m_completed = false; // all text was taken, including the last line
    Definitions m_definitions;
    QList<Unresolved> m_unresolved;
    qlonglong m_pieces = 0;
    qlonglong m_codeGroup = 0;
    QList<RenderedBlock> m_tail;
    qsizetype m_done = 0;
    qint64 m_charactersParsed = 0;
};

} // namespace markdown
