#include "tests/proxy/gatecases.h"

#include "proxy/demo/demoserver.h"
#include "proxy/gate/gateserver.h"
#include "proxy/gate/qtcompat.h"
#include "proxy/guard/guard.h"
#include "proxy/net/erroranswer.h"
#include "tests/support/httpclient.h"
#include "tests/support/testproxy.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(GateCase)

namespace {

// The gate and the guard over a real listener, without a way to Gemini: every request is answered
// with what the handler was shown of it, "METHOD TARGET BODY".
class EchoServer : public QObject
{
public:
    explicit EchoServer(const Limits &limits = gateCaseLimits()) : m_http([this](quint64 id) { handle(id); })
    {
        auto listener =
                std::make_unique<GateServer>(limits, [this](const http::RequestHead &head) { return check(head); });
        if (!listener->listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
        gate = listener.release();
        m_http.bind(gate); // takes it over
        m_guard.port = port();
    }

    [[nodiscard]] quint16 port() const { return gate->serverPort(); }

    GateServer *gate = nullptr;
    QByteArrayList handled;
    QByteArrayList ids; // of the requests handled

private:
    [[nodiscard]] Expected<std::any, ErrorAnswer> check(const http::RequestHead &head) const
    {
        const guard::Verdict verdict = guard::check(head, guard::Access::Token, m_guard);
        if (verdict.status != 0)
            return ErrorAnswer{verdict.status, QString::fromUtf8(verdict.reason)};
        if (head.path() == "/refused")
            return ErrorAnswer{404, QStringLiteral("There is nothing at this path.")};
        return std::any();
    }

    void handle(quint64 id)
    {
        GateSocket *client = gate->find(id);
        if (!client)
            return;
        const http::RequestHead head = client->head();
        const QByteArray echo = head.method + ' ' + head.target + ' ' + client->takeBody();
        handled.append(echo);
        ids.append(client->requestId());
        const http::Fields fields{{"Content-Type", "text/plain"}};
        if (head.path() == "/later") {
            client->beginResponse(200, fields, std::nullopt);
            stream(client, echo);
        } else if (head.path() == "/cut") {
            client->beginResponse(200, fields, std::nullopt);
            client->sendBody(echo);
            client->abortResponse();
        } else if (head.path() == "/never") {
            // The answer is the test's business
        } else {
            client->respond(200, fields, echo);
        }
    }

    // Half of it now, half of it some turns of the event loop later.
    static void stream(GateSocket *client, const QByteArray &echo)
    {
        const qsizetype half = echo.size() / 2;
        client->sendBody(QByteArrayView(echo).first(half));
        QTimer::singleShot(1ms, client, [client, echo, half] {
            client->sendBody(QByteArrayView(echo).sliced(half));
            client->finishResponse();
        });
    }

    guard::Settings m_guard;
    HttpServer m_http;
};

QByteArray getRequest(quint16 port, const QByteArray &target)
{
    return "GET "_ba + target + " HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(port) + "\r\n\r\n"_ba;
}

// "", or what is wrong with an answer of the gate's own.
QString checkAnswer(const HttpClient::Response &answer)
{
    using End = HttpClient::End;
    if (answer.end != End::Clean)
        return u"the answer is not whole"_s;
    for (const char *name : {"Date", "X-Request-Id", "Content-Type"}) {
        if (answer.fields.count(name) != 1)
            return QString::fromLatin1(name) + u" is not there once"_s;
    }
    if (answer.status < 400)
        return {};
    if (answer.fields.value("content-type") != "application/json")
        return u"an error is not JSON"_s;
    return checkErrorJson(answer.body, answer.status, rpcStatus(answer.status));
}

} // namespace

// The gate in front of QHttpServer, over loopback.
class TestGate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void inOnePiece_data() { cases(); }
    void inOnePiece();
    void byteByByte_data() { cases(); }
    void byteByByte();

    void head_data();
    void head();
    void requestId_data();
    void requestId();
    void malformedHeadHasAnIdOfItsOwn();
    void continueComesAfterTheHead();
    void continueComesAfterTheGuard_data();
    void continueComesAfterTheGuard();
    void webPagesReachNothing();

    void badRequestLineIsRefusedAtOnce_data();
    void badRequestLineIsRefusedAtOnce();
    void refusalsAreLogged_data();
    void refusalsAreLogged();
    void sayingHowLongItIsKept_data();
    void sayingHowLongItIsKept();
    void partialHeadWaits();
    void partialHeadTimesOut();
    void emptyLinesDoNotBuyTime();
    void trickledHeadTimesOut();
    void idleConnectionIsClosed();
    void slowBodyTimesOut_data();
    void slowBodyTimesOut();
    void trickledBodyTimesOut_data();
    void trickledBodyTimesOut();
    void steadyBodyIsTaken_data();
    void steadyBodyIsTaken();
    void pipelineWithoutReadingIsHeldBack();
    void pipelineWithoutReadingIsGivenUp();
    void pipelineHeldBackAgainHasItsTime();
    void pipelineThatWentOnHasItsTime();
    void excessEndsWithTheAnswer();
    void leaverWithUnreadInputIsNoticed();
    void slowClientsDisturbNobody();
    void clientGone_data();
    void clientGone();

    void refusalReachesWhoGoesOnSending_data();
    void refusalReachesWhoGoesOnSending();
    void refusalReachesWhoSendsSlowly();
    void whoSendsOnAndOnIsLeft();
    void answerReachesWhoReadsSlowly();
    void whoReadsSlowlyIsNotGivenUp_data();
    void whoReadsSlowlyIsNotGivenUp();

    void connectionLimit();
    void refusedConnectionsAreFew();
    void crowdIsServedInTurn();
    void waitingWhenTheServerEnds();
    void descriptorsRunOut();
    void drainWhileDescriptorsAreOut();

    void cutAnswer_data();
    void cutAnswer();
    void drain();

private:
    void cases();
    void play(qsizetype pieces);

    std::unique_ptr<EchoServer> m_server; // of the cases
};

void TestGate::initTestCase()
{
    m_server = std::make_unique<EchoServer>();
}

void TestGate::cases()
{
    QTest::addColumn<GateCase>("row");
    const QList<GateCase> all = gateCases(m_server->port());
    QVERIFY(all.size() > 130);
    QSet<QByteArray> names;
    for (const GateCase &row : all) {
        if (names.contains(row.name))
            qFatal("two cases are called %s", row.name.constData());
        names.insert(row.name);
        QTest::newRow(row.name.constData()) << row;
    }
}

// Sends the case and another request after it, in about as many pieces as given.
void TestGate::play(qsizetype pieces)
{
    QFETCH(const GateCase, row);
    m_server->handled.clear();
    m_server->ids.clear();
    const QByteArray probe = getRequest(m_server->port(), "/probe"_ba);
    const QByteArray bytes = row.sent + probe;
    HttpClient client(m_server->port());
    QVERIFY(runUntil([&] { return client.isConnected(); }));

    const qsizetype size = bytes.size() / pieces + 1;
    for (qsizetype at = 0; at < bytes.size() && client.isConnected(); at += size) {
        client.send(bytes.mid(at, size));
        if (size < bytes.size())
            QCoreApplication::processEvents(); // the server reads it
    }
    QList<int> expected = row.statuses;
    if (row.kept)
        expected.append(200);
    QVERIFY(runUntil([&] { return row.kept ? client.hasEnded(expected.size()) : client.wasClosed(); }));

    QList<int> statuses;
    QSet<QByteArray> ids;
    for (const HttpClient::Response &answer : client.responses()) {
        statuses.append(answer.status);
        QVERIFY2(checkAnswer(answer).isEmpty(), qPrintable(checkAnswer(answer)));
        ids.insert(answer.fields.value("x-request-id"));
    }
    QCOMPARE(statuses, expected);
    QCOMPARE(ids.size(), expected.size()); // each one is different
    QCOMPARE(client.wasClosed(), !row.kept);
    QVERIFY(!client.wasReset());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const bool lastOne = !row.kept && i == expected.size() - 1;
        QCOMPARE(client.responses().at(i).fields.hasListItem("connection", "close"), lastOne);
    }

    QByteArrayList handled = row.handled;
    if (row.kept)
        handled.append("GET /probe "_ba);
    QCOMPARE(m_server->handled, handled);
    // What the handler was asked is what the client was answered
    qsizetype at = 0;
    for (const HttpClient::Response &answer : client.responses()) {
        if (answer.status == 200)
            QCOMPARE(answer.body, handled.at(at++));
    }
    QVERIFY(client.informational().size() <= (row.sent.contains("Expect: 100-") ? 1 : 0));
}

void TestGate::inOnePiece()
{
    play(1);
}

// However a request is cut, the outcome is the same. (Long ones are cut into 1,000 pieces.)
void TestGate::byteByByte()
{
    play(1000);
}

void TestGate::head_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("answered") << "/x"_ba << 200;
    QTest::newRow("streamed") << "/later"_ba << 200;
    QTest::newRow("refused") << "/refused"_ba << 404;
}

// An answer to HEAD has no body, but the next answer on the connection has one, even if it is an error.
void TestGate::head()
{
    QFETCH(const QByteArray, target);
    QFETCH(const int, status);
    EchoServer server;
    HttpClient client(server.port());
    client.setHeadOnly(true);
    client.send(client.request("HEAD"_ba, target));
    QVERIFY(runUntil([&] { return client.hasEnded(1); }));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.response().end == HttpClient::End::Clean);

    client.setHeadOnly(false);
    client.get("/x"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.response().body, "GET /x "_ba);

    client.setHeadOnly(true);
    client.send(client.request("HEAD"_ba, target));
    QVERIFY(runUntil([&] { return client.hasEnded(3); }));
    client.setHeadOnly(false);
    client.send("nonsense\r\n\r\n"_ba);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QCOMPARE(client.responses().size(), 4);
    QCOMPARE(client.response().status, 400);
    QCOMPARE(checkAnswer(client.response()), QString());
}

void TestGate::requestId_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("kept");
    QTest::newRow("word") << "abc"_ba << true;
    QTest::newRow("UUID") << "0b6f4ad2-6c0f-4c8b-a9ac-5d3f7a6d1c20"_ba << true;
    QTest::newRow("every mark") << "A-z_0.9:x"_ba << true;
    QTest::newRow("128 letters") << QByteArray(128, 'x') << true;
    QTest::newRow("129 letters") << QByteArray(129, 'x') << false;
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("space") << "a b"_ba << false;
    QTest::newRow("comma") << "a,b"_ba << false;
    QTest::newRow("quote") << "a\"b"_ba << false;
    QTest::newRow("markup") << "<b>"_ba << false;
    QTest::newRow("8 bit") << "gr\xc3\xbcn"_ba << false;
    QTest::newRow("percent") << "%0d%0a"_ba << false;
}

void TestGate::requestId()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const bool, kept);
    for (const QByteArray &target : {"/x"_ba, "/refused"_ba}) {
        EchoServer server;
        HttpClient client(server.port());
        client.get(target, "X-Request-Id: "_ba + sent + "\r\n"_ba);
        QVERIFY(runUntil([&] { return client.hasEnded(); }));
        const QByteArray id = client.response().fields.value("x-request-id");
        QVERIFY(!id.isEmpty());
        QCOMPARE(id == sent, kept);
        if (!server.ids.isEmpty())
            QCOMPARE(id, server.ids.constFirst());
    }
}

void TestGate::malformedHeadHasAnIdOfItsOwn()
{
    EchoServer server;
    HttpClient client(server.port());
    client.get("/x"_ba, "X-Request-Id: before\r\n"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().fields.value("x-request-id"), "before"_ba);
    client.send("nonsense\r\n\r\n"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.response().status, 400);
    QVERIFY(!client.response().fields.value("x-request-id").isEmpty());
    QVERIFY(client.response().fields.value("x-request-id") != "before"_ba);
}

void TestGate::continueComesAfterTheHead()
{
    EchoServer server;
    HttpClient client(server.port());
    client.send("POST /x HTTP/1.1\r\nHost: localhost:"_ba + QByteArray::number(server.port())
                + "\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"_ba);
    QVERIFY(runUntil([&] { return !client.informational().isEmpty(); }));
    QCOMPARE(client.informational(), QList<int>{100});
    QVERIFY(client.responses().isEmpty());
    QVERIFY(server.handled.isEmpty());
    client.send("hello"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().body, "POST /x hello"_ba);
    QCOMPARE(client.informational(), QList<int>{100});

    // A client that sends the body anyway gets no 100
    client.send(client.request("POST"_ba, "/x"_ba, "Expect: 100-continue\r\n"_ba, "hello"_ba));
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.informational(), QList<int>{100});
}

void TestGate::continueComesAfterTheGuard_data()
{
    QTest::addColumn<QByteArray>("head"); // without Host if it holds one itself
    QTest::addColumn<int>("status");

    const QByteArray expect = "Content-Length: 5\r\nExpect: 100-continue\r\n"_ba;
    const QByteArray token = "Authorization: Bearer s3cret\r\n"_ba;
    const QByteArray own = "POST /gemini-proxy HTTP/1.1\r\nHost: HOST\r\n"_ba;
    QTest::newRow("welcome") << own + token + expect << 200;
    QTest::newRow("no token") << own + expect << 401;
    QTest::newRow("wrong token") << own + "x-goog-api-key: wrong\r\n"_ba + expect << 401;
    QTest::newRow("foreign page") << own + token + "Origin: https://evil.example\r\n"_ba + expect << 403;
    QTest::newRow("rebound name") << "POST /gemini-proxy HTTP/1.1\r\nHost: evil.example\r\n"_ba + token + expect << 421;
    QTest::newRow("unknown path") << "POST /nothing HTTP/1.1\r\nHost: HOST\r\n"_ba + token + expect << 404;
    QTest::newRow("wrong method") << "PUT /gemini-proxy HTTP/1.1\r\nHost: HOST\r\n"_ba + token + expect << 405;
    QTest::newRow("too large") << own + token + "Content-Length: 9999\r\nExpect: 100-continue\r\n"_ba << 413;
    QTest::newRow("other expectation") << own + token + "Content-Length: 5\r\nExpect: tea\r\n"_ba << 417;
}

// Through the whole proxy: a client that may not call is not asked for its body, and nothing goes upstream.
void TestGate::continueComesAfterTheGuard()
{
    QFETCH(QByteArray, head);
    QFETCH(const int, status);
    DemoServer demo;
    demo.setPace(0ms);
    QVERIFY(demo.listen());
    ProxySettings settings = TestProxy::settingsFor(demo.url());
    settings.tokens = {guard::makeToken("laptop"_ba, "s3cret"_ba)};
    settings.limits.bodyBytes = 1000;
    TestProxy proxy(settings);

    HttpClient client(proxy.port);
    client.send(head.replace("HOST", "127.0.0.1:"_ba + QByteArray::number(proxy.port)) + "\r\n"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded() || !client.informational().isEmpty(); }));
    QCOMPARE(client.informational().isEmpty(), status != 200);
    QCOMPARE(demo.requestCount(), 0);
    if (status == 200)
        client.send("hello"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, status);
    QVERIFY(client.response().end == HttpClient::End::Clean);
    QCOMPARE(demo.requestCount(), status == 200 ? 1 : 0);
    if (status != 200) {
        QCOMPARE(checkAnswer(client.response()), QString());
        QVERIFY(proxy.started.isEmpty());
    }
}

// What a page in a browser can send without being asked first must not cost anything, and must
// get no CORS field that would let it read the answer.
void TestGate::webPagesReachNothing()
{
    DemoServer demo;
    demo.setPace(0ms);
    QVERIFY(demo.listen());
    ProxySettings settings = TestProxy::settingsFor(demo.url());
    settings.allowedOrigins = {"https://app.example"_ba};
    TestProxy proxy(settings);
    const QByteArray own = "127.0.0.1:"_ba + QByteArray::number(proxy.port);

    const auto statusOf = [&](const QByteArray &method, const QByteArray &target, const QByteArray &fields) {
        HttpClient client(proxy.port);
        QByteArray request = method + ' ' + target + " HTTP/1.1\r\n"_ba + fields;
        if (method == "POST")
            request += "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"_ba;
        else
            request += "\r\n"_ba;
        client.send(request.replace("HOST", own));
        if (!runUntil([&] { return client.hasEnded(); }))
            return -1;
        if (client.response().fields.contains("access-control-allow-origin"))
            return -client.response().status;
        return client.response().status;
    };
    for (const QByteArray &method : {"GET"_ba, "POST"_ba}) {
        for (const QByteArray &target : {"/gemini-proxy"_ba, "/"_ba, "/health"_ba, "/nothing"_ba}) {
            const int rebound = target != "/health" ? 421 : method == "GET" ? 200 : 405; // any name may ask that
            QCOMPARE(statusOf(method, target, "Host: evil.example\r\n"_ba), rebound);
            QCOMPARE(statusOf(method, target, "Host: HOST\r\nOrigin: https://evil.example\r\n"_ba), 403);
            QCOMPARE(statusOf(method, target, "Host: HOST\r\nOrigin: null\r\n"_ba), 403);
            QCOMPARE(statusOf(method, target, "Host: HOST\r\nSec-Fetch-Site: cross-site\r\n"_ba), 403);
        }
    }
    QCOMPARE(demo.requestCount(), 0);
    // Allowed requests do get through
    QCOMPARE(statusOf("POST"_ba, "/gemini-proxy"_ba, "Host: HOST\r\n"_ba), 200);
    QCOMPARE(statusOf("POST"_ba, "/gemini-proxy"_ba, "Host: HOST\r\nOrigin: https://app.example\r\n"_ba), -200);
    QCOMPARE(demo.requestCount(), 2);
}

// A client of HTTP/0.9 sends nothing after its request line, so more must not be waited for.
void TestGate::badRequestLineIsRefusedAtOnce_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    QTest::newRow("HTTP/0.9") << "GET /x\r\n"_ba << 400;
    QTest::newRow("HTTP/0.9 spelt out") << "GET /x HTTP/0.9\r\n"_ba << 400;
    QTest::newRow("behind an empty line") << "\r\nGET /x\r\n"_ba << 400;
    QTest::newRow("HTTP/2") << "GET /x HTTP/2.0\r\n"_ba << 505;
    QTest::newRow("CONNECT") << "CONNECT evil.example:443 HTTP/1.1\r\n"_ba << 501;
}

void TestGate::badRequestLineIsRefusedAtOnce()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const int, status);
    EchoServer server;
    HttpClient client(server.port());
    client.send(sent);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, status); // not 408, which comes after waiting in vain
    QCOMPARE(checkAnswer(client.response()), QString());
}

namespace {
QStringList infoLines; // of the log, while a LogWatch lives

struct LogWatch
{
    LogWatch()
        : before(qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
              if (type == QtInfoMsg)
                  infoLines.append(text);
          }))
    {}
    ~LogWatch() { qInstallMessageHandler(before); }
    QtMessageHandler before;
};
} // namespace

void TestGate::refusalsAreLogged_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("line");
    QTest::newRow("TLS") << "\x16\x03\x01\x00\xc4\x01\x00"_ba << u"refused: 400 *TLS*http://*"_s;
    QTest::newRow("CONNECT") << "CONNECT evil.example:443 HTTP/1.1\r\n\r\n"_ba << u"refused: 501 *CONNECT*"_s;
    QTest::newRow("no colon") << "GET / HTTP/1.1\r\nnonsense\r\n\r\n"_ba << u"refused: 400 *no colon*"_s;
    QTest::newRow("too long") << "GET /"_ba + QByteArray(5'000, 'x') << u"refused: 414 *"_s;
    QTest::newRow("chunks") << "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\n"_ba
                            << u"refused: 400 *chunked*"_s;
}

void TestGate::refusalsAreLogged()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const QString, line);
    const LogWatch watch;
    infoLines.clear();
    EchoServer server;
    QElapsedTimer timer;
    timer.start();
    constexpr int count = 50;
    for (int i = 0; i < count; ++i) {
        HttpClient client(server.port());
        client.send(sent);
        QVERIFY(runUntil([&] { return client.wasClosed(); }));
        QVERIFY(client.response().status >= 400);
    }
    const QRegularExpression wanted(QRegularExpression::wildcardToRegularExpression(line));
    QVERIFY2(infoLines.value(0).contains(wanted), qPrintable(infoLines.join(u'\n')));
    QVERIFY(!infoLines.join(u' ').contains(u"xxx"_s)); // nothing of what was sent
    // Once a second at most, however slow this machine is
    QVERIFY2(infoLines.size() <= 1 + timer.elapsed() / 1000, QByteArray::number(infoLines.size()).constData());
}

void TestGate::sayingHowLongItIsKept_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("keepAlive");
    const QByteArray host = "Host: localhost\r\n"_ba;
    QTest::newRow("HTTP/1.1") << "GET /x HTTP/1.1\r\n"_ba + host << "timeout=75"_ba;
    QTest::newRow("refused") << "GET /refused HTTP/1.1\r\n"_ba + host << "timeout=75"_ba;
    QTest::newRow("streamed") << "GET /later HTTP/1.1\r\n"_ba + host << "timeout=75"_ba;
    QTest::newRow("HTTP/1.0 that wants it")
            << "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n"_ba + host << "timeout=75"_ba;
    QTest::newRow("HTTP/1.0") << "GET /x HTTP/1.0\r\n"_ba + host << ""_ba;
    QTest::newRow("close") << "GET /x HTTP/1.1\r\nConnection: close\r\n"_ba + host << ""_ba;
}

void TestGate::sayingHowLongItIsKept()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, keepAlive);
    QCOMPARE(Limits{}.keepAliveTime, std::chrono::milliseconds(120s));
    Limits limits = gateCaseLimits();
    limits.keepAliveTime = 75'900ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send(request + "\r\n"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().fields.joined("keep-alive"), keepAlive);
    QCOMPARE(client.response().fields.joined("connection"), keepAlive.isEmpty() ? "close"_ba : "keep-alive"_ba);
}

void TestGate::partialHeadWaits()
{
    EchoServer server;
    const QByteArray whole = "POST /x HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port())
            + "\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nX: y\r\n\r\n"_ba;
    HttpClient good(server.port());
    for (qsizetype at = 1; at < whole.size(); ++at) {
        HttpClient client(server.port());
        client.send(whole.first(at));
        // Waits for as long as two answers to another client take
        const qsizetype before = good.responses().size();
        good.get("/good"_ba);
        QVERIFY(runUntil([&] { return good.hasEnded(before + 1); }));
        good.get("/good"_ba);
        QVERIFY(runUntil([&] { return good.hasEnded(before + 2); }));
        QVERIFY(client.responses().isEmpty());
        QVERIFY(client.isConnected());

        server.handled.clear();
        client.send(whole.sliced(at));
        QVERIFY(runUntil([&] { return client.hasEnded(); }));
        QCOMPARE(client.response().body, "POST /x hello"_ba);
        QCOMPARE(server.handled, QByteArrayList{"POST /x hello"_ba});
    }
}

void TestGate::partialHeadTimesOut()
{
    Limits limits;
    limits.headTime = 200ms;
    EchoServer server(limits);
    const QByteArray whole = getRequest(server.port(), "/x"_ba);
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (qsizetype at = 1; at < whole.size(); ++at) {
        clients.push_back(std::make_unique<HttpClient>(server.port()));
        clients.back()->send(whole.first(at));
    }
    for (const auto &client : clients) {
        QVERIFY(runUntil([&] { return client->wasClosed(); }));
        QVERIFY(!client->wasReset());
        QCOMPARE(client->responses().size(), 1);
        QCOMPARE(client->response().status, 408);
        QCOMPARE(checkAnswer(client->response()), QString());
        QVERIFY(client->response().fields.hasListItem("connection", "close"));
    }
    QVERIFY(server.handled.isEmpty());
    QTRY_COMPARE(server.gate->connectionCount(), 0);

    // The same for a second request on a connection
    HttpClient client(server.port());
    client.get("/x"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    client.send("GET"_ba);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QCOMPARE(client.response().status, 408);
}

// One empty line before a request is allowed, but a client that sends nothing else gains no time by it.
void TestGate::emptyLinesDoNotBuyTime()
{
    Limits limits;
    limits.headTime = 200ms;
    EchoServer server(limits);
    HttpClient once(server.port());
    once.send("\r\n"_ba);
    QVERIFY(runUntil([&] { return once.wasClosed(); }));
    QVERIFY(once.responses().isEmpty());

    HttpClient client(server.port());
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, [&client] {
        if (client.isConnected())
            client.send("\r\n"_ba);
    });
    timer.start(10ms);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QCOMPARE(client.responses().size(), 1);
    QCOMPARE(client.response().status, 400);
}

// Slow-loris: bytes that come, but never the end.
void TestGate::trickledHeadTimesOut()
{
    Limits limits;
    limits.headTime = 200ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send("GET /x HTTP/1.1\r\n"_ba);
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, [&client] {
        if (client.isConnected())
            client.send("X: y\r\n"_ba);
    });
    timer.start(10ms);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.response().status, 408);
}

void TestGate::idleConnectionIsClosed()
{
    Limits limits;
    limits.keepAliveTime = 200ms;
    EchoServer server(limits);
    HttpClient fresh(server.port());
    HttpClient used(server.port());
    used.get("/x"_ba);
    QVERIFY(runUntil([&] { return used.hasEnded(); }));
    for (const HttpClient *client : {&fresh, &used}) {
        QVERIFY(runUntil([&] { return client->wasClosed(); }));
        QVERIFY(!client->wasReset());
    }
    QVERIFY(fresh.responses().isEmpty()); // no 408: nothing was asked
    QCOMPARE(used.responses().size(), 1);
    QTRY_COMPARE(server.gate->connectionCount(), 0);
}

void TestGate::slowBodyTimesOut_data()
{
    QTest::addColumn<QByteArray>("sent"); // behind Host
    QTest::addColumn<int>("hints");
    QTest::newRow("none of it") << "Content-Length: 5\r\n\r\n"_ba << 0;
    QTest::newRow("part of it") << "Content-Length: 5\r\n\r\nhell"_ba << 0;
    QTest::newRow("after 100") << "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"_ba << 1;
    QTest::newRow("no chunk") << "Transfer-Encoding: chunked\r\n\r\n"_ba << 0;
    QTest::newRow("in a size") << "Transfer-Encoding: chunked\r\n\r\n5"_ba << 0;
    QTest::newRow("in an extension") << "Transfer-Encoding: chunked\r\n\r\n5;"_ba << 0;
    QTest::newRow("in a chunk") << "Transfer-Encoding: chunked\r\n\r\n5\r\nhell"_ba << 0;
    QTest::newRow("behind a chunk") << "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"_ba << 0;
    QTest::newRow("in the trailers") << "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n"_ba << 0;
}

void TestGate::slowBodyTimesOut()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const int, hints);
    Limits limits;
    limits.headTime = 10min;
    limits.bodyIdleTime = 200ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send("POST /x HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port()) + "\r\n"_ba + sent);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.informational().size(), hints);
    QCOMPARE(client.responses().size(), 1);
    QCOMPARE(client.response().status, 408);
    QCOMPARE(checkAnswer(client.response()), QString());
    QVERIFY(server.handled.isEmpty());
    QTRY_COMPARE(server.gate->connectionCount(), 0);
}

void TestGate::trickledBodyTimesOut_data()
{
    QTest::addColumn<QByteArray>("begin"); // behind Host
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("length") << "Content-Length: 1000000\r\n\r\n"_ba
                            << "x"_ba;
    QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n\r\n"_ba
                             << "1\r\nx\r\n"_ba;
    QTest::newRow("extension") << "Transfer-Encoding: chunked\r\n\r\n1;"_ba
                               << "x"_ba;
    const QByteArray progress(5'000, 'x');
    QTest::newRow("length, behind some progress") << "Content-Length: 1000000\r\n\r\n"_ba + progress << "x"_ba;
    QTest::newRow("chunked, behind some progress")
            << "Transfer-Encoding: chunked\r\n\r\n1388\r\n"_ba + progress + "\r\n"_ba
            << "1\r\nx\r\n"_ba;
}

// A byte now and then does not count as progress.
void TestGate::trickledBodyTimesOut()
{
    QFETCH(const QByteArray, begin);
    QFETCH(const QByteArray, piece);
    Limits limits;
    limits.bodyIdleTime = 200ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send("POST /x HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port()) + "\r\n"_ba + begin);
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, [&client, piece] {
        if (client.isConnected())
            client.send(piece);
    });
    timer.start(10ms);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.response().status, 408);
    QVERIFY(server.handled.isEmpty());
}

void TestGate::steadyBodyIsTaken_data()
{
    QTest::addColumn<qsizetype>("before"); // the size of another body on the connection
    QTest::newRow("the first") << qsizetype(0);
    QTest::newRow("behind a larger one") << qsizetype(1'000'000);
}

// A body that comes slowly but steadily is taken.
void TestGate::steadyBodyIsTaken()
{
    QFETCH(const qsizetype, before);
    Limits limits;
    limits.bodyIdleTime = 500ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send(client.request("POST"_ba, "/x"_ba, {}, QByteArray(before, 'x')));
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    client.send("POST /x HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port())
                + "\r\nContent-Length: 200000\r\n\r\n"_ba);
    QTimer timer;
    int sent = 0;
    connect(&timer, &QTimer::timeout, &client, [&client, &sent] {
        if (++sent <= 100)
            client.send(QByteArray(2'000, 'x'));
    });
    timer.start(10ms); // twice the limit in all
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.responses().size(), 2);
    QCOMPARE(client.response().status, 200);
}

// A client that asks and asks without reading must not fill the memory with answers.
void TestGate::pipelineWithoutReadingIsHeldBack()
{
    EchoServer server;
    HttpClient client(server.port());
    client.stopReading();
    const QByteArray request = getRequest(server.port(), "/x"_ba);
    constexpr int count = 100'000;
    client.send(request.repeated(count));
    // The pipeline comes to a stand, with most of it not even read, while others are served
    qsizetype handled = -1;
    QVERIFY(runUntil(
            [&] {
                HttpClient other(server.port());
                other.get("/other"_ba);
                return runUntil([&] { return other.hasEnded(); })
                        && std::exchange(handled, server.handled.count("GET /x "_ba))
                        == server.handled.count("GET /x "_ba);
            },
            60s));
    QVERIFY2(handled < count / 2, QByteArray::number(handled).constData());
    // and nothing is lost
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.hasEnded(count); }, 2min));
    QCOMPARE(client.responses().size(), count);
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.response().end, HttpClient::End::Clean);
}

void TestGate::pipelineWithoutReadingIsGivenUp()
{
    Limits limits;
    limits.stallTime = 200ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.stopReading();
    client.send(getRequest(server.port(), "/x"_ba).repeated(100'000));
    QTRY_VERIFY(server.gate->connectionCount() == 1);
    QTRY_COMPARE(server.gate->connectionCount(), 0);
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(client.wasReset());
}

// What waits sinks below the mark at which the pipeline was held back, but not so far that it may go on, and then
// reaches the mark again. The client must have its full time once more.
void TestGate::pipelineHeldBackAgainHasItsTime()
{
    constexpr qint64 mark = 32 * 1024 * 1024; // the kernel's buffers are small beside it
    Limits limits;
    limits.keepAliveTime = 2s;
    limits.highWaterMark = mark;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.stopReading();
    const QByteArray request = client.request("POST"_ba, "/x"_ba, {}, QByteArray(1024 * 1024, 'x'));
    QVERIFY(runUntil([&] { return server.gate->find(1) != nullptr; }));
    const auto waiting = [&server] {
        const GateSocket *socket = server.gate->find(1);
        return socket ? socket->bytesToWrite() : 0;
    };
    int sent = 0;
    const auto fill = [&] {
        while (server.gate->find(1) && waiting() < mark) {
            client.send(request);
            ++sent;
            if (!runUntil([&] { return server.handled.size() == sent; }))
                return false;
        }
        return server.gate->find(1) != nullptr;
    };
    QVERIFY(fill());
    client.goOnReading();
    QVERIFY(runUntil([&] { return waiting() < mark; }));
    client.stopReading();
    QVERIFY(waiting() > mark / 2);
    QVERIFY(fill());

    // A connection that is idle from now on ends sooner than this one, whose client reads when it likes.
    HttpClient idle(server.port());
    idle.get("/idle"_ba);
    QVERIFY(runUntil([&] { return idle.wasClosed(); }));
    QVERIFY(client.isConnected());
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.hasEnded(sent); }, 1min));
    QCOMPARE(client.responses().size(), sent);
    QCOMPARE(client.response().end, HttpClient::End::Clean);
}

// Once its client has read, a connection that was held back may idle as long as any other.
void TestGate::pipelineThatWentOnHasItsTime()
{
    Limits limits;
    limits.bodyBytes = 32 * 1024 * 1024;
    limits.stallTime = 1s;
    limits.headTime = 2s;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.send(
            client.request("POST"_ba, "/x"_ba, {}, QByteArray(24 * 1024 * 1024, 'x'))); // more than is taken at once
    QVERIFY(runUntil([&] { return client.hasEnded(); }));

    // One that does not get on with its head from now on ends later than a stall would.
    HttpClient other(server.port());
    other.send("GET"_ba);
    QVERIFY(runUntil([&] { return other.wasClosed(); }));
    QVERIFY(client.isConnected());
    client.get("/x"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.response().body, "GET /x "_ba);
}

// What was dropped cannot be answered any more, so the client is told that the connection ends.
void TestGate::excessEndsWithTheAnswer()
{
    EchoServer server;
    HttpClient client(server.port());
    client.send(client.request("POST"_ba, "/never"_ba, {}, "hi"_ba) + QByteArray(24 * 1024 * 1024, 'x'));
    QVERIFY(runUntil([&] { return server.handled.size() == 1 && client.unsent() == 0; }));
    server.gate->find(1)->respond(200, {{"Content-Type", "text/plain"}}, "done");
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.responses().size(), 1);
    QCOMPARE(client.response().body, "done"_ba);
    QVERIFY(client.response().fields.hasListItem("connection", "close"));
}

// If more input waits than the gate takes, it must still notice that the client has gone.
void TestGate::leaverWithUnreadInputIsNoticed()
{
    EchoServer server;
    auto client = std::make_unique<HttpClient>(server.port());
    client->send("POST /never HTTP/1.1\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port())
                 + "\r\nContent-Length: 2\r\n\r\nhi"_ba + QByteArray(300'000, 'x'));
    QVERIFY(runUntil([&] { return server.handled.size() == 1 && client->unsent() == 0; }));
    QCOMPARE(server.gate->connectionCount(), 1);
    client.reset();
    QTRY_COMPARE(server.gate->connectionCount(), 0);
}

void TestGate::slowClientsDisturbNobody()
{
    EchoServer server(Limits{});
    QTimer timer;
    std::vector<std::unique_ptr<HttpClient>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<HttpClient>(server.port()));
        HttpClient *client = slow.back().get();
        client->send(i % 2 ? "POST /x HTTP/1.1\r\n"_ba
                           : client->request("POST"_ba, "/x"_ba, {}, QByteArray(100'000, 'x')).first(200));
        connect(&timer, &QTimer::timeout, client, [client, i] { client->send(i % 2 ? "X"_ba : "x"_ba); });
    }
    timer.start(1ms);
    HttpClient good(server.port());
    for (int i = 1; i <= 100; ++i) {
        good.get("/good"_ba);
        QVERIFY(runUntil([&] { return good.hasEnded(i); }));
        QCOMPARE(good.response().body, "GET /good "_ba);
    }
    for (const auto &client : slow) {
        QVERIFY(client->isConnected());
        QVERIFY(client->responses().isEmpty());
    }
    QCOMPARE(server.handled.size(), 100);
}

void TestGate::clientGone_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("reset");
    const auto rows = [](const char *name, const QByteArray &sent) {
        QTest::addRow("%s, FIN", name) << sent << false;
        QTest::addRow("%s, RST", name) << sent << true;
    };
    rows("nothing sent", ""_ba);
    rows("in the request line", "GET /x"_ba);
    rows("in the head", "GET /x HTTP/1.1\r\nHost: "_ba);
    rows("before the body", "POST /x HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\n"_ba);
    rows("in the body", "POST /x HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhell"_ba);
    rows("in a chunk", "POST /x HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell"_ba);
    rows("before the last chunk",
         "POST /x HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"_ba);
}

// Half a request counts for nothing: it reaches nobody, and leaves nothing behind.
void TestGate::clientGone()
{
    QFETCH(QByteArray, sent);
    QFETCH(const bool, reset);
    EchoServer server;
    {
        HttpClient client(server.port());
        client.send(sent.replace("HOST", "127.0.0.1:"_ba + QByteArray::number(server.port())));
        QTRY_COMPARE(server.gate->connectionCount(), 1);
        if (reset)
            client.reset();
    }
    QTRY_COMPARE(server.gate->connectionCount(), 0);
    QVERIFY(server.handled.isEmpty());
}

namespace {

// Heads of requests with a body without end, and what they are refused with.
void refusedBodies()
{
    QTest::addColumn<QByteArray>("start"); // HOST: the server's
    QTest::addColumn<QByteArray>("piece"); // of the body
    QTest::addColumn<int>("status");
    const QByteArray kib(1024, 'x');
    const QByteArray chunk = "400\r\n"_ba + kib + "\r\n"_ba;
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n"_ba;
    const QByteArray own = "POST /x HTTP/1.1\r\nHost: HOST\r\n"_ba;
    QTest::newRow("too large by its length") << own + "Content-Length: 99999999999\r\n\r\n"_ba << kib << 413;
    QTest::newRow("too large by its chunks") << own + chunked << chunk << 413;
    QTest::newRow("malformed chunk") << own + chunked + "x"_ba << chunk << 400;
    QTest::newRow("malformed head") << own + "X\r\n\r\n"_ba << kib << 400;
    QTest::newRow("not HTTP") << "\0"_ba << kib << 400;
    QTest::newRow("endless target") << "GET /"_ba << kib << 414;
    QTest::newRow("foreign page") << own + "Origin: null\r\n"_ba + chunked << chunk << 403;
    QTest::newRow("rebound name") << "POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999\r\n\r\n"_ba
                                  << kib << 421;
    QTest::newRow("unknown path") << "POST /refused HTTP/1.1\r\nHost: HOST\r\n"_ba + chunked << chunk << 404;
}

} // namespace

void TestGate::refusalReachesWhoGoesOnSending_data()
{
    refusedBodies();
}

// The client looks at the answer only after it has sent everything. If the connection were closed with its bytes
// unread, a reset would destroy the answer.
void TestGate::refusalReachesWhoGoesOnSending()
{
    QFETCH(QByteArray, start);
    QFETCH(const QByteArray, piece);
    QFETCH(const int, status);
    EchoServer server;
    HttpClient client(server.port());
    client.stopReading();
    client.send(start.replace("HOST", "127.0.0.1:"_ba + QByteArray::number(server.port())));
    client.send(piece.repeated(8 * 1024));
    QVERIFY(runUntil([&] { return client.unsent() == 0; }));
    QVERIFY(!client.wasClosed()); // it does not look
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.responses().size(), 1);
    QCOMPARE(client.response().status, status);
    QCOMPARE(checkAnswer(client.response()), QString());
    QVERIFY(server.handled.isEmpty());
}

// An upload over a slow network takes longer than any fixed patience.
void TestGate::refusalReachesWhoSendsSlowly()
{
    Limits limits;
    limits.lingerTime = 1s;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.stopReading();
    client.send("POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999\r\n\r\n"_ba);
    int pieces = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, [&] {
        client.send(QByteArray(1024, 'x'));
        ++pieces;
    });
    timer.start(50ms);
    QVERIFY(runUntil([&] { return pieces == 40 || client.wasClosed(); }));
    timer.stop();
    QVERIFY(!client.wasClosed());
    QCOMPARE(server.gate->connectionCount(), 1);
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QCOMPARE(client.response().status, 421);
    QCOMPARE(checkAnswer(client.response()), QString());
}

// But not for ever: who does not look at the answer at all is left after some time.
void TestGate::whoSendsOnAndOnIsLeft()
{
    Limits limits;
    limits.lingerTime = 200ms;
    limits.lingerLimit = 500ms;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.stopReading();
    client.send("POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999\r\n\r\n"_ba);
    QTRY_COMPARE(server.gate->connectionCount(), 1);
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, [&client] { client.send(QByteArray(1024, 'x')); });
    timer.start(10ms);
    QTRY_COMPARE(server.gate->connectionCount(), 0);
}

// The last answer on a connection arrives whole even if it is larger than what the kernel takes.
void TestGate::answerReachesWhoReadsSlowly()
{
    Limits limits;
    limits.bodyBytes = 32 * 1024 * 1024;
    EchoServer server(limits);
    HttpClient client(server.port());
    const QByteArray body(16 * 1024 * 1024, 'x');
    client.stopReading();
    client.send(client.request("POST"_ba, "/x"_ba, "Connection: close\r\n"_ba, body));
    QVERIFY(runUntil([&] { return !server.handled.isEmpty(); }));
    client.goOnReading();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(!client.wasReset());
    QVERIFY(client.response().end == HttpClient::End::Clean);
    QVERIFY(client.response().body == "POST /x "_ba + body);
}

void TestGate::whoReadsSlowlyIsNotGivenUp_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("next"); // what is asked behind it
    QTest::newRow("the last answer") << "Connection: close\r\n"_ba
                                     << ""_ba;
    QTest::newRow("held back") << ""_ba
                               << "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n"_ba;
}

// A large answer over a slow network takes longer than a client may stall.
void TestGate::whoReadsSlowlyIsNotGivenUp()
{
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, next);
    Limits limits;
    limits.bodyBytes = 64 * 1024 * 1024;
    limits.stallTime = 1s;
    limits.keepAliveTime = 2s;
    EchoServer server(limits);
    HttpClient client(server.port());
    client.stopReading();
    const QByteArray body(48 * 1024 * 1024, 'x');
    client.send(client.request("POST"_ba, "/x"_ba, fields, body) + next);
    QVERIFY(runUntil([&] { return !server.handled.isEmpty(); }));

    // Until a connection that is idle has ended, it reads a piece now and then; and then the rest.
    connect(&client, &HttpClient::arrived, &client, &HttpClient::stopReading);
    QTimer timer;
    connect(&timer, &QTimer::timeout, &client, &HttpClient::goOnReading);
    timer.start(5ms);
    HttpClient idle(server.port());
    QVERIFY(runUntil([&] { return idle.wasClosed(); }));
    timer.stop();
    client.disconnect();
    QVERIFY(client.response().length < body.size());
    client.goOnReading();
    const qsizetype answers = next.isEmpty() ? 1 : 2;
    QVERIFY(runUntil([&] { return client.hasEnded(answers); }, 1min));
    QCOMPARE(client.responses().size(), answers);
    QVERIFY(!client.wasReset());
    QVERIFY(client.responses().constFirst().body == "POST /x "_ba + body);
    QCOMPARE(client.response().end, HttpClient::End::Clean);
}

void TestGate::connectionLimit()
{
    Limits limits;
    limits.connections = 4;
    EchoServer server(limits);
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<HttpClient>(server.port()));
        QTRY_COMPARE(server.gate->connectionCount(), i + 1);
    }

    for (int i = 0; i < 3; ++i) {
        HttpClient fifth(server.port());
        if (i > 0)
            fifth.get("/x"_ba); // asking for more does not help
        QVERIFY(runUntil([&] { return fifth.wasClosed(); }));
        QVERIFY(!fifth.wasReset());
        QCOMPARE(fifth.responses().size(), 1);
        QCOMPARE(fifth.response().status, 503);
        QCOMPARE(checkAnswer(fifth.response()), QString());
        QVERIFY(fifth.response().fields.value("retry-after").toInt() > 0);
        QVERIFY(fifth.response().fields.hasListItem("connection", "close"));
    }
    QCOMPARE(server.gate->connectionCount(), 4);
    QVERIFY(server.handled.isEmpty());

    // Those inside are served, and when one leaves there is room for another
    clients.front()->get("/x"_ba);
    QVERIFY(runUntil([&] { return clients.front()->hasEnded(); }));
    QCOMPARE(clients.front()->response().status, 200);
    clients.pop_back();
    QTRY_COMPARE(server.gate->connectionCount(), 3);
    HttpClient next(server.port());
    next.get("/x"_ba);
    QVERIFY(runUntil([&] { return next.hasEnded(); }));
    QCOMPARE(next.response().status, 200);
}

// Being polite to those beyond the limit must not become a way around it.
void TestGate::refusedConnectionsAreFew()
{
    Limits limits;
    limits.connections = 1;
    EchoServer server(limits);
    HttpClient inside(server.port());
    QTRY_COMPARE(server.gate->connectionCount(), 1);

    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<HttpClient>(server.port()));
        clients.back()->stopReading(); // and so never closes
    }
    for (const auto &client : clients)
        QVERIFY(runUntil([&] { return client->isConnected() || client->wasClosed() || client->wasRefused(); }));
    inside.get("/x"_ba); // all of them have been accepted when this is answered
    QVERIFY(runUntil([&] { return inside.hasEnded(); }));
    QCOMPARE(inside.response().status, 200);

    int told = 0;
    int dropped = 0;
    for (const auto &client : clients) {
        client->goOnReading();
        QVERIFY(runUntil([&] { return client->wasClosed() || client->wasRefused(); }));
        if (client->response().status == 503)
            ++told;
        else
            ++dropped;
    }
    QVERIFY(told > 0);
    QVERIFY(dropped > 0);
    QCOMPARE(told + dropped, 100);

    // Once they are gone, they no longer count
    HttpClient late(server.port());
    QVERIFY(runUntil([&] { return late.wasClosed(); }));
    QCOMPARE(late.response().status, 503);
}

// The first ones of many clients have their answers while the last ones still wait.
void TestGate::crowdIsServedInTurn()
{
    EchoServer server;
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 60; ++i) {
        clients.push_back(std::make_unique<HttpClient>(server.port()));
        clients.back()->get("/x"_ba);
    }
    const auto answered = [&clients] {
        return std::count_if(clients.begin(), clients.end(), [](const auto &client) { return client->hasEnded(); });
    };
    QVERIFY(runUntil([&] { return answered() > 0; }));
    QVERIFY(server.handled.size() < 60);
    QVERIFY(runUntil([&] { return answered() == 60; }));
    QCOMPARE(server.handled.size(), 60);
}

void TestGate::waitingWhenTheServerEnds()
{
    auto server = std::make_unique<EchoServer>();
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 60; ++i)
        clients.push_back(std::make_unique<HttpClient>(server->port()));
    QVERIFY(runUntil([&] { return server->gate->connectionCount() > 0; }));
    server.reset();
    for (const auto &client : clients)
        QVERIFY(runUntil([&] { return client->wasClosed(); }));
}

// If the process runs out of descriptors, Qt stops accepting for good; the gate must not.
void TestGate::descriptorsRunOut()
{
#ifdef Q_OS_LINUX
    EchoServer server;
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 20; ++i)
        clients.push_back(std::make_unique<HttpClient>(server.port())); // wait to be accepted
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit low = before;
    low.rlim_cur = static_cast<rlim_t>(clients.back()->descriptor()) + 1 + 10;
    QCOMPARE(setrlimit(RLIMIT_NOFILE, &low), 0);
    const auto restore = qScopeGuard([&before] { setrlimit(RLIMIT_NOFILE, &before); });

    QSignalSpy errors(server.gate, &QTcpServer::acceptError);
    QVERIFY(runUntil([&] { return !errors.isEmpty(); }));
    const qsizetype accepted = server.gate->connectionCount();
    QVERIFY(accepted > 0);
    QVERIFY(accepted < 20);

    // The connections that were accepted are served, and when they leave the others are
    for (const auto &client : clients)
        client->get("/x"_ba);
    qsizetype served = 0;
    while (served < 20) {
        QVERIFY(runUntil([&] {
            return std::any_of(clients.begin(), clients.end(),
                               [](const auto &client) { return client && client->hasEnded(); });
        }));
        for (auto &client : clients) {
            if (client && client->hasEnded()) {
                QCOMPARE(client->response().status, 200);
                client.reset();
                ++served;
            }
        }
    }
#endif
}

void TestGate::drainWhileDescriptorsAreOut()
{
    EchoServer server;
    emit server.gate->acceptError(QAbstractSocket::SocketResourceError);
    server.gate->drain();
    QTimer later;
    later.setSingleShot(true);
    later.start(200ms); // by then accepting would have gone on
    QVERIFY(runUntil([&] { return !later.isActive(); }));
    QVERIFY(!server.gate->isListening());
}

void TestGate::cutAnswer_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("reset");
    QTest::newRow("HTTP/1.1: no last chunk") << "1.1"_ba << false;
    QTest::newRow("HTTP/1.0: reset, for FIN would end the body") << "1.0"_ba << true;
}

// Half an answer must not look like a whole one.
void TestGate::cutAnswer()
{
    QFETCH(const QByteArray, version);
    QFETCH(const bool, reset);
    EchoServer server;
    HttpClient client(server.port());
    client.send("GET /cut HTTP/"_ba + version + "\r\nHost: 127.0.0.1:"_ba + QByteArray::number(server.port())
                + "\r\n\r\n"_ba);
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QCOMPARE(client.wasReset(), reset);
    if (!client.responses().isEmpty()) // a reset may overtake all of it
        QVERIFY(client.response().end == HttpClient::End::Cut);
    else
        QVERIFY(reset);
}

void TestGate::drain()
{
    EchoServer server;
    HttpClient idle(server.port());
    HttpClient used(server.port());
    used.get("/x"_ba);
    HttpClient busy(server.port());
    busy.get("/never"_ba);
    QVERIFY(runUntil([&] { return used.hasEnded() && server.handled.size() == 2; }));
    HttpClient half(server.port());
    half.send("GET /half HTTP/1.1\r\n"_ba);
    const auto working = [&server] {
        int count = 0;
        for (quint64 id = 1; id <= 4; ++id) {
            const GateSocket *socket = server.gate->find(id);
            count += socket && !socket->isIdle() ? 1 : 0;
        }
        return count;
    };
    QVERIFY(runUntil([&] { return server.gate->connectionCount() == 4 && working() == 2; })); // busy and half

    server.gate->drain();
    QVERIFY(!server.gate->isDrained());
    QVERIFY(runUntil([&] { return idle.wasClosed() && used.wasClosed(); }));
    QVERIFY(!busy.wasClosed());
    // A request that has begun is answered, and is the connection's last, too
    half.send("Host: localhost\r\n\r\n"_ba);
    QVERIFY(runUntil([&] { return half.wasClosed(); }));
    QCOMPARE(half.response().body, "GET /half "_ba);
    QVERIFY(half.response().fields.hasListItem("connection", "close"));
    HttpClient late(server.port());
    QVERIFY(runUntil([&] { return late.wasRefused(); }));

    // The answer under way is the connection's last
    GateSocket *socket = nullptr;
    for (quint64 id = 1; id <= 4 && !socket; ++id)
        socket = server.gate->find(id);
    QVERIFY(socket);
    socket->respond(200, {{"Content-Type", "text/plain"}}, "done");
    QVERIFY(runUntil([&] { return busy.wasClosed(); }));
    QCOMPARE(busy.response().body, "done"_ba);
    QVERIFY(busy.response().fields.hasListItem("connection", "close"));
    QTRY_VERIFY(server.gate->isDrained());
}

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
