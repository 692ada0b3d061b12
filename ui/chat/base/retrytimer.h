#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

// Tells when to try again what failed: soon at first, then after waits that double each time, up to a longest wait.
// Lives on its owner's thread; as a child of the owner, it moves to another thread along with it.
class RetryTimer : public QObject
{
    Q_OBJECT

public:
    RetryTimer(std::chrono::milliseconds first, std::chrono::milliseconds longest, QObject *parent = nullptr);

    // Call this after a failure. Does nothing if the timer runs already.
    void start();
    void stop() { m_timer.stop(); }
    [[nodiscard]] bool isActive() const { return m_timer.isActive(); }
    // Call this after a success. The next wait is the first one again.
    void reset() { m_wait = m_first; }

signals:
    void due();

private:
    const std::chrono::milliseconds m_first;
    const std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_wait; // the next wait
    QTimer m_timer{this};
};
