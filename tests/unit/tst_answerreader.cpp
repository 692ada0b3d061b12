#include "app/cli/answerreader.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestAnswerReader : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void textComesAtOnce();
};

namespace {

QByteArray eventOf(const QByteArray &json)
{
    return "data: " + json + "\r\n\r\n";
}

QByteArray textEvent(const QByteArray &text, const QByteArray &rest = {})
{
    return eventOf("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text + "\"}]}" + rest
                   + ",\"index\":0}]}");
}

} // namespace

void TestAnswerReader::reads_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("intact");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<QString>("message"); // a part of it; "" = none

    const QByteArray stop = textEvent(" end", ",\"finishReason\":\"STOP\"");
    QTest::newRow("whole") << textEvent("Grüße") + stop << true << u"Grüße end"_s << true << u""_s;
    QTest::newRow("several parts, thoughts left out")
            << eventOf("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},"
                       "{\"text\":\"a\"},{\"functionCall\":{\"name\":\"f\"}},{},{\"text\":\"b\"}]},"
                       "\"finishReason\":\"STOP\"}]}")
            << true << u"ab"_s << true << u""_s;
    QTest::newRow("the first candidate counts")
            << eventOf("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                       "{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}")
                    + stop
            << true << u"a end"_s << true << u""_s;
    QTest::newRow("events without text") << eventOf("{\"usageMetadata\":{}}") + eventOf("{\"candidates\":[{}]}")
                    + eventOf("[]") + stop
                                         << true << u" end"_s << true << u""_s;
    QTest::newRow("the reason alone in the last event")
            << textEvent("a") + eventOf("{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{}}") << true
            << u"a"_s << true << u""_s;
    QTest::newRow("no reason") << textEvent("a") << true << u"a"_s << false << u"may be cut"_s;

    QTest::newRow("too many tokens") << textEvent("a", ",\"finishReason\":\"MAX_TOKENS\"") << true << u"a"_s << true
                                     << u"MAX_TOKENS"_s;
    QTest::newRow("safety") << textEvent("a") + eventOf("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}") << true
                            << u"a"_s << false << u"(SAFETY)"_s;
    QTest::newRow("unknown reason with a message")
            << eventOf("{\"candidates\":[{\"finishReason\":\"NEW_ONE\",\"finishMessage\":\"because\"}]}") << true
            << u""_s << false << u"(NEW_ONE): because"_s;
    QTest::newRow("blocked prompt") << eventOf("{\"promptFeedback\":{\"blockReason\":\"OTHER\"}}") << true << u""_s
                                    << false << u"blocked the prompt (OTHER)"_s;
    QTest::newRow("no text") << eventOf("{\"candidates\":[{\"finishReason\":\"STOP\"}]}") << true << u""_s << false
                             << u"no text"_s;
    QTest::newRow("nothing") << ""_ba << true << u""_s << false << u"no text"_s;

    QTest::newRow("[DONE] at the end") << textEvent("a") + stop + eventOf("[DONE]") << true << u"a end"_s << true
                                       << u""_s;
    QTest::newRow("an event that is no JSON")
            << textEvent("a") + eventOf("{\"cand") + stop << true << u"a end"_s << false << u"gap"_s;
    QTest::newRow("broken off") << textEvent("a") << false << u"a"_s << false << u"broke off"_s;
    QTest::newRow("broken off behind the reason") << stop << false << u" end"_s << false << u"broke off"_s;
    QTest::newRow("the last event lacks its empty line") << stop.chopped(2) << true << u" end"_s << true << u""_s;
    QTest::newRow("the last event lacks its line end") << stop.chopped(4) << true << u" end"_s << true << u""_s;
    QTest::newRow("half an event") << textEvent("a") + stop.chopped(4) << false << u"a"_s << false << u"broke off"_s;
    QTest::newRow("error event") << textEvent("a") + "event: error\r\n"
                    + eventOf("{\"error\":{\"code\":502,\"message\":\"gone\"}}")
                                 << false << u"a"_s << false << u"gone"_s;
    QTest::newRow("error event of another shape")
            << textEvent("a") + "event: error\r\n" + eventOf("what") << false << u"a"_s << false << u"error"_s;
    QTest::newRow("error as data") << textEvent("a") + eventOf("{\"error\":{\"message\":\"overloaded\"}}") << true
                                   << u"a"_s << false << u"overloaded"_s;
    QTest::newRow("bare error, as Gemini sends it")
            << textEvent("a") + "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"overloaded\"\n  }\n}\n"
            << true << u"a"_s << false << u"overloaded"_s;
    QTest::newRow("bare error without a line end") << textEvent("a") + "{\"error\":{\"message\":\"overloaded\"}}"
                                                   << true << u"a"_s << false << u"overloaded"_s;
}

void TestAnswerReader::reads()
{
    QFETCH(QByteArray, stream);
    QFETCH(bool, intact);
    QFETCH(QString, text);
    QFETCH(bool, whole);
    QFETCH(QString, message);

    AnswerReader reader;
    QString got;
    for (const char c : stream)
        got += reader.feed(QByteArrayView(&c, 1));
    got += reader.finish(intact);
    QCOMPARE(got, text);
    const auto outcome = reader.outcome();
    QCOMPARE(outcome.whole, whole);
    QCOMPARE(outcome.message.isEmpty(), message.isEmpty());
    QVERIFY2(outcome.message.contains(message), qPrintable(outcome.message));
}

void TestAnswerReader::textComesAtOnce()
{
    AnswerReader reader;
    QCOMPARE(reader.feed(textEvent("a")), u"a"_s);
    QCOMPARE(reader.feed(textEvent("b") + textEvent("c")), u"bc"_s);
}

QTEST_GUILESS_MAIN(TestAnswerReader)
#include "tst_answerreader.moc"
