#pragma once

#include <QBasicTimer>
#include <QObject>

#include <chrono>

// A time-out that is cheap to put off: touch() only notes the time, and the timer re-arms itself
// when it fires early. (Restarting a QTimer on every piece of a stream costs more than the piece.)
// Lives on its owner's thread.
class Deadline : public QObject
{
    Q_OBJECT

public:
    explicit Deadline(QObject *parent = nullptr) : QObject(parent) {}

    // Expires once, `patience` after the later of this call and the last touch().
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
