#include "proxy/http/requesthead.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace http;

// A request's head, RFC 9112, section 3.
class TestRequestHead : public QObject
{
    Q_OBJECT

private slots:
    void requestLine_data();
    void requestLine();
    void lineIsEnoughToRefuse_data() { requestLine_data(); }
    void lineIsEnoughToRefuse();
    void target_data();
    void target();
    void spareSlashes_data();
    void spareSlashes();
    void pathAndQuery_data();
    void pathAndQuery();
    void host_data();
    void host();
    void framing_data();
    void framing();
    void keepAlive_data();
    void keepAlive();
    void expect_data();
    void expect();
    void fieldsAreKept();
    void badFields_data();
    void badFields();
    void tooManyFields();
    void everyPrefixIsNoRequest();
};

namespace {

Expected<RequestHead, HeadError> parse(const QByteArray &head)
{
    return parseRequestHead(head, {});
}

int errorOf(const Expected<RequestHead, HeadError> &result)
{
    return result ? 0 : result.error().status;
}

} // namespace

void TestRequestHead::requestLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("error"); // 0 = good

    const auto row = [](const char *name, const QByteArray &line, int error) { QTest::newRow(name) << line << error; };
    row("GET", "GET / HTTP/1.1"_ba, 0);
    row("HTTP/1.0", "GET / HTTP/1.0"_ba, 0);
    row("POST", "POST /gemini-proxy HTTP/1.1"_ba, 0);
    row("unknown method", "BREW /pot HTTP/1.1"_ba, 0);
    row("method in small letters", "get / HTTP/1.1"_ba, 0); // methods have case: not GET
    row("method with every mark", "A!#$%&'*+-.^_`|~1 / HTTP/1.1"_ba, 0);
    row("OPTIONS *", "OPTIONS * HTTP/1.1"_ba, 0);

    row("empty", ""_ba, 400);
    row("HTTP/0.9", "GET /"_ba, 400);
    row("method only", "GET"_ba, 400);
    row("no target", "GET HTTP/1.1"_ba, 400);
    row("empty target", "GET  HTTP/1.1"_ba, 400);
    row("no method", " / HTTP/1.1"_ba, 400);
    row("space ahead", " GET / HTTP/1.1"_ba, 400);
    row("two spaces before the target", "GET  / HTTP/1.1"_ba, 400);
    row("two spaces before the version", "GET /  HTTP/1.1"_ba, 400);
    row("space behind", "GET / HTTP/1.1 "_ba, 400);
    row("tabs", "GET\t/\tHTTP/1.1"_ba, 400);
    row("tab behind the method", "GET\t / HTTP/1.1"_ba, 400);
    row("space in the target", "GET /a b HTTP/1.1"_ba, 400);
    row("fourth word", "GET / HTTP/1.1 x"_ba, 400);
    row("colon in the method", "GET: / HTTP/1.1"_ba, 400);
    row("UTF-8 in the method", "G\xc3\x89T / HTTP/1.1"_ba, 400);
    row("NUL in the method", "GE\0T / HTTP/1.1"_ba, 400);
    row("endless method", QByteArray(33, 'A') + " / HTTP/1.1"_ba, 400);
    row("* of GET", "GET * HTTP/1.1"_ba, 400);
    row("*x", "OPTIONS *x HTTP/1.1"_ba, 400);

    row("version in small letters", "GET / http/1.1"_ba, 400);
    row("no slash", "GET / HTTP1.1"_ba, 400);
    row("no minor version", "GET / HTTP/1"_ba, 400);
    row("comma", "GET / HTTP/1,1"_ba, 400);
    row("two digits", "GET / HTTP/1.10"_ba, 400);
    row("letter", "GET / HTTP/1.x"_ba, 400);
    row("minus", "GET / HTTP/-1.1"_ba, 400);
    row("other protocol", "GET / RTSP/1.0"_ba, 400);
    row("HTTP/1.2", "GET / HTTP/1.2"_ba, 505);
    row("HTTP/0.9 spelt out", "GET / HTTP/0.9"_ba, 400); // its requests name no version
    row("HTTP/2.0", "GET / HTTP/2.0"_ba, 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0"_ba, 505);
    row("HTTP/9.9", "GET / HTTP/9.9"_ba, 505);

    row("CONNECT", "CONNECT example.com:443 HTTP/1.1"_ba, 501);
}

void TestRequestHead::requestLine()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, error);
    const auto result = parse(line + "\r\nHost: a\r\n\r\n"_ba);
    QCOMPARE(errorOf(result), error);
    if (!result) {
        QVERIFY(!QByteArrayView(result.error().reason).isEmpty());
        return;
    }
    const QByteArrayList words = line.split(' ');
    QCOMPARE(result->method, words[0]);
    QCOMPARE(result->target, words[1]);
    QCOMPARE(result->minorVersion, words[2].endsWith('0') ? 0 : 1);
}

void TestRequestHead::lineIsEnoughToRefuse()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, error);
    const std::optional<HeadError> problem = requestLineProblem(line);
    QCOMPARE(problem ? problem->status : 0, error);
}

void TestRequestHead::spareSlashes_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("plain");
    const auto row = [](const char *target, const char *plain) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(plain);
    };
    row("/", "/");
    row("//", "/");
    row("/?a=//b/", "/?a=//b/");
    row("*", "*");
    row("/v1beta/models?key=a//b/", "/v1beta/models?key=a//b/");
    row("//v1beta/models", "/v1beta/models");
    row("///v1beta///models//m:verb", "/v1beta/models/m:verb");
    row("/v1beta/models/", "/v1beta/models");
    row("/gemini-proxy//?model=m", "/gemini-proxy?model=m");
    row("//evil.example/x", "/evil.example/x"); // a path, never a host
    row("//ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=x",
        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=x");
    row("/%2F/x", "/%2F/x");    // nothing is decoded
    row("/a//../b", "/a/../b"); // for the guard to see
}

void TestRequestHead::spareSlashes()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, plain);
    QCOMPARE(withoutSpareSlashes(target), plain);
}

void TestRequestHead::target_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("good"); // and kept byte for byte

    const auto row = [](const char *name, const QByteArray &target, bool good) {
        QTest::newRow(name) << target << good;
    };
    row("path", "/v1beta/models/gemini:streamGenerateContent?alt=sse"_ba, true);
    row("two slashes", "//evil/x"_ba, true);
    row("dot segments", "/a/../b/./c"_ba, true);
    row("encoded dot segments", "/%2e%2e/x"_ba, true);
    row("encoded slash", "/models%2Fx"_ba, true);
    row("bad percent", "/%zz%"_ba, true);
    row("encoded NUL", "/%00"_ba, true);
    row("query only", "/?"_ba, true);
    row("questions", "/a?b?c=/?"_ba, true);
    row("marks", "/-._~!$&'()*+,;=:@"_ba, true);
    row("long", "/"_ba + QByteArray(8'000, 'x'), true);

    row("absolute form", "http://example.com/"_ba, false);
    row("authority form", "example.com:80"_ba, false);
    row("relative", "x/y"_ba, false);
    row("query without path", "?x=y"_ba, false);
    row("fragment", "/a#b"_ba, false);
    row("backslash", "/\\evil"_ba, false);
    row("backslash first", "\\evil"_ba, false);
    row("quote", "/\"x\""_ba, false);
    row("angle brackets", "/<script>"_ba, false);
    row("tab", "/a\tb"_ba, false);
    row("CR", "/a\rb"_ba, false);
    row("LF", "/a\nb"_ba, false);
    row("NUL", "/a\0b"_ba, false);
    row("DEL", "/a\x7f"_ba, false);
    row("UTF-8", "/gr\xc3\xbc\xc3\x9f"_ba, false);
}

void TestRequestHead::target()
{
    QFETCH(const QByteArray, target);
    QFETCH(const bool, good);
    const auto result = parse("GET "_ba + target + " HTTP/1.1\r\nHost: a\r\n\r\n"_ba);
    QCOMPARE(errorOf(result), good ? 0 : 400);
    if (good)
        QCOMPARE(result->target, target);
}

void TestRequestHead::pathAndQuery_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");

    QTest::newRow("no query") << "/a/b"_ba
                              << "/a/b"_ba
                              << ""_ba;
    QTest::newRow("query") << "/a?b=c&d"_ba
                           << "/a"_ba
                           << "b=c&d"_ba;
    QTest::newRow("empty query") << "/a?"_ba
                                 << "/a"_ba
                                 << ""_ba;
    QTest::newRow("two marks") << "/a?b?c"_ba
                               << "/a"_ba
                               << "b?c"_ba;
    QTest::newRow("encoded mark") << "/a%3fb?c"_ba
                                  << "/a%3fb"_ba
                                  << "c"_ba;
}

void TestRequestHead::pathAndQuery()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, query);
    const auto result = parse("GET "_ba + target + " HTTP/1.1\r\nHost: a\r\n\r\n"_ba);
    QVERIFY(result);
    QCOMPARE(result->path().toByteArray(), path);
    QCOMPARE(result->query().toByteArray(), query);
}

void TestRequestHead::host_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("error");
    QTest::addColumn<QByteArray>("host");

    const auto good = [](const char *name, const QByteArray &host) {
        QTest::newRow(name) << "1.1"_ba
                            << "Host: "_ba + host + "\r\n"_ba << 0 << host;
    };
    const auto bad = [](const char *name, const QByteArray &lines) {
        QTest::newRow(name) << "1.1"_ba << lines << 400 << ""_ba;
    };
    good("name", "localhost"_ba);
    good("name and port", "localhost:8080"_ba);
    good("capitals", "LocalHost:8080"_ba);
    good("IPv4", "127.0.0.1:8080"_ba);
    good("IPv6", "[::1]:8080"_ba);
    good("IPv6 without port", "[::1]"_ba);
    good("dash and underscore", "my-host_1.example"_ba);
    QTest::newRow("none, HTTP/1.0") << "1.0"_ba
                                    << ""_ba << 0 << ""_ba;
    QTest::newRow("one, HTTP/1.0") << "1.0"_ba
                                   << "host: a\r\n"_ba << 0 << "a"_ba;
    QTest::newRow("two, HTTP/1.0") << "1.0"_ba
                                   << "Host: a\r\nHost: a\r\n"_ba << 400 << ""_ba;
    QTest::newRow("bad, HTTP/1.0") << "1.0"_ba
                                   << "Host: a/b\r\n"_ba << 400 << ""_ba;

    bad("none", ""_ba);
    bad("two", "Host: a\r\nHost: b\r\n"_ba);
    bad("two the same", "Host: a\r\nhost: a\r\n"_ba);
    bad("empty", "Host:\r\n"_ba);
    bad("list", "Host: a, b\r\n"_ba);
    bad("user", "Host: user@a\r\n"_ba);
    bad("path", "Host: a/b\r\n"_ba);
    bad("query", "Host: a?b\r\n"_ba);
    bad("fragment", "Host: a#b\r\n"_ba);
    bad("space", "Host: a b\r\n"_ba);
    bad("tab", "Host: a\tb\r\n"_ba);
    bad("backslash", "Host: a\\b\r\n"_ba);
    bad("percent", "Host: a%2fb\r\n"_ba);
    bad("UTF-8", "Host: gr\xc3\xbc\xc3\x9f\r\n"_ba);
    bad("quote", "Host: \"a\"\r\n"_ba);
}

void TestRequestHead::host()
{
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, lines);
    QFETCH(const int, error);
    QFETCH(const QByteArray, host);
    const auto result = parse("GET / HTTP/"_ba + version + "\r\n"_ba + lines + "\r\n"_ba);
    QCOMPARE(errorOf(result), error);
    if (error == 0)
        QCOMPARE(result->host, host);
}

void TestRequestHead::framing_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("kind");
    QTest::addColumn<qint64>("length");

    using Kind = Framing::Kind;
    QTest::newRow("none") << ""_ba << 0 << int(Kind::None) << qint64{0};
    QTest::newRow("length") << "Content-Length: 12\r\n"_ba << 0 << int(Kind::Length) << qint64{12};
    QTest::newRow("zero") << "Content-Length: 0\r\n"_ba << 0 << int(Kind::Length) << qint64{0};
    QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n"_ba << 0 << int(Kind::Chunked) << qint64{0};
    // The whole table is in tst_head
    QTest::newRow("differs") << "Content-Length: 1\r\nContent-Length: 2\r\n"_ba << 400 << 0 << qint64{0};
    QTest::newRow("both") << "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"_ba << 400 << 0 << qint64{0};
    QTest::newRow("gzip, chunked") << "Transfer-Encoding: gzip, chunked\r\n"_ba << 501 << 0 << qint64{0};
}

void TestRequestHead::framing()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const int, error);
    QFETCH(const int, kind);
    QFETCH(const qint64, length);
    const auto result = parse("POST / HTTP/1.1\r\nHost: a\r\n"_ba + lines + "\r\n"_ba);
    QCOMPARE(errorOf(result), error);
    if (error != 0)
        return;
    QCOMPARE(int(result->framing.kind), kind);
    QCOMPARE(result->framing.length, length);
}

void TestRequestHead::keepAlive_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("expected");

    QTest::newRow("1.1") << "1.1"_ba
                         << ""_ba << true;
    QTest::newRow("1.1 close") << "1.1"_ba
                               << "Connection: close\r\n"_ba << false;
    QTest::newRow("1.1 Close in a list") << "1.1"_ba
                                         << "Connection: x, Close\r\n"_ba << false;
    QTest::newRow("1.1 keep-alive") << "1.1"_ba
                                    << "Connection: keep-alive\r\n"_ba << true;
    QTest::newRow("1.1 both") << "1.1"_ba
                              << "Connection: keep-alive, close\r\n"_ba << false;
    QTest::newRow("1.1 both, two fields") << "1.1"_ba
                                          << "Connection: close\r\nConnection: keep-alive\r\n"_ba << false;
    QTest::newRow("1.1 closed") << "1.1"_ba
                                << "Connection: closed\r\n"_ba << true;
    QTest::newRow("1.0") << "1.0"_ba
                         << ""_ba << false;
    QTest::newRow("1.0 keep-alive") << "1.0"_ba
                                    << "Connection: Keep-Alive\r\n"_ba << true;
    QTest::newRow("1.0 close") << "1.0"_ba
                               << "Connection: close\r\n"_ba << false;
    // RFC 9112, section 9.3: close goes first
    QTest::newRow("1.0 both") << "1.0"_ba
                              << "Connection: keep-alive, close\r\n"_ba << false;
}

void TestRequestHead::keepAlive()
{
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, lines);
    QFETCH(const bool, expected);
    const auto result = parse("GET / HTTP/"_ba + version + "\r\nHost: a\r\n"_ba + lines + "\r\n"_ba);
    QVERIFY(result);
    QCOMPARE(result->keepAlive, expected);
}

void TestRequestHead::expect_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("expected");

    QTest::newRow("none") << "1.1"_ba
                          << "Content-Length: 5\r\n"_ba << 0 << false;
    QTest::newRow("100-continue") << "1.1"_ba
                                  << "Content-Length: 5\r\nExpect: 100-continue\r\n"_ba << 0 << true;
    QTest::newRow("chunked") << "1.1"_ba
                             << "Transfer-Encoding: chunked\r\nExpect: 100-Continue\r\n"_ba << 0 << true;
    QTest::newRow("without a body") << "1.1"_ba
                                    << "Expect: 100-continue\r\n"_ba << 0 << false;
    QTest::newRow("HTTP/1.0") << "1.0"_ba
                              << "Content-Length: 5\r\nExpect: 100-continue\r\n"_ba << 0 << false;
    QTest::newRow("other") << "1.1"_ba
                           << "Content-Length: 5\r\nExpect: tea\r\n"_ba << 417 << false;
    QTest::newRow("other too") << "1.1"_ba
                               << "Content-Length: 5\r\nExpect: 100-continue, tea\r\n"_ba << 417 << false;
    QTest::newRow("other, two fields") << "1.1"_ba
                                       << "Content-Length: 5\r\nExpect: 100-continue\r\nExpect: tea\r\n"_ba << 417
                                       << false;
    QTest::newRow("other, HTTP/1.0") << "1.0"_ba
                                     << "Content-Length: 5\r\nExpect: tea\r\n"_ba << 0 << false;
}

void TestRequestHead::expect()
{
    QFETCH(const QByteArray, version);
    QFETCH(const QByteArray, lines);
    QFETCH(const int, error);
    QFETCH(const bool, expected);
    const auto result = parse("POST / HTTP/"_ba + version + "\r\nHost: a\r\n"_ba + lines + "\r\n"_ba);
    QCOMPARE(errorOf(result), error);
    if (error == 0)
        QCOMPARE(result->expectContinue, expected);
}

void TestRequestHead::fieldsAreKept()
{
    const auto result = parse("GET / HTTP/1.1\r\nHost: a\r\nX-One:  1 \r\nx-one: 2\r\n\r\n"_ba);
    QVERIFY(result);
    QCOMPARE(result->fields.size(), 3);
    QCOMPARE(result->fields.joined("X-One"), "1, 2"_ba);
}

void TestRequestHead::badFields_data()
{
    QTest::addColumn<QByteArray>("lines");

    // The whole table is in tst_head
    QTest::newRow("obs-fold") << "X: a\r\n b\r\n"_ba;
    QTest::newRow("folded first line") << " X: a\r\n"_ba;
    QTest::newRow("space before the colon") << "X : a\r\n"_ba;
    QTest::newRow("no colon") << "nonsense\r\n"_ba;
    QTest::newRow("second request line") << "GET / HTTP/1.1\r\n"_ba;
}

void TestRequestHead::badFields()
{
    QFETCH(const QByteArray, lines);
    QCOMPARE(errorOf(parse("GET / HTTP/1.1\r\n"_ba + lines + "Host: a\r\n\r\n"_ba)), 400);
    QCOMPARE(errorOf(parse("GET / HTTP/1.1\r\nHost: a\r\n"_ba + lines + "\r\n"_ba)), 400);
}

void TestRequestHead::tooManyFields()
{
    const auto head = [](int fields) {
        return "GET / HTTP/1.1\r\nHost: a\r\n"_ba + "X: y\r\n"_ba.repeated(fields - 1) + "\r\n"_ba;
    };
    QCOMPARE(errorOf(parse(head(128))), 0);
    QCOMPARE(errorOf(parse(head(129))), 431);
}

// findHeadEnd() never hands out a mere prefix. Should it ever do so, nothing may be read from it that the whole head
// does not say.
void TestRequestHead::everyPrefixIsNoRequest()
{
    const auto head = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n"_ba;
    for (qsizetype size = 0; size < head.size(); ++size) {
        const auto result = parse(head.first(size));
        if (result)
            QCOMPARE(result->target, "/x"_ba);
    }
    QCOMPARE(errorOf(parse(head)), 0);
}

QTEST_APPLESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
