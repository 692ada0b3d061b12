#include "ui/chat/base/retrytimer.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;

class TestRetryTimer : public QObject
{
    Q_OBJECT

private slots:
    void waitsLongerEachTime();
    void waitsForOneTryOnly();
    void stops();
};

// The wait that the timer was started with.
static std::chrono::milliseconds waitOf(const RetryTimer &timer)
{
    return timer.findChild<QTimer *>()->intervalAsDuration();
}

void TestRetryTimer::waitsLongerEachTime()
{
    RetryTimer timer(1ms, 5ms);
    QSignalSpy due(&timer, &RetryTimer::due);
    qsizetype times = 0;
    for (const auto wait : {1ms, 2ms, 4ms, 5ms, 5ms}) {
        timer.start();
        QCOMPARE(waitOf(timer), wait);
        ++times;
        QTRY_COMPARE(due.size(), times);
        QVERIFY(!timer.isActive());
    }
    timer.reset();
    timer.start();
    QCOMPARE(waitOf(timer), 1ms);
}

// Whoever finds out meanwhile that it does not work puts nothing off.
void TestRetryTimer::waitsForOneTryOnly()
{
    RetryTimer timer(1min, 4min);
    timer.start();
    timer.start();
    QCOMPARE(waitOf(timer), 1min);
    timer.stop();
    timer.start();
    QCOMPARE(waitOf(timer), 2min);
}

void TestRetryTimer::stops()
{
    RetryTimer timer(0ms, 1ms);
    QSignalSpy due(&timer, &RetryTimer::due);
    timer.start();
    timer.stop();
    QVERIFY(!timer.isActive());
    QCoreApplication::processEvents();
    QCOMPARE(due.size(), 0);
}

QTEST_GUILESS_MAIN(TestRetryTimer)

#include "tst_retrytimer.moc"
