#pragma once

#include "ui/chat/base/handover.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

// Calls `task` later on the thread where `object` lives. Tasks run in the order of the calls, and not at all once the
// object is destroyed. May be called from any thread while the object exists.
template <typename Task>
void callLater(QObject *object, Task task)
{
    QMetaObject::invokeMethod(object, handover::Handed(std::move(task)), Qt::QueuedConnection);
}

// Calls a member function of `receiver`, later on its thread, each time `sender` emits `signal` on another thread. The
// receiver must outlive the sender.
template <typename Sender, typename Receiver, typename Function, typename... Arguments>
void connectLater(const Sender *sender, void (Sender::*signal)(Arguments...), Receiver *receiver, Function function)
{
    QObject::connect(
            sender, signal, sender,
            [receiver, function](const std::decay_t<Arguments> &...values) {
                callLater(receiver, [receiver, function, values...] { std::invoke(function, receiver, values...); });
            },
            Qt::DirectConnection);
}

// A thread and the worker object that lives on it. The owner sends tasks to the worker by call(). Results go back by
// callLater(), and the worker announces other things by its signals. So only values cross threads, and nobody waits.
// The owner's destructor must call stop() first of all, as tasks may refer to the owner until then.
template <typename Worker>
class WorkerThread
{
public:
    // The thread does not run yet, so that the signals of worker() can be connected first.
    WorkerThread(const QString &name, std::unique_ptr<Worker> worker) : m_worker(worker.release())
    {
        m_thread.setObjectName(name);
        m_worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater); // deleted on the thread
        QObject::connect(
                m_worker, &QObject::destroyed, m_worker, [] { handover::give(); }, Qt::DirectConnection);
    }
    ~WorkerThread() { stop(); }
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    // Does nothing if the thread runs already.
    void start(QThread::Priority priority = QThread::InheritPriority) { m_thread.start(priority); }
    [[nodiscard]] QThread &thread() { return m_thread; }
    [[nodiscard]] Worker *worker() const { return m_worker; } // null after stop()

    // Calls `task` with the worker, later on its thread, in the order of the calls. May be called from any thread until
    // stop().
    template <typename Task>
    void call(Task task)
    {
        callLater(m_worker, [worker = m_worker, task = std::move(task)] { std::invoke(task, *worker); });
    }
    // Returns when all earlier calls are done. The thread must be running.
    void waitForCalls()
    {
        QMetaObject::invokeMethod(m_worker, handover::Handed([] {}), Qt::BlockingQueuedConnection);
        handover::take();
    }

    // After all earlier calls, calls `last` with the worker; then the worker is deleted and the thread ends. Returns
    // when it has ended.
    template <typename Task>
    void stop(Task last)
    {
        if (!m_worker)
            return;
        if (m_thread.isRunning()) {
            call([this, last = std::move(last)](Worker &worker) {
                std::invoke(last, worker);
                // The thread does not quit at once: events that `last` has posted, such as for the end of a socket, are
                // handled before that.
                callLater(&worker, [] { QThread::currentThread()->quit(); });
            });
            m_thread.wait();
            handover::take();
        } else { // the thread never ran
            delete m_worker;
        }
        m_worker = nullptr;
    }
    void stop()
    {
        stop([](Worker &) {});
    }

private:
    QThread m_thread;
    Worker *m_worker; // lives on the thread and is deleted there
};
