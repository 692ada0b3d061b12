// Code's way to its colours and back.
#include "ui/chatpage/markdown/transcript.h"
#include "ui/chatpage/markdown/transcriptlayout.h"

#include <QTextBlock>
#include <QTextDocument>

namespace markdown {

namespace {

constexpr qsizetype colored = 64 * 1024; // characters of one card; more is plain

} // namespace

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
        if (entry.job != 0
            && (block.kind != Kind::Code || block.group != m_jobs[entry.job].group)) {
            flush();
            endJob(std::exchange(entry.job, 0));
        }
        if (block.kind == Kind::CodeHeader) {
            const QString language = block.text.section(u'\t', 0, 0);
            if (language.isEmpty())
                continue;
            entry.job = m_highlighter->begin(language);
            Job &job = m_jobs[entry.job];
            job.at = QTextCursor(m_document.findBlockByNumber(first + int(i)));
            job.at.setKeepPositionOnInsert(true); // behind an empty line the next one is put in right there
            job.group = block.group;
        } else if (block.kind == Kind::Code && entry.job != 0) {
            Job &job = m_jobs[entry.job];
            job.size += block.text.size() + 1;
            if (job.size <= colored)
                lines.append(block.text);
        }
    }
    flush();
}

// It stays until the lines that are on their way have come back.
void Transcript::endJob(quint64 id)
{
    m_highlighter->end(id);
    const auto job = m_jobs.find(id);
    if (job->waiting == 0)
        m_jobs.erase(job);
    else
        job->ended = true;
}

// Those whose card lies there: it is about to go.
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
        return; // another transcript's, or its card has gone
    QTextBlock block = job->at.block();
    const int firstNumber = block.blockNumber() + 1;
    for (const QList<TokenRange> &line : lines) {
        block = block.next();
        if (!line.isEmpty())
            block.setUserData(new TokenData(line));
    }
    job->at.setPosition(block.position());
    job->waiting -= lines.size();
    if (job->ended && job->waiting == 0)
        m_jobs.erase(job);
    if (auto *layout = qobject_cast<TranscriptLayout *>(m_document.documentLayout()))
        layout->recolor(firstNumber, block.blockNumber());
}

} // namespace markdown
