#pragma once

#include "app/usage/usagecount.h"
#include "proxy/gemini/expected.h"
#include "ui/chat/base/sqliteconnection.h"

#include <QList>

#include <memory>
#include <optional>

// The SQLite file that holds the usage by day, model and client. Only the user may read it. Several programs may have
// it open and write to it. Lives on the thread that opened it, and may wait there for the disk and for other programs'
// writing.
class UsageDatabase
{
public:
    struct Error
    {
        enum class Kind {
            Missing,     // the file does not exist, and was not to be made
            Damaged,     // the file is no database; it is left as it is
            Newer,       // a later version of this program made the file; it is left as it is
            Unavailable, // the file is locked or not accessible, or the disk is full; a later try may work
        };
        Kind kind = Kind::Unavailable;
        QString message; // for people; names the file
    };
    enum class Mode { Create, Existing };

    // The file's path by the system's conventions; "" = there is no home folder.
    [[nodiscard]] static QString standardPath();
    // With Mode::Create the file and its folder are made if they are missing.
    [[nodiscard]] static Expected<std::unique_ptr<UsageDatabase>, Error> open(const QString &path, Mode mode);

    // Adds the counts to those in the file: all of them, or none if there is an error. This function and rows() bound
    // each count (see boundedCount()), whatever is given or stands in the file.
    [[nodiscard]] std::optional<Error> add(const QList<UsageCount> &counts);
    // Returns the counts from the day `since` on, or all counts if that is not valid, ordered by day, model and client.
    [[nodiscard]] Expected<QList<UsageCount>, Error> rows(const QDate &since = {}) const;
    // Returns the names of models that have answered since that day, `most` at most, the most requested ones first.
    [[nodiscard]] Expected<QStringList, Error> models(const QDate &since, int most) const;

private:
    explicit UsageDatabase(const QString &path) : m_path(path) {}
    [[nodiscard]] std::optional<Error> prepare();
    [[nodiscard]] SqliteConnection::Failure migrate();
    [[nodiscard]] SqliteConnection::Failure write(const QList<UsageCount> &counts);
    [[nodiscard]] Expected<bool, SqliteError> remember(const QString &interaction, const QDate &day);
    [[nodiscard]] Error errorOf(const SqliteError &error) const;

    const QString m_path;
    SqliteConnection m_sqlite;
    QDate m_forgotten; // the day on which old interactions were removed from the file last
};
