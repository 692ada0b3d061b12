#include "proxy/guard/guard.h"
#include "proxy/http/chunked.h"
#include "tests/support/proxyfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

// What OpenAI's clients ask for, and how Gemini gets it.
class TestOpenAiRoutes : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void route_data();
    void route();
    void modelsOfBothKinds_data();
    void modelsOfBothKinds();
    void wrongMethod_data();
    void wrongMethod();
    void fieldsAndCredentials();
    void token();
    void modelIsTold_data();
    void modelIsTold();
    void stream();
    void cutStreamIsCut();
    void unknownModelPasses();
    void encodedPathsAreRefused_data();
    void encodedPathsAreRefused();
    void unreachable();

private:
    std::unique_ptr<ProxyFixture> m_test;
};

void TestOpenAiRoutes::init()
{
    m_test = std::make_unique<ProxyFixture>();
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba, "{}"_ba));
    QVERIFY(m_test->start());
}

void TestOpenAiRoutes::route_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *method, const char *target, const char *expected) {
        QTest::addRow("%s %s", method, target) << QByteArray(method) << QByteArray(target) << QByteArray(expected);
    };
    row("POST", "/v1/chat/completions", "/v1beta/openai/chat/completions");
    row("POST", "/v1/chat/completions?api-version=2&key=secret-of-client",
        "/v1beta/openai/chat/completions?api-version=2");
    row("POST", "/v1/embeddings", "/v1beta/openai/embeddings");
    row("POST", "/v1/images/generations", "/v1beta/openai/images/generations");
    row("POST", "/openai/v1/chat/completions", "/v1beta/openai/chat/completions");
    row("POST", "/v1beta/openai/chat/completions", "/v1beta/openai/chat/completions");
    row("POST", "/v1//chat/completions/", "/v1beta/openai/chat/completions");
    row("GET", "/openai/v1/models", "/v1beta/openai/models");
    row("HEAD", "/openai/v1/models", "/v1beta/openai/models");
    row("GET", "/openai/v1/models/models%2Fgemini-2.5-flash", "/v1beta/openai/models/gemini-2.5-flash");
    row("POST", "/openai/v1/yet/unknown?a=%20", "/v1beta/openai/yet/unknown?a=%20");
    row("DELETE", "/openai/v1/files/f", "/v1beta/openai/files/f");
}

void TestOpenAiRoutes::route()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, expected);
    const QByteArray body = method == "POST" ? "{\"model\": \"m\",\n \"messages\": []}"_ba : ""_ba;
    const Response answer = m_test->answerTo(method, target, "Content-Type: application/json\r\n"_ba, body);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, 200);
    const ScriptedServer::Request sent = m_test->upstream.requests().value(0);
    QCOMPARE(sent.head.method, method);
    QCOMPARE(sent.head.target, expected);
    QCOMPARE(sent.body, body);
    QCOMPARE(m_test->checkCredentials("authorization"_ba), QString());
    QCOMPARE(m_test->proxy->ended.value(0).route, "openai"_ba);
}

void TestOpenAiRoutes::modelsOfBothKinds_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray bearer = "Authorization: Bearer secret-of-client\r\n"_ba;
    QTest::newRow("OpenAI's list") << "/v1/models"_ba << bearer << "/v1beta/openai/models"_ba;
    QTest::newRow("OpenAI's model") << "/v1/models/m"_ba << bearer << "/v1beta/openai/models/m"_ba;
    QTest::newRow("as listed") << "/v1/models/models/m"_ba << bearer << "/v1beta/openai/models/m"_ba;
    QTest::newRow("as listed, encoded") << "/v1/models/models%2Fm"_ba << bearer << "/v1beta/openai/models/m"_ba;
    QTest::newRow("of nobody's client") << "/v1/models"_ba
                                        << ""_ba
                                        << "/v1beta/openai/models"_ba;
    QTest::newRow("Gemini's list for its SDK") << "/v1/models"_ba
                                               << "X-Goog-Api-Client: x\r\n"_ba
                                               << "/v1/models"_ba;
    QTest::newRow("Gemini's list with a key") << "/v1/models"_ba
                                              << "x-goog-api-key: secret-of-client\r\n"_ba
                                              << "/v1/models"_ba;
    QTest::newRow("Gemini's model") << "/v1/models/m"_ba
                                    << "x-goog-api-key: secret-of-client\r\n"_ba
                                    << "/v1/models/m"_ba;
    QTest::newRow("a model of nobody's client") << "/v1/models/m"_ba
                                                << ""_ba
                                                << "/v1beta/openai/models/m"_ba;
    QTest::newRow("a verb is Gemini's") << "/v1/models/m:verb"_ba << bearer << "/v1/models/m:verb"_ba;
    QTest::newRow("Gemini's newer list") << "/v1beta/models"_ba << bearer << "/v1beta/models"_ba;
}

void TestOpenAiRoutes::modelsOfBothKinds()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, expected);
    QCOMPARE(m_test->answerTo("GET"_ba, path, fields).status, 200);
    QCOMPARE(m_test->upstream.requests().value(0).head.target, expected);
    QCOMPARE(m_test->checkCredentials(expected.contains("openai") ? "authorization"_ba : "x-goog-api-key"_ba),
             QString());
}

void TestOpenAiRoutes::wrongMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allowed");
    for (const char *path : {"/v1/chat/completions", "/v1/embeddings", "/v1/images/generations"}) {
        for (const char *method : {"GET", "PUT", "DELETE", "OPTIONS"})
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << "POST"_ba;
    }
    for (const char *method : {"POST", "DELETE"})
        QTest::addRow("%s /v1/models", method) << QByteArray(method) << "/v1/models"_ba
                                               << "GET, HEAD"_ba;
}

void TestOpenAiRoutes::wrongMethod()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, allowed);
    const Response answer = m_test->answerTo(method, path, "Authorization: Bearer x\r\n"_ba);
    QCOMPARE(ProxyFixture::checkError(answer, 405), QString());
    QCOMPARE(answer.fields.joined("allow"), allowed);
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

void TestOpenAiRoutes::fieldsAndCredentials()
{
    const QByteArray fields = "Authorization: Bearer secret-of-client\r\nx-goog-api-key: secret-of-client\r\n"
                              "api-key: secret-of-client\r\nCookie: secret-of-client\r\n"
                              "X-Stainless-Lang: js\r\nUser-Agent: OpenAI/JS 6\r\nOpenAI-Beta: x\r\n"_ba;
    const Response answer =
            m_test->answerTo("POST"_ba, "/v1/chat/completions?key=secret-of-client"_ba, fields, "{}"_ba);
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_test->checkCredentials("authorization"_ba), QString());
    const http::Fields sent = m_test->upstream.requests()[0].head.fields;
    QCOMPARE(sent.joined("x-stainless-lang"), "js"_ba);
    QCOMPARE(sent.joined("user-agent"), "OpenAI/JS 6"_ba);
    QCOMPARE(sent.joined("openai-beta"), "x"_ba);
}

void TestOpenAiRoutes::token()
{
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.tokens = {guard::makeToken("editor"_ba, "secret-of-client"_ba)}; }));
    const auto status = [this](const QByteArray &token) {
        return m_test
                ->answerTo("POST"_ba, "/v1/chat/completions"_ba, "Authorization: Bearer "_ba + token + "\r\n", "{}"_ba)
                .status;
    };
    QCOMPARE(status("other"_ba), 401);
    QCOMPARE(m_test->upstream.connectionCount(), 0);
    QCOMPARE(status("secret-of-client"_ba), 200);
    QCOMPARE(m_test->checkCredentials("authorization"_ba), QString());
}

void TestOpenAiRoutes::modelIsTold_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("first") << "/v1/chat/completions"_ba
                           << R"({"model":"gemini-2.5-pro","x":1})"_ba
                           << "gemini-2.5-pro"_ba;
    QTest::newRow("last") << "/v1/embeddings"_ba
                          << R"({"x":{"model":"no"},"model":"models/m"})"_ba
                          << "m"_ba;
    QTest::newRow("none") << "/v1/chat/completions"_ba
                          << R"({"x":1})"_ba
                          << ""_ba;
    QTest::newRow("no JSON") << "/openai/v1/audio/x"_ba
                             << "model=m"_ba
                             << ""_ba;
    QTest::newRow("in the path") << "/openai/v1/models/m"_ba
                                 << ""_ba
                                 << "m"_ba;
}

void TestOpenAiRoutes::modelIsTold()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, model);
    QCOMPARE(m_test->answerTo(body.isEmpty() ? "GET"_ba : "POST"_ba, target, {}, body).status, 200);
    QCOMPARE(m_test->proxy->started.value(0).model, model);
}

void TestOpenAiRoutes::stream()
{
    const QByteArray event = "data: {\"choices\":[]}\n\n"_ba;
    const QByteArray done = "data: [DONE]\n\n"_ba;
    m_test->upstream.setScript({Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                           "Transfer-Encoding: chunked\r\n\r\n"
                                           + http::encodeChunk(event)),
                                Step::waitForRelease(), Step::send(http::encodeChunk(done) + http::lastChunk)});
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, "/v1/chat/completions"_ba, {}, R"({"model":"m","stream":true})"_ba));
    QVERIFY(runUntil([&] { return client.response().body == event; })); // at once, not at the end
    m_test->upstream.release();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, End::Clean);
    QCOMPARE(client.response().body, event + done);
}

void TestOpenAiRoutes::cutStreamIsCut()
{
    const QByteArray event = "data: {\"choices\":[]}\n\n"_ba;
    m_test->upstream.setScript({Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                           "Transfer-Encoding: chunked\r\n\r\n"
                                           + http::encodeChunk(event)),
                                Step::turn(), Step::close()});
    const Response answer = m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, {}, "{}"_ba);
    QCOMPARE(answer.end, End::Cut);
    QCOMPARE(answer.body, event);
}

// Gemini's own words are the most helpful here, so they are passed on.
void TestOpenAiRoutes::unknownModelPasses()
{
    const QByteArray error = R"({"error":{"code":404,"message":"models/x is not found","status":"NOT_FOUND"}})"_ba;
    m_test->upstream.setScript(
            answered("404 Not Found"_ba, "Content-Type: application/json; charset=UTF-8\r\n"_ba, '[' + error + "]\n"));
    const Response answer = m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, {}, R"({"model":"x"})"_ba);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.body, error); // out of Google's array, in which no SDK finds the message
    QCOMPARE(m_test->proxy->ended.value(0).model, "x"_ba);
    QCOMPARE(m_test->upstream.requests().value(0).body, R"({"model":"x"})"_ba);
}

void TestOpenAiRoutes::encodedPathsAreRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"/openai/v1/models/models%2F..%2Fx", "/openai/v1/models/x%2F..%2Fy", "/openai/v1/%2e%2e/x",
          "/openai/v1/models/models%2F..", "/openai/v1/models/models%2F%2e%2e"})
        QTest::addRow("%s", target) << QByteArray(target);
}

void TestOpenAiRoutes::encodedPathsAreRefused()
{
    QFETCH(const QByteArray, target);
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, target), 400), QString());
    QCOMPARE(m_test->upstream.connectionCount(), 0);
}

void TestOpenAiRoutes::unreachable()
{
    m_test->upstream.close();
    const Response answer = m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, {}, "{}"_ba);
    QCOMPARE(ProxyFixture::checkError(answer, 502), QString());
}

QTEST_GUILESS_MAIN(TestOpenAiRoutes)
#include "tst_openairoutes.moc"
