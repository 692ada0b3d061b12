#pragma once

#include "ui/chat/base/sqliteconnection.h"

// Between begin() and commit(), all is done or nothing: what was not committed is rolled back at the end of
// this object. Lives within one function, on the connection's thread.
class SqliteTransaction
{
public:
    explicit SqliteTransaction(const SqliteConnection &connection) : m_connection(connection) {}
    ~SqliteTransaction();
    SqliteTransaction(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(const SqliteTransaction &) = delete;

    // Takes the lock for writing: where that is missing, it is missed here, and not in the middle.
    [[nodiscard]] SqliteConnection::Failure begin();
    [[nodiscard]] SqliteConnection::Failure commit();

private:
    const SqliteConnection &m_connection;
    bool m_open = false;
};
