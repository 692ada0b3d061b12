#include "proxy/demo/demoserver.h"
#include "proxy/gemini/eventstreamparser.h"
#include "tests/support/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Event
{
    QString name;
    QJsonObject data; // empty for what is not JSON
};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QList<Event> eventsOf(const QByteArray &stream)
{
    QList<Event> events;
    EventStreamParser parser;
    for (const ServerSentEvent &event : parser.feed(stream))
        events.append({QString::fromUtf8(event.event), QJsonDocument::fromJson(event.data).object()});
    return events;
}

QStringList namesOf(const QList<Event> &events)
{
    QStringList names;
    for (const Event &event : events)
        names.append(event.name);
    return names;
}

// Builds the steps anew from the events of a stream, as a client does.
QJsonArray stepsOf(const QList<Event> &events)
{
    QJsonArray steps;
    QString arguments;
    for (const Event &event : events) {
        const int index = event.data["index"_L1].toInt();
        if (event.name == "step.start"_L1) {
            steps.append(event.data["step"_L1]);
            arguments.clear();
        }
        if (event.name != "step.delta"_L1 && event.name != "step.stop"_L1)
            continue;
        QJsonObject step = steps.at(index).toObject();
        const QJsonObject delta = event.data["delta"_L1].toObject();
        const QString type = delta["type"_L1].toString();
        if (event.name == "step.stop"_L1) {
            if (!arguments.isEmpty())
                step["arguments"_L1] = QJsonDocument::fromJson(arguments.toUtf8()).object();
        } else if (type == "text"_L1) {
            QJsonArray content = step["content"_L1].toArray();
            QJsonObject text = content.last().toObject();
            if (text["type"_L1].toString() == "text"_L1)
                content.removeLast();
            text["type"_L1] = type;
            text["text"_L1] = text["text"_L1].toString() + delta["text"_L1].toString();
            content.append(text);
            step["content"_L1] = content;
        } else if (type == "text_annotation_delta"_L1) {
            QJsonArray content = step["content"_L1].toArray();
            QJsonObject text = content.takeAt(content.size() - 1).toObject();
            text["annotations"_L1] = delta["annotations"_L1];
            content.append(text);
            step["content"_L1] = content;
        } else if (type == "image"_L1) {
            QJsonArray content = step["content"_L1].toArray();
            content.append(delta);
            step["content"_L1] = content;
        } else if (type == "thought_summary"_L1) {
            QJsonArray summary = step["summary"_L1].toArray();
            summary.append(delta["content"_L1]);
            step["summary"_L1] = summary;
        } else if (type == "thought_signature"_L1) {
            step["signature"_L1] = delta["signature"_L1];
        } else if (type == "arguments_delta"_L1) {
            arguments += delta["arguments"_L1].toString();
        } else {
            for (auto it = delta.begin(); it != delta.end(); ++it)
                step[it.key()] = it.value();
        }
        steps.replace(index, step);
    }
    return steps;
}

QString textOf(const QJsonArray &steps)
{
    QString text;
    for (const auto &step : steps) {
        for (const auto &content : step["content"_L1].toArray())
            text += content["text"_L1].toString();
    }
    return text;
}

QStringList typesOf(const QJsonArray &steps)
{
    QStringList types;
    for (const auto &step : steps)
        types.append(step["type"_L1].toString());
    return types;
}

QJsonObject question(const QJsonObject &more = {}, const QString &input = u"Hello"_s)
{
    QJsonObject body{{u"model"_s, u"gemini-flash-latest"_s}, {u"input"_s, input}};
    for (auto it = more.begin(); it != more.end(); ++it)
        body.insert(it.key(), it.value());
    return body;
}

QByteArray pathOf(const QList<Event> &events)
{
    return '/' + events.first().data["interaction"_L1]["id"_L1].toString().toLatin1();
}

// Returns a request that the server answers with the help of one of its own tools.
QJsonObject questionWith(const QString &tool, const QString &input = u"Hello"_s)
{
    return question({{u"tools"_s, QJsonArray{QJsonObject{{u"type"_s, tool}}}}}, input);
}

QJsonArray weatherTool()
{
    const QJsonObject parameters{{u"type"_s, u"object"_s},
                                 {u"properties"_s,
                                  QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}},
                                              {u"days"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}}};
    return {QJsonObject{{u"type"_s, u"function"_s}, {u"name"_s, u"get_weather"_s}, {u"parameters"_s, parameters}}};
}

QJsonObject research(const QJsonObject &more = {})
{
    QJsonObject body{
            {u"agent"_s, u"demo-deep-research"_s}, {u"input"_s, u"What is example.com?"_s}, {u"background"_s, true}};
    for (auto it = more.begin(); it != more.end(); ++it)
        body.insert(it.key(), it.value());
    return body;
}

} // namespace

// The demo's copy of the Interactions API, as clients see it over a socket.
class TestDemoInteractions : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refusals_data();
    void refusals();
    void asksForAKey();
    void streamTellsWhatIsWhole_data();
    void streamTellsWhatIsWhole();
    void piecesOfAStream_data();
    void piecesOfAStream();
    void inputs_data();
    void inputs();
    void continuesAnInteraction();
    void storesOnlyWhatItMay();
    void callsAFunctionWithTheServersMemory();
    void callsAFunctionWithTheClientsMemory();
    void citesWhatItFound();
    void usesToolsOfTheServer();
    void picture();
    void jsonOfASchema();
    void endsEarly();
    void resumesBehindEachEvent_data();
    void resumesBehindEachEvent();
    void deletes();
    void deletesWhatWorks();
    void plansAndWaitsForAYes();
    void worksInTheBackground();
    void streamsWhileItWorks();
    void endsForAllAtOnce();
    void worksWithoutClients();
    void cancels_data();
    void cancels();
    void cancelsNothingThatHasEnded();
    void faults_data();
    void faults();
    void faultsOfWholeAnswers_data();
    void faultsOfWholeAnswers();
    void oddEventsCanBeSkipped_data();
    void oddEventsCanBeSkipped();
    void faultsOfTheServer();
    void sendsHugeAnswers();
    void forgetsTheOldest();

private:
    HttpClient::Response ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {});
    HttpClient::Response create(const QJsonObject &body) { return ask("POST", "", compact(body)); }
    void beginStream(HttpClient &client, QJsonObject body);
    QJsonObject made(const QJsonObject &body);
    QJsonObject read(const QString &id);

    std::unique_ptr<DemoServer> m_server;
};

void TestDemoInteractions::init()
{
    m_server = std::make_unique<DemoServer>();
    m_server->setPace(std::chrono::milliseconds(0));
    m_server->setWorkTime(std::chrono::milliseconds(0));
    QVERIFY(m_server->listen());
}

// Sends one request to a path below the interactions. Returns the answer when it has ended.
HttpClient::Response TestDemoInteractions::ask(const QByteArray &method, const QByteArray &path, const QByteArray &body)
{
    HttpClient client(quint16(m_server->url().port()));
    client.send(client.request(method, "/v1beta/interactions" + path, "x-goog-api-key: k\r\n"_ba, body));
    return runUntil([&client] { return client.hasEnded(); }) ? client.response() : HttpClient::Response();
}

// Asks for an interaction as a stream and does not wait for it.
void TestDemoInteractions::beginStream(HttpClient &client, QJsonObject body)
{
    body.insert("stream"_L1, true);
    client.send(client.request("POST"_ba, "/v1beta/interactions"_ba, "x-goog-api-key: k\r\n"_ba, compact(body)));
}

// Makes an interaction that must succeed, and returns it.
QJsonObject TestDemoInteractions::made(const QJsonObject &body)
{
    const HttpClient::Response response = create(body);
    if (response.status != 200)
        qWarning() << response.status << response.body;
    return response.status == 200 ? QJsonDocument::fromJson(response.body).object() : QJsonObject();
}

QJsonObject TestDemoInteractions::read(const QString &id)
{
    return QJsonDocument::fromJson(ask("GET", '/' + id.toLatin1()).body).object();
}

void TestDemoInteractions::refusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("word"); // of the message

    const auto row = [](const char *name, const QByteArray &body, int status, const QByteArray &word) {
        QTest::newRow(name) << "POST"_ba
                            << ""_ba << body << status << word;
    };
    row("no JSON", "hello", 400, "JSON");
    row("neither model nor agent", R"({"input":"x"})", 400, "agent");
    row("both", R"({"model":"m","agent":"demo-deep-research","input":"x"})", 400, "Exactly one");
    row("no such model", R"({"model":"demo-nothing","input":"x"})", 404, "demo-nothing");
    row("no such agent", R"({"agent":"a","input":"x","background":true})", 404, "agent a");
    row("an agent as a model", R"({"model":"demo-deep-research","input":"x"})", 404, "deep-research");
    row("an agent in the foreground", R"({"agent":"demo-deep-research","input":"x"})", 400, "background");
    row("no input", R"({"model":"m"})", 400, "input");
    row("empty input", R"({"model":"m","input":""})", 400, "input");
    row("an empty list", R"({"model":"m","input":[]})", 400, "input");
    row("a number as input", R"({"model":"m","input":1})", 400, "input");
    row("contents among steps",
        R"({"model":"m","input":[{"type":"text","text":"a"},{"type":"user_input","content":[]}]})", 400, "input");
    row("an item without a type", R"({"model":"m","input":[{"text":"a"}]})", 400, "input");
    row("stream is no text", R"({"model":"m","input":"x","stream":"true"})", 400, "true or false");
    row("tools are a list", R"({"model":"m","input":"x","tools":{}})", 400, "tools");
    row("no such thinking level", R"({"model":"m","input":"x","generation_config":{"thinking_level":"much"}})", 400,
        "thinking_level");
    row("in the background and not stored", R"({"model":"m","input":"x","background":true,"store":false})", 400,
        "store");
    row("continues nothing", R"({"model":"m","input":"x","previous_interaction_id":"v1_none"})", 404, "v1_none");
    QTest::newRow("GET of the list") << "GET"_ba
                                     << ""_ba
                                     << ""_ba << 404 << "listed"_ba;
    QTest::newRow("GET of none") << "GET"_ba
                                 << "/v1_none"_ba
                                 << ""_ba << 404 << "v1_none"_ba;
    QTest::newRow("DELETE of none") << "DELETE"_ba
                                    << "/v1_none"_ba
                                    << ""_ba << 404 << "v1_none"_ba;
    QTest::newRow("cancel of none") << "POST"_ba
                                    << "/v1_none/cancel"_ba
                                    << "{}"_ba << 404 << "v1_none"_ba;
    QTest::newRow("an unknown action") << "POST"_ba
                                       << "/v1_none:pause"_ba
                                       << "{}"_ba << 404 << "cannot be done"_ba;
}

void TestDemoInteractions::refusals()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QByteArray, word);
    const HttpClient::Response response = ask(method, path, body);
    QCOMPARE(response.status, status);
    const QJsonObject error = QJsonDocument::fromJson(response.body).object()["error"_L1].toObject();
    QCOMPARE(error["code"_L1].toInt(), status);
    QCOMPARE(error["status"_L1].toString(), status == 404 ? u"NOT_FOUND"_s : u"INVALID_ARGUMENT"_s);
    QVERIFY2(error["message"_L1].toString().contains(QString::fromUtf8(word)), response.body.constData());
}

void TestDemoInteractions::asksForAKey()
{
    const QByteArray path = "/v1beta/interactions/"_ba + made(question())["id"_L1].toString().toLatin1();
    for (const QByteArray &method : {"GET"_ba, "DELETE"_ba, "POST"_ba}) {
        HttpClient client(quint16(m_server->url().port()));
        client.send(client.request(method, method == "POST" ? "/v1beta/interactions"_ba : path, {},
                                   method == "POST" ? compact(question()) : QByteArray()));
        QVERIFY(runUntil([&client] { return client.hasEnded(); }));
        QCOMPARE(client.response().status, 403);
    }
    QCOMPARE(ask("GET", path.sliced(20)).status, 200); // it was not deleted
}

void TestDemoInteractions::streamTellsWhatIsWhole_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("status");

    const QString completed = u"completed"_s;
    const QString output = u"model_output"_s;
    QTest::newRow("text") << question() << QStringList{output} << completed;
    QTest::newRow("thoughts") << question({{u"generation_config"_s, QJsonObject{{u"thinking_summaries"_s, u"auto"_s}}}})
                              << QStringList{u"thought"_s, output} << completed;
    QTest::newRow("a model that thinks") << question({{u"model"_s, u"demo-thinking"_s}})
                                         << QStringList{u"thought"_s, output} << completed;
    QTest::newRow("a function") << question({{u"tools"_s, weatherTool()}})
                                << QStringList{u"thought"_s, u"function_call"_s} << u"requires_action"_s;
    QTest::newRow("a function that may not be called") << question(
            {{u"tools"_s, weatherTool()}, {u"generation_config"_s, QJsonObject{{u"tool_choice"_s, u"none"_s}}}})
                                                       << QStringList{output} << completed;
    QTest::newRow("a search") << questionWith(u"google_search"_s)
                              << QStringList{u"google_search_call"_s, u"google_search_result"_s, output} << completed;
    QTest::newRow("code") << questionWith(u"code_execution"_s)
                          << QStringList{u"code_execution_call"_s, u"code_execution_result"_s, output} << completed;
    QTest::newRow("an address") << questionWith(u"url_context"_s, u"Read https://example.com/a now"_s)
                                << QStringList{u"url_context_call"_s, u"url_context_result"_s, output} << completed;
    QTest::newRow("a picture") << question({{u"response_format"_s, QJsonObject{{u"type"_s, u"image"_s}}}})
                               << QStringList{output} << completed;
    QTest::newRow("research") << research()
                              << QStringList{u"thought"_s,
                                             u"google_search_call"_s,
                                             u"google_search_result"_s,
                                             u"thought"_s,
                                             u"google_search_call"_s,
                                             u"google_search_result"_s,
                                             u"thought"_s,
                                             output}
                              << completed;
    QTest::newRow("blocked") << question({{u"model"_s, u"demo-blocked"_s}}) << QStringList{} << u"failed"_s;
    QTest::newRow("unsafe") << question({{u"model"_s, u"demo-safety"_s}}) << QStringList{output} << u"incomplete"_s;
}

// The same request gets the same answer, streamed and whole, and reading it later gives that answer as well.
void TestDemoInteractions::streamTellsWhatIsWhole()
{
    QFETCH(QJsonObject, body);
    QFETCH(const QStringList, steps);
    QFETCH(const QString, status);

    const QJsonObject whole = made(body);
    QVERIFY(whole["id"_L1].toString().startsWith("v1_"_L1));
    QCOMPARE(whole["object"_L1].toString(), u"interaction"_s);
    QCOMPARE(whole["status"_L1].toString(), status);
    QCOMPARE(whole.contains("agent"_L1), body.contains("agent"_L1));
    QCOMPARE(typesOf(whole["steps"_L1].toArray()), steps);

    body.insert("stream"_L1, true);
    const HttpClient::Response response = create(body);
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, HttpClient::End::Clean);
    QCOMPARE(response.fields.value("content-type"), "text/event-stream"_ba);
    const QList<Event> events = eventsOf(response.body);
    const QStringList names = namesOf(events);
    QCOMPARE(names.first(2), (QStringList{u"interaction.created"_s, u"interaction.status_update"_s}));
    QCOMPARE(names.last(2), (QStringList{u"interaction.completed"_s, u"done"_s}));
    QVERIFY(response.body.endsWith("\n\nevent: done\ndata: [DONE]\n\n"));
    QCOMPARE(names.count("step.start"_L1), steps.size());
    QCOMPARE(names.count("step.stop"_L1), steps.size());
    QSet<QString> ids;
    for (const Event &event : events.first(events.size() - 1)) {
        QCOMPARE(event.data["event_type"_L1].toString(), event.name);
        ids.insert(event.data["event_id"_L1].toString());
    }
    QCOMPARE(ids.size(), events.size() - 1);
    QVERIFY(!ids.contains(QString()));
    QCOMPARE(stepsOf(events), whole["steps"_L1].toArray());
    const QJsonObject end = events.at(events.size() - 2).data["interaction"_L1].toObject();
    QCOMPARE(end["status"_L1].toString(), status);
    QCOMPARE(end["usage"_L1], whole["usage"_L1]);
    QVERIFY(!end.contains("steps"_L1));

    const QJsonObject later = read(end["id"_L1].toString());
    QCOMPARE(later["steps"_L1], whole["steps"_L1]);
    QCOMPARE(later["usage"_L1], whole["usage"_L1]);
    const QJsonObject usage = whole["usage"_L1].toObject();
    QCOMPARE(usage["total_tokens"_L1].toInt(),
             usage["total_input_tokens"_L1].toInt() + usage["total_output_tokens"_L1].toInt()
                     + usage["total_thought_tokens"_L1].toInt() + usage["total_tool_use_tokens"_L1].toInt());
    QVERIFY(usage["total_input_tokens"_L1].toInt() > 0);
    for (const auto kind : {"input"_L1, "output"_L1}) {
        int tokens = 0;
        for (const auto &part : usage[kind + "_tokens_by_modality"_L1].toArray())
            tokens += part["tokens"_L1].toInt();
        QCOMPARE(tokens, usage["total_"_L1 + kind + "_tokens"_L1].toInt());
    }
}

void TestDemoInteractions::piecesOfAStream_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::addColumn<QStringList>("kinds"); // of the deltas in their order, each run of one kind once
    QTest::addColumn<QString>("cut");       // the kind that must come in several pieces
    const QString text = u"text"_s;
    QTest::newRow("text") << question() << QStringList{text} << text;
    QTest::newRow("thoughts") << question({{u"generation_config"_s, QJsonObject{{u"thinking_summaries"_s, u"auto"_s}}}})
                              << QStringList{u"thought_summary"_s, u"thought_signature"_s, text}
                              << u"thought_summary"_s;
    QTest::newRow("a call, whose thought has no summary")
            << question({{u"tools"_s, weatherTool()}}) << QStringList{u"thought_signature"_s, u"arguments_delta"_s}
            << u"arguments_delta"_s;
    QTest::newRow("a search") << questionWith(u"google_search"_s)
                              << QStringList{u"google_search_call"_s, u"google_search_result"_s, text,
                                             u"text_annotation_delta"_s}
                              << text;
    QTest::newRow("code") << questionWith(u"code_execution"_s)
                          << QStringList{u"code_execution_call"_s, u"code_execution_result"_s, text} << text;
    QTest::newRow("an address") << questionWith(u"url_context"_s)
                                << QStringList{u"url_context_call"_s, u"url_context_result"_s, text} << text;
    QTest::newRow("a picture") << question({{u"response_format"_s, QJsonObject{{u"type"_s, u"image"_s}}}})
                               << QStringList{text, u"image"_s} << text;
}

// Every piece belongs to the step that was begun last and has not ended; steps begin empty and are counted from 0.
void TestDemoInteractions::piecesOfAStream()
{
    QFETCH(QJsonObject, body);
    QFETCH(const QStringList, kinds);
    QFETCH(const QString, cut);
    body.insert("stream"_L1, true);
    QStringList seen;
    int pieces = 0;
    int begun = 0;
    bool open = false;
    for (const Event &event : eventsOf(create(body).body)) {
        if (!event.name.startsWith("step."_L1))
            continue;
        if (event.name == "step.start"_L1) {
            QVERIFY(!open);
            QCOMPARE(event.data["step"_L1]["arguments"_L1].toObject(), QJsonObject());
            QVERIFY(!event.data["step"_L1].toObject().contains("content"_L1));
            ++begun;
        } else {
            QVERIFY(open);
        }
        open = event.name != "step.stop"_L1;
        QCOMPARE(event.data["index"_L1].toInt(-1), begun - 1);
        if (event.name != "step.delta"_L1)
            continue;
        const QString kind = event.data["delta"_L1]["type"_L1].toString();
        if (seen.isEmpty() || seen.last() != kind)
            seen.append(kind);
        pieces += kind == cut ? 1 : 0;
    }
    QVERIFY(!open);
    QCOMPARE(seen, kinds);
    QVERIFY(pieces > 1);
}

void TestDemoInteractions::inputs_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("a text") << R"("Hello there")"_ba;
    QTest::newRow("one content") << R"({"type":"text","text":"Hello there"})"_ba;
    QTest::newRow("contents") << R"([{"type":"text","text":"Hello "},{"type":"text","text":"there"}])"_ba;
    QTest::newRow("one step") << R"({"type":"user_input","content":[{"type":"text","text":"Hello there"}]})"_ba;
    QTest::newRow("a step with a text") << R"([{"type":"user_input","content":"Hello there"}])"_ba;
    QTest::newRow("a history") << R"([{"type":"user_input","content":[{"type":"text","text":"First"}]},
                   {"type":"model_output","content":[{"type":"text","text":"Answer"}]},
                   {"type":"user_input","content":[{"type":"text","text":"Hello there"}]}])"_ba;
}

void TestDemoInteractions::inputs()
{
    QFETCH(const QByteArray, input);
    const HttpClient::Response response = ask("POST", "", R"({"model":"m","input":)" + input + '}');
    QCOMPARE(response.status, 200);
    const QJsonObject interaction = QJsonDocument::fromJson(response.body).object();
    QVERIFY(textOf(interaction["steps"_L1].toArray()).contains(u"You asked: “Hello there”"_s));
}

void TestDemoInteractions::continuesAnInteraction()
{
    const QJsonObject first = made(question());
    const QJsonObject second = made(question({{u"previous_interaction_id"_s, first["id"_L1]}}, u"And then?"_s));
    QCOMPARE(second["previous_interaction_id"_L1], first["id"_L1]);
    const QJsonObject alone = made(question({}, u"And then?"_s));
    const auto tokens = [](const QJsonObject &interaction, QLatin1StringView name) {
        return interaction["usage"_L1][name].toInt();
    };
    QCOMPARE(tokens(second, "total_input_tokens"_L1),
             tokens(alone, "total_input_tokens"_L1) + tokens(first, "total_input_tokens"_L1)
                     + tokens(first, "total_output_tokens"_L1));
    QVERIFY(tokens(second, "total_cached_tokens"_L1) > 0);
    QVERIFY(tokens(second, "total_cached_tokens"_L1) < tokens(second, "total_input_tokens"_L1));
    QCOMPARE(tokens(alone, "total_cached_tokens"_L1), 0);
}

void TestDemoInteractions::storesOnlyWhatItMay()
{
    const QString id = made(question({{u"store"_s, false}}))["id"_L1].toString();
    QVERIFY(!id.isEmpty());
    QCOMPARE(ask("GET", '/' + id.toLatin1()).status, 404);
    QCOMPARE(create(question({{u"previous_interaction_id"_s, id}})).status, 404);
}

void TestDemoInteractions::callsAFunctionWithTheServersMemory()
{
    const QJsonObject first = made(question({{u"tools"_s, weatherTool()}}));
    const QJsonObject call = first["steps"_L1].toArray().last().toObject();
    QCOMPARE(call["name"_L1].toString(), u"get_weather"_s);
    QCOMPARE(call["arguments"_L1].toObject(), (QJsonObject{{u"city"_s, u"demo"_s}, {u"days"_s, 1}}));

    QJsonObject result{{u"type"_s, u"function_result"_s},
                       {u"call_id"_s, call["id"_L1]},
                       {u"name"_s, u"get_weather"_s},
                       {u"result"_s, QJsonObject{{u"degrees"_s, 31}}}};
    QJsonObject body{{u"model"_s, u"m"_s},
                     {u"previous_interaction_id"_s, first["id"_L1]},
                     {u"tools"_s, weatherTool()},
                     {u"input"_s, result}};
    const QJsonObject second = made(body);
    QCOMPARE(second["status"_L1].toString(), u"completed"_s);
    QVERIFY(textOf(second["steps"_L1].toArray()).contains("{\"degrees\":31}"_L1));

    result["call_id"_L1] = u""_s;
    body["input"_L1] = result;
    QCOMPARE(create(body).status, 400);
    result["call_id"_L1] = u"call_other"_s;
    body["input"_L1] = result;
    const HttpClient::Response wrong = create(body);
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains("call_other"));
}

// A client that keeps the history itself must send the signature of the thought ahead of a call back, too.
void TestDemoInteractions::callsAFunctionWithTheClientsMemory()
{
    const QJsonObject asked{
            {u"type"_s, u"user_input"_s},
            {u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, u"Weather?"_s}}}}};
    QJsonObject body{
            {u"model"_s, u"m"_s}, {u"store"_s, false}, {u"tools"_s, weatherTool()}, {u"input"_s, QJsonArray{asked}}};
    const QJsonArray steps = made(body)["steps"_L1].toArray();
    QCOMPARE(typesOf(steps), (QStringList{u"thought"_s, u"function_call"_s}));
    QVERIFY(!steps.first()["signature"_L1].toString().isEmpty());

    const QJsonObject result{
            {u"type"_s, u"function_result"_s}, {u"call_id"_s, steps.last()["id"_L1]}, {u"result"_s, u"sunny"_s}};
    body["input"_L1] = QJsonArray{asked, steps.at(0), steps.at(1), result};
    QVERIFY(textOf(made(body)["steps"_L1].toArray()).contains("sunny"_L1));

    body["input"_L1] = QJsonArray{asked, steps.at(1), result}; // without the thought
    QCOMPARE(create(body).status, 400);
    QJsonObject thought = steps.at(0).toObject();
    thought["signature"_L1] = u"another"_s;
    body["input"_L1] = QJsonArray{asked, thought, steps.at(1), result};
    const HttpClient::Response wrong = create(body);
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains("signature"));
    body["input"_L1] = QJsonArray{asked, result}; // without the call
    QCOMPARE(create(body).status, 400);
}

// The offsets of a citation count bytes, as Google's do.
void TestDemoInteractions::citesWhatItFound()
{
    const QJsonObject interaction = made(
            question({{u"tools"_s, QJsonArray{QJsonObject{{u"type"_s, u"google_search"_s}}}}}, u"Größe der Erde?"_s));
    const QJsonArray steps = interaction["steps"_L1].toArray();
    QCOMPARE(steps.first()["arguments"_L1]["queries"_L1].toArray(), QJsonArray{u"Größe der Erde?"_s});
    const QJsonObject content = steps.last()["content"_L1].toArray().first().toObject();
    const QJsonObject citation = content["annotations"_L1].toArray().first().toObject();
    QCOMPARE(citation["type"_L1].toString(), u"url_citation"_s);
    QCOMPARE(citation["url"_L1].toString(), u"https://example.com/"_s);
    const int start = citation["start_index"_L1].toInt();
    const QByteArray cited =
            content["text"_L1].toString().toUtf8().mid(start, citation["end_index"_L1].toInt() - start);
    QCOMPARE(cited, "The domain example.com is kept for examples in documents."_ba);
}

// Calls and results are pairs, and what they used counts.
void TestDemoInteractions::usesToolsOfTheServer()
{
    const QJsonObject counted = made(questionWith(u"code_execution"_s));
    const QJsonArray code = counted["steps"_L1].toArray();
    QCOMPARE(code.at(0)["arguments"_L1]["language"_L1].toString(), u"python"_s);
    QVERIFY(!code.at(0)["arguments"_L1]["code"_L1].toString().isEmpty());
    QVERIFY(code.at(1)["result"_L1].isString());
    QCOMPARE(code.at(1)["call_id"_L1], code.at(0)["id"_L1]);
    QVERIFY(textOf(code).contains(code.at(1)["result"_L1].toString().trimmed()));
    QVERIFY(counted["usage"_L1]["total_tool_use_tokens"_L1].toInt() > 0);
    QCOMPARE(made(question())["usage"_L1]["total_tool_use_tokens"_L1].toInt(-1), 0);

    const QJsonArray page =
            made(questionWith(u"url_context"_s, u"Read https://example.org/a and http://example.net/"_s))["steps"_L1]
                    .toArray();
    const QJsonArray urls{u"https://example.org/a"_s, u"http://example.net/"_s};
    QCOMPARE(page.at(0)["arguments"_L1]["urls"_L1].toArray(), urls);
    QCOMPARE(page.at(1)["call_id"_L1], page.at(0)["id"_L1]);
    QJsonArray read;
    for (const auto &each : page.at(1)["result"_L1].toArray())
        read.append(each["url"_L1]);
    QCOMPARE(read, urls);
}

void TestDemoInteractions::picture()
{
    for (const QJsonObject &body :
         {question({{u"model"_s, u"gemini-2.5-flash-image"_s}}),
          question({{u"response_format"_s, QJsonArray{QJsonObject{{u"type"_s, u"image"_s}}}}})}) {
        const QJsonObject content = made(body)["steps"_L1].toArray().last()["content"_L1].toArray().last().toObject();
        QCOMPARE(content["mime_type"_L1].toString(), u"image/png"_s);
        const QByteArray png = QByteArray::fromBase64(content["data"_L1].toString().toLatin1());
        QVERIFY(png.startsWith("\x89PNG\r\n\x1a\n"));
        QVERIFY(png.endsWith(QByteArray("\0\0\0\0IEND\xae\x42\x60\x82", 12))); // with the checksum of every PNG's end
    }
}

void TestDemoInteractions::jsonOfASchema()
{
    const QByteArray format = R"({"type":"text","mime_type":"application/json","schema":{"type":"object","properties":{
        "name":{"type":"string"},"age":{"type":"integer"},"kind":{"enum":["a","b"]},
        "tags":{"type":"array","items":{"type":"boolean"}}}}})";
    const QJsonObject interaction = made(question({{u"response_format"_s, QJsonDocument::fromJson(format).object()}}));
    const QJsonObject text{{u"type"_s, u"text"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}};
    QCOMPARE(textOf(made(question({{u"response_format"_s, text}}))["steps"_L1].toArray()), u"\"demo\""_s);
    QCOMPARE(QJsonDocument::fromJson(textOf(interaction["steps"_L1].toArray()).toUtf8()).object(),
             (QJsonObject{{u"name"_s, u"demo"_s}, {u"age"_s, 1}, {u"kind"_s, u"a"_s}, {u"tags"_s, QJsonArray{true}}}));
}

void TestDemoInteractions::endsEarly()
{
    const auto with = [this](const QJsonObject &config) { return made(question({{u"generation_config"_s, config}})); };
    const QJsonObject limited = with({{u"max_output_tokens"_s, 4}});
    QCOMPARE(limited["status"_L1].toString(), u"incomplete"_s);
    QCOMPARE(limited["usage"_L1]["total_output_tokens"_L1].toInt(), 4);
    const QJsonObject stopped = with({{u"stop_sequences"_s, QJsonArray{u"demo"_s}}});
    QCOMPARE(stopped["status"_L1].toString(), u"completed"_s);
    QCOMPARE(textOf(stopped["steps"_L1].toArray()), u"This is Gemini Desk’s "_s);
    QVERIFY(with({{u"thinking_level"_s, u"high"_s}})["usage"_L1]["total_thought_tokens"_L1].toInt()
            > with({{u"thinking_level"_s, u"low"_s}})["usage"_L1]["total_thought_tokens"_L1].toInt());
}

void TestDemoInteractions::resumesBehindEachEvent_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::newRow("a call") << question({{u"tools"_s, weatherTool()}});
    QTest::newRow("a search") << questionWith(u"google_search"_s);
    QTest::newRow("research") << research();
    QTest::newRow("unknown kinds") << question({{u"model"_s, u"demo-unknown"_s}});
}

void TestDemoInteractions::resumesBehindEachEvent()
{
    QFETCH(QJsonObject, body);
    body.insert("stream"_L1, true);
    const QByteArray stream = create(body).body;
    const QList<Event> events = eventsOf(stream);
    const QByteArray path = pathOf(events) + "?stream=true";
    QCOMPARE(ask("GET", path).body, stream);
    qsizetype at = 0;
    for (const Event &event : events.first(events.size() - 1)) {
        at = stream.indexOf("\n\n", at) + 2;
        const QByteArray id = event.data["event_id"_L1].toString().toLatin1();
        QCOMPARE(ask("GET", path + "&last_event_id=" + id).body, stream.sliced(at));
    }
    const QByteArray done = "evt_" + QByteArray::number(events.size()); // the last event has no ID
    QCOMPARE(ask("GET", path + "&last_event_id=" + done).status, 400);
    const HttpClient::Response wrong = ask("GET", path + "&last_event_id=evt_none");
    QCOMPARE(wrong.status, 400);
    QVERIFY(wrong.body.contains("evt_none"));
}

void TestDemoInteractions::deletes()
{
    const QByteArray path = '/' + made(question())["id"_L1].toString().toLatin1();
    QCOMPARE(ask("GET", path).status, 200);
    const HttpClient::Response response = ask("DELETE", path);
    QCOMPARE(response.status, 200);
    QCOMPARE(QJsonDocument::fromJson(response.body).object(), QJsonObject());
    QCOMPARE(ask("GET", path).status, 404);
    QCOMPARE(ask("DELETE", path).status, 404);
}

void TestDemoInteractions::deletesWhatWorks()
{
    m_server->setWorkTime(std::chrono::hours(1));
    HttpClient client(quint16(m_server->url().port()));
    beginStream(client, research());
    QVERIFY(runUntil([&client] { return eventsOf(client.response().body).size() == 2; }));
    const QByteArray path = pathOf(eventsOf(client.response().body));
    QCOMPARE(ask("DELETE", path).status, 200);
    QCOMPARE(ask("GET", path).status, 404);
    QVERIFY(runUntil([&client] { return client.hasEnded(); })); // nobody waits for what will never come
    QVERIFY(client.response().body.endsWith("[DONE]\n\n"));
}

void TestDemoInteractions::plansAndWaitsForAYes()
{
    const QJsonObject config{
            {u"agent_config"_s, QJsonObject{{u"type"_s, u"deep-research"_s}, {u"collaborative_planning"_s, true}}}};
    const auto next = [&](const QJsonObject &previous, const QString &input) {
        QJsonObject more = config;
        more.insert("previous_interaction_id"_L1, previous["id"_L1]);
        more.insert("input"_L1, input);
        return made(research(more));
    };
    const QJsonObject plan = made(research(config));
    QCOMPARE(plan["status"_L1].toString(), u"completed"_s);
    QCOMPARE(typesOf(plan["steps"_L1].toArray()), QStringList{u"model_output"_s});
    QVERIFY(plan["usage"_L1]["total_tokens"_L1].toInt() < 1'000'000);
    QVERIFY(textOf(plan["steps"_L1].toArray()).contains("Shall I begin?"_L1));
    const QJsonObject changed = next(plan, u"Leave the sources out"_s);
    QVERIFY(textOf(changed["steps"_L1].toArray()).contains("Leave the sources out"_L1));
    const QString report = textOf(next(changed, u"Yes, go!"_s)["steps"_L1].toArray());
    QVERIFY(report.startsWith("# Report: What is example.com?"_L1));
    const QJsonObject unplanned =
            made(research({{u"previous_interaction_id"_s, plan["id"_L1]}, {u"input"_s, u"Leave the sources out"_s}}));
    QVERIFY(textOf(unplanned["steps"_L1].toArray()).startsWith("# Report: "_L1)); // nobody asked for another plan
}

void TestDemoInteractions::worksInTheBackground()
{
    m_server->setWorkTime(std::chrono::hours(1));
    const QJsonObject begun = made(research());
    QCOMPARE(begun["status"_L1].toString(), u"in_progress"_s);
    QCOMPARE(read(begun["id"_L1].toString())["status"_L1].toString(), u"in_progress"_s);
    const HttpClient::Response early = create(question({{u"previous_interaction_id"_s, begun["id"_L1]}}));
    QCOMPARE(early.status, 400); // it has not ended

    m_server->setWorkTime(std::chrono::milliseconds(400));
    const QString id = made(research())["id"_L1].toString();
    qsizetype steps = 0;
    QJsonObject now;
    QTRY_VERIFY([&] {
        now = read(id);
        const bool grows = now["steps"_L1].toArray().size() >= steps;
        steps = now["steps"_L1].toArray().size();
        return grows && now["status"_L1].toString() == "completed"_L1;
    }());
    QCOMPARE(steps, 8);
    QVERIFY(now["usage"_L1]["total_tokens"_L1].toInt() > 1'000'000);
    const QJsonObject output = now["steps"_L1].toArray().last()["content"_L1].toArray().first().toObject();
    const QJsonArray citations = output["annotations"_L1].toArray();
    QVERIFY(citations.size() > 1);
    for (const auto &citation : citations) { // each cites one whole line
        const QByteArray text = output["text"_L1].toString().toUtf8();
        const int start = citation["start_index"_L1].toInt();
        const int end = citation["end_index"_L1].toInt();
        QVERIFY(start > 0 && start < end && end < text.size());
        QCOMPARE(text.at(start - 1), '\n');
        QCOMPARE(text.at(end), '\n');
        QVERIFY(!text.sliced(start, end - start).contains('\n'));
    }
}

// A stream can be followed and resumed while the work goes on, and each step tells what was used so far.
void TestDemoInteractions::streamsWhileItWorks()
{
    m_server->setWorkTime(std::chrono::milliseconds(600));
    HttpClient first(quint16(m_server->url().port()));
    beginStream(first, research());
    QVERIFY(runUntil([&first] { return eventsOf(first.response().body).size() > 6; }));
    const QList<Event> begun = eventsOf(first.response().body);
    QVERIFY(!first.hasEnded());
    const QByteArray path = pathOf(begun);
    QCOMPARE(read(QString::fromLatin1(path.sliced(1)))["status"_L1].toString(), u"in_progress"_s);
    const QByteArray rest =
            ask("GET", path + "?stream=true&last_event_id=" + begun.at(3).data["event_id"_L1].toString().toLatin1())
                    .body;
    QVERIFY(runUntil([&first] { return first.hasEnded(); }));
    const QByteArray whole = first.response().body;
    QVERIFY(whole.endsWith(rest));
    QCOMPARE(eventsOf(rest).size(), eventsOf(whole).size() - 4);

    int used = 0;
    for (const Event &event : eventsOf(whole)) {
        if (event.name != "step.stop"_L1)
            continue;
        const int now = event.data["usage"_L1]["total_tokens"_L1].toInt();
        QVERIFY(now > used);
        const int step = event.data["step_usage"_L1]["total_tokens"_L1].toInt();
        QVERIFY(used == 0 || step == now - used); // the first total holds the input, too
        used = now;
    }
    QVERIFY(used > 1'000'000);
    const QList<Event> events = eventsOf(whole);
    QCOMPARE(events.at(events.size() - 2).data["interaction"_L1]["usage"_L1]["total_tokens"_L1].toInt(), used);
}

// Who is told by the stream that it has ended can go on at once.
void TestDemoInteractions::endsForAllAtOnce()
{
    m_server->setWorkTime(std::chrono::seconds(3));
    HttpClient client(quint16(m_server->url().port()));
    beginStream(client, research());
    QVERIFY(runUntil([&client] { return client.response().body.contains("event: interaction.completed\n"); }));
    const QString id = QString::fromLatin1(pathOf(eventsOf(client.response().body)).sliced(1));
    QCOMPARE(read(id)["status"_L1].toString(), u"completed"_s);
    QCOMPARE(create(question({{u"previous_interaction_id"_s, id}})).status, 200);
}

void TestDemoInteractions::worksWithoutClients()
{
    m_server->setWorkTime(std::chrono::milliseconds(300));
    QString id;
    {
        HttpClient client(quint16(m_server->url().port()));
        beginStream(client, research());
        QVERIFY(runUntil([&client] { return !eventsOf(client.response().body).isEmpty(); }));
        id = eventsOf(client.response().body).first().data["interaction"_L1]["id"_L1].toString();
    }
    QTRY_COMPARE(m_server->openStreams(), 0);
    QTRY_COMPARE(read(id)["status"_L1].toString(), u"completed"_s);
}

void TestDemoInteractions::cancels_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::newRow("as a path") << "/cancel"_ba;
    QTest::newRow("as a verb") << ":cancel"_ba;
}

void TestDemoInteractions::cancels()
{
    QFETCH(const QByteArray, action);
    m_server->setWorkTime(std::chrono::hours(1));
    HttpClient client(quint16(m_server->url().port()));
    beginStream(client, research());
    QVERIFY(runUntil([&client] { return eventsOf(client.response().body).size() == 2; }));
    const QByteArray path = pathOf(eventsOf(client.response().body));
    const HttpClient::Response response = ask("POST", path + action);
    QCOMPARE(response.status, 200);
    QCOMPARE(QJsonDocument::fromJson(response.body).object()["status"_L1].toString(), u"cancelled"_s);
    QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    const QList<Event> events = eventsOf(client.response().body);
    QCOMPARE(namesOf(events).last(2), (QStringList{u"interaction.completed"_s, u"done"_s}));
    QCOMPARE(events.at(events.size() - 2).data["interaction"_L1]["status"_L1].toString(), u"cancelled"_s);
    QCOMPARE(read(QString::fromLatin1(path.sliced(1)))["status"_L1].toString(), u"cancelled"_s);
    QCOMPARE(ask("POST", path + action).status, 400); // it has ended
}

void TestDemoInteractions::cancelsNothingThatHasEnded()
{
    for (const QJsonObject &body : {question(), research()}) {
        const QString id = made(body)["id"_L1].toString();
        const HttpClient::Response response = ask("POST", '/' + id.toLatin1() + "/cancel");
        QCOMPARE(response.status, 400);
        QVERIFY(QJsonDocument::fromJson(response.body)["error"_L1]["message"_L1].toString().contains(id));
        QCOMPARE(read(id)["status"_L1].toString(), u"completed"_s);
    }
}

void TestDemoInteractions::faults_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("holds");
    QTest::addColumn<bool>("whole"); // whether the answer's bytes end as they should
    QTest::addColumn<bool>("completed");
    QTest::newRow("quota") << "quota"_ba << 429 << "RetryInfo"_ba << true << false;
    QTest::newRow("unavailable") << "unavailable"_ba << 503 << "overloaded"_ba << true << false;
    QTest::newRow("cut") << "cut"_ba << 200 << "step.start"_ba << false << false;
    QTest::newRow("cut between") << "cut-between"_ba << 200 << "step.start"_ba << false << false;
    QTest::newRow("error in the middle") << "error-mid"_ba << 200 << "\"code\":\"gateway_timeout\""_ba << true << false;
    QTest::newRow("an event that is no JSON") << "bad-json"_ba << 200 << "no end\n\n"_ba << true << true;
    QTest::newRow("unknown kinds") << "unknown"_ba << 200 << "event: interaction.novelty\n"_ba << true << true;
    QTest::newRow("blocked") << "blocked"_ba << 200 << "\"status\":\"failed\""_ba << true << true;
    QTest::newRow("limit of tokens") << "max-tokens"_ba << 200 << "\"status\":\"incomplete\""_ba << true << true;
}

void TestDemoInteractions::faults()
{
    QFETCH(const QByteArray, fault);
    QFETCH(const int, status);
    QFETCH(const QByteArray, holds);
    QFETCH(const bool, whole);
    QFETCH(const bool, completed);
    const HttpClient::Response response =
            create(question({{u"model"_s, QString::fromLatin1("demo-" + fault)}, {u"stream"_s, true}}));
    QCOMPARE(response.status, status);
    QVERIFY2(response.body.contains(holds), response.body.constData());
    QCOMPARE(response.end == HttpClient::End::Clean, whole);
    QCOMPARE(response.body.contains("event: interaction.completed\n"), completed);
    QCOMPARE(response.body.endsWith("[DONE]\n\n"), completed);
}

void TestDemoInteractions::faultsOfWholeAnswers_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("holds");
    QTest::addColumn<bool>("whole"); // whether the answer's bytes end as they should
    QTest::addColumn<bool>("json");
    QTest::newRow("quota") << "quota"_ba << 429 << "RetryInfo"_ba << true << true;
    QTest::newRow("cut") << "cut"_ba << 200 << "{"_ba << false << false;
    QTest::newRow("shorter than announced") << "cut-length"_ba << 200 << "{"_ba << false << false;
    QTest::newRow("error in the middle") << "error-mid"_ba << 504 << "deadline"_ba << true << true;
    QTest::newRow("no JSON") << "bad-json"_ba << 200 << "{"_ba << true << false;
    QTest::newRow("blocked") << "blocked"_ba << 200 << "SAFETY"_ba << true << true;
}

void TestDemoInteractions::faultsOfWholeAnswers()
{
    QFETCH(const QByteArray, fault);
    QFETCH(const int, status);
    QFETCH(const QByteArray, holds);
    QFETCH(const bool, whole);
    QFETCH(const bool, json);
    const HttpClient::Response response = create(question({{u"model"_s, QString::fromLatin1("demo-" + fault)}}));
    QCOMPARE(response.status, status);
    QVERIFY2(response.body.contains(holds), response.body.constData());
    QCOMPARE(response.end == HttpClient::End::Clean, whole);
    QCOMPARE(QJsonDocument::fromJson(response.body).isObject(), json);
}

void TestDemoInteractions::oddEventsCanBeSkipped_data()
{
    QTest::addColumn<QString>("model");
    QTest::newRow("unknown kinds") << u"demo-unknown"_s;
    QTest::newRow("no JSON") << u"demo-bad-json"_s;
}

// A client that skips what it does not know has the same answer as ever.
void TestDemoInteractions::oddEventsCanBeSkipped()
{
    QFETCH(const QString, model);
    const QList<Event> all = eventsOf(create(question({{u"model"_s, model}, {u"stream"_s, true}})).body);
    QList<Event> known;
    for (const Event &event : all) {
        const QString kind = event.data["delta"_L1]["type"_L1].toString();
        const bool odd = event.name == "interaction.novelty"_L1 || kind == "novelty"_L1
                || (event.data.isEmpty() && event.name != "done"_L1);
        if (!odd)
            known.append(event);
    }
    QVERIFY(known.size() < all.size());
    QCOMPARE(stepsOf(known), made(question())["steps"_L1].toArray());
}

// A fault of the server is one of all requests, not only of those that name a model.
void TestDemoInteractions::faultsOfTheServer()
{
    const QString id = made(question())["id"_L1].toString();
    m_server->setFault("unavailable");
    QCOMPARE(create(question()).status, 503);
    QCOMPARE(ask("GET", '/' + id.toLatin1()).status, 503);
    QCOMPARE(ask("DELETE", '/' + id.toLatin1()).status, 503);
    m_server->setFault("");
    QCOMPARE(ask("GET", '/' + id.toLatin1()).status, 200);
}

// They take no memory, and are not kept.
void TestDemoInteractions::sendsHugeAnswers()
{
    for (const bool stream : {true, false}) {
        HttpClient client(quint16(m_server->url().port()));
        qint64 words = 0;
        client.setSink([&words](QByteArrayView bytes) { words += bytes.toByteArray().count("Gemini Desk"); });
        client.send(client.request("POST"_ba, "/v1beta/interactions"_ba, "x-goog-api-key: k\r\n"_ba,
                                   compact(question({{u"model"_s, u"demo-huge"_s}, {u"stream"_s, stream}}))));
        QVERIFY(runUntil([&client] { return client.hasEnded(); }, std::chrono::minutes(2)));
        QCOMPARE(client.response().end, HttpClient::End::Clean);
        QVERIFY(client.response().length > 100 * 1024 * 1024);
        QVERIFY(words > 1'500'000);
    }
    QCOMPARE(ask("GET", "/v1_demo1").status, 404);
}

void TestDemoInteractions::forgetsTheOldest()
{
    const QString first = made(question())["id"_L1].toString();
    for (int i = 0; i < 199; ++i)
        (void)made(question());
    QCOMPARE(ask("GET", '/' + first.toLatin1()).status, 200);
    const QString last = made(question())["id"_L1].toString();
    QCOMPARE(ask("GET", '/' + first.toLatin1()).status, 404);
    QCOMPARE(ask("GET", '/' + last.toLatin1()).status, 200);
}

QTEST_GUILESS_MAIN(TestDemoInteractions)
#include "tst_demointeractions.moc"
