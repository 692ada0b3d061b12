#include "app/desk/desk.h"

#include "app/options/deskoptions.h"
#include "app/options/settingsstore.h"
#include "proxy/guard/guard.h"
#include "tests/support/httpclient.h"
#include "tests/support/memorykeystore.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = ProxyState::Kind;

// The desktop app without its window: settings, key and proxy together, over real sockets.
class TestDesk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void waitsForTheKey();
    void startsWithoutAnAnswerOfTheKeychain();
    void newKeyIsUsedAtOnce();
    void settingsAreKeptAndFollowed();
    void offAndOn();
    void optionsBeatSettingsAndAreNotKept();
    void portTakenNamesItsHolder();
    void tokenIsShownOnceAndWorks();
    void networkOnlyWithAToken();
    void lastTokenClosesTheNetwork();
    void whatCannotBeUsedIsSaid();
    void settingsThatCannotBeSaved();
    void demo();
    void secondStart();
    void anyFreePort();
    void testsTheConnection();
    void shutsDown();

private:
    void start();
    [[nodiscard]] HttpClient::Response ask(const QByteArray &fields = {});
    [[nodiscard]] quint16 port() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_upstream;
    MemoryKeyStore m_keys;
    std::unique_ptr<SettingsStore> m_settings;
    std::unique_ptr<Desk> m_desk;
    Options m_options;
};

void TestDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_upstream = std::make_unique<ScriptedServer>();
    m_upstream->setScript({ScriptedServer::Step::send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 10\r\n\r\ndata: {}\n\n"_ba)});
    QVERIFY(m_upstream->start());
    m_keys.key = Secret("AIza-stored"_ba);
    m_keys.failure = KeyResult::Error::None;
    m_keys.silent = false;
    m_settings = std::make_unique<SettingsStore>(m_folder->filePath(u"gemini-desk.conf"_s));
    m_options = {};
    m_options.proxy.upstream = m_upstream->url();
    m_options.proxy.connectionsAhead = 0;
    m_options.proxy.port = 0; // any free one
    m_options.given = {u"port"_s};
}

void TestDesk::cleanup()
{
    m_desk.reset();
}

void TestDesk::start()
{
    m_desk = std::make_unique<Desk>(m_keys, *m_settings, nullptr, m_options);
    m_desk->begin();
}

quint16 TestDesk::port() const
{
    return m_desk->proxyState().address.section(u':', -1).toUShort();
}

HttpClient::Response TestDesk::ask(const QByteArray &fields)
{
    HttpClient client(port());
    client.ask("Hello"_ba, fields);
    if (!runUntil([&] { return client.hasEnded(); }))
        return {};
    return client.response();
}

void TestDesk::waitsForTheKey()
{
    start();
    QCOMPARE(m_desk->proxyState().kind, Kind::Starting);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QCOMPARE(ask().status, 200); // the first request already has the key
    QCOMPARE(m_upstream->requests().first().head.fields.value("x-goog-api-key"), "AIza-stored"_ba);
}

void TestDesk::startsWithoutAnAnswerOfTheKeychain()
{
    m_keys.silent = true;
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QCOMPARE(m_desk->keys().state().kind, KeyState::Kind::Reading);
    QCOMPARE(ask().status, 503);
}

void TestDesk::newKeyIsUsedAtOnce()
{
    m_keys.key = {};
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QCOMPARE(ask().status, 503);
    m_desk->keys().useForSession(u"AIza-typed"_s);
    QTRY_COMPARE(ask().status, 200);
    QCOMPARE(m_upstream->requests().last().head.fields.value("x-goog-api-key"), "AIza-typed"_ba);
}

void TestDesk::settingsAreKeptAndFollowed()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QSignalSpy changed(m_desk.get(), &Desk::preferencesChanged);
    Preferences wanted = m_desk->preferences();
    wanted.model = u"gemini-2.5-pro"_s;
    wanted.allowedOrigins = {u"https://example.com"_s};
    m_desk->setPreferences(wanted);
    QCOMPARE(changed.size(), 1);
    m_desk->setPreferences(wanted);
    QCOMPARE(changed.size(), 1);
    QTRY_COMPARE(ask("Origin: https://example.com\r\n"_ba).status, 200);
    QVERIFY(m_upstream->requests().last().head.target.contains("gemini-2.5-pro"));
    const Preferences kept = SettingsStore(m_folder->filePath(u"gemini-desk.conf"_s)).load();
    QCOMPARE(kept.model, u"gemini-2.5-pro"_s);
    QCOMPARE(kept.allowedOrigins, wanted.allowedOrigins);
}

void TestDesk::offAndOn()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    Preferences wanted = m_desk->preferences();
    wanted.proxyOn = false;
    m_desk->setPreferences(wanted);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Off);
    wanted.proxyOn = true;
    m_desk->setPreferences(wanted);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QCOMPARE(ask().status, 200);
}

void TestDesk::optionsBeatSettingsAndAreNotKept()
{
    Preferences stored;
    stored.port = 8099;
    stored.model = u"stored-model"_s;
    QVERIFY(m_settings->save(stored));
    m_options.proxy.model = "model-of-the-flag"_ba;
    m_options.given += u"model"_s;
    start();
    QCOMPARE(m_desk->preferences().model, u"model-of-the-flag"_s);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    Preferences wanted = m_desk->preferences();
    wanted.keepBodies = false;
    m_desk->setPreferences(wanted);
    Preferences kept = m_settings->load();
    QCOMPARE(kept.port, quint16(8099));
    QCOMPARE(kept.model, u"stored-model"_s);
    QCOMPARE(kept.keepBodies, false);
    // What the user sets in the window is newer than the flag, so it counts.
    wanted.model = u"model-of-the-window"_s;
    m_desk->setPreferences(wanted);
    kept = m_settings->load();
    QCOMPARE(kept.model, u"model-of-the-window"_s);
    QCOMPARE(kept.port, quint16(8099));
}

void TestDesk::portTakenNamesItsHolder()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    m_options.proxy.port = holder.serverPort();
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::PortTaken);
    const ProxyState state = m_desk->proxyState();
    QCOMPARE(state.address, u"127.0.0.1:%1"_s.arg(holder.serverPort()));
#ifdef Q_OS_LINUX
    QVERIFY2(state.holder.contains("tst_desk"_L1), qPrintable(state.holder));
#endif
    QVERIFY(state.freePort != 0 && state.freePort != holder.serverPort());
    Preferences wanted = m_desk->preferences();
    wanted.port = state.freePort; // as the banner's button does
    m_desk->setPreferences(wanted);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QCOMPARE(port(), state.freePort);
    QCOMPARE(m_settings->load().port, state.freePort);
}

void TestDesk::tokenIsShownOnceAndWorks()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    const QString token = m_desk->makeToken(u"büro"_s);
    QVERIFY(token.size() >= 32);
    QVERIFY(m_desk->makeToken(u"büro"_s).isEmpty()); // taken
    QVERIFY(m_desk->makeToken({}).isEmpty());
    QVERIFY(m_desk->makeToken(u"other"_s) != token);
    QTRY_COMPARE(ask().status, 401);
    QSignalSpy news(m_desk.get(), &Desk::news);
    QCOMPARE(ask("Authorization: Bearer "_ba + token.toLatin1() + "\r\n"_ba).status, 200);
    const auto clientOf = [&news] {
        for (const QList<QVariant> &batch : std::as_const(news)) {
            for (const ExchangeInfo &info : batch[0].value<RequestNews>().exchanges)
                return QString::fromUtf8(info.client);
        }
        return QString();
    };
    QTRY_COMPARE(clientOf(), u"büro"_s);
    QFile file(m_folder->filePath(u"gemini-desk.conf"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(token.toLatin1()));
    // Revoked
    Preferences wanted = m_desk->preferences();
    wanted.tokens.removeFirst();
    m_desk->setPreferences(wanted);
    QTRY_COMPARE(ask("Authorization: Bearer "_ba + token.toLatin1() + "\r\n"_ba).status, 401);
}

void TestDesk::networkOnlyWithAToken()
{
    Preferences preferences;
    preferences.network = true;
    QVERIFY(proxySettings(preferences, m_options).listenAddress.isLoopback());
    preferences.tokens = {{u"phone"_s, QByteArray(32, 'x'), QDate(2026, 11, 24)}};
    const ProxySettings settings = proxySettings(preferences, m_options);
    QCOMPARE(settings.listenAddress, QHostAddress(QHostAddress::Any));
    QVERIFY(!settings.settingsPlace.contains("config file")); // its settings are in the window
}

void TestDesk::lastTokenClosesTheNetwork()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QVERIFY(!m_desk->makeToken(u"phone"_s).isEmpty());
    Preferences wanted = m_desk->preferences();
    wanted.network = true;
    m_desk->setPreferences(wanted);
    QVERIFY(m_desk->preferences().network);
    QVERIFY(m_settings->load().network);
    wanted.tokens.clear();
    m_desk->setPreferences(wanted);
    QVERIFY(!m_desk->preferences().network);
    QVERIFY(!m_settings->load().network);
}

void TestDesk::whatCannotBeUsedIsSaid()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QSignalSpy problem(m_desk.get(), &Desk::problem);
    Preferences wanted = m_desk->preferences();
    wanted.caFile = m_folder->filePath(u"gone.pem"_s);
    m_desk->setPreferences(wanted);
    QCOMPARE(problem.size(), 1);
    QVERIFY(problem[0][0].toString().contains("gone.pem"_L1));
    wanted.keepBodies = false;
    m_desk->setPreferences(wanted);
    QCOMPARE(problem.size(), 1); // said once
    QCOMPARE(ask().status, 200); // nothing else is lost
}

void TestDesk::settingsThatCannotBeSaved()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QSignalSpy cannot(m_desk.get(), &Desk::cannotSave);
    QVERIFY(m_folder->remove());
    QFile blocker(m_folder->path()); // a file where the folder should be: not even root can write below it
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    Preferences wanted = m_desk->preferences();
    wanted.model = u"another-model"_s;
    m_desk->setPreferences(wanted);
    QCOMPARE(cannot.size(), 1);
    QTRY_VERIFY(ask().status == 200 && m_upstream->requests().last().head.target.contains("another-model"));
    QVERIFY(blocker.remove());
}

void TestDesk::demo()
{
    m_options.demo = true;
    m_options.demoPace = 0ms;
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QVERIFY(m_desk->proxyState().demo);
    QVERIFY(ask().body.contains("demo"));
    QCOMPARE(m_upstream->requestCount(), 0);
    // A key ends the demo.
    m_desk->keys().useForSession(u"AIza-typed"_s);
    QTRY_VERIFY(!m_desk->proxyState().demo);
    QCOMPARE(ask().status, 200);
    QCOMPARE(m_upstream->requestCount(), 1);
}

void TestDesk::secondStart()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    const quint16 before = port();
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 another = probe.serverPort();
    probe.close();
    Options later;
    later.proxy.port = another;
    later.given = {u"port"_s};
    m_desk->take(later);
    QTRY_VERIFY(port() == another && m_desk->proxyState().kind == Kind::Listening);
    QVERIFY(another != before);
    QCOMPARE(m_settings->load().port, Preferences{}.port); // only while the program runs
    later.given.clear();
    later.demo = true;
    m_desk->take(later);
    QTRY_VERIFY(m_desk->proxyState().demo);
    QCOMPARE(port(), another);
}

void TestDesk::anyFreePort()
{
    start();
    QSignalSpy listening(m_desk.get(), &Desk::listening);
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    const quint16 first = port();
    QVERIFY(first != 0);
    QCOMPARE(m_desk->preferences().port, first);
    Preferences wanted = m_desk->preferences();
    wanted.keepBodies = false;
    m_desk->setPreferences(wanted);
    QCOMPARE(ask().status, 200);
    QCOMPARE(port(), first); // it does not look for another one each time
    QCOMPARE(listening.size(), 1);
}

void TestDesk::testsTheConnection()
{
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    QSignalSpy tested(m_desk.get(), &Desk::connectionTested);
    m_upstream->setScript({ScriptedServer::Step::send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}"_ba)});
    m_desk->testConnection();
    QTRY_COMPARE(tested.size(), 1);
    QCOMPARE(tested[0][0].value<KeyTest>().result, KeyTest::Result::Valid); // it was reached
    m_upstream->close();
    m_upstream->closeAll();
    m_desk->testConnection();
    QTRY_COMPARE(tested.size(), 2);
    QCOMPARE(tested[1][0].value<KeyTest>().result, KeyTest::Result::NoNetwork);
}

void TestDesk::shutsDown()
{
    using Step = ScriptedServer::Step;
    m_upstream->setScript(
            {Step::send(
                     "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 20\r\n\r\ndata: {}\n\n"_ba),
             Step::waitForRelease(), Step::send("data: {}\n\n"_ba)});
    start();
    QTRY_COMPARE(m_desk->proxyState().kind, Kind::Listening);
    HttpClient client(port());
    client.ask("Hello"_ba);
    QTRY_COMPARE(m_desk->proxyState().streams, 1);
    QSignalSpy stopped(m_desk.get(), &Desk::stopped);
    m_desk->shutDown(60s);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    QVERIFY(stopped.isEmpty());
    m_desk->shutDown(0ms); // asked again: at once
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_VERIFY(client.hasEnded());
    QVERIFY(client.response().end != HttpClient::End::Clean);
}

QTEST_GUILESS_MAIN(TestDesk)
#include "tst_desk.moc"
