#pragma once

#include "ui/chat/base/sqliteconnection.h"

// Between begin() and commit(), everything is done or nothing: the destructor rolls back whatever was not committed. A
// transaction lives within one function, on the thread of the connection.
class SqliteTransaction
{
public:
    explicit SqliteTransaction(const SqliteConnection &connection) : m_connection(connection) {}
    ~SqliteTransaction();
    SqliteTransaction(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(const SqliteTransaction &) = delete;

    // Takes the lock for writing right away, so that a file locked by others fails here and not in the middle.
    [[nodiscard]] SqliteConnection::Failure begin();
    [[nodiscard]] SqliteConnection::Failure commit();

private:
    const SqliteConnection &m_connection;
    bool m_open = false;
};
