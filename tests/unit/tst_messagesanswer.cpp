#include "proxy/faces/messagesanswer.h"
#include "proxy/faces/messagesrequest.h"
#include "tests/unit/facevalues.h"
#include "tests/unit/geministream.h"

#include <QRegularExpression>
#include <QTest>

using namespace geministream;
using namespace Qt::StringLiterals;

// Gemini's answers as Anthropic's Messages API gives them.
class TestMessagesAnswer : public QObject
{
    Q_OBJECT

private slots:
    void events_data();
    void events();
    void streamAndWhole_data();
    void streamAndWhole();
    void endings_data();
    void endings();
    void failures_data();
    void failures();
    void usage();
    void search();
    void ids();
    void signaturesComeBack_data();
    void signaturesComeBack();
    void pauses();
    void names();
};

namespace {

struct Asked
{
    bool streams = true;
    QByteArray thinking = R"({"type":"enabled","budget_tokens":2000})";
    QByteArray tools = R"([{"name":"f"},{"name":"g"}])";
};

faces::GeminiRequest requestFor(const Asked &asked)
{
    const faces::SignatureStore signatures;
    return *faces::messagesRequest(R"({"model":"claude-x","messages":[{"role":"user","content":"q"}],"stream":)"
                                           + QByteArray(asked.streams ? "true" : "false") + R"(,"thinking":)"
                                           + asked.thinking + R"(,"tools":)" + asked.tools + '}',
                                   {signatures, {}});
}

QByteArray answered(
        const QByteArray &answer, const Asked &asked = {}, qsizetype size = 0,
        const std::shared_ptr<faces::SignatureStore> &signatures = std::make_shared<faces::SignatureStore>())
{
    faces::MessagesAnswer translator(requestFor(asked), signatures);
    return withoutChance(translated(translator, answer, size), {"msg_", "toolu_", "srvtoolu_"});
}

// Puts the message together as Anthropic's own clients do. An event out of order leaves an error in its place.
QCborMap assembled(const QByteArray &stream)
{
    QCborMap message;
    QCborArray content;
    QCborMap block;
    QString json;
    bool open = false;
    bool stopped = false;
    for (const auto &[name, data] : geministream::events(stream)) {
        const QCborValue delta = data["delta"_L1];
        if (data["type"_L1].toString() != QString::fromUtf8(name) || stopped
            || (name != "message_start" && message.isEmpty()))
            return {{u"broken"_s, QString::fromUtf8(name)}};
        if (name.startsWith("content_block")
            && (data["index"_L1].toInteger(-1) != content.size() || open == (name == "content_block_start")))
            return {{u"broken"_s, QString::fromUtf8(name)}};
        if (name == "message_start") {
            message = data["message"_L1].toMap();
        } else if (name == "content_block_start") {
            block = data["content_block"_L1].toMap();
            json.clear();
            open = true;
        } else if (name == "content_block_delta") {
            const QString type = delta["type"_L1].toString();
            if (type == "input_json_delta"_L1)
                json += delta["partial_json"_L1].toString();
            for (const QString &member : {u"text"_s, u"thinking"_s, u"signature"_s}) {
                if (type == member + u"_delta"_s)
                    block.insert(member, block.value(member).toString() + delta[member].toString());
            }
        } else if (name == "content_block_stop") {
            if (!json.isEmpty())
                block.insert(u"input"_s, *faces::parseJson(json.toUtf8()));
            content.append(block);
            open = false;
        } else if (name == "message_delta") {
            message.insert(u"content"_s, content);
            for (const auto member : delta.toMap())
                message.insert(member.first, member.second);
            message.insert(u"usage"_s, data["usage"_L1]);
        } else if (name == "message_stop") {
            stopped = !open;
        }
    }
    return stopped ? message : QCborMap{{u"broken"_s, u"no end"_s}};
}

// The blocks in one line: T(thoughts;signature), t(text), c(name;input) and o(type) for others.
QString blocks(const QCborMap &message)
{
    QStringList words;
    for (const auto &block : message.value(u"content"_s).toArray()) {
        const QString type = block["type"_L1].toString();
        if (type == "text"_L1)
            words.append(u"t("_s + block["text"_L1].toString() + u')');
        else if (type == "thinking"_L1)
            words.append(u"T("_s + block["thinking"_L1].toString() + u';' + block["signature"_L1].toString() + u')');
        else if (type == "tool_use"_L1)
            words.append(u"c("_s + block["name"_L1].toString() + u';'
                         + QString::fromUtf8(faces::toJson(block["input"_L1])) + u')');
        else
            words.append(u"o("_s + type + u')');
    }
    return words.join(u' ') + u" -> "_s + message.value(u"stop_reason"_s).toString();
}

const QByteArray busy = piece(thought("hm"), {}, geministream::usage) + piece(thought(" so")) + piece(text("I "))
        + piece(text("look.")) + piece(call("f", R"({"b":[1,{"a":"\u00e9\n"}]})", "SIG1") + ',' + call("g", "{}"))
        + piece(text("Done."), stop, geministream::usage);

} // namespace

void TestMessagesAnswer::events_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("thinking");
    QTest::addColumn<QByteArray>("expected"); // the events' names and indices
    const QByteArray on = R"({"type":"enabled","budget_tokens":2000})";
    const QByteArray end = "message_delta message_stop";
    const auto block = [](int index, int deltas = 1) {
        const QByteArray number = QByteArray::number(index) + ' ';
        return "content_block_start:" + number + ("content_block_delta:" + number).repeated(deltas)
                + "content_block_stop:" + number;
    };
    QTest::newRow("a text") << piece(text("a"), stop) << on << "message_start " + block(0) + end;
    QTest::newRow("a text in pieces") << piece(text("a")) + piece(text("b")) + piece(text(""), stop) << on
                                      << "message_start " + block(0, 2) + end;
    QTest::newRow("thoughts, text, calls")
            << busy << on
            << "message_start " + block(0, 3) + block(1, 2) + block(2, 1) + block(3) + block(4) + block(5) + end;
    QTest::newRow("thoughts that nobody wants")
            << busy << R"({"type":"disabled"})"_ba
            << "message_start " + block(0, 2) + block(1) + block(2) + block(3) + end;
    QTest::newRow("a signature alone") << piece(text("a")) + piece(R"({"text":"","thoughtSignature":"S"})", stop) << on
                                       << "message_start " + block(0) + end;
    QTest::newRow("an empty thought") << piece(thought("")) + piece(text("a"), stop) << on
                                      << "message_start " + block(0) + end;
    QTest::newRow("no parts") << piece({}) + piece(text("a")) + piece({}, stop) << on
                              << "message_start " + block(0) + end;
}

void TestMessagesAnswer::events()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, thinking);
    QFETCH(QByteArray, expected);
    QByteArrayList names;
    for (const auto &[name, data] : geministream::events(answered(answer, {.thinking = thinking}))) {
        const QCborValue index = data["index"_L1];
        names.append(index.isInteger() ? name + ':' + QByteArray::number(index.toInteger()) : name);
    }
    QCOMPARE(names.join(' '), expected);
}

void TestMessagesAnswer::streamAndWhole_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("thinking");
    QTest::addColumn<QString>("expected");
    const QByteArray on = R"({"type":"adaptive"})";
    const QByteArray off = R"({"type":"disabled"})";
    const QByteArray omitted = R"({"type":"adaptive","display":"omitted"})";
    const QString calls = uR"(c(f;{"b":[1,{"a":"é\n"}]}) c(g;{}))"_s;
    QTest::newRow("all, shown") << busy << on
                                << u"T(hm so;gemini.) t(I look.) T(;gemini.SIG1) "_s + calls
                    + u" t(Done.) -> tool_use"_s;
    QTest::newRow("all, omitted") << busy << omitted
                                  << u"t(I look.) T(;gemini.SIG1) "_s + calls + u" t(Done.) -> tool_use"_s;
    QTest::newRow("all, not wanted") << busy << off << u"t(I look.) "_s + calls + u" t(Done.) -> tool_use"_s;
    QTest::newRow("thoughts right ahead of a call") << piece(thought("hm")) + piece(call("f", "{}", "S"), stop) << on
                                                    << u"T(hm;gemini.S) c(f;{}) -> tool_use"_s;
    QTest::newRow("nothing but thoughts")
            << piece(thought("hm"), R"("finishReason":"MAX_TOKENS")") << on << u"T(hm;gemini.) -> max_tokens"_s;
    QTest::newRow("code that ran") << piece(

            R"({"executableCode":{"language":"PYTHON","code":"1+1"}},)"
            R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"2"}})",
            stop) << off << u"t(\n```python\n1+1\n```\n\n```\n2\n```\n) -> end_turn"_s;
    QTest::newRow("a picture") << piece(R"({"inlineData":{"mimeType":"image/png","data":"AA=="}})", stop) << off
                               << u"t([image/png, which this API cannot carry]) -> end_turn"_s;
    QTest::newRow("unknown parts") << piece(R"({"future":1},{"text":7},3,null,{"text":"a"})", stop) << off
                                   << u"t(a) -> end_turn"_s;
    QTest::newRow("a call without arguments")
            << piece(R"({"functionCall":{"name":"f"}})", stop) << off << u"c(f;{}) -> tool_use"_s;
}

void TestMessagesAnswer::streamAndWhole()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, thinking);
    QFETCH(QString, expected);
    const QByteArray stream = answered(answer, {.thinking = thinking});
    QCOMPARE(blocks(assembled(stream)), expected);
    // Gemini's answer may be cut anywhere.
    for (qsizetype size = 1; size < answer.size(); size += size < 9 ? 1 : 31)
        QCOMPARE(answered(answer, {.thinking = thinking}, size), stream);
    const QByteArray whole = answered(answer, {.streams = false, .thinking = thinking});
    const auto message = faces::parseJson(whole);
    QVERIFY2(message, whole.constData());
    QCOMPARE(blocks((*message).toMap()), expected);
    QCOMPARE(faces::toJson((*message)["usage"_L1]), faces::toJson(assembled(stream).value(u"usage"_s)));
    QCOMPARE((*message)["model"_L1].toString(), u"claude-x"_s);
}

void TestMessagesAnswer::endings_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("expected");
    const auto reason = [](const QByteArray &word) { return "\"finishReason\":\"" + word + '"'; };
    QTest::newRow("STOP") << piece(text("a"), stop) << u"t(a) -> end_turn"_s;
    QTest::newRow("MAX_TOKENS") << piece(text("a"), reason("MAX_TOKENS")) << u"t(a) -> max_tokens"_s;
    for (const char *word :
         {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR"})
        QTest::newRow(word) << piece(text("a"), reason(word))
                            << u"t(a\n\nGemini cut its answer short (%1).) -> refusal"_s.arg(QLatin1StringView(word));
    for (const char *word : {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "LANGUAGE", "OTHER", "NEW_WORD"})
        QTest::newRow(word) << piece(text("a"), reason(word))
                            << u"t(a\n\nGemini could not complete its answer (%1). Ask again.) -> end_turn"_s.arg(
                                       QLatin1StringView(word));
    QTest::newRow("with details") << piece({}, reason("SAFETY") + R"(,"finishMessage":"why")")
                                  << u"t(Gemini cut its answer short (SAFETY). why) -> refusal"_s;
    QTest::newRow("a question that was blocked") << "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\r\n\r\n"_ba
                                                 << u"t(Gemini did not answer this question (SAFETY).) -> refusal"_s;
    QTest::newRow("no word") << piece({}, stop)
                             << u"t(Gemini ended its answer without a word. Ask again.) -> end_turn"_s;
    QTest::newRow("only thoughts") << piece(
            thought("hm"),
            stop) << u"T(hm;gemini.) t(Gemini ended its answer without a word. Ask again.) -> end_turn"_s;
    QTest::newRow("one object, no stream") << piece(text("a"), stop).sliced(6) << u"t(a) -> end_turn"_s;
}

void TestMessagesAnswer::endings()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, expected);
    QCOMPARE(blocks(assembled(answered(answer))), expected);
    QCOMPARE(blocks((*faces::parseJson(answered(answer, {.streams = false}))).toMap()), expected);
}

void TestMessagesAnswer::failures_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    for (const Failure &failure : geministream::failures())
        QTest::newRow(failure.name) << failure.answer << failure.status << failure.message;
}

void TestMessagesAnswer::failures()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QString, message);
    for (const bool streams : {true, false}) {
        faces::MessagesAnswer translator(requestFor({.streams = streams}), std::make_shared<faces::SignatureStore>());
        const QByteArray out = translated(translator, answer);
        QVERIFY(translator.failure());
        QCOMPARE(translator.failure()->status, status);
        QCOMPARE(translator.failure()->message, message);
        QVERIFY2(!out.contains("message_stop"), out.constData());
        if (!streams) {
            QCOMPARE(out, ""_ba);
            continue;
        }
        const auto last = geministream::events(translator.brokenOff(*translator.failure())).last();
        QCOMPARE(last.first, "error"_ba);
        QCOMPARE(last.second["error"_L1]["message"_L1].toString(), message);
    }
}

void TestMessagesAnswer::usage()
{
    const QByteArray plain =
            R"({"input_tokens":6,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":8})";
    QCOMPARE(faces::toJson(assembled(answered(busy)).value(u"usage"_s)), plain);
    const auto begin = geministream::events(answered(busy)).first();
    QCOMPARE(begin.second["message"_L1]["usage"_L1]["input_tokens"_L1].toInteger(), 6);
    QCOMPARE(faces::toJson(assembled(answered(piece(text("a"), stop))).value(u"usage"_s)),
             R"({"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0})"_ba);
}

// Gemini tells again and again what it found.
void TestMessagesAnswer::search()
{
    const QByteArray found =

            R"("groundingMetadata":{"webSearchQueries":["one","two"],)"
            R"("groundingChunks":[{"web":{"uri":"https://a","title":"A"}},{"web":{"uri":"https://b",)"
            R"("title":"B"}}]})";
    const QByteArray answer = piece(text("a"), found) + piece(text("b"), stop + ',' + found);
    const QByteArray tools = R"([{"type":"web_search_20250305","name":"web_search"}])";
    const QCborMap message = assembled(answered(answer, {.tools = tools}));
    QCOMPARE(blocks(message), u"t(ab) o(server_tool_use) o(web_search_tool_result) -> end_turn"_s);
    const QCborArray content = message.value(u"content"_s).toArray();
    QCOMPARE(content.at(1)["input"_L1]["query"_L1].toString(), u"one; two"_s);
    QCOMPARE(content.at(1)["id"_L1].toString(), content.at(2)["tool_use_id"_L1].toString());
    const QCborArray results = content.at(2)["content"_L1].toArray();
    QCOMPARE(results.size(), 2);
    QCOMPARE(results.at(1)["url"_L1].toString(), u"https://b"_s);
    QCOMPARE(message.value(u"usage"_s)["server_tool_use"_L1]["web_search_requests"_L1].toInteger(), 2);
    // Who did not ask for a search does not get its blocks.
    QCOMPARE(blocks(assembled(answered(answer))), u"t(ab) -> end_turn"_s);
}

void TestMessagesAnswer::ids()
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s);
    faces::MessagesAnswer translator(requestFor({}), std::make_shared<faces::SignatureStore>());
    const QCborMap message = assembled(translated(translator, busy));
    QStringList ids{message.value(u"id"_s).toString()};
    for (const auto &block : message.value(u"content"_s).toArray()) {
        if (block["type"_L1].toString() == "tool_use"_L1)
            ids.append(block["id"_L1].toString());
    }
    QCOMPARE(ids.size(), 3);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 3);
    for (const QString &id : std::as_const(ids))
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
}

void TestMessagesAnswer::signaturesComeBack_data()
{
    QTest::addColumn<bool>("streams");
    QTest::addColumn<bool>("sameStore");
    QTest::addColumn<bool>("thinks");
    QTest::addColumn<QString>("signature");
    QTest::newRow("stream, remembered") << true << true << true << u"SIG1"_s;
    QTest::newRow("stream, forgotten") << true << false << true << u"SIG1"_s;
    QTest::newRow("whole, remembered") << false << true << true << u"SIG1"_s;
    QTest::newRow("whole, forgotten") << false << false << true << u"SIG1"_s;
    QTest::newRow("without thinking, remembered") << true << true << false << u"SIG1"_s;
    QTest::newRow("without thinking, forgotten") << true << false << false << u"skip_thought_signature_validator"_s;
}

void TestMessagesAnswer::signaturesComeBack()
{
    QFETCH(bool, streams);
    QFETCH(bool, sameStore);
    QFETCH(bool, thinks);
    QFETCH(QString, signature);
    auto signatures = std::make_shared<faces::SignatureStore>();
    faces::MessagesAnswer translator(
            requestFor({.streams = streams, .thinking = thinks ? R"({"type":"adaptive"})" : "null"}), signatures);
    const QByteArray out = translated(translator, busy);
    const QCborMap message = streams ? assembled(out) : (*faces::parseJson(out)).toMap();
    const QCborMap body{
            {u"model"_s, u"claude-x"_s},
            {u"messages"_s,
             QCborArray{QCborMap{{u"role"_s, u"user"_s}, {u"content"_s, u"q"_s}},
                        QCborMap{{u"role"_s, u"assistant"_s}, {u"content"_s, message.value(u"content"_s)}}}}};
    const faces::SignatureStore forgetful;
    const auto request = faces::messagesRequest(faces::toJson(body), {sameStore ? *signatures : forgetful, {}});
    QVERIFY(request);
    const QCborArray contents = request->body.value(u"contents"_s).toArray();
    QCOMPARE(facevalues::problemIn(contents), QString());
    QStringList found;
    for (const auto &part : contents.at(1)["parts"_L1].toArray()) {
        if (part["functionCall"_L1].isMap())
            found.append(part["thoughtSignature"_L1].toString());
    }
    QCOMPARE(found, (QStringList{signature, QString()}));
}

void TestMessagesAnswer::pauses()
{
    faces::MessagesAnswer stream(requestFor({}), std::make_shared<faces::SignatureStore>());
    QCOMPARE(geministream::events(stream.pause()).last().first, "ping"_ba);
    QCOMPARE(geministream::events(stream.pause()).size(), 1);
    // A whole answer has no place for one.
    faces::MessagesAnswer whole(requestFor({.streams = false}), std::make_shared<faces::SignatureStore>());
    QCOMPARE(whole.pause(), ""_ba);
    QVERIFY(faces::parseJson(translated(whole, piece(text("a"), stop))));
}

// The client gets its own name for a tool back.
void TestMessagesAnswer::names()
{
    faces::GeminiRequest request = requestFor({.tools = R"([{"name":"read a file"}])"});
    const QByteArray changed = request.names.forGemini(u"read a file"_s).toUtf8();
    faces::MessagesAnswer translator(request, std::make_shared<faces::SignatureStore>());
    QCOMPARE(blocks(assembled(translated(translator, piece(call(changed, "{}"), stop)))),
             u"c(read a file;{}) -> tool_use"_s);
}

QTEST_APPLESS_MAIN(TestMessagesAnswer)
#include "tst_messagesanswer.moc"
