#pragma once

#include "ui/chat/base/handover.h"

#include <QFuture>
#include <QPromise>
#include <QRunnable>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

// What a thread of the pool runs and then deletes.
template <typename Task>
class PoolTask : public QRunnable
{
public:
    explicit PoolTask(Task task) : m_task(std::move(task)) { handover::give(); }
    void run() override
    {
        handover::take();
        {
            Task task = std::move(m_task);
            task();
        } // what it holds goes before it is handed over
        handover::give();
    }

private:
    Task m_task;
};

// Waits until nothing runs on the pool's threads.
inline void waitForDone(QThreadPool &pool)
{
    pool.waitForDone();
    handover::take();
}

// Runs `work` on a thread of the pool; the future gets what it returns. This is QtConcurrent::run() without the need
// for its module.
template <typename Work>
[[nodiscard]] auto inPool(QThreadPool &pool, Work work) -> QFuture<std::invoke_result_t<Work &>>
{
    const auto promise = std::make_shared<QPromise<std::invoke_result_t<Work &>>>();
    promise->start();
    QFuture<std::invoke_result_t<Work &>> result = promise->future();
    pool.start(new PoolTask([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    }));
    return result;
}
