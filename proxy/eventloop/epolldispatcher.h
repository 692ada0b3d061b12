#pragma once

#include <QAbstractEventDispatcher>
#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

// An event dispatcher that uses epoll(7), which reports only the descriptors that are ready. Qt's own dispatchers pass
// all descriptors to poll() in every turn, which with some hundred streams costs more than the streams themselves.
// Apart from that this one works like Qt's own: each thread has one and owns it. Timers fire up to a millisecond late,
// whatever their type. Linux only.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object) override;
    bool unregisterTimer(int id) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int id) override;

    void wakeUp() override; // from any thread
    void interrupt() override;

private:
    using Clock = std::chrono::steady_clock;

    struct Descriptor
    {
        std::array<QSocketNotifier *, 3> notifiers{}; // by QSocketNotifier::Type
        quint32 registered = 0;                       // the events that the kernel watches for
        quint32 generation = 0;                       // tells a descriptor from a later one with the same number
        bool changed = false;                         // whether it stands in m_changed
        bool alwaysReady = false;                     // whether it is a regular file, which epoll does not accept

        [[nodiscard]] quint32 wanted() const;
    };
    struct Timer
    {
        QObject *object = nullptr;
        std::chrono::milliseconds interval{0};
        Qt::TimerType type = Qt::CoarseTimer;
        Clock::time_point due;
        bool active = false; // whether its event is being delivered
    };

    void change(int descriptor, Descriptor &entry);
    void tellKernel();
    void tellKernel(int descriptor, Descriptor &entry);
    int activate(int descriptor, quint32 generation, quint32 events); // returns how many notifiers it has woken
    int activateRegularFiles();
    [[nodiscard]] int timeToWait() const; // in milliseconds, for epoll_wait()
    int activateTimers();

    int m_epoll = -1;
    int m_wake = -1; // an eventfd
    std::atomic<bool> m_woken = false;
    std::atomic<bool> m_interrupted = false;
    quint32 m_generation = 0;
    QHash<int, Descriptor> m_descriptors;
    std::vector<int> m_changed; // descriptors that the kernel has to be told about
    int m_alwaysReady = 0;      // how many descriptors are regular files
    QHash<int, Timer> m_timers;
    std::set<std::pair<Clock::time_point, int>> m_queue; // the timers that are not active, by due time and ID
};
