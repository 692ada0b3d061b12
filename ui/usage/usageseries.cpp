#include "ui/usage/usageseries.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace {

QDate monthOf(const QDate &day)
{
    return QDate(day.year(), day.month(), 1);
}

} // namespace

UsageSeries::UsageSeries(const QList<UsageRow> &rows, const QDate &first, const QDate &last, Grouping grouping)
{
    if (!first.isValid() || !last.isValid() || first > last)
        return;
    m_monthly = first.daysTo(last) >= mostDays;
    const auto nameOf = [grouping](const UsageRow &row) {
        return grouping == Grouping::Model ? row.model : row.client;
    };

    QHash<QString, qint64> totals;
    for (const UsageRow &row : rows) {
        if (row.day >= first && row.day <= last && row.tokensIn + row.tokensOut > 0)
            totals[nameOf(row)] += row.tokensIn + row.tokensOut;
    }
    QStringList names = totals.keys();
    std::sort(names.begin(), names.end(), [&totals](const QString &a, const QString &b) {
        return std::pair(-totals[a], a) < std::pair(-totals[b], b);
    });
    QHash<QString, qsizetype> places;
    for (const QString &name : std::as_const(names))
        places.insert(name, std::min(places.size(), mostGroups - 1));
    const bool joined = names.size() > mostGroups;
    for (qsizetype i = 0; i < std::min(names.size(), joined ? mostGroups - 1 : mostGroups); ++i)
        m_groups.append(grouping == Grouping::Model ? modelName(names.at(i)) : clientName(names.at(i)));
    if (joined)
        m_groups.append(tr("Others"));

    QHash<QDate, qsizetype> barOf;
    for (QDate day = first; day <= last; day = m_monthly ? monthOf(day).addMonths(1) : day.addDays(1)) {
        const QDate end = m_monthly ? std::min(last, monthOf(day).addMonths(1).addDays(-1)) : day;
        barOf.insert(m_monthly ? monthOf(day) : day, m_bars.size());
        m_bars.append({day, end, QList<qint64>(m_groups.size(), 0), 0, 0});
    }
    for (const UsageRow &row : rows) {
        if (row.day < first || row.day > last)
            continue;
        Bar &bar = m_bars[barOf.value(m_monthly ? monthOf(row.day) : row.day)];
        bar.requests += row.requests;
        const qint64 tokens = row.tokensIn + row.tokensOut;
        if (tokens <= 0)
            continue;
        bar.total += tokens;
        bar.tokens[places.value(nameOf(row))] += tokens;
    }
}

qint64 UsageSeries::most() const
{
    qint64 most = 0;
    for (const Bar &bar : m_bars)
        most = std::max(most, bar.total);
    return most;
}

QString UsageSeries::modelName(const QString &model)
{
    return model.isEmpty() ? tr("No model") : model;
}

QString UsageSeries::clientName(const QString &client)
{
    return client.isEmpty() ? tr("No token") : client;
}
