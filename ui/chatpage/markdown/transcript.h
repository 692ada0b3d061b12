#pragma once

#include "ui/chatpage/markdown/codehighlighter.h"
#include "ui/chatpage/markdown/prefixsums.h"
#include "ui/chatpage/markdown/renderedturn.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTextCursor>

#include <chrono>

class QTextDocument;

namespace markdown {

class TranscriptLayout;

// Puts the turns of a conversation into one document, so that a selection can span several of them. Text that was added
// waits until work() puts it in, a few milliseconds at a time; a finished paragraph is put in only once. Lives on the
// main thread, owned by the view.
class Transcript : public QObject
{
    Q_OBJECT

public:
    Transcript(QTextDocument &document, CodeHighlighter *highlighter, QObject *parent);

    // Adds a turn and returns its number. Turns are numbered from 0 in the order in which they were added. `header` is
    // the line above the turn; a click on the header of a Thought folds it.
    int addTurn(TurnKind kind, const QString &header = {});
    void append(int turn, const QString &delta);
    // Replaces all the text of a turn. The text waits until the turn comes into view or there is idle time, so the call
    // itself is cheap.
    void setText(int turn, const QString &text);
    void setHeader(int turn, const QString &header);
    void setActions(int turn, const QList<Action> &actions);
    void finish(int turn);
    void setFolded(int turn, bool folded);
    [[nodiscard]] bool isFolded(int turn) const { return m_turns[turn].folded; }
    // Removes this turn and all after it.
    void removeFrom(int turn);
    [[nodiscard]] int count() const { return int(m_turns.size()); }
    [[nodiscard]] const RenderedTurn &turn(int turn) const { return m_turns[turn].turn; }

    // Puts in text that waits, for about as long as `budget`: first that of the turns firstTurn to lastTurn, then that
    // of all turns, from the last one upward. Returns after what time it wants to be called again: 0 = more text waits,
    // negative = no text waits.
    std::chrono::milliseconds work(std::chrono::microseconds budget, int firstTurn, int lastTurn);
    // Puts in all text that waits, however long it takes.
    void workAll();
    [[nodiscard]] bool isIdle() const;

    [[nodiscard]] int turnOf(const QTextBlock &block) const; // -1 = none
    [[nodiscard]] QTextBlock firstBlockOf(int turn) const;
    // Returns the code of one card; empty if there is no such card.
    [[nodiscard]] QString codeOf(qlonglong group) const;
    [[nodiscard]] int turnOf(qlonglong serial) const;
    // Returns the selection as plain text: with the marks of lists, quotes and rules, with a tab between cells, and
    // without the lines of the program's own links.
    [[nodiscard]] QString textOf(const QTextCursor &selection) const;
    [[nodiscard]] qint64 charactersParsed() const;
    [[nodiscard]] qint64 charactersInserted() const { return m_inserted; }

signals:
    void changed(); // there is something that waits for work()
    void aboutToRemove();
    void aboutToEdit();
    void edited();

private:
    // A card of code in the part of a turn that may still change, for example in an item of a list or in a quote.
    struct TailCard
    {
        quint64 job = 0;
        qsizetype lines = 0; // how many were given to the highlighter
    };
    struct Entry
    {
        explicit Entry(const RenderedTurn &of) : turn(of) {}

        RenderedTurn turn;
        bool folded = false;
        bool repaired = false;
        QElapsedTimer sinceRest;
        std::chrono::nanoseconds restCost{0};
        quint64 job = 0;                      // the job that colours the growing card; 0 = none
        QHash<qlonglong, TailCard> tailCards; // by their groups
    };
    struct Job
    {
        QTextCursor at; // stands in the last line that has its colours, at first in the card's header
        qlonglong group = 0;
        qsizetype size = 0;    // in characters, so far
        qsizetype waiting = 0; // number of lines whose colours have not come back yet
        bool ended = false;
    };

    [[nodiscard]] int firstNumberOf(int turn) const;
    void noteSize(int turn);
    bool workOn(int turn, const QElapsedTimer &timer, std::chrono::microseconds budget, bool all);
    void splice(int first, const QList<RenderedBlock> &before, const QList<RenderedBlock> &after, TurnKind kind);
    void removeBlocks(int first, int count);
    void highlight(Entry &entry, int first, const QList<RenderedBlock> &blocks);
    void highlightTail(Entry &entry, int first);
    [[nodiscard]] quint64 beginJob(int header, const RenderedBlock &block);
    void endJob(quint64 id);
    void dropJobs(int from, int to);
    void takeColors(quint64 id, const QList<QList<TokenRange>> &lines);
    void guessHeight(int turn);
    [[nodiscard]] bool isDue(const Entry &entry) const;

    QTextDocument &m_document;
    const QPointer<CodeHighlighter> m_highlighter;
    QList<Entry> m_turns;
    PrefixSums m_sizes; // how many paragraphs each turn has
    qlonglong m_serial = 0;
    QHash<quint64, Job> m_jobs;
    qint64 m_inserted = 0;
};

} // namespace markdown
