#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

// When to try again what did not work: soon at first, then each time twice as late, up to a longest wait.
// Lives on its owner's thread; as its child, it moves along with it.
class RetryTimer : public QObject
{
    Q_OBJECT

public:
    RetryTimer(std::chrono::milliseconds first, std::chrono::milliseconds longest, QObject *parent = nullptr);

    // It did not work. Nothing where it is waited for already.
    void start();
    void stop() { m_timer.stop(); }
    [[nodiscard]] bool isActive() const { return m_timer.isActive(); }
    // It worked: the next wait is the first again.
    void reset() { m_wait = m_first; }

signals:
    void due();

private:
    const std::chrono::milliseconds m_first;
    const std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_wait; // the next one
    QTimer m_timer{this};
};
