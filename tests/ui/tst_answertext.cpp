#include "ui/requests/answertext.h"
#include "ui/requests/jsonindenter.h"
#include "ui/requests/prompttext.h"

#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(TextPiece)

namespace {

// Joins neighbours of the same kind, as it does not matter where the cuts fall.
QString described(const QList<TextPiece> &pieces)
{
    QString all;
    int last = -1;
    for (const TextPiece &piece : pieces) {
        const int kind = static_cast<int>(piece.kind);
        if (kind != last || piece.kind == TextPiece::Kind::Note)
            all += u'[' + QStringList{u"text"_s, u"thought"_s, u"note"_s, u"error"_s}.at(kind) + u']';
        all += piece.text;
        last = kind;
    }
    return all;
}

QByteArray said(const QByteArray &text)
{
    return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}}]}\r\n\r\n";
}

} // namespace

class TestAnswerText : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void comesAsItStreams();
    void arrayComesAsItStreams();
    void halfAnEventIsNone();
    void indents_data();
    void indents();
    void prompts_data();
    void prompts();
};

void TestAnswerText::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &text) {
        QTest::newRow(name) << bytes << text;
    };
    row("nothing", "", {});
    row("events", said("Hel") + said("lo"), u"[text]Hello"_s);
    row("byte order mark", "\xEF\xBB\xBF" + said("x"), u"[text]x"_s);
    row("comment first", ": hi\n\n" + said("x"), u"[text]x"_s);
    row("UTF-8", said("gr\xC3\xBC\xC3\x9F"), u"[text]grüß"_s);
    row("no last empty line", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]}", u"[text]x"_s);
    row("thought",
        R"(data: {"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"ok"}]}}]})"
        "\n\n",
        u"[thought]hm[text]ok"_s);
    row("unary", R"({"candidates":[{"content":{"parts":[{"text":"a }{ \" b"}]}}],"usageMetadata":{}})",
        u"[text]a }{ \" b"_s);
    row("array",
        "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}\n,\r\n"
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}]",
        u"[text]ab"_s);
    row("max tokens", R"({"candidates":[{"content":{},"finishReason":"MAX_TOKENS"}]})",
        u"[note]Ended early: MAX_TOKENS"_s);
    row("stop is no news", R"({"candidates":[{"finishReason":"STOP"}]})", {});
    row("finish message", R"({"candidates":[{"finishReason":"X","finishMessage":"Because."}]})",
        u"[note]Ended early: X. Because."_s);
    row("blocked", R"({"promptFeedback":{"blockReason":"SAFETY"}})", u"[note]The prompt was blocked: SAFETY"_s);
    row("call", R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":1}}}]}}]})",
        u"[note]Calls f with {\"a\":1}"_s);
    row("image",
        R"({"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAABBBB"}}]}}]})",
        u"[note]Holds data: image/png, 6 bytes"_s);
    row("error", R"({"error":{"code":429,"message":"Too many.","status":"RESOURCE_EXHAUSTED"}})",
        u"[error]429 RESOURCE_EXHAUSTED: Too many."_s);
    row("error in an array", R"([{"error":{"code":400,"message":"Bad.","status":"INVALID_ARGUMENT"}}])",
        u"[error]400 INVALID_ARGUMENT: Bad."_s);
    row("OpenAI's error", R"({"error":{"code":null,"message":"Bad.","type":"invalid"}})", u"[error]invalid: Bad."_s);
    row("error without anything", R"({"error":{}})", u"[error]No reason was told."_s);
    row("error event",
        said("x") + "event: error\ndata: {\"error\":{\"code\":504,\"status\":\"S\",\"message\":\"M\"}}\n\n",
        u"[text]x[error]504 S: M"_s);
    row("bare error in a stream", said("x") + "{\"error\":{\"code\":500,\"status\":\"S\",\"message\":\"M\"}}\n",
        u"[text]x[error]500 S: M"_s);
    row("OpenAI stream",
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"b\"},"
        "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
        u"[text]ab"_s);
    row("OpenAI", R"({"choices":[{"message":{"content":"a"},"finish_reason":"length"}]})",
        u"[text]a[note]Ended early: length"_s);
    const QByteArray step = R"(event: step.start
data: {"index":0,"step":{"type":"thought","summary":[{"type":"text","text":"h"}]},"event_type":"step.start"}

event: step.delta
data: {"index":0,"delta":{"type":"thought_summary","content":{"text":"m"}},"event_type":"step.delta"}

event: step.delta
data: {"index":0,"delta":{"type":"thought_signature","signature":"AAAA"},"event_type":"step.delta"}

event: step.stop
data: {"index":0,"event_type":"step.stop"}

)"_ba;
    const auto event = [](const QByteArray &type, const QByteArray &members) -> QByteArray {
        return "event: " + type + "\ndata: {" + members + ",\"event_type\":\"" + type + "\"}\n\n";
    };
    const auto delta = [event](const QByteArray &members) {
        return event("step.delta", R"("index":1,"delta":{)" + members + '}');
    };
    row("an interaction's text and thoughts",
        event("interaction.created", R"("interaction":{"id":"v1_a","status":"in_progress"})") + step
                + event("step.start",
                        R"("index":1,"step":{"type":"model_output","content":[{"type":"text","text":"a"}]})")
                + delta(R"("type":"text","text":"b")") + event("step.stop", R"("index":1)")
                + event("interaction.completed", R"("interaction":{"id":"v1_a","status":"completed"})")
                + "event: done\ndata: [DONE]\n\n",
        u"[thought]hm[text]ab"_s);
    row("an interaction's call in pieces",
        event("step.start", R"("index":1,"step":{"type":"function_call","id":"c","name":"f","arguments":{}})")
                + delta(R"("type":"arguments_delta","arguments":"{\"a\":")")
                + delta(R"("type":"arguments_delta","arguments":"1}")") + event("step.stop", R"("index":1)")
                + event("interaction.completed", R"("interaction":{"status":"requires_action"})"),
        u"[note]Calls f with {\"a\":1}"_s);
    row("an interaction's call without arguments",
        event("step.start", R"("index":1,"step":{"type":"function_call","id":"c","name":"f","arguments":{}})")
                + event("step.stop", R"("index":1)"),
        u"[note]Calls f with {}"_s);
    row("an interaction's tools",
        delta(R"("type":"google_search_call","arguments":{"queries":["a","b"]})")
                + delta(R"("type":"google_search_result","result":[{"search_suggestions":"<x>"}])")
                + delta(R"("type":"code_execution_call","arguments":{"code":"x = 1"})")
                + delta(R"("type":"code_execution_result","result":"1")")
                + delta(R"("type":"url_context_call","arguments":{"urls":["https://a.example"]})")
                + delta(R"("type":"mcp_server_tool_call","name":"t","server_name":"s","arguments":{"x":2})")
                + delta(R"("type":"image","mime_type":"image/png","data":"AAAABBBB")")
                + delta(R"("type":"something_new","data":1)") + event("step.news", R"("index":1)"),
        u"[note]Searches for: a, b[note]Runs this code:\nx = 1[note]The code says:\n1[note]Reads: https://a.example"
        "[note]Calls t of s with {\"x\":2}[note]Holds data: image/png, 6 bytes"_s);
    row("an interaction's citations, each once",
        delta(R"("type":"text_annotation_delta","annotations":[{"type":"url_citation","url":"https://a.example","title":"A"},)"
              R"({"type":"url_citation","url":"https://a.example","title":"A"},{"type":"url_citation","url":"https://b.example"}])"),
        u"[note]Cites A: https://a.example[note]Cites https://b.example"_s);
    row("an interaction that failed",
        event("interaction.status_update", R"("interaction_id":"v1_a","status":"failed")")
                + event("interaction.completed", R"("interaction":{"status":"failed"})"),
        u"[note]Ended early: failed"_s);
    row("an interaction's error", event("error", R"("error":{"message":"Late.","code":"gateway_timeout"})"),
        u"[error]gateway_timeout: Late."_s);
    row("a whole interaction",
        R"({"id":"v1_a","object":"interaction","status":"incomplete","steps":[{"type":"user_input","content":[]},)"
        R"({"type":"thought","summary":[{"type":"text","text":"hm"}]},{"type":"function_call","name":"f","arguments":{"a":1}},)"
        R"({"type":"model_output","content":[{"type":"text","text":"ok","annotations":[{"url":"https://a.example"}]}]},)"
        R"({"type":"model_output","error":{"message":"Broken."}}]})",
        u"[thought]hm[note]Calls f with {\"a\":1}[text]ok[note]Cites https://a.example[error]Broken."
        "[note]Ended early: incomplete"_s);
    row("other JSON", R"({"totalTokens":31})", u"[text]{\n  \"totalTokens\": 31\n}\n"_s);
    row("plain", "# HELP x\nx 1\n", u"[text]# HELP x\nx 1\n"_s);
    row("short plain", "ok", u"[text]ok"_s);
    row("nonsense in an event", "data: {nonsense\n\n", u"[text]{\n  nonsense\n"_s);
}

void TestAnswerText::reads()
{
    QFETCH(const QByteArray, bytes);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    for (const qsizetype step : {qsizetype(1), qsizetype(7), qMax(bytes.size(), qsizetype(1))}) {
        AnswerText answer;
        QList<TextPiece> all;
        for (qsizetype at = 0; at < bytes.size(); at += step)
            all += answer.feed(QByteArrayView(bytes).sliced(at, qMin(step, bytes.size() - at)));
        all += answer.finish(true);
        QTEST(described(all), "text");
    }
}

void TestAnswerText::comesAsItStreams()
{
    AnswerText answer;
    QCOMPARE(described(answer.feed(said("one"))), u"[text]one"_s);
    QCOMPARE(described(answer.feed(said("two").left(20))), QString());
    QCOMPARE(described(answer.feed(said("two").mid(20))), u"[text]two"_s);
}

void TestAnswerText::arrayComesAsItStreams()
{
    AnswerText answer;
    const QByteArray one = R"({"candidates":[{"content":{"parts":[{"text":"one"}]}}]})";
    QCOMPARE(described(answer.feed("[" + one)), u"[text]one"_s);
    QCOMPARE(described(answer.feed(",\n" + one.left(9))), QString());
    QCOMPARE(described(answer.feed(one.mid(9))), u"[text]one"_s);
}

void TestAnswerText::halfAnEventIsNone()
{
    AnswerText answer;
    (void)answer.feed(said("one") + "data: {\"candidates\"");
    QCOMPARE(described(answer.finish(false)), QString());
}

void TestAnswerText::indents_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("indented");
    QTest::newRow("order and digits stay") << QByteArray(R"({"b":1.10,"a":12345678901234567890})")
                                           << QByteArray("{\n  \"b\": 1.10,\n  \"a\": 12345678901234567890\n}");
    QTest::newRow("empty") << QByteArray("{ \"a\" : [ ] , \"b\" : { } }")
                           << QByteArray("{\n  \"a\": [],\n  \"b\": {}\n}");
    QTest::newRow("nested") << QByteArray("[[1,2],{}]") << QByteArray("[\n  [\n    1,\n    2\n  ],\n  {}\n]");
    QTest::newRow("strings stay") << QByteArray(R"({"a":"x {,:[ \" \\"})")
                                  << QByteArray("{\n  \"a\": \"x {,:[ \\\" \\\\\"\n}");
    QTest::newRow("two") << QByteArray("{}{}") << QByteArray("{}\n{}");
    QTest::newRow("too many closed") << QByteArray("}}]") << QByteArray("\n}\n}\n]");
}

void TestAnswerText::indents()
{
    QFETCH(const QByteArray, json);
    for (const qsizetype step : {qsizetype(1), json.size()}) {
        JsonIndenter indenter;
        QByteArray out;
        for (qsizetype at = 0; at < json.size(); at += step)
            out += indenter.feed(QByteArrayView(json).sliced(at, qMin(step, json.size() - at)));
        QTEST(out, "indented");
    }
}

void TestAnswerText::prompts_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("prompt");
    QTest::newRow("prompt route") << u"gemini-proxy"_s << QByteArray("{\"a\"}") << u"{\"a\"}"_s;
    QTest::newRow("native")
            << u"native"_s
            << QByteArray(
                       R"({"contents":[{"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]},
                                {"role":"user","parts":[{"text":"c"},{"inlineData":{}},{"text":"d"}]}]})")
            << u"c\n\nd"_s;
    QTest::newRow("no role") << u"native"_s << QByteArray(R"({"contents":[{"parts":[{"text":"a"}]}]})") << u"a"_s;
    QTest::newRow("OpenAI")
            << u"openai"_s
            << QByteArray(R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"u"}]})") << u"u"_s;
    QTest::newRow("OpenAI's parts")
            << u"openai"_s << QByteArray(R"({"messages":[{"role":"user","content":[{"type":"text","text":"u"}]}]})")
            << u"u"_s;
    QTest::newRow("interaction") << u"native"_s << QByteArray(R"({"model":"m","input":"a"})") << u"a"_s;
    QTest::newRow("interaction's contents")
            << u"native"_s
            << QByteArray(R"({"input":[{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]})")
            << u"a\n\nb"_s;
    QTest::newRow("interaction's steps")
            << u"native"_s << QByteArray(R"({"input":[{"type":"user_input","content":[{"type":"text","text":"a"}]},
                             {"type":"model_output","content":[{"type":"text","text":"b"}]},
                             {"type":"user_input","content":"c"},{"type":"function_result","result":"d"}]})")
            << u"c"_s;
    QTest::newRow("none") << u"native"_s << QByteArray("nonsense") << QString();
}

void TestAnswerText::prompts()
{
    QFETCH(const QString, route);
    QFETCH(const QByteArray, body);
    Request request;
    request.route = route;
    QTEST(promptText(request, body), "prompt");
}

QTEST_GUILESS_MAIN(TestAnswerText)
#include "tst_answertext.moc"
