#include "proxy/gate/requestparser.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Result = RequestParser::Result;

namespace {

// One request as it was read, or the status of its refusal.
QByteArray shown(const http::RequestHead &head, const QByteArray &body)
{
    return head.method + ' ' + head.target + ' ' + body;
}

// What the parser makes of the bytes, fed in pieces of that size, to their end.
QByteArrayList parsed(const QByteArray &bytes, qsizetype pieceSize, const Limits &limits = {})
{
    RequestParser parser(limits);
    QByteArrayList requests;
    bool inBody = false;
    http::RequestHead head;
    qsizetype at = 0;
    while (true) {
        Result result = inBody ? parser.readBody() : parser.readHead();
        if (result == Result::Whole && !inBody) {
            head = parser.takeHead();
            inBody = true;
            result = parser.beginBody();
            if (result == Result::More)
                continue; // the body may have come with the head
        }
        if (result == Result::Refused)
            return requests << QByteArray::number(parser.refusal().status);
        if (result == Result::Whole) {
            requests << shown(head, parser.takeBody());
            parser.next();
            inBody = false;
            continue;
        }
        if (at == bytes.size())
            return requests << (parser.isInHead() || inBody ? "..." : "");
        qsizetype size = std::min(pieceSize, bytes.size() - at);
        if (const auto missing = parser.bodyBytesMissing(); missing && parser.unreadSize() == 0)
            size = std::min<qsizetype>(size, static_cast<qsizetype>(*missing));
        parser.add(bytes.sliced(at, size));
        at += size;
    }
}

} // namespace

class TestRequestParser : public QObject
{
    Q_OBJECT

private slots:
    void anyPieces_data();
    void anyPieces();
    void lengthIsKnown();
    void whatComesBehindStays();
    void tlsIsNamed();
    void tooLargeIsSaidBeforeTheBody();
};

void TestRequestParser::anyPieces_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArray get = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    QTest::newRow("no body") << get << QByteArrayList{"GET /a ", ""};
    QTest::newRow("two") << get + get << QByteArrayList{"GET /a ", "GET /a ", ""};
    QTest::newRow("an empty line ahead") << "\r\n" + get << QByteArrayList{"GET /a ", ""};
    QTest::newRow("two empty lines") << "\r\n\r\n" + get << QByteArrayList{"400"};
    QTest::newRow("an empty line ahead of each")
            << "\r\n" + get + "\r\n" + get << QByteArrayList{"GET /a ", "GET /a ", ""};
    QTest::newRow("spare slashes") << "GET //a/ HTTP/1.1\r\nHost: h\r\n\r\n"_ba << QByteArrayList{"GET /a ", ""};
    QTest::newRow("length") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + get
                            << QByteArrayList{"POST /a hello", "GET /a ", ""};
    QTest::newRow("chunks") << "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                               "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
                    + get << QByteArrayList{"POST /a hello", "GET /a ", ""};
    const QByteArray chunks = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
    QTest::newRow("chunks twice") << chunks + chunks << QByteArrayList{"POST /a x", "POST /a x", ""};
    QTest::newRow("malformed chunks") << "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"_ba
                                      << QByteArrayList{"400"};
    QTest::newRow("half a head") << "GET /a HTTP/1.1\r\nHo"_ba << QByteArrayList{"..."};
    QTest::newRow("half a body") << "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe"_ba
                                 << QByteArrayList{"..."};
    QTest::newRow("HTTP/0.9") << "GET /a\r\n"_ba << QByteArrayList{"400"};
    QTest::newRow("HTTP/0.9 behind another") << get + "GET /a\r\n" << QByteArrayList{"GET /a ", "400"};
}

void TestRequestParser::anyPieces()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, expected);
    for (qsizetype size = 1; size <= bytes.size(); ++size)
        QCOMPARE(parsed(bytes, size), expected);
}

void TestRequestParser::lengthIsKnown()
{
    RequestParser parser({});
    parser.add("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    QCOMPARE(parser.readHead(), Result::Whole);
    QCOMPARE(parser.beginBody(), Result::More);
    QCOMPARE(parser.readBody(), Result::More);
    QCOMPARE(parser.bodyBytesMissing(), std::optional<qint64>(7));
    parser.add("defghij");
    QCOMPARE(parser.readBody(), Result::Whole);
    QCOMPARE(parser.takeBody(), "abcdefghij"_ba);
}

void TestRequestParser::whatComesBehindStays()
{
    RequestParser parser({});
    parser.add("GET /a HTTP/1.1\r\nHost: h\r\n\r\nframes of a tunnel");
    QCOMPARE(parser.readHead(), Result::Whole);
    QCOMPARE(parser.beginBody(), Result::Whole);
    QCOMPARE(parser.takeUnread(6), "frames"_ba);
    QCOMPARE(parser.takeUnread(100), " of a tunnel"_ba);
    QCOMPARE(parser.unreadSize(), 0);
}

void TestRequestParser::tlsIsNamed()
{
    RequestParser parser({});
    parser.add(QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", 13));
    QCOMPARE(parser.readHead(), Result::Refused);
    QVERIFY2(parser.refusal().message.contains(u"TLS came in"_s), qPrintable(parser.refusal().message));
}

void TestRequestParser::tooLargeIsSaidBeforeTheBody()
{
    Limits limits;
    limits.bodyBytes = 4;
    const QByteArray head = "POST /a HTTP/1.1\r\nHost: h\r\n";
    QCOMPARE(parsed(head + "Content-Length: 5\r\n\r\n", 1000, limits), QByteArrayList{"413"});
    QCOMPARE(parsed(head + "Content-Length: 4\r\n\r\nabcd", 1000, limits), (QByteArrayList{"POST /a abcd", ""}));
    QCOMPARE(parsed(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", 1000, limits), QByteArrayList{"413"});
    QCOMPARE(parsed(head + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n", 1000, limits),
             (QByteArrayList{"POST /a abcd", ""}));
}

QTEST_APPLESS_MAIN(TestRequestParser)
#include "tst_requestparser.moc"
