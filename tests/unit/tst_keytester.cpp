#include "app/key/keytester.h"

#include "proxy/demo/demoserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using Result = KeyTest::Result;

Q_DECLARE_METATYPE(KeyTest::Result)

class TestKeyTester : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void overTheNetwork_data();
    void overTheNetwork();
    void newTestEndsTheOneBefore();
    void nobodyListens();
};

void TestKeyTester::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Result>("result");
    QTest::newRow("valid") << 200 << R"({"models":[{"name":"models/a"},{"name":"models/b"}]})"_ba << Result::Valid;
    QTest::newRow("no models") << 200 << R"({"models":[]})"_ba << Result::Valid;
    QTest::newRow("a page of somebody else's") << 200 << "<html>Log in"_ba << Result::Other;
    QTest::newRow("invalid")
            << 400
            << R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})"_ba
            << Result::NotValid;
    QTest::newRow("unauthenticated") << 401 << R"({"error":{"status":"UNAUTHENTICATED"}})"_ba << Result::NotValid;
    QTest::newRow("disabled")
            << 403 << R"({"error":{"status":"PERMISSION_DENIED","details":[{"reason":"SERVICE_DISABLED"}]}})"_ba
            << Result::NotEnabled;
    QTest::newRow("quota") << 429 << R"({"error":{"status":"RESOURCE_EXHAUSTED"}})"_ba << Result::Quota;
    QTest::newRow("location") << 400 << R"({"error":{"message":"User location is not supported."}})"_ba
                              << Result::Other;
    QTest::newRow("broken") << 500 << ""_ba << Result::Other;
}

void TestKeyTester::answers()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const Result, result);
    const KeyTest test = keyTestResult(status, body);
    QCOMPARE(test.result, result);
    if (result == Result::Valid)
        QCOMPARE(test.models, static_cast<int>(body.count("name")));
    else if (result == Result::Other)
        QVERIFY(!test.detail.isEmpty());
}

void TestKeyTester::overTheNetwork_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<Result>("result");
    QTest::newRow("fine") << ""_ba << Result::Valid;
    QTest::newRow("invalid") << "key-invalid"_ba << Result::NotValid;
    QTest::newRow("forbidden") << "forbidden"_ba << Result::NotEnabled;
    QTest::newRow("quota") << "quota"_ba << Result::Quota;
    QTest::newRow("internal") << "internal"_ba << Result::Other;
    QTest::newRow("reset") << "reset-before"_ba << Result::Other;
}

void TestKeyTester::overTheNetwork()
{
    QFETCH(const QByteArray, fault);
    QFETCH(const Result, result);
    DemoServer demo;
    QVERIFY(demo.listen());
    demo.setFault(fault);
    ProxySettings settings;
    settings.upstream = demo.url();
    KeyTester tester;
    QSignalSpy tested(&tester, &KeyTester::tested);
    tester.test(Secret("AIza-a-key-of-this-test"_ba), settings);
    QVERIFY(tested.isEmpty());
    QTRY_COMPARE(tested.size(), 1);
    const auto test = tested[0][0].value<KeyTest>();
    QCOMPARE(test.result, result);
    QVERIFY(result != Result::Valid || test.models > 0);
    QVERIFY(!test.detail.contains("AIza"_L1));
    QCOMPARE(demo.requestCount(), 1);
}

void TestKeyTester::newTestEndsTheOneBefore()
{
    DemoServer stalling;
    QVERIFY(stalling.listen());
    stalling.setFault("stall-before");
    DemoServer demo;
    QVERIFY(demo.listen());
    ProxySettings settings;
    KeyTester tester;
    QSignalSpy tested(&tester, &KeyTester::tested);
    settings.upstream = stalling.url();
    tester.test(Secret("first"_ba), settings);
    QTRY_COMPARE(stalling.requestCount(), 1);
    settings.upstream = demo.url();
    tester.test(Secret("second"_ba), settings);
    QTRY_COMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, Result::Valid);
}

void TestKeyTester::nobodyListens()
{
    QTcpServer gone;
    QVERIFY(gone.listen(QHostAddress::LocalHost));
    ProxySettings settings;
    settings.upstream = QUrl(u"http://127.0.0.1:%1"_s.arg(gone.serverPort()));
    gone.close();
    KeyTester tester;
    QSignalSpy tested(&tester, &KeyTester::tested);
    tester.test(Secret("key"_ba), settings);
    QTRY_COMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, Result::NoNetwork);
    QVERIFY(!tested[0][0].value<KeyTest>().detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestKeyTester)
#include "tst_keytester.moc"
