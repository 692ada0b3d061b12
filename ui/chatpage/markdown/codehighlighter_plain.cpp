// This file is built if GNU Source-highlight is not available. Only patches are coloured then.
#include "ui/chatpage/markdown/codehighlighter.h"

namespace markdown {

class CodeHighlighter::Worker : public QObject
{
};

CodeHighlighter::CodeHighlighter(QObject *parent)
    : QObject(parent), m_worker(QStringLiteral("highlighter"), std::make_unique<Worker>()) // never started
{}

CodeHighlighter::~CodeHighlighter() = default;

quint64 CodeHighlighter::begin(const QString &language)
{
    if (isDiff(language))
        m_diffs.insert(m_last + 1);
    return ++m_last;
}

void CodeHighlighter::add(quint64 job, const QStringList &lines)
{
    if (m_diffs.contains(job)) {
        colorDiff(job, lines);
        return;
    }
    const QList<QList<TokenRange>> none(lines.size());
    callLater(this, [this, job, none] { emit highlighted(job, none); });
}

void CodeHighlighter::end(quint64 job)
{
    m_diffs.remove(job);
}

} // namespace markdown
