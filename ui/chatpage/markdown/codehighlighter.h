#pragma once

#include "ui/chat/base/workerthread.h"
#include "ui/chatpage/markdown/blocklook.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <atomic>

namespace markdown {

// Colours code with GNU Source-highlight. Its language definitions take up to 80 ms to load and a
// line that means harm may take long, so it works on a thread of its own; only values cross. Lives
// on the main thread; one is enough for all transcripts.
class CodeHighlighter : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype lineLimit = 500; // characters; longer lines stay plain

    explicit CodeHighlighter(QObject *parent = nullptr);
    // Waits for the line that is being coloured.
    ~CodeHighlighter() override;

    // One piece of code, whose lines come in order. `language` as it stands behind the fence.
    [[nodiscard]] quint64 begin(const QString &language);
    void add(quint64 job, const QStringList &lines);
    void end(quint64 job);

signals:
    // The next lines of a job, as many as were added, in as many steps as it likes.
    void highlighted(quint64 job, const QList<QList<markdown::TokenRange>> &lines);

private:
    class Worker;

    // Patches need no library, which has no colours for most of them.
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
