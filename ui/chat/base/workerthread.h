#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>
#include <utility>

// Calls `task` on the thread on which `object` lives: later, in the order of the calls, and not at all once the
// object is gone. From any thread, while the object is there.
template <typename Task>
void callLater(QObject *object, Task task)
{
    QMetaObject::invokeMethod(object, std::move(task), Qt::QueuedConnection);
}

// A thread and the object that works on it. Its owner calls the worker by call(); what the worker answers goes
// back by callLater(), and what it has to tell unasked by its signals. So only values cross, and nobody waits.
// The owner stops it first of all in its destructor, as tasks may refer to the owner until then.
template <typename Worker>
class WorkerThread
{
public:
    // The thread does not run yet: first connect to what the worker() tells.
    WorkerThread(const QString &name, std::unique_ptr<Worker> worker) : m_worker(worker.release())
    {
        m_thread.setObjectName(name);
        m_worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater); // on its own thread
    }
    ~WorkerThread() { stop(); }
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    // Nothing where it runs already.
    void start(QThread::Priority priority = QThread::InheritPriority) { m_thread.start(priority); }
    [[nodiscard]] QThread &thread() { return m_thread; }
    [[nodiscard]] Worker *worker() const { return m_worker; } // null once it was stopped

    // `task` gets the worker, on its thread: later, in the order of the calls. From any thread, until stop().
    template <typename Task>
    void call(Task task)
    {
        callLater(m_worker, [worker = m_worker, task = std::move(task)] { std::invoke(task, *worker); });
    }
    // Returns when all that was called for until now is done.
    void waitForCalls()
    {
        QMetaObject::invokeMethod(
                m_worker, [] {}, Qt::BlockingQueuedConnection);
    }

    // Behind all that was called for, `last` gets the worker; then both end. Returns when they have.
    template <typename Task>
    void stop(Task last)
    {
        if (!m_worker)
            return;
        if (m_thread.isRunning()) {
            call([last = std::move(last)](Worker &worker) {
                std::invoke(last, worker);
                // Not at once: what this put off, such as the end of a socket, comes before that.
                callLater(&worker, [] { QThread::currentThread()->quit(); });
            });
            m_thread.wait();
        } else { // it never did
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
    Worker *m_worker; // lives on the thread, which deletes it
};
