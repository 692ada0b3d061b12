#pragma once

#include "ui/usage/usagerow.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

// Usage summed up for a chart. There is one bar for each day, or for each month if there would be too many days to tell
// them apart. Each bar is stacked from the same groups: models or clients. A value.
class UsageSeries
{
    Q_DECLARE_TR_FUNCTIONS(UsageSeries)

public:
    enum class Grouping { Model, Client };
    static constexpr qsizetype mostGroups = 6; // if there are more, the smallest are put together in the last one
    static constexpr int mostDays = 120;       // with more days than this, each bar is a month

    struct Bar
    {
        QDate first; // the bar stands for the days from `first` to `last`
        QDate last;
        QList<qint64> tokens; // tokens in and out together, one number for each group
        qint64 total = 0;     // the sum of `tokens`
        qint64 requests = 0;
        friend bool operator==(const Bar &, const Bar &) = default;
    };

    UsageSeries() = default;
    // Sums up the days from `first` to `last`, both included. If a date is not valid, there are no bars.
    UsageSeries(const QList<UsageRow> &rows, const QDate &first, const QDate &last, Grouping grouping);

    // Returns the names of the groups as they are shown, the largest group first.
    [[nodiscard]] const QStringList &groups() const { return m_groups; }
    [[nodiscard]] const QList<Bar> &bars() const { return m_bars; }
    [[nodiscard]] bool isMonthly() const { return m_monthly; }
    [[nodiscard]] qint64 most() const; // the tokens of the largest bar

    // These return a model's or a client's name as it is shown. They have words for "", too.
    [[nodiscard]] static QString modelName(const QString &model);
    [[nodiscard]] static QString clientName(const QString &client);

    friend bool operator==(const UsageSeries &, const UsageSeries &) = default;

private:
    QStringList m_groups;
    QList<Bar> m_bars;
    bool m_monthly = false;
};
