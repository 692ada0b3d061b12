#pragma once

#include "app/usage/usagecount.h"
#include "proxy/gemini/expected.h"
#include "ui/chat/base/sqliteconnection.h"

#include <QList>

#include <memory>
#include <optional>

// The file that holds what was used, by day, model and client: SQLite, for the user's eyes alone.
// Several programs may have it open and write to it. Lives on the thread that opened it, and may
// wait there for the disk and for other programs' writing.
class UsageDatabase
{
public:
    struct Error
    {
        enum class Kind {
            Missing,     // there is no such file, and none was to be made
            Damaged,     // it is no database; it is left as it is
            Newer,       // a later version of this program made it; it is left as it is
            Unavailable, // locked, not allowed, disk full: may get better
        };
        Kind kind = Kind::Unavailable;
        QString message; // in words; names the file
    };
    enum class Mode { Create, Existing };

    // Where it is by the system's customs; "" = there is no home.
    [[nodiscard]] static QString standardPath();
    // With Mode::Create its folder and the file are made where they are missing.
    [[nodiscard]] static Expected<std::unique_ptr<UsageDatabase>, Error> open(const QString &path, Mode mode);

    // Adds to what is there: all of it, or in the case of an error nothing. Here and in rows() no
    // count is negative or out of bounds, whatever is given or stands in the file.
    [[nodiscard]] std::optional<Error> add(const QList<UsageCount> &counts);
    // From that day on, or all if it is not valid; ordered by day, model and client.
    [[nodiscard]] Expected<QList<UsageCount>, Error> rows(const QDate &since = {}) const;
    // So many at most of those that answered from that day on, those first that were used most.
    [[nodiscard]] Expected<QStringList, Error> models(const QDate &since, int most) const;

private:
    explicit UsageDatabase(const QString &path) : m_path(path) {}
    [[nodiscard]] std::optional<Error> prepare();
    [[nodiscard]] SqliteConnection::Failure migrate();
    [[nodiscard]] SqliteConnection::Failure write(const QList<UsageCount> &counts);
    [[nodiscard]] Error errorOf(const SqliteError &error) const;

    const QString m_path;
    SqliteConnection m_sqlite;
};
