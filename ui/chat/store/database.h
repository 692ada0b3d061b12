#pragma once

#include "proxy/gemini/expected.h"
#include "ui/chat/base/sqliteconnection.h"
#include "ui/chat/conversation.h"
#include "ui/chat/store/wordmatch.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QVariant>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QLockFile;

namespace chat {

struct Draft;

struct StoreError
{
    enum class Kind {
        Damaged, // the file is not a store of ours, or it is broken; it was left as it is
        Newer,   // the file is from a later version of this program; it was left as it is
        Full,    // the disk or the database is full
        Access,  // the file cannot be read or written
        InUse,   // another program uses the file
        Missing, // there is no such conversation, or no longer
        Changed, // another program has written a different turn under the same ID; that one was left as it is
        Invalid, // the file to be imported is not valid
        Other,
    };
    Kind kind = Kind::Other;
    QString message; // for the user

    // Whether the same operation may work later.
    [[nodiscard]] bool passes() const
    {
        return kind == Kind::Full || kind == Kind::Access || kind == Kind::InUse || kind == Kind::Other;
    }
};

struct StoreOptions
{
    QString path;                              // the folder is made if it is missing
    qint64 largestPages = 0;                   // limit for the file, in pages of 4 KiB; 0 = no limit but the disk's
    std::chrono::milliseconds patience{5'000}; // how long a statement waits for another program's lock

    // GenericDataLocation/gemini-desk/chats.sqlite
    [[nodiscard]] static QString defaultPath();
};

// A place where something was found.
struct SearchHit
{
    using Mark = WordMatch::Mark;
    QUuid conversation;
    QString title;
    QDateTime updated;
    TurnId turn = 0; // 0 = in the title
    Turn::Role role = Turn::Role::User;
    QString snippet = {};   // plain text on one line: about 160 characters of the turn, or the whole title
    QList<Mark> marks = {}; // where the words are in the snippet
};

// The conversations in one SQLite file. Every call blocks, so the window uses Store, which runs databases on threads of
// its own. A database lives on the thread that opened it. Only one program writes, which a lock file beside the store
// ensures. Others can read at the same time, thanks to SQLite's write-ahead log (WAL).
//
// When save() returns, the commit is in the log. So a crash of this program loses only what was not saved yet, which is
// the last second of an answer that streams. synchronous=NORMAL saves an fsync for each commit. In return, a power
// failure may cost the last commits, but never the integrity of the file
// (https://www.sqlite.org/wal.html#performance_considerations).
class Database
{
public:
    static constexpr int schemaVersion = 3;

    template <typename T>
    using Answer = Expected<T, StoreError>;
    using Failure = std::optional<StoreError>;

    // Opens the file, or makes it (0600; a new folder 0700). Brings an older schema up to date, after making a copy of
    // the file beside it. Then tidies up: an answer that was streaming when the program ended becomes a failed one, and
    // beginPurge() deletes what was removed.
    [[nodiscard]] static Answer<std::unique_ptr<Database>> open(const StoreOptions &options);
    // Opens the file only for reading, beside the database that writes. That one must be opened before this one and
    // closed after it.
    [[nodiscard]] static Answer<std::unique_ptr<Database>> openReader(const StoreOptions &options);
    ~Database();

    // Pinned conversations first, then by the time of the last turn, the newest first.
    [[nodiscard]] Answer<QList<ConversationInfo>> list();
    // The parts come without their data; see blobs().
    [[nodiscard]] Answer<Conversation> load(const QUuid &id);
    [[nodiscard]] Answer<QHash<QByteArray, QByteArray>> blobs(const QList<QByteArray> &names);

    // Writes these new and changed turns and all of the info except title and pinned, in one transaction. If `isNew` is
    // set and the conversation is not in the file, it is made, with title and pinned. Fails with Missing if there is no
    // such conversation, and with Changed if another program has written into the file and one of these turns is a
    // different one there.
    [[nodiscard]] Failure save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew);
    // Imports all conversations or none. One whose ID is taken gets a new ID.
    [[nodiscard]] Failure import(const QList<Conversation> &conversations);
    [[nodiscard]] Failure rename(const QUuid &id, const QString &title);
    [[nodiscard]] Failure setPinned(const QUuid &id, bool pinned);
    // Takes the conversation out of list and search; restore() brings it back until purge().
    [[nodiscard]] Failure remove(const QUuid &id);
    [[nodiscard]] Failure restore(const QUuid &id);
    // Deletes for good what was removed: no word of it is left in the file, nor in the copies of older schemas. Only if
    // another connection reads at the moment does the log keep it until wipe() is called again.
    [[nodiscard]] Failure purge();
    // The same in two steps: beginPurge() deletes the rows at once, and each call of wipe() removes some of their words
    // from the index and at last from the log. If the program ends in between, the next start begins the wiping anew.
    [[nodiscard]] Failure beginPurge();
    enum class Wiping { Done, GoesOn, Waits }; // Waits: another connection reads at the moment
    [[nodiscard]] Answer<Wiping> wipe();
    // Deletes everything for good, as purge() does.
    [[nodiscard]] Failure removeAll();

    // Finds conversations whose title contains all of these words anywhere, then turns that contain them; there the
    // last word may be the start of one. The newest come first, with at most `limit` of each kind. Another thread may
    // set `stop` when it needs no answer any more; what was found until then is returned.
    [[nodiscard]] Answer<QList<SearchHit>> search(const QString &words, int limit,
                                                  const std::atomic_bool *stop = nullptr);

    // Returns what the user wrote in a conversation and did not send, with the data of the attachments; an empty draft
    // if there is none. A null ID means the new conversation, which is not stored yet.
    [[nodiscard]] Answer<Draft> draft(const QUuid &id);
    // An empty draft is removed. With `textOnly`, the attachments are the same as when the draft was last saved and are
    // not written again.
    [[nodiscard]] Failure saveDraft(const QUuid &id, const Draft &draft, bool textOnly = false);

    // Returns "" if the file is in order, else what is wrong. Slow.
    [[nodiscard]] QString checkIntegrity();

private:
    explicit Database(const StoreOptions &options);
    [[nodiscard]] Failure start();
    [[nodiscard]] Failure lock();
    [[nodiscard]] Failure probe();
    [[nodiscard]] Failure configure();
    [[nodiscard]] Failure migrate();
    [[nodiscard]] Failure copyBefore(int version);
    [[nodiscard]] Failure endStreaming();
    [[nodiscard]] QString copyName(int version) const;
    [[nodiscard]] Failure deleteRemoved();
    [[nodiscard]] Answer<bool> emptyLog(); // false: another connection reads at the moment

    // As in SqliteConnection, but with the store's own errors.
    [[nodiscard]] Answer<QVariant> value(const QString &sql, const QVariantList &values = {}) const;
    [[nodiscard]] Answer<QSqlQuery> query(const QString &sql, const QVariantList &values = {}) const;
    [[nodiscard]] Failure execute(const QString &sql, const QVariantList &values = {}) const;
    // Fails with Missing if no row changes.
    [[nodiscard]] Failure changeOne(const QString &sql, const QVariantList &values) const;
    [[nodiscard]] Failure inTransaction(const std::function<Failure()> &work);
    [[nodiscard]] Failure noteOthers();
    [[nodiscard]] Failure write(const ConversationInfo &info, const QList<Turn> &turns, bool isNew) const;
    [[nodiscard]] Failure saveTurn(qint64 conversation, const Turn &turn) const;
    [[nodiscard]] Failure compare(qint64 conversation, const Turn &turn) const;
    [[nodiscard]] Answer<QVariant> draftOwner(const QUuid &id) const;
    [[nodiscard]] Failure writeDraft(const QUuid &id, const Draft &draft, bool textOnly) const;
    [[nodiscard]] Failure removeDraft(const QVariant &key) const;
    [[nodiscard]] Answer<QStringList> draftBlobs(const QVariant &key) const;
    [[nodiscard]] Failure removeUnheld(const QStringList &names) const;

    const StoreOptions m_options;
    std::unique_ptr<QLockFile> m_lock; // declared first, so that it is released after the connection
    SqliteConnection m_sqlite;
    qint64 m_dataVersion = 0;   // SQLite's number, which changes when another connection writes
    bool m_othersWrote = false; // since this database was opened
    enum class Wipe { Nothing, Index, IndexOn, Log } m_wipe = Wipe::Nothing; // what wipe() does next
};

} // namespace chat
