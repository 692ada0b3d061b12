#include "proxy/faces/conversation.h"
#include "proxy/faces/responsesrequest.h"
#include "tests/unit/facevalues.h"

#include <QTest>

using namespace Qt::StringLiterals;

// Requests for OpenAI's Responses API, as Gemini gets them.
class TestResponsesRequest : public QObject
{
    Q_OBJECT

private slots:
    void contents_data();
    void contents();
    void members_data();
    void members();
    void leftOut();
    void settings_data();
    void settings();
    void customAndSpacedTools();
    void previousResponse();
    void previousResponsesAddUp();
    void refused_data();
    void refused();
    void tooManyArguments();
};

namespace {

Expected<faces::ResponsesRequest, ErrorAnswer> translated(
        const QByteArray &body, const faces::ResponseStore &responses = faces::ResponseStore())
{
    faces::SignatureStore signatures;
    signatures.keep("known", "STORED");
    return faces::responsesRequest(body, {signatures, {}}, responses);
}

QByteArray asking(const QByteArray &members, const QByteArray &model = "gemini-3-flash-preview")
{
    return R"({"model":")" + model + R"(","input":"q")" + (members.isEmpty() ? QByteArray() : ',' + members) + '}';
}

} // namespace

void TestResponsesRequest::contents_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &input, const QString &expected) {
        QTest::newRow(name) << input << expected;
    };
    const QByteArray user = R"({"role":"user","content":"a"},)";
    const auto part = [](const QByteArray &json) { return R"({"role":"user","content":[)" + json + "]}"; };
    const QString sign = u"!skip_thought_signature_validator"_s;
    row("messages",
        user
                + R"({"type":"message","role":"assistant","content":[{"type":"output_text","text":"b"}]},)"
                  R"({"role":"user","content":[{"type":"input_text","text":"c"}]})",
        u"user('a') model('b') user('c')"_s);
    row("a refusal", user + R"({"role":"assistant","content":[{"type":"refusal","refusal":"no"}]})",
        u"user('a') model('no')"_s);
    row("a picture", part(R"({"type":"input_image","image_url":"data:image/png;base64,AA=="})"),
        u"user(media:image/png:AA==)"_s);
    row("a picture's address", part(R"({"type":"input_image","image_url":"https://a/b.png","detail":"auto"})"),
        u"user(file:https://a/b.png)"_s);
    row("a text as an address", part(R"({"type":"input_file","file_data":"data:,a%20b"})"),
        u"user(media:text/plain:YSBi)"_s);
    row("a text of a type as an address",
        part(R"({"type":"input_file","file_data":"data:text/csv;charset=utf-8,1%2C2"})"),
        u"user(media:text/csv:MSwy)"_s);
    row("a file", part(R"({"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AA=="})"),
        u"user(media:application/pdf:AA==)"_s);
    row("a bare file", part(R"({"type":"input_file","file_data":"AA=="})"), u"user(media:application/pdf:AA==)"_s);
    row("a file's address", part(R"({"type":"input_file","file_url":"https://a/b.pdf"})"),
        u"user(file:https://a/b.pdf)"_s);
    row("a sound", part(R"({"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}})"),
        u"user(media:audio/wav:AA==)"_s);
    row("a call",
        user
                + R"({"type":"function_call","call_id":"1","name":"f","arguments":"{\"x\":1}"},)"
                  R"({"type":"function_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:f%1) user(result:1:f{"output":"r"}))"_s.arg(sign));
    row("output in parts",
        user
                + R"({"type":"function_call","call_id":"1","name":"f","arguments":"{}"},)"
                  R"({"type":"function_call_output","call_id":"1","output":[{"type":"input_text","text":"r"},)"
                  R"({"type":"input_image","image_url":"data:image/png;base64,AA=="}]})",
        uR"(user('a') model(call:1:f%1) user(result:1:f{"output":"r"}[media:image/png:AA==]))"_s.arg(sign));
    row("arguments that are none",
        user
                + R"({"type":"function_call","call_id":"1","name":"f","arguments":"{"},)"
                  R"({"type":"function_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:f%1) user(result:1:f{"output":"r"}))"_s.arg(sign));
    row("a custom tool's call",
        user
                + R"({"type":"custom_tool_call","call_id":"1","name":"f","input":"text"},)"
                  R"({"type":"custom_tool_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:f%1) user(result:1:f{"output":"r"}))"_s.arg(sign));
    row("a call in a namespace",
        user
                + R"({"type":"function_call","call_id":"1","namespace":"n","name":"f","arguments":"{}"},)"
                  R"({"type":"function_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:n__f%1) user(result:1:n__f{"output":"r"}))"_s.arg(sign));
    row("a call that is known",
        user
                + R"({"type":"function_call","call_id":"known","name":"f","arguments":"{}"},)"
                  R"({"type":"function_call_output","call_id":"known","output":"r"})",
        uR"(user('a') model(call:known:f!STORED) user(result:known:f{"output":"r"}))"_s);
    row("reasoning ahead of a call",
        user
                + R"({"type":"reasoning","summary":[],"encrypted_content":"gemini.SENT"},)"
                  R"({"type":"function_call","call_id":"1","name":"f","arguments":"{}"},)"
                  R"({"type":"function_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:f!SENT) user(result:1:f{"output":"r"}))"_s);
    row("parallel calls",
        user
                + R"({"type":"function_call","call_id":"1","name":"f","arguments":"{}"},)"
                  R"({"type":"function_call","call_id":"2","name":"g","arguments":"{}"},)"
                  R"({"type":"function_call_output","call_id":"2","output":"s"},)"
                  R"({"type":"function_call_output","call_id":"1","output":"r"})",
        uR"(user('a') model(call:1:f%1 call:2:g) user(result:1:f{"output":"r"} result:2:g{"output":"s"}))"_s.arg(sign));
    row("a developer's word later", user + R"({"role":"developer","content":"d"},{"role":"system","content":"s"})",
        u"user('a' '<developer>\nd\n</developer>' '<system>\ns\n</system>')"_s);
    row("an empty one", user + R"({"role":"developer","content":""})", u"user('a')"_s);
    row("unknown items",
        user
                + R"({"type":"item_reference","id":"rs_x"},{"type":"web_search_call","id":"y"},)"
                  R"({"type":"local_shell_call"},3,null)",
        u"user('a')"_s);
}

void TestResponsesRequest::contents()
{
    QFETCH(QByteArray, input);
    QFETCH(QString, expected);
    const auto request = translated(R"({"model":"gemini-3-flash-preview","input":[)" + input + "]}");
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    const QCborArray contents = request->gemini.body.value(u"contents"_s).toArray();
    QCOMPARE(facevalues::contentsWords(contents), expected);
    QCOMPARE(facevalues::problemIn(contents), QString());
}

void TestResponsesRequest::members_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("name"); // of the member of Gemini's request
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &members, const QString &member,
                        const QByteArray &expected) { QTest::newRow(name) << members << member << expected; };
    const QString system = u"systemInstruction"_s;
    row("instructions", R"("instructions":"i")", system, R"({"parts":[{"text":"i"}]})");
    row("no instructions", R"("instructions":null)", system, "null");
    const QString tools = u"tools"_s;
    row("a function",

        R"("tools":[{"type":"function","name":"f","description":"d","strict":true,)"
        R"("parameters":{"type":"object","properties":{"a":{"const":1}},)"
        R"("additionalProperties":false}}])",
        tools,

        R"([{"functionDeclarations":[{"name":"f","description":"d",)"
        R"("parametersJsonSchema":{"type":"object","properties":{"a":{"enum":[1]}},)"
        R"("additionalProperties":false}}]}])");
    row("a function without parameters", R"("tools":[{"type":"function","name":"f","parameters":null}])", tools,
        R"([{"functionDeclarations":[{"name":"f"}]}])");
    row("a custom tool",

        R"("tools":[{"type":"custom","name":"c","description":"d","format":{"type":"grammar",)"
        R"("syntax":"lark","definition":"start: X"}}])",
        tools,

        R"([{"functionDeclarations":[{"name":"c","description":"d\n\nThe input has to follow this )"
        R"(lark grammar:\nstart: X","parametersJsonSchema":{"type":"object",)"
        R"("properties":{"input":{"type":"string"}},"required":["input"]}}]}])");
    row("a namespace",

        R"("tools":[{"type":"namespace","name":"n","tools":[{"type":"function","name":"f"},)"
        R"({"type":"function","name":"g"}]},{"type":"function","name":"f"}])",
        tools, R"([{"functionDeclarations":[{"name":"n__f"},{"name":"n__g"},{"name":"f"}]}])");
    row("a search", R"("tools":[{"type":"web_search"}])", tools, R"([{"googleSearch":{}}])");
    row("a search's other name", R"("tools":[{"type":"web_search_preview"}])", tools, R"([{"googleSearch":{}}])");
    row("a search and a function", R"("tools":[{"type":"web_search"},{"type":"function","name":"f"}])", tools,
        R"([{"functionDeclarations":[{"name":"f"}]}])");
    const QString choice = u"toolConfig"_s;
    const QByteArray f = R"("tools":[{"type":"function","name":"f"}],)";
    row("auto", f + R"("tool_choice":"auto")", choice, "null");
    row("required", f + R"("tool_choice":"required")", choice, R"({"functionCallingConfig":{"mode":"ANY"}})");
    row("none", f + R"("tool_choice":"none")", choice, R"({"functionCallingConfig":{"mode":"NONE"}})");
    row("this one", f + R"("tool_choice":{"type":"function","name":"f"})", choice,
        R"({"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}})");
    row("one of these",
        f + R"("tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"}]})",
        choice, R"({"functionCallingConfig":{"mode":"ANY"}})");
    row("required without tools", R"("tool_choice":"required")", choice, "null");
    const QString config = u"generationConfig"_s;
    row("numbers", R"("max_output_tokens":5,"temperature":0.5,"top_p":1)", config,
        R"({"maxOutputTokens":5,"temperature":0.5,"topP":1})");
    row("a schema", R"("text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object","pattern":"x"}}})",
        config, R"({"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}})");
    row("some JSON", R"("text":{"format":{"type":"json_object"}})", config,
        R"({"responseMimeType":"application/json"})");
    row("text", R"("text":{"format":{"type":"text"}})", config, "null");
    row("an effort", R"("reasoning":{"effort":"low"})", config, R"({"thinkingConfig":{"thinkingLevel":"low"}})");
    row("a summary", R"("reasoning":{"effort":"high","summary":"auto"})", config,
        R"({"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"high"}})");
    row("no summary", R"("reasoning":{"effort":"xhigh","summary":"none"})", config,
        R"({"thinkingConfig":{"thinkingLevel":"high"}})");
    row("reasoning null", R"("reasoning":null)", config, "null");
    row("no thoughts to be shown", R"("model":"x","reasoning":{"effort":"none","summary":"auto"})", config,
        R"({"thinkingConfig":{"includeThoughts":true,"thinkingLevel":"minimal"}})");
}

void TestResponsesRequest::members()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, name);
    QFETCH(QByteArray, expected);
    const auto request = translated(asking(members));
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    QCOMPARE(faces::toJson(request->gemini.body.value(name)), expected);
    // Gemini 2.5 refuses to show thoughts if there are to be none.
    if (members.contains("\"none\",\"summary\":\"auto\"")) {
        const auto older = translated(asking(R"("reasoning":{"effort":"none","summary":"auto"})", "gemini-2.5-flash"));
        QCOMPARE(faces::toJson(older->gemini.body.value(name)), R"({"thinkingConfig":{"thinkingBudget":0}})"_ba);
    }
}

void TestResponsesRequest::leftOut()
{
    const auto request = translated(

            R"({"model":"m","tools":[{"type":"file_search"},{"type":"web_search"},{"type":"function",)"
            R"("name":"f"},{"type":"image_generation"}],)"

            R"("input":[{"role":"user","content":[{"type":"input_text","text":"a"},)"
            R"({"type":"input_image","file_id":"x"}]},{"type":"computer_call"}]})");
    QVERIFY(request);
    QCOMPARE(request->gemini.leftOut,
             (QStringList{u"a file that OpenAI keeps"_s, u"an item of the type computer_call"_s,
                          u"the tool file_search"_s, u"the tool image_generation"_s,
                          u"the web search, as there are functions"_s}));
}

void TestResponsesRequest::settings_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<bool>("streams");
    QTest::addColumn<bool>("stored");
    QTest::addColumn<bool>("keepsSignatures");
    QTest::addColumn<QByteArray>("echoed");
    const QByteArray usual =

            R"({"instructions":null,"max_output_tokens":null,"metadata":{},"parallel_tool_calls":true,)"
            R"("previous_response_id":null,"reasoning":{"effort":null,"summary":null},"store":true,)"
            R"("temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],)"
            R"("top_p":null,"truncation":"disabled"})";
    QTest::newRow("nothing told") << ""_ba << false << true << false << usual;
    QTest::newRow("an agent's") << R"("stream":true,"store":false,"include":["reasoning.encrypted_content"],)"
                                   R"("metadata":{"a":"b"},"tool_choice":"none")"_ba
                                << true << false << true
                                << QByteArray(usual)
                                           .replace(R"("store":true)", R"("store":false)")
                                           .replace(R"("metadata":{})", R"("metadata":{"a":"b"})")
                                           .replace("\"auto\"", "\"none\"");
    QTest::newRow("of other types") << R"("stream":"yes","store":"no","include":"reasoning.encrypted_content")"_ba
                                    << false << true << false
                                    << QByteArray(usual).replace(R"("store":true)", R"("store":"no")");
}

void TestResponsesRequest::settings()
{
    QFETCH(QByteArray, members);
    QFETCH(bool, streams);
    QFETCH(bool, stored);
    QFETCH(bool, keepsSignatures);
    QFETCH(QByteArray, echoed);
    const auto request = translated(asking(members, "gpt-5.2"));
    QVERIFY(request);
    QCOMPARE(request->gemini.askedModel, "gpt-5.2"_ba);
    QCOMPARE(request->gemini.model, "gemini-flash-latest"_ba);
    QCOMPARE(request->gemini.callPrefix, u"call_"_s);
    QCOMPARE(request->gemini.streams, streams);
    QCOMPARE(request->stored, stored);
    QCOMPARE(request->keepsSignatures, keepsSignatures);
    QCOMPARE(faces::toJson(request->echoed), echoed);
}

void TestResponsesRequest::customAndSpacedTools()
{
    const auto request = translated(asking(

            R"("tools":[{"type":"namespace","name":"mcp__n__","tools":[{"type":"custom","name":"c"},)"
            R"({"type":"function","name":"f"}]},{"type":"custom","name":"c"}])"));
    QVERIFY(request);
    QCOMPARE(request->gemini.customTools, (QSet<QString>{u"mcp__n__c"_s, u"c"_s}));
    QCOMPARE(request->gemini.spacedTools.size(), 2);
    QCOMPARE(request->gemini.spacedTools.value(u"mcp__n__f"_s).space, u"mcp__n__"_s);
    QCOMPARE(request->gemini.spacedTools.value(u"mcp__n__f"_s).name, u"f"_s);
}

void TestResponsesRequest::previousResponse()
{
    faces::ResponseStore responses;
    responses.keep("resp_1",
                   QCborArray{QCborMap{{u"role"_s, u"user"_s}, {u"content"_s, u"a"_s}},
                              QCborMap{{u"role"_s, u"assistant"_s}, {u"content"_s, u"b"_s}}});
    const auto request = translated(asking(R"("instructions":"new","previous_response_id":"resp_1")"), responses);
    QVERIFY(request);
    QCOMPARE(facevalues::contentsWords(request->gemini.body.value(u"contents"_s).toArray()),
             u"user('a') model('b') user('q')"_s);
    QCOMPARE(request->items.size(), 3);
    QCOMPARE(request->echoed.value(u"previous_response_id"_s).toString(), u"resp_1"_s);

    const auto unknown = translated(asking(R"("previous_response_id":"resp_2")"), responses);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().status, 400);
    QVERIFY2(unknown.error().message.contains(u"resp_2"_s), qPrintable(unknown.error().message));
}

// Each response of a chain holds all that was said before it, and the store counts all of that.
void TestResponsesRequest::previousResponsesAddUp()
{
    faces::ResponseStore responses(100'000);
    const QString large(30'000, u'x');
    const QCborMap item{{u"role"_s, u"user"_s}, {u"content"_s, large}};
    responses.keep("resp_1", {item});
    responses.keep("resp_2", {item, item});
    QVERIFY(responses.find("resp_1"));
    QVERIFY(responses.find("resp_2"));
    QCOMPARE(responses.find("resp_2")->size(), 2);
    responses.keep("resp_3", {item, item, item}); // all three were 180 KB
    QVERIFY(!responses.find("resp_1"));
    QVERIFY(!responses.find("resp_2"));
    QVERIFY(responses.find("resp_3"));
    responses.keep("resp_4", {item, item, item, item}); // too large by itself
    QVERIFY(!responses.find("resp_4"));
}

void TestResponsesRequest::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("begin"); // of the message
    QTest::newRow("nothing") << ""_ba << u"This is no JSON"_s;
    QTest::newRow("no object") << "[1]"_ba << u"model:"_s;
    QTest::newRow("no model") << R"({"input":"a"})"_ba << u"model:"_s;
    QTest::newRow("no input") << R"({"model":"m"})"_ba << u"input:"_s;
    QTest::newRow("empty text") << R"({"model":"m","input":""})"_ba << u"input:"_s;
    QTest::newRow("no items") << R"({"model":"m","input":[]})"_ba << u"input:"_s;
    QTest::newRow("input of another type") << R"({"model":"m","input":{"role":"user"}})"_ba << u"input:"_s;
    QTest::newRow("only a developer's word")
            << R"({"model":"m","input":[{"role":"developer","content":"d"}]})"_ba << u"input:"_s;
    QTest::newRow("only reasoning") << R"({"model":"m","input":[{"type":"reasoning"}]})"_ba << u"input:"_s;
    QTest::newRow("in the background") << R"({"model":"m","input":"a","background":true})"_ba << u"background:"_s;
    QTest::newRow("a conversation") << R"({"model":"m","input":"a","conversation":"conv_1"})"_ba << u"conversation:"_s;
    QTest::newRow("a stored prompt") << R"({"model":"m","prompt":{"id":"p"}})"_ba << u"prompt:"_s;
}

void TestResponsesRequest::refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, begin);
    const auto request = translated(body);
    QVERIFY(!request);
    QCOMPARE(request.error().status, 400);
    QVERIFY2(request.error().message.startsWith(begin), qPrintable(request.error().message));
}

// The arguments of each call are a text that is read by itself. All of them together must not fill the memory.
void TestResponsesRequest::tooManyArguments()
{
    const QByteArray arguments = "{\\\"a\\\":[" + QByteArray("0,").repeated(300'000) + "0]}";
    const QByteArray call = R"({"type":"function_call","call_id":"1","name":"f","arguments":")" + arguments + "\"}";
    const QByteArray begin = R"({"model":"m","input":[)";
    QVERIFY(translated(begin + (call + ',').repeated(2) + call + "]}"));
    const auto refused = translated(begin + (call + ',').repeated(3) + call + "]}");
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 400);
    QCOMPARE(refused.error().message, u"input: the arguments of its calls hold too many values."_s);
}

QTEST_APPLESS_MAIN(TestResponsesRequest)
#include "tst_responsesrequest.moc"
