#include "proxy/faces/conversation.h"
#include "proxy/faces/messagesrequest.h"
#include "tests/unit/facevalues.h"

#include <QTest>

using namespace Qt::StringLiterals;

// Requests for Anthropic's Messages API, as Gemini gets them.
class TestMessagesRequest : public QObject
{
    Q_OBJECT

private slots:
    void head_data();
    void head();
    void contents_data();
    void contents();
    void members_data();
    void members();
    void thinking_data();
    void thinking();
    void leftOut_data();
    void leftOut();
    void refused_data();
    void refused();
    void signatures();
    void hugeNumbers();
};

namespace {

Expected<faces::GeminiRequest, ErrorAnswer> translated(const QByteArray &body)
{
    faces::SignatureStore signatures;
    signatures.keep("known", "STORED");
    return faces::messagesRequest(body, {signatures, {{"mine", "gemini-2.5-flash"}}});
}

// A request with one question and these further members.
QByteArray asking(const QByteArray &members, const QByteArray &model = "gemini-3-flash-preview")
{
    return R"({"model":")" + model + R"(","max_tokens":9,"messages":[{"role":"user","content":"q"}])"
            + (members.isEmpty() ? QByteArray() : ',' + members) + '}';
}

} // namespace

void TestMessagesRequest::head_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("streams");
    QTest::newRow("Gemini's model") << "gemini-2.5-pro"_ba
                                    << "gemini-2.5-pro"_ba << true;
    QTest::newRow("Claude's model") << "claude-opus-4-5"_ba
                                    << "gemini-pro-latest"_ba << false;
    QTest::newRow("the user's table") << "mine"_ba
                                      << "gemini-2.5-flash"_ba << true;
}

void TestMessagesRequest::head()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, model);
    QFETCH(bool, streams);
    const auto request = translated(asking(streams ? R"("stream":true)" : R"("stream":false)", asked));
    QVERIFY(request);
    QCOMPARE(request->askedModel, asked);
    QCOMPARE(request->model, model);
    QCOMPARE(request->streams, streams);
    QCOMPARE(request->callPrefix, u"toolu_"_s);
    QCOMPARE(faces::toJson(request->body),
             R"({"contents":[{"role":"user","parts":[{"text":"q"}]}],"generationConfig":{"maxOutputTokens":9}})"_ba);
}

void TestMessagesRequest::contents_data()
{
    QTest::addColumn<QByteArray>("messages");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &messages, const QString &expected) {
        QTest::newRow(name) << messages << expected;
    };
    const auto user = [](const QByteArray &blocks) { return R"({"role":"user","content":[)" + blocks + "]}"; };
    const auto result = [&user](const QByteArray &members) {
        return R"({"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use",)"
               R"("id":"1","name":"f","input":{}}]},)"
                + user(R"({"type":"tool_result","tool_use_id":"1",)" + members + '}');
    };
    const QString called = u"user('a') model(call:1:f!skip_thought_signature_validator) "_s;
    const QByteArray image = R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}})";
    row("texts", R"({"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"})",
        u"user('a') model('b') user('c')"_s);
    row("blocks", user(R"({"type":"text","text":"a"},{"type":"text","text":"b"})"), u"user('a' 'b')"_s);
    row("empty texts", user(R"({"type":"text","text":""},{"type":"text","text":"b"})"), u"user('b')"_s);
    row("a picture", user(image), u"user(media:image/png:AA==)"_s);
    row("a picture by its address", user(R"({"type":"image","source":{"type":"url","url":"https://a/b.png"}})"),
        u"user(file:https://a/b.png)"_s);
    row("a document",
        user(R"({"type":"document","title":"T","context":"C","source":{"type":"base64",)"
             R"("media_type":"application/pdf","data":"AA=="}})"),
        u"user('T\nC\n' media:application/pdf:AA==)"_s);
    row("a document of text",
        user(R"({"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}})"),
        u"user('words')"_s);
    row("a document of blocks",
        user(R"({"type":"document","source":{"type":"content","content":[{"type":"text","text":"x"},)"
             R"({"type":"text","text":"y"}]}})"),
        u"user('xy')"_s);
    row("a result of a search",
        user(R"({"type":"search_result","title":"T","source":"https://a","content":[{"type":"text","text":"x"}]})"),
        u"user('T\nhttps://a\nx')"_s);
    row("a tool's result", result(R"("content":"x")"), called + uR"(user(result:1:f{"output":"x"}))"_s);
    row("a tool's result in blocks", result(R"("content":[{"type":"text","text":"x"},{"type":"text","text":"y"}])"),
        called + uR"(user(result:1:f{"output":"xy"}))"_s);
    row("a tool's empty result", result(R"("is_error":false)"), called + uR"(user(result:1:f{"output":""}))"_s);
    row("a tool's error", result(R"("content":"no","is_error":true)"), called + uR"(user(result:1:f{"error":"no"}))"_s);
    row("a picture in a tool's result", result(R"("content":[{"type":"text","text":"x"},)" + image + ']'),
        called + uR"(user(result:1:f{"output":"x"}[media:image/png:AA==]))"_s);
    row("a found tool", result(R"("content":[{"type":"tool_reference","tool_name":"later"}])"),
        called + uR"(user(result:1:f{"output":"The tool later can be called now.\n"}))"_s);
    row("thoughts of another model",

        R"({"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking",)"
        R"("thinking":"t","signature":"EqQ"},{"type":"redacted_thinking","data":"EqQ"},)"
        R"({"type":"text","text":"b"}]},{"role":"user","content":"c"})",
        u"user('a') model('b') user('c')"_s);
    row("what a server looked up",

        R"({"role":"user","content":"a"},{"role":"assistant","content":[{"type":"server_tool_use",)"
        R"("id":"s","name":"web_search","input":{}},{"type":"web_search_tool_result",)"
        R"("tool_use_id":"s","content":[]},{"type":"text","text":"b"}]},{"role":"user",)"
        R"("content":"c"})",
        u"user('a') model('b') user('c')"_s);
    row("a system's word in the conversation",
        R"({"role":"user","content":"a"},{"role":"system","content":"s"},{"role":"assistant","content":"b"})",
        u"user('a' '<system>\ns\n</system>') model('b')"_s);
    row("an empty one", R"({"role":"user","content":"a"},{"role":"system","content":[{"type":"text","text":""}]})",
        u"user('a')"_s);
    row("what has the wrong type",

        R"(3,null,{},{"role":"user"},{"role":"user","content":7},{"role":"user","content":[3,null,)"
        R"({}]},{"role":"user","content":"a"})",
        u"user('a')"_s);
    row("input that is no object",

        R"({"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use",)"
        R"("id":"1","name":"f","input":"x"}]})",
        called + uR"(user(result:1:f{"error":"The tool was interrupted and gave no result."}))"_s);
}

void TestMessagesRequest::contents()
{
    QFETCH(QByteArray, messages);
    QFETCH(QString, expected);
    const auto request = translated(R"({"model":"gemini-3-flash-preview","messages":[)" + messages + "]}");
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    const QCborArray contents = request->body.value(u"contents"_s).toArray();
    QCOMPARE(facevalues::contentsWords(contents), expected);
    QCOMPARE(facevalues::problemIn(contents), QString());
}

void TestMessagesRequest::members_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("name"); // of the member of Gemini's request
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &members, const QString &member,
                        const QByteArray &expected) { QTest::newRow(name) << members << member << expected; };
    const QString system = u"systemInstruction"_s;
    row("system", R"("system":"s")", system, R"({"parts":[{"text":"s"}]})");
    row("system in blocks",

        R"("system":[{"type":"text","text":"s"},{"type":"text","text":""},{"type":"text",)"
        R"("text":"t","cache_control":{"type":"ephemeral"}}])",
        system, R"({"parts":[{"text":"s"},{"text":"t"}]})");
    row("billing line alone",
        R"("system":[{"type":"text","text":"x-anthropic-billing-header: a=1;"},{"type":"text","text":"s"}])", system,
        R"({"parts":[{"text":"s"}]})");
    row("billing line ahead", R"("system":"x-anthropic-billing-header: a=1;\nrest")", system,
        R"({"parts":[{"text":"rest"}]})");
    row("only a billing line", R"("system":"x-anthropic-billing-header: a=1;")", system, "null");
    row("empty system", R"("system":"")", system, "null");
    row("no tools", R"("tools":[])", u"tools"_s, "null");
    row("a tool",

        R"("tools":[{"name":"f","description":"d","input_schema":{"type":"object",)"
        R"("properties":{"a":{"type":"string","pattern":"x"}},"required":["a"]}}])",
        u"tools"_s,

        R"([{"functionDeclarations":[{"name":"f","description":"d",)"
        R"("parametersJsonSchema":{"type":"object","properties":{"a":{"type":"string"}},)"
        R"("required":["a"]}}]}])");
    row("a tool of its own type", R"("tools":[{"type":"custom","name":"f","input_schema":{"type":"object"}}])",
        u"tools"_s, R"([{"functionDeclarations":[{"name":"f"}]}])");
    row("a tool that takes any members",
        R"("tools":[{"name":"f","input_schema":{"type":"object","additionalProperties":{"type":"string"}}}])",
        u"tools"_s,

        R"([{"functionDeclarations":[{"name":"f","parametersJsonSchema":{"type":"object",)"
        R"("additionalProperties":{"type":"string"}}}]}])");
    row("a tool that takes one of several",
        R"("tools":[{"name":"f","input_schema":{"anyOf":[{"type":"object","properties":{"a":{}}}]}}])", u"tools"_s,

        R"([{"functionDeclarations":[{"name":"f","parametersJsonSchema":{"anyOf":[{"type":"object",)"
        R"("properties":{"a":{}}}],"type":"object"}}]}])");
    row("the same tool twice", R"("tools":[{"name":"f","description":"1"},{"name":"f","description":"2"}])", u"tools"_s,
        R"([{"functionDeclarations":[{"name":"f","description":"1"}]}])");
    row("a deferred tool", R"("tools":[{"name":"f","defer_loading":true},{"name":"g"}])", u"tools"_s,
        R"([{"functionDeclarations":[{"name":"g"}]}])");
    row("a deferred tool that is wanted",
        R"("tools":[{"name":"f","defer_loading":true},{"name":"g"}],"tool_choice":{"type":"tool","name":"f"})",
        u"tools"_s, R"([{"functionDeclarations":[{"name":"f"},{"name":"g"}]}])");
    row("a search", R"("tools":[{"type":"web_search_20250305","name":"web_search"}])", u"tools"_s,
        R"([{"googleSearch":{}}])");
    row("a search and pages",

        R"("tools":[{"type":"web_search_20250305","name":"web_search"},)"
        R"({"type":"web_fetch_20250910","name":"web_fetch"}])",
        u"tools"_s, R"([{"googleSearch":{}},{"urlContext":{}}])");
    row("a search and a tool", R"("tools":[{"type":"web_search_20250305","name":"web_search"},{"name":"f"}])",
        u"tools"_s, R"([{"functionDeclarations":[{"name":"f"}]}])");
    row("any tool", R"("tools":[{"name":"f"}],"tool_choice":{"type":"any"})", u"toolConfig"_s,
        R"({"functionCallingConfig":{"mode":"ANY"}})");
    row("this tool", R"("tools":[{"name":"a b"}],"tool_choice":{"type":"tool","name":"a b"})", u"toolConfig"_s,
        R"({"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["a_b_c8687a08"]}})");
    row("no tool", R"("tools":[{"name":"f"}],"tool_choice":{"type":"none"})", u"toolConfig"_s,
        R"({"functionCallingConfig":{"mode":"NONE"}})");
    row("as the model likes", R"("tools":[{"name":"f"}],"tool_choice":{"type":"auto"})", u"toolConfig"_s, "null");
    row("a choice without tools", R"("tool_choice":{"type":"any"})", u"toolConfig"_s, "null");
    row("a choice of searches", R"("tools":[{"type":"web_search_20250305"}],"tool_choice":{"type":"any"})",
        u"toolConfig"_s, "null");
    row("a tool that there is not", R"("tools":[{"name":"f"}],"tool_choice":{"type":"tool","name":"g"})",
        u"toolConfig"_s, R"({"functionCallingConfig":{"mode":"ANY"}})");
    const QString config = u"generationConfig"_s;
    row("numbers", R"("temperature":0.5,"top_p":1,"top_k":40)", config,
        R"({"maxOutputTokens":9,"temperature":0.5,"topP":1,"topK":40})");
    row("numbers that are none", R"("temperature":"hot","top_p":null)", config, R"({"maxOutputTokens":9})");
    row("stop sequences", R"("stop_sequences":["a","b"])", config,
        R"({"maxOutputTokens":9,"stopSequences":["a","b"]})");
    row("more than Gemini takes", R"("stop_sequences":["1","","2",3,"3","4","5","6"])", config,
        R"({"maxOutputTokens":9,"stopSequences":["1","2","3","4","5"]})");
    row("a form of the answer",
        R"("output_config":{"format":{"type":"json_schema","schema":{"type":"object","pattern":"x"}}})", config,
        R"({"maxOutputTokens":9,"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}})");
    row("the older name of it", R"("output_format":{"type":"json_schema","schema":{"type":"object"}})", config,
        R"({"maxOutputTokens":9,"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}})");
}

void TestMessagesRequest::members()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, name);
    QFETCH(QByteArray, expected);
    const auto request = translated(asking(members));
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    QCOMPARE(faces::toJson(request->body.value(name)), expected);
}

void TestMessagesRequest::thinking_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("expected"); // thinkingConfig
    QTest::addColumn<QByteArray>("client");   // w: wants thinking, s: sees thoughts
    const auto row = [](const char *name, const QByteArray &model, const QByteArray &members,
                        const QByteArray &expected,
                        const QByteArray &client) { QTest::newRow(name) << model << members << expected << client; };
    const auto budget = [](const char *tokens) {
        return R"("thinking":{"type":"enabled","budget_tokens":)" + QByteArray(tokens) + '}';
    };
    const auto effort = [](const char *word) { return R"("output_config":{"effort":")" + QByteArray(word) + "\"}"; };
    row("not told", "gemini-3-flash-preview", "", "null", "");
    row("2.5 and a budget", "gemini-2.5-flash", budget("5000"), R"({"includeThoughts":true,"thinkingBudget":5000})",
        "ws");
    row("2.5 and a large budget", "gemini-2.5-flash", budget("99999"),
        R"({"includeThoughts":true,"thinkingBudget":24576})", "ws");
    row("2.5 and a huge budget", "gemini-2.5-flash", budget("4294967297"),
        R"({"includeThoughts":true,"thinkingBudget":24576})", "ws");
    row("2.5 and a small budget", "gemini-2.5-flash-lite", budget("1"),
        R"({"includeThoughts":true,"thinkingBudget":512})", "ws");
    row("2.5 and none", "gemini-2.5-flash", R"("thinking":{"type":"disabled"})", R"({"thinkingBudget":0})", "");
    row("none, and yet a budget", "gemini-2.5-flash", R"("thinking":{"type":"disabled","budget_tokens":2000})",
        R"({"thinkingBudget":0})", "");
    row("2.5 Pro and none", "gemini-2.5-pro", R"("thinking":{"type":"disabled"})", R"({"thinkingBudget":128})", "");
    row("2.5 and an effort", "gemini-2.5-flash", effort("medium"), R"({"thinkingBudget":8192})", "");
    row("3 and a small budget", "gemini-3-flash-preview", budget("2000"),
        R"({"includeThoughts":true,"thinkingLevel":"low"})", "ws");
    row("3 and a budget", "gemini-3-flash-preview", budget("8000"),
        R"({"includeThoughts":true,"thinkingLevel":"medium"})", "ws");
    row("3 and a large budget", "gemini-3-flash-preview", budget("31999"),
        R"({"includeThoughts":true,"thinkingLevel":"high"})", "ws");
    row("3 and none", "gemini-3-flash-preview", R"("thinking":{"type":"disabled"})", R"({"thinkingLevel":"minimal"})",
        "");
    row("3 Pro and none", "gemini-3-pro-preview", R"("thinking":{"type":"disabled"})", R"({"thinkingLevel":"low"})",
        "");
    row("3 Pro and medium", "gemini-3-pro-preview", effort("medium"), R"({"thinkingLevel":"high"})", "");
    row("3.1 Pro and medium", "gemini-3.1-pro-preview", effort("medium"), R"({"thinkingLevel":"medium"})", "");
    row("the latest and the most", "gemini-pro-latest", effort("max"), R"({"thinkingLevel":"high"})", "");
    row("an effort that nobody knows", "gemini-3-flash-preview", effort("heroic"), "null", "");
    row("adaptive", "gemini-3-flash-preview", R"("thinking":{"type":"adaptive"})", R"({"includeThoughts":true})", "ws");
    row("adaptive and an effort", "gemini-3-flash-preview", R"("thinking":{"type":"adaptive"},)" + effort("low"),
        R"({"includeThoughts":true,"thinkingLevel":"low"})", "ws");
    row("thoughts that nobody reads", "gemini-3-flash-preview", R"("thinking":{"type":"adaptive","display":"omitted"})",
        "null", "w");
    row("a model that does not think", "gemini-2.0-flash", budget("5000"), "null", "ws");
    row("Gemma", "gemma-3-27b-it", effort("high"), "null", "");
}

void TestMessagesRequest::thinking()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, client);
    const auto request = translated(asking(members, model));
    QVERIFY(request);
    QCOMPARE(faces::toJson(request->body.value(u"generationConfig"_s).toMap().value(u"thinkingConfig"_s)), expected);
    QCOMPARE(request->wantsThinking, client.contains('w'));
    QCOMPARE(request->showsThoughts, client.contains('s'));
}

void TestMessagesRequest::leftOut_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<bool>("searches");
    QTest::newRow("nothing")
            << R"("metadata":{"user_id":"u"},"betas":[],"service_tier":"auto","context_management":{})"_ba
            << QStringList() << false;
    QTest::newRow("a search") << R"("tools":[{"type":"web_search_20250305"}])"_ba << QStringList() << true;
    QTest::newRow("a search with a function") << R"("tools":[{"type":"web_search_20250305"},{"name":"f"}])"_ba
                                              << QStringList{u"the web search, as there are functions"_s} << false;
    QTest::newRow("pages with a function")
            << R"("tools":[{"type":"web_fetch_20250910"},{"name":"f"}])"_ba
            << QStringList{u"the reading of web pages, as there are functions"_s} << false;
    QTest::newRow("a tool of Anthropic's") << R"("tools":[{"type":"bash_20250124","name":"bash"}])"_ba
                                           << QStringList{u"the tool bash_20250124"_s} << false;
    QTest::newRow("MCP servers") << R"("mcp_servers":[{"url":"https://a"}])"_ba
                                 << QStringList{u"MCP servers, which Anthropic would call"_s} << false;
    QTest::newRow("a file and an unknown block")
            << R"("messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image",)"
               R"("source":{"type":"file","file_id":"x"}},{"type":"container_upload"}]}])"_ba
            << QStringList{u"a file that Anthropic keeps"_s, u"a block of the type container_upload"_s} << false;
    QTest::newRow("stop sequences") << R"("stop_sequences":["1","2","3","4","5","6"])"_ba
                                    << QStringList{u"stop sequences, of which Gemini takes five"_s} << false;
}

void TestMessagesRequest::leftOut()
{
    QFETCH(QByteArray, members);
    QFETCH(QStringList, expected);
    QFETCH(bool, searches);
    QByteArray body = R"({"model":"gemini-3-flash-preview",)" + members;
    if (!members.contains("\"messages\""))
        body += R"(,"messages":[{"role":"user","content":"q"}])";
    const auto request = translated(body + '}');
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    QCOMPARE(request->leftOut, expected);
    QCOMPARE(request->searches, searches);
}

void TestMessagesRequest::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    const QString noModel = u"model: a model's name is needed."_s;
    const QString noMessages = u"messages: at least one message is needed."_s;
    const QString nothing = u"messages: none of them holds text, a picture or a tool's result."_s;
    QTest::newRow("nothing") << ""_ba << u"This is no JSON: there is no value at byte 0."_s;
    QTest::newRow("broken") << "{"_ba << u"This is no JSON: a member’s name is missing at byte 1."_s;
    QTest::newRow("no object") << "[]"_ba << noModel;
    QTest::newRow("a number") << "3"_ba << noModel;
    QTest::newRow("no model") << R"({"messages":[{"role":"user","content":"a"}]})"_ba << noModel;
    QTest::newRow("a model that is none") << R"({"model":3,"messages":[{"role":"user","content":"a"}]})"_ba << noModel;
    QTest::newRow("no messages") << R"({"model":"m"})"_ba << noMessages;
    QTest::newRow("empty messages") << R"({"model":"m","messages":[]})"_ba << noMessages;
    QTest::newRow("messages that are none") << R"({"model":"m","messages":{"role":"user"}})"_ba << noMessages;
    QTest::newRow("empty message") << R"({"model":"m","messages":[{}]})"_ba << nothing;
    QTest::newRow("empty text") << R"({"model":"m","messages":[{"role":"user","content":""}]})"_ba << nothing;
    QTest::newRow("only thoughts")
            << R"({"model":"m","messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"t"}]}]})"_ba
            << nothing;
}

void TestMessagesRequest::refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const auto request = translated(body);
    QVERIFY(!request);
    QCOMPARE(request.error().status, 400);
    QCOMPARE(request.error().message, message);
}

void TestMessagesRequest::signatures()
{
    const auto called = [](const QByteArray &id, const QByteArray &ahead) {
        const auto request = translated(

                R"({"model":"gemini-3-flash-preview","messages":[{"role":"user","content":"a"},)"
                R"({"role":"assistant","content":[)"
                + ahead + R"({"type":"tool_use","id":")" + id + R"(","name":"f","input":{}}]}]})");
        return facevalues::partWords(request->body.value(u"contents"_s).toArray().at(1)["parts"_L1].toArray().at(0));
    };
    const QByteArray wrapped = faces::Conversation::wrapped("SENT").toUtf8();
    const QByteArray thoughts = R"({"type":"thinking","thinking":"","signature":")" + wrapped + "\"},";
    const QByteArray hidden = R"({"type":"redacted_thinking","data":")" + wrapped + "\"},";
    const QByteArray foreign = R"({"type":"thinking","thinking":"","signature":"EqQ"},)";
    QCOMPARE(called("known", ""), u"call:known:f!STORED"_s);
    QCOMPARE(called("1", thoughts), u"call:1:f!SENT"_s);
    QCOMPARE(called("1", hidden), u"call:1:f!SENT"_s);
    QCOMPARE(called("1", foreign), u"call:1:f!skip_thought_signature_validator"_s);
}

// Gemini refuses a limit above its own, which other models have, so that such a one means none. Other numbers go to it as
// they are, since it knows best what it takes.
void TestMessagesRequest::hugeNumbers()
{
    const auto config = [](const QByteArray &limit) {
        const auto request = translated(R"({"model":"m","max_tokens":)" + limit
                                        + R"(,"temperature":1e308,"messages":[{"role":"user","content":"q"}]})");
        return request ? faces::toJson(request->body.value(u"generationConfig"_s)) : QByteArray();
    };
    QCOMPARE(config("65535"_ba), R"({"maxOutputTokens":65535,"temperature":1e+308})"_ba);
    QCOMPARE(config("65536"_ba), R"({"temperature":1e+308})"_ba);
    QCOMPARE(config("9223372036854775807"_ba), R"({"temperature":1e+308})"_ba);
}

QTEST_APPLESS_MAIN(TestMessagesRequest)
#include "tst_messagesrequest.moc"
