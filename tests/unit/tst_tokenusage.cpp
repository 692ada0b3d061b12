#include "proxy/gemini/tokenusage.h"

#include "tests/support/folders.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// How much of an answer's end these tests keep, at least and at most. UsageTee keeps less.
constexpr qsizetype leastKept = 8 * 1024;
constexpr qsizetype mostKept = 16 * 1024;

// The events of a stream, or the one answer, read from the front by Qt.
QList<QJsonObject> answersIn(const QByteArray &body)
{
    const QJsonDocument whole = QJsonDocument::fromJson(body);
    if (whole.isObject())
        return {whole.object()};
    QList<QJsonObject> answers;
    const QJsonArray array = whole.array();
    for (const auto &value : array)
        answers.append(value.toObject());
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("data: ") && QJsonDocument::fromJson(line.mid(6)).isObject())
            answers.append(QJsonDocument::fromJson(line.mid(6)).object());
    }
    return answers;
}

// The same figures, gathered another way.
TokenUsage expectedOf(const QList<QJsonObject> &answers)
{
    TokenUsage usage;
    for (const QJsonObject &answer : answers) {
        if (answer.contains("usageMetadata"_L1)) {
            const QJsonObject told = answer["usageMetadata"_L1].toObject();
            usage.input = told["promptTokenCount"_L1].toInt(0) + told["toolUsePromptTokenCount"_L1].toInt(0);
            usage.thoughts = told["thoughtsTokenCount"_L1].toInt(-1);
            usage.output = told.contains("candidatesTokenCount"_L1) || usage.thoughts >= 0
                    ? told["candidatesTokenCount"_L1].toInt(0) + std::max(0, usage.thoughts)
                    : -1;
            usage.cached = told["cachedContentTokenCount"_L1].toInt(-1);
            usage.total = told["totalTokenCount"_L1].toInt(-1);
        }
        if (answer.contains("modelVersion"_L1))
            usage.modelVersion = answer["modelVersion"_L1].toString().toUtf8();
        const QString reason = answer["candidates"_L1].toArray().last()["finishReason"_L1].toString();
        if (!reason.isEmpty())
            usage.finishReason = reason.toUtf8();
    }
    return usage;
}

QByteArray said(const TokenUsage &usage)
{
    return "in " + QByteArray::number(usage.input) + " out " + QByteArray::number(usage.output) + " thoughts "
            + QByteArray::number(usage.thoughts) + " cached " + QByteArray::number(usage.cached) + " total "
            + QByteArray::number(usage.total);
}

QByteArray saidWhole(const TokenUsage &usage)
{
    return said(usage) + ' ' + usage.finishReason + ' ' + usage.modelVersion;
}

} // namespace

class TestTokenUsage : public QObject
{
    Q_OBJECT

private slots:
    void usage_data();
    void usage();
    void details_data();
    void details();
    void wholeBodies_data();
    void wholeBodies();
    void beyondWhatIsKept();

private:
    static QByteArray ownStream();
    static QByteArray ownArray();
    static QByteArray ownUnary();
};

void TestTokenUsage::usage_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<int>("input");
    QTest::addColumn<int>("output");

    const auto row = [](const char *name, const QByteArray &end, int input, int output) {
        QTest::newRow(name) << end << input << output;
    };
    row("nothing", ""_ba, -1, -1);
    row("blank", "\r\n \n"_ba, -1, -1);
    row("no usage", R"(data: {"candidates":[]})"_ba, -1, -1);
    row("stream",
        "data: {\"usageMetadata\": {\"promptTokenCount\": 4,\"totalTokenCount\": 4}}\r\n\r\n"
        "data: {\"usageMetadata\": {\"promptTokenCount\": 4,\"candidatesTokenCount\": 12}}\r\n\r\n"_ba,
        4, 12);
    row("thoughts", R"({"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"thoughtsTokenCount":30}})"_ba,
        1, 32);
    row("thoughts alone", R"({"usageMetadata":{"promptTokenCount":1,"thoughtsTokenCount":30}})"_ba, 1, 30);
    row("input alone", R"({"usageMetadata":{"promptTokenCount":7}})"_ba, 7, -1);
    row("tools", R"({"usageMetadata":{"promptTokenCount":7,"toolUsePromptTokenCount":100}})"_ba, 107, -1);
    row("nested",
        R"({"usageMetadata": {"promptTokensDetails":[{"modality":"TEXT","tokenCount":8}], "promptTokenCount":8,"candidatesTokenCount":1}, "modelVersion":"m"})"_ba,
        8, 1);
    row("braces in a string", "{\"usageMetadata\":{\"x\":\"}\\\"}{\",\"promptTokenCount\":8}}"_ba, 8, -1);
    row("begins in the middle", "nCount\":1}}\ndata: {\"usageMetadata\":{\"promptTokenCount\":9}}"_ba, 9, -1);
    row("begins in an event's middle", "he \"b\\\\\"}]}}],\"usageMetadata\":{\"promptTokenCount\":9}}\r\n\r\n"_ba, 9,
        -1);
    row("begins in a backslash's middle", "\\\" quoted\",\"usageMetadata\":{\"promptTokenCount\":9}}\n"_ba, 9, -1);
    row("and goes on with one that says nothing",
        "],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n"_ba, 3, 4);
    row("cut", "data: {\"usageMetadata\":{\"promptTokenCount\":5}}\n\ndata: {\"usageMetadata\":{\"promptTok"_ba, 5, -1);
    row("cut within a function's arguments",
        "data: {\"usageMetadata\":{\"promptTokenCount\":5}}\n\n"
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"args\":{\"usageMetadata\":{\"promptTokenCount\":99}}"_ba,
        5, -1);
    row("a later event without",
        "data: {\"usageMetadata\":{\"promptTokenCount\":5}}\n\ndata: {\"candidates\":[]}\n\n"_ba, 5, -1);
    row("an error behind it",
        "data: {\"usageMetadata\":{\"promptTokenCount\":5}}\r\n\r\n{\n  \"error\": {\n    \"code\": 503\n  }\n}\n"_ba,
        5, -1);
    row("in no order",
        R"({"usageMetadata":{"promptTokenCount":8},"candidates":[{"groundingMetadata":{"usageMetadata":{"promptTokenCount":99}}}]})"_ba,
        8, -1);

    row("said in a text", "{\"text\":\"\\\"usageMetadata\\\": {\\\"promptTokenCount\\\": 99}\"}"_ba, -1, -1);
    row("said in a later text",
        "{\"usageMetadata\":{\"promptTokenCount\":8},\"text\":\"{\\\"usageMetadata\\\": {\\\"promptTokenCount\\\": 99}}\"}"_ba,
        8, -1);
    row("a text that is the name", R"({"usageMetadata":{"promptTokenCount":8},"text":"usageMetadata"})"_ba, 8, -1);
    row("a name that ends like it",
        "{\"usageMetadata\":{\"promptTokenCount\":8},\"a\\\"usageMetadata\":{\"promptTokenCount\":99}}"_ba, 8, -1);
    row("in a function's arguments",
        R"({"candidates":[{"content":{"parts":[{"functionCall":{"args":{"usageMetadata":{"promptTokenCount":99}}}}]}}]})"_ba,
        -1, -1);

    row("array",
        "[{\n  \"usageMetadata\": {\n    \"promptTokenCount\": 4\n  }\n}\n,\r\n{\n  \"usageMetadata\": {\n    \"promptTokenCount\": 6\n  }\n}\n]"_ba,
        6, -1);
    row("array, dense", R"([{"usageMetadata":{"promptTokenCount":4}},{"usageMetadata":{"promptTokenCount":6}}])"_ba, 6,
        -1);
    row("array, begins in the middle", "}]}}],\n  \"usageMetadata\": {\n    \"promptTokenCount\": 4\n  }\n}\n]"_ba, 4,
        -1);
    row("array, cut",
        "[{\n  \"usageMetadata\": {\n    \"promptTokenCount\": 4\n  }\n}\n,\r\n{\n  \"usageMetadata\": {\n    \"promp"_ba,
        4, -1);
    row("array, not closed", "[{\n  \"usageMetadata\": {\n    \"promptTokenCount\": 4\n  }\n}\n"_ba, 4, -1);
    row("unary, cut behind an object",
        R"({"candidates":[{"functionCall":{"args":{"usageMetadata":{"promptTokenCount":99}})"_ba, -1, -1);

    row("an event whose beginning stands on another line",
        "data: {\"candidates\":[],\ndata: \"usageMetadata\":{\"promptTokenCount\":5}}\n\n"_ba, -1, -1);

    row("not an object", R"({"usageMetadata": null})"_ba, -1, -1);
    row("not a number", R"({"usageMetadata": {"promptTokenCount": "many"}})"_ba, -1, -1);
    row("below nothing", R"({"usageMetadata": {"promptTokenCount": -5}})"_ba, -1, -1);
    row("beyond an int", R"({"usageMetadata": {"promptTokenCount": 5000000000}})"_ba, -1, -1);
    row("beyond an int together",
        R"({"usageMetadata": {"promptTokenCount": 2147483647,"toolUsePromptTokenCount": 2147483647}})"_ba, 2147483647,
        -1);
    row("no JSON at all", R"({"usageMetadata": {promptTokenCount: 5}})"_ba, -1, -1);
    row("only ends", R"(}]}]}])"_ba, -1, -1);
    row("only quotes", R"("""")"_ba, -1, -1);

    row("OpenAI",
        R"({"choices":[{"finish_reason":"stop"}],"model":"m","usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}})"_ba,
        3, 4);
    row("OpenAI, embeddings", R"({"data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":3,"total_tokens":3}})"_ba, 3,
        -1);
    row("OpenAI, thoughts in the total alone",
        R"({"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":107}})"_ba, 3, 104);
    row("OpenAI, not told yet", "data: {\"choices\":[],\"usage\":null}\n\ndata: [DONE]\n\n"_ba, -1, -1);
    row("OpenAI, a stream",
        "data: {\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n"_ba,
        3, 4);
}

void TestTokenUsage::usage()
{
    QFETCH(const QByteArray, end);
    QFETCH(const int, input);
    QFETCH(const int, output);
    const TokenUsage found = usageAtEnd(end);
    QCOMPARE(found.input, input);
    QCOMPARE(found.output, output);
    QCOMPARE(found.isKnown(), input >= 0 || output >= 0);
}

void TestTokenUsage::details_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("native")
            << R"({"candidates":[{"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":8,"candidatesTokenCount":2,"thoughtsTokenCount":3,"totalTokenCount":15},"modelVersion":"gemini-x"})"_ba
            << "in 10 out 5 thoughts 3 cached 8 total 15 MAX_TOKENS gemini-x"_ba;
    QTest::newRow("OpenAI")
            << R"({"choices":[{"index":0,"finish_reason":"length","message":{"content":"x"}}],"model":"gemini-x","usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":3}}})"_ba
            << "in 10 out 5 thoughts 3 cached 8 total 15 length gemini-x"_ba;
    QTest::newRow("from several events")
            << "data: {\"modelVersion\":\"m\"}\n\ndata: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n"
               "data: {\"usageMetadata\":{\"promptTokenCount\":1}}\n\n"_ba
            << "in 1 out -1 thoughts -1 cached -1 total -1 STOP m"_ba;
    QTest::newRow("told twice in one") // as JSON is read elsewhere, too
            << R"({"usageMetadata":{"promptTokenCount":1},"modelVersion":"first","usageMetadata":{"promptTokenCount":2},"modelVersion":"last"})"_ba
            << "in 2 out -1 thoughts -1 cached -1 total -1  last"_ba;
    QTest::newRow("a reason in the arguments")
            << R"({"candidates":[{"content":{"parts":[{"functionCall":{"args":{"finishReason":"NO","modelVersion":"no"}}}]}}],"usageMetadata":{"promptTokenCount":1}})"_ba
            << "in 1 out -1 thoughts -1 cached -1 total -1  "_ba;
    QTest::newRow("names that are none") << R"({"candidates":[{"finishReason":7}],"modelVersion":")"_ba
                    + QByteArray(200, 'm') + R"("})"
                                         << "in -1 out -1 thoughts -1 cached -1 total -1  "_ba;
}

void TestTokenUsage::details()
{
    QFETCH(const QByteArray, end);
    QFETCH(const QByteArray, expected);
    QCOMPARE(saidWhole(usageAtEnd(end)), expected);
}

// Shapes like the recorded ones: a text that speaks of usage, sources and thoughts.
QByteArray TestTokenUsage::ownStream()
{
    QByteArray body;
    for (int i = 1; i <= 40; ++i) {
        const QByteArray n = QByteArray::number(i);
        body += "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"\\\"usageMetadata\\\": {\\\"promptTokenCount\\\": "
                + n + "} \\\\ \"}],\"role\": \"model\"}" + (i == 40 ? ",\"finishReason\": \"STOP\"" : "")
                + ",\"index\": 0,\"groundingMetadata\": {\"webSearchQueries\": [\"" + QByteArray(300, 'q')
                + "\"]}}],\"usageMetadata\": {\"promptTokenCount\": 11,\"candidatesTokenCount\": " + n
                + ",\"totalTokenCount\": " + QByteArray::number(11 + i + 70)
                + ",\"promptTokensDetails\": [{\"modality\": \"TEXT\",\"tokenCount\": 11}],\"thoughtsTokenCount\": 70},"
                  "\"modelVersion\": \"gemini-2.5-flash\"}\r\n\r\n";
    }
    return body;
}

QByteArray TestTokenUsage::ownUnary()
{
    QJsonArray answers;
    for (const QJsonObject &answer : answersIn(ownStream()))
        answers.append(answer);
    return QJsonDocument(answers.last().toObject()).toJson();
}

QByteArray TestTokenUsage::ownArray()
{
    QByteArray body;
    for (const QJsonObject &answer : answersIn(ownStream()))
        body += (body.isEmpty() ? "[" : ",\r\n") + QJsonDocument(answer).toJson();
    return body + ']';
}

void TestTokenUsage::wholeBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("own stream") << ownStream();
    QTest::newRow("own array") << ownArray();
    QTest::newRow("own unary") << ownUnary();
    const QDir recorded(QStringLiteral(RECORDED_DATA_DIR));
    if (!recorded.exists()) {
        qInfo("no recorded answers here: only the test's own are read");
        return;
    }
    for (const QString &folder : {u"streaming"_s, u"unary"_s}) {
        const QDir files(recorded.filePath(folder));
        const QStringList names = files.entryList(QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            QFile file(files.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QTest::newRow(qPrintable(name)) << file.readAll();
        }
    }
}

// Reads whole answers, as much of their ends as is kept, and pieces that begin or stop anywhere. What is found must be
// right, and where too little is left, nothing is better than something wrong.
void TestTokenUsage::wholeBodies()
{
    QFETCH(const QByteArray, body);
    const QList<QJsonObject> answers = answersIn(body);
    QVERIFY(!answers.isEmpty());
    const TokenUsage expected = expectedOf(answers);
    QCOMPARE(saidWhole(usageAtEnd(body)), saidWhole(expected));
    QCOMPARE(saidWhole(usageAtEnd(body.right(mostKept))), saidWhole(expected));
    QCOMPARE(saidWhole(usageAtEnd(body.right(leastKept))), saidWhole(expected));
    if (expected.isKnown() && expected.total >= 0)
        QCOMPARE(expected.input + std::max(0, expected.output), expected.total);

    QList<QByteArray> possible{said(TokenUsage{})};
    for (qsizetype i = 1; i <= answers.size(); ++i)
        possible.append(said(expectedOf(answers.first(i))));
    for (qsizetype size = 0; size <= std::min(body.size(), mostKept); size += 7) {
        const QByteArray found = said(usageAtEnd(body.right(size)));
        QVERIFY2(found == said(expected) || found == possible.constFirst(),
                 ("ends of " + QByteArray::number(size) + " bytes: " + found).constData());
    }
    for (qsizetype size = 0; size <= body.size(); size += 11) {
        const QByteArray found = said(usageAtEnd(body.first(size).right(leastKept)));
        QVERIFY2(possible.contains(found),
                 ("stopped after " + QByteArray::number(size) + " bytes: " + found).constData());
    }
}

// An event that is longer than what is kept still tells the usage, if that stands at its end. Usage further ahead is
// not known, and not guessed.
void TestTokenUsage::beyondWhatIsKept()
{
    const QByteArray usage = R"("usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4})"_ba;
    const QByteArray image = R"({"candidates":[{"finishReason":"STOP","content":{"parts":[{"inlineData":{"data":")"_ba
            + QByteArray(100'000, 'A') + R"("}}]}}])"_ba;
    for (const QByteArray &body : {"data: " + image + ',' + usage + "}\r\n\r\n", image + ',' + usage + "}\n"})
        QCOMPARE(saidWhole(usageAtEnd(body.right(leastKept))), "in 3 out 4 thoughts -1 cached -1 total -1  "_ba);
    const QByteArray early = "data: {" + usage + "}\r\n\r\ndata: " + image + "}\r\n\r\n";
    QVERIFY(!usageAtEnd(early.right(leastKept)).isKnown());
    QVERIFY(usageAtEnd(early).isKnown());
}

QTEST_APPLESS_MAIN(TestTokenUsage)
#include "tst_tokenusage.moc"
