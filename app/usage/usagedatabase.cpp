#include "app/usage/usagedatabase.h"

#include "ui/chat/base/sqlitetransaction.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QtEndian>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds patience{1}; // for other programs' writing, which takes milliseconds

// Step i leads from version i of the file (SQLite's user_version) to version i + 1. A released step is never changed; a
// new version adds a step.
const QStringList &migrations()
{
    static const QStringList steps{
            u"CREATE TABLE usage (day TEXT NOT NULL, model TEXT NOT NULL, client TEXT NOT NULL,"
            " requests INTEGER NOT NULL, failed INTEGER NOT NULL, input INTEGER NOT NULL,"
            " output INTEGER NOT NULL, thoughts INTEGER NOT NULL, cached INTEGER NOT NULL,"
            " PRIMARY KEY (day, model, client)) WITHOUT ROWID"_s,
            u"CREATE TABLE interactions (hash INTEGER PRIMARY KEY, day TEXT NOT NULL)"_s,
    };
    return steps;
}

// How long an interaction that was counted is remembered. Gemini keeps them for 55 days at most
// (https://ai.google.dev/gemini-api/docs/interactions-overview).
constexpr int interactionDays = 60;

// What is kept of an ID: it takes a fraction of the room, and says nothing about the user.
qint64 hashOf(const QString &interaction)
{
    return qFromBigEndian<qint64>(
            QCryptographicHash::hash(interaction.toUtf8(), QCryptographicHash::Sha256).constData());
}

} // namespace

QString UsageDatabase::standardPath()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    const bool nowhere = qEnvironmentVariableIsEmpty("HOME") && qEnvironmentVariableIsEmpty("XDG_DATA_HOME");
#ifdef Q_OS_UNIX
    if (nowhere) // Qt would use the root folder as the home folder
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
    if (mode == Mode::Create && !SqliteConnection::makeFile(path))
        return Error{Error::Kind::Unavailable, u"the file %1 cannot be made"_s.arg(path)};
    std::unique_ptr<UsageDatabase> database(new UsageDatabase(path));
    if (auto error = database->prepare())
        return *std::move(error);
    return database;
}

std::optional<UsageDatabase::Error> UsageDatabase::prepare()
{
    if (const auto failure = m_sqlite.open(m_path, SqliteConnection::Mode::ReadWrite, patience))
        return errorOf(*failure);
    const auto version = m_sqlite.value(u"PRAGMA user_version"_s);
    if (!version)
        return errorOf(version.error());
    if (version->toInt() > migrations().size()) {
        return Error{Error::Kind::Newer,
                     u"%1 was made by a newer version of this program, and is left as it is"_s.arg(m_path)};
    }
    // With a write-ahead log readers never wait. If it cannot be switched on, all works as well, only slower.
    (void)m_sqlite.execute(u"PRAGMA journal_mode=WAL"_s);
    (void)m_sqlite.execute(u"PRAGMA synchronous=NORMAL"_s);
    if (version->toInt() < migrations().size()) {
        if (const auto failure = migrate())
            return errorOf(*failure);
    }
    return {};
}

SqliteConnection::Failure UsageDatabase::migrate()
{
    SqliteTransaction transaction(m_sqlite);
    if (auto failure = transaction.begin())
        return failure;
    const auto version = m_sqlite.value(u"PRAGMA user_version"_s); // another program may have migrated the file by now
    if (!version)
        return version.error();
    for (qsizetype step = version->toInt(); step < migrations().size(); ++step) {
        for (const QString &statement : {migrations().at(step), u"PRAGMA user_version=%1"_s.arg(step + 1)}) {
            if (auto failure = m_sqlite.execute(statement))
                return failure;
        }
    }
    return transaction.commit();
}

std::optional<UsageDatabase::Error> UsageDatabase::add(const QList<UsageCount> &counts)
{
    if (const auto failure = write(counts))
        return errorOf(*failure);
    return {};
}

SqliteConnection::Failure UsageDatabase::write(const QList<UsageCount> &counts)
{
    SqliteTransaction transaction(m_sqlite);
    if (auto failure = transaction.begin())
        return failure;
    if (const QDate today = QDate::currentDate(); m_forgotten != today) {
        if (auto failure = m_sqlite.execute(u"DELETE FROM interactions WHERE day < ?"_s,
                                            {today.addDays(-interactionDays).toString(Qt::ISODate)}))
            return failure;
        m_forgotten = today;
    }
    const QString statement =
            u"INSERT INTO usage (day, model, client, requests, failed, input, output, thoughts, cached)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, model, client) DO UPDATE SET"
            " requests = min(max(requests, 0) + excluded.requests, %1), failed = min(max(failed, 0) + excluded.failed, %1),"
            " input = min(max(input, 0) + excluded.input, %1), output = min(max(output, 0) + excluded.output, %1),"
            " thoughts = min(max(thoughts, 0) + excluded.thoughts, %1), cached = min(max(cached, 0) + excluded.cached, %1)"_s
                    .arg(mostCount);
    for (UsageCount count : counts) {
        if (!count.interaction.isEmpty()) {
            const auto isNew = remember(count.interaction, count.day);
            if (!isNew)
                return isNew.error();
            if (!*isNew && count.requests == 0)
                continue;
            if (!*isNew)
                count.input = count.output = count.thoughts = count.cached = 0;
        }
        QVariantList values{count.day.toString(Qt::ISODate), count.model, count.client};
        for (const qint64 number :
             {count.requests, count.failed, count.input, count.output, count.thoughts, count.cached})
            values.append(boundedCount(number));
        if (auto failure = m_sqlite.execute(statement, values))
            return failure;
    }
    return transaction.commit();
}

// Notes that the tokens of an interaction are counted. False = they were before.
Expected<bool, SqliteError> UsageDatabase::remember(const QString &interaction, const QDate &day)
{
    const qint64 hash = hashOf(interaction);
    const auto known = m_sqlite.value(u"SELECT count(*) FROM interactions WHERE hash = ?"_s, {hash});
    if (!known)
        return known.error();
    if (known->toInt() > 0)
        return false;
    if (auto failure = m_sqlite.execute(u"INSERT INTO interactions (hash, day) VALUES (?, ?)"_s,
                                        {hash, day.toString(Qt::ISODate)}))
        return *failure;
    return true;
}

auto UsageDatabase::rows(const QDate &since) const -> Expected<QList<UsageCount>, Error>
{
    auto query = m_sqlite.query(u"SELECT day, model, client, CAST(requests AS INTEGER), CAST(failed AS INTEGER),"
                                " CAST(input AS INTEGER), CAST(output AS INTEGER), CAST(thoughts AS INTEGER),"
                                " CAST(cached AS INTEGER) FROM usage WHERE day >= ? ORDER BY day, model, client"_s,
                                {since.toString(Qt::ISODate)});
    if (!query)
        return errorOf(query.error());
    QList<UsageCount> counts;
    while (query->next()) {
        UsageCount count{QDate::fromString(query->value(0).toString(), Qt::ISODate), query->value(1).toString(),
                         query->value(2).toString()};
        int place = 3;
        for (qint64 *number :
             {&count.requests, &count.failed, &count.input, &count.output, &count.thoughts, &count.cached})
            *number = boundedCount(query->value(place++).toLongLong());
        // These are parts of another count, so they cannot be larger than it.
        count.failed = std::min(count.failed, count.requests);
        count.thoughts = std::min(count.thoughts, count.output);
        count.cached = std::min(count.cached, count.input);
        if (count.day.isValid())
            counts.append(count);
    }
    if (const auto failure = SqliteConnection::failureOf(*query))
        return errorOf(*failure);
    return counts;
}

auto UsageDatabase::models(const QDate &since, int most) const -> Expected<QStringList, Error>
{
    auto query = m_sqlite.query(u"SELECT model FROM usage WHERE day >= ? AND (requests > failed OR output > 0)"
                                " GROUP BY model ORDER BY sum(requests) DESC LIMIT ?"_s,
                                {since.toString(Qt::ISODate), most});
    if (!query)
        return errorOf(query.error());
    QStringList names;
    while (query->next())
        names.append(query->value(0).toString());
    return names;
}

UsageDatabase::Error UsageDatabase::errorOf(const SqliteError &error) const
{
    if (error.kind == SqliteError::Kind::Damaged)
        return {Error::Kind::Damaged, u"%1 is damaged or no database, and is left as it is"_s.arg(m_path)};
    return {Error::Kind::Unavailable, u"%1 cannot be used: %2"_s.arg(m_path, error.text)};
}
