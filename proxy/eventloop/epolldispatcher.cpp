#include "proxy/eventloop/epolldispatcher.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <cerrno>
#include <limits>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr int turnEvents = 256; // how many descriptors one turn handles; the others wait for the next turn

// Which events wake which type of notifier; the same as in Qt's own dispatcher, which uses poll().
constexpr std::array<quint32, 3> eventsOf{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 ends = EPOLLHUP | EPOLLERR; // epoll reports these whether they were asked for or not

// Marks the events of m_wake. No descriptor has this value.
constexpr quint64 wakeData = std::numeric_limits<quint64>::max();

quint64 dataOf(int descriptor, quint32 generation)
{
    return (quint64(generation) << 32) | quint32(descriptor);
}

} // namespace

quint32 EpollDispatcher::Descriptor::wanted() const
{
    quint32 events = 0;
    for (std::size_t type = 0; type < notifiers.size(); ++type) {
        if (notifiers[type])
            events |= eventsOf[type];
    }
    return events;
}

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent),
      m_epoll(epoll_create1(EPOLL_CLOEXEC)),
      m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakeData;
    if (m_epoll < 0 || m_wake < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) < 0)
        qFatal("cannot make an event loop: %s", qPrintable(qt_error_string(errno)));
}

EpollDispatcher::~EpollDispatcher()
{
    close(m_wake);
    close(m_epoll);
}

// ---- descriptors ----

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    Descriptor &entry = m_descriptors[descriptor];
    if (entry.generation == 0)
        entry.generation = ++m_generation;
    entry.notifiers[std::size_t(notifier->type())] = notifier;
    change(descriptor, entry);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const auto found = m_descriptors.find(descriptor);
    if (found == m_descriptors.end() || found->notifiers[std::size_t(notifier->type())] != notifier)
        return;
    found->notifiers[std::size_t(notifier->type())] = nullptr;
    if (found->wanted() != 0) {
        change(descriptor, *found);
        return;
    }
    // The descriptor is removed at once, since its number may stand for another descriptor before this turn ends.
    if (found->registered != 0)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    if (found->alwaysReady)
        --m_alwaysReady;
    m_descriptors.erase(found);
}

// Notes that the kernel has to be told about a descriptor. That happens only once a turn, so a notifier that is
// switched on and off within one turn, as notifiers for writing often are, costs no system call.
void EpollDispatcher::change(int descriptor, Descriptor &entry)
{
    if (!std::exchange(entry.changed, true))
        m_changed.push_back(descriptor);
}

void EpollDispatcher::tellKernel()
{
    for (const int descriptor : m_changed) {
        const auto found = m_descriptors.find(descriptor);
        if (found == m_descriptors.end() || !found->changed)
            continue;
        found->changed = false;
        tellKernel(descriptor, *found);
    }
    m_changed.clear();
}

void EpollDispatcher::tellKernel(int descriptor, Descriptor &entry)
{
    const quint32 wanted = entry.wanted();
    if (wanted == entry.registered || entry.alwaysReady)
        return;
    epoll_event event{};
    event.events = wanted;
    event.data.u64 = dataOf(descriptor, entry.generation);
    if (epoll_ctl(m_epoll, entry.registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event) == 0) {
        entry.registered = wanted;
    } else if (errno == EPERM) {
        entry.alwaysReady = true;
        ++m_alwaysReady;
    } else {
        qWarning("cannot watch descriptor %d: %s", descriptor, qPrintable(qt_error_string(errno)));
    }
}

int EpollDispatcher::activate(int descriptor, quint32 generation, quint32 events)
{
    int activated = 0;
    for (std::size_t type = 0; type < eventsOf.size(); ++type) {
        if (!(events & (eventsOf[type] | ends)))
            continue;
        // The descriptor is looked up each time, since the code that the last notifier has called may have closed it
        // and opened others.
        const auto found = m_descriptors.constFind(descriptor);
        if (found == m_descriptors.cend() || found->generation != generation)
            break;
        if (QSocketNotifier *notifier = found->notifiers[type]) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
            ++activated;
        }
    }
    return activated;
}

int EpollDispatcher::activateRegularFiles()
{
    if (m_alwaysReady == 0)
        return 0;
    std::vector<std::pair<int, quint32>> files;
    for (auto entry = m_descriptors.cbegin(); entry != m_descriptors.cend(); ++entry) {
        if (entry->alwaysReady)
            files.emplace_back(entry.key(), entry->generation);
    }
    int activated = 0;
    for (const auto &[descriptor, generation] : files)
        activated += activate(descriptor, generation, EPOLLIN | EPOLLOUT);
    return activated;
}

// ---- timers ----

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    Timer timer;
    timer.object = object;
    timer.interval = milliseconds(interval);
    timer.type = type;
    timer.due = Clock::now() + timer.interval;
    m_queue.emplace(timer.due, id);
    m_timers.insert(id, timer);
}

bool EpollDispatcher::unregisterTimer(int id)
{
    const auto found = m_timers.constFind(id);
    if (found == m_timers.cend())
        return false;
    m_queue.erase({found->due, id});
    m_timers.erase(found);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    bool any = false;
    for (auto timer = m_timers.cbegin(); timer != m_timers.cend();) {
        if (timer->object != object) {
            ++timer;
            continue;
        }
        m_queue.erase({timer->due, timer.key()});
        timer = m_timers.erase(timer);
        any = true;
    }
    return any;
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> timers;
    for (auto timer = m_timers.cbegin(); timer != m_timers.cend(); ++timer) {
        if (timer->object == object)
            timers.append(TimerInfo(timer.key(), int(timer->interval.count()), timer->type));
    }
    return timers;
}

int EpollDispatcher::remainingTime(int id)
{
    const auto found = m_timers.constFind(id);
    if (found == m_timers.cend())
        return -1;
    return int(std::max(0ms, ceil<milliseconds>(found->due - Clock::now())).count());
}

int EpollDispatcher::timeToWait() const
{
    if (m_queue.empty())
        return -1;
    const milliseconds left = ceil<milliseconds>(m_queue.begin()->first - Clock::now());
    return int(std::clamp<milliseconds>(left, 0ms, 1h).count());
}

int EpollDispatcher::activateTimers()
{
    int activated = 0;
    const Clock::time_point now = Clock::now(); // timers that fall due from now on wait for the next turn
    while (!m_queue.empty() && m_queue.begin()->first <= now) {
        const int id = m_queue.begin()->second;
        m_queue.erase(m_queue.begin());
        Timer &timer = m_timers[id];
        timer.due = std::max<Clock::time_point>(timer.due + timer.interval, now + 1ns); // due in a later turn
        timer.active = true; // so that a nested event loop does not deliver this event again
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        ++activated;
        const auto found = m_timers.find(id);
        if (found != m_timers.end() && found->active) {
            found->active = false;
            m_queue.emplace(found->due, id);
        }
    }
    return activated;
}

// ---- the loop ----

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    emit awake();
    QCoreApplication::sendPostedEvents();

    const bool timers = !(flags & QEventLoop::X11ExcludeTimers);
    const bool notifiers = !(flags & QEventLoop::ExcludeSocketNotifiers);
    tellKernel();
    const bool waits = (flags & QEventLoop::WaitForMoreEvents) && m_alwaysReady == 0 && !m_interrupted;
    int patience = 0;
    if (waits) {
        patience = timers ? timeToWait() : -1;
        emit aboutToBlock();
    }

    std::array<epoll_event, turnEvents> ready;
    int count = 0;
    if (notifiers) {
        count = epoll_wait(m_epoll, ready.data(), turnEvents, patience);
    } else {
        pollfd wake{m_wake, POLLIN, 0};
        count = poll(&wake, 1, patience);
        ready.front().data.u64 = wakeData;
    }
    if (waits)
        emit awake();

    int activated = 0;
    for (int i = 0; i < count; ++i) {
        if (ready[std::size_t(i)].data.u64 == wakeData) {
            quint64 times = 0;
            [[maybe_unused]] const auto size = read(m_wake, &times, sizeof times);
            m_woken.exchange(false); // comes after read(), so that wakeUp() works again from now on
            ++activated;
        }
    }
    if (notifiers) {
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = ready[std::size_t(i)];
            if (event.data.u64 != wakeData)
                activated += activate(int(quint32(event.data.u64)), quint32(event.data.u64 >> 32), event.events);
        }
        activated += activateRegularFiles();
    }
    if (timers)
        activated += activateTimers();
    return activated > 0;
}

void EpollDispatcher::wakeUp()
{
    if (m_woken.exchange(true))
        return;
    const quint64 once = 1;
    [[maybe_unused]] const auto size = write(m_wake, &once, sizeof once);
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}
