#include "app/key/keyretry.h"

#include <chrono>

namespace {
constexpr std::chrono::seconds firstPause{2};
constexpr std::chrono::seconds longestPause{60};
} // namespace

KeyRetry::KeyRetry(KeyStore &store, QObject *parent)
    : QObject(parent), m_store(store), m_timer(firstPause, longestPause)
{
    connect(&m_timer, &RetryTimer::due, this, &KeyRetry::ask);
}

void KeyRetry::start()
{
    stop();
    m_timer.reset();
    m_timer.start();
}

void KeyRetry::stop()
{
    m_timer.stop();
    m_asking.reset();
}

void KeyRetry::ask()
{
    m_asking = std::make_unique<QObject>();
    m_store.readQuietly(m_asking.get(), [this](const KeyResult &result) {
        if (!result.isSure())
            m_timer.start();
        emit answered(result);
    });
}
