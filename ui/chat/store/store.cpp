#include "ui/chat/store/storeworker.h"

#include "ui/chat/store/storefiles.h"

using namespace Qt::StringLiterals;

namespace chat {

namespace {

// Adapts `ended` for work whose answer is only a failure.
Store::Done<Store::Failure> toldByFailure(Store::Ended ended)
{
    return [ended = std::move(ended)](const Store::Answer<Store::Failure> &answer) {
        if (ended)
            ended(answer ? *answer : Store::Failure(answer.error()));
    };
}

} // namespace

Store::Store(const StoreOptions &options, QObject *parent)
    : QObject(parent),
      m_writer(u"chats"_s, std::make_unique<Worker>(options, Worker::Mode::Write)),
      m_reader(u"chats-read"_s, std::make_unique<Worker>(options, Worker::Mode::Read)),
      m_searcher(u"chats-search"_s, std::make_unique<Worker>(options, Worker::Mode::Read))
{
    for (WorkerThread<Worker> *thread : {&m_writer, &m_reader, &m_searcher})
        thread->start();
    const auto told = [this](const Failure &failure) {
        callLater(this, [this, failure] {
            if (failure)
                emit openFailed(*failure);
            else
                emit opened();
        });
    };
    m_writer.call([told](Worker &writer) { writer.open(told); });
}

Store::~Store()
{
    if (m_stopSearch)
        *m_stopSearch = true;
    // Reads go through the writing thread first, and imports come to it at last. Its connection is closed last, as that
    // empties the log.
    m_writer.waitForCalls();
    for (WorkerThread<Worker> *thread : {&m_searcher, &m_reader, &m_writer})
        thread->stop(&Worker::close);
}

void Store::tell(std::function<Failure(Database &)> work, bool changesList, QObject *context, Ended ended)
{
    m_writer.call([this, work = std::move(work), changesList, listener = QPointer<QObject>(context),
                   isWatched = context != nullptr, ended = std::move(ended)](Worker &writer) {
        const Failure failure = writer.database() ? work(*writer.database()) : Failure(writer.error());
        if (failure && failure->passes() && !isWatched)
            writer.keep(work);
        callLater(this, [this, changesList, listener, ended, failure] {
            if (changesList && !failure)
                emit listChanged();
            if (listener && ended)
                ended(failure);
        });
    });
}

void Store::list(QObject *context, Done<QList<ConversationInfo>> done)
{
    ask<QList<ConversationInfo>>([](Database &database) { return database.list(); }, context, std::move(done));
}

void Store::load(const QUuid &id, QObject *context, Done<Conversation> done)
{
    read<Conversation>(
            m_reader, [id](Database &database) { return database.load(id); }, context, std::move(done));
}

void Store::blobs(const QList<QByteArray> &names, QObject *context, Done<Blobs> done)
{
    read<Blobs>(
            m_reader, [names](Database &database) { return database.blobs(names); }, context, std::move(done));
}

void Store::search(const QString &words, int limit, QObject *context, Done<QList<SearchHit>> done)
{
    if (m_stopSearch)
        *m_stopSearch = true;
    m_stopSearch = std::make_shared<std::atomic_bool>(false);
    read<QList<SearchHit>>(
            m_searcher,
            [words, limit, stop = m_stopSearch](Database &database) -> Answer<QList<SearchHit>> {
                if (*stop)
                    return QList<SearchHit>();
                return database.search(words, limit, stop.get());
            },
            context,
            [stop = m_stopSearch, done = std::move(done)](const Answer<QList<SearchHit>> &answer) {
                if (!*stop && done)
                    done(answer);
            });
}

void Store::save(const ConversationInfo &info, const QList<Turn> &turns, bool isNew, QObject *context, Ended ended)
{
    // Saving more of a streaming answer changes nothing in the list.
    const bool streams = turns.size() == 1 && turns.first().state == Turn::State::Streaming && !isNew;
    tell([info, turns, isNew](Database &database) { return database.save(info, turns, isNew); }, !streams, context,
         std::move(ended));
}

void Store::rename(const QUuid &id, const QString &title, QObject *context, Ended ended)
{
    emit titleChanged(id, title);
    tell([id, title](Database &database) { return database.rename(id, title); }, true, context, std::move(ended));
}

void Store::setPinned(const QUuid &id, bool pinned, QObject *context, Ended ended)
{
    tell([id, pinned](Database &database) { return database.setPinned(id, pinned); }, true, context, std::move(ended));
}

void Store::remove(const QUuid &id, QObject *context, Ended ended)
{
    tell([id](Database &database) { return database.remove(id); }, true, context, std::move(ended));
}

void Store::restore(const QUuid &id, QObject *context, Ended ended)
{
    tell([id](Database &database) { return database.restore(id); }, true, context, std::move(ended));
}

void Store::purge(QObject *context, Ended ended)
{
    tell(
            [writer = m_writer.worker()](Database &database) {
                const Failure failure = database.beginPurge();
                writer->wipeSoon();
                return failure;
            },
            false, context, std::move(ended));
}

void Store::removeAll(QObject *context, Ended ended)
{
    tell(
            [writer = m_writer.worker()](Database &database) {
                const Failure failure = database.removeAll();
                writer->wipeSoon();
                return failure;
            },
            true, context, std::move(ended));
}

void Store::draft(const QUuid &id, QObject *context, Done<Draft> done)
{
    ask<Draft>([id](Database &database) { return database.draft(id); }, context, std::move(done));
}

void Store::saveDraft(const QUuid &id, const Draft &draft, bool textOnly, QObject *context, Ended ended)
{
    tell([id, draft, textOnly](Database &database) { return database.saveDraft(id, draft, textOnly); }, false, context,
         std::move(ended));
}

void Store::exportMarkdown(const QUuid &id, const QString &path, QObject *context, Ended ended)
{
    // The answer is a Failure, too: nullopt means success.
    read<Failure>(
            m_searcher, [id, path](Database &database) -> Answer<Failure> { return writeMarkdown(database, id, path); },
            context, toldByFailure(std::move(ended)));
}

void Store::exportJson(const QList<QUuid> &ids, const QString &path, QObject *context, Ended ended)
{
    read<Failure>(
            m_searcher, [ids, path](Database &database) -> Answer<Failure> { return writeJson(database, ids, path); },
            context, toldByFailure(std::move(ended)));
}

// Parsing the file takes long, so it is done on the searching thread, and writing can go on meanwhile.
void Store::importJson(const QString &path, QObject *context, Done<int> done)
{
    const auto tell = [this, listener = QPointer<QObject>(context), done = std::move(done)](const Answer<int> &count) {
        callLater(this, [this, listener, done, count] {
            if (count)
                emit listChanged();
            if (listener && done)
                done(count);
        });
    };
    m_searcher.call([this, path, tell](Worker &) {
        const auto conversations = readJson(path, importLimit);
        if (!conversations) {
            tell(conversations.error());
            return;
        }
        m_writer.call([conversations = *conversations, tell](Worker &writer) {
            const Failure failure =
                    writer.database() ? writer.database()->import(conversations) : Failure(writer.error());
            tell(failure ? Answer<int>(*failure) : Answer<int>(int(conversations.size())));
        });
    });
}

} // namespace chat
