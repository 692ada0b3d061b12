#include "proxy/http/chunked.h"
#include "proxy/net/erroranswer.h"
#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testproxy.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Certificate = testcertificates::Server;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {

const QByteArray firstEvent = "data: {\"n\": 1}\r\n\r\n"_ba;
const QByteArray secondEvent = "data: {\"n\": 2}\r\n\r\n"_ba;
const Script stream = {
        Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
                   + http::encodeChunk(firstEvent)),
        Step::waitForRelease(), Step::send(http::encodeChunk(secondEvent) + http::lastChunk)};

// What no error may tell: the key, the client's credentials and query, and those of the upstream's URL.
const QByteArrayList secrets = {TestProxy::key, "client-secret"_ba, "upstream-secret"_ba};

// A server that gets its connections from a Door.
class Room : public ScriptedServer
{
public:
    using ScriptedServer::incomingConnection;
};

// One port, behind which a test puts one server after the other. A port that is closed and opened again could be
// somebody else's meanwhile. At first nobody is behind it: connections are accepted, and wait.
class Door : public QTcpServer
{
public:
    void openTo(Room *room) { m_room = room; }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (m_room)
            m_room->incomingConnection(descriptor);
        else
            QTcpServer::incomingConnection(descriptor);
    }

private:
    Room *m_room = nullptr;
};

} // namespace

// What clients get where there is no way to Gemini.
class TestUpstreamFailures : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void nobodyListens();
    void resetAtOnce_data();
    void resetAtOnce();
    void noSuchName();
    void badCertificate_data();
    void badCertificate();
    void badCertificateAhead();
    void trustedCertificate();
    void httpsToPlainServer_data();
    void httpsToPlainServer();
    void httpToTlsServer();
    void handshakeTakesTooLong();
    void connectTakesTooLong();
    void networkProxyRefuses_data();
    void networkProxyRefuses();

private:
    [[nodiscard]] ProxySettings settingsFor(const QString &scheme) const;
    void start(const ProxySettings &settings);
    void fails(int status, int tries);
    void works(Room *good);
    void stillServes() const;

    std::unique_ptr<Door> m_door;
    std::unique_ptr<Room> m_plain;
    std::unique_ptr<Room> m_good; // TLS with a certificate signed by testcertificates::authority()
    std::unique_ptr<Room> m_bad;  // each test's own
    std::unique_ptr<TestProxy> m_proxy;
    QString m_message; // of the last error
};

void TestUpstreamFailures::init()
{
    m_plain = std::make_unique<Room>();
    m_plain->setScript(stream);
    m_good = std::make_unique<Room>();
    m_good->setScript(stream);
    m_good->setTls(testcertificates::server(Certificate::Good));
    m_bad = std::make_unique<Room>();
    m_bad->setScript(stream);
    m_door = std::make_unique<Door>();
    m_door->openTo(m_bad.get());
    QVERIFY(m_door->listen(QHostAddress::LocalHost));
    m_message.clear();
}

void TestUpstreamFailures::cleanup()
{
    m_proxy.reset();
    m_door.reset();
    m_bad.reset();
    m_good.reset();
    m_plain.reset();
}

// The settings of a proxy in front of the door.
ProxySettings TestUpstreamFailures::settingsFor(const QString &scheme) const
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_door->serverPort());
    url.setUserInfo(u"user:upstream-secret"_s);
    url.setQuery(u"key=upstream-secret"_s);
    ProxySettings settings = TestProxy::settingsFor(url);
    settings.extraCaCertificates = {testcertificates::authority()};
    settings.networkProxy = QNetworkProxy(QNetworkProxy::NoProxy); // regardless of what the machine has
    return settings;
}

void TestUpstreamFailures::start(const ProxySettings &settings)
{
    m_proxy = std::make_unique<TestProxy>(settings);
    QVERIFY(m_proxy->port);
}

// Sends one request, which nobody can answer.
void TestUpstreamFailures::fails(int status, int tries)
{
    const qsizetype before = m_proxy->ended.size();
    HttpClient client(m_proxy->port);
    client.ask("x"_ba, "Authorization: Bearer client-secret\r\n"_ba, "?model=some-model&key=client-secret"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }, 1min));
    const Response answer = client.response();
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(checkErrorJson(answer.body, status, rpcStatus(status)), QString());
    m_message = QJsonDocument::fromJson(answer.body)["error"_L1]["message"_L1].toString();

    QCOMPARE(m_proxy->ended.size(), before + 1);
    const ExchangeInfo info = m_proxy->ended.last();
    QCOMPARE(info.tries, tries);
    QCOMPARE(info.status, status);
    QCOMPARE(info.end, ExchangeInfo::End::Failed);
    QCOMPARE(info.failure, m_message);
    QCOMPARE(info.requestId, answer.fields.value("x-request-id"));
    QVERIFY(m_proxy->begun.isEmpty());
    QCOMPARE(m_proxy->server.openExchanges(), 0);
    for (const QByteArray &secret : secrets)
        QVERIFY2(!answer.body.contains(secret), answer.body.constData());
    QVERIFY2(!m_message.contains(u'?') && !m_message.contains("some-model"_L1), answer.body.constData());
}

// Puts that server behind the door; then the next request streams.
void TestUpstreamFailures::works(Room *good)
{
    const qsizetype before = m_proxy->ended.size();
    m_door->openTo(good);
    HttpClient client(m_proxy->port);
    client.ask("x"_ba);
    QVERIFY(runUntil([&] { return client.response().body == firstEvent; }));
    QCOMPARE(client.response().end, End::Running);
    good->release();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.response().end, End::Clean);
    QCOMPARE(client.response().body, firstEvent + secondEvent);
    QCOMPARE(m_proxy->ended.size(), before + 1);
    QCOMPARE(m_proxy->ended.last().tries, 1);
    QCOMPARE(good->requestCount(), 1);
    QCOMPARE(good->requests().first().head.fields.joined("x-goog-api-key"), QByteArray(TestProxy::key));
    QVERIFY(!good->requests().first().headBytes.contains("upstream-secret"));
}

// Checks that the proxy still serves, for troubles that cannot be mended.
void TestUpstreamFailures::stillServes() const
{
    HttpClient client(m_proxy->port);
    client.get("/health"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
}

// ---- no connection ----

void TestUpstreamFailures::nobodyListens()
{
    start(settingsFor(u"http"_s));
    const quint16 port = m_door->serverPort();
    m_door->close();
    fails(502, 3);
    QVERIFY2(m_message.contains("127.0.0.1 refused"_L1), qPrintable(m_message));
    QVERIFY(m_door->listen(QHostAddress::LocalHost, port));
    works(m_plain.get());
}

void TestUpstreamFailures::resetAtOnce_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("http") << u"http"_s;
    QTest::newRow("https") << u"https"_s;
}

// If the reset overtakes the news that there is a connection, Qt's socket does not report it, but connects again and
// again until its time is over.
void TestUpstreamFailures::resetAtOnce()
{
    QFETCH(const QString, scheme);
    m_bad->setDeaf(true);
    m_bad->setGreeting({Step::reset()});
    ProxySettings settings = settingsFor(scheme);
    settings.limits.connectTime = 1s; // ends those attempts, so that there is something to see
    start(settings);
    HttpClient client(m_proxy->port);
    client.ask("x"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }, 1min));
    const int status = client.response().status;
    QVERIFY2(status == 502 || status == 504, QByteArray::number(status).constData());
    QCOMPARE(m_bad->requestCount(), 0);
    works(scheme == u"https"_s ? m_good.get() : m_plain.get());
}

void TestUpstreamFailures::noSuchName()
{
    ProxySettings settings = settingsFor(u"https"_s);
    settings.upstream.setHost(u"nonexistent.invalid"_s); // RFC 6761, section 6.4
    settings.limits.connectTime = 1min;                  // some resolvers take their time
    start(settings);
    fails(502, 3);
    QVERIFY2(m_message.contains("nonexistent.invalid"_L1), qPrintable(m_message));
    QVERIFY2(m_message.contains("could not be found"_L1), qPrintable(m_message));
    stillServes();
}

// ---- TLS ----

void TestUpstreamFailures::badCertificate_data()
{
    QTest::addColumn<Certificate>("certificate");
    QTest::addColumn<bool>("trustsAuthority");
    QTest::newRow("for another name") << Certificate::WrongName << true;
    QTest::newRow("expired") << Certificate::Expired << true;
    QTest::newRow("of an unknown authority") << Certificate::UnknownAuthority << true;
    QTest::newRow("of an authority that was not given") << Certificate::Good << false;
}

void TestUpstreamFailures::badCertificate()
{
    QFETCH(const Certificate, certificate);
    QFETCH(const bool, trustsAuthority);
    m_bad->setTls(testcertificates::server(certificate));
    ProxySettings settings = settingsFor(u"https"_s);
    if (!trustsAuthority)
        settings.extraCaCertificates.clear();
    start(settings);
    for (int i = 1; i <= 2; ++i) {
        fails(502, 1); // trying again would not help
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(m_bad->connectionCount(), i);
    }
    QVERIFY2(m_message.contains("certificate of 127.0.0.1"_L1), qPrintable(m_message));
    QVERIFY2(m_message.contains("--ca-file"_L1), qPrintable(m_message));
    // The key never left.
    QCOMPARE(m_bad->requestCount(), 0);
    QCOMPARE(m_bad->bytesReceived(), 0);
    if (trustsAuthority)
        works(m_good.get());
    else
        stillServes();
}

// The connection is opened ahead, before there is a request.
void TestUpstreamFailures::badCertificateAhead()
{
    m_bad->setTls(testcertificates::server(Certificate::UnknownAuthority));
    ProxySettings settings = settingsFor(u"https"_s);
    settings.connectionsAhead = 1;
    start(settings);
    QVERIFY(runUntil([&] { return m_bad->connectionCount() == 1 && m_bad->openConnections() == 0; }));
    QVERIFY(m_proxy->started.isEmpty());
    fails(502, 1);
    QVERIFY2(m_message.contains("certificate"_L1), qPrintable(m_message));
    QCOMPARE(m_bad->requestCount(), 0);
    QCOMPARE(m_bad->bytesReceived(), 0);
}

void TestUpstreamFailures::trustedCertificate()
{
    start(settingsFor(u"https"_s));
    works(m_good.get());
    QCOMPARE(m_good->connectionCount(), 1);
}

// ---- the wrong scheme ----

void TestUpstreamFailures::httpsToPlainServer_data()
{
    QTest::addColumn<Script>("greeting");
    QTest::addColumn<int>("tries"); // nothing was sent, and an end may be a passing trouble, so it is tried again
    QTest::newRow("that says so") << Script{Step::send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"_ba)}
                                  << 1;
    QTest::newRow("that closes") << Script{Step::close()} << 3;
}

void TestUpstreamFailures::httpsToPlainServer()
{
    QFETCH(const Script, greeting);
    QFETCH(const int, tries);
    m_bad->setDeaf(true); // it shall not look for HTTP in random bytes
    m_bad->setGreeting(greeting);
    start(settingsFor(u"https"_s));
    fails(502, tries);
    QCOMPARE(m_bad->connectionCount(), tries);
    // There is no certificate, so the message must not send anybody to look for one.
    QVERIFY2(!m_message.contains("certificate"_L1, Qt::CaseInsensitive) || m_message.contains("address"_L1),
             qPrintable(m_message));
    works(m_good.get());
}

void TestUpstreamFailures::httpToTlsServer()
{
    m_bad->setTls(testcertificates::server(Certificate::Good));
    start(settingsFor(u"http"_s));
    fails(502, 1); // the request was sent
    QCOMPARE(m_bad->connectionCount(), 1);
    QCOMPARE(m_bad->requestCount(), 0);
    works(m_plain.get());
}

// ---- too slow ----

void TestUpstreamFailures::handshakeTakesTooLong()
{
    m_door->openTo(nullptr); // takes the connection, and never answers
    ProxySettings settings = settingsFor(u"https"_s);
    settings.extraCaCertificates.clear(); // reading the system's certificates with these takes time, too
    settings.limits.connectTime = 150ms;
    start(settings);
    fails(504, 1); // it has waited long enough
    QVERIFY(m_door->hasPendingConnections());
    const QTcpSocket *connection = m_door->nextPendingConnection();
    QVERIFY(runUntil([&] { return connection->state() == QAbstractSocket::UnconnectedState; }));
    QVERIFY(!m_door->hasPendingConnections());
    // No prompt was ever sent, so advice to send a shorter one would not help.
    QVERIFY2(!m_message.contains("prompt"_L1), qPrintable(m_message));

    start(settingsFor(u"https"_s)); // a handshake may take more on a busy machine
    works(m_good.get());
}

void TestUpstreamFailures::connectTakesTooLong()
{
    // Linux drops further connections when one more than the backlog waits to be accepted.
    m_door = std::make_unique<Door>();
    m_door->setListenBacklogSize(1);
    QVERIFY(m_door->listen(QHostAddress::LocalHost));
    m_door->pauseAccepting();
    HttpClient first(m_door->serverPort());
    HttpClient second(m_door->serverPort());
    QVERIFY(runUntil([&] { return first.isConnected() && second.isConnected(); }));

    ProxySettings settings = settingsFor(u"http"_s);
    settings.limits.connectTime = 150ms;
    start(settings);
    fails(504, 1);
    QVERIFY2(!m_message.contains("prompt"_L1), qPrintable(m_message));

    m_door->openTo(m_plain.get());
    m_door->resumeAccepting();
    QVERIFY(runUntil([&] { return m_plain->connectionCount() == 2; }));
    works(m_plain.get());
}

// ---- a network proxy ----

void TestUpstreamFailures::networkProxyRefuses_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *status, const char *fields, const QString &words) {
        QTest::newRow(status) << "HTTP/1.1 "_ba + status + "\r\n" + fields + "Content-Length: 0\r\n\r\n" << words;
    };
    row("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", u"(407)"_s);
    for (const char *status : {"403 Forbidden", "404 Not Found", "503 Busy", "500 Broken"})
        row(status, "", u"the network proxy's answer, not Gemini's"_s);
}

// Whatever the network proxy answers is reported as its own answer. It would say the same a moment later, so nothing is
// tried again.
void TestUpstreamFailures::networkProxyRefuses()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, words);
    QTcpServer networkProxy;
    QVERIFY(networkProxy.listen(QHostAddress::LocalHost));
    int asked = 0;
    connect(&networkProxy, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = networkProxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &asked, &answer] {
            if (!socket->readAll().contains("\r\n\r\n"))
                return;
            ++asked;
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    ProxySettings settings = TestProxy::settingsFor(QUrl(u"https://gemini.example"_s));
    settings.networkProxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, networkProxy.serverPort());
    start(settings);
    fails(502, 1);
    QVERIFY2(m_message.contains(words), qPrintable(m_message));
    QVERIFY2(m_message.contains("gemini.example"_L1), qPrintable(m_message));
    QCOMPARE(asked, 1);
}

QTEST_GUILESS_MAIN(TestUpstreamFailures)
#include "tst_upstreamfailures.moc"
