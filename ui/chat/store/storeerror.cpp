#include "ui/chat/store/storeerror.h"

#include <QCoreApplication>
#include <QFileDevice>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

using Kind = StoreError::Kind;

QString translated(const char *text)
{
    return QCoreApplication::translate("chat::StoreError", text);
}

QString words(Kind kind)
{
    switch (kind) {
    case Kind::Damaged:
        return translated(
                QT_TRANSLATE_NOOP("chat::StoreError", "The file with your chats is damaged. It was left as it is."));
    case Kind::Newer:
        return translated(QT_TRANSLATE_NOOP(
                "chat::StoreError",
                "The file with your chats was made by a newer version of Gemini Desk. It was left as it is."));
    case Kind::Full:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "The chat could not be saved: the disk is full."));
    case Kind::Access:
        return translated(
                QT_TRANSLATE_NOOP("chat::StoreError", "The file cannot be read or written. Check its permissions."));
    case Kind::InUse:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "Another program is using the file with your chats."));
    case Kind::Changed:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "Another program has changed this chat meanwhile."));
    case Kind::Missing:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "The chat is not there any more."));
    case Kind::Invalid:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "The file holds no chats that can be imported."));
    case Kind::Other:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "The chats could not be read or saved."));
    }
    return {};
}

} // namespace

StoreError storeError(StoreError::Kind kind)
{
    return {kind, words(kind)};
}

StoreError storeError(const SqliteError &error)
{
    switch (error.kind) {
    case SqliteError::Kind::Damaged:
        return storeError(Kind::Damaged);
    case SqliteError::Kind::Locked:
        return storeError(Kind::InUse);
    case SqliteError::Kind::Full:
        return storeError(Kind::Full);
    case SqliteError::Kind::Access:
        return storeError(Kind::Access);
    case SqliteError::Kind::Disk:
        return {Kind::Access,
                translated(QT_TRANSLATE_NOOP("chat::StoreError", "The disk could not be read or written (%1)."))
                        .arg(error.text)};
    case SqliteError::Kind::Other:
        break;
    }
    return storeError(Kind::Other);
}

StoreError storeError(const QFileDevice &file)
{
    switch (file.error()) {
    case QFileDevice::ResourceError: // Qt's value for ENOSPC
        return {Kind::Full, translated(QT_TRANSLATE_NOOP("chat::StoreError", "The disk is full."))};
    case QFileDevice::PermissionsError:
        return storeError(Kind::Access);
    default:
        return {Kind::Access, file.errorString() + u'.'};
    }
}

StoreError storeInUse(const QString &program, qint64 process, const QString &host)
{
    if (process <= 0)
        return storeError(Kind::InUse);
    const bool elsewhere = !host.isEmpty() && host != QSysInfo::machineHostName();
    const QString words = elsewhere
            ? translated(QT_TRANSLATE_NOOP("chat::StoreError",
                                           "Your chats are open in another program: %1, process %2 on %3."))
            : translated(
                    QT_TRANSLATE_NOOP("chat::StoreError", "Your chats are open in another program: %1, process %2."));
    const QString name = program.isEmpty() ? u"?"_s : program;
    return {Kind::InUse,
            elsewhere ? words.arg(name, QString::number(process), host) : words.arg(name, QString::number(process))};
}

} // namespace chat
