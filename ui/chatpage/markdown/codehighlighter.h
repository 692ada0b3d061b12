#pragma once

#include "ui/chat/base/workerthread.h"
#include "ui/chatpage/markdown/blocklook.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <atomic>

namespace markdown {

// Colours code with GNU Source-highlight. Its language definitions take up to 80 ms to load, and a hostile line may
// take long. So the library works on a thread of its own, with which this class exchanges only values. Lives on the
// main thread; one object is enough for all transcripts.
class CodeHighlighter : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype lineLimit = 500; // in characters; longer lines get no colours

    explicit CodeHighlighter(QObject *parent = nullptr);
    // Waits for the line that is being coloured.
    ~CodeHighlighter() override;

    // Begins a job for one piece of code, whose lines are then added in order. `language` is the word after the opening
    // fence.
    [[nodiscard]] quint64 begin(const QString &language);
    void add(quint64 job, const QStringList &lines);
    // Ends a job. The colours of lines that were added before still come back.
    void end(quint64 job);

signals:
    // Brings the colours of a job's next lines. Every line that was added comes back, in any number of steps.
    void highlighted(quint64 job, const QList<QList<markdown::TokenRange>> &lines);

private:
    class Worker;

    // Colours patches without the library, which has no colours for most of their lines.
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
