#include "proxy/faces/responsesanswer.h"
#include "tests/unit/facevalues.h"
#include "tests/unit/geministream.h"

#include <QRegularExpression>
#include <QTest>

using namespace geministream;
using namespace Qt::StringLiterals;

// Gemini's answers as OpenAI's Responses API gives them.
class TestResponsesAnswer : public QObject
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
};

namespace {

const QByteArray tools =

        R"("tools":[{"type":"function","name":"f"},{"type":"function","name":"g"},{"type":"custom",)"
        R"("name":"c"},{"type":"namespace","name":"n","tools":[{"type":"function","name":"h"}]}])";
const QByteArray shown = R"("include":["reasoning.encrypted_content"],"reasoning":{"summary":"auto"},)" + tools;
const QByteArray omitted = R"("include":["reasoning.encrypted_content"],)" + tools;

faces::ResponsesRequest requestFor(const QByteArray &members, bool streams)
{
    const faces::SignatureStore signatures;
    return *faces::responsesRequest(R"({"model":"gpt-x","input":"q","stream":)" + QByteArray(streams ? "true" : "false")
                                            + ',' + members + '}',
                                    {signatures, {}}, faces::ResponseStore());
}

QByteArray answered(const QByteArray &answer, const QByteArray &members, bool streams = true, qsizetype size = 0)
{
    faces::ResponsesAnswer translator(requestFor(members, streams), std::make_shared<faces::SignatureStore>(),
                                      std::make_shared<faces::ResponseStore>());
    return withoutChance(translated(translator, answer, size), {"resp_", "msg_", "rs_", "fc_", "ctc_", "ws_", "call_"});
}

// Returns the response that a stream ends with, if its events tell the same; else what is wrong with them.
QCborMap assembled(const QByteArray &stream)
{
    const auto broken = [](const QString &why) { return QCborMap{{u"broken"_s, why}}; };
    QCborArray output;
    QCborMap item; // the open one
    QString text;  // that its deltas add up to
    QCborMap response;
    qint64 sequence = 0;
    for (const auto &[name, data] : geministream::events(stream)) {
        const QString type = data["type"_L1].toString();
        if (type != QString::fromUtf8(name) || data["sequence_number"_L1].toInteger(-1) != sequence++
            || !response.isEmpty())
            return broken(QString::fromUtf8(name));
        if (data["output_index"_L1].isInteger() && data["output_index"_L1].toInteger() != output.size())
            return broken(u"index of "_s + type);
        if (data["item_id"_L1].isString() && data["item_id"_L1] != item.value(u"id"_s))
            return broken(u"item of "_s + type);
        if (type == "response.output_item.added"_L1) {
            if (!item.isEmpty())
                return broken(u"two open items"_s);
            item = data["item"_L1].toMap();
            text.clear();
        } else if (type.endsWith(".delta"_L1)) {
            text += data["delta"_L1].toString();
        } else if (type.endsWith(".done"_L1) && type != "response.output_item.done"_L1) {
            for (const QString &member : {u"text"_s, u"arguments"_s, u"input"_s}) {
                const QCborValue told = data[member].isString() ? data[member] : data["part"_L1][member];
                if (told.isString() && told.toString() != text)
                    return broken(type + u" does not tell what its deltas do"_s);
            }
        } else if (type == "response.output_item.done"_L1) {
            if (data["item"_L1]["id"_L1] != item.value(u"id"_s) || data["item"_L1]["type"_L1] != item.value(u"type"_s))
                return broken(u"another item is done"_s);
            output.append(data["item"_L1]);
            item.clear();
        } else if (type == "response.completed"_L1 || type == "response.incomplete"_L1) {
            response = data["response"_L1].toMap();
        }
    }
    if (response.value(u"output"_s).toArray() != output)
        return broken(u"the response tells other items"_s);
    return response;
}

// The items in one line: R(summary;signature), m(text), f(name;arguments), c(name;input) and o(type) for others.
QString items(const QCborMap &response)
{
    QStringList words;
    for (const auto &item : response.value(u"output"_s).toArray()) {
        const QString type = item["type"_L1].toString();
        const QString name = item["namespace"_L1].isString()
                ? item["namespace"_L1].toString() + u'/' + item["name"_L1].toString()
                : item["name"_L1].toString();
        if (type == "reasoning"_L1) {
            const QCborArray summary = item["summary"_L1].toArray();
            words.append(u"R("_s + summary.at(0)["text"_L1].toString() + u';' + item["encrypted_content"_L1].toString()
                         + u')');
        } else if (type == "message"_L1) {
            const QCborArray content = item["content"_L1].toArray();
            words.append(u"m("_s + content.at(0)["text"_L1].toString() + u')');
        } else if (type == "function_call"_L1) {
            words.append(u"f("_s + name + u';' + item["arguments"_L1].toString() + u')');
        } else if (type == "custom_tool_call"_L1) {
            words.append(u"c("_s + name + u';' + item["input"_L1].toString() + u')');
        } else {
            words.append(u"o("_s + type + u')');
        }
    }
    return words.join(u' ') + u" -> "_s
            + (response.contains(u"broken"_s) ? response.value(u"broken"_s).toString()
                                              : response.value(u"status"_s).toString());
}

const QByteArray busy = piece(thought("hm"), {}, geministream::usage) + piece(thought(" so")) + piece(text("I "))
        + piece(text("look.")) + piece(call("f", R"({"b":[1,{"a":"\u00e9\n"}]})", "SIG1") + ',' + call("g", "{}"))
        + piece(call("c", R"({"input":"*** Begin"})") + ',' + call("n__h", "{}"))
        + piece(text("Done."), stop, geministream::usage);

} // namespace

void TestResponsesAnswer::events_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArrayList>("expected"); // without "response."
    const QByteArrayList begin{"created", "in_progress"};
    const QByteArrayList message{"output_item.added", "content_part.added", "output_text.delta",
                                 "output_text.done",  "content_part.done",  "output_item.done"};
    const QByteArrayList reasoning{
            "output_item.added",           "reasoning_summary_part.added", "reasoning_summary_text.delta",
            "reasoning_summary_text.done", "reasoning_summary_part.done",  "output_item.done"};
    const QByteArrayList function{"output_item.added", "function_call_arguments.delta", "function_call_arguments.done",
                                  "output_item.done"};
    const QByteArrayList custom{"output_item.added", "custom_tool_call_input.delta", "custom_tool_call_input.done",
                                "output_item.done"};
    const QByteArrayList sign{"output_item.added", "output_item.done"};
    QTest::newRow("a text") << piece(text("a"), stop) << shown << begin + message + QByteArrayList{"completed"};
    QTest::newRow("an empty piece") << piece(text("a")) + piece(R"({"text":"","thoughtSignature":"S"})", stop) << shown
                                    << begin + message + QByteArrayList{"completed"};
    QTest::newRow("thoughts and a call") << piece(thought("hm")) + piece(call("f", "{}", "S"), stop) << shown
                                         << begin + reasoning + function + QByteArrayList{"completed"};
    QTest::newRow("a signed call") << piece(thought("hm")) + piece(call("f", "{}", "S"), stop) << omitted
                                   << begin + sign + function + QByteArrayList{"completed"};
    QTest::newRow("a call whose signature nobody wants")
            << piece(call("f", "{}", "S"), stop) << tools << begin + function + QByteArrayList{"completed"};
    QTest::newRow("a custom tool's call")
            << piece(call("c", R"({"input":"x"})"), stop) << tools << begin + custom + QByteArrayList{"completed"};
    QTest::newRow("cut") << piece(text("a"), R"("finishReason":"MAX_TOKENS")") << tools
                         << begin + message + QByteArrayList{"incomplete"};
}

void TestResponsesAnswer::events()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, members);
    QFETCH(QByteArrayList, expected);
    QByteArrayList names;
    for (const auto &[name, data] : geministream::events(answered(answer, members)))
        names.append(QByteArray(name).replace("response.", ""));
    QCOMPARE(names, expected);
}

void TestResponsesAnswer::streamAndWhole_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("expected");
    const QString calls = uR"(f(f;{"b":[1,{"a":"é\n"}]}) f(g;{}) c(c;*** Begin) f(n/h;{}))"_s;
    QTest::newRow("all, shown") << busy << shown
                                << u"R(hm so;gemini.) m(I look.) R(;gemini.SIG1) "_s + calls
                    + u" m(Done.) -> completed"_s;
    QTest::newRow("all, omitted") << busy << omitted
                                  << u"m(I look.) R(;gemini.SIG1) "_s + calls + u" m(Done.) -> completed"_s;
    QTest::newRow("all, not wanted") << busy << tools << u"m(I look.) "_s + calls + u" m(Done.) -> completed"_s;
    QTest::newRow("thoughts without signatures") << busy << R"("reasoning":{"summary":"auto"},)" + tools
                                                 << u"R(hm so;) m(I look.) "_s + calls + u" m(Done.) -> completed"_s;
    QTest::newRow("nothing but thoughts")
            << piece(thought("hm"), R"("finishReason":"MAX_TOKENS")") << shown << u"R(hm;gemini.) -> incomplete"_s;
    QTest::newRow("a custom tool without its text")
            << piece(call("c", R"({"input":7})"), stop) << tools << u"c(c;) -> completed"_s;
}

void TestResponsesAnswer::streamAndWhole()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, members);
    QFETCH(QString, expected);
    const QByteArray stream = answered(answer, members);
    QCOMPARE(items(assembled(stream)), expected);
    for (qsizetype size = 1; size < answer.size(); size += size < 9 ? 1 : 31)
        QCOMPARE(answered(answer, members, true, size), stream);
    const auto whole = faces::parseJson(answered(answer, members, false));
    QVERIFY(whole);
    QCOMPARE(items((*whole).toMap()), expected);
    const QCborMap streamed = assembled(stream);
    QCOMPARE(faces::toJson((*whole)["usage"_L1]), faces::toJson(streamed.value(u"usage"_s)));
    QCOMPARE((*whole)["model"_L1].toString(), u"gpt-x"_s);
    QCOMPARE((*whole)["object"_L1].toString(), u"response"_s);
    QStringList told;
    QStringList also;
    for (const auto member : (*whole).toMap())
        told.append(member.first.toString());
    for (const auto member : streamed)
        also.append(member.first.toString());
    QCOMPARE(told, also);
}

void TestResponsesAnswer::endings_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("expected");
    const auto reason = [](const QByteArray &word) { return "\"finishReason\":\"" + word + '"'; };
    QTest::newRow("STOP") << piece(text("a"), stop) << u"m(a) -> completed"_s;
    QTest::newRow("MAX_TOKENS") << piece(text("a"), reason("MAX_TOKENS")) << u"m(a) -> incomplete"_s;
    QTest::newRow("SAFETY") << piece(text("a"), reason("SAFETY"))
                            << u"m(a\n\nGemini cut its answer short (SAFETY).) -> completed"_s;
    QTest::newRow("MALFORMED_FUNCTION_CALL")
            << piece({}, reason("MALFORMED_FUNCTION_CALL"))
            << u"m(Gemini could not complete its answer (MALFORMED_FUNCTION_CALL). Ask again.) -> completed"_s;
    QTest::newRow("a question that was blocked") << "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\r\n\r\n"_ba
                                                 << u"m(Gemini did not answer this question (SAFETY).) -> completed"_s;
    QTest::newRow("no word") << piece({}, stop)
                             << u"m(Gemini ended its answer without a word. Ask again.) -> completed"_s;
}

void TestResponsesAnswer::endings()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, expected);
    QCOMPARE(items(assembled(answered(answer, tools))), expected);
    const auto whole = faces::parseJson(answered(answer, tools, false));
    QVERIFY(whole);
    QCOMPARE(items((*whole).toMap()), expected);
    QCOMPARE((*whole)["incomplete_details"_L1].isMap(), expected.endsWith("incomplete"_L1));
}

void TestResponsesAnswer::failures_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    for (const Failure &failure : geministream::failures())
        QTest::newRow(failure.name) << failure.answer << failure.status << failure.message;
}

void TestResponsesAnswer::failures()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    QFETCH(QString, message);
    for (const bool streams : {true, false}) {
        const auto responses = std::make_shared<faces::ResponseStore>();
        faces::ResponsesAnswer translator(requestFor(tools, streams), std::make_shared<faces::SignatureStore>(),
                                          responses);
        QByteArray out = translated(translator, answer);
        QVERIFY(translator.failure());
        QCOMPARE(translator.failure()->status, status);
        QCOMPARE(translator.failure()->message, message);
        if (!streams) {
            QCOMPARE(out, ""_ba);
            continue;
        }
        out += translator.brokenOff(*translator.failure());
        qint64 sequence = 0;
        const auto all = geministream::events(out);
        for (const auto &[name, data] : all)
            QCOMPARE(data["sequence_number"_L1].toInteger(-1), sequence++);
        const auto &last = all.last();
        QCOMPARE(last.first, "response.failed"_ba);
        QCOMPARE(last.second["response"_L1]["status"_L1].toString(), u"failed"_s);
        QCOMPARE(last.second["response"_L1]["error"_L1]["message"_L1].toString(), message);
        QVERIFY(!responses->find(last.second["response"_L1]["id"_L1].toString().toUtf8()));
    }
}

void TestResponsesAnswer::usage()
{
    const QCborMap response = assembled(answered(busy, tools));
    QCOMPARE(faces::toJson(response.value(u"usage"_s)),

             R"({"input_tokens":10,"input_tokens_details":{"cached_tokens":4},"output_tokens":8,)"
             R"("output_tokens_details":{"reasoning_tokens":3},"total_tokens":18})"_ba);
}

// Gemini tells again and again what it found.
void TestResponsesAnswer::search()
{
    const QByteArray found =

            R"("groundingMetadata":{"webSearchQueries":["one","two"],)"
            R"("groundingChunks":[{"web":{"uri":"https://a","title":"A"}}]})";
    const QCborMap response = assembled(answered(piece(text("a"), found) + piece(text("b"), stop + ',' + found),
                                                 R"("tools":[{"type":"web_search"}])"));
    QCOMPARE(items(response), u"m(ab) o(web_search_call) -> completed"_s);
    const QCborArray output = response.value(u"output"_s).toArray();
    QCOMPARE(output.at(1)["action"_L1]["query"_L1].toString(), u"one; two"_s);
    QCOMPARE(output.at(1)["status"_L1].toString(), u"completed"_s);
}

void TestResponsesAnswer::ids()
{
    static const QRegularExpression form(u"\\A[A-Za-z0-9_-]{1,64}\\z"_s);
    faces::ResponsesAnswer translator(requestFor(shown, true), std::make_shared<faces::SignatureStore>(),
                                      std::make_shared<faces::ResponseStore>());
    const QCborMap response = assembled(translated(translator, busy));
    QStringList ids{response.value(u"id"_s).toString()};
    for (const auto &item : response.value(u"output"_s).toArray()) {
        ids.append(item["id"_L1].toString());
        if (item["call_id"_L1].isString())
            ids.append(item["call_id"_L1].toString());
    }
    QCOMPARE(ids.size(), 1 + 8 + 4);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    for (const QString &id : std::as_const(ids))
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
}

void TestResponsesAnswer::signaturesComeBack_data()
{
    QTest::addColumn<bool>("streams");
    QTest::addColumn<bool>("sameStore");
    QTest::addColumn<bool>("byId"); // the client goes on by previous_response_id
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("signature");
    QTest::newRow("stream, remembered") << true << true << false << tools << u"SIG1"_s;
    QTest::newRow("stream, forgotten") << true << false << false << omitted << u"SIG1"_s;
    QTest::newRow("whole, forgotten") << false << false << false << shown << u"SIG1"_s;
    QTest::newRow("forgotten by both") << true << false << false << tools << u"skip_thought_signature_validator"_s;
    QTest::newRow("by the response's ID") << true << true << true << tools << u"SIG1"_s;
    QTest::newRow("by the response's ID, signature forgotten") << false << false << true << shown << u"SIG1"_s;
}

void TestResponsesAnswer::signaturesComeBack()
{
    QFETCH(bool, streams);
    QFETCH(bool, sameStore);
    QFETCH(bool, byId);
    QFETCH(QByteArray, members);
    QFETCH(QString, signature);
    const auto signatures = std::make_shared<faces::SignatureStore>();
    const auto responses = std::make_shared<faces::ResponseStore>();
    faces::ResponsesAnswer translator(requestFor(members, streams), signatures, responses);
    const QByteArray out = translated(translator, busy);
    const QCborMap response = streams ? assembled(out) : (*faces::parseJson(out)).toMap();
    QCborMap body{{u"model"_s, u"gpt-x"_s}};
    if (byId) {
        body.insert(u"previous_response_id"_s, response.value(u"id"_s));
        body.insert(u"input"_s, u"go on"_s);
    } else {
        QCborArray input{QCborMap{{u"role"_s, u"user"_s}, {u"content"_s, u"q"_s}}};
        for (const auto &item : response.value(u"output"_s).toArray())
            input.append(item);
        body.insert(u"input"_s, input);
    }
    const faces::SignatureStore forgetful;
    const auto request =
            faces::responsesRequest(faces::toJson(body), {sameStore ? *signatures : forgetful, {}}, *responses);
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    const QCborArray contents = request->gemini.body.value(u"contents"_s).toArray();
    QCOMPARE(facevalues::problemIn(contents), QString());
    QStringList found;
    for (const auto &part : contents.at(1)["parts"_L1].toArray()) {
        if (part["functionCall"_L1].isMap())
            found.append(part["functionCall"_L1]["name"_L1].toString() + u'!' + part["thoughtSignature"_L1].toString());
    }
    QCOMPARE(found, (QStringList{u"f!"_s + signature, u"g!"_s, u"c!"_s, u"n__h!"_s}));
}

void TestResponsesAnswer::pauses()
{
    const auto make = [](bool streams) {
        return std::make_unique<faces::ResponsesAnswer>(requestFor(tools, streams),
                                                        std::make_shared<faces::SignatureStore>(),
                                                        std::make_shared<faces::ResponseStore>());
    };
    const auto stream = make(true);
    QVERIFY(stream->pause().contains("\n: ") || stream->pause().startsWith(": "));
    QCOMPARE(geministream::events(stream->pause()).size(), 0);
    const auto whole = make(false);
    QCOMPARE(whole->pause(), ""_ba);
    QVERIFY(faces::parseJson(translated(*whole, piece(text("a"), stop))));
}

QTEST_APPLESS_MAIN(TestResponsesAnswer)
#include "tst_responsesanswer.moc"
