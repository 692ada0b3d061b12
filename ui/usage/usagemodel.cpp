#include "ui/usage/usagemodel.h"

#include "ui/usage/usageseries.h"

#include <QLocale>

using namespace Qt::StringLiterals;

void UsageModel::setRows(const QList<UsageRow> &rows)
{
    if (m_rows == rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int UsageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int UsageModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant UsageModel::value(const UsageRow &row, int column) const
{
    switch (Column(column)) {
    case Day:
        return row.day;
    case Model:
        return UsageSeries::modelName(row.model);
    case Client:
        return UsageSeries::clientName(row.client);
    case Requests:
        return row.requests;
    case TokensIn:
        return row.tokensIn;
    case TokensOut:
        return row.tokensOut;
    case Thoughts:
        return row.thoughts;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant UsageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const UsageRow &row = m_rows.at(index.row());
    QVariant bare = value(row, index.column());
    switch (role) {
    case SortRole:
        return bare;
    case Qt::DisplayRole:
        if (index.column() == Day)
            return QLocale().toString(row.day, QLocale::ShortFormat);
        return index.column() >= Requests ? QLocale().toString(bare.toLongLong()) : bare;
    case Qt::ToolTipRole:
        if (index.column() == Requests && row.failed > 0)
            return tr("%n of them failed", nullptr, int(row.failed));
        return index.column() == Model || index.column() == Client ? bare : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (index.column() >= Requests ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant UsageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section >= Requests ? Qt::AlignRight : Qt::AlignLeft));
    // The heading on the screen is short; tool tips and screen readers get the whole one.
    const bool whole = role == Qt::AccessibleTextRole || role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !whole)
        return {};
    switch (Column(section)) {
    case Day:
        return tr("Day");
    case Model:
        return tr("Model");
    case Client:
        return tr("Client");
    case Requests:
        return tr("Requests");
    case TokensIn:
        return whole ? tr("Tokens in") : tr("In", "tokens");
    case TokensOut:
        return whole ? tr("Tokens out, with thoughts") : tr("Out", "tokens");
    case Thoughts:
        return whole ? tr("Tokens out that are thoughts") : tr("Thoughts");
    case ColumnCount:
        break;
    }
    return {};
}

QByteArray usageCsv(const QList<UsageRow> &rows)
{
    const auto quoted = [](const QString &text) {
        const bool plain =
                !text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r');
        return plain ? text : u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"';
    };
    QString csv = u"day,model,client,requests,failed,tokens_in,tokens_out,thoughts\r\n"_s;
    for (const UsageRow &row : rows) {
        const QStringList cells{row.day.toString(Qt::ISODate),
                                quoted(row.model),
                                quoted(row.client),
                                QString::number(row.requests),
                                QString::number(row.failed),
                                QString::number(row.tokensIn),
                                QString::number(row.tokensOut),
                                QString::number(row.thoughts)};
        csv += cells.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}
