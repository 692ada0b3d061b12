#include "app/connect/textdiff.h"

#include <QList>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype around = 3;
constexpr qsizetype mostCells = 4'000'000; // above this, the lines between the first and the last change count as new

struct Line
{
    QChar kind; // ' ', '-' or '+'
    QString text;
};

QStringList linesOf(const QByteArray &text)
{
    QStringList lines = QString::fromUtf8(text).split(u'\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    for (QString &line : lines) {
        if (line.endsWith(u'\r'))
            line.chop(1);
    }
    return lines;
}

// Appends the lines of a range that has changed, by the longest common subsequence.
void appendChanged(QList<Line> &lines, const QStringList &a, const QStringList &b)
{
    const qsizetype width = b.size() + 1;
    if (a.size() * b.size() > mostCells) {
        for (const QString &line : a)
            lines.append({u'-', line});
        for (const QString &line : b)
            lines.append({u'+', line});
        return;
    }
    QList<int> common((a.size() + 1) * width, 0); // [i][j]: how much the rests from i and j have in common
    for (qsizetype i = a.size() - 1; i >= 0; --i) {
        for (qsizetype j = b.size() - 1; j >= 0; --j) {
            common[i * width + j] = a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                                                 : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
        }
    }
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            lines.append({u' ', a[i++]});
            ++j;
        } else if (i < a.size() && (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
            lines.append({u'-', a[i++]});
        } else {
            lines.append({u'+', b[j++]});
        }
    }
}

QString range(qsizetype begin, qsizetype count)
{
    return u"%1,%2"_s.arg(count == 0 ? begin : begin + 1).arg(count);
}

} // namespace

QString unifiedDiff(const QString &before, const QString &after, const QByteArray &beforeText,
                    const QByteArray &afterText)
{
    const QStringList a = linesOf(beforeText);
    const QStringList b = linesOf(afterText);
    qsizetype same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same])
        ++same;
    qsizetype tail = 0;
    while (tail < a.size() - same && tail < b.size() - same && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    if (same == a.size() && same == b.size())
        return {};

    QList<Line> lines;
    for (qsizetype i = 0; i < same; ++i)
        lines.append({u' ', a[i]});
    appendChanged(lines, a.mid(same, a.size() - same - tail), b.mid(same, b.size() - same - tail));
    for (qsizetype i = a.size() - tail; i < a.size(); ++i)
        lines.append({u' ', a[i]});

    const auto isChange = [](const Line &line) { return line.kind != u' '; };
    QString text = u"--- %1\n+++ %2\n"_s.arg(before, after);
    qsizetype at = 0;
    qsizetype inA = 0;
    qsizetype inB = 0;
    while (true) {
        const auto change = std::find_if(lines.begin() + at, lines.end(), isChange);
        if (change == lines.end())
            return text;
        const qsizetype begin = std::max(at, change - lines.begin() - around);
        inA += begin - at;
        inB += begin - at;
        qsizetype end = change - lines.begin();
        for (qsizetype i = end; i < lines.size() && i <= end + 2 * around + 1; ++i) {
            if (isChange(lines[i]))
                end = i;
        }
        end = std::min(end + 1 + around, lines.size());
        QString hunk;
        qsizetype removed = 0;
        qsizetype added = 0;
        for (qsizetype i = begin; i < end; ++i) {
            hunk += lines[i].kind + lines[i].text + u'\n';
            removed += lines[i].kind != u'+';
            added += lines[i].kind != u'-';
        }
        text += u"@@ -%1 +%2 @@\n"_s.arg(range(inA, removed), range(inB, added)) + hunk;
        inA += removed;
        inB += added;
        at = end;
    }
}
