#include "proxy/guard/guard.h"
#include "proxy/http/chunked.h"
#include "proxy/routes/routes.h"
#include "tests/support/proxyfixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {

const QByteArray generate = "/v1beta/models/gemini-2.5-flash:generateContent"_ba;

// Whether the field belongs to one connection, or is for the proxy to set.
bool isFraming(const QByteArray &name)
{
    for (const char *own : {"host", "connection", "keep-alive", "content-length", "accept-encoding", "user-agent",
                            "x-goog-api-key", "transfer-encoding", "date", "x-request-id", "gemini-proxy-loop"}) {
        if (http::equalIgnoringCase(name, own))
            return true;
    }
    return false;
}

QByteArrayList lines(const http::Fields &fields)
{
    QByteArrayList all;
    for (const http::Field &field : fields) {
        if (!isFraming(field.name))
            all.append(field.name + ": " + field.value);
    }
    return all;
}

} // namespace

// Gemini's own API through the proxy: nothing changes but what must.
class TestPassThrough : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void route_data();
    void route();
    void target_data();
    void target();
    void credentialsStayHere_data();
    void credentialsStayHere();
    void tokenInTheQuery();
    void fieldsArrive();
    void upstreamWithAPath();
    void answer_data();
    void answer();
    void errorsPass_data();
    void errorsPass();
    void redirect_data();
    void redirect();
    void modelIsTold_data();
    void modelIsTold();
    void cutAnswerIsCut_data();
    void cutAnswerIsCut();
    void unreachable();
    void unavailableIsTriedAgain_data();
    void unavailableIsTriedAgain();
    void tooLarge_data();
    void tooLarge();
    void withoutAKey();
    void contentsAreReported();
    void preflight_data();
    void preflight();
    void preflightOfTheOwnOriginStaysHere();
    void strangersAreRefused();

    void anythingPassesUnchanged();

private:
    std::unique_ptr<ProxyFixture> m_test;
};

void TestPassThrough::init()
{
    m_test = std::make_unique<ProxyFixture>();
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba, "{}"_ba));
    QVERIFY(m_test->start());
}

// ---- requests ----

void TestPassThrough::route_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("route");

    for (const char *method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"})
        QTest::addRow("%s", method) << QByteArray(method) << generate << "native"_ba;
    for (const char *path :
         {"/v1beta/models", "/v1beta/models/gemini-2.5-flash", "/v1beta/cachedContents", "/v1beta/x:yetUnknown",
          "/v1alpha/models/m:bidi", "/v1alpha/auth_tokens", "/v1/models/m:generateContent", "/v1/models/m:yetUnknown",
          "/v1/operations/o", "/v1/chat/other", "/v1beta/openai"})
        QTest::addRow("%s", path) << "POST"_ba << QByteArray(path) << "native"_ba;
    QTest::newRow("upload") << "POST"_ba
                            << "/upload/v1beta/files"_ba
                            << "upload"_ba;
    QTest::newRow("download") << "GET"_ba
                              << "/download/v1beta/files/f:download"_ba
                              << "download"_ba;
}

void TestPassThrough::route()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, route);
    const QByteArray body = method == "POST" || method == "PUT" || method == "PATCH" ? "{\"a\": 1}"_ba : ""_ba;
    const Response answer = m_test->answerTo(method, path, "Content-Type: text/x-own; a=b\r\n"_ba, body);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, method == "HEAD" ? ""_ba : "{}"_ba);
    QCOMPARE(answer.fields.joined("content-length"), "2"_ba);
    QCOMPARE(answer.fields.count("x-request-id"), 1);
    QCOMPARE(m_test->upstream.requestCount(), 1);
    const ScriptedServer::Request &sent = m_test->upstream.requests()[0];
    QCOMPARE(sent.head.method, method);
    QCOMPARE(sent.head.target, path);
    QCOMPARE(sent.body, body);
    QCOMPARE(sent.head.fields.joined("content-type"), "text/x-own; a=b"_ba);
    QCOMPARE(m_test->checkCredentials(), QString());
    QCOMPARE(m_test->proxy->ended.size(), 1);
    QCOMPARE(m_test->proxy->ended[0].route, route);
    QCOMPARE(m_test->proxy->ended[0].path, path);
    QCOMPARE(m_test->proxy->ended[0].requestBytes, body.size());
}

void TestPassThrough::target_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected"); // "" = refused

    const auto same = [](const char *name, const QByteArray &target) { QTest::newRow(name) << target << target; };
    same("query", "/v1beta/models?pageSize=5&pageToken=a%2Fb%3D"_ba);
    same("empty values and names", "/v1beta/models?a=&=b&&c&d==e&"_ba);
    same("encoded", "/v1beta/tunedModels/gr%C3%BCn%20x%7e?q=%E2%82%AC+%2B"_ba);
    same("lower and upper hex", "/v1beta/models?a=%c3%Bc"_ba);
    same("a question mark in the query", "/v1beta/models?a=b?c=d"_ba);
    same("names that begin like it", "/v1beta/models?keys=1&monkey=2&key2=3&x.key=4"_ba);
    same("odd but allowed", "/v1beta/models/m:do!$&'()*+,;=~-._x"_ba);
    QTest::newRow("double slash inside") << "/v1beta//models"_ba
                                         << "/v1beta/models"_ba;

    QTest::newRow("the key alone") << "/v1beta/models?key=secret-of-client"_ba
                                   << "/v1beta/models"_ba;
    QTest::newRow("the key between") << "/v1beta/models?a=1&key=secret-of-client&b=2"_ba
                                     << "/v1beta/models?a=1&b=2"_ba;
    QTest::newRow("the key first") << "/v1beta/models?key=x&b=2"_ba
                                   << "/v1beta/models?b=2"_ba;
    QTest::newRow("the key last") << "/v1beta/models?a=1&key=x"_ba
                                  << "/v1beta/models?a=1"_ba;

    QTest::newRow("dots") << "/v1beta/../x"_ba
                          << ""_ba;
    QTest::newRow("encoded dots") << "/v1beta/%2e%2e/x"_ba
                                  << ""_ba;
    same("encoded slash", "/v1beta/models%2Fx"_ba);
    QTest::newRow("encoded slash and dots") << "/v1beta/models%2F..%2Fx"_ba
                                            << ""_ba;
    QTest::newRow("another host") << "/v1beta/@evil.example"_ba
                                  << ""_ba;
}

void TestPassThrough::target()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, expected);
    const Response answer = m_test->answerTo("GET"_ba, target);
    if (expected.isEmpty()) {
        QCOMPARE(ProxyFixture::checkError(answer, 400), QString());
        QCOMPARE(m_test->upstream.connectionCount(), 0);
        return;
    }
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_test->upstream.requests().value(0).head.target, expected);
    QCOMPARE(m_test->checkCredentials(), QString());
}

void TestPassThrough::credentialsStayHere_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("fields");

    for (const char *name :
         {"key", "Key", "KEY", "%6bey", "k%65%79", "%6B%45%59", "$key", "%24key", "access_token", "oauth_token"})
        QTest::addRow("?%s=", name) << QByteArray("?"_ba + name + "=secret-of-client") << ""_ba;
    QTest::newRow("again and again") << "?key=secret-of-client&a=b&key=secret-of-client2&%6bey=secret-of-client3"_ba
                                     << ""_ba;
    for (const char *name : {"Authorization: Bearer ", "authorization: Basic ",
                             "x-goog-api-key: ", "X-GOOG-API-KEY: ", "Cookie: a=", "Proxy-Authorization: Bearer ",
                             "x-api-key: ", "api-key: ", "X-Goog-Iam-Authorization-Token: "})
        QTest::addRow("%s", name) << ""_ba << QByteArray(name + "secret-of-client\r\n"_ba);
    QTest::newRow("all at once") << "?key=secret-of-client"_ba
                                 << "Authorization: Bearer secret-of-client\r\nx-goog-api-key: secret-of-client\r\n"
                                    "x-goog-api-key: secret-of-client\r\nCookie: a=secret-of-client\r\n"_ba;
}

void TestPassThrough::credentialsStayHere()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, fields);
    for (const QByteArray &path : {generate, "/upload/v1beta/files"_ba}) {
        const Response answer = m_test->answerTo("POST"_ba, path + query, fields, "{}"_ba);
        QCOMPARE(answer.status, 200);
        QCOMPARE(m_test->checkCredentials(), QString());
        const QByteArray sent = m_test->upstream.requests().last().head.target;
        QCOMPARE(sent, query.contains("a=b") ? path + "?a=b" : path);
    }
}

void TestPassThrough::tokenInTheQuery()
{
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.tokens = {guard::makeToken("editor"_ba, "secret-of-client"_ba)}; }));
    QCOMPARE(m_test->answerTo("POST"_ba, generate + "?alt=sse&key=secret-of-client", {}, "{}"_ba).status, 200);
    QCOMPARE(m_test->checkCredentials(), QString());
    QCOMPARE(m_test->upstream.requests().last().head.target, generate + "?alt=sse");
    QCOMPARE(m_test->proxy->ended.last().client, "editor"_ba);
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("POST"_ba, generate + "?key=other", {}, "{}"_ba), 401),
             QString());
    QCOMPARE(m_test->upstream.requestCount(), 1);
}

void TestPassThrough::fieldsArrive()
{
    const QByteArray fields = "X-Goog-Api-Client: google-genai-sdk/1.0 gl-node/20\r\n"
                              "x-goog-fieldmask: a\r\nX-Goog-FieldMask: b\r\n"
                              "User-Agent: sdk/1\r\nAccept: */*\r\nX-Empty:\r\nX-Server-Timeout: 60\r\n"
                              "Accept-Language: gr\xc3\xbc\r\nRange: bytes=0-3\r\nIf-None-Match: \"x\"\r\n"_ba;
    QCOMPARE(m_test->answerTo("POST"_ba, generate, fields + "Accept-Encoding: gzip, br\r\n", "{}"_ba).status, 200);
    const http::Fields sent = m_test->upstream.requests().value(0).head.fields;
    QCOMPARE(lines(sent),
             QByteArrayList({"X-Goog-Api-Client: google-genai-sdk/1.0 gl-node/20"_ba, "x-goog-fieldmask: a"_ba,
                             "X-Goog-FieldMask: b"_ba, "Accept: */*"_ba, "X-Empty: "_ba, "X-Server-Timeout: 60"_ba,
                             "Accept-Language: gr\xc3\xbc"_ba, "Range: bytes=0-3"_ba, "If-None-Match: \"x\""_ba}));
    QCOMPARE(sent.joined("user-agent"), "sdk/1"_ba);
    QCOMPARE(sent.joined("accept-encoding"), "identity"_ba);
}

void TestPassThrough::upstreamWithAPath()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.upstream.setPath(u"/gateway/"_s); }));
    QCOMPARE(m_test->answerTo("GET"_ba, "/v1beta/models?pageSize=1"_ba).status, 200);
    QCOMPARE(m_test->upstream.requests().value(0).head.target, "/gateway/v1beta/models?pageSize=1"_ba);
}

// ---- answers ----

void TestPassThrough::answer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("bytes"); // of the upstream
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("length"); // "" = none

    const QByteArray events = "data: {\"a\": \"\xc3\xbc\"}\r\n\r\ndata: {}\r\n\r\n"_ba;
    QTest::newRow("length") << "POST"_ba
                            << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\na\0\r\nb"_ba << 200 << "a\0\r\nb"_ba
                            << "5"_ba;
    QTest::newRow("chunked events")
            << "POST"_ba
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                          + http::encodeChunk(events.first(7)) + http::encodeChunk(events.sliced(7)) + http::lastChunk)
            << 200 << events << ""_ba;
    QTest::newRow("until the end") << "POST"_ba
                                   << "HTTP/1.1 200 OK\r\n\r\n[{}\n,{}]"_ba << 200 << "[{}\n,{}]"_ba
                                   << ""_ba;
    QTest::newRow("empty") << "POST"_ba
                           << "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba << 200 << ""_ba
                           << "0"_ba;
    QTest::newRow("204") << "DELETE"_ba
                         << "HTTP/1.1 204 No Content\r\n\r\n"_ba << 204 << ""_ba
                         << ""_ba;
    QTest::newRow("304") << "GET"_ba
                         << "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n"_ba << 304 << ""_ba
                         << ""_ba;
    QTest::newRow("206")
            << "GET"_ba
            << "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nab"_ba << 206
            << "ab"_ba
            << "2"_ba;
    QTest::newRow("HEAD") << "HEAD"_ba
                          << "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"_ba << 200 << ""_ba
                          << "1234"_ba;
    QTest::newRow("status of no name") << "POST"_ba
                                       << "HTTP/1.1 299 Odd\r\nContent-Length: 1\r\n\r\nx"_ba << 299 << "x"_ba
                                       << "1"_ba;
}

void TestPassThrough::answer()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, length);
    Script script = {Step::send(bytes)};
    if (!bytes.contains("Content-Length") && !bytes.contains("chunked"))
        script.append(Step::close());
    m_test->upstream.setScript(script);
    HttpClient client(m_test->proxy->port);
    client.setHeadOnly(method == "HEAD");
    client.send(client.request(method, generate));
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    const Response answer = client.response();
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.fields.joined("content-length"), length);
    QVERIFY(client.isConnected()); // and it goes on
    QCOMPARE(m_test->proxy->ended.value(0).end, ExchangeInfo::End::Complete);
}

void TestPassThrough::errorsPass_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 405, 409, 429, 499, 500, 501, 502, 504})
        QTest::addRow("%d", status) << status;
}

void TestPassThrough::errorsPass()
{
    QFETCH(const int, status);
    // Google's HTML for paths that it does not know, as one example
    const QByteArray body = "<!DOCTYPE html>\nnot found, key-of-this-tes\n"_ba;
    m_test->upstream.setScript(
            answered(QByteArray::number(status) + " X", "Content-Type: text/html\r\nRetry-After: 7\r\n"_ba, body));
    const Response answer = m_test->answerTo("POST"_ba, "/v1beta/unknown"_ba, {}, "{}"_ba);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.fields.joined("content-type"), "text/html"_ba);
    QCOMPARE(answer.fields.joined("retry-after"), "7"_ba);
    QCOMPARE(m_test->upstream.requestCount(), 1);
}

void TestPassThrough::redirect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location"); // "UPSTREAM" and "HERE" stand for the two
    QTest::addColumn<QByteArray>("expected"); // "" = 502

    QTest::newRow("to the upstream") << 307 << "http://UPSTREAM/v1beta/y?a=%20b"_ba
                                     << "http://HERE/v1beta/y?a=%20b"_ba;
    QTest::newRow("with a key") << 302 << "http://UPSTREAM/v1beta/y?key=secret-of-client"_ba
                                << "http://HERE/v1beta/y"_ba;
    QTest::newRow("path alone") << 308 << "/v1beta/y"_ba
                                << "/v1beta/y"_ba;
    QTest::newRow("resume incomplete") << 308 << ""_ba
                                       << "none"_ba;
    QTest::newRow("elsewhere") << 307 << "https://evil.example/v1beta/y"_ba
                               << ""_ba;
    QTest::newRow("elsewhere without scheme") << 307 << "//evil.example/v1beta/y"_ba
                                              << ""_ba;
    QTest::newRow("other port") << 307 << "http://127.0.0.1:1/v1beta/y"_ba
                                << ""_ba;
    QTest::newRow("user") << 307 << "http://UPSTREAM@evil.example/"_ba
                          << ""_ba;
}

void TestPassThrough::redirect()
{
    QFETCH(const int, status);
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, expected);
    const QByteArray place = "127.0.0.1:"_ba + QByteArray::number(m_test->upstream.serverPort());
    location.replace("UPSTREAM", place);
    expected.replace("HERE", m_test->own());
    m_test->upstream.setScript(answered(QByteArray::number(status) + " X",
                                        location.isEmpty() ? ""_ba : "Location: "_ba + location + "\r\n", "x"_ba));
    const Response answer = m_test->answerTo("GET"_ba, "/v1beta/x"_ba);
    QCOMPARE(m_test->upstream.requestCount(), 1); // never followed
    if (expected.isEmpty()) {
        QCOMPARE(ProxyFixture::checkError(answer, 502), QString());
        return;
    }
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, "x"_ba);
    QCOMPARE(answer.fields.joined("location"), expected == "none" ? ""_ba : expected);
}

void TestPassThrough::modelIsTold_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("verb") << generate << "gemini-2.5-flash"_ba;
    QTest::newRow("tuned") << "/v1beta/tunedModels/my-1:generateContent"_ba
                           << "tunedModels/my-1"_ba;
    QTest::newRow("none") << "/v1beta/files"_ba
                          << ""_ba;
}

void TestPassThrough::modelIsTold()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, model);
    QCOMPARE(m_test->answerTo("POST"_ba, path, {}, "{}"_ba).status, 200);
    QCOMPARE(m_test->proxy->started.value(0).model, model);
    QCOMPARE(m_test->proxy->ended.value(0).model, model);
}

void TestPassThrough::cutAnswerIsCut_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("chunked")
            << "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"_ba;
}

void TestPassThrough::cutAnswerIsCut()
{
    QFETCH(const QByteArray, head);
    const QByteArray event = "data: {}\r\n\r\n"_ba;
    m_test->upstream.setScript({Step::send(head + (head.contains("chunked") ? http::encodeChunk(event) : event)),
                                Step::turn(), Step::reset()});
    const Response answer = m_test->answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.end, End::Cut);
    QCOMPARE(answer.body, event); // nothing of ours behind it
    QCOMPARE(m_test->proxy->ended.value(0).end, ExchangeInfo::End::Failed);
}

void TestPassThrough::unreachable()
{
    m_test->upstream.close();
    const Response answer = m_test->answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(ProxyFixture::checkError(answer, 502), QString());
    QCOMPARE(m_test->proxy->ended.value(0).tries, 3); // the request surely never left
}

void TestPassThrough::unavailableIsTriedAgain_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("tries");
    QTest::newRow("generate") << generate << 3;
    // Only the client can ask how much of an upload has arrived, so the proxy does not send it again.
    QTest::newRow("upload") << "/upload/v1beta/files?upload_id=x"_ba << 1;
}

void TestPassThrough::unavailableIsTriedAgain()
{
    QFETCH(const QByteArray, path);
    QFETCH(const int, tries);
    m_test->upstream.setScript(answered("503 X"_ba, ""_ba, "busy"_ba));
    const QByteArray body(300'000, 'b');
    const Response answer = m_test->answerTo("POST"_ba, path, {}, body);
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, "busy"_ba);
    QCOMPARE(m_test->upstream.requestCount(), tries);
    for (const ScriptedServer::Request &request : m_test->upstream.requests())
        QVERIFY(request.body == body);
}

void TestPassThrough::tooLarge_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"/upload/v1beta/files", "/v1beta/models/m:generateContent", "/v1/chat/completions"})
        QTest::addRow("%s", path) << QByteArray(path);
}

void TestPassThrough::tooLarge()
{
    QFETCH(const QByteArray, path);
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.limits.bodyBytes = 1000; }));
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("POST"_ba, path, {}, QByteArray(1001, 'x')), 413), QString());
    QCOMPARE(m_test->upstream.connectionCount(), 0);
    QCOMPARE(m_test->answerTo("POST"_ba, path, {}, QByteArray(1000, 'x')).status, 200);
}

void TestPassThrough::withoutAKey()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.key = Secret(); }));
    for (const QByteArray &path : {generate, "/v1/chat/completions"_ba}) {
        const Response answer = m_test->answerTo("POST"_ba, path, "x-goog-api-key: secret-of-client\r\n"_ba, "{}"_ba);
        QCOMPARE(ProxyFixture::checkError(answer, 503), QString());
    }
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

void TestPassThrough::contentsAreReported()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.reportContents = true; }));
    QList<ExchangeContent> contents;
    QByteArray pieces;
    connect(&m_test->proxy->server, &ProxyServer::exchangeContent, this,
            [&](const ExchangeContent &content) { contents.append(content); });
    connect(&m_test->proxy->server, &ProxyServer::exchangePiece, this,
            [&](quint64, const QByteArray &bytes) { pieces += bytes; });
    QCOMPARE(m_test->answerTo("POST"_ba, generate, "Authorization: Bearer secret-of-client\r\n"_ba, "{\"a\":1}"_ba)
                     .status,
             200);
    QCOMPARE(contents.size(), 1);
    QCOMPARE(contents[0].body, "{\"a\":1}"_ba);
    for (const auto &[name, value] : std::as_const(contents[0].fields))
        QVERIFY(!value.contains("secret"));
    QCOMPARE(pieces, "{}"_ba);
}

// ---- web pages ----

void TestPassThrough::preflight_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("method");
    for (const char *path : {"/v1beta/models/m:generateContent", "/upload/v1beta/files", "/v1/chat/completions",
                             "/openai/v1/chat/completions"})
        QTest::addRow("POST %s", path) << QByteArray(path) << "POST"_ba;
    QTest::newRow("DELETE") << "/v1beta/files/f"_ba
                            << "DELETE"_ba;
    QTest::newRow("PATCH") << "/v1beta/cachedContents/c"_ba
                           << "PATCH"_ba;
    QTest::newRow("GET /v1/models") << "/v1/models"_ba
                                    << "GET"_ba;
}

void TestPassThrough::preflight()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, method);
    QVERIFY(m_test->start([](ProxySettings &settings) {
        settings.allowedOrigins = {"https://app.example"_ba};
        settings.tokens = {guard::makeToken("editor"_ba, "secret-of-client"_ba)};
    }));
    const QByteArray asks = "\r\nAccess-Control-Request-Method: "_ba + method
            + "\r\nAccess-Control-Request-Headers: authorization,content-type,x-goog-upload-command,"
              "x-stainless-os,x-evil,bad name\r\n";
    const Response answer = m_test->answerTo("OPTIONS"_ba, path, "Origin: https://app.example"_ba + asks);
    QCOMPARE(answer.status, 204);
    QCOMPARE(answer.fields.joined("access-control-allow-origin"), "https://app.example"_ba);
    QVERIFY(answer.fields.hasListItem("access-control-allow-methods", method));
    for (const char *name : {"authorization", "content-type", "x-goog-upload-command", "x-stainless-os"})
        QVERIFY2(answer.fields.hasListItem("access-control-allow-headers", name), name);
    QVERIFY(answer.fields.hasListItem("access-control-allow-headers", "x-evil")); // it may call, so it may send this
    QVERIFY(!answer.fields.joined("access-control-allow-headers").contains("bad"));
    QVERIFY(answer.fields.hasListItem("access-control-expose-headers", "x-goog-upload-url"));
    QCOMPARE(answer.fields.joined("access-control-max-age"), "600"_ba);

    const Response stranger = m_test->answerTo("OPTIONS"_ba, path, "Origin: https://evil.example"_ba + asks);
    QCOMPARE(ProxyFixture::checkError(stranger, 403), QString());
    QVERIFY(!stranger.fields.contains("access-control-allow-headers"));
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

// A preflight comes without a token, so it may spend nothing.
void TestPassThrough::preflightOfTheOwnOriginStaysHere()
{
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.tokens = {guard::makeToken("editor"_ba, "secret-of-client"_ba)}; }));
    const Response answer =
            m_test->answerTo("OPTIONS"_ba, generate,
                             "Origin: http://"_ba + m_test->own() + "\r\nAccess-Control-Request-Method: POST\r\n");
    QCOMPARE(answer.status, 204);
    QVERIFY(!answer.fields.contains("access-control-allow-origin"));
    QCOMPARE(m_test->upstream.connectionCount(), 0);
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("OPTIONS"_ba, generate), 401), QString());
}

void TestPassThrough::strangersAreRefused()
{
    for (const QByteArray &path : {generate, "/v1/models"_ba, "/upload/v1beta/files"_ba, "/openai/v1/models"_ba}) {
        for (const QByteArray &fields : {"Origin: https://evil.example\r\n"_ba, "Sec-Fetch-Site: cross-site\r\n"_ba})
            QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, path, fields), 403), QString());
    }
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

// ---- whatever comes ----

namespace {

// Requests and answers that nobody wrote down, the same ones each time for the same seed.
class Generator
{
public:
    explicit Generator(quint32 seed) : m_random(seed) {}

    [[nodiscard]] int below(int end) { return m_random.bounded(end); }
    template <typename T>
    [[nodiscard]] T oneOf(std::initializer_list<T> choices)
    {
        return choices.begin()[below(int(choices.size()))];
    }
    [[nodiscard]] QByteArray text(QByteArrayView letters, int most)
    {
        QByteArray result;
        for (int left = below(most + 1); left > 0; --left)
            result += letters[below(int(letters.size()))];
        return result;
    }
    [[nodiscard]] QByteArray segment()
    {
        QByteArray result;
        for (int left = 1 + below(12); left > 0; --left) {
            if (below(8) == 0) // never one that the guard refuses: no dots, slashes or control characters
                result += '%' + oneOf<QByteArray>({"20", "41", "7E", "c3", "BC", "3a", "3F", "25", "2b"});
            else
                result += text("abcXYZ019-_~!$&'()*+,;=:", 1);
        }
        return 'x' + result;
    }
    [[nodiscard]] QByteArray path()
    {
        QByteArray result = oneOf<QByteArray>({"/v1beta", "/v1alpha", "/v1", "/upload/v1beta", "/download/v1beta"});
        for (int left = 1 + below(4); left > 0; --left)
            result += '/' + segment();
        return result;
    }
    [[nodiscard]] QByteArray query()
    {
        QByteArray result;
        for (int left = below(5); left > 0; --left) {
            if (!result.isEmpty())
                result += '&';
            result += "q" + text("abc019-_.~%", 0) + segment() + oneOf<QByteArray>({"", "="}) + segment()
                    + oneOf<QByteArray>({"", "/", "?", "@", ":"});
        }
        return result;
    }
    [[nodiscard]] QByteArray fieldLines()
    {
        QByteArray result;
        for (int left = below(8); left > 0; --left) {
            result += oneOf<QByteArray>({"X-A", "x-goog-b", "X-Goog-Upload-Offset", "x-stainless-c", "Accept",
                                         "If-Match", "Content-Language", "x_d", "X-A"})
                    + ": " + text("abc 019;=\"\\,()<>\xc3\xbc\t/", 30).trimmed() + "\r\n";
        }
        return result;
    }
    [[nodiscard]] QByteArray bytes(qsizetype size)
    {
        QByteArray result(size, Qt::Uninitialized);
        m_random.generate(reinterpret_cast<quint32 *>(result.data()),
                          reinterpret_cast<quint32 *>(result.data()) + size / 4);
        for (qsizetype i = size - size % 4; i < size; ++i)
            result[i] = char(below(256));
        return result;
    }

private:
    QRandomGenerator m_random;
};

} // namespace

void TestPassThrough::anythingPassesUnchanged()
{
    const int rounds = std::max(20, qEnvironmentVariableIntValue("GEMINI_DESK_TEST_ROUNDS") / 2);
    for (int round = 0; round < rounds; ++round) {
        Generator make(quint32(round) + 1);
        const QByteArray method = make.oneOf<QByteArray>({"POST", "POST", "PUT", "PATCH", "DELETE", "GET", "QUERY"});
        const QByteArray path = make.path();
        const QByteArray query = make.query();
        const QByteArray fields = make.fieldLines();
        // A few are as large as bodies get.
        const auto size = [&make, round](int which) {
            if (round % 100 == which)
                return qsizetype(50'000'000);
            return qsizetype(make.below(make.oneOf({2, 300, 70'000, 400'000})));
        };
        const QByteArray body = method == "GET" ? QByteArray() : make.bytes(size(0));
        const QByteArray answerBody = make.bytes(size(1));
        const QByteArray answerFields = make.fieldLines();
        const QByteArray status = make.oneOf<QByteArray>({"200 OK", "201 Created", "400 Bad Request", "418 Odd"});
        enum class Coding { Length, Chunked, UntilClose };
        const auto coding = make.oneOf({Coding::Length, Coding::Chunked, Coding::UntilClose});

        QByteArray answer = "HTTP/1.1 "_ba + status + "\r\n" + answerFields;
        Script script;
        switch (coding) {
        case Coding::Length:
            answer += "Content-Length: " + QByteArray::number(answerBody.size()) + "\r\n\r\n" + answerBody;
            script = {Step::send(answer)};
            break;
        case Coding::Chunked: {
            script = {Step::send(answer + "Transfer-Encoding: chunked\r\n\r\n")};
            for (qsizetype at = 0; at < answerBody.size();) {
                const qsizetype length = std::min<qsizetype>(1 + make.below(2'000'000), answerBody.size() - at);
                script.append(Step::send(http::encodeChunk(QByteArrayView(answerBody).sliced(at, length))));
                at += length;
            }
            script.append(Step::send(http::lastChunk));
            break;
        }
        case Coding::UntilClose:
            script = {Step::send(answer + "\r\n" + answerBody), Step::close()};
            break;
        }
        m_test->upstream.setScript(script);

        // The client's secrets are put in between what is to pass.
        const QByteArray secretQuery = query.isEmpty()
                ? "?key=secret-of-client"_ba
                : "?key=secret-of-client&"_ba + query + "&%6bey=secret-of-client";
        const Response got = m_test->answerTo(
                method,
                path
                        + (make.below(2)             ? secretQuery
                                   : query.isEmpty() ? query
                                                     : '?' + query),
                "x-goog-api-key: secret-of-client\r\n" + fields + "Cookie: secret-of-client\r\n", body);

        const QByteArray seed = "seed "_ba + QByteArray::number(round + 1);
        QVERIFY2(m_test->upstream.requestCount() > 0, seed.constData());
        const ScriptedServer::Request &sent = m_test->upstream.requests().last();
        QVERIFY2(sent.head.method == method, seed.constData());
        QCOMPARE(sent.head.target, query.isEmpty() ? path : path + '?' + query);
        QVERIFY2(sent.body == body, seed.constData());
        const auto expected = http::parseFields(fields + "\r\n", {});
        QVERIFY2(expected.has_value(), seed.constData());
        QCOMPARE(lines(sent.head.fields), lines(*expected));
        QCOMPARE(m_test->checkCredentials(), QString());

        QVERIFY2(got.end == End::Clean, seed.constData());
        QCOMPARE(got.status, status.first(3).toInt());
        QVERIFY2(got.body == answerBody, seed.constData());
        QCOMPARE(lines(got.fields), lines(*http::parseFields(answerFields + "\r\n", {})));
        if (coding == Coding::Length)
            QCOMPARE(got.fields.joined("content-length"), QByteArray::number(answerBody.size()));

        if (round % 50 == 49) // the upstream keeps all requests, so it is made anew
            init();
    }
}

QTEST_GUILESS_MAIN(TestPassThrough)
#include "tst_passthrough.moc"
