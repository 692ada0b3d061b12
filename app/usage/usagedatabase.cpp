#include "app/usage/usagedatabase.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QVariant>

#include <algorithm>
#include <atomic>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

// Step i leads from version i to i + 1 (SQLite's user_version). They are never changed, only added to.
const QStringList &migrations()
{
    static const QStringList steps{
            u"CREATE TABLE usage (day TEXT NOT NULL, model TEXT NOT NULL, client TEXT NOT NULL,"
            " requests INTEGER NOT NULL, failed INTEGER NOT NULL, input INTEGER NOT NULL,"
            " output INTEGER NOT NULL, thoughts INTEGER NOT NULL, cached INTEGER NOT NULL,"
            " PRIMARY KEY (day, model, client)) WITHOUT ROWID"_s,
    };
    return steps;
}

QString newConnectionName()
{
    static std::atomic<int> last = 0; // QSqlDatabase's names are the process's
    return u"usage-%1"_s.arg(++last);
}

// The file for its owner alone. SQLite gives the files beside it the same permissions. What is
// there already is left as it is.
bool makeFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists())
        return true;
    const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const QFileInfo folder(info.absolutePath());
    QDir above(folder.absolutePath());
    if (!folder.exists() && above.mkpath(u"."_s))
        above.mkdir(folder.fileName(), owner | QFileDevice::ExeOwner);
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, owner) || info.exists();
}

} // namespace

QString UsageDatabase::standardPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    const bool nowhere = qEnvironmentVariableIsEmpty("HOME") && qEnvironmentVariableIsEmpty("XDG_DATA_HOME");
#ifdef Q_OS_UNIX
    if (nowhere) // Qt would take the root folder for the home
        return {};
#else
    Q_UNUSED(nowhere)
#endif
    return folder.isEmpty() ? QString() : folder + "/gemini-desk/usage.sqlite"_L1;
}

auto UsageDatabase::open(const QString &path, Mode mode) -> Expected<std::unique_ptr<UsageDatabase>, Error>
{
    if (mode == Mode::Existing && !QFileInfo::exists(path))
        return Error{Error::Kind::Missing, u"there is no file %1"_s.arg(path)};
    if (mode == Mode::Create && !makeFile(path))
        return Error{Error::Kind::Unavailable, u"the file %1 cannot be made"_s.arg(path)};
    std::unique_ptr<UsageDatabase> database(new UsageDatabase(path));
    if (auto error = database->prepare())
        return *std::move(error);
    return database;
}

UsageDatabase::UsageDatabase(const QString &path)
    : m_path(path), m_connection(newConnectionName()), m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection))
{}

UsageDatabase::~UsageDatabase()
{
    m_database = QSqlDatabase(); // or removing it complains
    QSqlDatabase::removeDatabase(m_connection);
}

std::optional<UsageDatabase::Error> UsageDatabase::prepare()
{
    m_database.setDatabaseName(m_path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=1000"_s); // another program's writing takes milliseconds
    if (!m_database.open())
        return errorOf(m_database.lastError());
    const auto found = version();
    if (!found)
        return found.error();
    if (*found > migrations().size()) {
        return Error{Error::Kind::Newer,
                     u"%1 was made by a newer version of this program, and is left as it is"_s.arg(m_path)};
    }
    // Readers then never wait. Where it fails, all works as well, only slower.
    (void)run(u"PRAGMA journal_mode=WAL"_s);
    (void)run(u"PRAGMA synchronous=NORMAL"_s);
    return *found < migrations().size() ? migrate() : std::nullopt;
}

std::optional<UsageDatabase::Error> UsageDatabase::migrate()
{
    if (auto error = run(u"BEGIN IMMEDIATE"_s))
        return error;
    const auto found = version(); // another program may have been faster
    std::optional<Error> error;
    if (!found)
        error = found.error();
    for (qsizetype step = found ? *found : migrations().size(); !error && step < migrations().size(); ++step) {
        error = run(migrations().at(step));
        if (!error)
            error = run(u"PRAGMA user_version=%1"_s.arg(step + 1));
    }
    if (!error)
        error = run(u"COMMIT"_s);
    if (error)
        (void)run(u"ROLLBACK"_s);
    return error;
}

auto UsageDatabase::version() const -> Expected<int, Error>
{
    QSqlQuery query(m_database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return errorOf(query.lastError());
    return query.value(0).toInt();
}

std::optional<UsageDatabase::Error> UsageDatabase::add(const QList<UsageCount> &counts)
{
    if (auto error = run(u"BEGIN IMMEDIATE"_s))
        return error;
    std::optional<Error> error;
    {
        QSqlQuery query(m_database);
        bool good = query.prepare(
                u"INSERT INTO usage (day, model, client, requests, failed, input, output, thoughts, cached)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, model, client) DO UPDATE SET"
                " requests = min(max(requests, 0) + excluded.requests, %1), failed = min(max(failed, 0) + excluded.failed, %1),"
                " input = min(max(input, 0) + excluded.input, %1), output = min(max(output, 0) + excluded.output, %1),"
                " thoughts = min(max(thoughts, 0) + excluded.thoughts, %1), cached = min(max(cached, 0) + excluded.cached, %1)"_s
                        .arg(mostCount));
        for (const UsageCount &count : counts) {
            if (!good)
                break;
            int place = 0;
            for (const QString &text : {count.day.toString(Qt::ISODate), count.model, count.client})
                query.bindValue(place++,
                                text.isNull() ? u""_s : text); // a null one would be SQL's NULL
            for (const qint64 number :
                 {count.requests, count.failed, count.input, count.output, count.thoughts, count.cached})
                query.bindValue(place++, boundedCount(number));
            good = query.exec();
        }
        if (!good)
            error = errorOf(query.lastError());
    } // a statement that is still open would hold up the end of the transaction
    if (!error)
        error = run(u"COMMIT"_s);
    if (error)
        (void)run(u"ROLLBACK"_s);
    return error;
}

auto UsageDatabase::rows(const QDate &since) const -> Expected<QList<UsageCount>, Error>
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare(u"SELECT day, model, client, CAST(requests AS INTEGER), CAST(failed AS INTEGER),"
                  " CAST(input AS INTEGER), CAST(output AS INTEGER), CAST(thoughts AS INTEGER),"
                  " CAST(cached AS INTEGER) FROM usage WHERE day >= ? ORDER BY day, model, client"_s);
    query.bindValue(0, since.isValid() ? since.toString(Qt::ISODate) : u""_s);
    if (!query.exec())
        return errorOf(query.lastError());
    QList<UsageCount> counts;
    while (query.next()) {
        UsageCount count{QDate::fromString(query.value(0).toString(), Qt::ISODate), query.value(1).toString(),
                         query.value(2).toString()};
        int place = 3;
        for (qint64 *number :
             {&count.requests, &count.failed, &count.input, &count.output, &count.thoughts, &count.cached})
            *number = boundedCount(query.value(place++).toLongLong());
        // Parts of another count
        count.failed = std::min(count.failed, count.requests);
        count.thoughts = std::min(count.thoughts, count.output);
        count.cached = std::min(count.cached, count.input);
        if (count.day.isValid())
            counts.append(count);
    }
    if (query.lastError().isValid()) // it ends early where the file is damaged in its middle
        return errorOf(query.lastError());
    return counts;
}

auto UsageDatabase::models(const QDate &since, int most) const -> Expected<QStringList, Error>
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare(u"SELECT model FROM usage WHERE day >= ? AND (requests > failed OR output > 0)"
                  " GROUP BY model ORDER BY sum(requests) DESC LIMIT ?"_s);
    query.bindValue(0, since.toString(Qt::ISODate));
    query.bindValue(1, most);
    if (!query.exec())
        return errorOf(query.lastError());
    QStringList names;
    while (query.next())
        names.append(query.value(0).toString());
    return names;
}

std::optional<UsageDatabase::Error> UsageDatabase::run(const QString &statement) const
{
    QSqlQuery query(m_database);
    if (query.exec(statement))
        return {};
    return errorOf(query.lastError());
}

UsageDatabase::Error UsageDatabase::errorOf(const QSqlError &error) const
{
    // SQLite's own numbers (https://sqlite.org/rescode.html): 11 = corrupt, 26 = not a database;
    // what stands above the lowest byte only says more.
    const int code = error.nativeErrorCode().toInt() & 0xFF;
    if (code == 11 || code == 26)
        return {Error::Kind::Damaged, u"%1 is damaged or no database, and is left as it is"_s.arg(m_path)};
    const QString why = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return {Error::Kind::Unavailable, u"%1 cannot be used: %2"_s.arg(m_path, why)};
}
