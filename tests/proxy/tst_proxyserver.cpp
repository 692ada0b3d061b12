#include "proxy/guard/guard.h"
#include "proxy/http/chunked.h"
#include "proxy/net/erroranswer.h"
#include "proxy/routes/routes.h"
#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {

const QByteArray origin = "https://app.example"_ba; // listed, where a test lists any
const QByteArray chunkedHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
const QByteArray firstEvent = "data: {\"n\": 1}\r\n\r\n"_ba;
const QByteArray secondEvent = "data: {\"n\": 2}\r\n\r\n"_ba;

// A stream of two events; the second waits for the test.
Script heldStream()
{
    return {Step::send(chunkedHead + http::encodeChunk(firstEvent)), Step::waitForRelease(),
            Step::send(http::encodeChunk(secondEvent) + http::lastChunk)};
}

Script wholeStream(const QByteArray &body)
{
    return {Step::send(chunkedHead + http::encodeChunk(body) + http::lastChunk)};
}

QJsonObject parsed(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

// What no client may ever get to see.
const QByteArrayList secrets = {TestProxy::key, "token-of-editor"_ba, "token-of-script"_ba};

// "", or what is wrong with any whole answer of this proxy.
QString checkAnswer(const Response &answer)
{
    if (answer.end != End::Clean)
        return u"the answer is not whole"_s;
    if (answer.fields.count("x-request-id") != 1 || answer.fields.value("x-request-id").isEmpty())
        return u"not exactly one X-Request-Id"_s;
    if (answer.fields.contains("access-control-allow-private-network"))
        return u"lets pages of the public internet in"_s;
    for (const QByteArray &secret : secrets) {
        if (answer.body.contains(secret))
            return u"a secret is in the body"_s;
        for (const http::Field &field : answer.fields) {
            if (field.value.contains(secret))
                return u"a secret is in a field"_s;
        }
    }
    return {};
}

// The same for an error of the proxy's own.
QString checkError(const Response &answer, int status)
{
    if (const QString problem = checkAnswer(answer); !problem.isEmpty())
        return problem;
    if (answer.status != status)
        return u"not %1 but %2"_s.arg(status).arg(answer.status);
    if (answer.fields.joined("content-type") != "application/json")
        return u"an error is not JSON"_s;
    return checkErrorJson(answer.body, status, rpcStatus(status));
}

bool namesAccessControl(const Response &answer)
{
    return std::any_of(answer.fields.begin(), answer.fields.end(),
                       [](const http::Field &field) { return field.name.toLower().startsWith("access-control-"); });
}

} // namespace

// The proxy as its clients and its upstream see it, over loopback.
class TestProxyServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void whatReachesTheUpstream_data();
    void whatReachesTheUpstream();
    void upstreamWithAPath();
    void prompt_data();
    void prompt();
    void byteOrderMarkIsPartOfThePrompt();
    void badPrompt_data();
    void badPrompt();
    void model_data();
    void model();

    void unknownPath_data();
    void unknownPath();
    void wrongMethod_data();
    void wrongMethod();
    void health_data();
    void health();
    void startPage_data();
    void startPage();
    void withoutAKey();

    void token_data();
    void token();
    void tokenTakenBackWhileItsRequestIsSent();
    void spareSlashes_data();
    void spareSlashes();
    void openWithoutAToken_data();
    void openWithoutAToken();
    void strangersAreRefused_data();
    void strangersAreRefused();
    void ownNamesAreServed_data();
    void ownNamesAreServed();
    void preflight_data();
    void preflight();
    void listedOriginCanRead_data();
    void listedOriginCanRead();

    void upstreamFieldsThatPass();
    void upstreamErrorFields();
    void requestId_data();
    void requestId();

    void keepAlive();
    void pipelined();

    void bothLoopbacks();
    void otherLoopbackTaken();
    void portTaken();
    void stopWhenIdle_data();
    void stopWhenIdle();
    void stopLetsStreamsFinish();
    void letFinishTakesTheHurryAway();
    void stopEndsWhatTakesTooLong_data();
    void stopEndsWhatTakesTooLong();
    void destroyedWithAStream();

private:
    void start(const std::function<void(ProxySettings &)> &change);
    [[nodiscard]] Response answerTo(const QByteArray &method, const QByteArray &target, const QByteArray &fields = {},
                                    const QByteArray &body = {}) const;
    [[nodiscard]] Response answerTo(const QByteArray &bytes) const;
    [[nodiscard]] QByteArray own() const { return "127.0.0.1:"_ba + QByteArray::number(m_proxy->port); }
    [[nodiscard]] QByteArray withOwnNames(QByteArray text) const;
    // No request has reached the upstream, nor a connection for one.
    [[nodiscard]] bool upstreamIsUntouched() const { return m_upstream->connectionCount() == 0; }

    std::unique_ptr<ScriptedServer> m_upstream;
    std::unique_ptr<TestProxy> m_proxy;
};

void TestProxyServer::init()
{
    m_upstream = std::make_unique<ScriptedServer>();
    m_upstream->setScript(wholeStream(firstEvent));
    QVERIFY(m_upstream->start());
    start([](ProxySettings &) {});
}

void TestProxyServer::cleanup()
{
    m_proxy.reset();
    m_upstream.reset();
}

void TestProxyServer::start(const std::function<void(ProxySettings &)> &change)
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    change(settings);
    m_proxy = std::make_unique<TestProxy>(settings);
    QVERIFY(m_proxy->port);
}

// The answer to one request on a connection of its own; status 0 if none came.
Response TestProxyServer::answerTo(const QByteArray &method, const QByteArray &target, const QByteArray &fields,
                                   const QByteArray &body) const
{
    HttpClient client(m_proxy->port);
    client.setHeadOnly(method == "HEAD");
    client.send(client.request(method, target, fields, body));
    return runUntil([&] { return client.hasEnded(); }) ? client.response() : Response{};
}

Response TestProxyServer::answerTo(const QByteArray &bytes) const
{
    HttpClient client(m_proxy->port);
    client.send(bytes);
    return runUntil([&] { return client.hasEnded(); }) ? client.response() : Response{};
}

// Puts the port into texts of data tables, which do not know it yet.
QByteArray TestProxyServer::withOwnNames(QByteArray text) const
{
    return text.replace("OWN", own()).replace("PORT", QByteArray::number(m_proxy->port));
}

// ---- POST /gemini-proxy: the request upstream ----

void TestProxyServer::whatReachesTheUpstream_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("chunked");

    // Whatever a client sends besides its prompt holds the word "client" here, and none of it may pass.
    const QByteArray everything = "x-goog-api-key: client-key\r\nAuthorization: Bearer client-token\r\n"
                                  "Proxy-Authorization: Basic client\r\nCookie: client=1\r\nCookie: client=2\r\n"
                                  "Origin: http://OWN\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n"
                                  "Referer: http://client/\r\nForwarded: for=client\r\nX-Forwarded-For: client\r\n"
                                  "X-Forwarded-Host: client\r\nX-Real-IP: client\r\nVia: 1.1 client\r\n"
                                  "Connection: keep-alive, X-Hop\r\nX-Hop: client\r\nKeep-Alive: timeout=5, client\r\n"
                                  "TE: trailers\r\nUpgrade: client\r\nX-Goog-User-Project: client\r\n"
                                  "X-Request-Id: client-id\r\nX-Custom: client\r\nUser-Agent: client\r\n"
                                  "Accept: text/client\r\nAccept-Encoding: gzip, client\r\nAccept-Language: client\r\n"
                                  "Content-Type: text/client\r\nExpect: 100-continue\r\n"_ba;
    const QByteArray path = "/gemini-proxy"_ba;
    const QByteArray query = path + "?key=client-key&client=1"_ba;

    QTest::newRow("bare") << path << ""_ba
                          << "1.1"_ba << false;
    QTest::newRow("all that a client can send") << query << everything << "1.1"_ba << false;
    QTest::newRow("chunked body") << path << ""_ba
                                  << "1.1"_ba << true;
    QTest::newRow("all, chunked body") << query << everything << "1.1"_ba << true;
    QTest::newRow("HTTP/1.0") << query << "x-goog-api-key: client-key\r\n"_ba
                              << "1.0"_ba << false;
}

void TestProxyServer::whatReachesTheUpstream()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, version);
    QFETCH(const bool, chunked);
    const QByteArray question = "Why?"_ba;
    const QByteArray head =
            "POST "_ba + target + " HTTP/"_ba + version + "\r\nHost: "_ba + own() + "\r\n"_ba + withOwnNames(fields);
    const Response answer = answerTo(chunked ? head + "Transfer-Encoding: chunked\r\n\r\n"_ba
                                                     + http::encodeChunk(question) + http::lastChunk
                                             : head + "Content-Length: 4\r\n\r\n"_ba + question);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, firstEvent);

    QCOMPARE(m_upstream->requestCount(), 1);
    const ScriptedServer::Request sent = m_upstream->requests().first();
    QVERIFY2(!sent.headBytes.toLower().contains("client"), sent.headBytes.constData());
    QVERIFY(!sent.body.contains("client"));
    QCOMPARE(sent.head.method, "POST"_ba);
    QCOMPARE(sent.head.minorVersion, 1);
    QCOMPARE(sent.head.target, "/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse"_ba);
    QCOMPARE(sent.body, "{\"contents\":[{\"parts\":[{\"text\":\"Why?\"}]}]}"_ba);

    QByteArrayList names;
    for (const http::Field &field : sent.head.fields)
        names.append(field.name.toLower());
    std::sort(names.begin(), names.end());
    const QByteArrayList expected = {"accept-encoding"_ba,   "content-length"_ba, "content-type"_ba,
                                     "gemini-proxy-loop"_ba, "host"_ba,           "user-agent"_ba,
                                     "x-goog-api-key"_ba};
    QCOMPARE(names, expected);
    QCOMPARE(sent.head.host, "127.0.0.1:"_ba + QByteArray::number(m_upstream->serverPort()));
    QCOMPARE(sent.head.fields.value("x-goog-api-key"), QByteArray(TestProxy::key));
    QCOMPARE(sent.head.fields.value("content-type"), "application/json"_ba);
    QCOMPARE(sent.head.fields.value("accept-encoding"), "identity"_ba);
    QVERIFY(sent.head.fields.value("user-agent").startsWith("gemini-desk"));
    // The key goes as a header field only
    QCOMPARE(sent.headBytes.count(TestProxy::key), 1);
    QVERIFY(!sent.body.contains(TestProxy::key));
}

void TestProxyServer::upstreamWithAPath()
{
    start([](ProxySettings &settings) {
        settings.upstream.setPath(u"/some%20base%2Fx//"_s, QUrl::StrictMode);
        settings.upstream.setQuery(u"key=other"_s);
        settings.model = "my-model"_ba;
    });
    QCOMPARE(answerTo("POST"_ba, "/gemini-proxy"_ba, {}, "x"_ba).status, 200);
    QCOMPARE(m_upstream->requests().value(0).head.target,
             "/some%20base%2Fx/v1beta/models/my-model:streamGenerateContent?alt=sse"_ba);
}

void TestProxyServer::prompt_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("one letter") << "x"_ba;
    QTest::newRow("white space") << " \t\r\n"_ba;
    QTest::newRow("umlauts") << "Gr\xc3\xbc\xc3\x9f Gott"_ba;
    QTest::newRow("emoji of several code points")
            << "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb \xf0\x9f\x87\xa9\xf0\x9f\x87\xaa"_ba;
    QTest::newRow("combining marks") << "e\xcc\x81 \xc3\xa9"_ba; // not to be made one
    QTest::newRow("right to left") << "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"_ba;
    QTest::newRow("line separators") << "a\xe2\x80\xa8"_ba + "b\xe2\x80\xa9"_ba + "c"_ba;
    QTest::newRow("no character") << "\xef\xbf\xbf"_ba;
    QTest::newRow("replacement character") << "\xef\xbf\xbd"_ba;
    QTest::newRow("the last code point") << "\xf4\x8f\xbf\xbf"_ba;
    QTest::newRow("quotes and backslashes") << "\"'\\ \\n \\u0041 \"}]}"_ba;
    QTest::newRow("JSON") << "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}"_ba;
    QByteArray controls;
    for (char c = 1; c < 0x20; ++c)
        controls += c;
    QTest::newRow("control characters") << controls + '\x7f';
    QTest::newRow("NUL inside") << QByteArray("a\0b", 3);
    QTest::newRow("NUL alone") << QByteArray(1, '\0');
    QTest::newRow("looks like a form") << "prompt=a+b%20c&x=y"_ba;
    QTest::newRow("looks like HTTP") << "\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\n\r\n"_ba;
    QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'x');
    QTest::newRow("1 MiB that grows in JSON") << QByteArray(1024 * 1024, '"');
}

void TestProxyServer::prompt()
{
    QFETCH(const QByteArray, text);
    const Response answer = answerTo("POST"_ba, "/gemini-proxy"_ba, {}, text);
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_upstream->requestCount(), 1);
    const QByteArray body = m_upstream->requests().first().body;
    // Qt's parser tolerates raw control characters, but others do not.
    QVERIFY(std::none_of(body.begin(), body.end(), [](char c) { return c >= 0 && c < 0x20; }));
    QJsonParseError error{};
    const QJsonObject request = QJsonDocument::fromJson(body, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    const QJsonObject content = request["contents"_L1][0].toObject();
    const QJsonObject part = content["parts"_L1][0].toObject();
    QVERIFY2(part["text"_L1].toString().toUtf8() == text, "the text has changed");
    const QJsonObject same{{u"contents"_s, QJsonArray{QJsonObject{{u"parts"_s, QJsonArray{part}}}}}};
    QVERIFY2(request == same && part.size() == 1, "there is something beside the text");

    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].requestBytes, text.size());
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Complete);
}

// Not a row of the table above, as Qt's parser drops the mark.
void TestProxyServer::byteOrderMarkIsPartOfThePrompt()
{
    const QByteArray text = "\xef\xbb\xbf"_ba + "text"_ba;
    QCOMPARE(answerTo("POST"_ba, "/gemini-proxy"_ba, {}, text).status, 200);
    QCOMPARE(m_upstream->requests().value(0).body, "{\"contents\":[{\"parts\":[{\"text\":\""_ba + text + "\"}]}]}"_ba);
}

void TestProxyServer::badPrompt_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("empty") << ""_ba;
    QTest::newRow("Latin-1") << "Gr\xfc\xdf"_ba;
    QTest::newRow("UTF-16") << "\xff\xfe"_ba + QByteArray("H\0i\0", 4);
    QTest::newRow("overlong") << "\xc0\x80"_ba;
    QTest::newRow("overlong slash") << "\xe0\x80\xaf"_ba;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba;
    QTest::newRow("surrogate pair") << "\xed\xa0\xbd\xed\xb8\x80"_ba;
    QTest::newRow("beyond the last code point") << "\xf4\x90\x80\x80"_ba;
    QTest::newRow("cut at the end") << "a\xe2\x82"_ba;
    QTest::newRow("a lone continuation") << "a\x80"_ba + "b"_ba;
    QTest::newRow("one bad byte behind 1 MiB") << QByteArray(1024 * 1024, 'x') + '\xff';
}

void TestProxyServer::badPrompt()
{
    QFETCH(const QByteArray, text);
    HttpClient client(m_proxy->port);
    client.ask(text);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(checkError(client.response(), 400), QString());
    QVERIFY(parsed(client.response().body)["error"_L1]["message"_L1].toString().contains("prompt"_L1));
    QVERIFY(upstreamIsUntouched());
    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].status, 400);
    QCOMPARE(m_proxy->ended[0].tries, 0);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Failed);

    client.ask("a better one"_ba); // the connection goes on
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.response().status, 200);
}

void TestProxyServer::model_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("name"); // "" = refused

    QTest::newRow("none") << ""_ba
                          << "gemini-flash-latest"_ba;
    QTest::newRow("other query") << "?x=y"_ba
                                 << "gemini-flash-latest"_ba;
    QTest::newRow("plain") << "?model=gemini-2.5-pro"_ba
                           << "gemini-2.5-pro"_ba;
    QTest::newRow("as Google lists it") << "?model=models/gemini-2.5-pro"_ba
                                        << "gemini-2.5-pro"_ba;
    QTest::newRow("percent-encoded") << "?model=models%2Fgemini%2D2"_ba
                                     << "gemini-2"_ba;
    QTest::newRow("behind others") << "?a=b&key=c&model=some_Model"_ba
                                   << "some_Model"_ba;
    QTest::newRow("the first of two") << "?model=one&model=two"_ba
                                      << "one"_ba;
    QTest::newRow("128 letters") << "?model="_ba + QByteArray(128, 'm') << QByteArray(128, 'm');

    QTest::newRow("empty") << "?model="_ba
                           << ""_ba;
    QTest::newRow("only models/") << "?model=models/"_ba
                                  << ""_ba;
    QTest::newRow("129 letters") << "?model="_ba + QByteArray(129, 'm') << ""_ba;
    QTest::newRow("dot") << "?model=."_ba
                         << ""_ba;
    QTest::newRow("dots") << "?model=.."_ba
                          << ""_ba;
    QTest::newRow("path") << "?model=../../upload"_ba
                          << ""_ba;
    QTest::newRow("encoded path") << "?model=..%2f..%2fupload"_ba
                                  << ""_ba;
    QTest::newRow("encoded twice") << "?model=a%252fb"_ba
                                   << ""_ba;
    QTest::newRow("other verb") << "?model=a:generateContent"_ba
                                << ""_ba;
    QTest::newRow("query") << "?model=a?key=x"_ba
                           << ""_ba;
    QTest::newRow("encoded query") << "?model=a%3fkey=x"_ba
                                   << ""_ba;
    QTest::newRow("fragment") << "?model=a%23b"_ba
                              << ""_ba;
    QTest::newRow("line end") << "?model=a%0d%0aX:y"_ba
                              << ""_ba;
    QTest::newRow("NUL") << "?model=a%00"_ba
                         << ""_ba;
    QTest::newRow("space") << "?model=a%20b"_ba
                           << ""_ba;
    QTest::newRow("plus") << "?model=a+b"_ba
                          << ""_ba;
    QTest::newRow("8 bit") << "?model=gr%c3%bcn"_ba
                           << ""_ba;
}

void TestProxyServer::model()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, name);
    const Response answer = answerTo("POST"_ba, "/gemini-proxy"_ba + query, {}, "x"_ba);
    if (name.isEmpty()) {
        QCOMPARE(checkError(answer, 400), QString());
        QVERIFY(parsed(answer.body)["error"_L1]["message"_L1].toString().contains("model"_L1));
        QVERIFY(upstreamIsUntouched());
        return;
    }
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_upstream->requests().value(0).head.target,
             "/v1beta/models/"_ba + name + ":streamGenerateContent?alt=sse"_ba);
    QCOMPARE(m_proxy->ended.value(0).model, name);
}

// ---- the other routes ----

void TestProxyServer::unknownPath_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");

    QTest::newRow("GET") << "GET"_ba
                         << "/nothing"_ba;
    QTest::newRow("POST") << "POST"_ba
                          << "/nothing"_ba;
    QTest::newRow("HEAD") << "HEAD"_ba
                          << "/nothing"_ba;
    QTest::newRow("below") << "POST"_ba
                           << "/gemini-proxy/x"_ba;
    QTest::newRow("longer") << "POST"_ba
                            << "/gemini-proxyx"_ba;
    QTest::newRow("upper case") << "POST"_ba
                                << "/Gemini-Proxy"_ba;
    QTest::newRow("encoded letter") << "POST"_ba
                                    << "/gemini%2Dproxy"_ba;
}

void TestProxyServer::unknownPath()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    const Response answer = answerTo(method, path + "?key=secret-of-client"_ba, {}, method == "POST" ? "x"_ba : ""_ba);
    QVERIFY(upstreamIsUntouched());
    if (method == "HEAD") {
        QCOMPARE(checkAnswer(answer), QString());
        QCOMPARE(answer.status, 404);
        return;
    }
    QCOMPARE(checkError(answer, 404), QString());
    for (const Route &route : routes())
        QVERIFY2(answer.body.contains(route.path), route.path);
    QVERIFY(!answer.body.contains("secret-of-client"));
}

void TestProxyServer::wrongMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allowed");

    for (const char *method : {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "FOO"})
        QTest::addRow("%s /gemini-proxy", method) << QByteArray(method) << "/gemini-proxy"_ba
                                                  << "POST"_ba;
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
        QTest::addRow("%s /", method) << QByteArray(method) << "/"_ba
                                      << "GET, HEAD"_ba;
        QTest::addRow("%s /health", method) << QByteArray(method) << "/health"_ba
                                            << "GET, HEAD"_ba;
    }
}

void TestProxyServer::wrongMethod()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, allowed);
    const Response answer = answerTo(method, path, {}, method == "PUT" ? "x"_ba : ""_ba);
    if (method == "HEAD")
        QCOMPARE(checkAnswer(answer), QString());
    else
        QCOMPARE(checkError(answer, 405), QString());
    QCOMPARE(answer.status, 405);
    QCOMPARE(answer.fields.joined("allow"), allowed);
    QVERIFY(upstreamIsUntouched());
    QVERIFY(m_proxy->started.isEmpty());
}

void TestProxyServer::health_data()
{
    QTest::addColumn<bool>("hasKey");
    QTest::newRow("with a key") << true;
    QTest::newRow("without") << false;
}

void TestProxyServer::health()
{
    QFETCH(const bool, hasKey);
    start([hasKey](ProxySettings &settings) {
        if (!hasKey)
            settings.key = Secret();
    });
    m_upstream->setScript(heldStream());
    HttpClient streaming(m_proxy->port);
    streaming.ask("x"_ba);
    QVERIFY(runUntil([&] { return streaming.response().length > 0; }));

    const Response answer = answerTo("GET"_ba, "/health"_ba);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, hasKey ? 200 : 503);
    QCOMPARE(answer.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(answer.fields.joined("cache-control"), "no-store"_ba);
    const QJsonObject json = parsed(answer.body);
    QCOMPARE(json["status"_L1].toString(), hasKey ? u"ok"_s : u"unavailable"_s);
    QCOMPARE(json["reason"_L1].toString().isEmpty(), hasKey);
    QCOMPARE(json["open_exchanges"_L1].toInt(-1), hasKey ? 1 : 0);

    const Response head = answerTo("HEAD"_ba, "/health"_ba);
    QCOMPARE(checkAnswer(head), QString());
    QCOMPARE(head.status, answer.status);
    QCOMPARE(head.fields.joined("content-length"), QByteArray::number(answer.body.size()));
}

void TestProxyServer::startPage_data()
{
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<bool>("asksForToken");
    QTest::newRow("ready") << true << false;
    QTest::newRow("ready, with tokens") << true << true;
    QTest::newRow("without a key") << false << false;
}

void TestProxyServer::startPage()
{
    QFETCH(const bool, hasKey);
    QFETCH(const bool, asksForToken);
    start([&](ProxySettings &settings) {
        if (!hasKey)
            settings.key = Secret();
        if (asksForToken)
            settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba)};
        settings.upstream.setPath(u"/path-of-upstream"_s);
    });

    const Response page = answerTo("GET"_ba, "/"_ba, "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"_ba);
    QCOMPARE(checkAnswer(page), QString());
    QCOMPARE(page.status, 200);
    QCOMPARE(page.fields.joined("content-type"), "text/html; charset=utf-8"_ba);
    QCOMPARE(page.fields.joined("cache-control"), "no-store"_ba);
    QCOMPARE(page.fields.joined("x-content-type-options"), "nosniff"_ba);
    // The page has no scripts, and nobody can put one into it.
    QVERIFY(page.fields.joined("content-security-policy").contains("default-src 'none'"));
    QVERIFY(!page.body.toLower().contains("<script"));
    QVERIFY(page.body.contains(own() + "/gemini-proxy"));
    QCOMPARE(page.body.contains("No key"), !hasKey);
    QCOMPARE(page.body.contains("Bearer TOKEN"), asksForToken);

    const Response head = answerTo("HEAD"_ba, "/"_ba);
    QCOMPARE(checkAnswer(head), QString());
    QCOMPARE(head.status, 200);
    QCOMPARE(head.fields.joined("content-length"), QByteArray::number(page.body.size()));

    const Response data = answerTo("GET"_ba, "/"_ba, "Accept: application/json\r\n"_ba);
    QCOMPARE(checkAnswer(data), QString());
    QCOMPARE(data.status, 200);
    QCOMPARE(data.fields.joined("content-type"), "application/json"_ba);
    const QJsonObject json = parsed(data.body);
    QCOMPARE(json["name"_L1].toString(), u"gemini-proxy"_s);
    QCOMPARE(json["model"_L1].toString(), u"gemini-flash-latest"_s);
    QCOMPARE(json["status"_L1].toString() == u"ok"_s, hasKey);
    QVERIFY(!json["version"_L1].toString().isEmpty());
    const QJsonArray endpoints = json["endpoints"_L1].toArray();
    QCOMPARE(endpoints.size(), routes().size());

    const QByteArray upstream = QByteArray::number(m_upstream->serverPort());
    for (const QByteArray &body : {page.body, data.body}) {
        for (const Route &route : routes())
            QVERIFY2(body.contains(route.path), route.path);
        QVERIFY(!body.contains("path-of-upstream"));
        QVERIFY(!body.contains(':' + upstream));
    }
    QVERIFY(upstreamIsUntouched());
}

void TestProxyServer::withoutAKey()
{
    start([](ProxySettings &settings) {
        settings.key = Secret();
        settings.connectionsAhead = 2; // there is no key to open them for
    });
    HttpClient client(m_proxy->port);
    client.ask("x"_ba, "x-goog-api-key: key-of-client\r\n"_ba); // the client's key is not used instead
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(checkError(client.response(), 503), QString());
    QVERIFY(client.response().body.contains("GEMINI_API_KEY"));
    QVERIFY(!client.response().body.contains("key-of-client"));
    client.ask("x"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(checkError(client.response(), 503), QString());
    QVERIFY(upstreamIsUntouched());
    QCOMPARE(m_proxy->ended.size(), 2);
    QCOMPARE(m_proxy->ended[0].status, 503);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Failed);
    QVERIFY(m_proxy->begun.isEmpty());
}

// ---- who may call ----

void TestProxyServer::token_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("client"); // "" = refused

    QTest::newRow("bearer") << ""_ba
                            << "Authorization: Bearer token-of-editor\r\n"_ba
                            << "editor"_ba;
    QTest::newRow("bearer in lower case") << ""_ba
                                          << "authorization: bearer token-of-editor\r\n"_ba
                                          << "editor"_ba;
    QTest::newRow("as a key") << ""_ba
                              << "x-goog-api-key: token-of-editor\r\n"_ba
                              << "editor"_ba;
    QTest::newRow("in the query") << "?key=token-of-editor"_ba
                                  << ""_ba
                                  << "editor"_ba;
    QTest::newRow("in the query, encoded") << "?model=m&key=token%2Dof%2deditor"_ba
                                           << ""_ba
                                           << "editor"_ba;
    QTest::newRow("another client's") << ""_ba
                                      << "Authorization: Bearer token-of-script\r\n"_ba
                                      << "script"_ba;

    QTest::newRow("none") << ""_ba
                          << ""_ba
                          << ""_ba;
    QTest::newRow("empty") << "?key="_ba
                           << "x-goog-api-key:\r\nAuthorization: Bearer \r\n"_ba
                           << ""_ba;
    QTest::newRow("unknown bearer") << ""_ba
                                    << "Authorization: Bearer token-of-nobody\r\n"_ba
                                    << ""_ba;
    QTest::newRow("unknown key") << ""_ba
                                 << "x-goog-api-key: token-of-nobody\r\n"_ba
                                 << ""_ba;
    QTest::newRow("unknown in the query") << "?key=token-of-nobody"_ba
                                          << ""_ba
                                          << ""_ba;
    QTest::newRow("half of it") << ""_ba
                                << "Authorization: Bearer token-of\r\n"_ba
                                << ""_ba;
    QTest::newRow("more than it") << ""_ba
                                  << "Authorization: Bearer token-of-editor2\r\n"_ba
                                  << ""_ba;
    QTest::newRow("in upper case") << ""_ba
                                   << "Authorization: Bearer TOKEN-OF-EDITOR\r\n"_ba
                                   << ""_ba;
    QTest::newRow("other scheme") << ""_ba
                                  << "Authorization: Basic token-of-editor\r\n"_ba
                                  << ""_ba;
    QTest::newRow("without scheme") << ""_ba
                                    << "Authorization: token-of-editor\r\n"_ba
                                    << ""_ba;
    QTest::newRow("the client's name") << ""_ba
                                       << "Authorization: Bearer editor\r\n"_ba
                                       << ""_ba;
    QTest::newRow("the real key") << ""_ba
                                  << "x-goog-api-key: key-of-this-test\r\n"_ba
                                  << ""_ba;
    QTest::newRow("in a cookie") << ""_ba
                                 << "Cookie: key=token-of-editor\r\n"_ba
                                 << ""_ba;
}

void TestProxyServer::token()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, client);
    start([](ProxySettings &settings) {
        settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba),
                           guard::makeToken("script"_ba, "token-of-script"_ba)};
    });
    const Response answer = answerTo("POST"_ba, "/gemini-proxy"_ba + query, fields, "x"_ba);
    if (!client.isEmpty()) {
        QCOMPARE(checkAnswer(answer), QString());
        QCOMPARE(answer.status, 200);
        QCOMPARE(m_upstream->requestCount(), 1);
        const ScriptedServer::Request sent = m_upstream->requests().first();
        QVERIFY(!sent.headBytes.toLower().contains("token"));
        QVERIFY(!sent.body.contains("token"));
        QCOMPARE(sent.head.fields.joined("x-goog-api-key"), QByteArray(TestProxy::key));
        QCOMPARE(m_proxy->ended.size(), 1);
        QCOMPARE(m_proxy->ended[0].client, client);
        return;
    }
    QCOMPARE(checkError(answer, 401), QString());
    QCOMPARE(answer.fields.joined("www-authenticate"), "Bearer"_ba);
    QVERIFY(!answer.body.contains("token-of"));
    QVERIFY(!answer.body.contains("editor")); // nor does it say whose tokens there are
    QVERIFY(upstreamIsUntouched());
    QVERIFY(m_proxy->started.isEmpty());
    // It is also not told which paths and methods there are.
    QCOMPARE(checkError(answerTo("GET"_ba, "/nothing"_ba + query, fields), 401), QString());
    QCOMPARE(checkError(answerTo("GET"_ba, "/gemini-proxy"_ba + query, fields), 401), QString());
}

void TestProxyServer::openWithoutAToken_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("none") << ""_ba;
    QTest::newRow("unknown") << "Authorization: Bearer token-of-nobody\r\n"_ba;
}

void TestProxyServer::openWithoutAToken()
{
    QFETCH(const QByteArray, fields);
    start([](ProxySettings &settings) { settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba)}; });
    for (const QByteArray &path : {"/"_ba, "/health"_ba}) {
        for (const QByteArray &method : {"GET"_ba, "HEAD"_ba}) {
            const Response answer = answerTo(method, path, fields);
            QCOMPARE(checkAnswer(answer), QString());
            QCOMPARE(answer.status, 200);
            QVERIFY(!answer.body.contains("editor"));
        }
    }
    QVERIFY(upstreamIsUntouched());
}

void TestProxyServer::strangersAreRefused_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");

    const QByteArray own = "OWN"_ba;
    QTest::newRow("rebound name") << "evil.example"_ba
                                  << ""_ba << 421;
    QTest::newRow("rebound name with the port") << "evil.example:PORT"_ba
                                                << ""_ba << 421;
    QTest::newRow("rebound name, its own origin") << "evil.example:PORT"_ba
                                                  << "Origin: http://evil.example:PORT\r\n"_ba << 421;
    QTest::newRow("ends like a known one") << "evil-localhost:PORT"_ba
                                           << ""_ba << 421;
    QTest::newRow("begins like it") << "127.0.0.1.evil.example:PORT"_ba
                                    << ""_ba << 421;
    QTest::newRow("unlisted origin") << own << "Origin: https://evil.example\r\n"_ba << 403;
    QTest::newRow("no origin to speak of") << own << "Origin: null\r\n"_ba << 403;
    QTest::newRow("empty origin") << own << "Origin:\r\n"_ba << 403;
    QTest::newRow("other scheme") << own << "Origin: https://OWN\r\n"_ba << 403;
    QTest::newRow("other local port") << own << "Origin: http://127.0.0.1:3000\r\n"_ba << 403;
    QTest::newRow("other local name") << own << "Origin: http://localhost:PORT\r\n"_ba << 403;
    QTest::newRow("listed one's other scheme") << own << "Origin: http://app.example\r\n"_ba << 403;
    QTest::newRow("begins like a listed one") << own << "Origin: https://app.example.evil\r\n"_ba << 403;
    QTest::newRow("listed and another") << own << "Origin: https://app.example\r\nOrigin: https://evil.example\r\n"_ba
                                        << 403;
    QTest::newRow("cross-site") << own << "Sec-Fetch-Site: cross-site\r\n"_ba << 403;
    QTest::newRow("same-site") << own << "Sec-Fetch-Site: same-site\r\n"_ba << 403;
    QTest::newRow("own origin, cross-site") << own << "Origin: http://OWN\r\nSec-Fetch-Site: cross-site\r\n"_ba << 403;
}

void TestProxyServer::strangersAreRefused()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, fields);
    QFETCH(const int, status);
    start([](ProxySettings &settings) { settings.allowedOrigins = {origin}; });
    const QByteArray rest = withOwnNames("Host: "_ba + host + "\r\n"_ba + fields);
    QByteArrayList requests = {
            "POST /gemini-proxy HTTP/1.1\r\n"_ba + rest + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"_ba,
            "GET /gemini-proxy HTTP/1.1\r\n"_ba + rest + "\r\n"_ba,
            "GET / HTTP/1.1\r\n"_ba + rest + "\r\n"_ba,
            "GET /nothing HTTP/1.1\r\n"_ba + rest + "\r\n"_ba,
            "OPTIONS /gemini-proxy HTTP/1.1\r\n"_ba + rest + "Access-Control-Request-Method: POST\r\n\r\n"_ba,
    };
    const QByteArray health = "GET /health HTTP/1.1\r\n"_ba + rest + "\r\n"_ba;
    if (status == 403)
        requests.append(health);
    else if (!fields.contains("Origin"))
        QCOMPARE(answerTo(health).status, 200); // /health may be asked by any name
    for (const QByteArray &request : requests) {
        const Response answer = answerTo(request);
        QVERIFY2(checkError(answer, status).isEmpty(),
                 qPrintable(checkError(answer, status) + u" to "_s + QString::fromLatin1(request)));
        QVERIFY(!namesAccessControl(answer));
    }
    QVERIFY(upstreamIsUntouched());
    QVERIFY(m_proxy->started.isEmpty());
}

void TestProxyServer::ownNamesAreServed_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("fields");

    QTest::newRow("address") << "127.0.0.1:PORT"_ba
                             << ""_ba;
    QTest::newRow("name") << "LocalHost:PORT"_ba
                          << ""_ba;
    QTest::newRow("IPv6") << "[::1]:PORT"_ba
                          << ""_ba;
    QTest::newRow("mapped port") << "localhost:9090"_ba
                                 << ""_ba;
    QTest::newRow("other address") << "192.168.1.2"_ba
                                   << ""_ba;
    QTest::newRow("Docker's name") << "host.docker.internal:PORT"_ba
                                   << ""_ba;
    QTest::newRow("configured pattern") << "phone.home.arpa:PORT"_ba
                                        << ""_ba;
    QTest::newRow("configured name") << "desk.lan"_ba
                                     << ""_ba;
    QTest::newRow("configured name, any port") << "desk.lan:1234"_ba
                                               << ""_ba;
    QTest::newRow("own origin") << "localhost:PORT"_ba
                                << "Origin: http://localhost:PORT\r\n"_ba;
    QTest::newRow("own page") << "127.0.0.1:PORT"_ba
                              << "Origin: http://127.0.0.1:PORT\r\nSec-Fetch-Site: same-origin\r\n"_ba;
    QTest::newRow("typed by the user") << "127.0.0.1:PORT"_ba
                                       << "Sec-Fetch-Site: none\r\n"_ba;
}

void TestProxyServer::ownNamesAreServed()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QByteArray, fields);
    start([](ProxySettings &settings) { settings.allowedHosts = {"desk.lan"_ba, "*.home.arpa"_ba}; });
    const QByteArray rest = withOwnNames("Host: "_ba + host + "\r\n"_ba + fields);
    const Response answer = answerTo("POST /gemini-proxy HTTP/1.1\r\n"_ba + rest + "Content-Length: 1\r\n\r\nx"_ba);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, firstEvent);
    QVERIFY(!namesAccessControl(answer)); // it needs none
}

void TestProxyServer::preflight_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("asksForToken");

    QTest::newRow("prompt") << "/gemini-proxy"_ba
                            << "POST"_ba << false;
    QTest::newRow("prompt, with tokens") << "/gemini-proxy"_ba
                                         << "POST"_ba << true;
    QTest::newRow("health") << "/health"_ba
                            << "GET"_ba << false;
}

void TestProxyServer::preflight()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, method);
    QFETCH(const bool, asksForToken);
    start([&](ProxySettings &settings) {
        settings.allowedOrigins = {"https://other.example"_ba, origin};
        if (asksForToken)
            settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba)};
    });
    HttpClient client(m_proxy->port);
    client.send(client.request("OPTIONS"_ba, path,
                               "Origin: "_ba + origin + "\r\nAccess-Control-Request-Method: "_ba + method
                                       + "\r\nAccess-Control-Request-Headers: authorization,content-type,"
                                         "http-referer,x-title,x-server-timeout,baggage,x-stainless-os,no good\r\n"
                                         "Access-Control-Request-Private-Network: true\r\n"
                                         "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n"_ba));
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    const Response answer = client.response();
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, 204);
    QVERIFY(answer.body.isEmpty());
    QVERIFY(!answer.fields.contains("content-length"));
    QVERIFY(!answer.fields.contains("transfer-encoding"));
    QCOMPARE(answer.fields.joined("access-control-allow-origin"), origin);
    QVERIFY(answer.fields.hasListItem("vary", "origin"));
    QVERIFY(answer.fields.hasListItem("access-control-allow-methods", method));
    for (const char *name : {"authorization", "content-type", "x-goog-api-key", "x-request-id", "http-referer",
                             "x-title", "x-server-timeout", "baggage", "x-stainless-os"})
        QVERIFY2(answer.fields.hasListItem("access-control-allow-headers", name), name);
    QVERIFY(!answer.fields.joined("access-control-allow-headers").contains("no good"));
    QVERIFY(answer.fields.contains("access-control-max-age"));
    QVERIFY(!answer.fields.contains("access-control-allow-credentials")); // there are no cookies
    QVERIFY(upstreamIsUntouched());
    QVERIFY(m_proxy->started.isEmpty());

    client.get("/health"_ba); // the connection goes on
    QVERIFY(runUntil([&] { return client.hasEnded(2); }));
    QCOMPARE(client.response().status, 200);
}

void TestProxyServer::listedOriginCanRead_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");

    const QByteArray token = "Authorization: Bearer token-of-editor\r\n"_ba;
    QTest::newRow("answer") << "POST"_ba
                            << "/gemini-proxy"_ba << token << 200;
    QTest::newRow("health") << "GET"_ba
                            << "/health"_ba << token << 200;
    QTest::newRow("bad request") << "POST"_ba
                                 << "/gemini-proxy?model=.."_ba << token << 400;
    // Otherwise a page would only learn that something failed.
    QTest::newRow("no token") << "POST"_ba
                              << "/gemini-proxy"_ba
                              << ""_ba << 401;
    QTest::newRow("no such path") << "POST"_ba
                                  << "/nothing"_ba << token << 404;
    QTest::newRow("wrong method") << "PUT"_ba
                                  << "/gemini-proxy"_ba << token << 405;
}

void TestProxyServer::listedOriginCanRead()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, token);
    QFETCH(const int, status);
    start([](ProxySettings &settings) {
        settings.allowedOrigins = {origin};
        settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba)};
    });
    // The CORS fields of an upstream are not passed on.
    m_upstream->setScript(
            {Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nAccess-Control-Allow-Origin: *\r\n"
                        "Access-Control-Allow-Credentials: true\r\nAccess-Control-Expose-Headers: X-Theirs\r\n"
                        "Content-Length: 2\r\n\r\n: "_ba)});
    const Response answer =
            answerTo(method, target, "Origin: "_ba + origin + "\r\nSec-Fetch-Site: cross-site\r\n"_ba + token,
                     method == "GET" ? ""_ba : "x"_ba);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.fields.joined("access-control-allow-origin"), origin);
    QVERIFY(answer.fields.hasListItem("vary", "origin"));
    QVERIFY(answer.fields.hasListItem("access-control-expose-headers", "x-request-id"));
    QVERIFY(!answer.fields.hasListItem("access-control-expose-headers", "x-theirs"));
    QVERIFY(!answer.fields.contains("access-control-allow-credentials"));
    QCOMPARE(m_upstream->requestCount(), target == "/gemini-proxy" && status == 200 ? 1 : 0);
}

// ---- the answer's head ----

void TestProxyServer::upstreamFieldsThatPass()
{
    m_upstream->setScript({Step::send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=theirs\r\nCache-Control: private, max-age=9\r\n"
            "Set-Cookie: a=theirs\r\nSet-Cookie: b=theirs\r\nAlt-Svc: h3=\"theirs\"\r\n"
            "Strict-Transport-Security: max-age=1; theirs\r\nVia: 1.1 theirs\r\nNEL: theirs\r\n"
            "Report-To: theirs\r\nX-Request-Id: theirs\r\nAccess-Control-Allow-Origin: *\r\n"
            "Connection: keep-alive, X-Hop\r\nX-Hop: theirs\r\nKeep-Alive: timeout=5, theirs\r\n"
            "Proxy-Authenticate: theirs\r\nUpgrade: theirs\r\nTrailer: X-Theirs\r\n"
            "Server: kept\r\nX-Custom: kept\r\nServer-Timing: kept\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"_ba
            + http::encodeChunk(firstEvent) + "0\r\nX-Theirs: theirs\r\n\r\n"_ba)});
    const Response answer = answerTo("POST"_ba, "/gemini-proxy"_ba, {}, "x"_ba);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, firstEvent);
    QByteArrayList names;
    for (const http::Field &field : answer.fields) {
        QVERIFY2(!field.value.toLower().contains("theirs"), field.name.constData());
        names.append(field.name.toLower());
    }
    std::sort(names.begin(), names.end());
    // Connection, Keep-Alive and Transfer-Encoding are this connection's own.
    const QByteArrayList expected = {"cache-control"_ba, "connection"_ba,  "content-type"_ba,  "date"_ba,
                                     "keep-alive"_ba,    "server"_ba,      "server-timing"_ba, "transfer-encoding"_ba,
                                     "x-custom"_ba,      "x-request-id"_ba};
    QCOMPARE(names, expected);
    QCOMPARE(answer.fields.value("content-type"), "text/event-stream"_ba);
    QCOMPARE(answer.fields.value("cache-control"), "no-cache"_ba);
    QCOMPARE(answer.fields.value("transfer-encoding"), "chunked"_ba);
    for (const char *name : {"server", "x-custom", "server-timing"})
        QCOMPARE(answer.fields.value(name), "kept"_ba);
    QCOMPARE(answer.fields.value("date"), "Mon, 01 Jan 2024 00:00:00 GMT"_ba);
}

// An error of Gemini's own is passed on as it is.
void TestProxyServer::upstreamErrorFields()
{
    const QByteArray body = "{\"error\": {\"code\": 429, \"extra\": [1]}}\n"_ba;
    m_upstream->setScript(
            {Step::send("HTTP/1.1 429 Slow down\r\nContent-Type: application/json; charset=UTF-8\r\nRetry-After: 34\r\n"
                        "Set-Cookie: a=theirs\r\nAlt-Svc: theirs\r\nX-Request-Id: theirs\r\nCache-Control: private\r\n"
                        "Content-Length: "_ba
                        + QByteArray::number(body.size()) + "\r\n\r\n"_ba + body)});
    const Response answer = answerTo("POST"_ba, "/gemini-proxy"_ba, {}, "x"_ba);
    QCOMPARE(checkAnswer(answer), QString());
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.fields.joined("retry-after"), "34"_ba);
    QCOMPARE(answer.fields.joined("content-type"), "application/json; charset=UTF-8"_ba);
    QCOMPARE(answer.fields.joined("cache-control"), "private"_ba);
    QCOMPARE(answer.fields.joined("content-length"), QByteArray::number(body.size()));
    for (const char *name : {"set-cookie", "alt-svc", "transfer-encoding"})
        QVERIFY2(!answer.fields.contains(name), name);
    QCOMPARE(m_upstream->requestCount(), 1); // passed on at once
    QCOMPARE(m_proxy->ended.value(0).end, ExchangeInfo::End::Complete);
}

void TestProxyServer::requestId_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("kept");
    QTest::newRow("word") << "my-request_1.2:3"_ba << true;
    QTest::newRow("128 letters") << QByteArray(128, 'x') << true;
    QTest::newRow("none") << ""_ba << false;
    QTest::newRow("129 letters") << QByteArray(129, 'x') << false;
    QTest::newRow("line of a log") << "a status=200"_ba << false;
    QTest::newRow("markup") << "<b>"_ba << false;
}

void TestProxyServer::requestId()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const bool, kept);
    const QByteArray fields = sent.isEmpty() ? ""_ba : "X-Request-Id: "_ba + sent + "\r\n"_ba;
    const Response answers[] = {
            answerTo("POST"_ba, "/gemini-proxy"_ba, fields, "x"_ba),
            answerTo("POST"_ba, "/gemini-proxy"_ba, fields), // an empty prompt
            answerTo("GET"_ba, "/"_ba, fields),
            answerTo("GET"_ba, "/nothing"_ba, fields),
            answerTo("DELETE"_ba, "/health"_ba, fields),
    };
    QSet<QByteArray> ids;
    for (const Response &answer : answers) {
        QCOMPARE(checkAnswer(answer), QString());
        ids.insert(answer.fields.value("x-request-id"));
    }
    if (kept) {
        QCOMPARE(ids, QSet<QByteArray>{sent});
    } else {
        QCOMPARE(ids.size(), 5); // a new one each time
        QVERIFY(!ids.contains(sent));
    }
    QCOMPARE(m_proxy->ended.size(), 2);
    QCOMPARE(m_proxy->ended[0].requestId, answers[0].fields.value("x-request-id"));
    QCOMPARE(m_proxy->ended[1].requestId, answers[1].fields.value("x-request-id"));
}

// ---- connections ----

void TestProxyServer::keepAlive()
{
    m_upstream->setScript([](const ScriptedServer::Request &request) { return wholeStream(request.body); });
    HttpClient client(m_proxy->port);
    for (int i = 1; i <= 3; ++i) {
        client.ask(QByteArray::number(i));
        QVERIFY(runUntil([&] { return client.hasEnded(i); }));
        QCOMPARE(checkAnswer(client.response()), QString());
        QCOMPARE(client.response().status, 200);
        QVERIFY(client.response().body.contains("\"text\":\""_ba + QByteArray::number(i) + '"'));
        QCOMPARE(client.response().fields.joined("connection"), "keep-alive"_ba);
        QCOMPARE(client.response().fields.joined("keep-alive"), "timeout=120"_ba);
    }
    client.get("/health"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(4); }));
    QVERIFY(client.isConnected());
    QCOMPARE(m_upstream->requestCount(), 3);
    QCOMPARE(m_upstream->connectionCount(), 1); // the connection to the upstream is kept, too
    QCOMPARE(m_proxy->ended.size(), 3);
    QCOMPARE(m_proxy->ended[2].number, 3U);
}

void TestProxyServer::pipelined()
{
    m_upstream->setScript([](const ScriptedServer::Request &request) {
        return Script{Step::waitForRelease()} + wholeStream(request.body);
    });
    HttpClient client(m_proxy->port);
    client.send(client.request("POST"_ba, "/gemini-proxy"_ba, "X-Request-Id: one\r\n"_ba, "first"_ba)
                + client.request("POST"_ba, "/gemini-proxy"_ba, "X-Request-Id: two\r\n"_ba, "second"_ba)
                + client.request("GET"_ba, "/health"_ba, "X-Request-Id: three\r\n"_ba));
    QVERIFY(runUntil([&] { return m_upstream->waitingForRelease() == 1; }));
    m_upstream->release();
    QVERIFY(runUntil([&] { return client.hasEnded(1) && m_upstream->waitingForRelease() == 1; }));
    QCOMPARE(client.responses().size(), 1); // each waits for the one before it
    m_upstream->release();
    QVERIFY(runUntil([&] { return client.hasEnded(3); }));

    QCOMPARE(client.responses().size(), 3);
    const QByteArrayList ids = {"one"_ba, "two"_ba, "three"_ba};
    const QByteArrayList bodies = {"\"first\""_ba, "\"second\""_ba, "\"ok\""_ba};
    for (qsizetype i = 0; i < 3; ++i) {
        const Response answer = client.responses()[i];
        QCOMPARE(checkAnswer(answer), QString());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.fields.value("x-request-id"), ids[i]);
        QVERIFY(answer.body.contains(bodies[i]));
    }
    QCOMPARE(m_upstream->requestCount(), 2);
}

void TestProxyServer::tokenTakenBackWhileItsRequestIsSent()
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    settings.tokens = {guard::makeToken("editor"_ba, "token-of-editor"_ba)};
    m_proxy = std::make_unique<TestProxy>(settings);
    HttpClient client(m_proxy->port);
    const QByteArray request =
            client.request("POST"_ba, "/gemini-proxy"_ba,
                           "Authorization: Bearer token-of-editor\r\nExpect: 100-continue\r\n"_ba, "hello"_ba);
    client.send(request.chopped(5));
    QVERIFY(runUntil([&] { return client.informational() == QList<int>{100}; })); // it may go on
    settings.tokens = {guard::makeToken("script"_ba, "token-of-script"_ba)};
    m_proxy->server.apply(settings);
    client.send(request.last(5));
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(checkError(client.response(), 401), QString());
    QCOMPARE(client.response().fields.value("www-authenticate"), "Bearer"_ba);
    QVERIFY(upstreamIsUntouched());
    QVERIFY(m_proxy->started.isEmpty());
}

// Base URLs that end in a slash, as with Google's JavaScript SDK, lead to such paths.
void TestProxyServer::spareSlashes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("upstream"); // "" = the upstream is not asked
    QTest::addColumn<int>("status");
    const auto row = [](const char *method, const char *target, const char *upstream, int status = 200) {
        QTest::newRow(target) << QByteArray(method) << QByteArray(target) << QByteArray(upstream) << status;
    };
    row("POST", "//gemini-proxy", "/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse");
    row("POST", "/gemini-proxy/?model=m", "/v1beta/models/m:streamGenerateContent?alt=sse");
    row("GET", "//v1beta/models", "/v1beta/models");
    row("GET", "/v1beta//models/?pageToken=a//b/", "/v1beta/models?pageToken=a//b/");
    row("POST", "//v1beta/models/m:generateContent", "/v1beta/models/m:generateContent");
    row("POST", "/v1//chat/completions", "/v1beta/openai/chat/completions");
    row("POST", "//openai/v1/chat/completions/", "/v1beta/openai/chat/completions");
    row("POST", "//upload/v1beta/files", "/upload/v1beta/files");
    row("GET", "//health/", "");
    row("GET", "//", "");
    row("GET", "//evil.example/x", "", 404);
    row("GET", "//evil.example/v1beta/models", "", 404);
    row("GET", "//v1beta//..//x", "", 400);
}

void TestProxyServer::spareSlashes()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, upstream);
    QFETCH(const int, status);
    const Response answer = answerTo(method, target, {}, method == "POST" ? "{}"_ba : ""_ba);
    QCOMPARE(answer.status, status);
    QCOMPARE(m_upstream->requestCount(), upstream.isEmpty() ? 0 : 1);
    if (!upstream.isEmpty())
        QCOMPARE(m_upstream->requests()[0].head.target, upstream);
}

// ---- begin and end ----

void TestProxyServer::bothLoopbacks()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHostIPv6))
        QSKIP("there is no IPv6");
    start([](ProxySettings &settings) { settings.bothLoopbacks = true; });
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHostIPv6, m_proxy->port);
    client.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(client.readAll().startsWith("HTTP/1.1 200 "));
    QCOMPARE(answerTo("GET"_ba, "/health"_ba).status, 200); // and at 127.0.0.1

    QSignalSpy stopped(&m_proxy->server, &ProxyServer::stopped);
    m_proxy->server.stop(10s);
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(probe.isListening());
    QTcpServer next; // both ends of the port are free again
    QVERIFY(next.listen(QHostAddress::LocalHostIPv6, m_proxy->port));
}

void TestProxyServer::otherLoopbackTaken()
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6))
        QSKIP("there is no IPv6");
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"another program has port %1 of ::1"_s.arg(other.serverPort())));
    start([&other](ProxySettings &settings) {
        settings.bothLoopbacks = true;
        settings.port = other.serverPort();
    });
    QCOMPARE(m_proxy->port, other.serverPort());
    QCOMPARE(answerTo("GET"_ba, "/health"_ba).status, 200);
}

void TestProxyServer::portTaken()
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    settings.port = m_proxy->port;
    ProxyServer second(settings);
    const auto listening = second.listen();
    QVERIFY(!listening);
    QVERIFY(listening.error().portTaken);
    QVERIFY(!listening.error().message.isEmpty());
    QCOMPARE(second.port(), quint16(0));
    QCOMPARE(answerTo("GET"_ba, "/health"_ba).status, 200);
}

void TestProxyServer::stopWhenIdle_data()
{
    QTest::addColumn<bool>("listens");
    QTest::addColumn<bool>("isUsed");
    QTest::newRow("never listened") << false << false;
    QTest::newRow("nobody there") << true << false;
    QTest::newRow("idle connections") << true << true;
}

void TestProxyServer::stopWhenIdle()
{
    QFETCH(const bool, listens);
    QFETCH(const bool, isUsed);
    m_proxy.reset();
    ProxyServer server(TestProxy::settingsFor(m_upstream->url()));
    quint16 port = m_upstream->serverPort(); // does not matter
    if (listens) {
        const auto listening = server.listen();
        QVERIFY(listening);
        port = *listening;
    }
    HttpClient used(port);
    HttpClient unused(port);
    if (isUsed) {
        used.ask("x"_ba);
        QVERIFY(runUntil([&] { return used.hasEnded() && unused.isConnected(); }));
        QCOMPARE(used.response().status, 200);
    } else {
        used.close();
        unused.close();
    }

    QSignalSpy stopped(&server, &ProxyServer::stopped);
    server.stop(1h);
    server.stop(0ms);             // a second call changes nothing
    QCOMPARE(stopped.count(), 0); // never inside the call
    QVERIFY(runUntil([&] { return stopped.count() > 0; }));
    if (isUsed) {
        QVERIFY(runUntil([&] { return used.wasClosed() && unused.wasClosed(); }));
        QVERIFY(!used.wasReset());
        QCOMPARE(unused.responses().size(), 0); // there is nothing to say
    }
    if (listens) {
        HttpClient late(port);
        QVERIFY(runUntil([&] { return late.hasEnded(); }));
        QVERIFY(late.wasRefused());
    }
    QCOMPARE(stopped.count(), 1);
}

void TestProxyServer::stopLetsStreamsFinish()
{
    m_upstream->setScript(heldStream());
    HttpClient idle(m_proxy->port);
    HttpClient client(m_proxy->port);
    client.send(client.request("POST"_ba, "/gemini-proxy"_ba, {}, "x"_ba)
                + client.request("POST"_ba, "/gemini-proxy"_ba, {}, "one more"_ba));
    QVERIFY(runUntil([&] { return idle.isConnected() && client.response().body == firstEvent; }));

    QSignalSpy stopped(&m_proxy->server, &ProxyServer::stopped);
    m_proxy->server.stop(1h);
    QVERIFY(runUntil([&] { return idle.wasClosed(); }));
    HttpClient late(m_proxy->port);
    QVERIFY(runUntil([&] { return late.hasEnded(); }));
    QVERIFY(late.wasRefused());
    QCOMPARE(stopped.count(), 0);
    QCOMPARE(m_proxy->server.openExchanges(), 1);
    QCOMPARE(client.response().end, End::Running);

    m_upstream->release();
    QVERIFY(runUntil([&] { return client.wasClosed() && stopped.count() > 0; }));
    QCOMPARE(client.responses().size(), 1); // the pipelined one was not begun
    QCOMPARE(checkAnswer(client.response()), QString());
    QCOMPARE(client.response().body, firstEvent + secondEvent);
    QVERIFY(!client.wasReset());
    QCOMPARE(m_upstream->requestCount(), 1);
    QCOMPARE(stopped.count(), 1);
    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Complete);
}

void TestProxyServer::letFinishTakesTheHurryAway()
{
    m_upstream->setScript(heldStream());
    HttpClient client(m_proxy->port);
    client.ask("x"_ba);
    QVERIFY(runUntil([&] { return client.response().body == firstEvent; }));

    QSignalSpy stopped(&m_proxy->server, &ProxyServer::stopped);
    m_proxy->server.stop(10ms);
    m_proxy->server.letFinish();
    // Set once a timer has fired that is due after the server's would have been.
    bool later = false;
    QTimer::singleShot(100ms, this, [&] { later = true; });
    QVERIFY(runUntil([&] { return later; }));
    QCOMPARE(m_proxy->server.openExchanges(), 1);
    QCOMPARE(stopped.count(), 0);

    m_upstream->release();
    QVERIFY(runUntil([&] { return client.wasClosed() && stopped.count() > 0; }));
    QCOMPARE(checkAnswer(client.response()), QString());
    QCOMPARE(client.response().body, firstEvent + secondEvent);
    m_proxy->server.stop(0ms); // too late to emit stopped() again
    QCOMPARE(stopped.count(), 1);
}

void TestProxyServer::stopEndsWhatTakesTooLong_data()
{
    QTest::addColumn<bool>("begun");
    QTest::newRow("a stream") << true;
    QTest::newRow("no byte yet") << false;
}

void TestProxyServer::stopEndsWhatTakesTooLong()
{
    QFETCH(const bool, begun);
    m_upstream->setScript(begun ? heldStream() : Script{Step::waitForRelease()});
    HttpClient client(m_proxy->port);
    client.ask("x"_ba);
    QVERIFY(runUntil(
            [&] { return m_upstream->waitingForRelease() == 1 && (!begun || client.response().body == firstEvent); }));

    QSignalSpy stopped(&m_proxy->server, &ProxyServer::stopped);
    m_proxy->server.stop(50ms);
    QCOMPARE(stopped.count(), 0);
    QVERIFY(runUntil([&] { return client.wasClosed() && stopped.count() > 0; }));
    QCOMPARE(client.responses().size(), 1);
    const Response answer = client.response();
    QVERIFY(!client.wasReset()); // a reset could destroy what was sent before
    if (begun) {
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.end, End::Cut); // without the last chunk
        const QByteArray begin = firstEvent + "event: error\ndata: "_ba;
        QVERIFY(answer.body.startsWith(begin));
        QVERIFY(answer.body.endsWith("}\n\n"));
        QCOMPARE(checkErrorJson(answer.body.sliced(begin.size()), 503, "UNAVAILABLE"_ba), QString());
    } else {
        QCOMPARE(checkError(answer, 503), QString());
    }
    QVERIFY(runUntil([&] { return m_upstream->openConnections() == 0; }));
    QCOMPARE(stopped.count(), 1);
    QCOMPARE(m_proxy->server.openExchanges(), 0);
    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Failed);
    QVERIFY(!m_proxy->ended[0].failure.isEmpty());
}

// The stream ends, and nothing is announced any more.
void TestProxyServer::destroyedWithAStream()
{
    m_upstream->setScript(heldStream());
    auto server = std::make_unique<ProxyServer>(TestProxy::settingsFor(m_upstream->url()));
    const auto listening = server->listen();
    QVERIFY(listening);
    QSignalSpy ended(server.get(), &ProxyServer::exchangeEnded);
    QSignalSpy stopped(server.get(), &ProxyServer::stopped);
    HttpClient client(*listening);
    client.ask("x"_ba);
    QVERIFY(runUntil([&] { return client.response().body == firstEvent; }));

    server.reset();
    QVERIFY(runUntil([&] { return client.wasClosed() && m_upstream->openConnections() == 0; }));
    QCOMPARE(client.response().end, End::Cut);
    QCOMPARE(ended.count(), 0);
    QCOMPARE(stopped.count(), 0);
}

QTEST_GUILESS_MAIN(TestProxyServer)
#include "tst_proxyserver.moc"
