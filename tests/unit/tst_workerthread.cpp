#include "ui/chat/base/workerthread.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

class Worker : public QObject
{
public:
    explicit Worker(QStringList &log) : m_log(log) {}
    ~Worker() override { note(u"gone"_s); }

    void note(const QString &word) { m_log.append(QThread::currentThread()->objectName() + u':' + word); }
    void noteLater(const QString &word)
    {
        callLater(this, [this, word] { note(word); });
    }
    void finish() { note(u"last"_s); }

private:
    QStringList &m_log; // read by the test only where this thread waits or has ended
};

} // namespace

class TestWorkerThread : public QObject
{
    Q_OBJECT

private slots:
    void callsInOrder();
    void endsBehindAllThatWasCalledFor();
    void answersTheLiving();
    void neverStarted();
};

void TestWorkerThread::callsInOrder()
{
    QStringList log;
    WorkerThread<Worker> thread(u"w"_s, std::make_unique<Worker>(log));
    thread.call([](Worker &worker) { worker.note(u"before the start"_s); });
    thread.start();
    thread.start();
    thread.call([](Worker &worker) { worker.note(u"behind it"_s); });
    thread.waitForCalls();
    QCOMPARE(log, (QStringList{u"w:before the start"_s, u"w:behind it"_s}));
}

void TestWorkerThread::endsBehindAllThatWasCalledFor()
{
    QStringList log;
    WorkerThread<Worker> thread(u"w"_s, std::make_unique<Worker>(log));
    thread.start();
    for (int i = 0; i < 3; ++i)
        thread.call([i](Worker &worker) { worker.note(QString::number(i)); });
    thread.stop([](Worker &worker) {
        worker.finish();
        worker.noteLater(u"put off"_s);
    });
    QCOMPARE(log, (QStringList{u"w:0"_s, u"w:1"_s, u"w:2"_s, u"w:last"_s, u"w:put off"_s, u"w:gone"_s}));
    QVERIFY(!thread.worker());
    thread.stop(&Worker::finish); // it has ended
    QCOMPARE(log.size(), 6);
}

void TestWorkerThread::answersTheLiving()
{
    QStringList log;
    WorkerThread<Worker> thread(u"w"_s, std::make_unique<Worker>(log));
    thread.start();
    int answers = 0;
    auto context = std::make_unique<QObject>();
    const auto ask = [&] {
        thread.call([&answers, &context = *context](Worker &) { callLater(&context, [&answers] { ++answers; }); });
        thread.waitForCalls();
    };
    ask();
    QCOMPARE(answers, 0); // never inside the call
    QTRY_COMPARE(answers, 1);
    ask();
    context.reset();
    QCoreApplication::processEvents();
    QCOMPARE(answers, 1);
}

void TestWorkerThread::neverStarted()
{
    QStringList log;
    {
        WorkerThread<Worker> thread(u"w"_s, std::make_unique<Worker>(log));
        thread.call([](Worker &worker) { worker.note(u"never"_s); });
    }
    QCOMPARE(log.size(), 1);
    QVERIFY(log.first().endsWith(u":gone"_s));
}

QTEST_GUILESS_MAIN(TestWorkerThread)
#include "tst_workerthread.moc"
