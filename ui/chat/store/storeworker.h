#pragma once

#include "ui/chat/base/retrytimer.h"
#include "ui/chat/store/store.h"

#include <QList>
#include <QTimer>

#include <utility>

namespace chat {

// Holds a database connection on one of the store's threads. The worker that writes tries again to open the file, and
// to write what failed and has nobody else to look after it.
class Store::Worker : public QObject
{
public:
    enum class Mode { Write, Read };
    using Work = std::function<Failure(Database &)>;

    Worker(const StoreOptions &options, Mode mode);

    // Opens the file, again and again if need be. `told` is called on this thread: with nullopt when the file is open,
    // and with each new reason why it is not.
    void open(std::function<void(const Failure &)> told);
    void close();
    // Returns null if the file is not open. A worker that reads opens it at the first use.
    [[nodiscard]] Database *database();
    [[nodiscard]] const StoreError &error() const { return m_error; } // why database() returns null
    void keep(const Work &work);
    Failure writeKept();
    void wipeSoon();

private:
    void tryToOpen();
    void wipe();

    const StoreOptions m_options;
    const Mode m_mode;
    std::unique_ptr<Database> m_database;
    StoreError m_error;
    std::function<void(const Failure &)> m_told;
    QList<Work> m_kept; // in the order of the calls
    RetryTimer m_retry;
    QTimer m_wipe{this};
};

template <typename T>
void Store::ask(std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done)
{
    read<T>(m_writer, std::move(work), context, std::move(done));
}

template <typename T>
void Store::read(WorkerThread<Worker> &reader, std::function<Answer<T>(Database &)> work, QObject *context,
                 Done<T> done)
{
    const auto answer = [this, listener = QPointer<QObject>(context), done = std::move(done)](const Answer<T> &value) {
        callLater(this, [listener, done, value] {
            if (listener && done)
                done(value);
        });
    };
    const auto task = [work = std::move(work), answer](Worker &worker) {
        Database *database = worker.database();
        answer(database ? work(*database) : Answer<T>(worker.error()));
    };
    m_writer.call([this, &reader, task, answer](Worker &writer) {
        if (!writer.database())
            answer(writer.error());
        else if (&reader == &m_writer)
            task(writer);
        else
            reader.call(task);
    });
}

} // namespace chat
