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
        Damaged, // the file is no store of ours, or it is broken; it was left as it is
        Newer,   // the file is of a later version of this program; it was left as it is
        Full,    // there is no room left
        Access,  // it cannot be read or written
        InUse,   // another program has it
        Missing, // there is no such conversation (any more)
        Changed, // another program wrote another turn in this one's place; that one was left as it is
        Invalid, // what is to be imported is not what it should be
        Other,
    };
    Kind kind = Kind::Other;
    QString message; // for people

    // Whether the same may work later.
    [[nodiscard]] bool passes() const
    {
        return kind == Kind::Full || kind == Kind::Access || kind == Kind::InUse || kind == Kind::Other;
    }
};

struct StoreOptions
{
    QString path;                              // its folder is made where it is missing
    qint64 largestPages = 0;                   // of the file, 4 KiB each; 0 = as many as the disk takes
    std::chrono::milliseconds patience{5'000}; // with who has locked the file

    // GenericDataLocation/gemini-desk/chats.sqlite
    [[nodiscard]] static QString defaultPath();
};

// Where something was found.
struct SearchHit
{
    using Mark = WordMatch::Mark;
    QUuid conversation;
    QString title;
    QDateTime updated;
    TurnId turn = 0; // 0: in the title
    Turn::Role role = Turn::Role::User;
    QString snippet = {};   // plain text, on one line, a few hundred characters at most
    QList<Mark> marks = {}; // the words that were found, in the snippet
};

// The conversations in one SQLite file. Every call blocks: the window uses Store, which has this on
// threads of its own. Lives on the thread that opened it. One program alone writes, which a lock file
// beside the store says; reading goes on beside it, as the file has a log of what was written.
//
// A commit is in the file's log when save() returns, so a crash of this program loses only what was
// not saved yet: of an answer that streams, its last second. synchronous=NORMAL does without an fsync
// for each commit; what a power failure may then cost is the last commits, never the file's integrity
// (https://www.sqlite.org/wal.html#performance_considerations).
class Database
{
public:
    static constexpr int schemaVersion = 3;

    template <typename T>
    using Answer = Expected<T, StoreError>;
    using Failure = std::optional<StoreError>;

    // Opens the file or makes it (0600; a new folder 0700), brings an older schema up to date, after a
    // copy of the file beside it, and tidies up: what was removed is gone for good, and an answer that
    // was streaming when the program ended has failed.
    [[nodiscard]] static Answer<std::unique_ptr<Database>> open(const StoreOptions &options);
    // To read alone, beside the one that writes, which was opened before and is closed after it.
    [[nodiscard]] static Answer<std::unique_ptr<Database>> openReader(const StoreOptions &options);
    ~Database();

    // Pinned ones first, then by the time of their last turn, the newest first.
    [[nodiscard]] Answer<QList<ConversationInfo>> list();
    // The data of its parts is left out: see blobs().
    [[nodiscard]] Answer<Conversation> load(const QUuid &id);
    [[nodiscard]] Answer<QHash<QByteArray, QByteArray>> blobs(const QList<QByteArray> &names);

    // Writes these turns, new ones and old ones, in one transaction, and all of the info but title and
    // pinned. `isNew`: the conversation is made where it is not there; otherwise that is Missing.
    // Changed: another program wrote into the file, and one of these turns is another one there.
    [[nodiscard]] Failure save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew);
    // All of them or none; one whose id is taken gets another one.
    [[nodiscard]] Failure import(const QList<Conversation> &conversations);
    [[nodiscard]] Failure rename(const QUuid &id, const QString &title);
    [[nodiscard]] Failure setPinned(const QUuid &id, bool pinned);
    // Takes it out of list and search; restore() brings it back until purge().
    [[nodiscard]] Failure remove(const QUuid &id);
    [[nodiscard]] Failure restore(const QUuid &id);
    // For good: not a word of what was removed is left in a file, copies of older schemas neither.
    [[nodiscard]] Failure purge();
    // The same in two: the rows go at once, and wipe() takes their words out of the index and the log, a
    // little at a time. Where a program ends in between, the next start goes on.
    [[nodiscard]] Failure beginPurge();
    enum class Wiping { Done, GoesOn, Waits }; // Waits: somebody reads just now
    [[nodiscard]] Answer<Wiping> wipe();
    // Everything, for good, copies of older schemas too.
    [[nodiscard]] Failure removeAll();

    // Conversations whose title holds all of these words, then turns that do (the last word may be the
    // start of one), the newest first. At most `limit` of each. `stop`: another thread wants no answer
    // any more; what was found by then is returned.
    [[nodiscard]] Answer<QList<SearchHit>> search(const QString &words, int limit,
                                                  const std::atomic_bool *stop = nullptr);

    // What was written in a conversation and not sent; null: in the new one, which is not kept yet. With the
    // data of its attachments. Nothing there: an empty one.
    [[nodiscard]] Answer<Draft> draft(const QUuid &id);
    // Empty: it is removed. `textOnly`: the attachments are those that were saved before.
    [[nodiscard]] Failure saveDraft(const QUuid &id, const Draft &draft, bool textOnly = false);

    // "" = in order, else what is wrong. Slow.
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
    [[nodiscard]] Answer<bool> emptyLog(); // false: somebody reads just now

    // See SqliteConnection: the same, and what went wrong in the store's words.
    [[nodiscard]] Answer<QVariant> value(const QString &sql, const QVariantList &values = {}) const;
    [[nodiscard]] Answer<QSqlQuery> query(const QString &sql, const QVariantList &values = {}) const;
    [[nodiscard]] Failure execute(const QString &sql, const QVariantList &values = {}) const;
    // Missing where it changes no row.
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
    std::unique_ptr<QLockFile> m_lock; // goes behind the connection
    SqliteConnection m_sqlite;
    qint64 m_dataVersion = 0;   // SQLite's own: another one once another program wrote
    bool m_othersWrote = false; // since this one opened the file
    enum class Wipe { Nothing, Index, IndexOn, Log } m_wipe = Wipe::Nothing; // what is next
};

} // namespace chat
