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
        Damaged, // the file is no database, or it is broken
        Locked,  // another connection has it
        Full,    // there is no room left
        Access,  // it may not be opened or written
        Disk,    // the disk fails or was taken away
        Other,
    };
    Kind kind = Kind::Other;
    QString text; // SQLite's own words
};

// A connection to a file of SQLite's. It knows nothing of what is in the file: a store of one's own has one of
// these and says in its own words what went wrong. Every call blocks, for the disk and for other programs that
// write. Lives on the thread that opens it.
class SqliteConnection
{
public:
    using Failure = std::optional<SqliteError>;
    template <typename T>
    using Answer = Expected<T, SqliteError>;
    enum class Mode { ReadWrite, ReadOnly };

    // Makes an empty file where there is none, for its owner alone, and its folder likewise. SQLite gives the
    // files beside it the same permissions.
    [[nodiscard]] static bool makeFile(const QString &path);

    SqliteConnection();
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    // `patience`: how long a statement waits for another connection that has locked the file.
    [[nodiscard]] Failure open(const QString &path, Mode mode, std::chrono::milliseconds patience);
    [[nodiscard]] Failure setPatience(std::chrono::milliseconds patience) const;
    void close();

    // Each runs one statement; the values stand in the places of its question marks. A null string is an empty
    // text and not NULL.
    [[nodiscard]] Failure execute(const QString &sql, const QVariantList &values = {}) const;
    // Its first value; an error where there is none.
    [[nodiscard]] Answer<QVariant> value(const QString &sql, const QVariantList &values = {}) const;
    // Before its first row, or with what it changed. Gone before its transaction ends: it would hold that up.
    [[nodiscard]] Answer<QSqlQuery> query(const QString &sql, const QVariantList &values = {}) const;
    // Behind the last row: they end early, too, where the file is damaged in its middle.
    [[nodiscard]] static Failure failureOf(const QSqlQuery &query);

private:
    [[nodiscard]] QSqlDatabase database() const;

    const QString m_name; // QSqlDatabase's names are the process's
};
