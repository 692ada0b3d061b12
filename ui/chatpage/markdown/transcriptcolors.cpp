// The part of Transcript that gives code to the highlighter, and applies the colours that come back.
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"

#include <QTextBlock>
#include <QTextDocument>

#include <utility>

namespace markdown {

namespace {

constexpr qsizetype colored = 64 * 1024; // in characters of one card; the rest of the card gets no colours

QString languageOf(const RenderedBlock &header)
{
    return header.text.section(u'\t', 0, 0);
}

} // namespace

quint64 Transcript::beginJob(int header, const RenderedBlock &block)
{
    const quint64 id = m_highlighter->begin(languageOf(block));
    Job &job = m_jobs[id];
    job.at = QTextCursor(m_document.findBlockByNumber(header));
    job.at.setKeepPositionOnInsert(true); // if its line is empty, the next line is inserted right at the cursor
    job.group = block.group;
    return id;
}

// Colours the cards in the part of a turn that may still change. Their last lines are left out, since they still grow.
// Once a card is finished, it is coloured anew.
void Transcript::highlightTail(Entry &entry, int first)
{
    if (!m_highlighter)
        return;
    const QList<RenderedBlock> &blocks = entry.turn.tail();
    QHash<qlonglong, TailCard> before = std::exchange(entry.tailCards, {});
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        if (blocks[i].kind != Kind::CodeHeader || languageOf(blocks[i]).isEmpty())
            continue;
        const qlonglong group = blocks[i].group;
        const auto line = [&](qsizetype number) { return i + 1 + number; };
        qsizetype lines = 0;
        qsizetype size = 0;
        while (line(lines) + 1 < blocks.size() && blocks[line(lines)].kind == Kind::Code
               && blocks[line(lines)].group == group && size <= colored)
            size += blocks[line(lines++)].text.size() + 1;
        TailCard card = before.take(group);
        if (card.job == 0 || card.lines > lines || !m_jobs.contains(card.job)) {
            if (card.job != 0 && m_jobs.contains(card.job))
                endJob(card.job);
            card = {beginJob(first + int(i), blocks[i]), 0};
        }
        QStringList more;
        for (; card.lines < lines; ++card.lines)
            more.append(blocks[line(card.lines)].text);
        if (!more.isEmpty()) {
            m_jobs[card.job].waiting += more.size();
            m_highlighter->add(card.job, more);
        }
        entry.tailCards.insert(group, card);
    }
    for (const TailCard &gone : std::as_const(before)) {
        if (m_jobs.contains(gone.job))
            endJob(gone.job);
    }
}

void Transcript::highlight(Entry &entry, int first, const QList<RenderedBlock> &blocks)
{
    if (!m_highlighter)
        return;
    QStringList lines;
    const auto flush = [&] {
        if (lines.isEmpty())
            return;
        m_jobs[entry.job].waiting += lines.size();
        m_highlighter->add(entry.job, std::exchange(lines, {}));
    };
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        const RenderedBlock &block = blocks[i];
        if (entry.job != 0 && (block.kind != Kind::Code || block.group != m_jobs[entry.job].group)) {
            flush();
            endJob(std::exchange(entry.job, 0));
        }
        if (block.kind == Kind::CodeHeader) {
            if (languageOf(block).isEmpty())
                continue;
            entry.job = beginJob(first + int(i), block);
        } else if (block.kind == Kind::Code && entry.job != 0) {
            Job &job = m_jobs[entry.job];
            job.size += block.text.size() + 1;
            if (job.size <= colored)
                lines.append(block.text);
        }
    }
    flush();
}

// The job is kept until the colours of the lines that are on their way have come back.
void Transcript::endJob(quint64 id)
{
    m_highlighter->end(id);
    const auto job = m_jobs.find(id);
    if (job->waiting == 0)
        m_jobs.erase(job);
    else
        job->ended = true;
}

// Drops the jobs whose card lies between these positions, because that text is about to be removed.
void Transcript::dropJobs(int from, int to)
{
    for (auto job = m_jobs.begin(); job != m_jobs.end();) {
        const int at = job->at.position();
        if (at < from || at > to) {
            ++job;
            continue;
        }
        for (Entry &entry : m_turns) {
            if (entry.job == job.key())
                entry.job = 0;
        }
        if (m_highlighter)
            m_highlighter->end(job.key());
        job = m_jobs.erase(job);
    }
}

void Transcript::takeColors(quint64 id, const QList<QList<TokenRange>> &lines)
{
    const auto job = m_jobs.find(id);
    if (job == m_jobs.end())
        return; // the job is another transcript's, or its card was removed
    QTextBlock block = job->at.block();
    const int firstNumber = block.blockNumber() + 1;
    for (const QList<TokenRange> &line : lines) {
        block = block.next();
        const QTextBlockFormat format = block.blockFormat();
        if (kindOf(format) != Kind::Code || format.property(GroupProperty).toLongLong() != job->group) {
            // The unfinished end of the turn has changed, so no line of this job is where it was.
            job->group = -1;
            break;
        }
        if (!line.isEmpty())
            block.setUserData(new TokenData(line));
    }
    if (block.isValid())
        job->at.setPosition(block.position());
    job->waiting -= lines.size();
    if (job->ended && job->waiting == 0)
        m_jobs.erase(job);
    if (auto *layout = qobject_cast<TranscriptLayout *>(m_document.documentLayout()))
        layout->recolor(firstNumber, block.blockNumber());
}

} // namespace markdown
