#pragma once

#include "ui/chat/store/database.h"

#include <QList>
#include <QString>

// Conversations of the store as files, and back. Each blocks.
namespace chat {

// Where the file cannot be written whole, what stood there before stays, and the error says why.
[[nodiscard]] Database::Failure writeMarkdown(Database &database, const QUuid &id, const QString &path);
// No ids: all conversations.
[[nodiscard]] Database::Failure writeJson(Database &database, QList<QUuid> ids, const QString &path);
[[nodiscard]] Database::Answer<QList<Conversation>> readJson(const QString &path, qint64 limit);

} // namespace chat
