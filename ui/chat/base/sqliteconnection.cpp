#include "ui/chat/base/sqliteconnection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace {

SqliteError::Kind kindOf(const QSqlError &error)
{
    using Kind = SqliteError::Kind;
    // The lowest byte of SQLite's result codes (https://www.sqlite.org/rescode.html) holds the kind of the error; the
    // bytes above it only add details.
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return Kind::Damaged;
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return Kind::Locked;
    case 13: // SQLITE_FULL
        return Kind::Full;
    case 3:  // SQLITE_PERM
    case 8:  // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
        return Kind::Access;
    case 10: // SQLITE_IOERR
        return Kind::Disk;
    default:
        return Kind::Other;
    }
}

SqliteError errorOf(const QSqlError &error)
{
    return {kindOf(error), error.databaseText().isEmpty() ? error.driverText() : error.databaseText()};
}

// Replaces a null string, which would be bound as NULL, by an empty one. Also replaces halves of surrogate pairs, as
// SQLite would read such a half together with the character after it.
QVariant bindable(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return value;
    const QString text = value.toString();
    return text.isNull() ? u""_s : QString::fromUtf8(text.toUtf8());
}

} // namespace

bool SqliteConnection::makeFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists())
        return true;
    constexpr QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner;
    const QFileInfo folder(info.absolutePath());
    QDir above(folder.absolutePath());
    if (!folder.exists() && above.mkpath(u"."_s))
        above.mkdir(folder.fileName(), owner | QFile::ExeOwner);
    QFile file(path);
    // Another program may have made the file in the meantime.
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, owner) || QFileInfo::exists(path);
}

SqliteConnection::SqliteConnection() : m_name(QUuid::createUuid().toString())
{
    QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
}

SqliteConnection::~SqliteConnection()
{
    close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase SqliteConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

SqliteConnection::Failure SqliteConnection::open(const QString &path, Mode mode, std::chrono::milliseconds patience)
{
    QSqlDatabase database = this->database();
    database.setDatabaseName(path);
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(patience.count())
                               + (mode == Mode::ReadOnly ? u";QSQLITE_OPEN_READONLY"_s : QString()));
    return database.open() ? Failure() : errorOf(database.lastError());
}

SqliteConnection::Failure SqliteConnection::setPatience(std::chrono::milliseconds patience) const
{
    return execute(u"PRAGMA busy_timeout=%1"_s.arg(patience.count()));
}

void SqliteConnection::close()
{
    database().close();
}

SqliteConnection::Failure SqliteConnection::execute(const QString &sql, const QVariantList &values) const
{
    const auto query = this->query(sql, values);
    return query ? Failure() : query.error();
}

SqliteConnection::Answer<QVariant> SqliteConnection::value(const QString &sql, const QVariantList &values) const
{
    auto query = this->query(sql, values);
    if (!query)
        return query.error();
    if (!query->next())
        return errorOf(query->lastError());
    return query->value(0);
}

SqliteConnection::Answer<QSqlQuery> SqliteConnection::query(const QString &sql, const QVariantList &values) const
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return errorOf(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(bindable(value));
    if (!query.exec())
        return errorOf(query.lastError());
    return query;
}

SqliteConnection::Failure SqliteConnection::failureOf(const QSqlQuery &query)
{
    return query.lastError().isValid() ? Failure(errorOf(query.lastError())) : Failure();
}
