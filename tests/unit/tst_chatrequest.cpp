#include "proxy/faces/chatrequest.h"
#include "proxy/faces/chatsignatures.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

// Requests for chat completions, which Gemini understands but for what their clients lost.
class TestChatRequest : public QObject
{
    Q_OBJECT

private slots:
    void unchanged_data();
    void unchanged();
    void healed_data();
    void healed();
    void models_data();
    void models();
    void everyPrefix();
    void manyCalls();
    void remembered_data();
    void remembered();
};

namespace {

faces::ChatRequest healedChat(const QByteArray &body)
{
    faces::SignatureStore signatures;
    signatures.keep("known", "S+/=");
    signatures.keep("a/\"b", "ESC");
    signatures.keep("odd", "\"\\");
    return faces::healedChat(body, signatures, {{"mine", "gemini-2.5-flash"}});
}

// A conversation with one message of the assistant, which has these calls.
QByteArray calling(const QByteArray &calls, const QByteArray &model = "gemini-3-flash-preview")
{
    return R"({"model":")" + model
            + R"(", "messages" : [{"role":"user","content":"\u00e9\n"}, {"role":"assistant","tool_calls":[)" + calls
            + R"(]},{"role":"tool","tool_call_id":"x","content":"r"}],"stream":true })";
}

QByteArray signedBy(const QByteArray &signature)
{
    return R"("extra_content":{"google":{"thought_signature":")" + signature + R"("}})";
}

const QByteArray skip = "skip_thought_signature_validator";

} // namespace

void TestChatRequest::unchanged_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no JSON") << "{]"_ba;
    QTest::newRow("an array") << R"([{"tool_calls":[{}]}])"_ba;
    QTest::newRow("a question")
            << "{ \"model\" : \"gemini-2.5-flash\",\n\"messages\":[{\"role\":\"user\",\"content\":\"a\"}] }\n"_ba;
    QTest::newRow("with its folder") << R"({"model":"models/gemini-3-flash-preview","messages":[]})"_ba;
    QTest::newRow("signed already") << calling(R"({"id":"known",)" + signedBy("OWN") + '}');
    QTest::newRow("2.5 and a call that is not known") << calling(R"({"id":"1"})", "gemini-2.5-flash");
    QTest::newRow("calls that are none") << calling(R"(3,null,"x",[])");
    QTest::newRow("tool_calls that are none")
            << R"({"model":"m","messages":[{"tool_calls":{"id":"known"}},{"tool_calls":null},3]})"_ba;
    QTest::newRow("messages that are none") << R"({"model":"m","messages":{"tool_calls":[{"id":"known"}]}})"_ba;
    QTest::newRow("calls in a text")
            << R"({"model":"m","messages":[{"role":"user","content":"\"tool_calls\":[{\"id\":\"known\"}]"}]})"_ba;
    QTest::newRow("calls elsewhere") << R"({"model":"m","tools":[{"tool_calls":[{"id":"known"}]}],)"
                                        R"("messages":[{"content":[{"tool_calls":[{"id":"known"}]}]}]})"_ba;
    QTest::newRow("no end") << R"({"model":"m","messages":[{"tool_calls":[{"id":"known")"_ba;
}

void TestChatRequest::unchanged()
{
    QFETCH(QByteArray, body);
    QCOMPARE(healedChat(body).body, body);
}

void TestChatRequest::healed_data()
{
    QTest::addColumn<QByteArray>("calls");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("known") << R"({"id":"known","type":"function"})"_ba
                           << R"({"id":"known","type":"function",)" + signedBy("S+/=") + '}';
    QTest::newRow("not known") << R"({"id":"1"})"_ba
                               << R"({"id":"1",)" + signedBy(skip) + '}';
    QTest::newRow("only the first one has to be signed") << R"({"id":"1"}, {"id":"2"})"_ba
                                                         << R"({"id":"1",)" + signedBy(skip) + R"(}, {"id":"2"})";
    QTest::newRow("the second one is known")
            << R"({"id":"1"},{"id":"known"})"_ba
            << R"({"id":"1",)" + signedBy(skip) + R"(},{"id":"known",)" + signedBy("S+/=") + '}';
    QTest::newRow("the first one is signed") << R"({"id":"1",)" + signedBy("OWN") + R"(},{"id":"2"})"
                                             << R"({"id":"1",)" + signedBy("OWN") + R"(},{"id":"2"})";
    QTest::newRow("an empty call") << "{}"_ba << '{' + signedBy(skip) + '}';
    QTest::newRow("an empty call with a space") << "{ }"_ba
                                                << "{ " + signedBy(skip) + '}';
    QTest::newRow("white space") << "{\"id\" : \"known\"\n}"_ba
                                 << "{\"id\" : \"known\"\n," + signedBy("S+/=") + '}';
    QTest::newRow("braces in strings") << R"({"id":"known","function":{"arguments":"{\"a\":\"}]\"}"}})"_ba
                                       << R"({"id":"known","function":{"arguments":"{\"a\":\"}]\"}"},)"
                    + signedBy("S+/=") + '}';
    QTest::newRow("escapes in the ID") << R"({"id":"\u0061\/\"b"})"_ba
                                       << R"({"id":"\u0061\/\"b",)" + signedBy("ESC") + '}';
    QTest::newRow("a signature that needs escapes") << R"({"id":"odd"})"_ba
                                                    << R"({"id":"odd",)" + signedBy(R"(\"\\)") + '}';
    QTest::newRow("an ID that is none") << R"({"id":7})"_ba
                                        << R"({"id":7,)" + signedBy(skip) + '}';
    QTest::newRow("an empty signature") << R"({"extra_content":{"google":{"thought_signature":""}},"id":"known"})"_ba
                                        << '{' + signedBy("S+/=") + R"(,"id":"known"})";
    QTest::newRow("no signature in what is there")
            << R"({"id":"known","extra_content":{"google":{"a":1},"b":2}})"_ba
            << R"({"id":"known","extra_content":{"google":{"a":1,"thought_signature":"S+/="},"b":2}})"_ba;
    QTest::newRow("nothing of Google's in what is there")
            << R"({"id":"known","extra_content":{"b":2}})"_ba
            << R"({"id":"known","extra_content":{"b":2,"google":{"thought_signature":"S+/="}}})"_ba;
    QTest::newRow("an empty place for it") << R"({"id":"known","extra_content":{}})"_ba
                                           << R"({"id":"known",)" + signedBy("S+/=") + '}';
    QTest::newRow("null") << R"({"id":"known","extra_content":null})"_ba
                          << R"({"id":"known",)" + signedBy("S+/=") + '}';
    QTest::newRow("an object for a signature")
            << R"({"id":"known","extra_content":{"google":{"thought_signature":{}}}})"_ba
            << R"({"id":"known",)" + signedBy("S+/=") + '}';
    QTest::newRow("null of Google's") << R"({"id":"known","extra_content":{"google":null}})"_ba
                                      << R"({"id":"known",)" + signedBy("S+/=") + '}';
}

void TestChatRequest::healed()
{
    QFETCH(QByteArray, calls);
    QFETCH(QByteArray, expected);
    const QByteArray body = healedChat(calling(calls)).body;
    QCOMPARE(body, calling(expected));
    QVERIFY(QJsonDocument::fromJson(body).isObject());
    QCOMPARE(healedChat(body).body, body); // once is enough
}

void TestChatRequest::models_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("the user's table") << R"({"model": "mine" ,"messages":[]})"_ba
                                      << R"({"model": "gemini-2.5-flash" ,"messages":[]})"_ba
                                      << "mine"_ba
                                      << "gemini-2.5-flash"_ba;
    QTest::newRow("GPT") << R"({"messages":[],"model":"gpt-5"})"_ba
                         << R"({"messages":[],"model":"gemini-flash-latest"})"_ba
                         << "gpt-5"_ba
                         << "gemini-flash-latest"_ba;
    QTest::newRow("the last one counts, both are replaced")
            << R"({"model":"gpt-5","model":"mine"})"_ba
            << R"({"model":"gemini-flash-latest","model":"gemini-2.5-flash"})"_ba
            << "mine"_ba
            << "gemini-2.5-flash"_ba;
    QTest::newRow("escapes") << R"({"model":"gpt\u002d5"})"_ba
                             << R"({"model":"gpt\u002d5"})"_ba
                             << ""_ba
                             << ""_ba;
    QTest::newRow("no string") << R"({"model":5})"_ba
                               << R"({"model":5})"_ba
                               << ""_ba
                               << ""_ba;
    QTest::newRow("none") << "{}"_ba
                          << "{}"_ba
                          << ""_ba
                          << ""_ba;
}

void TestChatRequest::models()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, model);
    const faces::ChatRequest request = healedChat(body);
    QCOMPARE(request.body, expected);
    QCOMPARE(request.askedModel, asked);
    QCOMPARE(request.model, model);
}

// A body that is cut is no JSON, but must do no harm.
void TestChatRequest::everyPrefix()
{
    const QByteArray body = calling(R"({"id":"known","extra_content":{"google":{"x":1}}},{"id":"\u0061"})");
    for (qsizetype size = 0; size < body.size(); ++size) {
        const QByteArray cut = body.first(size);
        const QByteArray healed = healedChat(cut).body;
        QVERIFY(healed.size() >= cut.size());
    }
}

// If the time grew with the square of the number of calls, this would take minutes.
void TestChatRequest::manyCalls()
{
    QByteArray calls;
    for (int i = 0; i < 200'000; ++i)
        calls += R"({"id":"known"},)";
    calls.chop(1);
    const QByteArray body = healedChat(calling(calls)).body;
    QCOMPARE(body.count("S+/="), 200'000);
}

void TestChatRequest::remembered_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("found"); // the signatures of the calls a and b
    const auto call = [](const QByteArray &members) {
        return R"({"choices":[{"delta":{"tool_calls":[{)" + members + "}]}}]}";
    };
    const auto event = [](const QByteArray &json) { return "data: " + json + "\n\n"; };
    const QByteArray end = "data: [DONE]\n\n";
    QTest::newRow("in one piece") << event(call(R"("index":0,"id":"a",)" + signedBy("A"))) + end << "A,"_ba;
    QTest::newRow("two calls") << event(R"({"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a",)" + signedBy("A")
                                        + R"(},{"index":1,"id":"b",)" + signedBy("B") + "}]}}]}")
                    + end << "A,B"_ba;
    QTest::newRow("two calls without indices") << event(R"({"choices":[{"delta":{"tool_calls":[{"id":"a",)"
                                                        + signedBy("A") + R"(},{"id":"b",)" + signedBy("B") + "}]}}]}")
                    + end << "A,B"_ba;
    QTest::newRow("the signature comes later")
            << event(call(R"("index":0,"id":"a")")) + event(call(R"("index":0,)" + signedBy("A"))) + end << "A,"_ba;
    QTest::newRow("one after another without indices")
            << event(call(R"("id":"a",)" + signedBy("A"))) + event(call(R"("id":"b",)" + signedBy("B"))) + end
            << "A,B"_ba;
    QTest::newRow("not signed") << event(call(R"("index":0,"id":"a")")) + end << ","_ba;
    QTest::newRow("a whole answer") << R"({"choices":[{"message":{"tool_calls":[{"id":"a",)" + signedBy("A") + "}]}}]}"
                                    << "A,"_ba;
    QTest::newRow("a signature without a call") << event(call(R"("index":0,)" + signedBy("A"))) + end << ","_ba;
    QTest::newRow("other types")
            << event(R"({"choices":[{"delta":{"tool_calls":{"id":"a"}}},7,{"delta":{"tool_calls":[7,)"
                     R"({"id":7}]}}],"x":"tool_calls"})")
                    + event("{") + end
            << ","_ba;
}

void TestChatRequest::remembered()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, found);
    for (qsizetype size = 1; size <= answer.size(); ++size) {
        const auto signatures = std::make_shared<faces::SignatureStore>();
        faces::ChatSignatures reader(signatures);
        for (qsizetype at = 0; at < answer.size(); at += size)
            reader.feed(QByteArrayView(answer).sliced(at, qMin(size, answer.size() - at)));
        QCOMPARE(signatures->find("a") + ',' + signatures->find("b"), found);
    }
}

QTEST_APPLESS_MAIN(TestChatRequest)
#include "tst_chatrequest.moc"
