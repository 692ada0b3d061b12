// The part of MarkdownView that searches its turns and marks what it finds.
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"

#include <QScrollBar>
#include <QTextBlock>

namespace markdown {

void MarkdownView::mark(int first, int last, const Find &find)
{
    clearMarks();
    if (!find || first > last)
        return;
    m_sought = {first, last, 0, find};
    schedule(); // frame() searches, because the text may still have to be put in
}

void MarkdownView::clearMarks()
{
    m_sought = {};
    setExtraSelections({});
}

// Searches each paragraph once, as soon as it is complete.
void MarkdownView::lookForMarks()
{
    if (!m_sought.find)
        return;
    const int last = qMin(m_sought.last, m_transcript->count() - 1);
    bool waits = false;
    for (int turn = m_sought.first; turn <= last; ++turn)
        waits = waits || (!m_transcript->isFolded(turn) && m_transcript->turn(turn).isStale());
    const int begin = m_sought.first < m_transcript->count() ? m_transcript->firstBlockOf(m_sought.first).blockNumber()
                                                             : document()->blockCount();
    const int end = last + 1 < m_transcript->count() ? m_transcript->firstBlockOf(last + 1).blockNumber()
                                                     : document()->blockCount();
    QTextBlock block = document()->findBlockByNumber(begin + m_sought.done);
    for (; block.isValid() && block.blockNumber() < end - (waits ? 1 : 0); block = block.next()) {
        ++m_sought.done;
        const auto places = m_sought.find(block.text());
        if (places.isEmpty())
            continue;
        QList<QTextEdit::ExtraSelection> marks;
        for (const auto &[start, length] : places) {
            QTextEdit::ExtraSelection selection;
            selection.cursor = QTextCursor(block);
            selection.cursor.setPosition(block.position() + start);
            selection.cursor.setPosition(block.position() + start + length, QTextCursor::KeepAnchor);
            marks.append(selection);
        }
        m_sought = {};
        setExtraSelections(marks);
        scrollToPlace(marks.first().cursor.selectionStart());
        return;
    }
    if (!waits)
        m_sought = {}; // nothing was found
}

// Scrolls so that the place is a third of the way down the view, and what is above it can be read, too.
void MarkdownView::scrollToPlace(int position)
{
    setFollowing(false);
    m_top.setPosition(position);
    m_topOffset = 0;
    settle(); // lays out the blocks around the place
    const QTextBlock block = document()->findBlock(position);
    int above = 0;
    if (const QTextLine line = block.layout()->lineForTextPosition(position - block.position()); line.isValid())
        above = int(line.y());
    const int wanted = m_layout->topOf(block) + above - viewport()->height() / 3;
    verticalScrollBar()->setValue(wanted); // has the same effects as if the user had scrolled there
}

} // namespace markdown
