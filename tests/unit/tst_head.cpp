#include "proxy/http/head.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace http;

namespace {

// What findHeadEnd says of bytes: the head's length, 0 = more needed, or minus the error's status.
qsizetype outcome(const Expected<qsizetype, HeadError> &result)
{
    return result ? *result : -result.error().status;
}

// As if the bytes came in pieces that end at the given offsets; stops at the first answer.
qsizetype outcomeInPieces(const QByteArray &bytes, const QList<qsizetype> &ends, const HeadLimits &limits)
{
    qsizetype scanned = 0;
    qsizetype result = 0;
    for (const qsizetype end : ends) {
        result = outcome(findHeadEnd(QByteArrayView(bytes).first(end), scanned, limits));
        if (result != 0)
            break;
    }
    return result;
}

} // namespace

// What requests and responses have in common: where a head ends, its field lines, and the fields
// that frame the body (RFC 9112, sections 2.2, 5 and 6).
class TestHead : public QObject
{
    Q_OBJECT

private slots:
    void headEnd_data();
    void headEnd();
    void headEndInPieces_data() { headEnd_data(); }
    void headEndInPieces();
    void headEndLooksAtEachByteOnce();
    void headEndErrorStays();
    void headEndLimits_data();
    void headEndLimits();
    void fields_data();
    void fields();
    void fieldLimit();
    void fieldLinesEndAtTheEmptyLine();
    void framing_data();
    void framing();
};

void TestHead::headEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("expected");

    const auto small = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba;
    const auto row = [](const char *name, const QByteArray &bytes, qsizetype expected) {
        QTest::newRow(name) << bytes << expected;
    };
    row("whole", small, small.size());
    row("body behind", small + "\r\n\r\nbody\n\0"_ba, small.size());
    row("no fields", "HTTP/1.1 200 OK\r\n\r\n"_ba, 19);
    row("empty", ""_ba, 0);
    row("start line only", "GET / HTTP/1.1\r\n"_ba, 0);
    row("one byte short", small.chopped(1), 0);
    row("CR is the last so far", small.chopped(3), 0);
    row("empty line only", "\r\n\r\n"_ba, 4);
    row("one CR LF", "\r\n"_ba, 0);
    row("bare LF", "GET / HTTP/1.1\nHost: a\n\n"_ba, -400);
    row("bare LF in one line", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"_ba, -400);
    row("bare LF as empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n"_ba, -400);
    row("LF first", "\nGET / HTTP/1.1\r\n\r\n"_ba, -400);
    row("bare CR", "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n"_ba, -400);
    row("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"_ba, -400);
    row("bare CR at the end", "GET / HTTP/1.1\r\nHost: a\r\n\rX"_ba, -400);
    row("CR first", "\rGET / HTTP/1.1\r\n\r\n"_ba, -400);
    row("NUL in the start line", "GET /\0 HTTP/1.1\r\n\r\n"_ba, -400);
    row("NUL in a value", "GET / HTTP/1.1\r\nX: a\0b\r\n\r\n"_ba, -400);
    row("NUL between CR and LF", "GET / HTTP/1.1\r\0\n\r\n"_ba, -400);
    row("NUL first", "\0"_ba, -400);
    row("TLS hello", "\x16\x03\x01\x02\x00\x01\x00"_ba, -400);
}

void TestHead::headEnd()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qsizetype, expected);
    qsizetype scanned = 0;
    QCOMPARE(outcome(findHeadEnd(bytes, scanned, {})), expected);
}

void TestHead::headEndInPieces()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qsizetype, expected);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
        QCOMPARE(outcomeInPieces(bytes, {cut, bytes.size()}, {}), expected);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        for (qsizetype second = cut; second <= bytes.size(); ++second)
            QCOMPARE(outcomeInPieces(bytes, {cut, second, bytes.size()}, {}), expected);
    }
    QList<qsizetype> everyByte;
    for (qsizetype end = 0; end <= bytes.size(); ++end)
        everyByte.append(end);
    QCOMPARE(outcomeInPieces(bytes, everyByte, {}), expected);
}

void TestHead::headEndLooksAtEachByteOnce()
{
    const auto head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba;
    qsizetype scanned = 0;
    for (qsizetype end = 1; end < head.size(); ++end) {
        QCOMPARE(outcome(findHeadEnd(QByteArrayView(head).first(end), scanned, {})), 0);
        QCOMPARE(scanned, end);
    }
}

void TestHead::headEndErrorStays()
{
    QByteArray bytes = "GET / HTTP/1.1\nHost: a"_ba;
    qsizetype scanned = 0;
    QCOMPARE(outcome(findHeadEnd(bytes, scanned, {})), -400);
    bytes += "\r\n\r\n"_ba;
    QCOMPARE(outcome(findHeadEnd(bytes, scanned, {})), -400);
    QCOMPARE(outcome(findHeadEnd(bytes, scanned, {})), -400);
}

void TestHead::headEndLimits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("limit");
    QTest::addColumn<qsizetype>("expected");

    const auto head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"_ba;
    QTest::newRow("exactly") << head << head.size() << head.size();
    QTest::newRow("exactly, body behind") << head + "body"_ba << head.size() << head.size();
    QTest::newRow("one too many") << head << head.size() - 1 << qsizetype{-431};
    QTest::newRow("not yet too many") << QByteArray(100, 'a') << qsizetype{100} << qsizetype{0};
    // RFC 9112, section 3: who cannot take the target says 414
    QTest::newRow("endless start line") << QByteArray(101, 'a') << qsizetype{100} << qsizetype{-414};
    QTest::newRow("endless field") << "GET / HTTP/1.1\r\nX: "_ba + QByteArray(100, 'a') << qsizetype{100}
                                   << qsizetype{-431};
    // What came first decides
    QTest::newRow("NUL beyond the limit") << QByteArray(100, 'a') + "\0"_ba << qsizetype{100} << qsizetype{-414};
    QTest::newRow("NUL within the limit")
            << QByteArray(50, 'a') + "\0"_ba + QByteArray(100, 'a') << qsizetype{100} << qsizetype{-400};
}

void TestHead::headEndLimits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const qsizetype, limit);
    QFETCH(const qsizetype, expected);
    const HeadLimits limits{limit, 128};
    QCOMPARE(outcomeInPieces(bytes, {bytes.size()}, limits), expected);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut)
        QCOMPARE(outcomeInPieces(bytes, {cut, bytes.size()}, limits), expected);
}

void TestHead::fields_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("error");               // 0 = none
    QTest::addColumn<QByteArrayList>("expected"); // name, value, name, value ...

    const auto good = [](const char *name, const QByteArray &lines, const QByteArrayList &expected) {
        QTest::newRow(name) << lines << 0 << expected;
    };
    const auto bad = [](const char *name, const QByteArray &lines) {
        QTest::newRow(name) << lines << 400 << QByteArrayList{};
    };
    good("none", "\r\n"_ba, {});
    good("one", "Host: a\r\n\r\n"_ba, {"Host"_ba, "a"_ba});
    good("order and case kept", "b: 2\r\nA: 1\r\nB: 3\r\n\r\n"_ba, {"b"_ba, "2"_ba, "A"_ba, "1"_ba, "B"_ba, "3"_ba});
    good("no space", "Host:a\r\n\r\n"_ba, {"Host"_ba, "a"_ba});
    good("spaces and tabs around", "Host: \t a b \t \r\n\r\n"_ba, {"Host"_ba, "a b"_ba});
    good("empty value", "X:\r\nY: \t\r\n\r\n"_ba, {"X"_ba, ""_ba, "Y"_ba, ""_ba});
    good("colons in the value", "Host: [::1]:80\r\n\r\n"_ba, {"Host"_ba, "[::1]:80"_ba});
    good("tab in the value", "X: a\tb\r\n\r\n"_ba, {"X"_ba, "a\tb"_ba});
    good("obs-text", "X: gr\xc3\xbc\xff\r\n\r\n"_ba, {"X"_ba, "gr\xc3\xbc\xff"_ba});
    good("every tchar", "!#$%&'*+-.^_`|~09azAZ: x\r\n\r\n"_ba, {"!#$%&'*+-.^_`|~09azAZ"_ba, "x"_ba});

    bad("space before the colon", "Host : a\r\n\r\n"_ba);
    bad("tab before the colon", "Host\t: a\r\n\r\n"_ba);
    bad("space ahead of the first", " Host: a\r\n\r\n"_ba);
    bad("obs-fold", "X: a\r\n b\r\n\r\n"_ba);
    bad("obs-fold by tab", "X: a\r\n\tb\r\n\r\n"_ba);
    bad("obs-fold that looks like a field", "X: a\r\n Content-Length: 5\r\n\r\n"_ba);
    bad("white space only", "X: a\r\n \r\n\r\n"_ba);
    bad("no colon", "Host\r\n\r\n"_ba);
    bad("no name", ": a\r\n\r\n"_ba);
    bad("second line has no colon", "Host: a\r\nnonsense\r\n\r\n"_ba);
    bad("space in the name", "Content Length: 5\r\n\r\n"_ba);
    bad("quotes in the name", "\"X\": 5\r\n\r\n"_ba);
    bad("brackets in the name", "X[]: 5\r\n\r\n"_ba);
    bad("UTF-8 in the name", "Gr\xc3\xbc\xc3\x9f: a\r\n\r\n"_ba);
    bad("NUL in the name", "X\0Y: a\r\n\r\n"_ba);
    bad("NUL in the value", "X: a\0b\r\n\r\n"_ba);
    bad("bare CR in the value", "X: a\rb\r\n\r\n"_ba);
    bad("bare LF in the value", "X: a\nb\r\n\r\n"_ba);
    bad("bare LF hides a field", "X: a\nContent-Length: 5\r\n\r\n"_ba);
    bad("ESC in the value", "X: a\x1b[2J\r\n\r\n"_ba);
    bad("DEL in the value", "X: a\x7f\r\n\r\n"_ba);
    bad("vertical tab behind the value", "X: a\v\r\n\r\n"_ba);
    bad("no line end", "Host: a"_ba);
}

void TestHead::fields()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const int, error);
    QFETCH(const QByteArrayList, expected);

    const Expected<Fields, HeadError> result = parseFields(lines, {});
    QCOMPARE(result ? 0 : result.error().status, error);
    if (!result) {
        QVERIFY(!QByteArrayView(result.error().reason).isEmpty());
        return;
    }
    QByteArrayList flat;
    for (const Field &field : *result)
        flat << field.name << field.value;
    QCOMPARE(flat, expected);
}

void TestHead::fieldLimit()
{
    QByteArray lines;
    for (int i = 0; i < 3; ++i)
        lines += "X: y\r\n"_ba;
    lines += "\r\n"_ba;

    const auto exact = parseFields(lines, HeadLimits{1000, 3});
    QVERIFY(exact);
    QCOMPARE(exact->size(), 3);
    const auto tooMany = parseFields(lines, HeadLimits{1000, 2});
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().status, 431);
}

void TestHead::fieldLinesEndAtTheEmptyLine()
{
    const auto result = parseFields("A: 1\r\n\r\nB: 2\r\n\r\n"_ba, {});
    QVERIFY(result);
    QCOMPARE(result->size(), 1);
}

void TestHead::framing_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("minorVersion");
    QTest::addColumn<QByteArray>("expected"); // none, chunked, a length, or the error's status

    const auto row = [](const char *name, const QByteArray &lines, const QByteArray &expected, int minorVersion = 1) {
        QTest::newRow(name) << lines << minorVersion << expected;
    };
    row("none", ""_ba, "none"_ba);
    row("none, HTTP/1.0", ""_ba, "none"_ba, 0);
    row("length", "Content-Length: 5\r\n"_ba, "5"_ba);
    row("length, HTTP/1.0", "Content-Length: 5\r\n"_ba, "5"_ba, 0);
    row("zero", "Content-Length: 0\r\n"_ba, "0"_ba);
    row("leading zeros", "content-length: 005\r\n"_ba, "5"_ba);
    row("very long", "Content-Length: 9223372036854775807\r\n"_ba, "9223372036854775807"_ba);
    row("twice the same", "Content-Length: 5\r\nX: y\r\ncontent-length: 5\r\n"_ba, "5"_ba);
    row("twice, differs", "Content-Length: 5\r\nContent-Length: 6\r\n"_ba, "error 400"_ba);
    row("three times, the last differs", "Content-Length: 5\r\nContent-Length: 5\r\nContent-Length: 50\r\n"_ba,
        "error 400"_ba);
    row("good and bad", "Content-Length: 5\r\nContent-Length: x\r\n"_ba, "error 400"_ba);
    row("list that differs", "Content-Length: 5, 6\r\n"_ba, "error 400"_ba);
    row("list", "Content-Length: 5, 5\r\n"_ba, "error 400"_ba);
    row("negative", "Content-Length: -5\r\n"_ba, "error 400"_ba);
    row("plus", "Content-Length: +5\r\n"_ba, "error 400"_ba);
    row("word", "Content-Length: abc\r\n"_ba, "error 400"_ba);
    row("hexadecimal", "Content-Length: 0x5\r\n"_ba, "error 400"_ba);
    row("empty", "Content-Length:\r\n"_ba, "error 400"_ba);
    row("space inside", "Content-Length: 5 0\r\n"_ba, "error 400"_ba);
    row("2^63", "Content-Length: 9223372036854775808\r\n"_ba, "error 400"_ba);
    row("2^64 - 1", "Content-Length: 18446744073709551615\r\n"_ba, "error 400"_ba);
    row("2^64 + 5", "Content-Length: 18446744073709551621\r\n"_ba, "error 400"_ba);

    row("chunked", "Transfer-Encoding: chunked\r\n"_ba, "chunked"_ba);
    row("chunked, other case", "transfer-encoding: \tChunKed \r\n"_ba, "chunked"_ba);
    row("chunked, HTTP/1.0", "Transfer-Encoding: chunked\r\n"_ba, "error 400"_ba, 0);
    row("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"_ba, "error 400"_ba);
    row("length and chunked", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"_ba, "error 400"_ba);
    // RFC 9112, section 6.3: where chunked is not the last, nobody knows where the body ends
    row("xchunked", "Transfer-Encoding: xchunked\r\n"_ba, "error 400"_ba);
    row("identity", "Transfer-Encoding: identity\r\n"_ba, "error 400"_ba);
    row("gzip", "Transfer-Encoding: gzip\r\n"_ba, "error 400"_ba);
    row("chunked, then gzip", "Transfer-Encoding: chunked, gzip\r\n"_ba, "error 400"_ba);
    row("chunked, then identity in another field", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"_ba,
        "error 400"_ba);
    row("empty coding", "Transfer-Encoding:\r\n"_ba, "error 400"_ba);
    row("quoted", "Transfer-Encoding: \"chunked\"\r\n"_ba, "error 400"_ba);
    row("with parameter", "Transfer-Encoding: chunked;q=1\r\n"_ba, "error 400"_ba);
    // Section 6.1: a coding that is not understood
    row("gzip, then chunked", "Transfer-Encoding: gzip, chunked\r\n"_ba, "error 501"_ba);
    row("gzip, then chunked in another field", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"_ba,
        "error 501"_ba);
    row("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"_ba, "error 501"_ba);
    row("empty item", "Transfer-Encoding: ,chunked\r\n"_ba, "error 501"_ba);
    row("gzip and length", "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"_ba, "error 400"_ba);

    row("names that look alike", "X-Content-Length: 5\r\nContent-Lengt: 6\r\n"_ba, "none"_ba);
}

void TestHead::framing()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const int, minorVersion);
    QFETCH(const QByteArray, expected);

    const Expected<Fields, HeadError> fields = parseFields(lines + "\r\n"_ba, {});
    QVERIFY(fields);
    const Expected<Framing, HeadError> result = parseFraming(*fields, minorVersion);
    QByteArray actual;
    if (!result) {
        actual = "error "_ba + QByteArray::number(result.error().status);
        QVERIFY(!QByteArrayView(result.error().reason).isEmpty());
    } else {
        switch (result->kind) {
        case Framing::Kind::None:
            actual = "none"_ba;
            break;
        case Framing::Kind::Chunked:
            actual = "chunked"_ba;
            break;
        case Framing::Kind::Length:
            actual = QByteArray::number(result->length);
            break;
        }
    }
    QCOMPARE(actual, expected);
}

QTEST_APPLESS_MAIN(TestHead)
#include "tst_head.moc"
