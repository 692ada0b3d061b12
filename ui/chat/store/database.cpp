#include "ui/chat/store/database.h"

#include "ui/chat/base/sqlitetransaction.h"
#include "ui/chat/store/schema.h"
#include "ui/chat/store/storeerror.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlQuery>
#include <QStandardPaths>
#include <QSysInfo>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr QFile::Permissions ownersAlone = QFile::ReadOwner | QFile::WriteOwner;
// A file up to this size is checked each time it is opened, a larger one only if the program did not close it properly.
constexpr qint64 quickToCheck = 64 * 1024 * 1024;

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', "''"_L1) + u'\'';
}

} // namespace

QString StoreOptions::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/gemini-desk/chats.sqlite"_L1;
}

Database::Database(const StoreOptions &options) : m_options(options) {}

Database::~Database() = default;

Database::Answer<std::unique_ptr<Database>> Database::open(const StoreOptions &options)
{
    std::unique_ptr<Database> database(new Database(options));
    if (const Failure failure = database->start())
        return *failure;
    return database;
}

Database::Answer<std::unique_ptr<Database>> Database::openReader(const StoreOptions &options)
{
    std::unique_ptr<Database> database(new Database(options));
    if (const auto failure = database->m_sqlite.open(options.path, SqliteConnection::Mode::ReadOnly, options.patience))
        return storeError(*failure);
    if (const Failure failure = database->execute(u"PRAGMA temp_store=MEMORY"_s))
        return *failure;
    return database;
}

// Takes the lock, which is held until this object is destroyed. The lock of a program that has died does not count.
Database::Failure Database::lock()
{
    m_lock = std::make_unique<QLockFile>(m_options.path + ".lock"_L1);
    m_lock->setStaleLockTime(0); // a lock never expires by its age
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
        // The process ID of a program that died may belong to another process by now, in a sandbox even to this one. On
        // this machine, removeStaleLockFile() learns from the system whether the lock is really held.
        if (host == QSysInfo::machineHostName() && m_lock->removeStaleLockFile() && m_lock->tryLock())
            return std::nullopt;
        return storeInUse(program, process, host);
    }
    case QLockFile::NoError:
    case QLockFile::UnknownError:
        break; // this file system has no locks; compare() then guards the turns
    }
    m_lock.reset();
    return std::nullopt;
}

Database::Failure Database::start()
{
    // A file that others could read is made private.
    if (!SqliteConnection::makeFile(m_options.path) || !QFile::setPermissions(m_options.path, ownersAlone))
        return storeError(StoreError::Kind::Access);
    if (Failure failure = lock())
        return failure;
    if (Failure failure = probe())
        return failure;
    if (const auto failure = m_sqlite.open(m_options.path, SqliteConnection::Mode::ReadWrite, m_options.patience))
        return storeError(*failure);
    if (Failure failure = configure())
        return failure;
    if (Failure failure = migrate())
        return failure;
    if (Failure failure = endStreaming())
        return failure;
    return beginPurge();
}

// Checks whether the file may be changed at all. This opens it read-only: a file that is not ours, or too new for us,
// stays as it is.
Database::Failure Database::probe()
{
    const bool unclean = QFileInfo(m_options.path + "-wal"_L1).size() > 0;
    if (QFileInfo(m_options.path).size() == 0 && !unclean)
        return std::nullopt; // a new file
    if (QFileInfo(m_options.path).size() < 512)
        return storeError(StoreError::Kind::Damaged); // SQLite would treat it as a new file

    if (const auto failure = m_sqlite.open(m_options.path, SqliteConnection::Mode::ReadOnly, m_options.patience))
        return storeError(*failure);
    const auto look = [&]() -> Failure {
        const auto application = value(u"PRAGMA application_id"_s);
        const auto version = value(u"PRAGMA user_version"_s);
        const auto tables = value(u"SELECT count(*) FROM sqlite_master"_s);
        for (const auto &found : {application, version, tables}) {
            if (!found)
                return found.error();
        }
        if (application->toLongLong() != schema::applicationId && (tables->toInt() > 0 || version->toInt() != 0))
            return storeError(StoreError::Kind::Damaged);
        if (version->toInt() > schemaVersion)
            return storeError(StoreError::Kind::Newer);
        if (!unclean && QFileInfo(m_options.path).size() > quickToCheck)
            return std::nullopt;
        const auto check = value(u"PRAGMA quick_check(1)"_s);
        if (!check)
            return check.error();
        return check->toString() == "ok"_L1 ? Failure() : storeError(StoreError::Kind::Damaged);
    };
    const Failure failure = look();
    m_sqlite.close();
    return failure;
}

Database::Failure Database::configure()
{
    QStringList pragmas = {
            u"PRAGMA journal_mode=WAL"_s,
            u"PRAGMA synchronous=NORMAL"_s,
            u"PRAGMA foreign_keys=ON"_s,
            u"PRAGMA secure_delete=ON"_s,  // deleted data is overwritten
            u"PRAGMA temp_store=MEMORY"_s, // no part of a chat gets into /tmp
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
    const auto found = value(u"PRAGMA user_version"_s);
    if (!found)
        return found.error();
    const int from = found->toInt();
    if (from == schemaVersion)
        return std::nullopt;
    if (from > 0) {
        if (Failure copying = copyBefore(from))
            return copying;
    }
    // All steps are done or none, as user_version is part of the transaction.
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
        QFile file(unfinished); // SQLite fills an existing empty file and keeps its permissions
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
    const auto check = value(u"PRAGMA integrity_check(1)"_s);
    if (!check || check->toString() != "ok"_L1)
        return check ? check->toString() : check.error().message;
    if (auto orphans = query(u"PRAGMA foreign_key_check"_s); !orphans || orphans->next())
        return u"a row refers to another one that is not there"_s;
    if (const Failure search = execute(u"INSERT INTO search (search) VALUES ('integrity-check')"_s))
        return search->message;
    return {};
}

Database::Answer<QVariant> Database::value(const QString &sql, const QVariantList &values) const
{
    auto value = m_sqlite.value(sql, values);
    return value ? Answer<QVariant>(*std::move(value)) : storeError(value.error());
}

Database::Answer<QSqlQuery> Database::query(const QString &sql, const QVariantList &values) const
{
    auto query = m_sqlite.query(sql, values);
    return query ? Answer<QSqlQuery>(*std::move(query)) : storeError(query.error());
}

Database::Failure Database::execute(const QString &sql, const QVariantList &values) const
{
    const auto failure = m_sqlite.execute(sql, values);
    return failure ? Failure(storeError(*failure)) : Failure();
}

Database::Failure Database::changeOne(const QString &sql, const QVariantList &values) const
{
    const auto changed = query(sql, values);
    if (!changed)
        return changed.error();
    return changed->numRowsAffected() > 0 ? Failure() : storeError(StoreError::Kind::Missing);
}

// Notices programs that write without the lock: SQLite's data_version changes when another connection writes.
Database::Failure Database::noteOthers()
{
    const auto version = value(u"PRAGMA data_version"_s);
    if (!version)
        return version.error();
    const qint64 before = std::exchange(m_dataVersion, version->toLongLong());
    m_othersWrote = m_othersWrote || (before != 0 && before != m_dataVersion);
    return std::nullopt;
}

Database::Failure Database::inTransaction(const std::function<Failure()> &work)
{
    SqliteTransaction transaction(m_sqlite);
    if (const auto failure = transaction.begin())
        return storeError(*failure);
    if (Failure failure = noteOthers())
        return failure;
    if (Failure failure = work())
        return failure;
    const auto failure = transaction.commit();
    return failure ? Failure(storeError(*failure)) : Failure();
}

} // namespace chat
