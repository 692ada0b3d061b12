#include "ui/chat/base/sqlitetransaction.h"

#include <tuple>

using namespace Qt::StringLiterals;

SqliteTransaction::~SqliteTransaction()
{
    if (m_open)
        std::ignore = m_connection.execute(u"ROLLBACK"_s); // fails if SQLite has rolled back by itself
}

SqliteConnection::Failure SqliteTransaction::begin()
{
    const auto failure = m_connection.execute(u"BEGIN IMMEDIATE"_s);
    m_open = !failure;
    return failure;
}

SqliteConnection::Failure SqliteTransaction::commit()
{
    const auto failure = m_connection.execute(u"COMMIT"_s);
    m_open = failure.has_value();
    return failure;
}
