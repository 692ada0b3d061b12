#include "proxy/demo/demoserver.h"
#include "tests/support/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using Response = HttpClient::Response;

// How the demo calls functions: which, how many at once, and what it makes of their results, as an agent meets it.
class TestDemoCalls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();

    void anAgentsTurn_data();
    void anAgentsTurn();
    void anAgentsTurnInOpenAisWay_data();
    void anAgentsTurnInOpenAisWay();
    void chooses_data();
    void chooses();
    void choosesInOpenAisWay_data();
    void choosesInOpenAisWay();
    void idsDependOnTheRequest();
    void answersWhatTheUserSays_data();
    void answersWhatTheUserSays();
    void quotesResults_data();
    void quotesResults();
    void answersInJson_data();
    void answersInJson();

private:
    [[nodiscard]] QList<QJsonObject> events(const QByteArray &target, const QJsonObject &body) const;
    [[nodiscard]] QJsonArray parts(const QByteArray &verb, const QJsonArray &contents, const QJsonArray &functions,
                                   const QJsonObject &config = {}) const;

    DemoServer m_demo;
};

namespace {

const QString script = uR"(Please call Read {"file_path":"/a}\"{"} and call Read {"file_path":"/b"}, )"
                       uR"(then call Write {"file_path":"/c","lines":[1,{"n":2}]}.)"_s;

QJsonObject text(const QString &words)
{
    return {{u"text"_s, words}};
}

QJsonObject turn(const QString &role, const QJsonArray &parts)
{
    return {{u"role"_s, role}, {u"parts"_s, parts}};
}

QJsonArray named(const QStringList &names)
{
    QJsonArray functions;
    for (const QString &name : names)
        functions.append(QJsonObject{{u"name"_s, name}});
    return functions;
}

// As many as agents declare.
QJsonArray manyFunctions()
{
    return named({u"Read"_s, u"Write"_s, u"Explain"_s, u"WebSearch"_s, u"Bash"_s, u"TodoWrite"_s});
}

QJsonArray tools(const QJsonArray &functions)
{
    QJsonArray all;
    for (const auto &function : functions)
        all.append(QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, function}});
    return all;
}

QJsonObject result(const QJsonValue &call, const QString &output)
{
    return {{u"functionResponse"_s,
             QJsonObject{{u"id"_s, call["id"_L1]},
                         {u"name"_s, call["name"_L1]},
                         {u"response"_s, QJsonObject{{u"output"_s, output}}}}}};
}

QJsonObject fileAt(const QString &path)
{
    return {{u"file_path"_s, path}};
}

const QJsonObject written{{u"file_path"_s, u"/c"_s}, {u"lines"_s, QJsonArray{1, QJsonObject{{u"n"_s, 2}}}}};

} // namespace

void TestDemoCalls::initTestCase()
{
    m_demo.setPace(std::chrono::milliseconds(0));
    QVERIFY(m_demo.listen());
}

// Returns the events of an answer, or the one object that it is; an error is none.
QList<QJsonObject> TestDemoCalls::events(const QByteArray &target, const QJsonObject &body) const
{
    HttpClient client(quint16(m_demo.url().port()));
    client.send(client.request("POST"_ba, target, "x-goog-api-key: k\r\n"_ba, QJsonDocument(body).toJson()));
    if (!runUntil([&] { return client.hasEnded(); }) || client.response().status != 200) {
        qWarning("%s", client.response().body.constData());
        return {};
    }
    QList<QJsonObject> all;
    const QByteArray bytes = client.response().body;
    if (bytes.startsWith("data: ")) {
        for (const QByteArray &line : bytes.split('\n')) {
            if (line.startsWith("data: {"))
                all.append(QJsonDocument::fromJson(line.sliced(6)).object());
        }
        return all;
    }
    const QJsonDocument json = QJsonDocument::fromJson(bytes);
    for (const auto &event : json.isArray() ? json.array() : QJsonArray{json.object()})
        all.append(event.toObject());
    return all;
}

QJsonArray TestDemoCalls::parts(const QByteArray &verb, const QJsonArray &contents, const QJsonArray &functions,
                                const QJsonObject &config) const
{
    QJsonObject body{{u"contents"_s, contents},
                     {u"tools"_s, QJsonArray{QJsonObject{{u"functionDeclarations"_s, functions}}}}};
    if (!config.isEmpty())
        body.insert("toolConfig"_L1, QJsonObject{{u"functionCallingConfig"_s, config}});
    QJsonArray all;
    for (const QJsonObject &event : events("/v1beta/models/gemini-flash-latest:" + verb, body)) {
        const QJsonArray some = event["candidates"_L1][0]["content"_L1]["parts"_L1].toArray();
        if (verb.startsWith("stream") && some.size() != 1)
            return {}; // each part is an event of its own
        for (const auto &part : some)
            all.append(part);
    }
    return all;
}

void TestDemoCalls::anAgentsTurn_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::newRow("unary") << "generateContent"_ba;
    QTest::newRow("array") << "streamGenerateContent"_ba;
    QTest::newRow("events") << "streamGenerateContent?alt=sse"_ba;
}

// Two calls at once, one that waits for their results, and the answer. Each request holds all that came before, which
// the demo checks as Gemini does.
void TestDemoCalls::anAgentsTurn()
{
    QFETCH(const QByteArray, verb);
    QJsonArray contents{turn(u"user"_s, {text(u"<reminder>call Bash {}</reminder>"_s), text(script)})};
    const QJsonArray both = parts(verb, contents, manyFunctions());
    QCOMPARE(both.size(), 2);
    const QJsonValue first = both[0]["functionCall"_L1];
    const QJsonValue second = both[1]["functionCall"_L1];
    QCOMPARE(first["name"_L1].toString(), u"Read"_s);
    QCOMPARE(first["args"_L1].toObject(), fileAt(u"/a}\"{"_s));
    QCOMPARE(second["name"_L1].toString(), u"Read"_s);
    QCOMPARE(second["args"_L1].toObject(), fileAt(u"/b"_s));
    QVERIFY(!first["id"_L1].toString().isEmpty());
    QVERIFY(!second["id"_L1].toString().isEmpty());
    QVERIFY(first["id"_L1] != second["id"_L1]);
    QVERIFY(!both[0]["thoughtSignature"_L1].toString().isEmpty());
    QVERIFY(!both[1].toObject().contains("thoughtSignature"_L1));

    contents.append(turn(u"model"_s, both));
    contents.append(turn(u"user"_s, {result(first, u"alpha"_s), result(second, u"beta"_s)}));
    const QJsonArray then = parts(verb, contents, manyFunctions());
    QCOMPARE(then.size(), 1);
    const QJsonValue third = then[0]["functionCall"_L1];
    QCOMPARE(third["name"_L1].toString(), u"Write"_s);
    QCOMPARE(third["args"_L1].toObject(), written);
    QVERIFY(third["id"_L1] != first["id"_L1]);
    QVERIFY(third["id"_L1] != second["id"_L1]);
    QVERIFY(then[0]["thoughtSignature"_L1] != both[0]["thoughtSignature"_L1]);

    contents.append(turn(u"model"_s, then));
    contents.append(turn(u"user"_s, {result(third, u"gamma"_s)}));
    QString answer;
    for (const auto &part : parts(verb, contents, manyFunctions()))
        answer += part["text"_L1].toString();
    QVERIFY2(answer.contains(u"{\"output\":\"gamma\"}"_s), qPrintable(answer));
}

void TestDemoCalls::anAgentsTurnInOpenAisWay_data()
{
    QTest::addColumn<bool>("streams");
    QTest::newRow("unary") << false;
    QTest::newRow("stream") << true;
}

void TestDemoCalls::anAgentsTurnInOpenAisWay()
{
    QFETCH(const bool, streams);
    QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, script}}};
    QString finish;
    QString answer;
    const auto ask = [&] {
        const QJsonObject body{{u"model"_s, u"m"_s},
                               {u"stream"_s, streams},
                               {u"messages"_s, messages},
                               {u"tools"_s, tools(manyFunctions())}};
        QJsonArray calls;
        for (const QJsonObject &event : events("/v1beta/openai/chat/completions"_ba, body)) {
            const QJsonValue choice = event["choices"_L1][0];
            const QJsonValue message = choice[streams ? "delta"_L1 : "message"_L1];
            for (const auto &call : message["tool_calls"_L1].toArray())
                calls.append(call);
            answer += message["content"_L1].toString();
            finish = choice["finish_reason"_L1].toString();
        }
        messages.append(QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, {}}, {u"tool_calls"_s, calls}});
        return calls;
    };
    const auto respond = [&](const QJsonValue &call, const QString &content) {
        messages.append(
                QJsonObject{{u"role"_s, u"tool"_s}, {u"tool_call_id"_s, call["id"_L1]}, {u"content"_s, content}});
    };

    const QJsonArray both = ask();
    QCOMPARE(finish, u"tool_calls"_s);
    QCOMPARE(both.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(both[i]["index"_L1].toInt(-1), i);
        QCOMPARE(both[i]["function"_L1]["name"_L1].toString(), u"Read"_s);
        QCOMPARE(both[i]["extra_content"_L1]["google"_L1]["thought_signature"_L1].toString().isEmpty(), i > 0);
    }
    QCOMPARE(both[1]["function"_L1]["arguments"_L1].toString(), u"{\"file_path\":\"/b\"}"_s);
    QVERIFY(both[0]["id"_L1] != both[1]["id"_L1]);

    respond(both[0], u"alpha"_s);
    respond(both[1], u"beta"_s);
    const QJsonArray then = ask();
    QCOMPARE(then.size(), 1);
    QCOMPARE(then[0]["function"_L1]["name"_L1].toString(), u"Write"_s);
    QVERIFY(then[0]["id"_L1] != both[0]["id"_L1] && then[0]["id"_L1] != both[1]["id"_L1]);

    respond(then[0], u"gamma"_s);
    QCOMPARE(ask(), QJsonArray());
    QCOMPARE(finish, u"stop"_s);
    QVERIFY2(answer.contains(u"gamma"_s), qPrintable(answer));
}

void TestDemoCalls::chooses_data()
{
    QTest::addColumn<QStringList>("declared");
    QTest::addColumn<QStringList>("prompt"); // its parts
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<QStringList>("called");
    const QStringList few{u"get_weather"_s, u"setLights"_s};
    const QStringList five = few + QStringList{u"c"_s, u"d"_s, u"e"_s};
    const QStringList six = five + QStringList{u"explain"_s};
    const QString weather = u"How is the weather?"_s;
    const QStringList twice{u"get_weather"_s, u"get_weather"_s};
    const auto mode = [](const QString &name, const QJsonArray &allowed = {}) {
        QJsonObject config{{u"mode"_s, name}};
        if (!allowed.isEmpty())
            config.insert("allowedFunctionNames"_L1, allowed);
        return config;
    };
    const auto row = [](const char *name, const QStringList &declared, const QStringList &prompt,
                        const QStringList &called, const QJsonObject &config = {}) {
        QTest::newRow(name) << declared << prompt << config << called;
    };
    row("by a word", five, {weather}, {u"get_weather"_s});
    row("among many, not by a word", six, {weather}, {});
    row("among many, an ordinary question", six, {u"Explain how AI works"_s}, {});
    row("among many, by its name", six, {u"call setLights {}"_s}, {u"setLights"_s});
    row("among many, with any", six, {u"Hi"_s}, {u"get_weather"_s}, mode(u"ANY"_s));
    row("an allowed one", few, {u"Hi"_s}, {u"setLights"_s}, mode(u"ANY"_s, {u"setLights"_s}));
    row("not allowed", few, {u"call get_weather {}"_s}, {u"setLights"_s}, mode(u"ANY"_s, {u"setLights"_s}));
    row("a word in an earlier part", few, {u"<reminder>weather</reminder>"_s, u"Hello"_s}, {});
    row("an agent's words behind it", few, {weather, u"<system>\nHello\n</system>\n"_s}, {u"get_weather"_s});
    row("nothing but what looks like an agent's", few, {u"<b>weather</b>"_s}, {u"get_weather"_s});
    row("the last part", few, {u"Hello"_s, weather}, {u"get_weather"_s});
    row("parallel", few, {weather + u" Ask in PARALLEL."_s}, twice);
    row("both", few, {weather + u" In both towns"_s}, twice);
    row("two", few, {weather + u" In two towns"_s}, twice);
    row("a word with two in it", few, {weather + u" In Twotown, brother?"_s}, {u"get_weather"_s});
    row("parallel, but nothing to call", few, {u"Hello both"_s}, {});
    row("not wanted", few, {u"call setLights {}"_s}, {}, mode(u"NONE"_s));
    row("a script of two", six, {u"Call setLights {\"on\":true} call get_weather{}"_s},
        {u"setLights"_s, u"get_weather"_s});
    row("a function that there is not", six, {u"call nothing {}, call e {}"_s}, {u"e"_s});
    row("no JSON", six, {u"call c {on}, call d {"_s}, {});
    row("no braces", six, {u"call c or d"_s}, {});
}

void TestDemoCalls::chooses()
{
    QFETCH(const QStringList, declared);
    QFETCH(const QStringList, prompt);
    QFETCH(const QJsonObject, config);
    QFETCH(const QStringList, called);
    QJsonArray question;
    for (const QString &words : prompt)
        question.append(text(words));
    const QJsonArray answer = parts("generateContent"_ba, {turn(u"user"_s, question)}, named(declared), config);
    QVERIFY(!answer.isEmpty());
    QStringList names;
    for (const auto &part : answer) {
        if (part["functionCall"_L1].isObject())
            names.append(part["functionCall"_L1]["name"_L1].toString());
    }
    QCOMPARE(names, called);
}

void TestDemoCalls::choosesInOpenAisWay_data()
{
    QTest::addColumn<QJsonValue>("choice");
    QTest::addColumn<QString>("name");
    QTest::newRow("auto") << QJsonValue(u"auto"_s) << u""_s;
    QTest::newRow("required") << QJsonValue(u"required"_s) << u"Read"_s;
    QTest::newRow("one") << QJsonValue(
            QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, QJsonObject{{u"name"_s, u"Bash"_s}}}})
                         << u"Bash"_s;
}

void TestDemoCalls::choosesInOpenAisWay()
{
    QFETCH(const QJsonValue, choice);
    QFETCH(const QString, name);
    const QJsonArray messages{QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"Explain how AI works"_s}}};
    const QList<QJsonObject> answer = events("/v1beta/openai/chat/completions"_ba,
                                             {{u"model"_s, u"m"_s},
                                              {u"messages"_s, messages},
                                              {u"tools"_s, tools(manyFunctions())},
                                              {u"tool_choice"_s, choice}});
    QCOMPARE(answer.size(), 1);
    const QJsonValue message = answer.first()["choices"_L1][0]["message"_L1];
    QCOMPARE(message["tool_calls"_L1][0]["function"_L1]["name"_L1].toString(), name);
}

void TestDemoCalls::idsDependOnTheRequest()
{
    const auto idFor = [this](const QString &prompt) {
        return parts("generateContent"_ba, {turn(u"user"_s, {text(prompt)})},
                     named({u"f"_s}))[0]["functionCall"_L1]["id"_L1];
    };
    const QJsonValue id = idFor(u"one"_s);
    QVERIFY(id.isString());
    QCOMPARE(idFor(u"one"_s), id);
    QVERIFY(idFor(u"another"_s) != id);
}

void TestDemoCalls::answersWhatTheUserSays_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QString>("holds");
    QTest::newRow("between an agent's words")
            << R"({"text":"<a>code</a>\n"},{"text":"A haiku"},{"text":"\n<b>\ntable\n</b>"})"_ba
            << u"You asked: “A haiku”\n\nSilver"_s;
    QTest::newRow("in two parts") << R"({"text":"A "},{"text":"haiku"})"_ba << u"You asked: “A haiku”\n\nSilver"_s;
    QTest::newRow("in tags alone") << R"({"text":"<b>A haiku</b>"})"_ba << u"You asked: “<b>A haiku</b>”\n\nSilver"_s;
    QTest::newRow("with pictures") << R"({"inlineData":{"mimeType":"image/png","data":"AA=="}},{"text":"A haiku"},
            {"fileData":{"mimeType":"image/png","fileUri":"http://127.0.0.1/v1beta/files/none"}})"_ba
                                   << u"You asked: “A haiku”\n\nPictures that came with it: 2.\n\nSilver"_s;
}

void TestDemoCalls::answersWhatTheUserSays()
{
    QFETCH(const QByteArray, parts);
    QFETCH(const QString, holds);
    const QByteArray body = R"({"contents":[{"parts":[)" + parts + "]}]}";
    QString answer;
    for (const QJsonObject &event :
         events("/v1beta/models/gemini-flash-latest:generateContent"_ba, QJsonDocument::fromJson(body).object()))
        answer += event["candidates"_L1][0]["content"_L1]["parts"_L1][0]["text"_L1].toString();
    QVERIFY2(answer.contains(holds), qPrintable(answer));
}

void TestDemoCalls::quotesResults_data()
{
    QTest::addColumn<QByteArray>("parts"); // the last content's
    QTest::addColumn<QStringList>("holds");
    QTest::addColumn<QString>("lacks");
    const auto response = [](const QByteArray &name, const QByteArray &output, const QByteArray &rest = {}) {
        return R"({"functionResponse":{"name":")"_ba + name + R"(","response":{"output":")" + output + "\"}" + rest
                + "}}";
    };
    const QByteArray picture = R"({"inlineData":{"mimeType":"image/png","data":"AA=="}})"_ba;
    const QByteArray within = ",\"parts\":["_ba + picture + ',' + picture + ']';
    const QByteArray g = response("g"_ba, "other"_ba);
    QTest::newRow("all") << response("f"_ba, "one"_ba) + ',' + g
                         << QStringList{u"2 functions answered: {\"output\":\"one\"}"_s, u"{\"output\":\"other\"}"_s}
                         << u"Pictures"_s;
    QTest::newRow("pictures within and beside") << response("f"_ba, "one"_ba, within) + ',' + g + ',' + picture
                    + R"(,{"inline_data":{"mime_type":"image/jpeg"}},{"inlineData":{"mimeType":"audio/wav"}})"
                                                << QStringList{u"Pictures that came with it: 4."_s} << u"5"_s;
    QTest::newRow("a long one is cut") << response("f"_ba, QByteArray(600, 'x')) + ',' + g
                                       << QStringList{QString(480, u'x'), u"x…"_s, u"other"_s} << QString(500, u'x');
    QTest::newRow("with the agent's words behind")
            << response("f"_ba, "one"_ba) + ',' + g + R"(]},{"role":"user","parts":[{"text":"Go on"})"
            << QStringList{u"one"_s, u"other"_s} << u"You asked"_s;
    QTest::newRow("with a picture behind") << response("f"_ba, "one"_ba) + ',' + g + "]},{\"parts\":[" + picture
                                           << QStringList{u"one"_s, u"Pictures that came with it: 1."_s} << u"2."_s;
}

void TestDemoCalls::quotesResults()
{
    QFETCH(const QByteArray, parts);
    QFETCH(const QStringList, holds);
    QFETCH(const QString, lacks);
    const QByteArray body = R"({"contents":[{"parts":[{"text":"Hi"}]},{"role":"model","parts":[
            {"functionCall":{"name":"f"},"thoughtSignature":"skip_thought_signature_validator"},
            {"functionCall":{"name":"g"}}]},{"role":"user","parts":[)"_ba
            + parts + R"(]}],"tools":[{"functionDeclarations":[{"name":"f"},{"name":"g"}]}]})";
    const QList<QJsonObject> answer =
            events("/v1beta/models/gemini-flash-latest:generateContent"_ba, QJsonDocument::fromJson(body).object());
    QCOMPARE(answer.size(), 1);
    const QString words = answer.first()["candidates"_L1][0]["content"_L1]["parts"_L1][0]["text"_L1].toString();
    for (const QString &part : holds)
        QVERIFY2(words.contains(part), qPrintable(words));
    QVERIFY2(!words.contains(lacks), qPrintable(words));
}

void TestDemoCalls::answersInJson_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("wanted"); // members of the request
    QTest::addColumn<QString>("words");     // "" = the usual answer
    const QByteArray native = "/v1beta/models/gemini-flash-latest:generateContent"_ba;
    const QByteArray openAi = "/v1beta/openai/chat/completions"_ba;
    const QByteArray schema = R"({"$defs":{"Degrees":{"type":"integer"}},"type":"object",
            "properties":{"city":{"type":"string"},"days":{"type":"array","items":{"$ref":"#/$defs/Degrees"}}}})"_ba;
    const QString made = uR"({"city":"demo","days":[1]})"_s;
    QTest::newRow("a JSON schema") << native
                                   << R"("generationConfig":{"responseMimeType":"application/json",
                                         "responseJsonSchema":)"
                    + schema + '}' << made;
    QTest::newRow("Gemini's own schema") << native << R"("generation_config":{"response_mime_type":"application/json",
                    "response_schema":{"type":"OBJECT","properties":{"on":{"type":"BOOLEAN"}}}})"_ba
                                         << uR"({"on":true})"_s;
    QTest::newRow("any JSON") << native << R"("generationConfig":{"responseMimeType":"application/json"})"_ba
                              << u"{}"_s;
    QTest::newRow("text") << native << R"("generationConfig":{"responseMimeType":"text/plain"})"_ba << QString();
    QTest::newRow("OpenAI's schema") << openAi
                                     << R"("response_format":{"type":"json_schema","json_schema":{"name":"a","schema":)"
                    + schema + "}}" << made;
    QTest::newRow("OpenAI's any JSON") << openAi << R"("response_format":{"type":"json_object"})"_ba << u"{}"_s;
    QTest::newRow("OpenAI's text") << openAi << R"("response_format":{"type":"text"})"_ba << QString();
}

void TestDemoCalls::answersInJson()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, wanted);
    QFETCH(const QString, words);
    const bool openAi = target.contains("openai");
    const QByteArray asked = openAi ? R"("model":"gemini-flash-latest","messages":[{"role":"user","content":"Hi"}])"_ba
                                    : R"("contents":[{"parts":[{"text":"Hi"}]}])"_ba;
    const QList<QJsonObject> answer =
            events(target, QJsonDocument::fromJson('{' + asked + ',' + wanted + '}').object());
    QCOMPARE(answer.size(), 1);
    const QString said = openAi ? answer.first()["choices"_L1][0]["message"_L1]["content"_L1].toString()
                                : answer.first()["candidates"_L1][0]["content"_L1]["parts"_L1][0]["text"_L1].toString();
    if (words.isEmpty())
        QVERIFY2(said.contains(u"You asked"_s), qPrintable(said));
    else
        QCOMPARE(said, words);
}

QTEST_GUILESS_MAIN(TestDemoCalls)
#include "tst_democalls.moc"
