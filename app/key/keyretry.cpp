#include "app/key/keyretry.h"

#include <algorithm>

namespace {
constexpr std::chrono::seconds firstPause{2};
constexpr std::chrono::seconds longestPause{60};
} // namespace

KeyRetry::KeyRetry(KeyStore &store, QObject *parent) : QObject(parent), m_store(store), m_pause(firstPause)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &KeyRetry::ask);
}

void KeyRetry::start()
{
    stop();
    m_pause = firstPause;
    m_timer.start(m_pause);
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
        if (!result.isSure()) {
            m_pause = std::min(2 * m_pause, longestPause);
            m_timer.start(m_pause);
        }
        emit answered(result);
    });
}
