#pragma once

#include "ui/chat/base/workerthread.h"
#include "ui/chatpage/markdown/blocklook.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <atomic>

namespace markdown {

// Colours code with GNU Source-highlight. Its language definitions take up to 80 ms to load and a hostile line
// may take long, so it works on a thread of its own; only values cross. Lives on the main thread; one is enough
// for all transcripts.
class CodeHighlighter : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype lineLimit = 500; // characters; longer lines stay plain

    explicit CodeHighlighter(QObject *parent = nullptr);
    // Waits for the line that is being coloured.
    ~CodeHighlighter() override;

    // Begins a job: one piece of code, whose lines are then added in order. `language` is what stands behind the fence.
    [[nodiscard]] quint64 begin(const QString &language);
    void add(quint64 job, const QStringList &lines);
    void end(quint64 job);

signals:
    // The colours of a job's next lines. As many lines come back as were added, in any number of steps.
    void highlighted(quint64 job, const QList<QList<markdown::TokenRange>> &lines);

private:
    class Worker;

    // Patches are coloured without the library, which has no colours for most of them.
    void colorDiff(quint64 job, const QStringList &lines)
    {
        QList<QList<TokenRange>> result;
        for (const QString &line : lines)
            result.append(tokensOfDiff(line));
        callLater(this, [this, job, result] { emit highlighted(job, result); });
    }

    std::atomic_bool m_stopping = false;
    WorkerThread<Worker> m_worker;
    quint64 m_last = 0;
    QSet<quint64> m_diffs;
};

} // namespace markdown
