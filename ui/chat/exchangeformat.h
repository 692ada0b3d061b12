#pragma once

#include "proxy/gemini/expected.h"
#include "ui/chat/conversation.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

// Pure functions that convert conversations to files for other people and programs, and back.
namespace chat {

// The bytes of parts that are in the store, by Part::blob.
using Blobs = QHash<QByteArray, QByteArray>;

// The active path as Markdown for people: questions and answers under headings, thoughts folded, code in fences,
// attachments by name, and sources as a list of links.
[[nodiscard]] QString toMarkdown(const Conversation &conversation);

// The parts of an export, which looks like {"format":"gemini-desk-chats","version":1,"conversations":[...]}.
constexpr int formatVersion = 1;
[[nodiscard]] QByteArray exportStart();
[[nodiscard]] QByteArray exportSeparator();
[[nodiscard]] QByteArray exportEnd();
// One conversation with all its branches and the bytes of its attachments.
[[nodiscard]] QJsonObject toExport(const Conversation &conversation, const Blobs &blobs);

struct ImportError
{
    QString message; // what is wrong with the file, for developers
};
// Returns all conversations of the file, or an error. A turn that was streaming comes back as failed. A file may have
// up to 100,000 conversations, with 100,000 turns each, with 10,000 parts each. Numbers that are out of range are an
// error if the tree of turns depends on them, and are left out otherwise.
[[nodiscard]] Expected<QList<Conversation>, ImportError> fromExport(const QByteArray &json);

} // namespace chat
