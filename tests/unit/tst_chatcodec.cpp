#include "ui/chat/codec.h"

#include "proxy/gemini/generatecontentreader.h"
#include "tests/support/folders.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace chat;

using Kind = Part::Kind;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray sseEvent(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

QByteArray textEvent(const QByteArray &parts, const QByteArray &rest = {})
{
    return sseEvent(R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + rest + "}]}");
}

struct Read
{
    Turn turn;
    std::optional<Error> error;
};

// Reads the stream in pieces of that size; 0 = all at once.
Read read(const QByteArray &stream, bool intact = true, qsizetype piece = 0)
{
    gemini::GenerateContentReader reader;
    Read result;
    const auto take = [&result](const QList<gemini::AnswerDelta> &deltas) {
        for (const gemini::AnswerDelta &delta : deltas)
            merge(delta, result.turn);
    };
    for (qsizetype at = 0; at<stream.size(); at += piece> 0 ? piece : stream.size())
        take(reader.feed(QByteArrayView(stream).sliced(at).first(
                std::min(piece > 0 ? piece : stream.size(), stream.size() - at))));
    take(reader.finish(intact));
    result.error = errorFrom(reader.end());
    result.turn.role = Turn::Role::Model;
    return result;
}

QByteArray kinds(const Turn &turn)
{
    QByteArray letters;
    for (const Part &part : turn.parts)
        letters += "tTIFCRXO?"[int(part.kind)];
    return letters;
}

QString errorKind(const std::optional<Error> &error)
{
    return error ? kindName(error->kind) : QString();
}

} // namespace

class TestChatCodec : public QObject
{
    Q_OBJECT

private slots:
    void recordedStreams_data();
    void recordedStreams();
    void recordedAnswers_data();
    void recordedAnswers();
    void recordedErrors_data();
    void recordedErrors();
    void ownStreams_data();
    void ownStreams();
    void merges_data();
    void merges();
    void partsComeBackUnchanged_data();
    void partsComeBackUnchanged();
    void ends_data();
    void ends();
    void lastCountStays();
    void sourcesComeOnceEach();
    void onlyWebLinksAreSources();
    void keptUsageIsNeverNegative();
    void speedOfMany();
    void lastUsageCounts();
    void asks();
    void asksWithEverything();
    void leavesOutEmptyTurns();
    void counts();
    void thoughtsAreAskedFor_data();
    void thoughtsAreAskedFor();
    void errors_data();
    void errors();
    void retryTimes_data();
    void retryTimes();
    void keyInDetailsIsNotRead();
    void metaSurvives();
    void speeds();

private:
    const QDir m_recorded{QStringLiteral(RECORDED_DATA_DIR)};
};

// What each recording is made of, from its README and by reading it. The parts by a letter each:
// t text, T thought, I inline data, C function call, X executable code, O its output.
void TestChatCodec::recordedStreams_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QString>("finishReason");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QList<int>>("usage");

    QTest::newRow("failure-image-rejected") << ""_ba << QString() << u"other"_s << QList<int>{0, 0, 0, 0};
    QTest::newRow("failure-prompt-blocked-safety") << ""_ba << QString() << u"blocked"_s << QList<int>{0, 0, 0, 0};
    QTest::newRow("failure-recitation-no-content")
            << "t"_ba << u"RECITATION"_s << u"blocked"_s << QList<int>{9, 261, 0, 270};
    QTest::newRow("success-basic-reply-long") << "t"_ba << u"STOP"_s << QString() << QList<int>{10, 1996, 0, 2006};
    QTest::newRow("success-basic-reply-short") << "t"_ba << u"STOP"_s << QString() << QList<int>{7, 10, 0, 17};
    QTest::newRow("success-citations") << "t"_ba << u"STOP"_s << QString() << QList<int>{15, 1381, 0, 1396};
    QTest::newRow("success-code-execution") << "tXOt"_ba << u"STOP"_s << QString() << QList<int>{21, 126, 95, 485};
    QTest::newRow("success-empty-parts") << "tI"_ba << u"STOP"_s << QString() << QList<int>{16, 1307, 0, 1323};
    QTest::newRow("success-finish-message") << "t"_ba << u"STOP"_s << QString() << QList<int>{0, 0, 0, 0};
    QTest::newRow("success-no-content-parts") << "t"_ba << u"STOP"_s << QString() << QList<int>{34, 1370, 0, 1404};
    QTest::newRow("success-thinking-function-call-thought-summary-signature")
            << "TC"_ba << u"STOP"_s << QString() << QList<int>{};
    QTest::newRow("success-thinking-reply-thought-summary")
            << "Tt"_ba << u"STOP"_s << QString() << QList<int>{10, 48, 540, 598};
    QTest::newRow("success-url-context") << "t"_ba << u"STOP"_s << QString() << QList<int>{};
}

void TestChatCodec::recordedStreams()
{
    QFETCH(QByteArray, parts);
    QFETCH(QString, finishReason);
    QFETCH(QString, error);
    QFETCH(QList<int>, usage);
    if (!m_recorded.exists()) {
        qInfo("The recorded streams are not here: nothing to compare with.");
        return;
    }
    QCOMPARE(m_recorded.entryList({u"streaming"_s}, QDir::Dirs).size(), 1);
    QCOMPARE(QDir(m_recorded.filePath(u"streaming"_s)).entryList(QDir::Files).size(), 13); // a row for each
    const QByteArray stream = contents(
            m_recorded.filePath(u"streaming/streaming-%1.txt"_s.arg(QLatin1StringView(QTest::currentDataTag()))));
    QVERIFY(!stream.isEmpty());

    const Read whole = read(stream);
    QCOMPARE(kinds(whole.turn), parts);
    QCOMPARE(whole.turn.finishReason, finishReason);
    QCOMPARE(errorKind(whole.error), error);
    if (!usage.isEmpty()) {
        QCOMPARE((QList<int>{whole.turn.usage.input, whole.turn.usage.output, whole.turn.usage.thoughts,
                             whole.turn.usage.total}),
                 usage);
    }
    // The same comes out however the stream is cut.
    for (const qsizetype piece : {1, 7, 1000}) {
        const Read again = read(stream, true, piece);
        QCOMPARE(again.turn, whole.turn);
        QCOMPARE(again.error, whole.error);
    }
    QString text;
    for (const QByteArray &line : stream.split('\n')) {
        if (!line.startsWith("data: "))
            continue;
        for (const auto &part : object(line.mid(6))["candidates"_L1][0]["content"_L1]["parts"_L1].toArray())
            text += part["thought"_L1].toBool() ? QString() : part["text"_L1].toString();
    }
    QCOMPARE(whole.turn.text(), text);
    // If the connection broke, the answer is not whole.
    QVERIFY(read(stream, false).error);
}

void TestChatCodec::recordedAnswers_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<int>("sources");
    QTest::addColumn<int>("citations");

    QTest::newRow("failure-finish-reason-safety") << "t"_ba << 0 << 0;
    QTest::newRow("failure-only-prompt-feedback") << ""_ba << 0 << 0;
    QTest::newRow("failure-with-message-no-content") << ""_ba << 0 << 0;
    QTest::newRow("success-basic-reply-long") << "t"_ba << -1 << -1;
    QTest::newRow("success-basic-reply-short") << "t"_ba << 0 << 0;
    QTest::newRow("success-citations") << "t"_ba << 1 << 2;
    QTest::newRow("success-code-execution") << "XOt"_ba << 0 << 0;
    QTest::newRow("success-google-maps-grounding") << "t"_ba << -2 << -2;
    QTest::newRow("success-google-search-grounding-empty-grounding-chunks") << "t"_ba << 0 << 0;
    QTest::newRow("success-google-search-grounding") << "t"_ba << -2 << -2;
    QTest::newRow("success-thinking-function-call-thought-summary-signature") << "TC"_ba << 0 << 0;
    QTest::newRow("success-thinking-reply-thought-summary") << "Tt"_ba << 0 << 0;
    QTest::newRow("success-url-context-mixed-validity") << "t"_ba << -2 << 1;
    QTest::newRow("success-url-context") << "t"_ba << 2 << 4;
}

void TestChatCodec::recordedAnswers()
{
    QFETCH(QByteArray, parts);
    QFETCH(int, sources);
    QFETCH(int, citations);
    if (!m_recorded.exists()) {
        qInfo("The recorded answers are not here: nothing to compare with.");
        return;
    }
    const QJsonObject response = object(
            contents(m_recorded.filePath(u"unary/unary-%1.json"_s.arg(QLatin1StringView(QTest::currentDataTag())))));
    QVERIFY(!response.isEmpty());
    Turn turn;
    merge(gemini::deltaFromResponse(response), turn);
    QCOMPARE(kinds(turn), parts);
    if (sources >= 0)
        QCOMPARE(turn.sources.size(), sources);
    else if (sources == -2)
        QVERIFY(!turn.sources.isEmpty());
    if (citations >= 0)
        QCOMPARE(turn.citations.size(), citations);
    else if (citations == -2)
        QVERIFY(!turn.citations.isEmpty());
    for (const Citation &citation : std::as_const(turn.citations)) {
        for (const int source : citation.sources)
            QVERIFY(source >= 0 && source < turn.sources.size());
    }
    // The turn goes back to Gemini as it came.
    const QJsonArray came = response["candidates"_L1][0]["content"_L1]["parts"_L1].toArray();
    const QJsonArray sent = object(toRequest({{turn}, {}, {}}))["contents"_L1][0]["parts"_L1].toArray();
    QCOMPARE(sent, came);
}

void TestChatCodec::recordedErrors_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("unary-failure-api-key") << u"key"_s;
    QTest::newRow("unary-failure-generativelanguage-api-not-enabled") << u"key"_s;
    QTest::newRow("unary-failure-unknown-model") << u"model"_s;
}

void TestChatCodec::recordedErrors()
{
    QFETCH(QString, kind);
    if (!m_recorded.exists()) {
        qInfo("The recorded errors are not here: nothing to compare with.");
        return;
    }
    const QByteArray body =
            contents(m_recorded.filePath(u"unary/%1.json"_s.arg(QLatin1StringView(QTest::currentDataTag()))));
    const auto error = errorFromJson(body);
    QVERIFY(error);
    QCOMPARE(kindName(error->kind), kind);
    QVERIFY(!error->message.isEmpty());
}

void TestChatCodec::ownStreams_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QString>("error");
    QTest::newRow("basic") << "t"_ba << QString();
    QTest::newRow("error-mid-stream") << "t"_ba << u"overloaded"_s;
    QTest::newRow("prompt-blocked") << ""_ba << u"blocked"_s;
    QTest::newRow("thought-and-function-call") << "TC"_ba << QString();
    QTest::newRow("unicode") << "t"_ba << QString();
    QTest::newRow("unknown-parts") << "t?tIt"_ba << QString();
    QTest::newRow("grounded") << "t"_ba << QString();
}

void TestChatCodec::ownStreams()
{
    QFETCH(QByteArray, parts);
    QFETCH(QString, error);
    const QByteArray stream =
            contents(QStringLiteral(TEST_DATA_DIR "/streaming/%1.txt").arg(QLatin1StringView(QTest::currentDataTag())));
    QVERIFY(!stream.isEmpty());
    for (const qsizetype piece : {0, 1, 5}) {
        const Read got = read(stream, true, piece);
        QCOMPARE(kinds(got.turn), parts);
        QCOMPARE(errorKind(got.error), error);
    }
}

void TestChatCodec::merges_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QByteArray>("merged");

    QTest::newRow("text joins") << R"({"text":"a"},{"text":"b"})"_ba
                                << R"([{"text":"ab"}])"_ba;
    QTest::newRow("thoughts join") << R"({"text":"a","thought":true},{"text":"b","thought":true})"_ba
                                   << R"([{"text":"ab","thought":true}])"_ba;
    QTest::newRow("thoughts stay apart")
            << R"({"text":"a","thought":true},{"text":"b"},{"text":"c","thought":true})"_ba
            << R"([{"text":"a","thought":true},{"text":"b"},{"text":"c","thought":true}])"_ba;
    QTest::newRow("thought: false is kept") << R"({"text":"a","thought":false},{"text":"b"})"_ba
                                            << R"([{"text":"a","thought":false},{"text":"b"}])"_ba;
    QTest::newRow("nothing in it") << R"({},{"text":""},{"text":"","thought":true})"_ba
                                   << "[]"_ba;
    QTest::newRow("a signature is its part's alone")
            << R"({"text":"a"},{"text":"b","thoughtSignature":"x"},{"text":"c"})"_ba
            << R"([{"text":"a"},{"text":"b","thoughtSignature":"x"},{"text":"c"}])"_ba;
    QTest::newRow("an empty text with a signature") << R"({"text":"a"},{"text":"","thoughtSignature":"x"})"_ba
                                                    << R"([{"text":"a"},{"text":"","thoughtSignature":"x"}])"_ba;
    QTest::newRow("not an object") << R"(1,null,"a",{"text":"a"})"_ba
                                   << R"([{"text":"a"}])"_ba;
}

void TestChatCodec::merges()
{
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, merged);
    Turn turn;
    merge(gemini::deltaFromResponse(object("{\"candidates\":[{\"content\":{\"parts\":[" + parts + "]}}]}")), turn);
    QJsonArray got;
    for (const Part &part : std::as_const(turn.parts))
        got.append(toJson(part));
    QCOMPARE(got, QJsonDocument::fromJson(merged).array());
}

void TestChatCodec::partsComeBackUnchanged_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("kind");

    QTest::newRow("text") << R"({"text":"a"})"_ba << int(Kind::Text);
    QTest::newRow("thought") << R"({"text":"a","thought":true})"_ba << int(Kind::Thought);
    QTest::newRow("data") << R"({"inlineData":{"mimeType":"image/png","data":"AAEC"}})"_ba << int(Kind::InlineData);
    QTest::newRow("data with more") << R"({"inlineData":{"mimeType":"a/b","data":"","x":1},"thoughtSignature":"s"})"_ba
                                    << int(Kind::InlineData);
    QTest::newRow("no base64") << R"({"inlineData":{"mimeType":"a/b","data":"***"}})"_ba << int(Kind::Unknown);
    QTest::newRow("file")
            << R"({"fileData":{"fileUri":"https://x/files/1","mimeType":"a/b"},"videoMetadata":{"fps":1}})"_ba
            << int(Kind::FileData);
    QTest::newRow("call")
            << R"({"functionCall":{"name":"f","args":{"a":[1,2.5,null]},"id":"1"},"thoughtSignature":"bm8="})"_ba
            << int(Kind::FunctionCall);
    QTest::newRow("response") << R"({"functionResponse":{"name":"f","response":{"r":true}}})"_ba
                              << int(Kind::FunctionResponse);
    QTest::newRow("code") << R"({"executableCode":{"language":"PYTHON","code":"1 + 1"}})"_ba
                          << int(Kind::ExecutableCode);
    QTest::newRow("output") << R"({"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}})"_ba
                            << int(Kind::CodeExecutionResult);
    QTest::newRow("unknown") << R"({"hologram":{"depth":3},"thoughtSignature":"s"})"_ba << int(Kind::Unknown);
    QTest::newRow("text that is no string") << R"({"text":{"a":1}})"_ba << int(Kind::Unknown);
}

void TestChatCodec::partsComeBackUnchanged()
{
    QFETCH(QByteArray, json);
    QFETCH(int, kind);
    const QJsonObject wire = object(json);
    const Part part = partFromJson(wire);
    QCOMPARE(int(part.kind), kind);
    QCOMPARE(toJson(part), wire);
    QCOMPARE(toJson(partFromStored(toStored(part, true))), wire);
    // A part that was stored without its data is whole again once the store has given it back.
    Part kept = part;
    kept.blob = "name";
    kept = partFromStored(toStored(kept, false));
    QVERIFY(kept.data.isEmpty());
    QCOMPARE(kept.size, part.size);
    kept.data = part.data;
    QCOMPARE(toJson(kept), wire);
}

void TestChatCodec::ends_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("intact");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("message"); // "" = any

    const QByteArray text = R"({"text":"a"})";
    const auto reason = [](const char *name) { return QByteArray(",\"finishReason\":\"") + name + "\""; };
    QTest::newRow("stop") << textEvent(text, reason("STOP")) << true << QString() << QString();
    QTest::newRow("max tokens") << textEvent(text, reason("MAX_TOKENS")) << true << QString() << QString();
    QTest::newRow("a reason of tomorrow") << textEvent(text, reason("TIRED")) << true << QString() << QString();
    QTest::newRow("a reason of tomorrow, nothing said")
            << sseEvent(R"({"candidates":[{"finishReason":"TIRED","finishMessage":"So tired."}]})") << true
            << u"other"_s << u"So tired."_s;
    QTest::newRow("safety") << textEvent(text, reason("SAFETY")) << true << u"blocked"_s << QString();
    QTest::newRow("safety with a message")
            << textEvent(text, reason("SAFETY") + ",\"finishMessage\":\"No.\"") << true << u"blocked"_s << u"No."_s;
    QTest::newRow("blocked with words only")
            << sseEvent(R"({"candidates":[],"promptFeedback":{"blockReasonMessage":"M"}})") << true << u"blocked"_s
            << u"M"_s;
    QTest::newRow("ratings are no block")
            << textEvent(text, reason("STOP"))
                       .replace("\"candidates\"", R"("promptFeedback":{"safetyRatings":[]},"candidates")")
            << true << QString() << QString();
    QTest::newRow("no reason") << textEvent(text) << true << u"cut"_s << QString();
    QTest::newRow("nothing") << ""_ba << true << u"cut"_s << QString();
    QTest::newRow("broken behind the end") << textEvent(text, reason("STOP")) << false << u"cut"_s << QString();
    QTest::newRow("no empty line") << textEvent(text, reason("STOP")).chopped(2) << true << QString() << QString();
    QTest::newRow("half an event") << textEvent(text, reason("STOP")).chopped(9) << true << u"cut"_s << QString();
    QTest::newRow("a gap") << QByteArray(textEvent(text) + sseEvent("{\"cand") + textEvent(text, reason("STOP")))
                           << true << u"cut"_s << QString();
    QTest::newRow("an event that is a list")
            << QByteArray(sseEvent("[1]") + textEvent(text, reason("STOP"))) << true << u"cut"_s << QString();
    QTest::newRow("bare error") << QByteArray(textEvent(text)
                                              + "{\n \"error\": {\"code\": 429, \"message\": \"Q\"}\n}\n")
                                << true << u"quota"_s << u"Q"_s;
    QTest::newRow("bare error, broken off")
            << QByteArray(textEvent(text) + "{\n \"error\": {\"code\": 503, \"message\": \"O\"}\n}") << false
            << u"overloaded"_s << u"O"_s;
    QTest::newRow("error event") << QByteArray(
            textEvent(text) + "event: error\ndata: {\"error\":{\"code\":504,\"message\":\"Slow\"}}\n\n")
                                 << false << u"network"_s << u"Slow"_s;
    QTest::newRow("error event without words") << "event: error\ndata: what\n\n"_ba << false << u"other"_s << QString();
    QTest::newRow("error as data") << sseEvent(R"({"error":{"code":400,"message":"B"}})") << true << u"other"_s
                                   << u"B"_s;
}

void TestChatCodec::ends()
{
    QFETCH(QByteArray, stream);
    QFETCH(bool, intact);
    QFETCH(QString, error);
    QFETCH(QString, message);
    const Read got = read(stream, intact);
    QCOMPARE(errorKind(got.error), error);
    if (got.error)
        QVERIFY(!got.error->message.isEmpty());
    if (!message.isEmpty())
        QCOMPARE(got.error->message, message);
}

// Even if it is lower than one before; what is not told any more stays as it was.
void TestChatCodec::lastCountStays()
{
    Turn turn;
    for (const QByteArray &told : {R"("promptTokenCount":10,"candidatesTokenCount":7,"thoughtsTokenCount":3)"_ba,
                                   R"("promptTokenCount":8,"thoughtsTokenCount":0)"_ba}) {
        merge(gemini::deltaFromResponse(object("{\"usageMetadata\":{" + told + "}}")), turn);
    }
    QCOMPARE(turn.usage.input, 8);
    QCOMPARE(turn.usage.output, 7);
    QCOMPARE(turn.usage.thoughts, 0);
}

void TestChatCodec::sourcesComeOnceEach()
{
    const Turn turn = read(contents(QStringLiteral(TEST_DATA_DIR "/streaming/grounded.txt"))).turn;
    QCOMPARE(turn.searches, QStringList{u"tallest tower"_s});
    QCOMPARE(turn.sources,
             (QList<Source>{{Source::Kind::Web, u"https://a.example/1"_s, u"One"_s, {}},
                            {Source::Kind::Web, u"https://b.example/"_s, u"Two"_s, {}},
                            {Source::Kind::Page, u"https://c.example/"_s, {}, u"URL_RETRIEVAL_STATUS_ERROR"_s}}));
    // Of the chunks that the second support names, one is not there; of those of the third, none is.
    QCOMPARE(turn.citations, (QList<Citation>{{0, 4, {0, 1}}, {4, 9, {1}}}));

    // Told again and again, as Gemini does: the first title that there is stays.
    Turn again;
    for (const QByteArray &title : {""_ba, "One"_ba, "Two"_ba}) {
        merge(gemini::deltaFromResponse(object(
                      R"({"candidates":[{"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/","title":")"
                      + title
                      + R"("}}],"groundingSupports":[{"segment":{"endIndex":4},"groundingChunkIndices":[0]}]}}]})")),
              again);
    }
    QCOMPARE(again.sources, (QList<Source>{{Source::Kind::Web, u"https://a.example/"_s, u"One"_s, {}}}));
    QCOMPARE(again.citations, (QList<Citation>{{0, 4, {0}}}));
}

void TestChatCodec::onlyWebLinksAreSources()
{
    Turn turn;
    merge(gemini::deltaFromResponse(object(R"({"candidates":[{"groundingMetadata":{"groundingChunks":[
        {"web":{"uri":"javascript:alert`1`"}},{"web":{"uri":"file:///etc/passwd"}},{"web":{"uri":"/a"}},
        {"web":{"uri":""}},{"other":{}},{"web":{"uri":"http://ok.example"}}]},
        "citationMetadata":{"citationSources":[{"uri":"ftp://x/"},{"startIndex":1}]}}]})")),
          turn);
    QCOMPARE(turn.sources.size(), 1);
    QCOMPARE(turn.sources.first().uri, u"http://ok.example"_s);
    // The same goes for a file that somebody else made.
    QJsonObject meta = metaToJson(turn);
    meta.insert("sources"_L1, QJsonArray{QJsonObject{{u"uri"_s, u"file:///x"_s}}});
    Turn imported;
    metaFromJson(meta, imported);
    QCOMPARE(imported.sources.size(), 1);
    QCOMPARE(imported.sources.first().uri, QString());
}

// In a file that somebody else made, counts may be negative.
void TestChatCodec::keptUsageIsNeverNegative()
{
    Turn turn;
    turn.usage = {1, 2, 3, 4, 5};
    QJsonObject meta = metaToJson(turn);
    meta.insert("usage"_L1, QJsonObject{{u"input"_s, -1}, {u"output"_s, -7}, {u"thoughts"_s, 3}, {u"total"_s, 1e300}});
    Turn imported;
    metaFromJson(meta, imported);
    QCOMPARE(imported.usage, (Usage{0, 0, 3, 0, 0}));
}

// The most that an imported file can say, in a second.
void TestChatCodec::speedOfMany()
{
    constexpr int most = std::numeric_limits<int>::max();
    Turn turn;
    turn.usage = {0, most, most, 0, 0};
    turn.started = QDateTime::fromMSecsSinceEpoch(1000);
    turn.ended = QDateTime::fromMSecsSinceEpoch(2000);
    QCOMPARE(turn.tokensPerSecond(), 2.0 * most);
}

void TestChatCodec::lastUsageCounts()
{
    const Turn turn =
            read(sseEvent(R"({"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4,"cachedContentTokenCount":2}})")
                 + sseEvent(
                         R"({"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"thoughtsTokenCount":7,"totalTokenCount":15},"modelVersion":"m-1"})"))
                    .turn;
    QCOMPARE(turn.usage, (Usage{5, 3, 7, 2, 15}));
    QCOMPARE(turn.modelVersion, u"m-1"_s);
}

void TestChatCodec::asks()
{
    Turn question;
    question.parts = {Part::ofText(u"Grüße"_s)};
    QCOMPARE(object(toRequest({{question}, u" \n"_s, {}})),
             object(R"({"contents":[{"role":"user","parts":[{"text":"Grüße"}]}]})"));
}

void TestChatCodec::asksWithEverything()
{
    Turn question;
    question.parts = {Part::ofText(u"q"_s), Part::ofData(u"image/png"_s, "\0\1\2"_ba, u"a.png"_s),
                      Part::ofFile(u"video/mp4"_s, u"https://g/files/1"_s, u"v.mp4"_s)};
    Turn answer;
    answer.role = Turn::Role::Model;
    answer.parts = {
            partFromJson({{u"functionCall"_s, QJsonObject{{u"name"_s, u"f"_s}}}, {u"thoughtSignature"_s, u"bm8="_s}})};
    const Parameters parameters{0.5, 0.25, 100, 512, true, true};
    QCOMPARE(object(toRequest({{question, answer}, u"Be brief."_s, parameters, true})), object(R"({
        "contents":[
          {"role":"user","parts":[{"text":"q"},{"inlineData":{"mimeType":"image/png","data":"AAEC"}},
                                  {"fileData":{"mimeType":"video/mp4","fileUri":"https://g/files/1"}}]},
          {"role":"model","parts":[{"functionCall":{"name":"f"},"thoughtSignature":"bm8="}]}],
        "systemInstruction":{"parts":[{"text":"Be brief."}]},
        "generationConfig":{"temperature":0.5,"topP":0.25,"maxOutputTokens":100,
                            "responseMimeType":"application/json",
                            "thinkingConfig":{"includeThoughts":true,"thinkingBudget":512}},
        "tools":[{"googleSearch":{}}]})"));
}

// Gemini refuses contents without parts, and wants roles to alternate.
void TestChatCodec::leavesOutEmptyTurns()
{
    Turn question;
    question.parts = {Part::ofText(u"q"_s)};
    Turn again;
    again.parts = {Part::ofText(u"again"_s)};
    Turn failed;
    failed.role = Turn::Role::Model;
    failed.state = Turn::State::Failed;
    QCOMPARE(object(toRequest({{question, failed, again}, {}, {}})),
             object(R"({"contents":[{"role":"user","parts":[{"text":"q"},{"text":"again"}]}]})"));
}

void TestChatCodec::counts()
{
    Turn question;
    question.parts = {Part::ofText(u"q"_s)};
    QCOMPARE(
            object(toCountRequest({{question}, {}, {}}, u"m"_s)),
            object(R"({"generateContentRequest":{"model":"models/m","contents":[{"role":"user","parts":[{"text":"q"}]}]}})"));
}

void TestChatCodec::thoughtsAreAskedFor_data()
{
    QTest::addColumn<bool>("thinks");
    QTest::addColumn<int>("budget"); // -2 = none
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("does not think") << false << -2 << "{}"_ba;
    QTest::newRow("thinks") << true << -2 << R"({"includeThoughts":true})"_ba;
    QTest::newRow("must not") << true << 0 << R"({"thinkingBudget":0})"_ba;
    QTest::newRow("as it likes") << true << -1 << R"({"includeThoughts":true,"thinkingBudget":-1})"_ba;
    QTest::newRow("not known, but wanted") << false << 100 << R"({"thinkingBudget":100})"_ba;
}

void TestChatCodec::thoughtsAreAskedFor()
{
    QFETCH(bool, thinks);
    QFETCH(int, budget);
    QFETCH(QByteArray, config);
    Question question;
    question.thinks = thinks;
    if (budget > -2)
        question.parameters.thinkingBudget = budget;
    QCOMPARE(object(toRequest(question))["generationConfig"_L1]["thinkingConfig"_L1].toObject(), object(config));
}

void TestChatCodec::errors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");

    const auto body = [](const char *message) {
        return QByteArray(R"({"error":{"code":1,"message":")") + message + "\"}}";
    };
    QTest::newRow("key")
            << 400
            << R"({"error":{"message":"x","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})"_ba
            << u"key"_s;
    QTest::newRow("401") << 401 << body("t") << u"key"_s;
    QTest::newRow("403") << 403 << body("t") << u"key"_s;
    QTest::newRow("404") << 404 << body("m") << u"model"_s;
    QTest::newRow("429") << 429 << body("q") << u"quota"_s;
    QTest::newRow("500") << 500 << body("i") << u"other"_s;
    QTest::newRow("502") << 502 << body("n") << u"network"_s;
    QTest::newRow("503") << 503 << body("o") << u"overloaded"_s;
    QTest::newRow("503 of a proxy without a key") << 503 << body("There is no key yet. Get one.") << u"key"_s;
    QTest::newRow("504") << 504 << body("s") << u"network"_s;
    QTest::newRow("413") << 413 << body("l") << u"tooLarge"_s;
    QTest::newRow("too many tokens")
            << 400 << body("The input token count (2) exceeds the maximum number of tokens allowed (1).")
            << u"tooLarge"_s;
    QTest::newRow("too many bytes") << 400 << body("Request payload size exceeds the limit: 20971520 bytes.")
                                    << u"tooLarge"_s;
    QTest::newRow("400") << 400 << body("b") << u"other"_s;
    QTest::newRow("no JSON") << 429 << "<html>"_ba << u"quota"_s;
    QTest::newRow("nothing") << 307 << ""_ba << u"other"_s;
    QTest::newRow("no words") << 404 << R"({"error":{}})"_ba << u"model"_s;
    QTest::newRow("in a list") << 404 << R"([{"error":{"message":"m"}}])"_ba << u"model"_s;
}

void TestChatCodec::errors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);
    const Error error = errorFromAnswer(status, body, {});
    QCOMPARE(kindName(error.kind), kind);
    QCOMPARE(error.status, status);
    QVERIFY(!error.message.isEmpty());
    QCOMPARE(kindNamed(kind), error.kind);
}

void TestChatCodec::retryTimes_data()
{
    QTest::addColumn<QByteArray>("delay"); // RetryInfo's
    QTest::addColumn<QByteArray>("field"); // Retry-After
    QTest::addColumn<int>("seconds");      // -1 = none
    QTest::newRow("none") << ""_ba
                          << ""_ba << -1;
    QTest::newRow("whole") << "34s"_ba
                           << ""_ba << 34;
    QTest::newRow("a fraction") << "34.07s"_ba
                                << ""_ba << 35;
    QTest::newRow("field") << ""_ba
                           << "7"_ba << 7;
    QTest::newRow("Gemini's own counts") << "34s"_ba
                                         << "7"_ba << 34;
    QTest::newRow("a date") << ""_ba
                            << "Wed, 21 Oct 2026 07:28:00 GMT"_ba << -1;
    QTest::newRow("before now") << "-3s"_ba
                                << ""_ba << -1;
    QTest::newRow("not a number") << "nans"_ba
                                  << ""_ba << -1;
    QTest::newRow("for ever") << "1e300s"_ba
                              << ""_ba << -1;
}

void TestChatCodec::retryTimes()
{
    QFETCH(QByteArray, delay);
    QFETCH(QByteArray, field);
    QFETCH(int, seconds);
    QByteArray details =
            R"({"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"PerDay"}]})";
    if (!delay.isEmpty())
        details += R"(,{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":")" + delay + "\"}";
    const Error error =
            errorFromAnswer(429, R"({"error":{"code":429,"message":"q","details":[)" + details + "]}}", field);
    QCOMPARE(error.retryAfter ? int(error.retryAfter->count()) : -1, seconds);
    QCOMPARE(error.quota, u"PerDay"_s);
}

void TestChatCodec::keyInDetailsIsNotRead()
{
    const Error error = errorFromAnswer(400, R"({"error":{"message":"bad","details":[
        {"@type":"type.googleapis.com/google.rpc.DebugInfo","detail":"Invalid API key: key1234"}]}})",
                                        {});
    Turn turn;
    turn.error = error;
    QVERIFY(!QJsonDocument(metaToJson(turn)).toJson().contains("key1234"));
}

void TestChatCodec::metaSurvives()
{
    Turn turn;
    QVERIFY(metaToJson(turn).isEmpty());
    turn.error = Error{Error::Kind::Quota, u"q"_s, 429, std::chrono::seconds(34), u"PerDay"_s};
    turn.finishReason = u"STOP"_s;
    turn.finishMessage = u"m"_s;
    turn.blockReason = u"SAFETY"_s;
    turn.model = u"a"_s;
    turn.modelVersion = u"b"_s;
    turn.usage = {1, 2, 3, 4, 5};
    turn.sources = {{Source::Kind::Maps, u"https://a/"_s, u"t"_s, {}},
                    {Source::Kind::Citation, u"https://b/"_s, {}, u"mit"_s}};
    turn.citations = {{1, 5, {0, 1}}};
    turn.searches = {u"s"_s};
    turn.started = QDateTime::fromMSecsSinceEpoch(1'000'000'123).toUTC();
    turn.firstToken = turn.started.addMSecs(5);
    turn.ended = turn.started.addMSecs(50);
    Turn again;
    metaFromJson(metaToJson(turn), again);
    QCOMPARE(again, turn);
}

void TestChatCodec::speeds()
{
    Turn turn;
    QCOMPARE(turn.tokensPerSecond(), 0);
    QVERIFY(!turn.timeToFirstToken());
    turn.started = QDateTime::fromMSecsSinceEpoch(0).toUTC();
    turn.firstToken = turn.started.addMSecs(500);
    turn.ended = turn.started.addMSecs(1500);
    turn.usage.output = 100;
    QCOMPARE(turn.timeToFirstToken(), std::optional(std::chrono::milliseconds(500)));
    QCOMPARE(turn.tokensPerSecond(), 100);
    turn.usage.thoughts = 50;
    QCOMPARE(turn.tokensPerSecond(), 100);
}

QTEST_GUILESS_MAIN(TestChatCodec)
#include "tst_chatcodec.moc"
