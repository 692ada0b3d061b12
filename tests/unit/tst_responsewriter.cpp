#include "proxy/gate/responsewriter.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestResponseWriter : public QObject
{
    Q_OBJECT

private slots:
    void framing_data();
    void framing();
    void oneBehindTheOther();
    void headAlone();
    void switches();
};

void TestResponseWriter::framing_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("minorVersion");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("length"); // -1 = not known
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArrayList>("fields"); // those that frame
    QTest::addColumn<QByteArray>("body");

    const QByteArray kept = "Connection: keep-alive";
    const QByteArray time = "Keep-Alive: timeout=120";
    const QByteArray closed = "Connection: close";
    QTest::newRow("length") << "GET"_ba << 1 << 200 << 5 << false << QByteArrayList{"Content-Length: 5", kept, time}
                            << "hello"_ba;
    QTest::newRow("chunks") << "GET"_ba << 1 << 200 << -1 << false
                            << QByteArrayList{"Transfer-Encoding: chunked", kept, time} << "5\r\nhello\r\n0\r\n\r\n"_ba;
    QTest::newRow("last one") << "GET"_ba << 1 << 200 << -1 << true
                              << QByteArrayList{"Transfer-Encoding: chunked", closed} << "5\r\nhello\r\n0\r\n\r\n"_ba;
    QTest::newRow("HTTP/1.0") << "GET"_ba << 0 << 200 << -1 << false << QByteArrayList{closed} << "hello"_ba;
    QTest::newRow("HTTP/1.0, length") << "GET"_ba << 0 << 200 << 5 << false
                                      << QByteArrayList{"Content-Length: 5", kept, time} << "hello"_ba;
    QTest::newRow("HEAD") << "HEAD"_ba << 1 << 200 << 5 << false << QByteArrayList{"Content-Length: 5", kept, time}
                          << ""_ba;
    QTest::newRow("HEAD, length not known")
            << "HEAD"_ba << 1 << 200 << -1 << false << QByteArrayList{kept, time} << ""_ba;
    QTest::newRow("204") << "GET"_ba << 1 << 204 << 0 << false << QByteArrayList{kept, time} << ""_ba;
    QTest::newRow("304") << "GET"_ba << 1 << 304 << -1 << false << QByteArrayList{kept, time} << ""_ba;
}

void TestResponseWriter::framing()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, minorVersion);
    QFETCH(const int, status);
    QFETCH(const int, length);
    QFETCH(const bool, closes);
    QFETCH(const QByteArrayList, fields);
    QFETCH(const QByteArray, body);

    http::RequestHead request;
    request.method = method;
    request.minorVersion = minorVersion;
    ResponseWriter writer;
    writer.begin(status, {{"X-Own", "1"}}, length < 0 ? std::nullopt : std::optional<qint64>(length), request, "id",
                 {closes, 120s});
    QVERIFY(writer.hasBegun());
    QByteArray bytes = writer.piece("hello");
    bytes += writer.end();
    QVERIFY(!writer.hasBegun());
    QCOMPARE(writer.endsWithConnection(), fields.contains("Connection: close") && !closes);

    const qsizetype end = bytes.indexOf("\r\n\r\n");
    QByteArrayList lines;
    for (const QByteArray &line : bytes.first(end).split('\n'))
        lines.append(line.trimmed());
    QVERIFY(lines.takeFirst().startsWith("HTTP/1.1 " + QByteArray::number(status)));
    QVERIFY(lines.removeOne("X-Own: 1"_ba));
    QVERIFY(lines.removeOne("X-Request-Id: id"_ba));
    QVERIFY(lines.removeIf([](const QByteArray &line) { return line.startsWith("Date: "); }) == 1);
    QCOMPARE(lines, fields);
    QCOMPARE(bytes.sliced(end + 4), body);
}

void TestResponseWriter::oneBehindTheOther()
{
    http::RequestHead old;
    old.method = "GET";
    old.minorVersion = 0;
    http::RequestHead request;
    request.method = "GET";
    ResponseWriter writer;
    writer.begin(200, {}, std::nullopt, old, "1", {false, 120s});
    (void)writer.end();
    writer.begin(200, {}, 2, request, "2", {false, 120s});
    QVERIFY(!writer.endsWithConnection()); // that was the one before
    QVERIFY(writer.piece("ab").endsWith("\r\n\r\nab"));
    QCOMPARE(writer.end(), ""_ba);
}

void TestResponseWriter::headAlone()
{
    http::RequestHead request;
    request.method = "GET";
    ResponseWriter writer;
    writer.begin(200, {}, std::nullopt, request, "id", {false, 120s});
    const qsizetype size = writer.size();
    QVERIFY(size > 0);
    QCOMPARE(writer.takeHead().size(), size);
    QCOMPARE(writer.size(), 0);
    QCOMPARE(writer.piece("x"), "1\r\nx\r\n"_ba);
    QCOMPARE(writer.end(), "0\r\n\r\n"_ba);
}

void TestResponseWriter::switches()
{
    const QByteArray head = ResponseWriter::switchHead({{"Upgrade", "websocket"}}, "id");
    QVERIFY(head.startsWith("HTTP/1.1 101 "));
    QVERIFY(head.contains("\r\nUpgrade: websocket\r\n"));
    QVERIFY(head.contains("\r\nX-Request-Id: id\r\n"));
    QVERIFY(head.contains("\r\nDate: "));
    QVERIFY(!head.contains("Transfer-Encoding"));
}

QTEST_APPLESS_MAIN(TestResponseWriter)
#include "tst_responsewriter.moc"
