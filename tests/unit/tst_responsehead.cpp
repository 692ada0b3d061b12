#include "proxy/http/responsehead.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace http;

namespace {

Expected<ResponseHead, HeadError> parse(const QByteArray &head)
{
    return parseResponseHead(head, {});
}

} // namespace

// A response's head, RFC 9112, section 4, and where its body ends, section 6.3.
class TestResponseHead : public QObject
{
    Q_OBJECT

private slots:
    void statusLine_data();
    void statusLine();
    void badFields_data();
    void badFields();
    void tooManyFields();
    void keepAlive_data();
    void keepAlive();
    void framing_data();
    void framing();
    void reasonPhrases();
    void serializes();
    void serializesWithoutReason();
    void cannotBeMadeToInject_data();
    void cannotBeMadeToInject();
    void serializesWhatItParses();
};

void TestResponseHead::statusLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status"); // 0 = refused
    QTest::addColumn<QByteArray>("reason");

    const auto good = [](const char *name, const QByteArray &line, int status, const QByteArray &reason) {
        QTest::newRow(name) << line << status << reason;
    };
    const auto bad = [](const char *name, const QByteArray &line) { QTest::newRow(name) << line << 0 << ""_ba; };
    good("200", "HTTP/1.1 200 OK"_ba, 200, "OK"_ba);
    good("HTTP/1.0", "HTTP/1.0 200 OK"_ba, 200, "OK"_ba);
    good("100", "HTTP/1.1 100 Continue"_ba, 100, "Continue"_ba);
    good("599", "HTTP/1.1 599 X"_ba, 599, "X"_ba);
    good("long reason", "HTTP/1.1 404 Not Found At All"_ba, 404, "Not Found At All"_ba);
    good("empty reason", "HTTP/1.1 200 "_ba, 200, ""_ba);
    good("no space behind", "HTTP/1.1 200"_ba, 200, ""_ba); // seen in the wild
    good("UTF-8 reason", "HTTP/1.1 200 gr\xc3\xbc\xc3\x9f"_ba, 200, "gr\xc3\xbc\xc3\x9f"_ba);
    good("tab in the reason", "HTTP/1.1 200 a\tb"_ba, 200, "a\tb"_ba);

    bad("empty", ""_ba);
    bad("HTML", "<html><body>hello</body></html>"_ba);
    bad("a request", "GET / HTTP/1.1"_ba);
    bad("another protocol", "SSH-2.0-OpenSSH_9.2p1 Debian"_ba);
    bad("ICY", "ICY 200 OK"_ba);
    bad("no status", "HTTP/1.1"_ba);
    bad("no status, space", "HTTP/1.1 "_ba);
    bad("reason only", "HTTP/1.1 OK"_ba);
    bad("space ahead", " HTTP/1.1 200 OK"_ba);
    bad("two spaces", "HTTP/1.1  200 OK"_ba);
    bad("tab", "HTTP/1.1\t200 OK"_ba);
    bad("tab behind the status", "HTTP/1.1 200\tOK"_ba);
    bad("small letters", "http/1.1 200 OK"_ba);
    bad("HTTP/2.0", "HTTP/2.0 200 OK"_ba);
    bad("HTTP/2", "HTTP/2 200 OK"_ba);
    bad("HTTP/0.9", "HTTP/0.9 200 OK"_ba);
    bad("HTTP/1.2", "HTTP/1.2 200 OK"_ba);
    bad("HTTP/1.10", "HTTP/1.10 200 OK"_ba);
    bad("HTTP/11.1", "HTTP/11.1 200 OK"_ba);
    bad("two digits", "HTTP/1.1 20 OK"_ba);
    bad("two digits at the end", "HTTP/1.1 20"_ba);
    bad("four digits", "HTTP/1.1 2000 OK"_ba);
    bad("099", "HTTP/1.1 099 OK"_ba);
    bad("000", "HTTP/1.1 000 OK"_ba);
    bad("600", "HTTP/1.1 600 OK"_ba);
    bad("999", "HTTP/1.1 999 OK"_ba);
    bad("minus", "HTTP/1.1 -20 OK"_ba);
    bad("plus", "HTTP/1.1 +20 OK"_ba);
    bad("letters", "HTTP/1.1 2xx OK"_ba);
    bad("fraction", "HTTP/1.1 20.0 OK"_ba);
    bad("no space before the reason", "HTTP/1.1 200OK"_ba);
    bad("NUL in the reason", "HTTP/1.1 200 O\0K"_ba);
    bad("CR in the reason", "HTTP/1.1 200 O\rK"_ba);
    bad("LF in the reason", "HTTP/1.1 200 O\nX: y"_ba);
    bad("ESC in the reason", "HTTP/1.1 200 \x1b[2J"_ba);
}

void TestResponseHead::statusLine()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, status);
    QFETCH(const QByteArray, reason);
    const auto result = parse(line + "\r\nX: y\r\n\r\n"_ba);
    QCOMPARE(result ? result->status : 0, status);
    if (!result) {
        QCOMPARE(result.error().status, 502);
        QVERIFY(!QByteArrayView(result.error().reason).isEmpty());
        return;
    }
    QCOMPARE(result->reason, reason);
    QCOMPARE(result->minorVersion, line.startsWith("HTTP/1.0") ? 0 : 1);
    QCOMPARE(result->fields.value("x"), "y"_ba);
}

void TestResponseHead::badFields_data()
{
    QTest::addColumn<QByteArray>("lines");

    // The whole table is in tst_head
    QTest::newRow("obs-fold") << "X: a\r\n b\r\n"_ba;
    QTest::newRow("space before the colon") << "Content-Length : 5\r\n"_ba;
    QTest::newRow("no colon") << "nonsense\r\n"_ba;
    QTest::newRow("NUL") << "X: a\0\r\n"_ba;
    QTest::newRow("bare CR") << "X: a\rb\r\n"_ba;
}

void TestResponseHead::badFields()
{
    QFETCH(const QByteArray, lines);
    const auto result = parse("HTTP/1.1 200 OK\r\n"_ba + lines + "\r\n"_ba);
    QVERIFY(!result);
    QCOMPARE(result.error().status, 502);
}

void TestResponseHead::tooManyFields()
{
    const auto head = [](int fields) { return "HTTP/1.1 200 OK\r\n"_ba + "X: y\r\n"_ba.repeated(fields) + "\r\n"_ba; };
    QVERIFY(parse(head(128)));
    const auto tooMany = parse(head(129));
    QVERIFY(!tooMany);
    QCOMPARE(tooMany.error().status, 502);
}

void TestResponseHead::keepAlive_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("expected");

    QTest::newRow("1.1") << "1.1"_ba
                         << ""_ba << true;
    QTest::newRow("1.1 close") << "1.1"_ba
                               << "Connection: Close\r\n"_ba << false;
    QTest::newRow("1.1 close in a list") << "1.1"_ba
                                         << "Connection: x ,close\r\n"_ba << false;
    QTest::newRow("1.1 keep-alive") << "1.1"_ba
                                    << "Connection: keep-alive\r\n"_ba << true;
    QTest::newRow("1.0") << "1.0"_ba
                         << ""_ba << false;
    QTest::newRow("1.0 keep-alive") << "1.0"_ba
                                    << "Connection: keep-alive\r\n"_ba << true;
    // RFC 9112, section 9.3: close goes first
    QTest::newRow("1.0 both") << "1.0"_ba
                              << "Connection: keep-alive, close\r\n"_ba << false;
}

void TestResponseHead::keepAlive()
{
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, lines);
    QFETCH(const bool, expected);
    const auto result = parse("HTTP/"_ba + version + " 200 OK\r\n"_ba + lines + "\r\n"_ba);
    QVERIFY(result);
    QCOMPARE(result->keepAlive, expected);
}

void TestResponseHead::framing_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("head");     // without the empty line
    QTest::addColumn<QByteArray>("expected"); // none, chunked, close, a length, or error

    const auto row = [](const char *name, const QByteArray &method, const QByteArray &head,
                        const QByteArray &expected) {
        QTest::newRow(name) << method << "HTTP/1."_ba + head << expected;
    };
    row("length", "POST"_ba, "1 200 OK\r\nContent-Length: 5\r\n"_ba, "5"_ba);
    row("length, HTTP/1.0", "POST"_ba, "0 200 OK\r\nContent-Length: 5\r\n"_ba, "5"_ba);
    row("length zero", "POST"_ba, "1 200 OK\r\nContent-Length: 0\r\n"_ba, "none"_ba);
    row("twice the same", "POST"_ba, "1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n"_ba, "5"_ba);
    row("chunked", "POST"_ba, "1 200 OK\r\nTransfer-Encoding: chunked\r\n"_ba, "chunked"_ba);
    row("close", "POST"_ba, "1 200 OK\r\n"_ba, "close"_ba);
    row("close, HTTP/1.0", "POST"_ba, "0 200 OK\r\n"_ba, "close"_ba);
    row("error with a body", "POST"_ba, "1 429 X\r\nContent-Length: 5\r\n"_ba, "5"_ba);
    row("redirect with a body", "POST"_ba, "1 307 X\r\nContent-Length: 5\r\n"_ba, "5"_ba);

    row("HEAD with length", "HEAD"_ba, "1 200 OK\r\nContent-Length: 5\r\n"_ba, "none"_ba);
    row("HEAD with chunked", "HEAD"_ba, "1 200 OK\r\nTransfer-Encoding: chunked\r\n"_ba, "none"_ba);
    row("HEAD", "HEAD"_ba, "1 200 OK\r\n"_ba, "none"_ba);
    row("head is no HEAD", "head"_ba, "1 200 OK\r\nContent-Length: 5\r\n"_ba, "5"_ba);
    row("204", "POST"_ba, "1 204 No Content\r\n"_ba, "none"_ba);
    row("204 with length", "POST"_ba, "1 204 No Content\r\nContent-Length: 5\r\n"_ba, "none"_ba);
    row("304 with length", "GET"_ba, "1 304 X\r\nContent-Length: 5\r\n"_ba, "none"_ba);
    row("100", "POST"_ba, "1 100 Continue\r\n"_ba, "none"_ba);
    row("103 with length", "POST"_ba, "1 103 X\r\nContent-Length: 5\r\n"_ba, "none"_ba);
    row("205 with length", "POST"_ba, "1 205 X\r\nContent-Length: 0\r\n"_ba, "none"_ba);

    row("two lengths", "POST"_ba, "1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n"_ba, "error"_ba);
    row("negative length", "POST"_ba, "1 200 OK\r\nContent-Length: -1\r\n"_ba, "error"_ba);
    row("word as length", "POST"_ba, "1 200 OK\r\nContent-Length: many\r\n"_ba, "error"_ba);
    row("2^64", "POST"_ba, "1 200 OK\r\nContent-Length: 18446744073709551616\r\n"_ba, "error"_ba);
    row("chunked and length", "POST"_ba, "1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"_ba,
        "error"_ba);
    row("chunked, HTTP/1.0", "POST"_ba, "0 200 OK\r\nTransfer-Encoding: chunked\r\n"_ba, "error"_ba);
    row("gzip", "POST"_ba, "1 200 OK\r\nTransfer-Encoding: gzip\r\n"_ba, "error"_ba);
    row("gzip, chunked", "POST"_ba, "1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n"_ba, "error"_ba);
}

void TestResponseHead::framing()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArray, expected);
    const auto parsed = parse(head + "\r\n"_ba);
    QVERIFY(parsed);
    const auto result = responseFraming(*parsed, method);
    QByteArray actual;
    if (!result) {
        actual = "error"_ba;
        QCOMPARE(result.error().status, 502);
    } else {
        switch (result->kind) {
        case ResponseFraming::Kind::None:
            actual = "none"_ba;
            break;
        case ResponseFraming::Kind::Chunked:
            actual = "chunked"_ba;
            break;
        case ResponseFraming::Kind::Close:
            actual = "close"_ba;
            break;
        case ResponseFraming::Kind::Length:
            actual = QByteArray::number(result->length);
            break;
        }
    }
    QCOMPARE(actual, expected);
}

void TestResponseHead::reasonPhrases()
{
    QCOMPARE(reasonPhrase(200), "OK"_ba);
    QCOMPARE(reasonPhrase(421), "Misdirected Request"_ba);
    QCOMPARE(reasonPhrase(504), "Gateway Timeout"_ba);
    QCOMPARE(reasonPhrase(299), ""_ba);
    QCOMPARE(reasonPhrase(-1), ""_ba);
}

void TestResponseHead::serializes()
{
    QCOMPARE(serializeResponseHead(200, "OK", {{"A"_ba, "1"_ba}, {"b"_ba, ""_ba}, {"A"_ba, "2"_ba}}),
             "HTTP/1.1 200 OK\r\nA: 1\r\nb: \r\nA: 2\r\n\r\n"_ba);
}

// The space behind the status is not optional (RFC 9112, section 4).
void TestResponseHead::serializesWithoutReason()
{
    QCOMPARE(serializeResponseHead(299, "", {}), "HTTP/1.1 299 \r\n\r\n"_ba);
}

void TestResponseHead::cannotBeMadeToInject_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");

    const auto plain = "HTTP/1.1 200 OK\r\nGood: yes\r\n\r\n"_ba;
    const auto noReason = "HTTP/1.1 200 \r\nX: y\r\nGood: yes\r\n\r\n"_ba;
    QTest::newRow("CR LF in the reason") << "OK\r\nEvil: 1"_ba
                                         << "X"_ba
                                         << "y"_ba << noReason;
    QTest::newRow("empty line in the reason") << "OK\r\n\r\nbody"_ba
                                              << "X"_ba
                                              << "y"_ba << noReason;
    QTest::newRow("LF in the reason") << "OK\nEvil: 1"_ba
                                      << "X"_ba
                                      << "y"_ba << noReason;
    QTest::newRow("CR in the reason") << "OK\rEvil: 1"_ba
                                      << "X"_ba
                                      << "y"_ba << noReason;
    QTest::newRow("NUL in the reason") << "OK\0"_ba
                                       << "X"_ba
                                       << "y"_ba << noReason;
    for (const auto &end : {"\r\n"_ba, "\n"_ba, "\r"_ba, "\0"_ba, "\v"_ba, "\x7f"_ba}) {
        const QByteArray name = end.toHex();
        QTest::newRow(("value with " + name).constData()) << "OK"_ba
                                                          << "X"_ba
                                                          << "y"_ba + end + "Evil: 1"_ba << plain;
        QTest::newRow(("value that ends in " + name).constData()) << "OK"_ba
                                                                  << "X"_ba
                                                                  << "y"_ba + end << plain;
        QTest::newRow(("name with " + name).constData()) << "OK"_ba
                                                         << "X: y"_ba + end + "Evil"_ba
                                                         << "1"_ba << plain;
        QTest::newRow(("name that ends in " + name).constData()) << "OK"_ba
                                                                 << "X"_ba + end << "1"_ba << plain;
    }
    QTest::newRow("fold in the value") << "OK"_ba
                                       << "X"_ba
                                       << "a\r\n b"_ba << plain;
    QTest::newRow("colon in the name") << "OK"_ba
                                       << "Evil:"_ba
                                       << "1"_ba << plain;
    QTest::newRow("space in the name") << "OK"_ba
                                       << "E vil"_ba
                                       << "1"_ba << plain;
    QTest::newRow("no name") << "OK"_ba
                             << ""_ba
                             << "1"_ba << plain;
}

void TestResponseHead::cannotBeMadeToInject()
{
    QFETCH(const QByteArray, reason);
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, expected);
    QCOMPARE(serializeResponseHead(200, reason, {{name, value}, {"Good"_ba, "yes"_ba}}), expected);
}

void TestResponseHead::serializesWhatItParses()
{
    const auto head = "HTTP/1.1 404 Not Found\r\nA: 1\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\n"_ba;
    const auto parsed = parse(head);
    QVERIFY(parsed);
    QCOMPARE(serializeResponseHead(parsed->status, parsed->reason, parsed->fields), head);
}

QTEST_APPLESS_MAIN(TestResponseHead)
#include "tst_responsehead.moc"
