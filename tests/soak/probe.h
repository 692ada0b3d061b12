#pragma once

#include <QList>
#include <QThread>

#include <atomic>
#include <chrono>

// Asks GET /health twenty times a second, each time on a new connection, and notes how long that
// took. In a thread of its own, so that it measures the proxy and not the load's own event loop.
class Probe : public QThread
{
    Q_OBJECT

public:
    explicit Probe(quint16 port) : m_port(port) {}

    void stop() { m_stop = true; }

    // After the thread has ended.
    [[nodiscard]] QList<std::chrono::microseconds> times() const { return m_times; }
    [[nodiscard]] int failures() const { return m_failures; }

protected:
    void run() override;

private:
    const quint16 m_port;
    std::atomic<bool> m_stop = false;
    QList<std::chrono::microseconds> m_times;
    int m_failures = 0;
};
