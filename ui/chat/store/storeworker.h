#pragma once

#include "ui/chat/store/store.h"

#include <QList>
#include <QTimer>

#include <chrono>
#include <utility>

namespace chat {

// Holds a connection on one of the store's threads. The one that writes tries again what did not work:
// to open the file, and what was to be written and nobody else looks after.
class Store::Worker : public QObject
{
public:
    enum class Mode { Write, Read };
    using Work = std::function<Failure(Database &)>;

    Worker(const StoreOptions &options, Mode mode);

    // From any thread. `told`, on this one's: nothing when it is open, and each new reason why it is not.
    void open(std::function<void(const Failure &)> told);

    // On its own thread:
    void close();
    // One that reads opens it at the first use.
    [[nodiscard]] Database *database();
    [[nodiscard]] const StoreError &error() const { return m_error; } // where there is none
    void keep(const Work &work);
    Failure writeKept();
    void wipeSoon();

private:
    void tryToOpen();
    void wipe();
    void wait();

    const StoreOptions m_options;
    const Mode m_mode;
    std::unique_ptr<Database> m_database;
    StoreError m_error;
    std::function<void(const Failure &)> m_told;
    QList<Work> m_kept; // in their order
    QTimer m_retry{this};
    QTimer m_wipe{this};
    std::chrono::milliseconds m_wait{0};
};

template <typename T>
void Store::ask(std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done)
{
    read<T>(m_writer, std::move(work), context, std::move(done));
}

template <typename T>
void Store::read(Worker *reader, std::function<Answer<T>(Database &)> work, QObject *context, Done<T> done)
{
    QPointer<QObject> listener(context);
    const auto answer = [this, listener, done = std::move(done)](const Answer<T> &value) {
        QMetaObject::invokeMethod(
                this,
                [listener, done, value] {
                    if (listener && done)
                        done(value);
                },
                Qt::QueuedConnection);
    };
    const auto task = [reader, work = std::move(work), answer] {
        Database *database = reader->database();
        answer(database ? work(*database) : Answer<T>(reader->error()));
    };
    QMetaObject::invokeMethod(
            m_writer,
            [writer = m_writer, reader, task, answer] {
                if (!writer->database())
                    answer(writer->error());
                else if (reader == writer)
                    task();
                else
                    QMetaObject::invokeMethod(reader, task, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
}

} // namespace chat
