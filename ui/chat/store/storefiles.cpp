#include "ui/chat/store/storefiles.h"

#include "ui/chat/exchangeformat.h"
#include "ui/chat/store/storeerror.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <utility>

namespace chat {

namespace {

Blobs blobsOf(Database &database, const Conversation &conversation, Database::Failure &failure)
{
    QList<QByteArray> names;
    for (const Turn &turn : conversation.turns()) {
        for (const Part &part : turn.parts) {
            if (!part.blob.isEmpty())
                names.append(part.blob);
        }
    }
    auto blobs = database.blobs(names);
    if (!blobs) {
        failure = blobs.error();
        return {};
    }
    return *std::move(blobs);
}

// Opens the file and makes it private to its owner, as chats are private wherever they are stored.
bool openPrivate(QSaveFile &file)
{
    return file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

// Returns false if writing fails; the file's error tells why. When the disk gets full, a write takes only a part of the
// bytes, and only the next write reports the error.
bool writeAll(QSaveFile &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 written = file.write(bytes.data(), bytes.size());
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

} // namespace

Database::Failure writeMarkdown(Database &database, const QUuid &id, const QString &path)
{
    const auto conversation = database.load(id);
    if (!conversation)
        return conversation.error();
    QSaveFile file(path);
    if (!openPrivate(file) || !writeAll(file, toMarkdown(*conversation).toUtf8()) || !file.commit())
        return storeError(file);
    return std::nullopt;
}

Database::Failure writeJson(Database &database, QList<QUuid> ids, const QString &path)
{
    if (ids.isEmpty()) {
        const auto infos = database.list();
        if (!infos)
            return infos.error();
        for (const ConversationInfo &info : *infos)
            ids.append(info.id);
    }
    QSaveFile file(path);
    if (!openPrivate(file) || !writeAll(file, exportStart()))
        return storeError(file);
    bool first = true;
    for (const QUuid &id : std::as_const(ids)) {
        const auto conversation = database.load(id);
        if (!conversation)
            return conversation.error();
        Database::Failure failure;
        const Blobs blobs = blobsOf(database, *conversation, failure);
        if (failure)
            return failure;
        if (!std::exchange(first, false) && !writeAll(file, exportSeparator()))
            return storeError(file);
        if (!writeAll(file, QJsonDocument(toExport(*conversation, blobs)).toJson(QJsonDocument::Compact)))
            return storeError(file);
    }
    if (!writeAll(file, exportEnd()) || !file.commit())
        return storeError(file);
    return std::nullopt;
}

Database::Answer<QList<Conversation>> readJson(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return storeError(file);
    if (file.size() > limit)
        return storeError(StoreError::Kind::Invalid);
    const QByteArray bytes = file.read(limit);
    if (file.error() != QFileDevice::NoError)
        return storeError(file);
    auto conversations = fromExport(bytes);
    if (!conversations)
        return storeError(StoreError::Kind::Invalid);
    return *std::move(conversations);
}

} // namespace chat
