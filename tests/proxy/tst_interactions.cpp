#include "proxy/http/chunked.h"
#include "tests/support/interactionevents.h"
#include "tests/support/metricstext.h"
#include "tests/support/proxyfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace interactionevents;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

namespace {

const QByteArray target = "/v1beta/interactions"_ba;
const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
const QByteArray agentsText =
        namedEvent("step.stop", R"("index":1,"usage":{"total_input_tokens":900,"total_output_tokens":70})");

// "input/output/thoughts/cached"
QByteArray tokens(const ExchangeInfo &info)
{
    QByteArrayList numbers;
    for (const int number : {info.usage.input, info.usage.output, info.usage.thoughts, info.usage.cached})
        numbers.append(QByteArray::number(number));
    return numbers.join('/');
}

} // namespace

// The Interactions API: every byte passes as it is, and the proxy knows the model, the tokens and how it ended.
class TestInteractions : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void asked_data();
    void asked();
    void largePictureIsSkipped();
    void everyCut_data();
    void everyCut();
    void ends_data();
    void ends();
    void whole_data();
    void whole();
    void otherAnswers_data();
    void otherAnswers();
    void resumedBehindTheLastEvent();
    void clientClosesAtTheEnd();
    void clientLeavesInTheMiddle();
    void brokenBehindTheEnd();
    void errorsOfGemini_data();
    void errorsOfGemini();
    void readOftenCountedOnce();

private:
    [[nodiscard]] const ExchangeInfo &ended() const { return m_test->proxy->ended.constLast(); }

    std::unique_ptr<ProxyFixture> m_test;
};

void TestInteractions::init()
{
    m_test = std::make_unique<ProxyFixture>();
    QVERIFY(m_test->start());
}

void TestInteractions::asked_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QString>("told");
    const auto create = [](const char *name, const QByteArray &body, const QByteArray &model, const QString &told) {
        QTest::newRow(name) << "POST"_ba << target << body << model << told;
    };
    create("a model", R"({"model":"gemini-3.6-flash","input":"Hello"})"_ba, "gemini-3.6-flash"_ba, u"creates stored"_s);
    create("a full name", R"({"model":"models/gemini-3.6-flash","input":"Hello"})"_ba, "gemini-3.6-flash"_ba,
           u"creates stored"_s);
    create("an agent behind its input",
           R"({"input":[{"model":"no"}],"background":true,"agent":"deep-research-preview-04-2026"})"_ba,
           "deep-research-preview-04-2026"_ba, u"creates stored background"_s);
    create("a further turn", R"({"previous_interaction_id":"v1_z","store":false,"model":"m","input":"x"})"_ba, "m"_ba,
           u"creates after v1_z"_s);
    create("no model", R"({"input":"Hello"})"_ba, ""_ba, u"creates unreadable stored"_s);
    create("a strange name", R"({"model":"a b\n","input":"Hello"})"_ba, ""_ba, u"creates stored"_s);
    create("no JSON", "model=x"_ba, ""_ba, u"creates unreadable stored"_s);
    create("half", R"({"model":"m","input":"He)"_ba, "m"_ba, u"creates stored"_s);
    create("no body", ""_ba, ""_ba, u"creates unreadable stored"_s);
    QTest::newRow("read") << "GET"_ba << target + "/v1_b?stream=true&last_event_id=7"
                          << ""_ba
                          << ""_ba << u"v1_b stored background"_s;
    QTest::newRow("cancel") << "POST"_ba << target + "/v1_b/cancel"
                            << ""_ba
                            << ""_ba << u"v1_b stored background"_s;
    QTest::newRow("delete") << "DELETE"_ba << target + "/v1_b"
                            << ""_ba
                            << ""_ba << u"v1_b stored background"_s;
}

// What a request tells is known, and passes on as it is, even if Gemini will not understand it.
void TestInteractions::asked()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba, "{}"_ba));
    const Response answer = m_test->answerTo(method, path, {}, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{}"_ba);
    QCOMPARE(m_test->upstream.requests().constLast().body, body);
    QCOMPARE(m_test->upstream.requests().constLast().head.target, path);
    const ExchangeInfo &info = m_test->proxy->started.constLast();
    QTEST(info.model, "model");
    QVERIFY(info.interaction);
    QStringList told;
    if (info.interaction->creates)
        told.append(u"creates"_s);
    if (info.interaction->unreadable)
        told.append(u"unreadable"_s);
    if (!info.interaction->id.isEmpty())
        told.append(QString::fromLatin1(info.interaction->id));
    if (info.interaction->stored)
        told.append(u"stored"_s);
    if (info.interaction->background)
        told.append(u"background"_s);
    if (!info.interaction->previousId.isEmpty())
        told.append(u"after "_s + QString::fromLatin1(info.interaction->previousId));
    QTEST(told.join(u' '), "told");
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
}

void TestInteractions::largePictureIsSkipped()
{
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba, "{}"_ba));
    const QByteArray body = R"({"input":[{"type":"image","data":")" + QByteArray(20'000'000, 'A')
            + R"(","mime_type":"image/png"}],"model":"gemini-3.6-flash"})";
    QCOMPARE(m_test->answerTo("POST"_ba, target, {}, body).status, 200);
    QCOMPARE(ended().model, "gemini-3.6-flash"_ba);
    QVERIFY(m_test->upstream.requests().constLast().body == body);
}

// Each kind of event that Google sends.
void TestInteractions::everyCut_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("error");
    const auto start = [](const QByteArray &step) { return namedEvent("step.start", R"("index":0,"step":)" + step); };
    const auto delta = [](const QByteArray &piece) {
        return namedEvent("step.delta", R"("index":0,"delta":)" + piece);
    };
    const QByteArray stop = namedEvent("step.stop", R"("index":0)");
    const auto row = [](const char *name, const QByteArray &steps, const QByteArray &status = "completed") {
        QTest::newRow(name) << created + steps + completed(status) << status << ""_ba;
    };
    row("text, and an agent's usage so far",
        namedEvent("interaction.status_update", R"("interaction_id":"v1_a","status":"x")") + text + agentsText);
    row("thoughts",
        start(R"({"type":"thought"})") + delta(R"({"type":"thought_summary","content":{"text":"Planning"}})")
                + delta(R"({"type":"thought_signature","signature":"c2ln"})") + stop);
    row("a function call",
        start(R"({"type":"function_call","id":"c","name":"f","arguments":{}})")
                + delta(R"({"type":"arguments_delta","arguments":"{\"usage\":"})")
                + delta(R"({"type":"arguments_delta","arguments":"{}}"})") + stop,
        "requires_action"_ba);
    row("a first piece in the step's beginning",
        start(R"({"type":"model_output","content":[{"type":"text","text":"Based on"}]})") + stop);
    row("a search and its citation",
        start(R"({"type":"google_search_call","id":"s","arguments":{}})")
                + delta(R"({"type":"google_search_call","arguments":{"queries":["a"]},"signature":"c2ln"})") + stop
                + start(R"({"type":"google_search_result","call_id":"s","result":[]})") + stop
                + start(R"({"type":"model_output"})") + delta(R"({"type":"text","text":"ö"})")
                + delta(R"({"type":"text_annotation_delta","annotations":[{"type":"url_citation","end_index":2}]})")
                + stop);
    row("a picture",
        start(R"({"type":"model_output"})") + delta(R"({"type":"image","mime_type":"image/png","data":"iVBORw0KGgo="})")
                + stop);
    row("what is not known yet",
        namedEvent("interaction.novelty", R"("interaction":{"id":"v1_a"},"usage":{"total_input_tokens":7})")
                + start(R"({"type":"novelty"})") + delta(R"({"type":"novelty","usage":{}})") + stop);
    QTest::newRow("an error") << created + text
                    + namedEvent("error", R"("error":{"message":"x","code":"gateway_timeout"})")
                              << "in_progress"_ba
                              << "gateway_timeout"_ba;
}

// Wherever the network cuts a stream into pieces, its bytes are the same, and so is what is counted.
void TestInteractions::everyCut()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, error);
    const bool fails = !error.isEmpty();
    for (qsizetype cut = 1; cut < stream.size(); ++cut) {
        m_test->upstream.setScript({Step::send(head + http::encodeChunk(stream.left(cut))), Step::turn(),
                                    Step::send(http::encodeChunk(stream.sliced(cut)) + http::lastChunk)});
        const Response answer = m_test->answerTo("POST"_ba, target, {}, R"({"model":"m","stream":true})"_ba);
        QVERIFY2(answer.end == End::Clean && answer.body == stream, QByteArray::number(cut).constData());
        const ExchangeInfo &info = ended();
        QVERIFY2(info.end == (fails ? ExchangeInfo::End::Failed : ExchangeInfo::End::Complete)
                         && tokens(info) == (fails ? "-1/-1/-1/-1" : "12/8/3/4") && info.errorType == error
                         && info.interaction->status == status && info.interaction->id == "v1_a"
                         && info.interaction->ended == !fails,
                 QByteArray::number(cut).constData());
        m_test->proxy->started.clear();
        m_test->proxy->ended.clear();
    }
}

void TestInteractions::ends_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<int>("clients"); // how it ends for the client
    QTest::addColumn<int>("end");     // how it is counted
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("errorType");
    QTest::addColumn<QByteArray>("tokens");
    const auto row = [](const char *name, const QByteArray &stream, End clients, ExchangeInfo::End end,
                        const QByteArray &status, const QByteArray &errorType, const QByteArray &tokens) {
        QTest::newRow(name) << stream << int(clients) << int(end) << status << errorType << tokens;
    };
    using Way = ExchangeInfo::End;
    for (const QByteArray &status : {"completed"_ba, "failed"_ba, "incomplete"_ba, "cancelled"_ba, "budget_exceeded"_ba,
                                     "requires_action"_ba, "something_new"_ba})
        row(status.constData(), created + text + completed(status), End::Clean, Way::Complete, status, ""_ba,
            "12/8/3/4"_ba);
    row("only its status says that it ended",
        created + namedEvent("interaction.status_update", R"("interaction_id":"v1_a","status":"failed")"), End::Clean,
        Way::Complete, "failed"_ba, ""_ba, "-1/-1/-1/-1"_ba);
    row("an error", created + namedEvent("error", R"("error":{"message":"x","code":"gateway_timeout"})"), End::Clean,
        Way::Failed, "in_progress"_ba, "gateway_timeout"_ba, "-1/-1/-1/-1"_ba);
    row("no end", created + text, End::Cut, Way::Failed, "in_progress"_ba, "incomplete_stream"_ba, "-1/-1/-1/-1"_ba);
    row("an agent's, without an end", created + agentsText, End::Cut, Way::Failed, "in_progress"_ba,
        "incomplete_stream"_ba, "900/70/-1/-1"_ba);
    row("cut in the last event", created + text + completed().left(150), End::Cut, Way::Failed, "in_progress"_ba,
        "incomplete_stream"_ba, "-1/-1/-1/-1"_ba);
    row("no data at its end", created + "event: done\ndata: [DONE]\n\n", End::Cut, Way::Failed, "in_progress"_ba,
        "incomplete_stream"_ba, "-1/-1/-1/-1"_ba);
}

void TestInteractions::ends()
{
    QFETCH(const QByteArray, stream);
    QFETCH(const int, clients);
    QFETCH(const int, end);
    m_test->upstream.setScript({Step::send(head + http::encodeChunk(stream) + http::lastChunk)});
    const Response answer = m_test->answerTo("POST"_ba, target, {}, R"({"model":"m","stream":true})"_ba);
    QCOMPARE(answer.body, stream);
    QCOMPARE(int(answer.end), clients);
    const ExchangeInfo &info = ended();
    QCOMPARE(int(info.end), end);
    QCOMPARE(info.failure.isEmpty(), info.errorType.isEmpty());
    QTEST(info.interaction->status, "status");
    QTEST(info.usage.finishReason, "status");
    QCOMPARE(info.interaction->ended, end == int(ExchangeInfo::End::Complete));
    QTEST(info.errorType, "errorType");
    QTEST(tokens(info), "tokens");
}

void TestInteractions::whole_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body"); // of the answer
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("ended");
    QTest::newRow("created") << "POST"_ba << target << object("completed"_ba) << "asked"_ba
                             << "completed"_ba << true;
    QTest::newRow("created in the background") << "POST"_ba << target << object("in_progress"_ba) << "asked"_ba
                                               << "in_progress"_ba << false;
    QTest::newRow("an agent, read") << "GET"_ba << target + "/v1_a" << object("failed"_ba, R"("agent":"researcher")"_ba)
                                    << "researcher"_ba
                                    << "failed"_ba << true;
    QTest::newRow("cancelled") << "POST"_ba << target + "/v1_a/cancel" << object("cancelled"_ba)
                               << "gemini-3.6-flash"_ba
                               << "cancelled"_ba << true;
}

void TestInteractions::whole()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba, body));
    const Response answer =
            m_test->answerTo(method, path, {}, path == target ? R"({"model":"asked"})"_ba : QByteArray());
    QCOMPARE(answer.body, body);
    const ExchangeInfo &info = ended();
    QCOMPARE(info.end, ExchangeInfo::End::Complete);
    QTEST(info.model, "model");
    QCOMPARE(info.interaction->id, "v1_a"_ba);
    QTEST(info.interaction->status, "status");
    QTEST(info.interaction->ended, "ended");
    QCOMPARE(tokens(info), "12/8/3/4"_ba);
}

// Not every answer is an interaction or a stream of events, and nothing but such a stream is cut.
void TestInteractions::otherAnswers_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a list") << "application/json"_ba
                            << "[{\"id\":\"v1_a\"}]"_ba;
    QTest::newRow("a picture") << "image/png"_ba
                               << "\x89PNG\r\n"_ba;
    QTest::newRow("no type") << ""_ba
                             << "x"_ba;
    QTest::newRow("nothing") << "application/json"_ba
                             << ""_ba;
}

void TestInteractions::otherAnswers()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    m_test->upstream.setScript(
            {Step::send("HTTP/1.1 200 OK\r\n" + (type.isEmpty() ? ""_ba : "Content-Type: " + type + "\r\n")
                        + "Transfer-Encoding: chunked\r\n\r\n" + (body.isEmpty() ? ""_ba : http::encodeChunk(body))
                        + http::lastChunk)});
    const Response answer = m_test->answerTo("GET"_ba, target + "/v1_a");
    QCOMPARE(int(answer.end), int(End::Clean));
    QCOMPARE(answer.body, body);
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
}

// A client that resumes a stream behind its last event gets the end alone.
void TestInteractions::resumedBehindTheLastEvent()
{
    const QByteArray stream = "event: done\ndata: [DONE]\n\n"_ba;
    m_test->upstream.setScript({Step::send(head + http::encodeChunk(stream) + http::lastChunk)});
    const Response answer = m_test->answerTo("GET"_ba, target + "/v1_a?stream=true&last_event_id=9");
    QCOMPARE(int(answer.end), int(End::Clean));
    QCOMPARE(answer.body, stream);
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
}

// Google's SDK closes the connection when it reads [DONE], before the last chunk has come.
void TestInteractions::clientClosesAtTheEnd()
{
    m_test->upstream.setScript(
            {Step::send(head + http::encodeChunk(created + text + completed())), Step::waitForRelease()});
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, target, {}, R"({"model":"m","stream":true})"_ba));
    QVERIFY(runUntil([&] { return client.response().body.endsWith("[DONE]\n\n"); }));
    client.close();
    QVERIFY(runUntil([&] { return m_test->proxy->ended.size() == 1; }));
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
    QCOMPARE(ended().interaction->status, "completed"_ba);
    QCOMPARE(tokens(ended()), "12/8/3/4"_ba);
    const MetricsText metrics(m_test->answerTo("GET"_ba, "/metrics"_ba).body);
    QCOMPARE(
            metrics.value(
                    R"(gemini_proxy_requests_total{http_route="native",http_response_status_code="200",end="complete"})"),
            1.0);
}

void TestInteractions::clientLeavesInTheMiddle()
{
    m_test->upstream.setScript({Step::send(head + http::encodeChunk(created + text)), Step::waitForRelease()});
    HttpClient client(m_test->proxy->port);
    client.send(client.request("POST"_ba, target, {}, R"({"model":"m","stream":true,"background":true})"_ba));
    QVERIFY(runUntil([&] { return client.response().body == created + text; }));
    client.close();
    QVERIFY(runUntil([&] { return m_test->proxy->ended.size() == 1; }));
    QCOMPARE(ended().end, ExchangeInfo::End::ClientLeft);
    QVERIFY(ended().interaction->background);
    QVERIFY(!ended().interaction->ended);
    QCOMPARE(ended().interaction->id, "v1_a"_ba);
}

// If the connection breaks behind the event that ends the interaction, the client sees that, but nothing is lost.
void TestInteractions::brokenBehindTheEnd()
{
    m_test->upstream.setScript({Step::send(head + http::encodeChunk(created + text + completed())), Step::close()});
    const Response answer = m_test->answerTo("POST"_ba, target, {}, R"({"model":"m","stream":true})"_ba);
    QCOMPARE(answer.body, created + text + completed());
    QCOMPARE(int(answer.end), int(End::Cut));
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
    QCOMPARE(ended().failure, QString());
}

void TestInteractions::errorsOfGemini_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("error");
    const QByteArray object = R"({"error":{"code":404,"message":"no such model","status":"NOT_FOUND"}})"_ba;
    QTest::newRow("an object") << "application/json"_ba << object;
    QTest::newRow("a list") << "application/json"_ba << '[' + object + ']';
    QTest::newRow("events") << "text/event-stream"_ba
                            << "event: error\ndata: " + object + "\n\n";
    QTest::newRow("events that say nothing") << "text/event-stream"_ba
                                             << "data: {}\n\n"_ba;
}

// What comes with the status of an error is relayed as it is, and its end is the answer's.
void TestInteractions::errorsOfGemini()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, error);
    m_test->upstream.setScript(answered("404 Not Found"_ba, "Content-Type: " + type + "\r\n", error));
    const Response answer = m_test->answerTo("POST"_ba, target, {}, R"({"model":"m","stream":true})"_ba);
    QCOMPARE(answer.status, 404);
    QCOMPARE(answer.body, error);
    QCOMPARE(ended().end, ExchangeInfo::End::Complete);
    QCOMPARE(ended().interaction->status, ""_ba);
    QVERIFY(!ended().interaction->ended);
}

// An interaction in the background is read many times, but used its tokens once.
void TestInteractions::readOftenCountedOnce()
{
    const auto counted = [this] {
        const MetricsText metrics(m_test->answerTo("GET"_ba, "/metrics"_ba).body);
        return metrics.value(
                R"(gemini_proxy_tokens_total{gen_ai_request_model="researcher",gen_ai_token_type="input"})");
    };
    const auto answer = [this](const QByteArray &status) {
        m_test->upstream.setScript(answered("200 OK"_ba, "Content-Type: application/json\r\n"_ba,
                                            object(status, R"("agent":"researcher")"_ba)));
    };
    answer("in_progress"_ba);
    QCOMPARE(m_test->answerTo("POST"_ba, target, {}, R"({"agent":"researcher","background":true})"_ba).status, 200);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(m_test->answerTo("GET"_ba, target + "/v1_a").status, 200);
    QVERIFY(!(counted() > 0));
    answer("completed"_ba);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_test->answerTo("GET"_ba, target + "/v1_a").status, 200);
    m_test->upstream.setScript({Step::send(head + http::encodeChunk(created + text + completed()) + http::lastChunk)});
    QCOMPARE(m_test->answerTo("GET"_ba, target + "/v1_a?stream=true").status, 200);
    QCOMPARE(counted(), 12.0);
}

QTEST_GUILESS_MAIN(TestInteractions)

#include "tst_interactions.moc"
