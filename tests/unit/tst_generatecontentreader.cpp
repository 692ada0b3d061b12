#include "proxy/gemini/generatecontentreader.h"

#include "tests/support/folders.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace gemini;

using Kind = Part::Kind;

namespace {

QByteArray sse(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

QByteArray response(const QByteArray &parts, const QByteArray &rest = {})
{
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + rest + "}]}";
}

QByteArray textEvent(const QByteArray &text, const QByteArray &rest = {})
{
    return sse(response("{\"text\":\"" + text + "\"}", rest));
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

const QByteArray stopped = R"(,"finishReason":"STOP")"_ba;

struct Read
{
    QList<AnswerDelta> deltas;
    AnswerEnd end;
    bool failed = false;
    friend bool operator==(const Read &, const Read &) = default;
};

// In two pieces.
Read readCut(const QByteArray &bytes, qsizetype cut, bool intact = true)
{
    GenerateContentReader reader;
    Read read;
    read.deltas = reader.feed(QByteArrayView(bytes).first(cut));
    read.deltas += reader.feed(QByteArrayView(bytes).sliced(cut));
    read.deltas += reader.finish(intact);
    read.end = reader.end();
    read.failed = reader.failed();
    return read;
}

Read readAll(const QByteArray &bytes, bool intact = true)
{
    return readCut(bytes, bytes.size(), intact);
}

Read readInPieces(const QByteArray &bytes, qsizetype size, bool intact = true)
{
    GenerateContentReader reader;
    Read read;
    for (qsizetype at = 0; at < bytes.size(); at += size)
        read.deltas += reader.feed(QByteArrayView(bytes).sliced(at, std::min(size, bytes.size() - at)));
    read.deltas += reader.finish(intact);
    read.end = reader.end();
    read.failed = reader.failed();
    return read;
}

// The parts by a letter each, with their texts: t text, T thought, I inline data, F file, C function
// call, R its response, X executable code, O its output; a bar between responses.
QString described(const QList<AnswerDelta> &deltas)
{
    QString all;
    for (const AnswerDelta &delta : deltas) {
        if (&delta != &deltas.first())
            all += u'|';
        for (const Part &part : delta.parts)
            all += QString("tTIFCRXO?"_L1[int(part.kind)]) + part.text;
    }
    return all;
}

QString described(const AnswerEnd &end)
{
    QStringList words;
    if (end.error)
        words += u"error %1 %2: %3"_s.arg(end.error->code).arg(end.error->status, end.error->message);
    if (!end.intact)
        words += u"broken"_s;
    if (end.tooLarge)
        words += u"too large"_s;
    if (end.hasGap)
        words += u"gap"_s;
    if (!end.hasParts)
        words += u"no parts"_s;
    if (end.promptFeedback)
        words += u"feedback"_s;
    for (const QString &told : {end.finishReason, end.finishMessage, end.blockReason, end.blockMessage}) {
        if (!told.isEmpty())
            words += told;
    }
    return words.join(u", "_s);
}

QString textOf(const QList<AnswerDelta> &deltas)
{
    QString text;
    for (const AnswerDelta &delta : deltas) {
        for (const Part &part : delta.parts)
            text += part.text;
    }
    return text;
}

QList<int> counts(const TokenCounts &told)
{
    return {told.prompt, told.toolUse, told.answer, told.thoughts, told.cached, told.total};
}

} // namespace

class TestGenerateContentReader : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void surrogates_data();
    void surrogates();
    void partsAreWhole_data();
    void partsAreWhole();
    void ofTheFirstCandidate();
    void sources();
    void tells();
    void usage_data();
    void usage();
    void errors_data();
    void errors();
    void comesAtOnce_data();
    void comesAtOnce();
    void handsOutOnce();
    void limit_data();
    void limit();
    void recorded_data();
    void recorded();

private:
    const QDir m_recorded{QStringLiteral(RECORDED_DATA_DIR)};
};

void TestGenerateContentReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("intact");
    QTest::addColumn<QString>("parts");
    QTest::addColumn<QString>("end");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &parts, const QString &end,
                        bool intact = true) { QTest::newRow(name) << bytes << intact << parts << end; };
    const QByteArray a = response(R"({"text":"a"})");
    const QByteArray b = response(R"({"text":"b"})", stopped);

    row("nothing", "", {}, u"no parts"_s);
    row("blanks", "\r\n \t\n", {}, u"no parts"_s);

    row("stream", sse(a) + sse(b), u"ta|tb"_s, u"STOP"_s);
    row("stream, lines end in LF", "data: " + a + "\n\ndata:" + b + "\n\n", u"ta|tb"_s, u"STOP"_s);
    row("stream, lines end in CR", "data: " + a + "\r\rdata: " + b + "\r\r", u"ta|tb"_s, u"STOP"_s);
    row("stream, an event of two lines", "data: {\ndata: \"candidates\":[]}\n\n" + sse(b), u"|tb"_s, u"STOP"_s);
    row("stream, blanks first", "\r\n\r\n" + sse(a), u"ta"_s, {});
    row("stream, byte order mark", "\xEF\xBB\xBF" + sse(a), u"ta"_s, {});
    row("stream, comments", ": hello\r\n\r\n" + sse(a) + ":\r\n" + sse(b), u"ta|tb"_s, u"STOP"_s);
    row("stream, [DONE]", sse(a) + sse(b) + sse("[DONE]"), u"ta|tb"_s, u"STOP"_s);
    row("stream, no empty line", sse(a) + sse(b).chopped(2), u"ta|tb"_s, u"STOP"_s);
    row("stream, no line end", sse(a) + sse(b).chopped(4), u"ta|tb"_s, u"STOP"_s);
    row("stream, half an event", sse(a) + sse(b).chopped(9), u"ta"_s, u"gap"_s);
    row("stream, broken off", sse(a) + sse(b).chopped(9), u"ta"_s, u"broken"_s, false);
    row("stream, broken off behind the end", sse(b), u"tb"_s, u"broken, STOP"_s, false);
    row("stream, a gap", sse(a) + sse("{\"cand") + sse(b), u"ta|tb"_s, u"gap, STOP"_s);
    row("stream, a list in an event", sse("[" + a + ',' + b + ']'), u"ta|tb"_s, u"STOP"_s);
    row("stream, an empty list", sse("[]") + sse(b), u"tb"_s, u"STOP"_s);
    row("stream, a list of something else", sse("[1]") + sse(b), u"tb"_s, u"gap, STOP"_s);
    row("stream, a number", sse("1") + sse(b), u"tb"_s, u"gap, STOP"_s);

    row("one object", b, u"tb"_s, u"STOP"_s);
    row("one object, laid out", QJsonDocument(object(b)).toJson(), u"tb"_s, u"STOP"_s);
    row("one object, blanks around it", "\n\n " + b + "\n", u"tb"_s, u"STOP"_s);
    row("one object, half", b.chopped(1), {}, u"gap, no parts"_s);
    row("one object, broken off", b.chopped(1), {}, u"broken, no parts"_s, false);
    row("one object, brackets in a text", response(R"({"text":"}]{[ \" \\\\"},{"text":"\\"})"), uR"(t}]{[ " \\t\)"_s,
        {});
    row("array", "[" + a + "\n,\r\n" + b + "]", u"ta|tb"_s, u"STOP"_s);
    row("array, laid out",
        "[" + QJsonDocument(object(a)).toJson() + ",\n" + QJsonDocument(object(b)).toJson() + "\n]\n", u"ta|tb"_s,
        u"STOP"_s);
    row("array, empty", "[]", {}, u"no parts"_s);
    row("array, broken off", "[" + a + ",\n" + b.chopped(3), u"ta"_s, u"broken"_s, false);

    row("a part of each kind",
        sse(response(R"({"text":"t"},{"text":"T","thought":true},{"inlineData":{}},{"fileData":{}},)"
                     R"({"functionCall":{}},{"functionResponse":{}},{"executableCode":{}},)"
                     R"({"codeExecutionResult":{}},{"hologram":{}},{})")),
        u"ttTTIFCRXO??"_s, {});
    row("what is no part", sse(response(R"(1,null,"a",[],{"text":"b"})")), u"tb"_s, {});
    row("no parts", sse(R"({"candidates":[{"content":{"role":"model"},"finishReason":"STOP"}]})"), {},
        u"no parts, STOP"_s);
    row("nothing said", sse("{}") + sse(R"({"candidates":[]})") + sse(R"({"candidates":[{}]})"), u"||"_s,
        u"no parts"_s);
    row("of another type", sse(R"({"candidates":{"a":1},"promptFeedback":7,"usageMetadata":[],"modelVersion":{}})"), {},
        u"no parts, feedback"_s);

    row("finish message", sse(response("", R"(,"finishReason":"SAFETY","finishMessage":"No.")")), {},
        u"no parts, SAFETY, No."_s);
    row("a reason of tomorrow", textEvent("a", R"(,"finishReason":"TIRED")"), u"ta"_s, u"TIRED"_s);
    row("the last reason counts", textEvent("a", R"(,"finishReason":"OTHER")") + sse(b) + sse(a), u"ta|tb|ta"_s,
        u"STOP"_s);
    row("blocked", sse(R"({"promptFeedback":{"blockReason":"SAFETY","blockReasonMessage":"M"}})"), {},
        u"no parts, feedback, SAFETY, M"_s);
    row("ratings are no block", sse(R"({"promptFeedback":{"safetyRatings":[]}})") + sse(b), u"|tb"_s,
        u"feedback, STOP"_s);

    const QByteArray error = R"({"error":{"code":503,"message":"Busy","status":"UNAVAILABLE"}})"_ba;
    const QString told = u"error 503 UNAVAILABLE: Busy"_s;
    row("error, bare", textEvent("a") + QJsonDocument(object(error)).toJson(), u"ta"_s, told);
    row("error, bare, no line end", textEvent("a") + error, u"ta"_s, told);
    row("error, bare, broken off", textEvent("a") + error, u"ta"_s, u"error 503 UNAVAILABLE: Busy, broken"_s, false);
    row("error, bare and half", textEvent("a") + error.chopped(2), u"ta"_s, {});
    row("error, bare and first", error, {}, u"error 503 UNAVAILABLE: Busy, no parts"_s);
    row("error event", textEvent("a") + "event: error\n" + sse(error), u"ta"_s, told);
    row("error event without its last line end", textEvent("a") + "event: error\n" + sse(error).chopped(4), u"ta"_s,
        told);
    row("error event of another shape", "event: error\n" + sse("what"), {}, u"error 0 : , no parts"_s);
    row("error as data, and on", textEvent("a") + sse(error) + sse(b), u"ta|tb"_s, told + u", STOP"_s);
    row("the first error counts", sse(error) + sse(R"({"error":{"code":500}})"), {}, told + u", no parts"_s);
    row("error in an array", "[" + a + ",\n" + error + "]", u"ta"_s, told);
    row("error that is no object", sse(R"({"error":"Busy"})"), {}, u"error 0 : , no parts"_s);
    row("no error", sse(R"({"error":null})") + sse(b), u"|tb"_s, u"STOP"_s);
}

// All at once, cut in two at every byte, and byte by byte: the same.
void TestGenerateContentReader::reads()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, intact);
    QFETCH(const QString, parts);
    QFETCH(const QString, end);
    const Read whole = readAll(bytes, intact);
    QCOMPARE(described(whole.deltas), parts);
    QCOMPARE(described(whole.end), end);
    QVERIFY(!whole.failed);
    for (qsizetype cut = 0; cut < bytes.size(); ++cut)
        QVERIFY2(readCut(bytes, cut, intact) == whole, QByteArray::number(cut).constData());
    QVERIFY(readInPieces(bytes, 1, intact) == whole);
}

void TestGenerateContentReader::surrogates_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray lobster = "\xF0\x9F\xA6\x9E"_ba;
    QTest::newRow("UTF-8, stream") << textEvent("a" + lobster + "b");
    QTest::newRow("UTF-8, one object") << response("{\"text\":\"a" + lobster + "b\"}");
    QTest::newRow("escaped, stream") << textEvent(R"(a\ud83e\udd9eb)");
    QTest::newRow("escaped, one object") << response(R"({"text":"a\ud83e\udd9eb"})");
    QTest::newRow("half of it in each event") << textEvent(R"(a\ud83e)") + textEvent(R"(\udd9eb)");
    QTest::newRow("half of it in each part") << sse(response(R"({"text":"a\ud83e"},{"text":"\udd9eb"})"));
}

void TestGenerateContentReader::surrogates()
{
    QFETCH(const QByteArray, bytes);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
        QCOMPARE(textOf(readCut(bytes, cut).deltas), u"a\U0001F99Eb"_s);
}

void TestGenerateContentReader::partsAreWhole_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QByteArray &json, Kind kind) {
        QTest::newRow(name) << json << int(kind);
    };
    row("text", R"({"text":"a","thoughtSignature":"c2ln","novel":{"b":[1,null]}})", Kind::Text);
    row("thought: false", R"({"text":"a","thought":false})", Kind::Text);
    row("thought", R"({"text":"a","thought":true,"thoughtSignature":"c2ln"})", Kind::Thought);
    row("call", R"({"functionCall":{"name":"f","args":{"a":[1,2.5]},"id":"1","novel":1},"thoughtSignature":"c2ln"})",
        Kind::FunctionCall);
    row("data", R"({"inlineData":{"mimeType":"image/png","data":"AAEC","novel":1}})", Kind::InlineData);
    row("data that is no base64", R"({"inlineData":{"data":"***"}})", Kind::InlineData);
    row("code", R"({"executableCode":{"language":"PYTHON","code":"1","id":"x"}})", Kind::ExecutableCode);
    row("of tomorrow", R"({"hologram":{"depth":3},"thoughtSignature":"c2ln"})", Kind::Unknown);
    row("text that is none", R"({"text":{"a":1}})", Kind::Unknown);
}

// A signature, or what is not known yet, goes back to Gemini as it came.
void TestGenerateContentReader::partsAreWhole()
{
    QFETCH(const QByteArray, json);
    QFETCH(const int, kind);
    const Read read = readAll(sse(response(json)));
    QCOMPARE(read.deltas.size(), 1);
    QCOMPARE(read.deltas[0].parts.size(), 1);
    const Part &part = read.deltas[0].parts[0];
    QCOMPARE(int(part.kind), kind);
    QJsonObject again = part.fields;
    if (part.kind == Kind::Text || part.kind == Kind::Thought)
        again.insert("text"_L1, part.text);
    QCOMPARE(again, object(json));
}

void TestGenerateContentReader::ofTheFirstCandidate()
{
    const AnswerDelta delta = deltaFromResponse(object(R"({"candidates":[{"content":{"parts":[
            {"functionCall":{"name":"f","args":{"a":1}}},{"functionResponse":{"name":"g","response":{"b":2}}},
            {"inlineData":{"mimeType":"image/png","data":"AAEC"}},{"fileData":{"mimeType":"a/b","fileUri":"https://x"}},
            {"executableCode":{"language":"PYTHON","code":"1"}},
            {"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"2"}}]}},
            {"content":{"parts":[{"text":"other"}]},"finishReason":"STOP"}]})"));
    QCOMPARE(described({delta}), u"CRIFXO"_s);
    QCOMPARE(delta.finishReason, QString());
    QCOMPARE(delta.parts[0].functionName(), u"f"_s);
    QCOMPARE(delta.parts[0].arguments(), object(R"({"a":1})"));
    QCOMPARE(delta.parts[1].functionName(), u"g"_s);
    QCOMPARE(delta.parts[1].arguments(), object(R"({"b":2})"));
    QCOMPARE(delta.parts[2].mimeType(), u"image/png"_s);
    QCOMPARE(delta.parts[2].base64(), u"AAEC"_s);
    QCOMPARE(delta.parts[3].mimeType(), u"a/b"_s);
    QCOMPARE(delta.parts[3].uri(), u"https://x"_s);
    QCOMPARE(delta.parts[4].language(), u"PYTHON"_s);
    QCOMPARE(delta.parts[4].code(), u"1"_s);
    QCOMPARE(delta.parts[5].outcome(), u"OUTCOME_OK"_s);
    QCOMPARE(delta.parts[5].output(), u"2"_s);
    QCOMPARE(delta.parts[5].code(), QString());
}

void TestGenerateContentReader::sources()
{
    const AnswerDelta delta = deltaFromResponse(object(R"({"candidates":[{
        "groundingMetadata":{"webSearchQueries":["q","r"],
            "groundingChunks":[{"web":{"uri":"https://a/","title":"A"}},{"maps":{"uri":"https://m/","title":"M"}},
                               {"novel":{"uri":"x"}}],
            "groundingSupports":[{"segment":{"startIndex":1,"endIndex":4},"groundingChunkIndices":[0,1,3,-1,"0"]}]},
        "citationMetadata":{"citationSources":[{"startIndex":2,"endIndex":3,"uri":"https://c/","license":"mit"}],
            "citations":[{"endIndex":9,"uri":"https://d/","title":"D"}]},
        "urlContextMetadata":{"urlMetadata":[
            {"retrievedUrl":"https://p/","urlRetrievalStatus":"URL_RETRIEVAL_STATUS_SUCCESS"},
            {"retrievedUrl":"https://q/","urlRetrievalStatus":"URL_RETRIEVAL_STATUS_ERROR"}]}}]})"));
    QCOMPARE(delta.searches, (QStringList{u"q"_s, u"r"_s}));
    QCOMPARE(delta.sources,
             (QList<Source>{{Source::Kind::Web, u"https://a/"_s, u"A"_s, {}},
                            {Source::Kind::Maps, u"https://m/"_s, u"M"_s, {}},
                            {Source::Kind::Web, {}, {}, {}},
                            {Source::Kind::Citation, u"https://c/"_s, {}, u"mit"_s},
                            {Source::Kind::Citation, u"https://d/"_s, u"D"_s, {}},
                            {Source::Kind::Page, u"https://p/"_s, {}, {}},
                            {Source::Kind::Page, u"https://q/"_s, {}, u"URL_RETRIEVAL_STATUS_ERROR"_s}}));
    QCOMPARE(delta.citations, (QList<Citation>{{1, 4, {0, 1}}, {2, 3, {3}}, {0, 9, {4}}}));
}

void TestGenerateContentReader::tells()
{
    const AnswerDelta delta = deltaFromResponse(object(
            R"({"modelVersion":"gemini-2.5-flash","responseId":"xyz","novel":{"a":1},"usageMetadata":{"totalTokenCount":7}})"));
    QCOMPARE(delta.modelVersion, u"gemini-2.5-flash"_s);
    QCOMPARE(delta.responseId, u"xyz"_s);
    QCOMPARE(delta.usage.total, 7);
    QVERIFY(deltaFromResponse({}) == AnswerDelta());
}

void TestGenerateContentReader::usage_data()
{
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QList<int>>("told"); // prompt, tools, answer, thoughts, cached, total
    QTest::addColumn<int>("input");
    QTest::addColumn<int>("output");
    QTest::newRow("nothing") << "{}"_ba << QList<int>{-1, -1, -1, -1, -1, -1} << -1 << -1;
    QTest::newRow("all")
            << R"({"promptTokenCount":10,"toolUsePromptTokenCount":20,"candidatesTokenCount":3,"thoughtsTokenCount":4,)"
               R"("cachedContentTokenCount":8,"totalTokenCount":37,"promptTokensDetails":[{"tokenCount":1}]})"_ba
            << QList<int>{10, 20, 3, 4, 8, 37} << 30 << 7;
    QTest::newRow("thoughts alone") << R"({"thoughtsTokenCount":4})"_ba << QList<int>{-1, -1, -1, 4, -1, -1} << -1 << 4;
    QTest::newRow("none is told, too") << R"({"promptTokenCount":0,"candidatesTokenCount":0})"_ba
                                       << QList<int>{0, -1, 0, -1, -1, -1} << 0 << 0;
    QTest::newRow("the Live API's") << R"({"promptTokenCount":1,"responseTokenCount":2})"_ba
                                    << QList<int>{1, -1, 2, -1, -1, -1} << 1 << 2;
    QTest::newRow("nonsense") << R"({"promptTokenCount":"1","candidatesTokenCount":-5,"totalTokenCount":5e9})"_ba
                              << QList<int>{-1, -1, -1, -1, -1, -1} << -1 << -1;
    QTest::newRow("beyond an int together")
            << R"({"promptTokenCount":2147483647,"toolUsePromptTokenCount":2147483647})"_ba
            << QList<int>{2147483647, 2147483647, -1, -1, -1, -1} << 2147483647 << -1;
}

void TestGenerateContentReader::usage()
{
    QFETCH(const QByteArray, metadata);
    QFETCH(const QList<int>, told);
    QFETCH(const int, input);
    QFETCH(const int, output);
    const Read read = readAll(sse("{\"usageMetadata\":" + metadata + '}'));
    QCOMPARE(read.deltas.size(), 1);
    QCOMPARE(counts(read.deltas[0].usage), told);
    QCOMPARE(read.deltas[0].usage.input(), input);
    QCOMPARE(read.deltas[0].usage.output(), output);
}

void TestGenerateContentReader::errors_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("error"); // "" = none
    QTest::newRow("Google's")
            << R"({"error":{"code":429,"message":"Q","status":"RESOURCE_EXHAUSTED","details":[{}]}})"_ba
            << u"429 RESOURCE_EXHAUSTED Q 1"_s;
    QTest::newRow("in a list") << R"([{"error":{"code":400,"message":"B"}}])"_ba << u"400  B 0"_s;
    QTest::newRow("OpenAI's") << R"({"error":{"code":"bad_key","message":"K","type":"invalid","param":null}})"_ba
                              << u"0 bad_key invalid K 0"_s;
    QTest::newRow("OpenAI's without a code")
            << R"({"error":{"code":null,"message":"K","type":"invalid"}})"_ba << u"0 invalid K 0"_s;
    QTest::newRow("empty") << R"({"error":{}})"_ba << u"0   0"_s;
    QTest::newRow("null") << R"({"error":null})"_ba << QString();
    QTest::newRow("another answer") << R"({"candidates":[]})"_ba << QString();
    QTest::newRow("an empty list") << "[]"_ba << QString();
    QTest::newRow("no JSON") << "<html>"_ba << QString();
    QTest::newRow("nothing") << ""_ba << QString();
}

void TestGenerateContentReader::errors()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, error);
    const auto told = errorIn(json);
    QCOMPARE(told ? u"%1 %2 %3 %4"_s.arg(told->code).arg(told->status, told->message).arg(told->details.size())
                  : QString(),
             error);
}

void TestGenerateContentReader::comesAtOnce_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("stream") << "data: "_ba
                            << "\r\n\r\n"_ba;
    QTest::newRow("array") << "[\n"_ba
                           << ""_ba;
}

// With the byte that completes it, and not later.
void TestGenerateContentReader::comesAtOnce()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    const QByteArray one = before + response(R"({"text":"a"})") + after;
    GenerateContentReader reader;
    QVERIFY(reader.feed(QByteArrayView(one).chopped(qMax(after.size() - 2, qsizetype(1)))).isEmpty());
    QCOMPARE(described(reader.feed(QByteArrayView(one).last(qMax(after.size() - 2, qsizetype(1))))), u"ta"_s);
    QCOMPARE(described(reader.end()), u"broken"_s);
}

void TestGenerateContentReader::handsOutOnce()
{
    GenerateContentReader reader;
    QCOMPARE(described(reader.feed(textEvent("a"))), u"ta"_s);
    QCOMPARE(described(reader.feed(textEvent("b") + textEvent("c", stopped).chopped(2))), u"tb"_s);
    QCOMPARE(described(reader.finish(true)), u"tc"_s);
    QCOMPARE(described(reader.end()), u"STOP"_s);
    QVERIFY(reader.finish(true).isEmpty());
}

void TestGenerateContentReader::limit_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("stream") << "data: "_ba;
    QTest::newRow("one object") << ""_ba;
    QTest::newRow("array") << "["_ba;
}

void TestGenerateContentReader::limit()
{
    QFETCH(const QByteArray, before);
    const QByteArray large = before + response("{\"text\":\"" + QByteArray(1000, 'x') + "\"}") + "\n\n";
    for (const qsizetype piece : {qsizetype(1), qsizetype(100), large.size()}) {
        GenerateContentReader reader(500);
        qsizetype at = 0;
        for (; at < large.size() && !reader.failed(); at += piece)
            QVERIFY(reader.feed(QByteArrayView(large).sliced(at, std::min(piece, large.size() - at))).isEmpty());
        QVERIFY(reader.failed());
        QVERIFY(at <= std::max(piece, qsizetype(700))); // as soon as it shows
        QVERIFY(reader.feed(textEvent("a")).isEmpty());
        QVERIFY(reader.finish(true).isEmpty());
        QVERIFY(reader.end().tooLarge);
    }
    GenerateContentReader enough(2000);
    QCOMPARE(enough.feed(large).size(), 1);
    QVERIFY(!enough.failed());
}

void TestGenerateContentReader::recorded_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("none of them") << textEvent("a"); // where they are not here
    for (const QString &folder : {QStringLiteral(TEST_DATA_DIR "/streaming"), m_recorded.filePath(u"streaming"_s),
                                  m_recorded.filePath(u"unary"_s)}) {
        const QDir files(folder);
        for (const QString &name : files.entryList(QDir::Files)) {
            QFile file(files.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QTest::newRow(qPrintable(name)) << file.readAll();
        }
    }
}

// However it is cut, and as the array that the same answer is without `?alt=sse`: the same.
void TestGenerateContentReader::recorded()
{
    QFETCH(const QByteArray, body);
    const Read whole = readAll(body);
    QVERIFY(!whole.deltas.isEmpty() || whole.end.error);
    QVERIFY(!whole.end.hasGap);
    for (const qsizetype size : {1, 7, 1000})
        QVERIFY(readInPieces(body, size) == whole);
    QByteArray array;
    QByteArray bare; // an error, which is an element like any other there
    for (QByteArray line : body.split('\n')) {
        line = line.trimmed();
        if (line.startsWith("data: "))
            array += (array.isEmpty() ? "[" : ",\r\n") + line.mid(6);
        else
            bare += line;
    }
    if (array.isEmpty())
        return; // not a stream
    if (!bare.isEmpty())
        array += ",\r\n" + bare;
    const Read asArray = readInPieces(array + "]", 100);
    QVERIFY(asArray.deltas == whole.deltas);
    QCOMPARE(described(asArray.end), described(whole.end));
}

QTEST_APPLESS_MAIN(TestGenerateContentReader)
#include "tst_generatecontentreader.moc"
