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

// The conversations, kept in a file. Lives on the window's thread. Writing, reading and searching each
// have a thread and a connection of their own, and only values cross: what is written never waits for who
// reads. What is written is carried out in its order, list() with it; what is read sees all that was to be
// written before it was asked for. What comes of one is told by `done` on this thread, later, as long as
// `context` lives; without a context nobody is told, and what could not be written is tried again.
// The destructor waits until all that was asked for is done; but a search ends.
class Store : public QObject
{
    Q_OBJECT

public:
    using Failure = Database::Failure;
    template <typename T>
    using Answer = Database::Answer<T>;
    template <typename T>
    using Done = std::function<void(const Answer<T> &)>;
    using Ended = std::function<void(const Failure &)>; // nullopt: it was done

    // Opens the file at once: see Database::open(). Where that fails, each later call fails with the same,
    // until it works after all: where it may, it is tried again.
    explicit Store(const StoreOptions &options, QObject *parent = nullptr);
    ~Store() override;

    void list(QObject *context, Done<QList<ConversationInfo>> done);
    void load(const QUuid &id, QObject *context, Done<Conversation> done);
    void blobs(const QList<QByteArray> &names, QObject *context, Done<Blobs> done);
    // A newer one ends the one before, of which nobody is told then.
    void search(const QString &words, int limit, QObject *context, Done<QList<SearchHit>> done);

    void save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew, QObject *context = nullptr,
              Ended ended = {});
    // The session of one that is open hears of it: Session::infoChanged().
    void rename(const QUuid &id, const QString &title, QObject *context = nullptr, Ended ended = {});
    void setPinned(const QUuid &id, bool pinned, QObject *context = nullptr, Ended ended = {});
    // restore() is the undo; purge(), and the next start, make it final.
    void remove(const QUuid &id, QObject *context = nullptr, Ended ended = {});
    void restore(const QUuid &id, QObject *context = nullptr, Ended ended = {});
    void purge(QObject *context = nullptr, Ended ended = {});
    void removeAll(QObject *context = nullptr, Ended ended = {}); // at once and for good

    // See Database::draft() and saveDraft().
    void draft(const QUuid &id, QObject *context, Done<Draft> done);
    void saveDraft(const QUuid &id, const Draft &draft, bool textOnly, QObject *context = nullptr, Ended ended = {});

    // To a file, which is there whole or not at all.
    void exportMarkdown(const QUuid &id, const QString &path, QObject *context, Ended ended);
    // No ids: all conversations.
    void exportJson(const QList<QUuid> &ids, const QString &path, QObject *context, Ended ended);
    // All conversations of the file (at most 1 GiB) or none. One that is here already comes a second time,
    // under an id of its own. Answers how many there were.
    static constexpr qint64 importLimit = 1024LL * 1024 * 1024;
    void importJson(const QString &path, QObject *context, Done<int> done);

signals:
    // Once; it may be after openFailed(), which comes for each new reason.
    void opened();
    void openFailed(const chat::StoreError &error);
    // What list() tells has changed: a conversation came or went, or another title, pin or order.
    void listChanged();
    void titleChanged(const QUuid &id, const QString &title);

private:
    class Worker;
    // On the thread that writes.
    template <typename T>
    void ask(std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done);
    // `changesList`: announces it where it was done.
    void tell(std::function<Failure(Database &)> work, bool changesList, QObject *context, Ended ended);
    // On another one, behind what is being written.
    template <typename T>
    void read(WorkerThread<Worker> &reader, std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done);

    WorkerThread<Worker> m_writer;
    WorkerThread<Worker> m_reader;                  // for who waits: conversations and their bytes
    WorkerThread<Worker> m_searcher;                // for what may take long: searches and files
    std::shared_ptr<std::atomic_bool> m_stopSearch; // of the last one
};

} // namespace chat
