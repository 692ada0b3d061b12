#include "proxy/upstream/upstreammanager.h"
#include "tests/support/replywatch.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testcertificates.h"

#include <QAuthenticator>
#include <QEventLoop>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QTest>
#include <QTimer>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

// A fault of timing may show only once in many rounds. GEMINI_DESK_TEST_ROUNDS may ask for fewer rounds, for builds in
// which each takes long.
int rounds()
{
    bool ok = false;
    const int asked = qEnvironmentVariableIntValue("GEMINI_DESK_TEST_ROUNDS", &ok);
    return ok && asked > 0 ? asked : 500;
}

constexpr int concurrent = 25;

// The script for a round: in round 0 as it is, in every second later round cut in two at another offset, in one of 50
// byte by byte. The last `together` bytes stay in one piece.
Script scriptOfRound(const Script &script, int round, qsizetype together)
{
    qsizetype size = 1 - std::max<qsizetype>(together, 1);
    for (const Step &step : script)
        size += step.bytes.size();
    if (size < 2 || round % 2 == 0)
        return script;
    if (round % 50 == 49 && size < 2'000) {
        QList<qsizetype> all;
        for (qsizetype offset = 1; offset < size; ++offset)
            all.append(offset);
        return ScriptedServer::inPieces(script, all);
    }
    return ScriptedServer::inPieces(script, {1 + (round / 2) % (size - 1)});
}

QByteArray promptOfRound(int round)
{
    return "prompt "_ba + QByteArray::number(round);
}

} // namespace

// How the upstream manager deals with good, cut, reset and malformed answers. Each row is asked many times, many at a
// time, its answer cut in pieces at every offset: the outcome must always be the same, and no request may arrive twice.
class TestUpstreamAnswers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void answer_data();
    void answer();
};

void TestUpstreamAnswers::initTestCase_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("TCP") << false;
    QTest::newRow("TLS") << true;
}

void TestUpstreamAnswers::answer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<Script>("script");
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<QNetworkReply::NetworkError>("errorOverTls");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qsizetype>("together");

    const auto send = [](const QByteArray &bytes) { return Step::send(bytes); };
    const auto turn = Step::turn();
    const auto close = Step::close();
    const auto cut = Step::cut();
    const auto reset = Step::reset();
    const auto row = [](const char *name, QNetworkReply::NetworkError error, int status, const QByteArray &body,
                        const Script &script, const QByteArray &method = "POST"_ba) {
        QTest::newRow(name) << method << script << error << error << status << body << qsizetype(0);
    };
    // A whole answer and more. HTTP/1.1 cannot tell bytes that come after the next request went out from the answer to
    // that, so they are sent along with the end of the first answer.
    const auto excessRow = [](const char *name, const QByteArray &body, const QByteArray &answer,
                              const QByteArray &excess) {
        QTest::newRow(name) << "POST"_ba << Script{Step::send(answer + excess)} << QNetworkReply::NoError
                            << QNetworkReply::NoError << 200 << body << excess.size() + 1;
    };
    constexpr auto good = QNetworkReply::NoError;
    constexpr auto ended = QNetworkReply::RemoteHostClosedError;
    constexpr auto malformed = QNetworkReply::ProtocolFailure;

    const auto ok = "HTTP/1.1 200 OK\r\n"_ba;
    const auto length5 = ok + "Content-Length: 5\r\n\r\n"_ba;
    const auto chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"_ba;
    const auto untilClose = ok + "Content-Type: text/plain\r\n\r\n"_ba;
    const auto whole = length5 + "hello"_ba;

    // Complete
    row("length", good, 200, "hello"_ba, {send(whole)});
    row("length, body apart", good, 200, "hello"_ba, {send(length5), turn, send("hello"_ba)});
    row("length, then close", good, 200, "hello"_ba, {send(whole), close});
    row("length, then cut", good, 200, "hello"_ba, {send(whole), cut});
    row("length, said to close", good, 200, "hello"_ba,
        {send(ok + "Connection: close\r\nContent-Length: 5\r\n\r\nhello"_ba), close});
    row("length, HTTP/1.0", good, 200, "hello"_ba,
        {send("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba), close});
    row("length zero", good, 200, ""_ba, {send(ok + "Content-Length: 0\r\n\r\n"_ba)});
    row("length twice the same", good, 200, "hello"_ba,
        {send(ok + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    excessRow("excess bytes", "hello"_ba, whole, "excess"_ba);
    excessRow("excess that looks like an answer", "hello"_ba, whole, ok + "Content-Length: 4\r\n\r\nevil"_ba);
    excessRow("excess bytes of length zero", ""_ba, ok + "Content-Length: 0\r\n\r\n"_ba, "excess"_ba);
    row("chunked", good, 200, "hello world"_ba, {send(chunked + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"_ba)});
    row("chunked, empty", good, 200, ""_ba, {send(chunked + "0\r\n\r\n"_ba)});
    row("chunked, then close", good, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n0\r\n\r\n"_ba), close});
    row("chunked with extensions", good, 200, "hello"_ba, {send(chunked + "5;a=b\r\nhello\r\n0;c\r\n\r\n"_ba)});
    row("chunked with trailers", good, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n0\r\nX: y\r\nZ: w\r\n\r\n"_ba)});
    excessRow("chunked, excess bytes", "hello"_ba, chunked + "5\r\nhello\r\n0\r\n\r\n"_ba,
              "5\r\nagain\r\n0\r\n\r\n"_ba);
    row("until close", good, 200, "hello"_ba, {send(untilClose + "hello"_ba), close});
    row("until close, empty", good, 200, ""_ba, {send(untilClose), close});
    row("until close, HTTP/1.0", good, 200, "hello"_ba, {send("HTTP/1.0 200 OK\r\n\r\nhello"_ba), close});
    row("HEAD with length", good, 200, ""_ba, {send(length5)}, "HEAD"_ba);
    row("HEAD, chunked", good, 200, ""_ba, {send(chunked)}, "HEAD"_ba);
    row("HEAD, neither", good, 200, ""_ba, {send(untilClose)}, "HEAD"_ba);
    row("204", good, 204, ""_ba, {send("HTTP/1.1 204 No Content\r\n\r\n"_ba)});
    row("204 with length", good, 204, ""_ba, {send("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"_ba)});
    row("304 with length", good, 304, ""_ba, {send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"_ba)},
        "GET"_ba);
    row("100, then 200", good, 200, "hello"_ba, {send("HTTP/1.1 100 Continue\r\n\r\n"_ba + whole)});
    row("100, later 200", good, 200, "hello"_ba, {send("HTTP/1.1 100 Continue\r\n\r\n"_ba), turn, send(whole)});
    row("103, then 200", good, 200, "hello"_ba,
        {send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nContent-Length: 7\r\n\r\n"_ba + whole)});
    row("several 1xx", good, 200, "hello"_ba, {send("HTTP/1.1 102 Processing\r\n\r\n"_ba.repeated(5) + whole)});
    row("no reason phrase", good, 200, "hello"_ba, {send("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"_ba)});

    // Complete, and nothing is done about what they ask for
    row("redirect", good, 307, "hello"_ba,
        {send("HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n"
              "Content-Length: 5\r\n\r\nhello"_ba)});
    row("redirect of GET", good, 302, ""_ba,
        {send("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"_ba)}, "GET"_ba);
    row("401", good, 401, "hello"_ba,
        {send("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
              "Content-Length: 5\r\n\r\nhello"_ba)});
    row("408", good, 408, "hello"_ba,
        {send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n"
              "Content-Length: 5\r\n\r\nhello"_ba),
         close});
    row("429", good, 429, "hello"_ba,
        {send("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\n"
              "Content-Length: 5\r\n\r\nhello"_ba)});
    row("500", good, 500, "hello"_ba,
        {send("HTTP/1.1 500 Internal Server Error\r\nTransfer-Encoding: chunked\r\n\r\n"
              "5\r\nhello\r\n0\r\n\r\n"_ba)});
    row("503", good, 503, "hello"_ba,
        {send("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\n"
              "Content-Length: 5\r\n\r\nhello"_ba)});
    row("cookie", good, 200, "hello"_ba, {send(ok + "Set-Cookie: a=b; Path=/\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    row("says gzip", good, 200, "hello"_ba, {send(ok + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"_ba)});

    // Cut: what came can be read, but is never taken for all
    row("length, close too early", ended, 200, "hel"_ba, {send(length5 + "hel"_ba), close});
    row("length, cut too early", ended, 200, "hel"_ba, {send(length5 + "hel"_ba), cut});
    row("length, reset too early", ended, 200, "hel"_ba, {send(length5 + "hel"_ba), turn, reset});
    row("length, close before the body", ended, 200, ""_ba, {send(length5), close});
    row("chunked, close before the body", ended, 200, ""_ba, {send(chunked), close});
    row("chunked, close in a size", ended, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n5"_ba), close});
    row("chunked, close in the data", ended, 200, "hellowo"_ba, {send(chunked + "5\r\nhello\r\n5\r\nwo"_ba), close});
    row("chunked, close behind the data", ended, 200, "hello"_ba, {send(chunked + "5\r\nhello"_ba), close});
    row("chunked, close before the last chunk", ended, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n"_ba), close});
    row("chunked, close in the last chunk", ended, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n0\r\n"_ba), close});
    row("chunked, close in the trailers", ended, 200, "hello"_ba,
        {send(chunked + "5\r\nhello\r\n0\r\nX: y\r\n"_ba), close});
    row("chunked, cut before the last chunk", ended, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n"_ba), cut});
    row("chunked, reset before the last chunk", ended, 200, "hello"_ba,
        {send(chunked + "5\r\nhello\r\n"_ba), turn, reset});
    row("until close, reset", ended, 200, "hello"_ba, {send(untilClose + "hello"_ba), turn, reset});
    // Over TLS, only close_notify marks a regular end (RFC 9112, section 9.8)
    QTest::newRow("until close, cut") << "POST"_ba << Script{send(untilClose + "hello"_ba), cut} << good << ended << 200
                                      << "hello"_ba << qsizetype(0);
    row("close before any byte", ended, 0, ""_ba, {close});
    row("cut before any byte", ended, 0, ""_ba, {cut});
    row("reset before any byte", ended, 0, ""_ba, {reset});
    row("close in the head", ended, 0, ""_ba, {send(ok + "Content-Le"_ba), close});
    row("cut in the head", ended, 0, ""_ba, {send(ok + "Content-Le"_ba), cut});
    row("reset in the head", ended, 0, ""_ba, {send(ok + "Content-Le"_ba), turn, reset});
    row("close before the head's end", ended, 0, ""_ba, {send(ok + "Content-Length: 0\r\n"_ba), close});
    row("100, then close", ended, 0, ""_ba, {send("HTTP/1.1 100 Continue\r\n\r\n"_ba), close});

    // Malformed
    row("chunked, bad size", malformed, 200, ""_ba, {send(chunked + "xyz\r\nhello\r\n"_ba)});
    row("chunked, bad second size", malformed, 200, "hello"_ba, {send(chunked + "5\r\nhello\r\n-1\r\n"_ba)});
    row("chunked, data too long", malformed, 200, "hello"_ba, {send(chunked + "5\r\nhello world\r\n0\r\n\r\n"_ba)});
    row("chunked, size of 16 digits", malformed, 200, ""_ba, {send(chunked + "ffffffffffffffff\r\nhello"_ba)});
    row("chunked, bare LF", malformed, 200, ""_ba, {send(chunked + "5\nhello\n0\n\n"_ba)});
    row("chunked, not chunked at all", malformed, 200, ""_ba, {send(chunked + "{\"a\":1}"_ba), close});
    row("101", malformed, 0, ""_ba,
        {send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"_ba)});
    row("bare LF", malformed, 0, ""_ba, {send("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"_ba)});
    row("obs-fold", malformed, 0, ""_ba, {send(ok + "X: a\r\n b\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    row("NUL in the head", malformed, 0, ""_ba, {send(ok + "X: a\0b\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    row("space before the colon", malformed, 0, ""_ba, {send(ok + "Content-Length : 5\r\n\r\nhello"_ba)});
    row("two lengths", malformed, 0, ""_ba, {send(ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"_ba)});
    row("length is no number", malformed, 0, ""_ba, {send(ok + "Content-Length: x\r\n\r\nhello"_ba)});
    row("negative length", malformed, 0, ""_ba, {send(ok + "Content-Length: -5\r\n\r\nhello"_ba)});
    row("length and chunked", malformed, 0, ""_ba,
        {send(ok
              + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nhello\r\n0\r\n\r\n"_ba)});
    row("transfer coding gzip", malformed, 0, ""_ba, {send(ok + "Transfer-Encoding: gzip\r\n\r\nhello"_ba), close});
    row("transfer codings gzip and chunked", malformed, 0, ""_ba,
        {send(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"_ba)});
    row("chunked of HTTP/1.0", malformed, 0, ""_ba,
        {send("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"_ba)});
    row("HTTP/0.9", malformed, 0, ""_ba, {send("<html>\n<body>hello</body>\n</html>\n"_ba), close});
    row("HTTP/2.0", malformed, 0, ""_ba, {send("HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    row("another protocol", malformed, 0, ""_ba, {send("220 mail.example ESMTP\r\n\r\n"_ba), close});
    row("status 99", malformed, 0, ""_ba, {send("HTTP/1.1 99 X\r\n\r\n"_ba)});
    row("status 600", malformed, 0, ""_ba, {send("HTTP/1.1 600 X\r\n\r\n"_ba)});
    row("empty line first", malformed, 0, ""_ba, {send("\r\n\r\n"_ba + whole)});
    row("huge head", malformed, 0, ""_ba,
        {send(ok + "X: "_ba + QByteArray(70'000, 'x') + "\r\nContent-Length: 5\r\n\r\nhello"_ba)});
    row("huge start line", malformed, 0, ""_ba, {send(QByteArray(70'000, 'x'))});
    row("too many fields", malformed, 0, ""_ba,
        {send(ok + "X: y\r\n"_ba.repeated(1'000) + "Content-Length: 5\r\n\r\nhello"_ba)});
}

void TestUpstreamAnswers::answer()
{
    QFETCH_GLOBAL(const bool, tls);
    QFETCH(const QByteArray, method);
    QFETCH(const Script, script);
    QFETCH(const QNetworkReply::NetworkError, error);
    QFETCH(const QNetworkReply::NetworkError, errorOverTls);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const qsizetype, together);

    ScriptedServer server;
    if (tls)
        server.setTls(testcertificates::server(testcertificates::Server::Good));
    server.setScript([&](const ScriptedServer::Request &request) {
        return scriptOfRound(script, request.head.fields.value("X-Round").toInt(), together);
    });
    QVERIFY(server.start());

    UpstreamOptions options;
    options.extraCaCertificates = {testcertificates::authority()};
    options.networkProxy = QNetworkProxy::NoProxy;
    UpstreamManager manager(options);
    bool askedForCredentials = false;
    connect(&manager, &QNetworkAccessManager::authenticationRequired, this, [&] { askedForCredentials = true; });

    const int count = rounds();
    std::vector<std::unique_ptr<ReplyWatch>> watches;
    int finished = 0;
    QEventLoop loop;
    const std::function<void()> startNext = [&] {
        if (static_cast<int>(watches.size()) == count)
            return;
        const int round = static_cast<int>(watches.size());
        QNetworkRequest request(server.url());
        request.setRawHeader("X-Round"_ba, QByteArray::number(round));
        request.setHeader(QNetworkRequest::ContentTypeHeader, "text/plain"_ba);
        QNetworkReply *reply = nullptr;
        if (method == "HEAD")
            reply = manager.head(request);
        else if (method == "GET")
            reply = manager.get(request);
        else
            reply = manager.post(request, promptOfRound(round));
        watches.push_back(std::make_unique<ReplyWatch>(reply));
        connect(reply, &QNetworkReply::finished, this, [&] {
            if (++finished == count)
                loop.quit();
            startNext();
        });
    };
    for (int i = 0; i < concurrent; ++i)
        startNext();
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    QCOMPARE(finished, count);
    // If anything comes too late or once too often, it shows now.
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();

    for (int round = 0; round < count; ++round) {
        const ReplyWatch &watch = *watches[static_cast<std::size_t>(round)];
        const auto describe = [&](const QByteArray &what) {
            return ("round "_ba + QByteArray::number(round) + ": "_ba + what + " (error "_ba
                    + QByteArray::number(watch.error()) + ", status "_ba + QByteArray::number(watch.status())
                    + ", body \""_ba + watch.body() + "\", "_ba + watch.events().join(' ') + ')');
        };
        QVERIFY2(watch.error() == (tls ? errorOverTls : error), describe("wrong error"_ba).constData());
        QVERIFY2(watch.status() == status, describe("wrong status"_ba).constData());
        QVERIFY2(watch.body() == body, describe("wrong body"_ba).constData());
        QVERIFY2(!watch.notSent(), describe("said not to be sent"_ba).constData());
        QVERIFY2(watch.violation().isEmpty(), describe(watch.violation()).constData());
        QVERIFY2(watch.count("requestSent") == 1, describe("requestSent missing"_ba).constData());
    }

    // Every request arrived once, whole, and as it was meant.
    QCOMPARE(server.requestCount(), count);
    QCOMPARE(server.malformedCount(), 0);
    QSet<int> seen;
    for (const ScriptedServer::Request &request : server.requests()) {
        const int round = request.head.fields.value("X-Round").toInt();
        QVERIFY(!seen.contains(round));
        seen.insert(round);
        QCOMPARE(request.head.method, method);
        QCOMPARE(request.head.target, "/"_ba);
        QCOMPARE(request.body, method == "POST" ? promptOfRound(round) : ""_ba);
        QVERIFY(!request.head.fields.contains("Cookie"));
        QVERIFY(!request.head.fields.contains("Authorization"));
    }
    QVERIFY(manager.cookieJar()->cookiesForUrl(server.url()).isEmpty());
    QVERIFY(!askedForCredentials);
}

QTEST_GUILESS_MAIN(TestUpstreamAnswers)
#include "tst_upstreamanswers.moc"
