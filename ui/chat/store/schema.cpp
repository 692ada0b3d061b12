#include "ui/chat/store/schema.h"

using namespace Qt::StringLiterals;

namespace chat::schema {

namespace {

// Never change a step that was part of a release; add another one.

QStringList base()
{
    return {
            u"CREATE TABLE conversations ("
            "key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
            "created INTEGER NOT NULL, updated INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0,"
            "deleted INTEGER NOT NULL DEFAULT 0, model TEXT NOT NULL, system TEXT NOT NULL,"
            "parameters TEXT NOT NULL, active_root INTEGER NOT NULL)"_s,
            // `text` is what the search looks through; it stays empty while an answer streams.
            u"CREATE TABLE turns ("
            "key INTEGER PRIMARY KEY,"
            "conversation INTEGER NOT NULL REFERENCES conversations(key) ON DELETE CASCADE,"
            "id INTEGER NOT NULL, parent INTEGER NOT NULL, active_child INTEGER NOT NULL,"
            "role TEXT NOT NULL, state TEXT NOT NULL, parts TEXT NOT NULL, meta TEXT NOT NULL,"
            "text TEXT NOT NULL, UNIQUE (conversation, id))"_s,
            u"CREATE TABLE blobs (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)"_s,
            u"CREATE TABLE turn_blobs ("
            "turn INTEGER NOT NULL REFERENCES turns(key) ON DELETE CASCADE,"
            "blob TEXT NOT NULL REFERENCES blobs(name), PRIMARY KEY (turn, blob)) WITHOUT ROWID"_s,
            u"CREATE INDEX turn_blobs_blob ON turn_blobs (blob)"_s,
    };
}

QStringList search()
{
    return {
            // Each start looks for turns that were streaming when the program ended. This index makes that fast in a
            // large store.
            u"CREATE INDEX turns_streaming ON turns (state) WHERE state = 'streaming'"_s,
            u"CREATE VIRTUAL TABLE search USING fts5(text, content='turns', content_rowid='key',"
            "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"_s,
            u"CREATE TRIGGER turns_inserted AFTER INSERT ON turns WHEN new.text <> '' BEGIN "
            "INSERT INTO search (rowid, text) VALUES (new.key, new.text); END"_s,
            u"CREATE TRIGGER turns_deleted AFTER DELETE ON turns WHEN old.text <> '' BEGIN "
            "INSERT INTO search (search, rowid, text) VALUES ('delete', old.key, old.text); END"_s,
            // There are two triggers, as either text may be empty. SQLite promises no order between triggers, so if
            // both texts are there, one trigger removes the old text and then adds the new one.
            u"CREATE TRIGGER turns_emptied AFTER UPDATE OF text ON turns "
            "WHEN old.text <> '' AND old.text <> new.text BEGIN "
            "INSERT INTO search (search, rowid, text) VALUES ('delete', old.key, old.text);"
            "INSERT INTO search (rowid, text) SELECT new.key, new.text WHERE new.text <> ''; END"_s,
            u"CREATE TRIGGER turns_filled AFTER UPDATE OF text ON turns "
            "WHEN old.text = '' AND new.text <> '' BEGIN "
            "INSERT INTO search (rowid, text) VALUES (new.key, new.text); END"_s,
            u"INSERT INTO search (search) VALUES ('rebuild')"_s,
    };
}

QStringList drafts()
{
    return {
            // `conversation` is NULL for the draft of the new conversation, which is not stored yet.
            u"CREATE TABLE drafts ("
            "key INTEGER PRIMARY KEY,"
            "conversation INTEGER UNIQUE REFERENCES conversations(key) ON DELETE CASCADE,"
            "text TEXT NOT NULL, attachments TEXT NOT NULL)"_s,
            u"CREATE TABLE draft_blobs ("
            "draft INTEGER NOT NULL REFERENCES drafts(key) ON DELETE CASCADE,"
            "blob TEXT NOT NULL REFERENCES blobs(name), PRIMARY KEY (draft, blob)) WITHOUT ROWID"_s,
            u"CREATE INDEX draft_blobs_blob ON draft_blobs (blob)"_s,
    };
}

} // namespace

QStringList step(int version)
{
    switch (version) {
    case 1:
        return base();
    case 2:
        return search();
    case 3:
        return drafts();
    default:
        Q_ASSERT(false);
        return {};
    }
}

} // namespace chat::schema
