#pragma once

#include "proxy/gemini/expected.h"

#include <QString>
#include <QVariant>

#include <chrono>
#include <optional>

class QSqlDatabase;
class QSqlQuery;

// Why something failed, as SQLite tells it.
struct SqliteError
{
    enum class Kind {
        Damaged, // the file is not a database, or it is broken
        Locked,  // another connection has locked it
        Full,    // the disk or the database is full
        Access,  // the file may not be opened or written
        Disk,    // the disk fails or was removed
        Other,
    };
    Kind kind = Kind::Other;
    QString text; // SQLite's own message
};

// A connection to an SQLite file. It knows nothing about the contents: a store has a connection as a member and puts
// errors into its own words. Every call blocks while it waits for the disk and for other programs that write. A
// connection lives on the thread that opens it.
class SqliteConnection
{
public:
    using Failure = std::optional<SqliteError>;
    template <typename T>
    using Answer = Expected<T, SqliteError>;
    enum class Mode { ReadWrite, ReadOnly };

    // Makes an empty file if there is none, and its folder, both for their owner only. SQLite gives the files beside it
    // the same permissions. Returns false if there is no file afterwards.
    [[nodiscard]] static bool makeFile(const QString &path);

    SqliteConnection();
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    // `patience` is how long a statement waits for another connection that has locked the file.
    [[nodiscard]] Failure open(const QString &path, Mode mode, std::chrono::milliseconds patience);
    [[nodiscard]] Failure setPatience(std::chrono::milliseconds patience) const;
    void close();

    // Each of these runs one statement, whose question marks stand for the values. A null string becomes an empty text,
    // not NULL.
    [[nodiscard]] Failure execute(const QString &sql, const QVariantList &values = {}) const;
    // Returns the first value of the first row; fails if there is no row.
    [[nodiscard]] Answer<QVariant> value(const QString &sql, const QVariantList &values = {}) const;
    // Returns the query before its first row, or with the number of rows that it changed. The query must be destroyed
    // before its transaction ends, as the transaction could not end otherwise.
    [[nodiscard]] Answer<QSqlQuery> query(const QString &sql, const QVariantList &values = {}) const;
    // Call this after the last row: the rows also end early if the file is damaged in the middle.
    [[nodiscard]] static Failure failureOf(const QSqlQuery &query);

private:
    [[nodiscard]] QSqlDatabase database() const;

    const QString m_name; // QSqlDatabase identifies connections by names that are unique in the process
};
