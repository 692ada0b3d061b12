#pragma once

#include "ui/usage/usagerow.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

// Rows summed up for a chart: one bar a day, or a month where days would be too many to tell apart. All bars
// are stacked of the same groups. A value.
class UsageSeries
{
    Q_DECLARE_TR_FUNCTIONS(UsageSeries)

public:
    enum class Grouping { Model, Client };
    static constexpr qsizetype mostGroups = 6; // the smallest are put together in the last one
    static constexpr int mostDays = 120;

    struct Bar
    {
        QDate first; // first and last day that it stands for
        QDate last;
        QList<qint64> tokens; // in and out, one number a group
        qint64 total = 0;     // of them
        qint64 requests = 0;
        friend bool operator==(const Bar &, const Bar &) = default;
    };

    UsageSeries() = default;
    // For the days from `first` to `last`, both included.
    UsageSeries(const QList<UsageRow> &rows, const QDate &first, const QDate &last, Grouping grouping);

    // The names of the groups as they are shown, the largest first.
    [[nodiscard]] const QStringList &groups() const { return m_groups; }
    [[nodiscard]] const QList<Bar> &bars() const { return m_bars; }
    [[nodiscard]] bool isMonthly() const { return m_monthly; }
    [[nodiscard]] qint64 most() const; // tokens in one bar

    // How the name of a model or a client is shown; "" has a name, too.
    [[nodiscard]] static QString modelName(const QString &model);
    [[nodiscard]] static QString clientName(const QString &client);

    friend bool operator==(const UsageSeries &, const UsageSeries &) = default;

private:
    QStringList m_groups;
    QList<Bar> m_bars;
    bool m_monthly = false;
};
