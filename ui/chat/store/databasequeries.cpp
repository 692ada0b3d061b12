#include "ui/chat/store/database.h"
#include "ui/chat/store/storeerror.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QSqlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

const QString infoColumns = u"id, title, created, updated, pinned, model, system, parameters, active_root"_s;

QDateTime time(const QVariant &value)
{
    return QDateTime::fromMSecsSinceEpoch(value.toLongLong()).toUTC();
}

QString compact(const QJsonDocument &document)
{
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

ConversationInfo infoOf(const QSqlQuery &query)
{
    ConversationInfo info;
    info.id = QUuid::fromString(query.value(0).toString());
    info.title = query.value(1).toString();
    info.created = time(query.value(2));
    info.updated = time(query.value(3));
    info.pinned = query.value(4).toBool();
    info.model = query.value(5).toString();
    info.systemInstruction = query.value(6).toString();
    info.parameters = parametersFromJson(QJsonDocument::fromJson(query.value(7).toString().toUtf8()).object());
    info.activeRoot = query.value(8).toLongLong();
    return info;
}

// Columns: id, parent, active_child, role, state, parts, meta.
Turn turnOf(const QSqlQuery &query)
{
    Turn turn;
    turn.id = query.value(0).toLongLong();
    turn.parent = query.value(1).toLongLong();
    turn.activeChild = query.value(2).toLongLong();
    turn.role = roleNamed(query.value(3).toString()).value_or(Turn::Role::Model);
    turn.state = stateNamed(query.value(4).toString()).value_or(Turn::State::Complete);
    for (const auto &part : QJsonDocument::fromJson(query.value(5).toString().toUtf8()).array())
        turn.parts.append(partFromStored(part.toObject()));
    metaFromJson(QJsonDocument::fromJson(query.value(6).toString().toUtf8()).object(), turn);
    return turn;
}

QString searchText(const Turn &turn)
{
    if (turn.state == Turn::State::Streaming)
        return {}; // indexing the growing text every second would cost more than it is worth
    QString text = turn.text();
    for (const Part &part : turn.parts) {
        if (!part.name.isEmpty())
            text += u'\n' + part.name;
    }
    text.remove(QChar(0));
    return text;
}

} // namespace

Database::Answer<QList<ConversationInfo>> Database::list()
{
    auto found = query("SELECT "_L1 + infoColumns
                       + " FROM conversations WHERE deleted = 0 ORDER BY pinned DESC, updated DESC, key DESC"_L1);
    if (!found)
        return found.error();
    QList<ConversationInfo> infos;
    while (found->next())
        infos.append(infoOf(*found));
    return infos;
}

Database::Answer<Conversation> Database::load(const QUuid &id)
{
    auto found = query("SELECT "_L1 + infoColumns + ", key FROM conversations WHERE id = ? AND deleted = 0"_L1,
                       {id.toString(QUuid::WithoutBraces)});
    if (!found)
        return found.error();
    if (!found->next())
        return storeError(StoreError::Kind::Missing);
    const ConversationInfo info = infoOf(*found);

    auto rows = query(u"SELECT id, parent, active_child, role, state, parts, meta FROM turns "
                      "WHERE conversation = ? ORDER BY id"_s,
                      {found->value(9)});
    if (!rows)
        return rows.error();
    QList<Turn> turns;
    while (rows->next())
        turns.append(turnOf(*rows));
    auto conversation = Conversation::fromTurns(info, turns);
    if (!conversation)
        return storeError(StoreError::Kind::Damaged);
    return *std::move(conversation);
}

Database::Answer<QHash<QByteArray, QByteArray>> Database::blobs(const QList<QByteArray> &names)
{
    QHash<QByteArray, QByteArray> result;
    for (const QByteArray &name : names) {
        auto found = query(u"SELECT bytes FROM blobs WHERE name = ?"_s, {QString::fromLatin1(name)});
        if (!found)
            return found.error();
        if (found->next())
            result.insert(name, found->value(0).toByteArray());
    }
    return result;
}

Database::Failure Database::save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew)
{
    return inTransaction([&] { return write(info, turns, isNew); });
}

Database::Failure Database::import(const QList<Conversation> &conversations)
{
    return inTransaction([&]() -> Failure {
        for (const Conversation &conversation : conversations) {
            ConversationInfo info = conversation.info;
            const auto taken = value(u"SELECT count(*) FROM conversations WHERE id = ?"_s,
                                     {info.id.toString(QUuid::WithoutBraces)});
            if (!taken)
                return taken.error();
            if (taken->toInt() > 0)
                info.id = QUuid::createUuid();
            if (Failure failure = write(info, conversation.turns(), true))
                return failure;
        }
        return std::nullopt;
    });
}

Database::Failure Database::write(const ConversationInfo &info, const QList<Turn> &turns, bool isNew) const
{
    const QString id = info.id.toString(QUuid::WithoutBraces);
    if (isNew) {
        if (Failure failure = execute(
                    u"INSERT INTO conversations (id, title, created, updated, pinned, "
                    "model, system, parameters, active_root) "
                    "VALUES (?, ?, ?, ?, ?, '', '', '', 0) ON CONFLICT (id) DO NOTHING"_s,
                    {id, info.title, info.created.toMSecsSinceEpoch(), info.updated.toMSecsSinceEpoch(), info.pinned}))
            return failure;
    }
    Failure failure = changeOne(u"UPDATE conversations SET updated = ?, model = ?, system = ?, "
                                "parameters = ?, active_root = ? WHERE id = ? AND deleted >= 0"_s,
                                {info.updated.toMSecsSinceEpoch(), info.model, info.systemInstruction,
                                 compact(QJsonDocument(toJson(info.parameters))), info.activeRoot, id});
    if (failure || turns.isEmpty())
        return failure;

    const auto key = value(u"SELECT key FROM conversations WHERE id = ?"_s, {id});
    if (!key)
        return key.error();
    for (const Turn &turn : turns) {
        if ((failure = saveTurn(key->toLongLong(), turn)))
            return failure;
    }
    return std::nullopt;
}

// Checks whether a turn may replace the stored one, after other programs have written into the file. It may if it is
// the same question, or the same answer with more text. Fails with Changed otherwise.
Database::Failure Database::compare(qint64 conversation, const Turn &turn) const
{
    auto found = query(u"SELECT id, parent, active_child, role, state, parts, meta FROM turns "
                       "WHERE conversation = ? AND id = ?"_s,
                       {conversation, turn.id});
    if (!found)
        return found.error();
    if (!found->next())
        return std::nullopt;
    const Turn there = turnOf(*found);
    bool same =
            there.role == turn.role && there.parent == turn.parent && (there.activeChild == 0 || turn.activeChild != 0);
    if (turn.role == Turn::Role::User)
        same = same && there.text() == turn.text() && there.started == turn.started;
    else
        same = same && turn.text().startsWith(there.text());
    return same ? Failure() : storeError(StoreError::Kind::Changed);
}

Database::Failure Database::saveTurn(qint64 conversation, const Turn &turn) const
{
    if (m_othersWrote) {
        if (Failure failure = compare(conversation, turn))
            return failure;
    }
    Turn named = turn;
    QSet<QByteArray> blobs;
    for (Part &part : named.parts) {
        if (part.kind != Part::Kind::InlineData)
            continue;
        if (!part.data.isEmpty()) {
            part.blob = QCryptographicHash::hash(part.data, QCryptographicHash::Sha256).toHex();
            if (Failure failure = execute(u"INSERT INTO blobs (name, bytes) VALUES (?, ?) "
                                          "ON CONFLICT (name) DO NOTHING"_s,
                                          {QString::fromLatin1(part.blob), part.data}))
                return failure;
        }
        if (!part.blob.isEmpty())
            blobs.insert(part.blob);
    }

    QJsonArray parts;
    for (const Part &part : std::as_const(named.parts))
        parts.append(toStored(part, false));
    Failure failure =
            execute(u"INSERT INTO turns (conversation, id, parent, active_child, role, state, parts, meta, text) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation, id) DO UPDATE SET "
                    "active_child = excluded.active_child, state = excluded.state, parts = excluded.parts, "
                    "meta = excluded.meta, text = excluded.text"_s,
                    {conversation, turn.id, turn.parent, turn.activeChild, roleName(turn.role), stateName(turn.state),
                     compact(QJsonDocument(parts)), compact(QJsonDocument(metaToJson(turn))), searchText(turn)});
    for (const QByteArray &blob : std::as_const(blobs)) {
        if (failure)
            break;
        failure = execute(u"INSERT OR IGNORE INTO turn_blobs (turn, blob) "
                          "SELECT key, ? FROM turns WHERE conversation = ? AND id = ?"_s,
                          {QString::fromLatin1(blob), conversation, turn.id});
    }
    return failure;
}

Database::Failure Database::endStreaming()
{
    auto found = query(u"SELECT id, parent, active_child, role, state, parts, meta, conversation FROM turns "
                       "WHERE state = 'streaming'"_s); // not bound, so that the index turns_streaming is used
    if (!found)
        return found.error();
    QList<QPair<qint64, Turn>> turns;
    while (found->next())
        turns.append({found->value(7).toLongLong(), turnOf(*found)});
    found->finish();
    if (turns.isEmpty())
        return std::nullopt;
    return inTransaction([&]() -> Failure {
        for (auto &[conversation, turn] : turns) {
            turn.state = Turn::State::Failed;
            turn.error = makeError(Error::Kind::Cut);
            if (Failure failed = saveTurn(conversation, turn))
                return failed;
        }
        return std::nullopt;
    });
}

Database::Failure Database::rename(const QUuid &id, const QString &title)
{
    return changeOne(u"UPDATE conversations SET title = ? WHERE id = ? AND deleted >= 0"_s,
                     {title, id.toString(QUuid::WithoutBraces)});
}

Database::Failure Database::setPinned(const QUuid &id, bool pinned)
{
    return changeOne(u"UPDATE conversations SET pinned = ? WHERE id = ?"_s,
                     {pinned, id.toString(QUuid::WithoutBraces)});
}

Database::Failure Database::remove(const QUuid &id)
{
    return changeOne(u"UPDATE conversations SET deleted = ? WHERE id = ? AND deleted = 0"_s,
                     {QDateTime::currentMSecsSinceEpoch(), id.toString(QUuid::WithoutBraces)});
}

Database::Failure Database::restore(const QUuid &id)
{
    return changeOne(u"UPDATE conversations SET deleted = 0 WHERE id = ? AND deleted >= 0"_s,
                     {id.toString(QUuid::WithoutBraces)});
}

} // namespace chat
