#include "proxy/http/chunked.h"
#include "tests/support/folders.h"
#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

namespace {

constexpr quint32 seed = 20240917; // of all that is random here

const QByteArray streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
const QByteArray chunkedHead = streamHead + "Transfer-Encoding: chunked\r\n\r\n";

QByteArray numbered(int number)
{
    return "data: {\"number\": " + QByteArray::number(number) + "}\r\n\r\n";
}

// How the upstream frames its body.
enum class Framing {
    ChunkPerPiece, // a chunk ends wherever the wire is cut
    OtherChunks,   // chunks of varying sizes, wherever the wire is cut
    ContentLength,
    CloseDelimited,
};

QByteArray frame(const QByteArray &body, Framing framing)
{
    switch (framing) {
    case Framing::ChunkPerPiece:
        break; // see play()
    case Framing::OtherChunks: {
        QByteArray wire = chunkedHead;
        qsizetype size = 1;
        for (qsizetype at = 0; at < body.size(); at += size) {
            size = at % 61 + 7;
            wire += http::encodeChunk(body.mid(at, size));
        }
        return wire + http::lastChunk;
    }
    case Framing::ContentLength:
        return streamHead + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    case Framing::CloseDelimited:
        return streamHead + "\r\n" + body;
    }
    return {};
}

// How many bytes there are that can be cut.
qsizetype wireSize(const QByteArray &body, Framing framing)
{
    return framing == Framing::ChunkPerPiece ? body.size() : frame(body, framing).size();
}

// The answer in pieces that arrive one by one.
Script play(const QByteArray &body, Framing framing, const QList<qsizetype> &cuts)
{
    if (framing == Framing::ChunkPerPiece) {
        Script script{Step::send(chunkedHead)};
        qsizetype begin = 0;
        for (const qsizetype cut : cuts + QList<qsizetype>{body.size()}) {
            if (cut <= begin)
                continue;
            script << Step::send(http::encodeChunk(QByteArrayView(body).sliced(begin, cut - begin))) << Step::turn();
            begin = cut;
        }
        return script << Step::send(http::lastChunk);
    }
    Script script = ScriptedServer::inPieces({Step::send(frame(body, framing))}, cuts);
    if (framing == Framing::CloseDelimited)
        script << Step::close();
    return script;
}

QList<qsizetype> everyOffset(qsizetype size)
{
    QList<qsizetype> offsets;
    for (qsizetype offset = 1; offset < size; ++offset)
        offsets.append(offset);
    return offsets;
}

} // namespace

class tst_Streaming : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void eachEventArrivesBeforeTheNextIsSent();
    void headOfTheAnswer();
    void bytesAreUnchanged_data();
    void bytesAreUnchanged();
    void errorAfterTheFirstByteIsAnEventOfItsOwn_data();
    void errorAfterTheFirstByteIsAnEventOfItsOwn();
    void closeDelimitedAnswerIsResetWhenTheUpstreamBreaks();

private:
    void relay(HttpClient &client, const QByteArray &body, Framing framing, const QList<qsizetype> &cuts);

    std::unique_ptr<ScriptedServer> m_upstream;
    std::unique_ptr<TestProxy> m_proxy;
};

void tst_Streaming::init()
{
    m_upstream = std::make_unique<ScriptedServer>();
    QVERIFY(m_upstream->start());
    m_proxy = std::make_unique<TestProxy>(m_upstream->url());
    QVERIFY(m_proxy->port);
}

void tst_Streaming::cleanup()
{
    m_proxy.reset();
    m_upstream.reset();
}

// Lock-step instead of a clock: a proxy that keeps an event back until more comes would stand still here.
void tst_Streaming::eachEventArrivesBeforeTheNextIsSent()
{
    constexpr int count = 50;
    Script script{Step::send(chunkedHead)};
    QByteArray all;
    for (int number = 1; number <= count; ++number) {
        script << Step::send(http::encodeChunk(numbered(number))) << Step::waitForRelease();
        all += numbered(number);
    }
    m_upstream->setScript(script << Step::send(http::lastChunk));

    HttpClient client(m_proxy->port);
    int arrived = 0;
    QByteArray expected;
    connect(&client, &HttpClient::arrived, &client, [&] {
        if (arrived < count && client.response().body == expected + numbered(arrived + 1)) {
            expected += numbered(++arrived);
            m_upstream->release();
        }
    });
    client.ask("Count");
    QTRY_VERIFY_WITH_TIMEOUT(client.hasEnded(), 10'000);
    QCOMPARE(arrived, count);

    const HttpClient::Response response = client.response();
    QCOMPARE(response.end, HttpClient::End::Clean);
    QCOMPARE(response.body, all);
    QCOMPARE(response.chunkEnds.size(), count); // one piece each, neither split nor joined
    QCOMPARE(response.arrivals.size(), count);
    QVERIFY(std::is_sorted(response.arrivals.begin(), response.arrivals.end()));
    const auto whole = response.arrivals.last() - response.arrivals.first();
    qInfo("%d round trips in %lld us", count - 1,
          static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(whole).count()));

    QCOMPARE(m_proxy->started.size(), 1);
    QCOMPARE(m_proxy->begun.size(), 1);
    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->started[0].end, ExchangeInfo::End::Running);
    QCOMPARE(m_proxy->begun[0].responseBytes, numbered(1).size());
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Complete);
    QCOMPARE(m_proxy->ended[0].responseBytes, all.size());
    QCOMPARE(m_proxy->ended[0].status, 200);
    QCOMPARE(m_proxy->ended[0].tries, 1);
}

void tst_Streaming::headOfTheAnswer()
{
    m_upstream->setScript(
            {Step::send("HTTP/1.1 200 Fine\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                        "Set-Cookie: a=b\r\nAlt-Svc: h3\r\nX-Request-Id: theirs\r\nCache-Control: private\r\n"
                        "Content-Length: 4\r\nConnection: keep-alive\r\n\r\n: a\n")});
    HttpClient client(m_proxy->port);
    client.ask("x");
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    const HttpClient::Response response = client.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.body, ": a\n");
    QCOMPARE(response.fields.joined("content-type"), "text/event-stream");
    QCOMPARE(response.fields.joined("cache-control"), "no-cache");
    QCOMPARE(response.fields.joined("transfer-encoding"), "chunked");
    QCOMPARE(response.fields.count("x-request-id"), 1);
    QVERIFY(response.fields.value("x-request-id") != "theirs");
    QCOMPARE(response.fields.joined("connection"), "keep-alive"); // this side's own
    for (const char *name : {"set-cookie", "alt-svc", "content-length"})
        QVERIFY2(!response.fields.contains(name), name);
}

void tst_Streaming::bytesAreUnchanged_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<Framing>("framing");

    QFileInfoList files = QDir(QStringLiteral(TEST_DATA_DIR "/streaming")).entryInfoList({u"*.txt"_s});
    QVERIFY(files.size() >= 5);
    const QDir recorded(QStringLiteral(RECORDED_DATA_DIR "/streaming"));
    if (recorded.exists())
        files += recorded.entryInfoList({u"*.txt"_s});
    else
        qInfo("no recorded answers here: only the project's own are played");
    qInfo("seed of the random offsets: %u", seed);

    const std::pair<const char *, Framing> framings[] = {
            {"a chunk a piece", Framing::ChunkPerPiece},
            {"other chunks", Framing::OtherChunks},
            {"length", Framing::ContentLength},
            {"close", Framing::CloseDelimited},
    };
    for (const QFileInfo &file : std::as_const(files)) {
        for (const auto &[name, framing] : framings)
            QTest::addRow("%s, %s", qPrintable(file.fileName()), name) << file.filePath() << framing;
    }
}

// Passes one answer, cut at those places, through the proxy.
void tst_Streaming::relay(HttpClient &client, const QByteArray &body, Framing framing, const QList<qsizetype> &cuts)
{
    m_upstream->setScript(play(body, framing, cuts));
    const qsizetype before = client.responses().size();
    client.ask("x");
    QVERIFY(runUntil([&] { return client.hasEnded(before + 1); }));
    const HttpClient::Response response = client.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, HttpClient::End::Clean);
    QCOMPARE(response.body, body);

    // Checks that the test did what it says: each piece of the body went through on its own.
    const qsizetype head = framing == Framing::ChunkPerPiece ? 0 : wireSize({}, framing);
    if (framing == Framing::OtherChunks)
        return;
    for (const qsizetype cut : cuts) {
        const qsizetype ofBody =
                framing == Framing::ContentLength ? cut - frame(body, framing).indexOf("\r\n\r\n") - 4 : cut - head;
        if (ofBody > 0)
            QVERIFY2(response.chunkEnds.contains(ofBody), "two pieces came as one");
    }
}

void tst_Streaming::bytesAreUnchanged()
{
    QFETCH(QString, file);
    QFETCH(Framing, framing);
    QFile data(file);
    QVERIFY(data.open(QIODevice::ReadOnly));
    const QByteArray body = data.readAll();
    const qsizetype size = wireSize(body, framing);

    HttpClient client(m_proxy->port);
    relay(client, body, framing, {});
    if (QTest::currentTestFailed())
        return;
    if (body.size() <= 1000) {
        for (const qsizetype cut : everyOffset(size)) {
            relay(client, body, framing, {cut});
            if (QTest::currentTestFailed())
                return;
        }
        relay(client, body, framing, everyOffset(size)); // byte by byte
        return;
    }
    QRandomGenerator random(seed);
    for (int run = 0; run < 10; ++run) {
        QList<qsizetype> cuts;
        for (int i = 0; i < 20; ++i)
            cuts.append(random.bounded(1, static_cast<int>(size)));
        std::sort(cuts.begin(), cuts.end());
        relay(client, body, framing, cuts);
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_Streaming::errorAfterTheFirstByteIsAnEventOfItsOwn_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("separator");

    QTest::newRow("between two events") << numbered(1) + numbered(2) << QByteArray();
    QTest::newRow("within a line") << numbered(1) + "data: {\"num" << QByteArray("\n\n");
    QTest::newRow("within the first line") << QByteArray("da") << QByteArray("\n\n");
    QTest::newRow("behind a line") << QByteArray("data: {}\r\n") << QByteArray("\n");
    QTest::newRow("within CR LF") << QByteArray("data: {}\r") << QByteArray("\n\n");
    QTest::newRow("within the last CR LF") << QByteArray("data: {}\r\n\r") << QByteArray("\n\n");
    QTest::newRow("LF alone, between") << QByteArray("data: {}\n\n") << QByteArray();
    QTest::newRow("LF alone, behind a line") << QByteArray("data: {}\n") << QByteArray("\n");
}

void tst_Streaming::errorAfterTheFirstByteIsAnEventOfItsOwn()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, separator);
    // Sent byte by byte, so that the proxy must put the end of what was sent together from several pieces.
    m_upstream->setScript(
            Script(play(sent, Framing::ChunkPerPiece, everyOffset(sent.size()))).mid(0, 2 * sent.size() + 1)
            << Step::cut());
    HttpClient client(m_proxy->port);
    client.ask("x");
    QVERIFY(runUntil([&] { return client.wasClosed(); }));

    const HttpClient::Response response = client.response();
    QCOMPARE(response.status, 200);
    QCOMPARE(response.end, HttpClient::End::Cut); // no last chunk, so nobody takes it for a whole answer
    QVERIFY(!client.wasReset());                  // a reset could destroy what was sent before
    QVERIFY(response.body.startsWith(sent));
    const QByteArray start = separator + "event: error\ndata: ";
    const QByteArray rest = response.body.sliced(sent.size());
    QCOMPARE(rest.first(start.size()), start);
    QVERIFY(rest.endsWith("}\n\n"));
    QCOMPARE(rest.count('\n'), separator.count('\n') + 3);
    QCOMPARE(checkErrorJson(rest.sliced(start.size()), 502, "UNAVAILABLE"), QString());

    QCOMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Failed);
    QVERIFY(!m_proxy->ended[0].failure.isEmpty());
    QCOMPARE(m_upstream->requestCount(), 1); // nothing is sent again once a byte was answered
}

// To a client of HTTP/1.0, FIN would say that the answer is whole.
void tst_Streaming::closeDelimitedAnswerIsResetWhenTheUpstreamBreaks()
{
    m_upstream->setScript(
            {Step::send(chunkedHead + http::encodeChunk(numbered(1))), Step::waitForRelease(), Step::cut()});
    HttpClient client(m_proxy->port);
    client.send("POST /gemini-proxy HTTP/1.0\r\nHost: localhost:" + QByteArray::number(m_proxy->port)
                + "\r\nContent-Length: 1\r\n\r\nx");
    QVERIFY(runUntil([&] { return client.response().length > 0; }));
    m_upstream->release();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(client.wasReset());
    QCOMPARE(client.response().end, HttpClient::End::Cut);
    QVERIFY(client.response().body.startsWith(numbered(1)));
}

QTEST_GUILESS_MAIN(tst_Streaming)
#include "tst_streaming.moc"
