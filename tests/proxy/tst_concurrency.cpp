#include "proxy/http/chunked.h"
#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#endif

using Step = ScriptedServer::Step;
using Clients = std::vector<std::unique_ptr<HttpClient>>;

namespace {

const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n";
const QByteArray first = "data: {\"first\": true}\r\n\r\n";
const QByteArray second = "data: {\"second\": true}\r\n\r\n";

QString promptOf(const ScriptedServer::Request &request)
{
    return QJsonDocument::fromJson(
                   request.body)[QStringLiteral("contents")][0][QStringLiteral("parts")][0][QStringLiteral("text")]
            .toString();
}

// One event, which repeats the prompt.
ScriptedServer::Script echo(const ScriptedServer::Request &request)
{
    const QByteArray body = "data: " + promptOf(request).toUtf8() + "\r\n\r\n";
    return {Step::send(head + http::encodeChunk(body) + http::lastChunk)};
}

bool allOf(const Clients &clients, const std::function<bool(const HttpClient &)> &is)
{
    return std::all_of(clients.begin(), clients.end(), [&is](const auto &client) { return is(*client); });
}

} // namespace

class tst_Concurrency : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void manyStreamsAtOnce();
    void manyClientsInOneInstant();
    void connectionsBeyondTheLimitAreToldSo();
    void clientThatLeaves_data();
    void clientThatLeaves();
    void clientThatLeavesInItsRequest();

private:
    std::unique_ptr<ScriptedServer> m_upstream;
    std::unique_ptr<TestProxy> m_proxy;
};

void tst_Concurrency::initTestCase()
{
#ifdef Q_OS_LINUX
    // Both ends of everything are in this process.
    rlimit files{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &files), 0);
#endif
}

void tst_Concurrency::init()
{
    m_upstream = std::make_unique<ScriptedServer>();
    QVERIFY(m_upstream->start());
    m_proxy = std::make_unique<TestProxy>(m_upstream->url());
    QVERIFY(m_proxy->port);
}

void tst_Concurrency::cleanup()
{
    m_proxy.reset();
    m_upstream.reset();
}

// No second event leaves the upstream before all streams have had their first, so a proxy that makes one stream wait
// for another stands still.
void tst_Concurrency::manyStreamsAtOnce()
{
    constexpr int count = 64;
    m_upstream->setScript({Step::send(head + http::encodeChunk(first)), Step::waitForRelease(),
                           Step::send(http::encodeChunk(second) + http::lastChunk)});
    Clients clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<HttpClient>(m_proxy->port));
        clients.back()->ask("Hello");
    }
    QTRY_VERIFY(allOf(clients, [](const HttpClient &client) { return client.response().body == first; }));
    QCOMPARE(m_upstream->waitingForRelease(), count);
    QCOMPARE(m_proxy->server.openExchanges(), count);
    QVERIFY(m_proxy->ended.isEmpty());

    m_upstream->release();
    QTRY_VERIFY(allOf(clients, [](const HttpClient &client) { return client.hasEnded(); }));
    for (const auto &client : clients) {
        QCOMPARE(client->response().end, HttpClient::End::Clean);
        QCOMPARE(client->response().body, first + second);
    }
    QCOMPARE(m_proxy->server.openExchanges(), 0);
    QCOMPARE(m_proxy->ended.size(), count);
}

void tst_Concurrency::manyClientsInOneInstant()
{
    constexpr int count = 200;
    m_upstream->setScript(echo);
    // Each connect() is under way before the event loop lets the proxy accept the first.
    Clients clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<HttpClient>(m_proxy->port));
    for (int i = 0; i < count; ++i)
        clients[size_t(i)]->ask("client " + QByteArray::number(i));
    QTRY_VERIFY(allOf(clients, [](const HttpClient &client) { return client.hasEnded(); }));
    for (int i = 0; i < count; ++i) {
        const HttpClient::Response response = clients[size_t(i)]->response();
        QCOMPARE(response.end, HttpClient::End::Clean);
        QCOMPARE(response.body, "data: client " + QByteArray::number(i) + "\r\n\r\n");
    }
#ifdef Q_OS_LINUX
    // A full backlog does not refuse: it lets the client wait a second until TCP tries again.
    for (const auto &client : clients) {
        tcp_info info{};
        socklen_t length = sizeof(info);
        QCOMPARE(getsockopt(client->descriptor(), IPPROTO_TCP, TCP_INFO, &info, &length), 0);
        QCOMPARE(info.tcpi_total_retrans, 0U);
        QCOMPARE(uint(info.tcpi_retransmits), 0U);
    }
#endif
}

void tst_Concurrency::connectionsBeyondTheLimitAreToldSo()
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    settings.limits.connections = 2;
    m_proxy = std::make_unique<TestProxy>(settings);
    m_upstream->setScript(echo);

    HttpClient one(m_proxy->port);
    auto two = std::make_unique<HttpClient>(m_proxy->port);
    one.ask("one");
    two->ask("two");
    QVERIFY(runUntil([&] { return one.hasEnded() && two->hasEnded(); }));
    HttpClient three(m_proxy->port);
    three.ask("three");
    QVERIFY(runUntil([&] { return three.wasClosed(); }));
    QCOMPARE(three.response().status, 503);
    QCOMPARE(three.response().end, HttpClient::End::Clean);
    QVERIFY(three.response().fields.contains("retry-after"));
    QVERIFY(three.response().fields.contains("x-request-id"));
    QCOMPARE(checkErrorJson(three.response().body, 503, "UNAVAILABLE"), QString());
    QCOMPARE(m_upstream->requestCount(), 2);

    // The place of a client that leaves is free again, and those who are in are not disturbed.
    two.reset();
    QTRY_VERIFY([&] {
        HttpClient four(m_proxy->port);
        four.get("/health");
        return runUntil([&] { return four.hasEnded(); }) && four.response().status == 200;
    }());
    one.ask("again");
    QVERIFY(runUntil([&] { return one.hasEnded(2); }));
    QCOMPARE(one.response().body, "data: again\r\n\r\n");
}

namespace {
enum class When { BeforeFirstByte, AfterFirstByte, InRetryPause };
using Leave = void (HttpClient::*)();
} // namespace

void tst_Concurrency::clientThatLeaves_data()
{
    QTest::addColumn<Leave>("leave");
    QTest::addColumn<When>("when");

    const std::pair<const char *, Leave> ways[] = {
            {"closes", &HttpClient::close},
            {"resets", &HttpClient::reset},
            {"half-closes", &HttpClient::halfClose},
    };
    const std::pair<const char *, When> moments[] = {
            {"before the first byte", When::BeforeFirstByte},
            {"after the first byte", When::AfterFirstByte},
            {"while a retry is due", When::InRetryPause},
    };
    for (const auto &[way, leave] : ways) {
        for (const auto &[moment, when] : moments)
            QTest::addRow("%s %s", way, moment) << leave << when;
    }
}

void tst_Concurrency::clientThatLeaves()
{
    QFETCH(Leave, leave);
    QFETCH(When, when);
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    settings.limits.retryPause = std::chrono::minutes(10);
    m_proxy = std::make_unique<TestProxy>(settings);
    m_upstream->setScript([when](const ScriptedServer::Request &request) -> ScriptedServer::Script {
        if (promptOf(request) == QLatin1String("stay")) {
            return {Step::send(head + http::encodeChunk(first)), Step::waitForRelease(),
                    Step::send(http::encodeChunk(second) + http::lastChunk)};
        }
        switch (when) {
        case When::BeforeFirstByte:
            return {};
        case When::AfterFirstByte:
            return {Step::send(head + http::encodeChunk(first))};
        case When::InRetryPause:
            // The body is not complete, so the proxy ends the connection once it has read the head, which shows that it
            // did.
            return {Step::send("HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\n{")};
        }
        return {};
    });

    Clients others;
    for (int i = 0; i < 3; ++i) {
        others.push_back(std::make_unique<HttpClient>(m_proxy->port));
        others.back()->ask("stay");
    }
    QTRY_VERIFY(allOf(others, [](const HttpClient &client) { return client.response().body == first; }));

    HttpClient client(m_proxy->port);
    client.ask("leave");
    QTRY_COMPARE(m_upstream->requestCount(), 4);
    switch (when) {
    case When::BeforeFirstByte:
        QCOMPARE(m_upstream->openConnections(), 4);
        break;
    case When::AfterFirstByte:
        QTRY_COMPARE(client.response().body, first);
        QCOMPARE(m_upstream->openConnections(), 4);
        break;
    case When::InRetryPause:
        QTRY_COMPARE(m_upstream->openConnections(), 3);
        QVERIFY(client.responses().isEmpty());
        break;
    }
    QVERIFY(m_proxy->ended.isEmpty());
    QCOMPARE(m_proxy->server.openExchanges(), 4);

    (client.*leave)();
    QTRY_VERIFY_WITH_TIMEOUT(m_upstream->openConnections() == 3, 1000);
    QTRY_VERIFY_WITH_TIMEOUT(m_proxy->ended.size() == 1, 1000);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::ClientLeft);
    QCOMPARE(m_proxy->ended[0].number, 4U);
    QCOMPARE(m_proxy->ended[0].tries, 1);
    QCOMPARE(m_proxy->server.openExchanges(), 3);

    m_upstream->release();
    QTRY_VERIFY(allOf(others, [](const HttpClient &other) { return other.hasEnded(); }));
    for (const auto &other : others) {
        QCOMPARE(other->response().end, HttpClient::End::Clean);
        QCOMPARE(other->response().body, first + second);
    }
    QCOMPARE(m_upstream->requestCount(), 4); // nothing is tried again for a client that is gone
    QCOMPARE(m_proxy->ended.size(), 4);
}

void tst_Concurrency::clientThatLeavesInItsRequest()
{
    m_upstream->setScript(echo);
    {
        HttpClient client(m_proxy->port);
        client.send("POST /gemini-proxy HTTP/1.1\r\nHost: localhost:" + QByteArray::number(m_proxy->port)
                    + "\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(runUntil([&] { return !client.informational().isEmpty(); }));
        client.send("half");
        client.close();
    }
    HttpClient client(m_proxy->port);
    client.ask("whole");
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().body, "data: whole\r\n\r\n");
    QCOMPARE(m_upstream->requestCount(), 1);
    QCOMPARE(m_proxy->started.size(), 1);
}

QTEST_GUILESS_MAIN(tst_Concurrency)
#include "tst_concurrency.moc"
