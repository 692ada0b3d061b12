#include "proxy/eventloop/epolldispatcher.h"

#include "ui/chat/base/handover.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>

#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

// Two connected sockets, closed with it.
struct Pair
{
    Pair() { valid = socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0; }
    ~Pair()
    {
        for (const int end : ends)
            close(end);
    }
    Q_DISABLE_COPY_MOVE(Pair)

    [[nodiscard]] bool say() const { return write(ends[1], "x", 1) == 1; }
    [[nodiscard]] bool hear() const
    {
        char byte = 0;
        return read(ends[0], &byte, 1) == 1;
    }

    int ends[2] = {-1, -1};
    bool valid = false;
};

// Calls a function for each event of its timers.
class Ticker : public QObject
{
public:
    std::function<void(int)> tick;

protected:
    void timerEvent(QTimerEvent *event) override { tick(event->timerId()); }
};

} // namespace

// On the dispatcher itself: main() below gives it to the application.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatCanBeRead();
    void tellsWhatCanBeWritten();
    void tellsOfAHangUp();
    void switchedOnAndOffInOneTurn();
    void notifierDeletedByAnother();
    void numberOfAnotherDescriptor();
    void regularFile();
    void withoutNotifiers();
    void moreThanOneTurnTakes();
    void timersInTheirOrder();
    void timerKilledInItsOwnEvent();
    void objectDeletedInItsTimersEvent();
    void nestedLoopDoesNotRepeatATimer();
    void zeroTimerStarvesNobody();
    void remainingTime();
    void wokenFromOtherThreads();
    void leftFromAnotherThread();
};

void TestEpollDispatcher::tellsWhatCanBeRead()
{
    const Pair pair;
    QVERIFY(pair.valid);
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy told(&notifier, &QSocketNotifier::activated);
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 0);
    QVERIFY(pair.say());
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 1);
    QCoreApplication::processEvents(); // told again, as it was not read yet
    QCOMPARE(told.size(), 2);
    QVERIFY(pair.hear());
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 2);
}

void TestEpollDispatcher::tellsWhatCanBeWritten()
{
    const Pair pair;
    QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
    QSocketNotifier writer(pair.ends[0], QSocketNotifier::Write);
    QSignalSpy readable(&reader, &QSocketNotifier::activated);
    QSignalSpy writable(&writer, &QSocketNotifier::activated);
    QCoreApplication::processEvents();
    QCOMPARE(readable.size(), 0);
    QCOMPARE(writable.size(), 1);
    writer.setEnabled(false);
    QVERIFY(pair.say());
    QCoreApplication::processEvents();
    QCOMPARE(readable.size(), 1);
    QCOMPARE(writable.size(), 1);
}

void TestEpollDispatcher::tellsOfAHangUp()
{
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy told(&notifier, &QSocketNotifier::activated);
    QCoreApplication::processEvents();
    close(std::exchange(pair.ends[1], -1));
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 1);
}

void TestEpollDispatcher::switchedOnAndOffInOneTurn()
{
    const Pair pair;
    QSocketNotifier writer(pair.ends[0], QSocketNotifier::Write);
    QSignalSpy writable(&writer, &QSocketNotifier::activated);
    writer.setEnabled(false);
    for (int i = 0; i < 3; ++i) {
        writer.setEnabled(true);
        writer.setEnabled(false);
        QCoreApplication::processEvents();
    }
    QCOMPARE(writable.size(), 0);
    writer.setEnabled(true);
    QCoreApplication::processEvents();
    QCOMPARE(writable.size(), 1);
}

void TestEpollDispatcher::notifierDeletedByAnother()
{
    const Pair pairs[2];
    std::unique_ptr<QSocketNotifier> notifiers[2];
    int told = 0;
    for (int i = 0; i < 2; ++i) {
        notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i].ends[0], QSocketNotifier::Read);
        connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
            ++told;
            QVERIFY(pairs[i].hear());
            notifiers[1 - i].reset();
        });
        QVERIFY(pairs[i].say());
    }
    QCoreApplication::processEvents(); // both are ready in this turn
    QCOMPARE(told, 1);
    QCoreApplication::processEvents();
    QCOMPARE(told, 1);
}

void TestEpollDispatcher::numberOfAnotherDescriptor()
{
    Pair pairs[2];
    const Pair later;
    std::unique_ptr<QSocketNotifier> notifiers[2];
    std::unique_ptr<QSocketNotifier> fresh;
    int told = 0;
    int toldFresh = 0;
    for (int i = 0; i < 2; ++i) {
        notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i].ends[0], QSocketNotifier::Read);
        connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
            ++told;
            QVERIFY(pairs[i].hear());
            // The other one is closed, and its number given to a socket that has nothing to read.
            notifiers[1 - i].reset();
            QCOMPARE(dup2(later.ends[0], pairs[1 - i].ends[0]), pairs[1 - i].ends[0]);
            fresh = std::make_unique<QSocketNotifier>(pairs[1 - i].ends[0], QSocketNotifier::Read);
            connect(fresh.get(), &QSocketNotifier::activated, this, [&] { ++toldFresh; });
        });
        QVERIFY(pairs[i].say());
    }
    QCoreApplication::processEvents();
    QCOMPARE(told, 1);
    QCoreApplication::processEvents();
    QCOMPARE(toldFresh, 0);
    QVERIFY(later.say());
    QCoreApplication::processEvents();
    QCOMPARE(toldFresh, 1);
}

void TestEpollDispatcher::regularFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier notifier(file.handle(), QSocketNotifier::Read);
    QSignalSpy told(&notifier, &QSocketNotifier::activated);
    QVERIFY(told.wait()); // a regular file is always ready, as select(2) says
    notifier.setEnabled(false);
    const auto before = told.size();
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), before);
}

void TestEpollDispatcher::withoutNotifiers()
{
    const Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    QSignalSpy told(&notifier, &QSocketNotifier::activated);
    QVERIFY(pair.say());
    QTimer::singleShot(1ms, this, [] {});
    QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    QCOMPARE(told.size(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(told.size(), 1);
}

void TestEpollDispatcher::moreThanOneTurnTakes()
{
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int told = 0;
    for (int i = 0; i < 400; ++i) {
        const Pair *pair = pairs.emplace_back(std::make_unique<Pair>()).get();
        QVERIFY(pair->valid && pair->say());
        connect(notifiers.emplace_back(std::make_unique<QSocketNotifier>(pair->ends[0], QSocketNotifier::Read)).get(),
                &QSocketNotifier::activated, this, [pair, &told] { told += pair->hear() ? 1 : 0; });
    }
    QTRY_COMPARE(told, 400);
}

void TestEpollDispatcher::timersInTheirOrder()
{
    QList<int> order;
    for (const int interval : {300, 1, 150}) {
        for (const Qt::TimerType type : {Qt::PreciseTimer, Qt::CoarseTimer})
            QTimer::singleShot(interval, type, this, [&order, interval] { order.append(interval); });
    }
    QTRY_COMPARE(order, (QList<int>{1, 1, 150, 150, 300, 300}));
}

void TestEpollDispatcher::timerKilledInItsOwnEvent()
{
    Ticker ticker;
    int ticks = 0;
    ticker.tick = [&](int id) {
        if (++ticks == 3)
            ticker.killTimer(id);
    };
    ticker.startTimer(1);
    bool later = false;
    QTRY_COMPARE(ticks, 3);
    QTimer::singleShot(10ms, this, [&] { later = true; });
    QTRY_VERIFY(later);
    QCOMPARE(ticks, 3);
}

void TestEpollDispatcher::objectDeletedInItsTimersEvent()
{
    auto *ticker = new Ticker;
    bool gone = false;
    connect(ticker, &QObject::destroyed, this, [&gone] { gone = true; });
    ticker->tick = [ticker](int) { ticker->deleteLater(); };
    for (int i = 0; i < 3; ++i)
        ticker->startTimer(0);
    QTRY_VERIFY(gone);
    QCOMPARE(QCoreApplication::eventDispatcher()->registeredTimers(ticker).size(), 0);
}

void TestEpollDispatcher::nestedLoopDoesNotRepeatATimer()
{
    Ticker ticker;
    int depth = 0;
    int deepest = 0;
    int ticks = 0;
    ticker.tick = [&](int id) {
        deepest = std::max(deepest, ++depth);
        QEventLoop loop;
        QTimer::singleShot(10ms, &loop, &QEventLoop::quit);
        loop.exec();
        --depth;
        if (++ticks == 2)
            ticker.killTimer(id);
    };
    ticker.startTimer(1);
    QTRY_COMPARE(ticks, 2);
    QCOMPARE(deepest, 1);
}

void TestEpollDispatcher::zeroTimerStarvesNobody()
{
    const Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    bool heard = false;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { heard = pair.hear(); });
    int turns = 0;
    bool posted = false;
    QTimer busy;
    connect(&busy, &QTimer::timeout, this, [&turns] { ++turns; });
    busy.start(0);
    QVERIFY(pair.say());
    QMetaObject::invokeMethod(
            this, [&posted] { posted = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(heard && posted && turns > 2);
}

void TestEpollDispatcher::remainingTime()
{
    Ticker ticker;
    QAbstractEventDispatcher *dispatcher = QCoreApplication::eventDispatcher();
    const int id = ticker.startTimer(1h);
    const int left = dispatcher->remainingTime(id);
    QVERIFY2(left > 3'500'000 && left <= 3'600'000, QByteArray::number(left).constData());
    QCOMPARE(dispatcher->registeredTimers(&ticker).size(), 1);
    QCOMPARE(dispatcher->registeredTimers(&ticker).first().interval, 3'600'000);
    ticker.killTimer(id);
    QCOMPARE(dispatcher->remainingTime(id), -1);
    QCOMPARE(dispatcher->registeredTimers(&ticker).size(), 0);
}

// Not one wake-up may be lost, or the loop would sleep on what was posted.
void TestEpollDispatcher::wokenFromOtherThreads()
{
    constexpr int each = 5'000;
    int arrived = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([this, &arrived] {
                   for (int k = 0; k < each; ++k) {
                       QMetaObject::invokeMethod(this, handover::Handed([&arrived] { ++arrived; }),
                                                 Qt::QueuedConnection);
                       if (k % 64 == 0)
                           QThread::yieldCurrentThread(); // the loop goes to sleep now and then
                   }
               }))
                ->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(arrived, 4 * each, 30'000);
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
}

void TestEpollDispatcher::leftFromAnotherThread()
{
    for (int i = 0; i < 200; ++i) {
        QEventLoop loop;
        const std::unique_ptr<QThread> thread(QThread::create([&loop] { loop.exit(7); }));
        QMetaObject::invokeMethod(
                &loop, [&thread] { thread->start(); }, Qt::QueuedConnection);
        QCOMPARE(loop.exec(), 7);
        QVERIFY(thread->wait());
    }
}

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    const QCoreApplication application(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
