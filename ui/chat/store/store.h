#pragma once

#include "ui/chat/base/workerthread.h"
#include "ui/chat/exchangeformat.h"
#include "ui/chat/store/database.h"
#include "ui/chat/store/draft.h"

#include <QObject>
#include <QPointer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace chat {

// The conversations, kept in a file. The store lives on the window's thread. Writing, reading and searching each have a
// thread and a connection of their own, and only values cross threads, so writing never waits for readers. Writes and
// list() are carried out in the order of the calls, and a read sees all writes that were requested before it. The
// result is passed to `done` or `ended`, later and on this thread, unless `context` is destroyed before. If a write has
// no context, nobody is told, and it is tried again if it fails and the cause may pass. The destructor waits until
// everything that was requested is done, except for a search, which it ends.
class Store : public QObject
{
    Q_OBJECT

public:
    using Failure = Database::Failure;
    template <typename T>
    using Answer = Database::Answer<T>;
    template <typename T>
    using Done = std::function<void(const Answer<T> &)>;
    using Ended = std::function<void(const Failure &)>; // nullopt = done

    // Begins to open the file; see Database::open(). As long as that fails, each call fails with the same error. If the
    // cause may pass, opening is tried again until it works.
    explicit Store(const StoreOptions &options, QObject *parent = nullptr);
    ~Store() override;

    void list(QObject *context, Done<QList<ConversationInfo>> done);
    void load(const QUuid &id, QObject *context, Done<Conversation> done);
    void blobs(const QList<QByteArray> &names, QObject *context, Done<Blobs> done);
    // A new search ends the one before, whose `done` is not called any more.
    void search(const QString &words, int limit, QObject *context, Done<QList<SearchHit>> done);

    void save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew, QObject *context = nullptr,
              Ended ended = {});
    // If the conversation is open, its session emits Session::infoChanged().
    void rename(const QUuid &id, const QString &title, QObject *context = nullptr, Ended ended = {});
    void setPinned(const QUuid &id, bool pinned, QObject *context = nullptr, Ended ended = {});
    // restore() undoes this until purge() or the next start makes it final.
    void remove(const QUuid &id, QObject *context = nullptr, Ended ended = {});
    void restore(const QUuid &id, QObject *context = nullptr, Ended ended = {});
    void purge(QObject *context = nullptr, Ended ended = {});
    void removeAll(QObject *context = nullptr, Ended ended = {}); // at once, and cannot be undone

    // See Database::draft() and saveDraft().
    void draft(const QUuid &id, QObject *context, Done<Draft> done);
    void saveDraft(const QUuid &id, const Draft &draft, bool textOnly, QObject *context = nullptr, Ended ended = {});

    // Writes a conversation to a file, which is replaced as a whole or not at all.
    void exportMarkdown(const QUuid &id, const QString &path, QObject *context, Ended ended);
    // The same for these conversations; for all if there are no IDs.
    void exportJson(const QList<QUuid> &ids, const QString &path, QObject *context, Ended ended);
    // Imports all conversations of the file (at most 1 GiB) or none. A conversation that exists already is added a
    // second time with a new ID. The answer is how many there were.
    static constexpr qint64 importLimit = 1024LL * 1024 * 1024;
    void importJson(const QString &path, QObject *context, Done<int> done);

signals:
    // opened() is emitted once; openFailed() may be emitted before, once for each new reason.
    void opened();
    void openFailed(const chat::StoreError &error);
    // The result of list() has changed: a conversation came or went, or a title, a pin or the order changed.
    void listChanged();
    void titleChanged(const QUuid &id, const QString &title);

private:
    class Worker;
    // Runs `work` on the thread that writes, and passes its answer to `done`.
    template <typename T>
    void ask(std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done);
    // The same for work that writes. `changesList` emits listChanged() after a success.
    void tell(std::function<Failure(Database &)> work, bool changesList, QObject *context, Ended ended);
    // Runs `work` on the thread of `reader`, after the writes that were requested before.
    template <typename T>
    void read(WorkerThread<Worker> &reader, std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done);

    WorkerThread<Worker> m_writer;
    WorkerThread<Worker> m_reader;                  // for what the user waits for: conversations and their bytes
    WorkerThread<Worker> m_searcher;                // for what may take long: searches and files
    std::shared_ptr<std::atomic_bool> m_stopSearch; // for the latest search
};

} // namespace chat
