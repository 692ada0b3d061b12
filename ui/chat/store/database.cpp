#include "ui/chat/store/database.h"

#include "ui/chat/store/schema.h"
#include "ui/chat/store/storeerror.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QSysInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr QFile::Permissions ownersAlone = QFile::ReadOwner | QFile::WriteOwner;
// Up to this size a file is looked through each time it is opened, a larger one only where the program
// did not close it.
constexpr qint64 quickToCheck = 64 * 1024 * 1024;

std::optional<StoreError> makeFile(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(folder)) {
        if (!QDir().mkpath(folder))
            return storeError(StoreError::Kind::Access);
        QFile::setPermissions(folder, ownersAlone | QFile::ExeOwner);
    }
    if (!QFileInfo::exists(path)) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownersAlone))
            return storeError(StoreError::Kind::Access);
    }
    // SQLite gives its log the file's own permissions.
    if (!QFile::setPermissions(path, ownersAlone))
        return storeError(StoreError::Kind::Access);
    return std::nullopt;
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', "''"_L1) + u'\'';
}

} // namespace

QString StoreOptions::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/gemini-desk/chats.sqlite"_L1;
}

Database::Database(const StoreOptions &options)
    : m_options(options), m_connection(u"chats-"_s + QUuid::createUuid().toString())
{
    QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
}

Database::~Database()
{
    connection().close();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlDatabase Database::connection() const
{
    return QSqlDatabase::database(m_connection, false);
}

Database::Answer<std::unique_ptr<Database>> Database::open(const StoreOptions &options)
{
    std::unique_ptr<Database> database(new Database(options));
    if (!database->connection().isValid())
        return storeError(StoreError::Kind::Other); // Qt's SQLite plugin is not installed
    if (const Failure failure = database->start())
        return *failure;
    return database;
}

Database::Answer<std::unique_ptr<Database>> Database::openReader(const StoreOptions &options)
{
    std::unique_ptr<Database> database(new Database(options));
    QSqlDatabase reader = database->connection();
    if (!reader.isValid())
        return storeError(StoreError::Kind::Other);
    reader.setDatabaseName(options.path);
    reader.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!reader.open())
        return storeError(reader.lastError());
    if (const Failure failure = database->execute(u"PRAGMA temp_store=MEMORY"_s))
        return *failure;
    return database;
}

// Held until this goes. One whose program has died holds nobody back.
Database::Failure Database::lock()
{
    m_lock = std::make_unique<QLockFile>(m_options.path + ".lock"_L1);
    m_lock->setStaleLockTime(0); // however old it is
    if (m_lock->tryLock())
        return std::nullopt;
    switch (m_lock->error()) {
    case QLockFile::PermissionError:
        return storeError(StoreError::Kind::Access);
    case QLockFile::LockFailedError: {
        qint64 process = 0;
        QString host;
        QString program;
        m_lock->getLockInfo(&process, &host, &program);
        // The number of a process that died may be another one's by now, in a sandbox even our own: whether the
        // file is held is known to the system, on this machine.
        if (host == QSysInfo::machineHostName() && m_lock->removeStaleLockFile() && m_lock->tryLock())
            return std::nullopt;
        return storeInUse(program, process, host);
    }
    case QLockFile::NoError:
    case QLockFile::UnknownError:
        break; // this file system takes none: see compare()
    }
    m_lock.reset();
    return std::nullopt;
}

Database::Failure Database::start()
{
    if (Failure failure = makeFile(m_options.path))
        return failure;
    if (Failure failure = lock())
        return failure;
    if (Failure failure = probe())
        return failure;

    QSqlDatabase writer = connection();
    writer.setDatabaseName(m_options.path);
    writer.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!writer.open())
        return storeError(writer.lastError());
    if (Failure failure = configure())
        return failure;
    if (Failure failure = migrate())
        return failure;
    if (Failure failure = endStreaming())
        return failure;
    return beginPurge();
}

// Whether the file may be touched at all. Read-only: what is not ours, or not for us, stays as it is.
Database::Failure Database::probe()
{
    const bool unclean = QFileInfo(m_options.path + "-wal"_L1).size() > 0;
    if (QFileInfo(m_options.path).size() == 0 && !unclean)
        return std::nullopt; // a new one
    if (QFileInfo(m_options.path).size() < 512)
        return storeError(StoreError::Kind::Damaged); // SQLite would take it for a new one

    QSqlDatabase reader = connection();
    reader.setDatabaseName(m_options.path);
    reader.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s);
    if (!reader.open())
        return storeError(reader.lastError());

    Failure failure;
    const auto look = [&] {
        const auto application = value(u"PRAGMA application_id"_s, failure);
        const auto version = value(u"PRAGMA user_version"_s, failure);
        const auto tables = value(u"SELECT count(*) FROM sqlite_master"_s, failure);
        if (failure)
            return;
        if (application->toLongLong() != schema::applicationId && (tables->toInt() > 0 || version->toInt() != 0)) {
            failure = storeError(StoreError::Kind::Damaged);
            return;
        }
        if (version->toInt() > schemaVersion) {
            failure = storeError(StoreError::Kind::Newer);
            return;
        }
        if (!unclean && QFileInfo(m_options.path).size() > quickToCheck)
            return;
        const auto check = value(u"PRAGMA quick_check(1)"_s, failure);
        if (!failure && check->toString() != "ok"_L1)
            failure = storeError(StoreError::Kind::Damaged);
    };
    look();
    reader.close();
    return failure;
}

Database::Failure Database::configure()
{
    QStringList pragmas = {
            u"PRAGMA journal_mode=WAL"_s,
            u"PRAGMA synchronous=NORMAL"_s,
            u"PRAGMA foreign_keys=ON"_s,
            u"PRAGMA secure_delete=ON"_s,  // what is deleted is overwritten
            u"PRAGMA temp_store=MEMORY"_s, // no piece of a chat in /tmp
            u"PRAGMA journal_size_limit=16777216"_s,
    };
    if (m_options.largestPages > 0)
        pragmas.append(u"PRAGMA max_page_count=%1"_s.arg(m_options.largestPages));
    for (const QString &pragma : std::as_const(pragmas)) {
        if (Failure failure = execute(pragma))
            return failure;
    }
    return std::nullopt;
}

Database::Failure Database::migrate()
{
    Failure failure;
    const auto found = value(u"PRAGMA user_version"_s, failure);
    if (failure)
        return failure;
    const int from = found->toInt();
    if (from == schemaVersion)
        return std::nullopt;
    if (from > 0) {
        if (Failure copying = copyBefore(from))
            return copying;
    }
    // All steps or none: user_version is part of the transaction.
    return inTransaction([this, from]() -> Failure {
        for (int version = from + 1; version <= schemaVersion; ++version) {
            for (const QString &sql : schema::step(version)) {
                if (Failure failed = execute(sql))
                    return failed;
            }
        }
        if (Failure failed = execute(u"PRAGMA application_id=%1"_s.arg(schema::applicationId)))
            return failed;
        return execute(u"PRAGMA user_version=%1"_s.arg(schemaVersion));
    });
}

QString Database::copyName(int version) const
{
    return u"%1.schema-%2.copy"_s.arg(m_options.path).arg(version);
}

Database::Failure Database::copyBefore(int version)
{
    const QString copy = copyName(version);
    const QString unfinished = copy + ".part"_L1;
    QFile::remove(unfinished);
    {
        QFile file(unfinished); // SQLite fills an empty file, and leaves its permissions
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownersAlone))
            return storeError(StoreError::Kind::Access);
    }
    if (Failure failure = execute("VACUUM INTO "_L1 + quoted(unfinished))) {
        QFile::remove(unfinished);
        return failure;
    }
    QFile::remove(copy);
    return QFile::rename(unfinished, copy) ? Failure() : storeError(StoreError::Kind::Access);
}

QString Database::checkIntegrity()
{
    Failure failure;
    const auto check = value(u"PRAGMA integrity_check(1)"_s, failure);
    if (failure || check->toString() != "ok"_L1)
        return failure ? failure->message : check->toString();
    QSqlQuery orphans(connection());
    if (!orphans.exec(u"PRAGMA foreign_key_check"_s) || orphans.next())
        return u"a row refers to another one that is not there"_s;
    if (const Failure search = execute(u"INSERT INTO search (search) VALUES ('integrity-check')"_s))
        return search->message;
    return {};
}

std::optional<QVariant> Database::value(const QString &sql, Failure &failure) const
{
    QSqlQuery query(connection());
    query.setForwardOnly(true);
    if (!query.exec(sql) || !query.next()) {
        failure = storeError(query.lastError());
        return std::nullopt;
    }
    return query.value(0);
}

bool Database::run(QSqlQuery &query, Failure &failure) const
{
    if (query.exec())
        return true;
    failure = storeError(query.lastError());
    return false;
}

Database::Failure Database::execute(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(connection());
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return storeError(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(value);
    return query.exec() ? Failure() : storeError(query.lastError());
}

Database::Failure Database::changeOne(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(connection());
    if (!query.prepare(sql))
        return storeError(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return storeError(query.lastError());
    return query.numRowsAffected() > 0 ? Failure() : storeError(StoreError::Kind::Missing);
}

// Who writes without asking for the lock is noticed by what SQLite counts.
Database::Failure Database::noteOthers()
{
    Failure failure;
    const auto version = value(u"PRAGMA data_version"_s, failure);
    if (failure)
        return failure;
    const qint64 before = std::exchange(m_dataVersion, version->toLongLong());
    m_othersWrote = m_othersWrote || (before != 0 && before != m_dataVersion);
    return std::nullopt;
}

Database::Failure Database::inTransaction(const std::function<Failure()> &work)
{
    // IMMEDIATE: a lock that is missing is missed here, not in the middle.
    if (Failure failure = execute(u"BEGIN IMMEDIATE"_s))
        return failure;
    Failure failure = noteOthers();
    if (!failure)
        failure = work();
    if (failure) {
        std::ignore = execute(u"ROLLBACK"_s); // SQLite may have rolled back by itself
        return failure;
    }
    failure = execute(u"COMMIT"_s);
    if (failure)
        std::ignore = execute(u"ROLLBACK"_s);
    return failure;
}

} // namespace chat
