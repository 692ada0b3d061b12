#include "app/system/singleinstance.h"

#include <QDataStream>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QUuid>

#include <atomic>
#include <memory>

using namespace Qt::StringLiterals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private slots:
    void secondRaisesTheFirst();
    void firstGoneMakesRoom();
    void endingOneIsFollowed();
    void argumentsMayComeInPieces();
    void othersNamesDoNotMatter();

private:
    static QString uniqueName() { return u"gemini-desk-test-"_s + QUuid::createUuid().toString(QUuid::Id128); }
};

void TestSingleInstance::secondRaisesTheFirst()
{
    const QString name = uniqueName();
    SingleInstance first(name);
    QVERIFY(first.claim({}));
    QSignalSpy again(&first, &SingleInstance::startedAgain);
    const QStringList arguments{u"--port"_s, u"9090"_s, u"ü \"quoted\""_s};
    std::atomic<bool> claimed = true;
    // Runs as in another process: it waits while the first one's event loop turns
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        SingleInstance second(name);
        claimed = second.claim(arguments);
    }));
    thread->start();
    QTRY_COMPARE(again.size(), 1);
    QVERIFY(thread->wait());
    QVERIFY(!claimed);
    QCOMPARE(again[0][0].toStringList(), arguments);
}

void TestSingleInstance::firstGoneMakesRoom()
{
    const QString name = uniqueName();
    auto first = std::make_unique<SingleInstance>(name);
    QVERIFY(first->claim({}));
    first.reset();
    SingleInstance second(name);
    QVERIFY(second.claim({}));
}

// An instance that is about to end could do nothing more with the arguments, so the second start waits for the end and
// takes its place.
void TestSingleInstance::endingOneIsFollowed()
{
    const QString name = uniqueName();
    auto first = std::make_unique<SingleInstance>(name);
    QVERIFY(first->claim({}));
    QSignalSpy again(first.get(), &SingleInstance::startedAgain);
    first->makeRoom();
    std::atomic<bool> claimed = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        SingleInstance second(name);
        claimed = second.claim({u"--new-chat"_s});
    }));
    thread->start();
    const auto *server = first->findChild<QLocalServer *>();
    QTRY_VERIFY(server->findChild<QLocalSocket *>()); // it has come
    QVERIFY(again.isEmpty());
    first.reset();
    QVERIFY(thread->wait());
    QVERIFY(claimed);
}

void TestSingleInstance::argumentsMayComeInPieces()
{
    const QString name = uniqueName();
    SingleInstance first(name);
    QVERIFY(first.claim({}));
    QSignalSpy again(&first, &SingleInstance::startedAgain);
    const QStringList arguments{u"--port"_s, u"9090"_s};
    QByteArray message;
    QDataStream stream(&message, QIODevice::WriteOnly);
    stream << arguments;
    QLocalSocket other;
    other.connectToServer(name);
    QTRY_COMPARE(other.state(), QLocalSocket::ConnectedState);
    for (const char byte : std::as_const(message)) {
        QVERIFY(again.isEmpty());
        QCOMPARE(other.write(&byte, 1), 1);
        QVERIFY(other.flush());
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(again.size(), 1);
    QCOMPARE(again[0][0].toStringList(), arguments);
}

void TestSingleInstance::othersNamesDoNotMatter()
{
    SingleInstance one(uniqueName());
    SingleInstance other(uniqueName());
    QVERIFY(one.claim({}));
    QVERIFY(other.claim({}));
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
