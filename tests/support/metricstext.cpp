#include "tests/support/metricstext.h"

#include <QList>
#include <QRegularExpression>
#include <QStringDecoder>

#include <cmath>
#include <limits>

namespace {

struct Bucket
{
    double bound;
    double value;
};

double number(const QString &text, bool *ok)
{
    *ok = true;
    if (text == QLatin1String("+Inf"))
        return std::numeric_limits<double>::infinity();
    return text.toDouble(ok);
}

} // namespace

void MetricsText::parse(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString whole = decoder(text);
    if (decoder.hasError() || !whole.endsWith(QLatin1Char('\n'))) {
        problem = QStringLiteral("not UTF-8, or the last line does not end");
        return;
    }
    static const QRegularExpression help(QStringLiteral("\\A# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*\\z"));
    static const QRegularExpression type(
            QStringLiteral("\\A# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)\\z"));
    static const QRegularExpression sample(
            QStringLiteral("\\A([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)\\})? (\\S+)\\z"));
    static const QRegularExpression label(
            QStringLiteral("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\n\"])*)\"(,(?!\\z)|\\z)"));

    QString family;
    QString kind;
    QStringList families;
    bool helped = false;
    QMap<QString, QList<Bucket>> buckets; // of the current family, by all labels but "le"
    QMap<QString, double> counts;
    const auto histogramProblem = [&]() -> QString {
        for (auto it = buckets.begin(); it != buckets.end(); ++it) {
            for (qsizetype i = 1; i < it->size(); ++i) {
                if (it->at(i).bound <= it->at(i - 1).bound || it->at(i).value < it->at(i - 1).value)
                    return QStringLiteral("buckets out of order: ") + family + it.key();
            }
            if (it->isEmpty() || !std::isinf(it->last().bound) || it->last().value != counts.value(it.key(), -1))
                return QStringLiteral("+Inf is not _count: ") + family + it.key();
        }
        return buckets.size() == counts.size() ? QString() : QStringLiteral("no buckets: ") + family;
    };

    QStringList lines = whole.split(QLatin1Char('\n'));
    lines.removeLast();
    for (const QString &line : lines) {
        const auto fail = [this, &line](const char *what) {
            problem = QLatin1String(what) + QLatin1String(": ") + line;
        };
        if (const auto match = help.match(line); match.hasMatch()) {
            if (problem = histogramProblem(); !problem.isEmpty())
                return;
            buckets.clear();
            counts.clear();
            family = match.captured(1);
            kind.clear();
            if (families.contains(family))
                return fail("a family comes twice");
            families.append(family);
            helped = true;
            continue;
        }
        if (const auto match = type.match(line); match.hasMatch()) {
            if (!helped || match.captured(1) != family || !kind.isEmpty())
                return fail("TYPE without its HELP");
            kind = match.captured(2);
            helped = false;
            if ((kind == QLatin1String("counter")) != family.endsWith(QLatin1String("_total")))
                return fail("a counter's name ends in _total, and no other");
            continue;
        }
        const auto match = sample.match(line);
        if (!match.hasMatch() || kind.isEmpty())
            return fail("neither a sample nor HELP or TYPE");
        bool ok = false;
        const double value = number(match.captured(3), &ok);
        if (!ok || value < 0)
            return fail("not a number, or below zero");

        QStringList names;
        QString others;
        QString bound;
        const QString labels = match.captured(2);
        for (qsizetype at = 0; at < labels.size();) {
            const auto pair = label.match(labels, at, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
            if (!pair.hasMatch() || names.contains(pair.captured(1)))
                return fail("bad labels");
            names.append(pair.captured(1));
            if (pair.captured(1) == QLatin1String("le"))
                bound = pair.captured(2);
            else
                others += pair.captured(1) + QLatin1Char('=') + pair.captured(2) + QLatin1Char(',');
            at = pair.capturedEnd();
        }
        const QString name = match.captured(1);
        if (kind == QLatin1String("histogram")) {
            if (name == family + QLatin1String("_bucket")) {
                const double upper = number(bound, &ok);
                if (!ok)
                    return fail("a bucket without its bound");
                buckets[others].append({upper, value});
            } else if (name == family + QLatin1String("_count")) {
                counts[others] = value;
            } else if (name != family + QLatin1String("_sum")) {
                return fail("does not belong to the family");
            }
        } else if (name != family || !bound.isEmpty()) {
            return fail("does not belong to the family");
        }
        const QByteArray series = line.left(line.size() - match.captured(3).size() - 1).toUtf8();
        if (samples.contains(series))
            return fail("a series comes twice");
        samples.insert(series, value);
    }
    problem = histogramProblem();
}

double MetricsText::sum(const QByteArray &name) const
{
    double all = 0;
    for (auto it = samples.begin(); it != samples.end(); ++it) {
        if (it.key() == name || it.key().startsWith(name + '{'))
            all += it.value();
    }
    return all;
}
