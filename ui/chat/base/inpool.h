#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

// Runs `work` on a thread of the pool; the future gets what it returns. This is QtConcurrent::run() without the need
// for its module.
template <typename Work>
[[nodiscard]] auto inPool(QThreadPool &pool, Work work) -> QFuture<std::invoke_result_t<Work &>>
{
    const auto promise = std::make_shared<QPromise<std::invoke_result_t<Work &>>>();
    promise->start();
    QFuture<std::invoke_result_t<Work &>> result = promise->future();
    pool.start([promise, work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
    return result;
}
