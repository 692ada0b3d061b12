#include "ui/chat/store.h"

#include "ui/chat/storeerror.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace chat {

// Holds the database, on the store's thread.
class Store::Worker : public QObject
{
public:
    void open(const StoreOptions &options)
    {
        auto opened = Database::open(options);
        if (opened)
            m_database = *std::move(opened);
        else
            m_error = opened.error();
    }
    void close() { m_database.reset(); }

    [[nodiscard]] Database *database() const { return m_database.get(); }
    [[nodiscard]] const StoreError &error() const { return m_error; } // where there is none

private:
    std::unique_ptr<Database> m_database;
    StoreError m_error;
};

namespace {

Blobs blobsOf(Database &database, const Conversation &conversation, Store::Failure &failure)
{
    QList<QByteArray> names;
    for (const Turn &turn : conversation.turns()) {
        for (const Part &part : turn.parts) {
            if (!part.blob.isEmpty())
                names.append(part.blob);
        }
    }
    auto blobs = database.blobs(names);
    if (!blobs) {
        failure = blobs.error();
        return {};
    }
    return *std::move(blobs);
}

// The file's alone: chats are private wherever they go.
bool openPrivate(QSaveFile &file)
{
    return file.open(QIODevice::WriteOnly)
            && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

Store::Failure writeMarkdown(Database &database, const QUuid &id, const QString &path)
{
    const auto conversation = database.load(id);
    if (!conversation)
        return conversation.error();
    QSaveFile file(path);
    const QByteArray text = toMarkdown(*conversation).toUtf8();
    if (!openPrivate(file) || file.write(text) != text.size() || !file.commit())
        return storeError(StoreError::Kind::Access);
    return std::nullopt;
}

Store::Failure writeJson(Database &database, QList<QUuid> ids, const QString &path)
{
    if (ids.isEmpty()) {
        const auto infos = database.list();
        if (!infos)
            return infos.error();
        for (const ConversationInfo &info : *infos)
            ids.append(info.id);
    }
    QSaveFile file(path);
    if (!openPrivate(file))
        return storeError(StoreError::Kind::Access);
    file.write(exportStart());
    bool first = true;
    for (const QUuid &id : std::as_const(ids)) {
        const auto conversation = database.load(id);
        if (!conversation)
            return conversation.error();
        Store::Failure failure;
        const Blobs blobs = blobsOf(database, *conversation, failure);
        if (failure)
            return failure;
        if (!std::exchange(first, false))
            file.write(exportSeparator());
        file.write(QJsonDocument(toExport(*conversation, blobs)).toJson(QJsonDocument::Compact));
    }
    file.write(exportEnd());
    // A write that failed makes commit() fail.
    return file.commit() ? Store::Failure() : storeError(StoreError::Kind::Access);
}

Store::Answer<int> readJson(Database &database, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return storeError(StoreError::Kind::Access);
    if (file.size() > Store::importLimit)
        return storeError(StoreError::Kind::Invalid);
    const auto conversations = fromExport(file.read(Store::importLimit));
    if (!conversations)
        return storeError(StoreError::Kind::Invalid);
    if (const auto failure = database.import(*conversations))
        return *failure;
    return int(conversations->size());
}

} // namespace

Store::Store(const StoreOptions &options, QObject *parent) : QObject(parent), m_worker(new Worker)
{
    m_thread.setObjectName(u"chats"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
            m_worker,
            [this, worker = m_worker, options] {
                worker->open(options);
                const bool isOpen = worker->database();
                QMetaObject::invokeMethod(
                        this,
                        [this, isOpen, error = worker->error()] {
                            if (isOpen)
                                emit opened();
                            else
                                emit openFailed(error);
                        },
                        Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
}

Store::~Store()
{
    // Behind all that was asked for before.
    QMetaObject::invokeMethod(
            m_worker,
            [worker = m_worker, thread = &m_thread] {
                worker->close();
                thread->quit();
            },
            Qt::QueuedConnection);
    m_thread.wait();
}

template <typename T>
void Store::ask(std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done)
{
    QPointer<QObject> listener(context);
    auto task = [this, worker = m_worker, work = std::move(work), listener,
                 done = std::move(done)] {
        auto answer = worker->database() ? work(*worker->database()) : Answer<T>(worker->error());
        QMetaObject::invokeMethod(
                this,
                [listener, done, answer = std::move(answer)] {
                    if (listener && done)
                        done(answer);
                },
                Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, std::move(task), Qt::QueuedConnection);
}

void Store::tell(std::function<Failure(Database &)> work, bool changesList, QObject *context,
                 Ended ended)
{
    QPointer<QObject> listener(context);
    auto task = [this, worker = m_worker, work = std::move(work), changesList, listener,
                 ended = std::move(ended)] {
        const Failure failure =
                worker->database() ? work(*worker->database()) : Failure(worker->error());
        QMetaObject::invokeMethod(
                this,
                [this, changesList, listener, ended, failure] {
                    if (changesList && !failure)
                        emit listChanged();
                    if (listener && ended)
                        ended(failure);
                },
                Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(m_worker, std::move(task), Qt::QueuedConnection);
}

void Store::list(QObject *context, Done<QList<ConversationInfo>> done)
{
    ask<QList<ConversationInfo>>([](Database &database) { return database.list(); }, context,
                                 std::move(done));
}

void Store::load(const QUuid &id, QObject *context, Done<Conversation> done)
{
    ask<Conversation>([id](Database &database) { return database.load(id); }, context,
                      std::move(done));
}

void Store::blobs(const QList<QByteArray> &names, QObject *context, Done<Blobs> done)
{
    ask<Blobs>([names](Database &database) { return database.blobs(names); }, context,
               std::move(done));
}

void Store::search(const QString &words, int limit, QObject *context, Done<QList<SearchHit>> done)
{
    ask<QList<SearchHit>>(
            [words, limit](Database &database) { return database.search(words, limit); }, context,
            std::move(done));
}

void Store::save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew,
                 QObject *context, Ended ended)
{
    // While an answer streams, nothing of it shows in the list.
    const bool streams =
            turns.size() == 1 && turns.first().state == Turn::State::Streaming && !isNew;
    tell([info, turns, isNew](Database &database) { return database.save(info, turns, isNew); },
         !streams, context, std::move(ended));
}

void Store::rename(const QUuid &id, const QString &title, QObject *context, Ended ended)
{
    emit titleChanged(id, title);
    tell([id, title](Database &database) { return database.rename(id, title); }, true, context,
         std::move(ended));
}

void Store::setPinned(const QUuid &id, bool pinned, QObject *context, Ended ended)
{
    tell([id, pinned](Database &database) { return database.setPinned(id, pinned); }, true, context,
         std::move(ended));
}

void Store::remove(const QUuid &id, QObject *context, Ended ended)
{
    tell([id](Database &database) { return database.remove(id); }, true, context, std::move(ended));
}

void Store::restore(const QUuid &id, QObject *context, Ended ended)
{
    tell([id](Database &database) { return database.restore(id); }, true, context,
         std::move(ended));
}

void Store::purge(QObject *context, Ended ended)
{
    tell([](Database &database) { return database.purge(); }, false, context, std::move(ended));
}

void Store::removeAll(QObject *context, Ended ended)
{
    tell([](Database &database) { return database.removeAll(); }, true, context, std::move(ended));
}

void Store::draft(const QUuid &id, QObject *context, Done<Draft> done)
{
    ask<Draft>([id](Database &database) { return database.draft(id); }, context, std::move(done));
}

void Store::saveDraft(const QUuid &id, const Draft &draft, bool textOnly, QObject *context,
                      Ended ended)
{
    tell([id, draft,
          textOnly](Database &database) { return database.saveDraft(id, draft, textOnly); },
         false, context, std::move(ended));
}

void Store::exportMarkdown(const QUuid &id, const QString &path, QObject *context, Ended ended)
{
    tell([id, path](Database &database) { return writeMarkdown(database, id, path); }, false,
         context, std::move(ended));
}

void Store::exportJson(const QList<QUuid> &ids, const QString &path, QObject *context, Ended ended)
{
    tell([ids, path](Database &database) { return writeJson(database, ids, path); }, false, context,
         std::move(ended));
}

void Store::importJson(const QString &path, QObject *context, Done<int> done)
{
    ask<int>(
            [this, path](Database &database) {
                const Answer<int> count = readJson(database, path);
                if (count)
                    QMetaObject::invokeMethod(this, &Store::listChanged, Qt::QueuedConnection);
                return count;
            },
            context, std::move(done));
}

} // namespace chat
