// The part of Database that stores drafts. A draft is deleted together with its conversation, and bytes that nothing
// else refers to are deleted with the draft.
#include "ui/chat/store/database.h"
#include "ui/chat/store/draft.h"
#include "ui/chat/store/storeerror.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

// Returns {"parts":[],"files":[]}.
QString toStored(const Draft &draft, const QList<Part> &named)
{
    QJsonArray parts;
    for (const Part &part : named)
        parts.append(chat::toStored(part, false));
    const QJsonObject json{{u"parts"_s, parts}, {u"files"_s, QJsonArray::fromStringList(draft.files)}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

} // namespace

// Returns the key of the conversation, or NULL for the new one. Fails with Missing if it is not in the store.
Database::Answer<QVariant> Database::draftOwner(const QUuid &id) const
{
    if (id.isNull())
        return QVariant(QMetaType::fromType<qint64>());
    auto owner = query(u"SELECT key FROM conversations WHERE id = ? AND deleted >= 0"_s,
                       {id.toString(QUuid::WithoutBraces)});
    if (!owner)
        return owner.error();
    if (!owner->next())
        return storeError(StoreError::Kind::Missing);
    return owner->value(0);
}

Database::Answer<Draft> Database::draft(const QUuid &id)
{
    const auto owner = draftOwner(id);
    if (!owner)
        return owner.error();
    auto found = query(u"SELECT text, attachments FROM drafts WHERE conversation IS ?"_s, {*owner});
    if (!found)
        return found.error();
    Draft draft;
    if (!found->next())
        return draft;
    draft.text = found->value(0).toString();
    const QJsonObject json = QJsonDocument::fromJson(found->value(1).toString().toUtf8()).object();
    for (const auto &path : json.value("files"_L1).toArray())
        draft.files.append(path.toString());
    QList<QByteArray> names;
    for (const auto &stored : json.value("parts"_L1).toArray()) {
        draft.attachments.append(partFromStored(stored.toObject()));
        if (const QByteArray &blob = draft.attachments.last().blob; !blob.isEmpty())
            names.append(blob);
    }
    const auto bytes = blobs(names);
    if (!bytes)
        return bytes.error();
    for (Part &part : draft.attachments)
        part.data = bytes->value(part.blob);
    return draft;
}

Database::Failure Database::saveDraft(const QUuid &id, const Draft &draft, bool textOnly)
{
    return inTransaction([&] { return writeDraft(id, draft, textOnly); });
}

Database::Failure Database::writeDraft(const QUuid &id, const Draft &draft, bool textOnly) const
{
    const auto owner = draftOwner(id);
    if (!owner)
        return owner.error();
    auto found = query(u"SELECT key FROM drafts WHERE conversation IS ?"_s, {*owner});
    if (!found)
        return found.error();
    QVariant key = found->next() ? found->value(0) : QVariant();
    found->finish();
    if (key.isNull() && draft.isEmpty())
        return std::nullopt;
    if (draft.isEmpty())
        return removeDraft(key);
    if (textOnly && !key.isNull())
        return execute(u"UPDATE drafts SET text = ? WHERE key = ?"_s, {draft.text, key});

    // The whole draft is written anew. Bytes that it had before are removed last, as the new version may refer to them
    // as well.
    QList<Part> named = draft.attachments;
    for (Part &part : named) {
        if (part.kind != Part::Kind::InlineData || part.data.isEmpty())
            continue;
        part.blob = QCryptographicHash::hash(part.data, QCryptographicHash::Sha256).toHex();
        if (Failure failure = execute(u"INSERT INTO blobs (name, bytes) VALUES (?, ?) "
                                      "ON CONFLICT (name) DO NOTHING"_s,
                                      {QString::fromLatin1(part.blob), part.data}))
            return failure;
    }
    const auto written = query(key.isNull() ? u"INSERT INTO drafts (text, attachments, conversation) VALUES (?, ?, ?)"_s
                                            : u"UPDATE drafts SET text = ?, attachments = ? WHERE key = ?"_s,
                               {draft.text, toStored(draft, named), key.isNull() ? *owner : key});
    if (!written)
        return written.error();
    if (key.isNull())
        key = written->lastInsertId();
    const auto before = draftBlobs(key);
    if (!before)
        return before.error();
    if (Failure failure = execute(u"DELETE FROM draft_blobs WHERE draft = ?"_s, {key}))
        return failure;
    for (const Part &part : std::as_const(named)) {
        if (part.blob.isEmpty())
            continue;
        if (Failure failure = execute(u"INSERT OR IGNORE INTO draft_blobs (draft, blob) "
                                      "SELECT ?, name FROM blobs WHERE name = ?"_s,
                                      {key, QString::fromLatin1(part.blob)}))
            return failure;
    }
    return removeUnheld(*before);
}

Database::Failure Database::removeDraft(const QVariant &key) const
{
    const auto before = draftBlobs(key);
    if (!before)
        return before.error();
    if (Failure failure = execute(u"DELETE FROM drafts WHERE key = ?"_s, {key}))
        return failure;
    return removeUnheld(*before);
}

Database::Answer<QStringList> Database::draftBlobs(const QVariant &key) const
{
    auto found = query(u"SELECT blob FROM draft_blobs WHERE draft = ?"_s, {key});
    if (!found)
        return found.error();
    QStringList names;
    while (found->next())
        names.append(found->value(0).toString());
    return names;
}

Database::Failure Database::removeUnheld(const QStringList &names) const
{
    for (const QString &name : names) {
        if (Failure failure = execute(u"DELETE FROM blobs WHERE name = ? "
                                      "AND NOT EXISTS (SELECT 1 FROM turn_blobs WHERE blob = blobs.name) "
                                      "AND NOT EXISTS (SELECT 1 FROM draft_blobs WHERE blob = blobs.name)"_s,
                                      {name}))
            return failure;
    }
    return std::nullopt;
}

} // namespace chat
