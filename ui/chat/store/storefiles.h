#pragma once

#include "ui/chat/store/database.h"

#include <QList>
#include <QString>

// These functions write conversations of the store to files and read them back. Each of them blocks.
namespace chat {

// If the file cannot be written completely, an existing file stays as it was, and the error tells why.
[[nodiscard]] Database::Failure writeMarkdown(Database &database, const QUuid &id, const QString &path);
// Writes all conversations if there are no IDs.
[[nodiscard]] Database::Failure writeJson(Database &database, QList<QUuid> ids, const QString &path);
[[nodiscard]] Database::Answer<QList<Conversation>> readJson(const QString &path, qint64 limit);

} // namespace chat
