#include "proxy/usage.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestUsage : public QObject
{
    Q_OBJECT

private slots:
    void usage_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::addColumn<int>("input");
        QTest::addColumn<int>("output");

        const auto row = [](const char *name, const QByteArray &end, int input, int output) {
            QTest::newRow(name) << end << input << output;
        };
        row("nothing", ""_ba, -1, -1);
        row("no usage", R"(data: {"candidates":[]})"_ba, -1, -1);
        row("stream", "data: {\"usageMetadata\": {\"promptTokenCount\": 4,\"totalTokenCount\": 4}}\r\n\r\n"
                      "data: {\"usageMetadata\": {\"promptTokenCount\": 4,\"candidatesTokenCount\": 12}}\r\n\r\n"_ba,
            4, 12);
        row("thoughts", R"({"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"thoughtsTokenCount":30}})"_ba,
            1, 32);
        row("thoughts alone", R"({"usageMetadata":{"promptTokenCount":1,"thoughtsTokenCount":30}})"_ba, 1, 30);
        row("input alone", R"({"usageMetadata":{"promptTokenCount":7}})"_ba, 7, -1);
        row("nested", R"({"usageMetadata": {"promptTokensDetails":[{"modality":"TEXT","tokenCount":8}], "promptTokenCount":8,"candidatesTokenCount":1}, "modelVersion":"m"})"_ba, 8, 1);
        row("braces in a string", "{\"usageMetadata\":{\"x\":\"}\\\"}{\",\"promptTokenCount\":8}}"_ba, 8, -1);
        row("begins in the middle", "nCount\":1}} data: {\"usageMetadata\":{\"promptTokenCount\":9}}"_ba, 9, -1);
        row("cut", "{\"usageMetadata\":{\"promptTokenCount\":5}} data: {\"usageMetadata\":{\"promptTok"_ba, 5, -1);
        row("said in a text", "{\"text\":\"\\\"usageMetadata\\\": {\\\"promptTokenCount\\\": 99}\"}"_ba, -1, -1);
        row("not an object", R"({"usageMetadata": null})"_ba, -1, -1);
        row("not a number", R"({"usageMetadata": {"promptTokenCount": "many"}})"_ba, -1, -1);
    }

    void usage()
    {
        QFETCH(const QByteArray, end);
        QFETCH(const int, input);
        QFETCH(const int, output);
        const TokenUsage found = usageAtEnd(end);
        QCOMPARE(found.input, input);
        QCOMPARE(found.output, output);
        QCOMPARE(found.isKnown(), input >= 0 || output >= 0);
    }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
