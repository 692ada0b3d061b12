#pragma once

#include "proxy/gemini/expected.h"
#include "ui/chat/conversation.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

// Conversations as files that others can read: pure functions.
namespace chat {

// The bytes of parts that lie in the store, by Part::blob.
using Blobs = QHash<QByteArray, QByteArray>;

// The active path, for people: questions and answers under headings, thoughts folded, code in fences,
// attachments by name, sources as a list of links.
[[nodiscard]] QString toMarkdown(const Conversation &conversation);

// A file of conversations: {"format":"gemini-desk-chats","version":1,"conversations":[...]}.
constexpr int formatVersion = 1;
[[nodiscard]] QByteArray exportStart();
[[nodiscard]] QByteArray exportSeparator();
[[nodiscard]] QByteArray exportEnd();
// One of the conversations: all its branches, with all its bytes.
[[nodiscard]] QJsonObject toExport(const Conversation &conversation, const Blobs &blobs);

struct ImportError
{
    QString message; // what is wrong, for developers
};
// All of them or none. A turn that was streaming comes back as failed. Bounds: 100,000 conversations,
// 100,000 turns each, 10,000 parts a turn. Numbers that cannot be are refused where the tree of turns
// hangs on them, and left out elsewhere.
[[nodiscard]] Expected<QList<Conversation>, ImportError> fromExport(const QByteArray &json);

} // namespace chat
