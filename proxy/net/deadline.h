#pragma once

#include <QBasicTimer>
#include <QObject>

#include <chrono>

// A time limit that is cheap to extend: touch() only notes the time, and a timer that fires too early is started again
// for the rest. (To restart a QTimer for every piece of a stream costs more than the piece itself.) Lives on its
// owner's thread.
class Deadline : public QObject
{
    Q_OBJECT

public:
    explicit Deadline(QObject *parent = nullptr) : QObject(parent) {}

    // Starts the time limit: expired() is emitted once, `patience` after this call or the last touch(), whichever is
    // later.
    void start(std::chrono::milliseconds patience);
    void touch();
    void stop();
    [[nodiscard]] bool isActive() const { return m_timer.isActive(); }

signals:
    void expired();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QBasicTimer m_timer;
    std::chrono::milliseconds m_patience{0};
    std::chrono::steady_clock::time_point m_last;
};
