#include "app/cli/usagecommand.h"

#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/options/options.h"
#include "app/usage/usagedatabase.h"
#include "app/usage/usagejournal.h"
#include "app/usage/usagejson.h"

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

void print(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
}

QStringList cellsOf(const UsageCount &row, const QString &day)
{
    const auto name = [](const QString &text) {
        return text.isEmpty() ? u"-"_s : withoutControls(text).replace(u'\n', u' ').replace(u'\t', u' ');
    };
    return {day,
            name(row.model),
            name(row.client),
            QString::number(row.requests),
            QString::number(row.input),
            QString::number(row.output),
            QString::number(row.thoughts)};
}

} // namespace

QString usageTable(const QList<UsageCount> &rows)
{
    constexpr qsizetype names = 3; // the first columns are text; the numbers after them are aligned to the right
    UsageCount total;
    QList<QStringList> lines{{u"day"_s, u"model"_s, u"client"_s, u"requests"_s, u"tokens in"_s, u"tokens out"_s,
                              u"of these thoughts"_s}};
    for (const UsageCount &row : rows) {
        lines.append(cellsOf(row, row.day.toString(Qt::ISODate)));
        total.requests += row.requests;
        total.input += row.input;
        total.output += row.output;
        total.thoughts += row.thoughts;
    }
    QStringList last = cellsOf(total, u"total"_s);
    last[1].clear();
    last[2].clear();
    lines.append(last);

    QList<qsizetype> widths(last.size(), 0);
    for (const QStringList &line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    }
    QString text;
    for (const QStringList &line : lines) {
        QStringList cells;
        for (qsizetype i = 0; i < line.size(); ++i)
            cells.append(i < names ? line[i].leftJustified(widths[i]) : line[i].rightJustified(widths[i]));
        text += cells.join("  "_L1) + u'\n';
    }
    return text;
}

int usageCommand(const Options &options)
{
    QList<UsageCount> rows;
    const auto database = UsageDatabase::open(UsageDatabase::standardPath(), UsageDatabase::Mode::Existing);
    if (database) {
        if (const auto error = UsageJournal(UsageDatabase::standardPath()).moveTo(**database))
            printError(u"some of the counts are still to be written: %1"_s.arg(error->message));
        const auto found = (*database)->rows(options.since);
        if (!found) {
            printError(found.error().message);
            return ExitUnavailable;
        }
        rows = *found;
    } else if (database.error().kind != UsageDatabase::Error::Kind::Missing) {
        printError(database.error().message);
        return ExitUnavailable;
    }

    if (options.json)
        print(usageJson(rows));
    else if (!rows.isEmpty())
        print(usageTable(rows).toUtf8());
    else if (options.since.isValid())
        print(u"Nothing was used since %1.\n"_s.arg(options.since.toString(Qt::ISODate)).toUtf8());
    else
        print("Nothing was used yet.\n");
    return ExitOk;
}
