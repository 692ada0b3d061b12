#include "proxy/gemini/eventstreamparser.h"

#include "tests/support/folders.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

using Events = QList<ServerSentEvent>;
Q_DECLARE_METATYPE(ServerSentEvent)

namespace {

ServerSentEvent message(const QByteArray &data, const QByteArray &id = {})
{
    return {"message"_ba, data, id};
}

} // namespace

// WHATWG HTML, section 9.2.6.
class TestSseParser : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void anyTwoPieces_data() { parses_data(); }
    void anyTwoPieces();
    void byteByByte_data() { parses_data(); }
    void byteByByte();
    void eventComesWithItsLineEnd();
    void finishes_data();
    void finishes();
    void keepsStrayText_data();
    void keepsStrayText();
    void strayTextIsBounded();
    void limits_data();
    void limits();
    void staysFailed();
    void recordedStreams();
};

void TestSseParser::parses_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");

    QTest::newRow("nothing") << ""_ba << Events{};
    QTest::newRow("one") << "data: a\n\n"_ba << Events{message("a")};
    QTest::newRow("CRLF, as Gemini sends") << "data: {\"a\":1}\r\n\r\ndata: {\"b\":2}\r\n\r\n"_ba
                                           << Events{message("{\"a\":1}"), message("{\"b\":2}")};
    QTest::newRow("CR") << "data: a\r\rdata: b\r\r"_ba << Events{message("a"), message("b")};
    QTest::newRow("mixed line ends") << "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n"_ba
                                     << Events{message("a"), message("b"), message("c")};
    QTest::newRow("the stream ends too early") << "data: a\n\ndata: b\n"_ba << Events{message("a")};
    QTest::newRow("one space is taken off") << "data:  a\n\ndata:b\n\n"_ba << Events{message(" a"), message("b")};
    QTest::newRow("a tab is not") << "data:\ta\n\n"_ba << Events{message("\ta")};
    QTest::newRow("colons in data") << "data: a: b:c\n\n"_ba << Events{message("a: b:c")};
    QTest::newRow("several data lines") << "data: a\ndata: b\ndata:\ndata: c\n\n"_ba << Events{message("a\nb\n\nc")};
    QTest::newRow("several lines with CRLF")
            << "event: e\r\ndata: a\r\ndata: b\r\n\r\n"_ba << Events{{"e", "a\nb", ""}};
    QTest::newRow("empty data") << "data\n\ndata:\n\ndata\ndata\n\n"_ba
                                << Events{message(""), message(""), message("\n")};
    QTest::newRow("no data, no event") << "event: a\n\nid: 1\n\n\n\ndata: b\n\n"_ba << Events{message("b", "1")};
    QTest::newRow("type") << "event: error\ndata: a\n\ndata: b\n\n"_ba << Events{{"error", "a", ""}, message("b")};
    QTest::newRow("the last type counts") << "event: a\nevent: b\ndata: c\n\n"_ba << Events{{"b", "c", ""}};
    QTest::newRow("id stays") << "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n"_ba
                              << Events{message("a", "1"), message("b", "1"), message("c")};
    QTest::newRow("id with NUL") << "id: 1\nid: 2\0003\ndata: a\n\n"_ba << Events{message("a", "1")};
    QTest::newRow("comments") << ": hello\n:\n\ndata: a\n: between\ndata: b\n\n"_ba << Events{message("a\nb")};
    QTest::newRow("retry") << "retry: 10\ndata: a\n\n"_ba << Events{message("a")};
    QTest::newRow("unknown fields") << "dat: x\nData: y\n data: z\ndata : w\ndata: a\n\n"_ba << Events{message("a")};
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF"
                                        "data: a\n\n\xEF\xBB\xBF"
                                        "data: b\n\n"_ba
                                     << Events{message("a")};
    QTest::newRow("byte order mark alone") << "\xEF\xBB\xBF\n\ndata: a\n\n"_ba << Events{message("a")};
    QTest::newRow("UTF-8") << "data: Grüße 🌍\n\n"_ba << Events{message("Grüße 🌍")};
    QTest::newRow("binary") << "data: \0\xff\n\n"_ba << Events{message("\0\xff"_ba)};
    QTest::newRow("error in the middle, as Gemini sends it")
            << "data: a\r\n\r\n{\n  \"error\": {\n    \"code\": 503\n  }\n}\n"_ba << Events{message("a")};
}

void TestSseParser::parses()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    EventStreamParser parser;
    QCOMPARE(parser.feed(stream), events);
    QVERIFY(!parser.failed());
}

void TestSseParser::anyTwoPieces()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    for (qsizetype split = 0; split <= stream.size(); ++split) {
        EventStreamParser parser;
        Events got = parser.feed(QByteArrayView(stream).first(split));
        got += parser.feed(QByteArrayView(stream).sliced(split));
        QVERIFY2(got == events, QByteArray::number(split).constData());
    }
}

void TestSseParser::byteByByte()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    EventStreamParser parser;
    Events got;
    for (const char c : stream)
        got += parser.feed(QByteArrayView(&c, 1));
    QCOMPARE(got, events);
}

// Nobody has to wait for the LF that may follow a CR.
void TestSseParser::eventComesWithItsLineEnd()
{
    EventStreamParser parser;
    QCOMPARE(parser.feed("data: a\r\n"), Events{});
    QCOMPARE(parser.feed("\r"), Events{message("a")});
    QCOMPARE(parser.feed("\ndata: b\r\n\r\n"), Events{message("b")});
}

void TestSseParser::finishes_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events"); // that finish() adds

    QTest::newRow("nothing") << ""_ba << Events{};
    QTest::newRow("whole") << "data: a\r\n\r\n"_ba << Events{};
    QTest::newRow("whole, half a line end") << "data: a\r\n\r"_ba << Events{};
    QTest::newRow("no empty line") << "event: e\ndata: a\n\nid: 1\nevent: f\ndata: b\r\n"_ba << Events{{"f", "b", "1"}};
    QTest::newRow("no line end") << "data: a\ndata: b"_ba << Events{message("a\nb")};
    QTest::newRow("no data") << "data: a\n\nevent: b"_ba << Events{};
}

void TestSseParser::finishes()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    EventStreamParser parser;
    std::ignore = parser.feed(stream);
    QCOMPARE(parser.finish(), events);
    QCOMPARE(parser.finish(), Events{});
}

void TestSseParser::keepsStrayText_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("none") << "data: a\n\nevent: b\nid: 1\nretry: 1\n: c\n\n"_ba
                          << ""_ba;
    QTest::newRow("bare JSON") << "data: a\r\n\r\n{\r\n  \"error\": 1\r\n}\r\n"_ba
                               << "{\n  \"error\": 1\n}\n"_ba;
    QTest::newRow("bare JSON without a line end") << "data: a\n\n{\n}"_ba
                                                  << "{\n}"_ba;
}

void TestSseParser::keepsStrayText()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, text);
    EventStreamParser parser;
    std::ignore = parser.feed(stream);
    QCOMPARE(parser.strayText(), text);
    std::ignore = parser.finish();
    QCOMPARE(parser.strayText().trimmed(), text.trimmed());
}

void TestSseParser::strayTextIsBounded()
{
    EventStreamParser parser;
    for (int i = 0; i < 100; ++i)
        std::ignore = parser.feed(QByteArray(10'000, 'x') + '\n');
    QVERIFY(!parser.failed());
    QVERIFY(!parser.strayText().isEmpty());
    QVERIFY(parser.strayText().size() <= 64 * 1024);
}

void TestSseParser::limits_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("fails");

    // The limit of these rows is 16 bytes.
    QTest::newRow("line as long as may be") << "data: 9876543210\n\n"_ba << false;
    QTest::newRow("line too long") << "data: 9876543210a\n\n"_ba << true;
    QTest::newRow("line too long, without an end") << "data: 9876543210a"_ba << true;
    QTest::newRow("comment too long") << ": 345678901234567\n"_ba << true;
    QTest::newRow("event as large as may be") << "data: 9876543\ndata: 76543210\n\n"_ba << false;
    QTest::newRow("event too large") << "data: 9876543\ndata: 876543210\n\n"_ba << true;
    QTest::newRow("several events are no sum") << "data: 9876543\n\ndata: 987654321\n\n"_ba << false;
}

void TestSseParser::limits()
{
    QFETCH(QByteArray, stream);
    QFETCH(bool, fails);
    {
        EventStreamParser parser(16);
        std::ignore = parser.feed(stream);
        QCOMPARE(parser.failed(), fails);
    }
    EventStreamParser parser(16);
    for (const char c : stream)
        std::ignore = parser.feed(QByteArrayView(&c, 1));
    QCOMPARE(parser.failed(), fails);
}

void TestSseParser::staysFailed()
{
    EventStreamParser parser(16);
    QCOMPARE(parser.feed("data: a\n\ndata: 0123456789abcdef\n\ndata: b\n\n"), Events{message("a")});
    QVERIFY(parser.failed());
    QCOMPARE(parser.feed("\n\ndata: c\n\n"), Events{});
    QVERIFY(parser.failed());
}

void TestSseParser::recordedStreams()
{
    const QDir folder(QStringLiteral(RECORDED_DATA_DIR "/streaming"));
    if (!folder.exists()) {
        qInfo("The recorded streams are not here: nothing to compare with.");
        return;
    }
    const QStringList names = folder.entryList({u"streaming-success-*.txt"_s}, QDir::Files);
    QVERIFY(!names.isEmpty());
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray stream = file.readAll();
        EventStreamParser parser;
        Events events = parser.feed(stream);
        events += parser.finish();
        QVERIFY2(events.size() == stream.count("data: "), qPrintable(name));
        QVERIFY2(parser.strayText().isEmpty(), qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_eventstreamparser.moc"
