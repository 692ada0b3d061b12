#include "ui/chat/storeerror.h"

#include <QCoreApplication>
#include <QSqlError>

namespace chat {

namespace {

using Kind = StoreError::Kind;

QString words(Kind kind)
{
    const auto translated = [](const char *text) {
        return QCoreApplication::translate("chat::StoreError", text);
    };
    switch (kind) {
    case Kind::Damaged:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError",
                                    "The file with your chats is damaged. It was left as it is."));
    case Kind::Newer:
        return translated(QT_TRANSLATE_NOOP(
                "chat::StoreError",
                "The file with your chats was made by a newer version of Gemini Desk. It was left as it is."));
    case Kind::Full:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError",
                                    "The chat could not be saved: the disk is full."));
    case Kind::Access:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError",
                                    "The file cannot be read or written. Check its permissions."));
    case Kind::Missing:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError", "The chat is not there any more."));
    case Kind::Invalid:
        return translated(QT_TRANSLATE_NOOP("chat::StoreError",
                                    "The file holds no chats that can be imported."));
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

StoreError storeError(const QSqlError &error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) { // the rest tells more closely where
    case 11:                                          // SQLITE_CORRUPT
    case 26:                                          // SQLITE_NOTADB
        return storeError(Kind::Damaged);
    case 13: // SQLITE_FULL
        return storeError(Kind::Full);
    case 3:  // SQLITE_PERM
    case 8:  // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 14: // SQLITE_CANTOPEN
        return storeError(Kind::Access);
    default:
        return storeError(Kind::Other);
    }
}

} // namespace chat
