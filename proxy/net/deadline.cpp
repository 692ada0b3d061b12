#include "proxy/net/deadline.h"

#include <algorithm>

using namespace std::chrono;

namespace {
// Returns the milliseconds as QBasicTimer takes them. (Its overload for std::chrono came in Qt 6.5.)
int timerInterval(milliseconds duration)
{
    return static_cast<int>(std::clamp<qint64>(duration.count(), 1, 0x7fffffff));
}
} // namespace

void Deadline::start(milliseconds patience)
{
    m_patience = patience;
    m_last = steady_clock::now();
    m_timer.start(timerInterval(patience), this);
}

void Deadline::touch()
{
    m_last = steady_clock::now();
}

void Deadline::stop()
{
    m_timer.stop();
}

void Deadline::timerEvent(QTimerEvent *)
{
    const auto waited = duration_cast<milliseconds>(steady_clock::now() - m_last);
    // Qt's coarse timers may fire up to 5 % early, which counts as expired.
    if (waited + m_patience / 20 < m_patience) {
        m_timer.start(timerInterval(m_patience - waited), this);
        return;
    }
    m_timer.stop();
    emit expired();
}
