#pragma once

#include "ui/usage/usagerow.h"

#include <QAbstractTableModel>
#include <QList>

// Usage as a table, with numbers and dates in the locale's form. Lives on the main thread.
class UsageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Day, Model, Client, Requests, TokensIn, TokensOut, Thoughts, ColumnCount };
    static constexpr int SortRole = Qt::UserRole; // the value itself and not its text, for sorting

    explicit UsageModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setRows(const QList<UsageRow> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant value(const UsageRow &row, int column) const;

    QList<UsageRow> m_rows;
};

// Returns the rows as CSV (RFC 4180), with plain numbers and ISO dates.
[[nodiscard]] QByteArray usageCsv(const QList<UsageRow> &rows);
