#include "proxy/demo/demoserver.h"
#include "proxy/http/chunked.h"
#include "tests/support/interactionevents.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using interactionevents::namedEvent;
using interactionevents::usage;
using Request = ScriptedServer::Request;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {

const QByteArray target = "/v1beta/interactions"_ba;
const QByteArray chunkedHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
const QByteArray done = "event: done\ndata: [DONE]\n\n"_ba;

QByteArray textEvent(const QByteArray &text, const QByteArray &more = {})
{
    return namedEvent("step.delta", R"("index":1,"delta":{"type":"text","text":")" + text + "\"}" + more);
}

QByteArray completed(const QByteArray &status)
{
    return namedEvent("interaction.completed",
                      R"("interaction":{"id":"v1_run","status":")" + status + R"(","usage":)" + usage + '}');
}

// The stream of a run whose report is "One two three"; its events count from 0.
const QByteArrayList &runEvents()
{
    static const QByteArrayList all = [] {
        QByteArrayList events{
                namedEvent("interaction.created", R"("interaction":{"id":"v1_run","status":"in_progress"})"),
                namedEvent("step.start", R"("index":0,"step":{"type":"thought"})"),
                namedEvent("step.delta",
                           R"("index":0,"delta":{"type":"thought_summary","content":{"text":"**Plan**\n\nno"}})"),
                namedEvent("step.start", R"("index":1,"step":{"type":"model_output"})"),
                textEvent("One "),
                textEvent("two "),
                namedEvent("something.new", R"("text":"no")"),
                textEvent("three"),
                namedEvent("step.stop", R"("index":1)"),
                completed("completed"),
        };
        for (qsizetype i = 0; i < events.size(); ++i)
            events[i].insert(events[i].lastIndexOf('}'), ",\"event_id\":\"e/" + QByteArray::number(i) + '"');
        return events;
    }();
    return all;
}

QByteArray withoutIds(QByteArray events)
{
    for (qsizetype i = 0; i < runEvents().size(); ++i)
        events.replace(",\"event_id\":\"e/" + QByteArray::number(i) + '"', "");
    return events;
}

QByteArray wholeRun(const QByteArray &status, const QByteArray &text = "One two three"_ba)
{
    return R"({"id":"v1_run","object":"interaction","status":")" + status
            + R"(","agent":"deep-research-1","steps":[{"type":"user_input","content":[{"type":"text","text":"hi"}]},)"
              R"({"type":"thought","summary":[{"text":"**Look**\n\nno"}]},)"
              R"({"type":"model_output","content":[{"type":"text","text":")"
            + text + R"("}]}],"usage":)" + usage + '}';
}

Script streamed(const QByteArray &events)
{
    return {Step::send(chunkedHead + http::encodeChunk(events) + http::lastChunk)};
}

Script cutBehind(const QByteArray &events)
{
    return {Step::send(chunkedHead + http::encodeChunk(events)), Step::close()};
}

Script answered(const QByteArray &status, const QByteArray &body)
{
    return {Step::send("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                       + QByteArray::number(body.size()) + "\r\n\r\n" + body)};
}

Script notFound()
{
    return answered("404 Not Found"_ba, R"({"error":{"code":404,"status":"NOT_FOUND","message":"not here"}})"_ba);
}

bool isStream(const Request &request)
{
    return request.head.query().contains("stream=true");
}

// The number of the event behind which a request takes the stream up again; -1 = it begins at the start.
int lastEventOf(const Request &request)
{
    const QByteArray query = request.head.query().toByteArray();
    const qsizetype at = query.indexOf("last_event_id=e%2F");
    return at < 0 ? -1 : query.mid(at + 18).toInt();
}

QByteArray eventsBehind(int last)
{
    return runEvents().mid(last + 1).join() + done;
}

} // namespace

// `gemini-proxy ask` and Google's Interactions API: answers of models, and the runs of agents, which survive anything.
class TestAsk : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void model();
    void fallsBack();
    void modelEnds_data();
    void modelEnds();
    void invalidPrompt();

    void agent();
    void otherAgent();
    void resumedBehindEveryEvent();
    void resumedWithoutEventIds();
    void brokenOften();
    void endedMeanwhile();
    void streamIsRefused_data();
    void streamIsRefused();
    void reportDiffers();
    void agentEnds_data();
    void agentEnds();
    void agentIsRefused();
    void errorInTheMiddle();
    void givesUp();
    void resumedByAnotherProgram();
    void interrupted();
    void resumeOfNothing();
    void hostileId();

    void demosAgent();
    void demosAgentOutlivesItsReader();
    void demosAgentIsCutOften();

    void jsonOfModel();
    void jsonOfAgent();
    void jsonNeedsInteractions();

    void countedOnce();

private:
    void run(const QStringList &arguments);
    Program::Variables variables() const;
    QStringList command(const QStringList &arguments) const;

    std::unique_ptr<ScriptedServer> m_upstream;
    std::unique_ptr<Program> m_program;
    std::optional<QTemporaryDir> m_folder;
};

void TestAsk::init()
{
    m_program = std::make_unique<Program>();
    m_upstream = std::make_unique<ScriptedServer>();
    m_folder.emplace();
    QVERIFY(m_upstream->start());
}

Program::Variables TestAsk::variables() const
{
    return {{u"GEMINI_API_KEY"_s, u"k"_s}, {u"XDG_DATA_HOME"_s, m_folder->filePath(u"data"_s)}};
}

QStringList TestAsk::command(const QStringList &arguments) const
{
    return QStringList{u"ask"_s, u"--upstream"_s, m_upstream->url().toString()} + arguments;
}

void TestAsk::run(const QStringList &arguments)
{
    m_program->run(command(arguments), variables());
}

void TestAsk::model()
{
    m_upstream->setScript(streamed(
            namedEvent("interaction.created", R"("interaction":{"id":"v1_a","status":"in_progress"})")
            + namedEvent("step.start", R"("index":0,"step":{"type":"thought","summary":[{"type":"text","text":"no"}]})")
            + namedEvent("step.start",
                         R"("index":1,"step":{"type":"model_output","content":[{"type":"text","text":"Grüße"}]})")
            + textEvent(" end") + completed("completed") + done));
    run({u"--model"_s, u"m-1"_s, u"\"Hi\" – 🌍"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->err, ""_ba);
    QCOMPARE(m_program->out, "Grüße end\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 1);
    QCOMPARE(m_upstream->requests().constFirst().head.target, target);
    const QJsonObject expected{
            {u"model"_s, u"m-1"_s}, {u"input"_s, u"\"Hi\" – 🌍"_s}, {u"stream"_s, true}, {u"store"_s, false}};
    QCOMPARE(QJsonDocument::fromJson(m_upstream->requests().constFirst().body).object(), expected);
}

void TestAsk::fallsBack()
{
    m_upstream->setScript([](const Request &request) {
        if (request.head.path() == target)
            return notFound();
        return streamed("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello\"}]},"
                        "\"finishReason\":\"STOP\"}]}\n\n"_ba);
    });
    run({u"--model"_s, u"m-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->err, ""_ba);
    QCOMPARE(m_program->out, "Hello\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 2);
    QVERIFY(m_upstream->requests().constLast().head.target.contains("/models/m-1:streamGenerateContent"));

    // Where the model does not exist either, that is said once.
    m_upstream->setScript([](const Request &) { return notFound(); });
    m_program->out.clear();
    run({u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, ""_ba);
    QCOMPARE(m_program->err, "gemini-proxy: not here\n"_ba);
}

void TestAsk::modelEnds_data()
{
    QTest::addColumn<QByteArray>("events"); // behind the first text
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("completed") << completed("completed") + done << 0 << ""_ba;
    QTest::newRow("no [DONE]") << completed("completed") << 0 << ""_ba;
    for (const QByteArray &status :
         {"failed"_ba, "cancelled"_ba, "budget_exceeded"_ba, "requires_action"_ba, "something_new"_ba})
        QTest::newRow(status.constData()) << completed(status) + done << 1 << '(' + status + ')';
    QTest::newRow("incomplete") << completed("incomplete") + done << 0 << "largest number of tokens"_ba;
    QTest::newRow("incomplete for another reason")
            << namedEvent("interaction.completed",
                          R"("interaction":{"status":"incomplete","errors":[{"code":"x","message":"unsafe"}]})")
            << 1 << "(incomplete): unsafe"_ba;
    QTest::newRow("no end") << done << 1 << "broke off"_ba;
    QTest::newRow("an error") << namedEvent("error", R"("error":{"message":"too slow","code":"gateway_timeout"})") << 1
                              << "too slow"_ba;
    QTest::newRow("no JSON in the middle")
            << "event: step.delta\ndata: {\"ind\n\n" + completed("completed") << 1 << "gap"_ba;
}

void TestAsk::modelEnds()
{
    QFETCH(const QByteArray, events);
    QFETCH(const QByteArray, message);
    m_upstream->setScript(streamed(textEvent("a") + events));
    run({u"hi"_s});
    QTEST(m_program->exitCode(), "exitCode");
    QCOMPARE(m_program->out, "a\n"_ba);
    QVERIFY2(m_program->err.contains(message), m_program->err.constData());
    QCOMPARE(m_program->err.count('\n'), message.isEmpty() ? 0 : 1);
}

void TestAsk::invalidPrompt()
{
    m_program->run(command({}), variables(), "\xff"_ba);
    QCOMPARE(m_program->exitCode(), 64);
    QVERIFY2(m_program->err.contains("UTF-8"), m_program->err.constData());
    QCOMPARE(m_upstream->requestCount(), 0);
}

// ---- agents ----

void TestAsk::agent()
{
    m_upstream->setScript(streamed(eventsBehind(-1)));
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two three\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 1);
    const QJsonObject expected{
            {u"agent"_s, u"deep-research-1"_s},
            {u"input"_s, u"hi"_s},
            {u"background"_s, true},
            {u"store"_s, true},
            {u"stream"_s, true},
            {u"agent_config"_s, QJsonObject{{u"type"_s, u"deep-research"_s}, {u"thinking_summaries"_s, u"auto"_s}}}};
    QCOMPARE(QJsonDocument::fromJson(m_upstream->requests().constFirst().body).object(), expected);
    const QByteArrayList lines = m_program->err.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines[0].endsWith("gemini-proxy ask --resume v1_run"), m_program->err.constData());
    QVERIFY2(lines[1].endsWith(" Plan"), m_program->err.constData());
}

void TestAsk::otherAgent()
{
    m_upstream->setScript(streamed(eventsBehind(-1)));
    run({u"--agent"_s, u"antigravity-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QVERIFY(!m_upstream->requests().constFirst().body.contains("agent_config"));
}

// Wherever the stream breaks, also in the middle of an event, no text is lost, and none comes twice.
void TestAsk::resumedBehindEveryEvent()
{
    for (int last = 0; last + 1 < runEvents().size(); ++last) {
        init();
        m_upstream->setScript([last](const Request &request) {
            if (request.head.method == "POST")
                return cutBehind(runEvents().mid(0, last + 1).join() + runEvents().at(last + 1).chopped(2));
            return streamed(eventsBehind(lastEventOf(request)));
        });
        run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
        QCOMPARE(m_program->exitCode(), 0);
        QCOMPARE(m_program->out, "One two three\n"_ba);
        QCOMPARE(m_upstream->requestCount(), 2);
        QCOMPARE(m_upstream->requests().at(1).head.target,
                 target + "/v1_run?stream=true&last_event_id=e%2F" + QByteArray::number(last));
        QCOMPARE(m_program->err.count("--resume"), 1);
    }
}

void TestAsk::resumedWithoutEventIds()
{
    int requests = 0;
    m_upstream->setScript([&requests](const Request &) {
        return ++requests < 6 ? cutBehind(withoutIds(runEvents().mid(0, 4 + requests).join()))
                              : streamed(withoutIds(eventsBehind(-1)));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two three\n"_ba);
    QCOMPARE(m_upstream->requests().constLast().head.target, target + "/v1_run?stream=true");
}

// However often a stream breaks, it is taken up again as long as each one brings something new.
void TestAsk::brokenOften()
{
    m_upstream->setScript([](const Request &request) {
        const int last = lastEventOf(request);
        const QByteArray next = ",\"event_id\":\"e/" + QByteArray::number(last + 1) + '"';
        if (request.head.method == "POST")
            return cutBehind(runEvents().constFirst());
        return last == 40 ? streamed(completed("completed") + done) : cutBehind(textEvent("x"_ba, next));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QVERIFY2(m_program->exitCode() == 0, m_program->err.constData());
    QCOMPARE(m_program->out, QByteArray(40, 'x') + '\n');
}

// What the stream did not tell any more stands in the interaction itself.
void TestAsk::endedMeanwhile()
{
    m_upstream->setScript([](const Request &request) {
        if (request.head.method == "POST")
            return cutBehind(runEvents().mid(0, 6).join());
        return isStream(request) ? streamed(done) : answered("200 OK"_ba, wholeRun("completed"));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two three\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 3);
}

void TestAsk::streamIsRefused_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("400") << "400 Bad Request"_ba;
    QTest::newRow("404") << "404 Not Found"_ba;
}

// Then the interaction is read until it has ended. That it cannot be read now and then does no harm.
void TestAsk::streamIsRefused()
{
    QFETCH(const QByteArray, status);
    int looks = 0;
    m_upstream->setScript([&](const Request &request) {
        if (request.head.method == "POST")
            return cutBehind(runEvents().at(0) + runEvents().at(3) + runEvents().at(4)); // no thoughts
        if (isStream(request))
            return answered(status, R"({"error":{"message":"no stream"}})"_ba);
        ++looks;
        if (looks % 2 == 0)
            return answered("500 Internal Server Error"_ba, "{}"_ba);
        return answered("200 OK"_ba, looks < 30 ? wholeRun("in_progress", "One tw") : wholeRun("completed"));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QVERIFY2(m_program->exitCode() == 0, m_program->err.constData());
    QCOMPARE(m_program->out, "One two three\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 2 + 31);
    QVERIFY2(m_program->err.contains(" Look (20 tokens)\n"), m_program->err.constData());
}

void TestAsk::reportDiffers()
{
    m_upstream->setScript([](const Request &request) {
        if (request.head.method == "POST")
            return cutBehind(runEvents().mid(0, 6).join());
        return isStream(request) ? notFound() : answered("200 OK"_ba, wholeRun("completed", "Uno dos tres"));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two \nUno dos tres\n"_ba);
    QVERIFY2(m_program->err.contains("differs"), m_program->err.constData());
}

void TestAsk::agentEnds_data()
{
    QTest::addColumn<bool>("streams"); // whether the stream tells it, or the interaction that is read
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("exitCode");
    for (const bool streams : {true, false}) {
        for (const QByteArray &status : {"failed"_ba, "cancelled"_ba, "budget_exceeded"_ba, "requires_action"_ba})
            QTest::addRow("%s, %s", status.constData(), streams ? "streamed" : "read") << streams << status << 1;
        QTest::addRow("incomplete, %s", streams ? "streamed" : "read") << streams << "incomplete"_ba << 0;
    }
}

void TestAsk::agentEnds()
{
    QFETCH(const bool, streams);
    QFETCH(const QByteArray, status);
    m_upstream->setScript([&](const Request &request) {
        if (request.head.method == "POST" && streams)
            return streamed(runEvents().mid(0, 5).join() + completed(status) + done);
        if (request.head.method == "POST")
            return cutBehind(runEvents().mid(0, 5).join());
        return isStream(request) ? notFound() : answered("200 OK"_ba, wholeRun(status, "One "));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QTEST(m_program->exitCode(), "exitCode");
    QCOMPARE(m_program->out, "One \n"_ba);
    QVERIFY2(m_program->err.contains('(' + status + ')'), m_program->err.constData());
    QCOMPARE(m_program->err.count("--resume"), 1); // there is nothing to come back to
}

void TestAsk::agentIsRefused()
{
    m_upstream->setScript([](const Request &) { return notFound(); });
    run({u"--agent"_s, u"nobody"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, ""_ba);
    QVERIFY2(m_program->err.contains("no such agent") && m_program->err.contains("not here"),
             m_program->err.constData());
    QCOMPARE(m_upstream->requestCount(), 1);
}

// An error of the stream is not one of the run.
void TestAsk::errorInTheMiddle()
{
    const QByteArray error = namedEvent("error", R"("error":{"message":"too slow","code":"gateway_timeout"})");
    m_upstream->setScript([error](const Request &request) {
        if (request.head.method == "POST")
            return streamed(runEvents().mid(0, 6).join() + error);
        return isStream(request) ? streamed(eventsBehind(lastEventOf(request)))
                                 : answered("200 OK"_ba, wholeRun("in_progress", ""));
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two three\n"_ba);
}

void TestAsk::givesUp()
{
    m_upstream->setScript([](const Request &request) {
        return request.head.method == "POST" ? cutBehind(runEvents().mid(0, 5).join())
                                             : answered("500 Internal Server Error"_ba, "{}"_ba);
    });
    run({u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, "One \n"_ba);
    QCOMPARE(m_program->err.count("--resume v1_run"), 2); // at the beginning, and with the failure
    QVERIFY2(m_upstream->requestCount() > 5 && m_upstream->requestCount() < 50,
             QByteArray::number(m_upstream->requestCount()).constData());
}

void TestAsk::resumedByAnotherProgram()
{
    m_upstream->setScript([](const Request &request) {
        if (request.head.method == "POST")
            return Script{Step::send(chunkedHead + http::encodeChunk(runEvents().mid(0, 6).join())),
                          Step::waitForRelease()};
        return streamed(eventsBehind(lastEventOf(request)));
    });
    m_program->launch(command({u"--agent"_s, u"deep-research-1"_s, u"hi"_s}), variables());
    m_program->closeWriteChannel();
    QTRY_COMPARE(m_program->out, "One two "_ba);
    m_program->kill();
    QVERIFY(m_program->waitForEnd());
    const QByteArray line = m_program->err.left(m_program->err.indexOf('\n'));
    const QString id = QString::fromUtf8(line.mid(line.lastIndexOf(' ') + 1));

    m_program = std::make_unique<Program>();
    run({u"--resume"_s, id});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, "One two three\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 2);
    QCOMPARE(m_upstream->requests().constLast().head.target, target + "/v1_run?stream=true");
}

// The run goes on at Google: nothing is cancelled.
void TestAsk::interrupted()
{
    m_upstream->setScript(
            {Step::send(chunkedHead + http::encodeChunk(runEvents().mid(0, 6).join())), Step::waitForRelease()});
    m_program->launch(command({u"--agent"_s, u"deep-research-1"_s, u"hi"_s}), variables());
    m_program->closeWriteChannel();
    QTRY_COMPARE(m_program->out, "One two "_ba);
    m_program->signalWith(SIGINT);
    QVERIFY(m_program->waitForEnd());
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 1);
    const QByteArray last = m_program->err.trimmed().split('\n').constLast();
    QVERIFY2(last.contains("stopped listening") && last.endsWith("gemini-proxy ask --resume v1_run"), last.constData());
    QCOMPARE(m_upstream->requestCount(), 1);
}

void TestAsk::resumeOfNothing()
{
    m_upstream->setScript([](const Request &) { return notFound(); });
    run({u"--resume"_s, u"v1?a/b#c"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, ""_ba);
    QCOMPARE(m_program->err, "gemini-proxy: not here\n"_ba);
    QCOMPARE(m_upstream->requestCount(), 2);
    QCOMPARE(m_upstream->requests().constLast().head.target, target + "/v1%3Fa%2Fb%23c");
}

// What a strange upstream calls an ID is neither asked for nor printed.
void TestAsk::hostileId()
{
    const QByteArray created =
            namedEvent("interaction.created", R"("interaction":{"id":"a\u001b[2Jb","status":"in_progress"})");
    m_upstream->setScript(cutBehind(created + textEvent("a")));
    run({u"--agent"_s, u"x"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_upstream->requestCount(), 1);
    QVERIFY(!m_program->err.contains('\x1b'));
    QVERIFY2(m_program->err.contains("ID of the run"), m_program->err.constData());
}

// ---- the demo's agent ----

void TestAsk::demosAgent()
{
    m_program->run({u"ask"_s, u"--demo"_s, u"--demo-pace=0"_s, u"hi"_s, u"--agent=demo-deep-research"_s});
    QVERIFY2(m_program->exitCode() == 0, m_program->err.constData());
    QVERIFY2(m_program->out.contains("hi") && m_program->out.endsWith('\n'), m_program->out.constData());
    QCOMPARE(m_program->err.count("--resume"), 1);
}

void TestAsk::demosAgentOutlivesItsReader()
{
    DemoServer demo;
    demo.setPace(std::chrono::milliseconds(0));
    demo.setWorkTime(std::chrono::milliseconds(2000)); // long enough to be killed in the middle
    QVERIFY(demo.listen());
    const QStringList upstream{u"ask"_s, u"--upstream"_s, demo.url().toString()};
    m_program->launch(upstream + QStringList{u"--agent=demo-deep-research"_s, u"hi"_s}, variables());
    m_program->closeWriteChannel();
    QTRY_VERIFY2(m_program->err.count('\n') > 1, m_program->err.constData()); // it has begun to work
    m_program->kill();
    QVERIFY(m_program->waitForEnd());
    const QByteArray line = m_program->err.left(m_program->err.indexOf('\n'));
    const QString id = QString::fromUtf8(line.mid(line.lastIndexOf(' ') + 1));

    Program other;
    other.run(upstream + QStringList{u"--resume"_s, id}, variables());
    QVERIFY2(other.exitCode() == 0, other.err.constData());
    QVERIFY2(other.out.startsWith(m_program->out) && other.out.count("hi") > 0, other.out.constData());

    // Once it has ended, the report is still there, and so is the interaction.
    Program again;
    again.run(upstream + QStringList{u"--resume"_s, id}, variables());
    QCOMPARE(again.out, other.out);
    Program json;
    json.run(upstream + QStringList{u"--json"_s, u"--resume"_s, id}, variables());
    QCOMPARE(json.exitCode(), 0);
    QCOMPARE(QJsonDocument::fromJson(json.out)["status"_L1].toString(), u"completed"_s);
}

void TestAsk::demosAgentIsCutOften()
{
    DemoServer demo;
    demo.setPace(std::chrono::milliseconds(0));
    demo.setWorkTime(std::chrono::milliseconds(0));
    QVERIFY(demo.listen());
    const QStringList arguments{u"ask"_s, u"--upstream"_s, demo.url().toString(), u"--agent=demo-deep-research"_s,
                                u"hi"_s};
    Program whole;
    whole.run(arguments, variables());
    QCOMPARE(whole.exitCode(), 0);

    const qint64 before = demo.requestCount();
    demo.setFault("cut"_ba);
    connect(&demo, &DemoServer::requestReceived, this, [&demo, before] {
        if (demo.requestCount() == before + 4)
            demo.setFault({});
    });
    m_program->run(arguments, variables());
    QVERIFY2(m_program->exitCode() == 0, m_program->err.constData());
    QCOMPARE(m_program->out, whole.out);
    QVERIFY(demo.requestCount() >= before + 4);
}

// ---- JSON ----

void TestAsk::jsonOfModel()
{
    const QByteArray body = R"({"id":"v1_a","status":"completed","steps":[{"type":"new"},{"type":"model_output",)"
                            R"("content":[{"type":"text","text":"a"}]}],"usage":{}})";
    m_upstream->setScript(answered("200 OK"_ba, body));
    run({u"--json"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->err, ""_ba);
    QCOMPARE(m_program->out, body + '\n');
    QCOMPARE(QJsonDocument::fromJson(m_upstream->requests().constFirst().body)["stream"_L1], QJsonValue(false));

    m_program->out.clear();
    m_upstream->setScript(answered("200 OK"_ba, wholeRun("failed")));
    run({u"--json"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, wholeRun("failed") + '\n');
    QVERIFY2(m_program->err.contains("(failed)"), m_program->err.constData());

    m_program->out.clear();
    m_upstream->setScript(
            {Step::send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + body.chopped(1)), Step::close()});
    run({u"--json"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, ""_ba);
}

void TestAsk::jsonOfAgent()
{
    m_upstream->setScript([](const Request &request) {
        return request.head.method == "POST" ? streamed(eventsBehind(-1))
                                             : answered("200 OK"_ba, wholeRun("completed"));
    });
    run({u"--json"_s, u"--agent"_s, u"deep-research-1"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->out, wholeRun("completed") + '\n');
    QCOMPARE(m_upstream->requests().constLast().head.target, target + "/v1_run");
}

void TestAsk::jsonNeedsInteractions()
{
    m_upstream->setScript([](const Request &) { return notFound(); });
    run({u"--json"_s, u"hi"_s});
    QCOMPARE(m_program->exitCode(), 1);
    QCOMPARE(m_program->out, ""_ba);
    QVERIFY2(m_program->err.contains("no Interactions") && m_program->err.contains("not here"),
             m_program->err.constData());
    QCOMPARE(m_upstream->requestCount(), 1);
}

// ---- usage ----

// However often a run is read, by however many programs, its tokens were used once.
void TestAsk::countedOnce()
{
    m_upstream->setScript([](const Request &request) {
        if (request.head.method == "POST")
            return cutBehind(runEvents().mid(0, 6).join());
        return isStream(request) ? streamed(eventsBehind(lastEventOf(request)))
                                 : answered("200 OK"_ba, wholeRun("completed"));
    });
    for (const QStringList &arguments :
         {QStringList{u"--agent"_s, u"deep-research-1"_s, u"hi"_s}, QStringList{u"--resume"_s, u"v1_run"_s},
          QStringList{u"--json"_s, u"--resume"_s, u"v1_run"_s}}) {
        run(arguments);
        QVERIFY2(m_program->exitCode() == 0, m_program->err.constData());
    }
    m_program->out.clear();
    m_program->run({u"usage"_s, u"--json"_s}, variables());
    const QJsonArray rows = QJsonDocument::fromJson(m_program->out).array();
    int requests = 0;
    int output = 0;
    for (const auto &row : rows) {
        QCOMPARE(row["client"_L1].toString(), u"ask"_s);
        requests += row["requests"_L1].toInt();
        output += row["output_tokens"_L1].toInt();
    }
    QCOMPARE(requests, 1);
    QCOMPARE(output, 8);
}

QTEST_GUILESS_MAIN(TestAsk)
#include "tst_ask.moc"
