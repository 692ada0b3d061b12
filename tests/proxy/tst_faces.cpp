#include "proxy/guard/guard.h"
#include "tests/support/proxyfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

namespace {

const QByteArray anthropic = "anthropic-version: 2023-06-01\r\nx-api-key: secret-of-client\r\n"_ba;
const QByteArray bearer = "Authorization: Bearer secret-of-client\r\n"_ba;
const QByteArray json = "Content-Type: application/json; charset=UTF-8\r\n"_ba;
const QByteArray streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"_ba;

QByteArray gemini(const QByteArray &parts, const QByteArray &more = {})
{
    return "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]}" + more + "}]}\r\n\r\n";
}

const QByteArray stop = R"(,"finishReason":"STOP")"_ba;

QJsonObject object(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

// The names of a stream's events, with spaces in between.
QByteArray names(const QByteArray &stream)
{
    QByteArrayList found;
    for (const QByteArray &line : stream.split('\n')) {
        if (line.startsWith("event: "))
            found.append(line.sliced(7));
    }
    return found.join(' ');
}

struct Face
{
    const char *path;
    QByteArray fields;
    QByteArray body; // without its closing brace
};

Face messages()
{
    return {"/v1/messages", anthropic,
            R"({"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"Hello"}])"};
}

Face responses()
{
    return {"/v1/responses", bearer, R"({"model":"gpt-5","input":"Hello")"};
}

} // namespace

// Anthropic's and OpenAI's newer API over real sockets: what goes to Gemini, and what the client gets for its answers,
// its errors and its broken connections.
class TestFaces : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void asks_data();
    void asks();
    void streams_data();
    void streams();
    void eachEventAtOnce();
    void errorsOfGemini_data();
    void errorsOfGemini();
    void unavailableIsNotTriedAgain_data();
    void unavailableIsNotTriedAgain();
    void brokenStream_data();
    void brokenStream();
    void brokenWhole();
    void errorWithinAStream();
    void badRequests_data();
    void badRequests();
    void refusalsHaveTheApisShape();
    void largeBodyIsRefused();
    void countsTokens();
    void listsModels();
    void hello();
    void foreignPathsStayHere_data();
    void foreignPathsStayHere();
    void signatureComesBack_data();
    void signatureComesBack();
    void chatSignatureComesBack();
    void modelsAreMapped();
    void contentsAreReported();

private:
    [[nodiscard]] Response ask(const Face &face, const QByteArray &more = "}"_ba) const
    {
        return m_test->answerTo("POST"_ba, face.path, face.fields, face.body + more);
    }
    [[nodiscard]] QByteArray sentTarget() const { return m_test->upstream.requests().value(0).head.target; }
    [[nodiscard]] QByteArray sentBody(qsizetype request = 0) const
    {
        return m_test->upstream.requests().value(request).body;
    }

    std::unique_ptr<ProxyFixture> m_test;
};

void TestFaces::init()
{
    m_test = std::make_unique<ProxyFixture>();
    QVERIFY(m_test->start());
}

void TestFaces::asks_data()
{
    QTest::addColumn<bool>("isMessages");
    QTest::newRow("Messages") << true;
    QTest::newRow("Responses") << false;
}

void TestFaces::asks()
{
    QFETCH(const bool, isMessages);
    const Face face = isMessages ? messages() : responses();
    m_test->upstream.setScript(
            answered("200 OK"_ba, json,
                     R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],)"
                     R"("usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":2,"totalTokenCount":9}})"_ba));
    const Response answer = ask(face);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(sentTarget(), "/v1beta/models/gemini-flash-latest:generateContent"_ba);
    QVERIFY(sentBody().contains(R"("contents":[{"role":"user","parts":[{"text":"Hello"}]}])"));
    QCOMPARE(m_test->checkCredentials(), QString());
    QCOMPARE(m_test->upstream.requests().value(0).head.fields.joined("content-type"), "application/json"_ba);
    const QJsonObject said = object(answer.body);
    QCOMPARE(said.value("model"_L1).toString(), isMessages ? u"claude-sonnet-4-5"_s : u"gpt-5"_s);
    QCOMPARE(said.value("usage"_L1)["input_tokens"_L1].toInt(), 7);
    QCOMPARE(said.value("usage"_L1)["output_tokens"_L1].toInt(), 2);
    QVERIFY(answer.body.contains(R"("text":"Hi")"));

    const ExchangeInfo &info = m_test->proxy->ended.value(0);
    QCOMPARE(info.end, ExchangeInfo::End::Complete);
    QCOMPARE(info.model, "gemini-flash-latest"_ba);
    QCOMPARE(info.askedModel, isMessages ? "claude-sonnet-4-5"_ba : "gpt-5"_ba);
    QCOMPARE(info.usage.input, 7);
    QCOMPARE(info.route, isMessages ? "messages"_ba : "responses"_ba);
}

void TestFaces::streams_data()
{
    asks_data();
}

void TestFaces::streams()
{
    QFETCH(const bool, isMessages);
    m_test->upstream.setScript({Step::send(streamHead + gemini(R"({"text":"Hel"})")), Step::turn(),
                                Step::send(gemini(R"({"text":"lo"})", stop)), Step::close()});
    const Response answer = ask(isMessages ? messages() : responses(), R"(,"stream":true})"_ba);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.fields.joined("content-type"), "text/event-stream; charset=utf-8"_ba);
    QCOMPARE(answer.fields.joined("cache-control"), "no-cache"_ba);
    QCOMPARE(sentTarget(), "/v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse"_ba);
    QCOMPARE(names(answer.body),
             isMessages
                     ? "message_start content_block_start content_block_delta content_block_delta content_block_stop "
                       "message_delta message_stop"_ba
                     : "response.created response.in_progress response.output_item.added "
                       "response.content_part.added response.output_text.delta response.output_text.delta "
                       "response.output_text.done response.content_part.done response.output_item.done "
                       "response.completed"_ba);
}

void TestFaces::eachEventAtOnce()
{
    m_test->upstream.setScript({Step::send(streamHead + gemini(R"({"text":"first"})")), Step::waitForRelease(),
                                Step::send(gemini(R"({"text":"last"})", stop)), Step::close()});
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, "/v1/messages"_ba, anthropic, messages().body + R"(,"stream":true})"));
    QTRY_VERIFY(client.response().body.contains("first"));
    QVERIFY(!client.hasEnded());
    m_test->upstream.release();
    QTRY_VERIFY(client.hasEnded());
    QCOMPARE(client.response().end, End::Clean);
    QVERIFY(client.response().body.contains("last"));
}

void TestFaces::errorsOfGemini_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<int>("messagesStatus");
    QTest::addColumn<QString>("messagesType");
    QTest::addColumn<QString>("responsesType");
    const auto row = [](const char *statusLine, int status, const QString &messagesType, const QString &responsesType) {
        QTest::newRow(statusLine) << QByteArray(statusLine) << status << messagesType << responsesType;
    };
    row("400 Bad Request", 400, u"invalid_request_error"_s, u"invalid_request_error"_s);
    row("401 Unauthorized", 401, u"authentication_error"_s, u"authentication_error"_s);
    row("403 Forbidden", 403, u"permission_error"_s, u"permission_error"_s);
    row("404 Not Found", 404, u"not_found_error"_s, u"invalid_request_error"_s);
    row("429 Too Many Requests", 429, u"rate_limit_error"_s, u"rate_limit_error"_s);
    row("500 Internal Server Error", 500, u"api_error"_s, u"server_error"_s);
    row("503 Service Unavailable", 529, u"overloaded_error"_s, u"server_error"_s);
    row("307 Temporary Redirect", 502, u"api_error"_s, u"server_error"_s);
}

void TestFaces::errorsOfGemini()
{
    QFETCH(const QByteArray, statusLine);
    QFETCH(const int, messagesStatus);
    QFETCH(const QString, messagesType);
    QFETCH(const QString, responsesType);
    const int status = statusLine.startsWith("307") ? 502 : statusLine.first(3).toInt();
    const QByteArray error = R"({"error":{"code":1,"message":"Gemini's own words","status":"X"}})"_ba;
    m_test->upstream.setScript(answered(statusLine, json + "Retry-After: 7\r\nX-Other: no\r\n", error));
    for (const QByteArray &more : {"}"_ba, R"(,"stream":true})"_ba}) {
        const Response answer = ask(messages(), more);
        QCOMPARE(answer.status, messagesStatus);
        QCOMPARE(answer.fields.joined("content-type"), "application/json"_ba);
        QCOMPARE(answer.fields.joined("retry-after"), "7"_ba);
        QVERIFY(!answer.fields.contains("x-other"));
        QCOMPARE(object(answer.body).value("type"_L1).toString(), u"error"_s);
        QCOMPARE(object(answer.body).value("error"_L1)["type"_L1].toString(), messagesType);
        QCOMPARE(object(answer.body).value("error"_L1)["message"_L1].toString(), u"Gemini's own words"_s);
        QCOMPARE(m_test->proxy->ended.last().end, ExchangeInfo::End::Failed);

        const Response other = ask(responses(), more);
        QCOMPARE(other.status, status);
        QCOMPARE(object(other.body).value("error"_L1)["type"_L1].toString(), responsesType);
        QCOMPARE(object(other.body).value("error"_L1)["message"_L1].toString(), u"Gemini's own words"_s);
    }
}

void TestFaces::unavailableIsNotTriedAgain_data()
{
    asks_data();
}

void TestFaces::unavailableIsNotTriedAgain()
{
    QFETCH(const bool, isMessages);
    m_test->upstream.setScript(answered("503 Service Unavailable"_ba, json, "no JSON"_ba));
    const Response answer = ask(isMessages ? messages() : responses());
    QCOMPARE(answer.status, isMessages ? 529 : 503);
    QVERIFY(answer.body.contains("503"));
    QCOMPARE(m_test->upstream.requestCount(), 1);
}

void TestFaces::brokenStream_data()
{
    asks_data();
}

void TestFaces::brokenStream()
{
    QFETCH(const bool, isMessages);
    m_test->upstream.setScript(
            {Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 10000\r\n\r\n"
                        + gemini(R"({"text":"Hel"})")),
             Step::turn(), Step::reset()});
    const Response answer = ask(isMessages ? messages() : responses(), R"(,"stream":true})"_ba);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.end, End::Cut); // no client may take it for whole
    QVERIFY(answer.body.contains("Hel"));
    QVERIFY(names(answer.body).endsWith(isMessages ? " error" : " response.failed"));
    QVERIFY(!answer.body.contains("message_stop") && !answer.body.contains("response.completed"));
    QCOMPARE(m_test->proxy->ended.value(0).end, ExchangeInfo::End::Failed);
}

// An answer that is not streamed has not begun yet for the client, so that it gets a plain error.
void TestFaces::brokenWhole()
{
    m_test->upstream.setScript({Step::send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                           "Content-Length: 10000\r\n\r\n{\"candidates\":["_ba),
                                Step::turn(), Step::reset()});
    const Response answer = ask(messages());
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, 502);
    QCOMPARE(object(answer.body).value("error"_L1)["type"_L1].toString(), u"api_error"_s);

    m_test->upstream.setScript(answered("200 OK"_ba, json, R"({"candidates":[{"content":{"parts":[]}}]})"_ba));
    const Response unfinished = ask(messages());
    QCOMPARE(unfinished.status, 502);
    QVERIFY(unfinished.body.contains("ended in the middle"));
    QCOMPARE(m_test->proxy->ended.last().end, ExchangeInfo::End::Failed);
}

// Gemini reports an error in the middle of a stream as a bare JSON object.
void TestFaces::errorWithinAStream()
{
    m_test->upstream.setScript(
            {Step::send(streamHead + gemini(R"({"text":"Hel"})")
                        + R"({"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}})"),
             Step::close()});
    const Response answer = ask(messages(), R"(,"stream":true})"_ba);
    QVERIFY(names(answer.body).endsWith(" error"));
    QVERIFY(answer.body.contains(R"("message":"The model is overloaded.")"));
    QVERIFY(answer.body.contains("overloaded_error"));
    QCOMPARE(m_test->proxy->ended.value(0).end, ExchangeInfo::End::Failed);
}

void TestFaces::badRequests_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *path, const QByteArray &body, const char *words) {
        QTest::newRow((path + (' ' + body)).constData()) << QByteArray(path) << body << QByteArray(words);
    };
    for (const char *path : {"/v1/messages", "/v1/messages/count_tokens", "/v1/responses"}) {
        row(path, "", "no JSON");
        row(path, "{", "no JSON");
        row(path, "[]", "model");
        row(path, R"({"model":7})", "model");
        row(path, R"({"model":"../x","messages":[{"role":"user","content":"a"}],"input":"a"})", "model");
    }
    row("/v1/messages", R"({"model":"m"})", "messages");
    row("/v1/messages", R"({"model":"m","messages":[{"role":"user","content":""}]})", "messages");
    row("/v1/responses", R"({"model":"m"})", "input");
    row("/v1/responses", R"({"model":"m","input":"a","previous_response_id":"resp_x"})", "previous_response_id");
    row("/v1/responses", R"({"model":"m","input":"a","background":true})", "background");
}

void TestFaces::badRequests()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, words);
    const Response answer = m_test->answerTo("POST"_ba, path, anthropic, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(object(answer.body).value("error"_L1)["type"_L1].toString(), u"invalid_request_error"_s);
    QVERIFY2(answer.body.contains(words), answer.body.constData());
    QCOMPARE(m_test->upstream.requestCount(), 0);
}

void TestFaces::refusalsHaveTheApisShape()
{
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.tokens = {guard::makeToken("agent", "right-token")}; }));
    const Response refused = ask(messages());
    QCOMPARE(refused.status, 401);
    QCOMPARE(object(refused.body).value("error"_L1)["type"_L1].toString(), u"authentication_error"_s);
    QCOMPARE(m_test->answerTo("POST"_ba, "/v1/messages"_ba, "x-api-key: right-token\r\n"_ba, "{"_ba).status, 400);
    QCOMPARE(m_test->proxy->ended.last().client, "agent"_ba);
    const Response method = m_test->answerTo("GET"_ba, "/v1/messages"_ba, "x-api-key: right-token\r\n"_ba);
    QCOMPARE(method.status, 405);
    QCOMPARE(method.fields.joined("allow"), "POST"_ba);
    QCOMPARE(object(method.body).value("type"_L1).toString(), u"error"_s);

    QVERIFY(m_test->start([](ProxySettings &settings) { settings.key = {}; }));
    const Response keyless = ask(messages());
    QCOMPARE(keyless.status, 503); // no client is to wait and try again
    QCOMPARE(keyless.fields.joined("x-should-retry"), "false"_ba);
    QVERIFY(keyless.body.contains("There is no key yet"));
    QCOMPARE(m_test->upstream.requestCount(), 0);
}

void TestFaces::largeBodyIsRefused()
{
    Face face = messages();
    face.body.replace("Hello", QByteArray(33 * 1024 * 1024, 'x'));
    const Response answer = ask(face);
    QCOMPARE(answer.status, 413);
    QCOMPARE(object(answer.body).value("error"_L1)["type"_L1].toString(), u"request_too_large"_s);
    QCOMPARE(m_test->upstream.requestCount(), 0);
}

void TestFaces::countsTokens()
{
    m_test->upstream.setScript(answered("200 OK"_ba, json, R"({"totalTokens":42,"promptTokensDetails":[]})"_ba));
    Face face = messages();
    face.path = "/v1/messages/count_tokens?beta=true";
    const Response answer = ask(face);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, R"({"input_tokens":42})"_ba);
    QCOMPARE(sentTarget(), "/v1beta/models/gemini-flash-latest:countTokens"_ba);
    const QJsonValue sent = object(sentBody()).value("generateContentRequest"_L1);
    QCOMPARE(sent["model"_L1].toString(), u"models/gemini-flash-latest"_s);
    QCOMPARE(sent["contents"_L1].toArray().size(), 1);

    m_test->upstream.setScript(answered("200 OK"_ba, json, "{}"_ba));
    QCOMPARE(ask(face).status, 502);
}

void TestFaces::listsModels()
{
    m_test->upstream.setScript(answered(
            "200 OK"_ba, json,
            R"({"models":[{"name":"models/gemini-x","displayName":"Gemini X","supportedGenerationMethods":["generateContent"]},)"
            R"({"name":"models/embedder","supportedGenerationMethods":["embedContent"]}]})"_ba));
    const Response answer = m_test->answerTo("GET"_ba, "/v1/models?limit=1000"_ba, anthropic);
    QCOMPARE(answer.status, 200);
    QCOMPARE(sentTarget(), "/v1beta/models?pageSize=1000"_ba);
    const QJsonObject list = object(answer.body);
    QCOMPARE(list.value("data"_L1).toArray().size(), 1);
    QCOMPARE(list.value("data"_L1).toArray().first()["id"_L1].toString(), u"gemini-x"_s);
    QCOMPARE(list.value("first_id"_L1).toString(), u"gemini-x"_s);
    QCOMPARE(list.value("has_more"_L1), QJsonValue(false));
}

void TestFaces::hello()
{
    for (const QByteArray &method : {"GET"_ba, "HEAD"_ba}) {
        const Response answer = m_test->answerTo(method, "/api/hello"_ba);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.end, End::Clean);
    }
    QCOMPARE(m_test->answerTo("GET"_ba, "/api/hello"_ba, "Origin: https://a.example\r\n"_ba).status, 403);
    QCOMPARE(m_test->upstream.requestCount(), 0);
}

void TestFaces::foreignPathsStayHere_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("instead");
    QTest::newRow("Ollama's chat") << "/api/chat"_ba
                                   << "/v1/chat/completions"_ba;
    QTest::newRow("Ollama's list") << "/api/tags"_ba
                                   << "/v1/models"_ba;
    QTest::newRow("completions") << "/v1/completions"_ba
                                 << "/v1/chat/completions"_ba;
    QTest::newRow("speech") << "/v1/audio/speech"_ba
                            << "/v1beta/"_ba;
    QTest::newRow("a kept response") << "/v1/responses/resp_x"_ba
                                     << "/v1/responses"_ba;
    QTest::newRow("batches") << "/v1/messages/batches"_ba
                             << "batchGenerateContent"_ba;
}

void TestFaces::foreignPathsStayHere()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, instead);
    const Response answer = m_test->answerTo("POST"_ba, path, {}, "{}"_ba);
    QCOMPARE(answer.status, 404);
    const QJsonValue error = object(answer.body).value("error"_L1);
    const QString message = path.startsWith("/api") ? error.toString() : error["message"_L1].toString();
    QVERIFY2(message.contains(QString::fromLatin1(instead)), answer.body.constData());
    QCOMPARE(m_test->upstream.requestCount(), 0);
}

void TestFaces::signatureComesBack_data()
{
    QTest::addColumn<bool>("isMessages");
    QTest::addColumn<bool>("restarted");
    QTest::newRow("Messages") << true << false;
    QTest::newRow("Messages, after a restart") << true << true;
    QTest::newRow("Responses") << false << false;
    QTest::newRow("Responses, after a restart") << false << true;
}

void TestFaces::signatureComesBack()
{
    QFETCH(const bool, isMessages);
    QFETCH(const bool, restarted);
    m_test->upstream.setScript(
            answered("200 OK"_ba, json,
                     R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"look","args":{"at":"x"}},)"
                     R"("thoughtSignature":"c2lnbmF0dXJl"}]},"finishReason":"STOP"}]})"_ba));
    const Face face = isMessages ? messages() : responses();
    const Response answer = ask(face,
                                isMessages ? R"(,"thinking":{"type":"adaptive","display":"omitted"}})"_ba
                                           : R"(,"store":false,"include":["reasoning.encrypted_content"]})"_ba);
    QCOMPARE(answer.status, 200);
    QJsonObject next = object(face.body + '}');
    if (isMessages) {
        QJsonArray turns = next.value("messages"_L1).toArray();
        const QJsonArray content = object(answer.body).value("content"_L1).toArray();
        turns.append(QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, content}});
        turns.append(QJsonObject{{u"role"_s, u"user"_s},
                                 {u"content"_s,
                                  QJsonArray{QJsonObject{{u"type"_s, u"tool_result"_s},
                                                         {u"tool_use_id"_s, content.last()["id"_L1]},
                                                         {u"content"_s, u"seen"_s}}}}});
        next.insert("messages"_L1, turns);
    } else {
        QJsonArray items{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Hello"_s}}};
        const QJsonArray output = object(answer.body).value("output"_L1).toArray();
        for (const auto &item : output)
            items.append(item);
        items.append(QJsonObject{{u"type"_s, u"function_call_output"_s},
                                 {u"call_id"_s, output.last()["call_id"_L1]},
                                 {u"output"_s, u"seen"_s}});
        next.insert("input"_L1, items);
    }
    if (restarted)
        QVERIFY(m_test->start());
    QCOMPARE(m_test->answerTo("POST"_ba, face.path, face.fields, QJsonDocument(next).toJson()).status, 200);
    const QJsonArray contents = object(sentBody(1)).value("contents"_L1).toArray();
    QCOMPARE(contents.size(), 3);
    QCOMPARE(contents.at(1)["parts"_L1].toArray().at(0)["thoughtSignature"_L1].toString(), u"c2lnbmF0dXJl"_s);
    QCOMPARE(contents.at(2)["parts"_L1].toArray().at(0)["functionResponse"_L1]["name"_L1].toString(), u"look"_s);
    QCOMPARE(contents.at(2)["parts"_L1].toArray().at(0)["functionResponse"_L1]["response"_L1]["output"_L1].toString(),
             u"seen"_s);
}

void TestFaces::chatSignatureComesBack()
{
    m_test->upstream.setScript(
            {Step::send(
                     streamHead
                     + R"(data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f",)"
                       R"("arguments":"{}"},"extra_content":{"google":{"thought_signature":"c2ln"}}}]}}]})"
                     + "\n\ndata: [DONE]\n\n"),
             Step::close()});
    QCOMPARE(m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, bearer,
                              R"({"model":"gemini-flash-latest","messages":[],"stream":true})"_ba)
                     .status,
             200);
    const QByteArray before =
            R"({"model":"gemini-flash-latest", "messages":[{"role":"assistant","tool_calls":[{"id":"call_1"})"_ba;
    const QByteArray after = R"(]},{"role":"tool","tool_call_id":"call_1","content":"x"}]})"_ba;
    QCOMPARE(m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, bearer, before + after).status, 200);
    QByteArray healed = before;
    healed.chop(1);
    healed += R"(,"extra_content":{"google":{"thought_signature":"c2ln"}}})";
    QCOMPARE(sentBody(1), healed + after);
    QCOMPARE(m_test->checkCredentials("authorization"_ba), QString());
}

void TestFaces::modelsAreMapped()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.modelNames = {{"claude-*", "own-model"}}; }));
    m_test->upstream.setScript(answered("200 OK"_ba, json, "{}"_ba));
    (void)ask(messages());
    QCOMPARE(sentTarget(), "/v1beta/models/own-model:generateContent"_ba);
    (void)m_test->answerTo("POST"_ba, "/v1/chat/completions"_ba, bearer, R"({"model" : "gpt-5-mini", "n":1})"_ba);
    QCOMPARE(sentBody(1), R"({"model" : "gemini-flash-lite-latest", "n":1})"_ba);
    QCOMPARE(m_test->proxy->ended.last().askedModel, "gpt-5-mini"_ba);
}

// The request view shows what Gemini said, which it can read.
void TestFaces::contentsAreReported()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.reportContents = true; }));
    QByteArray pieces;
    ExchangeContent content;
    connect(&m_test->proxy->server, &ProxyServer::exchangePiece, this,
            [&pieces](quint64, const QByteArray &piece) { pieces += piece; });
    connect(&m_test->proxy->server, &ProxyServer::exchangeContent, this,
            [&content](const ExchangeContent &told) { content = told; });
    const QByteArray said = R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}]})"_ba;
    m_test->upstream.setScript(answered("200 OK"_ba, json, said));
    QCOMPARE(ask(messages()).status, 200);
    QCOMPARE(pieces, said);
    QCOMPARE(content.body, messages().body + '}');
    for (const auto &[name, value] : std::as_const(content.fields))
        QVERIFY2(!value.contains("secret-of-client"), name.constData());
}

QTEST_GUILESS_MAIN(TestFaces)
#include "tst_faces.moc"
