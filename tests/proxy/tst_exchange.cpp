#include "proxy/guard/loopmark.h"
#include "proxy/http/fieldpolicy.h"
#include "tests/support/proxyfixture.h"

#include <QTest>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {
const QByteArray generate = "/v1beta/models/gemini-2.5-flash:generateContent"_ba;
} // namespace

// What all exchanges have in common, whichever route they came by.
class TestExchange : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void keyInAField_data();
    void keyInAField();
    void loop_data();
    void loop();
    void loopMark_data();
    void loopMark();
    void serverTimeout_data();
    void serverTimeout();
    void headComesAtOnce_data();
    void headComesAtOnce();
    void noEventStream_data();
    void noEventStream();
    void tunedModel();
    void variesByMoreThanTheOrigin();
    void stallIsOverOnceTheClientReads();

private:
    std::unique_ptr<ProxyFixture> m_test;
};

void TestExchange::init()
{
    m_test = std::make_unique<ProxyFixture>();
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: text/event-stream\r\n"_ba, "data: {}\n\n"_ba));
    QVERIFY(m_test->start());
}

void TestExchange::keyInAField_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("statusLine");
    for (const QByteArray &target : {generate, "/gemini-proxy"_ba, "/v1/chat/completions"_ba}) {
        QTest::addRow("error, %s", target.constData()) << target << "400 X"_ba;
        QTest::addRow("answer, %s", target.constData()) << target << "200 OK"_ba;
    }
}

// If the upstream's answer repeats the key, it is masked in fields as it is in the body.
void TestExchange::keyInAField()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, statusLine);
    const QByteArray mask(qstrlen(TestProxy::key), '*');
    m_test->upstream.setScript(answered(statusLine,
                                        "Content-Type: text/event-stream\r\nX-Echo: bad key "_ba + TestProxy::key
                                                + "!\r\nX-Other: "_ba + TestProxy::key + "\r\n"_ba,
                                        "{}"_ba));
    const Response answer = m_test->answerTo("POST"_ba, target, {}, "{}"_ba);
    QCOMPARE(answer.fields.joined("x-echo"), "bad key " + mask + "!");
    QCOMPARE(answer.fields.joined("x-other"), mask);
}

void TestExchange::loop_data()
{
    QTest::addColumn<int>("others"); // proxies that the request comes by before it is back
    QTest::addColumn<QByteArray>("request");
    const QByteArray socket = "GET /ws/google.ai.generativelanguage.v1beta.X HTTP/1.1\r\nUpgrade: websocket\r\n"
                              "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                              "Sec-WebSocket-Version: 13\r\n"_ba;
    for (const int others : {0, 1, 2}) {
        for (const QByteArray &target : {"/v1beta/models"_ba, "/v1/chat/completions"_ba, "/gemini-proxy"_ba}) {
            const bool get = target == "/v1beta/models";
            QTest::addRow("%d others, %s", others, target.constData()) << others
                                                                       << (get ? "GET "_ba : "POST "_ba) + target
                            + " HTTP/1.1\r\n" + (get ? ""_ba : "Content-Length: 0\r\n"_ba);
        }
        QTest::addRow("%d others, live", others) << others << socket;
    }
}

// If the upstream leads back here, also through other proxies of this kind, the request ends at once with an error that
// says so.
void TestExchange::loop()
{
    QFETCH(const int, others);
    QFETCH(QByteArray, request);
    m_test->proxy.reset();
    std::vector<std::unique_ptr<TestProxy>> proxies;
    proxies.push_back(std::make_unique<TestProxy>(m_test->upstream.url()));
    const auto url = [](const TestProxy &proxy) { return QUrl(u"http://127.0.0.1:%1"_s.arg(proxy.port)); };
    for (int i = 0; i < others; ++i)
        proxies.push_back(std::make_unique<TestProxy>(url(*proxies.back())));
    proxies.front()->server.apply(TestProxy::settingsFor(url(*proxies.back())));

    HttpClient client(proxies.front()->port);
    const QByteArray host = "Host: 127.0.0.1:" + QByteArray::number(proxies.front()->port) + "\r\n";
    if (request.contains("/gemini-proxy"))
        request.replace("Content-Length: 0", "Content-Length: 1");
    client.send(request + host + "\r\n" + (request.contains("/gemini-proxy") ? "x" : ""));
    QVERIFY(runUntil([&] { return client.hasEnded(); }, std::chrono::seconds(20)));
    QCOMPARE(client.response().status, 508);
    QVERIFY2(client.response().body.contains("leads back"), client.response().body.constData());
    for (const auto &proxy : proxies)
        QCOMPARE(proxy->ended.size(), 1);
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

void TestExchange::loopMark_data()
{
    QTest::addColumn<QUrl>("upstream");
    QTest::addColumn<bool>("marked");
    QTest::newRow("Google") << QUrl(u"https://generativelanguage.googleapis.com"_s) << false;
    QTest::newRow("Google in another case") << QUrl(u"https://GenerativeLanguage.GoogleApis.com/"_s) << false;
    QTest::newRow("somebody else") << QUrl(u"https://googleapis.com.example"_s) << true;
    QTest::newRow("an address") << QUrl(u"http://127.0.0.1:8080"_s) << true;
}

// Google is told nothing of the proxies on the way.
void TestExchange::loopMark()
{
    QFETCH(const QUrl, upstream);
    QFETCH(const bool, marked);
    const auto head = http::parseRequestHead("GET / HTTP/1.1\r\nHost: x\r\nGemini-Proxy-Loop: a, b\r\n\r\n", {});
    QVERIFY(head.has_value());
    QCOMPARE(loopmark::forUpstream(*head, "c"_ba, upstream), marked ? "a, b, c"_ba : ""_ba);
    QVERIFY(!http::fieldsForUpstream(head->fields).contains("gemini-proxy-loop"));
    QVERIFY(loopmark::hasPassed(*head, "b"_ba));
    QVERIFY(!loopmark::hasPassed(*head, "c"_ba));
}

void TestExchange::serverTimeout_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("inTime"); // of an answer that takes longer than the setting
    for (const QByteArray &target : {generate, "/gemini-proxy"_ba, "/v1/chat/completions"_ba}) {
        const char *name = target.constData();
        QTest::addRow("not said, %s", name) << target << ""_ba << false;
        QTest::addRow("longer, %s", name) << target << "X-Server-Timeout: 60\r\n"_ba << true;
        QTest::addRow("nonsense, %s", name) << target << "X-Server-Timeout: long\r\n"_ba << false;
        QTest::addRow("nothing, %s", name) << target << "X-Server-Timeout: 0\r\n"_ba << false;
    }
}

// The client says how long its model may think, as Google's SDKs do. The error of a time-out names what to set.
void TestExchange::serverTimeout()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, field);
    QFETCH(const bool, inTime);
    m_test->upstream.setScript(Script{Step::waitForRelease()}
                               + answered("200 OK"_ba, "Content-Type: text/event-stream\r\n"_ba, "data: {}\n\n"_ba));
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.limits.firstByteTime = std::chrono::milliseconds(50); }));
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, target, field, "{}"_ba));
    QVERIFY(runUntil([&] { return m_test->upstream.waitingForRelease() == 1; }));
    if (inTime) {
        // Meanwhile another request, without the field, is cut off.
        const Response other = m_test->answerTo("POST"_ba, target, {}, "{}"_ba);
        QCOMPARE(other.status, 504);
        QVERIFY(client.responses().isEmpty());
        m_test->upstream.release();
        QVERIFY(runUntil([&] { return client.hasEnded(); }));
        QCOMPARE(client.response().status, 200);
    } else {
        QVERIFY(runUntil([&] { return client.hasEnded(); }));
        QCOMPARE(ProxyFixture::checkError(client.response(), 504), QString());
        QVERIFY2(client.response().body.contains("first-byte-seconds"), client.response().body.constData());
    }
}

void TestExchange::headComesAtOnce_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("framing");
    for (const QByteArray &target : {generate, "/gemini-proxy"_ba, "/v1/chat/completions"_ba}) {
        QTest::addRow("chunked, %s", target.constData()) << target << "Transfer-Encoding: chunked\r\n"_ba;
        QTest::addRow("length, %s", target.constData()) << target << "Content-Length: 5\r\n"_ba;
    }
}

// A client that waits for a head must not wait for a model that thinks.
void TestExchange::headComesAtOnce()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, framing);
    const bool chunked = framing.contains("chunked");
    m_test->upstream.setScript(
            {Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"_ba + framing + "\r\n"_ba),
             Step::waitForRelease(), Step::send(chunked ? "5\r\n: hi\n\r\n0\r\n\r\n"_ba : ": hi\n"_ba)});
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, target, {}, "{}"_ba));
    QVERIFY(runUntil([&] { return client.response().status == 200; }));
    QCOMPARE(m_test->upstream.waitingForRelease(), 1);
    QVERIFY(m_test->proxy->begun.isEmpty()); // it comes only with the body's first byte
    m_test->upstream.release();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, End::Clean);
    QCOMPARE(client.response().body, ": hi\n"_ba);
    QCOMPARE(m_test->proxy->begun.size(), 1);
}

void TestExchange::noEventStream_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::newRow("HTML") << "Content-Type: text/html; charset=utf-8\r\n"_ba << 502;
    QTest::newRow("JSON") << "Content-Type: application/json\r\n"_ba << 502;
    QTest::newRow("text") << "Content-Type: text/plain\r\n"_ba << 502;
    QTest::newRow("events") << "Content-Type: Text/Event-Stream ;charset=utf-8\r\n"_ba << 200;
    QTest::newRow("not said") << ""_ba << 200;
}

// A login page or an error in disguise is no event stream.
void TestExchange::noEventStream()
{
    QFETCH(const QByteArray, type);
    QFETCH(const int, status);
    m_test->upstream.setScript(answered("200 OK"_ba, type, "<html>"_ba));
    const Response answer = m_test->answerTo("POST"_ba, "/gemini-proxy"_ba, {}, "x"_ba);
    QCOMPARE(answer.status, status);
    if (status == 502)
        QCOMPARE(ProxyFixture::checkError(answer, 502), QString());
    QCOMPARE(m_test->answerTo("POST"_ba, generate, {}, "{}"_ba).status, 200);
}

void TestExchange::tunedModel()
{
    QCOMPARE(m_test->answerTo("POST"_ba, "/gemini-proxy?model=tunedModels/x-1"_ba, {}, "x"_ba).status, 200);
    QCOMPARE(m_test->upstream.requests().value(0).head.target,
             "/v1beta/tunedModels/x-1:streamGenerateContent?alt=sse"_ba);
    QCOMPARE(m_test->proxy->ended.value(0).model, "tunedModels/x-1"_ba);
}

// Caches must know of both, the proxy's reason and the upstream's.
void TestExchange::variesByMoreThanTheOrigin()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.allowedOrigins = {"https://app.example"_ba}; }));
    m_test->upstream.setScript(answered("200 OK"_ba, "Vary: Accept, X-Other\r\n"_ba, "{}"_ba));
    const Response answer = m_test->answerTo("POST"_ba, generate, "Origin: https://app.example\r\n"_ba, "{}"_ba);
    for (const char *name : {"accept", "x-other", "origin"})
        QVERIFY2(answer.fields.hasListItem("vary", name), name);
}

// A client that was slow once, and has read all since, may wait for Gemini as long as any other.
void TestExchange::stallIsOverOnceTheClientReads()
{
    constexpr qsizetype size = 48 * 1024 * 1024; // more than the system takes
    m_test->upstream.setScript([](const ScriptedServer::Request &) {
        return Script{Step::send("HTTP/1.1 200 OK\r\nContent-Length: "_ba + QByteArray::number(size + 1) + "\r\n\r\n"
                                 + QByteArray(size, 'x')),
                      Step::waitForRelease(), Step::send("y"_ba)};
    });
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.limits.stallTime = std::chrono::seconds(2); }));
    HttpClient client(m_test->proxy->port);
    client.stopReading();
    client.send(client.request("POST"_ba, generate, {}, "{}"_ba));
    // Until all buffers on the way are full
    qint64 sent = 0;
    QVERIFY(runUntil([&] {
        const bool moves = std::exchange(sent, m_test->upstream.bytesSent()) != m_test->upstream.bytesSent();
        return m_test->answerTo("GET"_ba, "/health"_ba).status == 200 && !moves && sent > 0;
    }));
    QVERIFY(sent < size);
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.response().length == size; }));

    // One that does not read from now on is given up.
    HttpClient other(m_test->proxy->port);
    other.stopReading();
    other.send(other.request("POST"_ba, generate, {}, "{}"_ba));
    QVERIFY(runUntil([&] { return !m_test->proxy->ended.isEmpty(); }));
    QVERIFY(m_test->proxy->ended.constFirst().responseBytes < size);
    QVERIFY(client.isConnected());
    m_test->upstream.release();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, End::Clean);
    QCOMPARE(client.response().length, size + 1);
}

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
