#pragma once

#include "ui/chatpage/markdown/blockparser.h"
#include "ui/chatpage/markdown/turnkind.h"

namespace markdown {

// A link of ours at the end of a turn: "Retry", "Copy".
struct Action
{
    QString id; // letters, digits and '-'; actionTriggered() passes it on. "" = plain words, no link
    QString label;

    bool operator==(const Action &) const = default;
};

// One turn on its way from text to paragraphs: it takes the text that was appended bit by bit, and says which
// paragraphs at its end are to be replaced by which. It knows no document. A value.
class RenderedTurn
{
public:
    // A change of the document: the turn's last paragraphs, which are those of tail(), are to be replaced by
    // `blocks`. The first `finished` of these never change again.
    struct Step
    {
        QList<RenderedBlock> blocks;
        qsizetype finished = 0;
    };
    // A change of finished paragraphs by a link definition that came later: those from `from` on are as in
    // `before` and are to become those in `after`.
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
    // Starts over with this source, as if the document held nothing of the turn but its header, or an empty paragraph.
    void restart(const QString &source);

    [[nodiscard]] TurnKind kind() const { return m_kind; }
    [[nodiscard]] const QString &source() const { return m_source; }
    [[nodiscard]] const QString &header() const { return m_header; }
    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] RenderedBlock headerBlock(const QString &header, bool folded) const;
    void setHeader(const QString &header) { m_header = header; }
    [[nodiscard]] const QList<Action> &actions() const { return m_actions; }

    // Whether text waits to be shown.
    [[nodiscard]] bool hasText() const;
    [[nodiscard]] qlonglong serial() const { return m_serial; }
    [[nodiscard]] qlonglong imageGroup() const { return (m_serial << 40) | 1; }
    [[nodiscard]] bool isStale() const { return m_restStale || hasText(); }
    // Takes about `characters` more. Renders the unfinished end again if `rest`, and if no more text waits.
    [[nodiscard]] Step advance(qsizetype characters, bool rest);
    // To be called once, when the turn has finished and nothing waits any more.
    [[nodiscard]] QList<Repair> repairs();

    [[nodiscard]] const QList<RenderedBlock> &tail() const { return m_tail; }
    // How many paragraphs the turn has in the document, with header and tail.
    [[nodiscard]] qsizetype size() const { return m_done + m_tail.size(); }
    [[nodiscard]] qsizetype done() const { return m_done; }
    [[nodiscard]] qint64 charactersParsed() const { return m_charactersParsed; }

private:
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
    bool m_completed = false; // all text was taken, to the last line
    Definitions m_definitions;
    QList<Unresolved> m_unresolved;
    qlonglong m_pieces = 0;
    qlonglong m_codeGroup = 0;
    QList<RenderedBlock> m_tail;
    qsizetype m_done = 0;
    qint64 m_charactersParsed = 0;
};

} // namespace markdown
