#pragma once

#include "app/usage/usagecount.h"

#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

// What the tests of usage have in common.

using namespace Qt::StringLiterals;

inline const QDate monday(2025, 3, 3);
inline const QDate tuesday(2025, 3, 4);

inline UsageCount count(const QDate &day, const QString &model, const QString &client, qint64 requests = 1,
                        qint64 input = 10, qint64 output = 20)
{
    return {day, model, client, requests, 0, input, output, 5, 2};
}

// Everything in the file, a row a line.
inline QStringList said(const QList<UsageCount> &rows)
{
    QStringList lines;
    for (const UsageCount &row : rows) {
        lines.append(u"%1 %2 %3 r%4 f%5 i%6 o%7 t%8 c%9"_s.arg(row.day.toString(Qt::ISODate), row.model, row.client)
                             .arg(row.requests)
                             .arg(row.failed)
                             .arg(row.input)
                             .arg(row.output)
                             .arg(row.thoughts)
                             .arg(row.cached));
    }
    return lines;
}

// A connection of somebody else's to the same file.
class Other
{
public:
    explicit Other(const QString &path) : m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s))
    {
        m_database.setDatabaseName(path);
        m_database.open();
    }
    ~Other()
    {
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(u"other"_s);
    }
    bool run(const QString &statement) { return QSqlQuery(m_database).exec(statement); }
    // The first value of the first row.
    QVariant value(const QString &statement)
    {
        QSqlQuery query(m_database);
        return query.exec(statement) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
};
