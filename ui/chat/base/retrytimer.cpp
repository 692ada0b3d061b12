#include "ui/chat/base/retrytimer.h"

#include <algorithm>

RetryTimer::RetryTimer(std::chrono::milliseconds first, std::chrono::milliseconds longest, QObject *parent)
    : QObject(parent), m_first(first), m_longest(longest), m_wait(first)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RetryTimer::due);
}

void RetryTimer::start()
{
    if (m_timer.isActive())
        return;
    m_timer.start(m_wait);
    m_wait = std::min(2 * m_wait, m_longest);
}
