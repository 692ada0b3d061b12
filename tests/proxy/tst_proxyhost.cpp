#include "app/desk/proxyhost.h"

#include "tests/support/httpclient.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The desktop app's proxy on its thread, as the main thread sees it.
class TestProxyHost : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void listensAndAnswers();
    void newSettingsWhileItRuns();
    void anotherPortLetsStreamsFinish();
    void off();
    void portTakenOffersAFreeOne();
    void newsComeJoined();
    void manyStreamsAreCountedTogether();
    void bodiesOnlyIfAsked();
    void stopsOneRequest();
    void shutsDown();
    void shutDownIsCalledOff();
    void goesInTheMiddle();

private:
    [[nodiscard]] static ProxyWish demoWish();
    [[nodiscard]] quint16 start(const ProxyWish &wish);

    std::unique_ptr<ProxyHost> m_host;
    std::unique_ptr<QSignalSpy> m_listening;
    QHash<quint64, ExchangeInfo> m_exchanges;
    QHash<quint64, QByteArray> m_bytes;
    QHash<quint64, ExchangeContent> m_contents;
    int m_news = 0;
};

ProxyWish TestProxyHost::demoWish()
{
    ProxyWish wish;
    wish.demo = true;
    wish.demoPace = 0ms;
    wish.settings.port = 0;
    wish.settings.reportContents = true;
    return wish;
}

void TestProxyHost::init()
{
    m_exchanges.clear();
    m_bytes.clear();
    m_contents.clear();
    m_news = 0;
    m_host = std::make_unique<ProxyHost>();
    m_listening = std::make_unique<QSignalSpy>(m_host.get(), &ProxyHost::listening);
    connect(m_host.get(), &ProxyHost::news, this, [this](const RequestNews &news) {
        ++m_news;
        for (const ExchangeInfo &info : news.exchanges)
            m_exchanges.insert(info.number, info);
        for (const ExchangeContent &content : news.contents) {
            QVERIFY(m_exchanges.contains(content.number)); // not announced before its exchange
            m_contents.insert(content.number, content);
        }
        for (const auto &[number, bytes] : news.pieces)
            m_bytes[number] += bytes;
    });
}

void TestProxyHost::cleanup()
{
    m_host.reset();
}

quint16 TestProxyHost::start(const ProxyWish &wish)
{
    const qsizetype before = m_listening->size();
    m_host->use(wish);
    if (!QTest::qWaitFor([&] { return m_listening->size() > before; }))
        return 0;
    return static_cast<quint16>(m_listening->last().at(1).toUInt());
}

void TestProxyHost::listensAndAnswers()
{
    const quint16 port = start(demoWish());
    QVERIFY(port != 0);
    HttpClient client(port);
    client.ask("Write a haiku"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
    QTRY_VERIFY(m_exchanges.value(1).end == ExchangeInfo::End::Complete);
    QCOMPARE(m_bytes.value(1), client.response().body);
    QCOMPARE(m_contents.value(1).body, "Write a haiku"_ba);
    QVERIFY(m_exchanges.value(1).sent.count() >= 0);
    QVERIFY(m_exchanges.value(1).firstByte >= m_exchanges.value(1).sent);
    QVERIFY(m_exchanges.value(1).usage.input > 0);
    QVERIFY(m_exchanges.value(1).usage.output > 0);
}

void TestProxyHost::newSettingsWhileItRuns()
{
    ProxyWish wish = demoWish();
    const quint16 port = start(wish);
    wish.settings.tokens = {AccessToken{"editor"_ba, QByteArray(32, 'x')}};
    QCOMPARE(start(wish), port); // the same listener
    HttpClient client(port);
    client.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 401);
}

void TestProxyHost::anotherPortLetsStreamsFinish()
{
    ProxyWish wish = demoWish();
    wish.demoPace = 20ms;
    const quint16 first = start(wish);
    HttpClient running(first);
    running.ask("Write a haiku"_ba);
    QVERIFY(runUntil([&] { return !running.responses().isEmpty(); }));

    QTcpServer probe; // which port is free now
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    wish.settings.port = probe.serverPort();
    probe.close();
    const quint16 second = start(wish);
    QCOMPARE(second, wish.settings.port);
    HttpClient late(first);
    QVERIFY(runUntil([&] { return late.wasRefused() || late.wasClosed(); }));
    HttpClient next(second);
    next.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return running.hasEnded() && next.hasEnded(); }));
    QCOMPARE(running.response().end, HttpClient::End::Clean);
    QCOMPARE(next.response().end, HttpClient::End::Clean);
    // Both were announced, under different numbers
    QTRY_COMPARE(m_exchanges.size(), 2);
}

void TestProxyHost::off()
{
    ProxyWish wish = demoWish();
    const quint16 port = start(wish);
    QSignalSpy off(m_host.get(), &ProxyHost::off);
    wish.on = false;
    m_host->use(wish);
    QTRY_COMPARE(off.size(), 1);
    HttpClient client(port);
    QVERIFY(runUntil([&] { return client.wasRefused() || client.wasClosed(); }));
    QVERIFY(start(demoWish()) != 0);
}

void TestProxyHost::portTakenOffersAFreeOne()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    ProxyWish wish = demoWish();
    wish.settings.port = holder.serverPort();
    QSignalSpy failed(m_host.get(), &ProxyHost::failed);
    m_host->use(wish);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(m_listening->isEmpty()); // it never moves to another port by itself
    QCOMPARE(failed[0][0].toBool(), true);
    const auto freePort = static_cast<quint16>(failed[0][2].toUInt());
    QVERIFY(freePort != 0);
    QVERIFY(freePort != holder.serverPort());
    wish.settings.port = freePort;
    QCOMPARE(start(wish), freePort);
}

void TestProxyHost::newsComeJoined()
{
    const quint16 port = start(demoWish());
    HttpClient client(port);
    client.ask("Hello"_ba, {}, "?model=demo-fast"); // 20,000 events
    QVERIFY(runUntil([&] { return client.hasEnded(); }, 1min));
    QTRY_VERIFY(m_exchanges.value(1).end == ExchangeInfo::End::Complete);
    QCOMPARE(m_bytes.value(1).size(), client.response().body.size());
    QVERIFY(m_bytes.value(1) == client.response().body);
    QVERIFY2(m_news < 2'000, QByteArray::number(m_news).constData());
}

// Each new count wakes the window.
void TestProxyHost::manyStreamsAreCountedTogether()
{
    const quint16 port = start(demoWish());
    QSignalSpy counted(m_host.get(), &ProxyHost::streamsChanged);
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(std::make_unique<HttpClient>(port));
        clients.back()->ask("Hello"_ba, {}, "?model=demo-stall-after");
    }
    QTRY_VERIFY(!counted.isEmpty() && counted.last()[0].toInt() == 50);
    clients.clear();
    QTRY_COMPARE(counted.last()[0].toInt(), 0);
    QVERIFY2(counted.size() <= m_news, QByteArray::number(counted.size()).constData());
}

void TestProxyHost::bodiesOnlyIfAsked()
{
    ProxyWish wish = demoWish();
    wish.settings.reportContents = false;
    const quint16 port = start(wish);
    HttpClient client(port);
    client.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QTRY_VERIFY(m_exchanges.value(1).end == ExchangeInfo::End::Complete);
    QVERIFY(m_bytes.isEmpty());
    QVERIFY(m_contents.isEmpty());
}

void TestProxyHost::stopsOneRequest()
{
    ProxyWish wish = demoWish();
    const quint16 port = start(wish);
    HttpClient stopped(port);
    stopped.ask("Hello"_ba, {}, "?model=demo-stall-after");
    QVERIFY(runUntil([&] { return !stopped.responses().isEmpty(); }));
    QTRY_COMPARE(m_exchanges.size(), 1);
    m_host->stopRequest(99); // there is no such request
    m_host->stopRequest(1);
    QVERIFY(runUntil([&] { return stopped.hasEnded(); }));
    QCOMPARE(stopped.response().end, HttpClient::End::Cut);
    QVERIFY(stopped.response().body.contains("event: error"));
    QTRY_VERIFY(m_exchanges.value(1).end == ExchangeInfo::End::Failed);
    HttpClient next(port);
    next.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return next.hasEnded(); }));
    QCOMPARE(next.response().end, HttpClient::End::Clean);
}

void TestProxyHost::shutsDown()
{
    ProxyWish wish = demoWish();
    wish.demoPace = 10ms;
    const quint16 port = start(wish);
    HttpClient client(port);
    client.ask("Write a haiku"_ba);
    QVERIFY(runUntil([&] { return !client.responses().isEmpty(); }));
    QSignalSpy stopped(m_host.get(), &ProxyHost::stopped);
    bool told = false; // it must come before stopped(), as nobody listens after that
    connect(m_host.get(), &ProxyHost::stopped, this,
            [&] { told = m_exchanges.value(1).end == ExchangeInfo::End::Complete; });
    m_host->shutDown(10s);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, HttpClient::End::Clean);
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(told);
}

void TestProxyHost::shutDownIsCalledOff()
{
    ProxyWish wish = demoWish();
    const quint16 port = start(wish);
    wish.settings.port = port;
    HttpClient client(port);
    client.ask("Hello"_ba, {}, "?model=demo-stall-after");
    QVERIFY(runUntil([&] { return !client.responses().isEmpty(); }));
    QSignalSpy stopped(m_host.get(), &ProxyHost::stopped);
    m_host->shutDown(600s);
    m_host->callOffShutDown();
    QCOMPARE(start(wish), port);
    HttpClient another(port);
    another.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return another.hasEnded(); }));
    QCOMPARE(another.response().status, 200);
    QVERIFY(!client.hasEnded());
    QVERIFY(stopped.isEmpty());
    // The second call ends what the first one waited for.
    m_host->shutDown(0ms);
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, HttpClient::End::Cut);
}

void TestProxyHost::goesInTheMiddle()
{
    const quint16 port = start(demoWish());
    HttpClient client(port);
    client.ask("Hello"_ba, {}, "?model=demo-stall-after");
    QVERIFY(runUntil([&] { return !client.responses().isEmpty(); }));
    m_host.reset();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, HttpClient::End::Cut);
}

QTEST_GUILESS_MAIN(TestProxyHost)
#include "tst_proxyhost.moc"
