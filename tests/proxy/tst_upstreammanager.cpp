#include "proxy/http/chunked.h"
#include "proxy/upstream/upstreammanager.h"
#include "tests/support/heldmemory.h"
#include "tests/support/httpclient.h"
#include "tests/support/replywatch.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/somebytes.h"
#include "tests/support/testcertificates.h"

#include <QBuffer>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Script = ScriptedServer::Script;
using Step = ScriptedServer::Step;

const auto whole = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba;

UpstreamOptions testOptions()
{
    UpstreamOptions options;
    options.extraCaCertificates = {testcertificates::authority()};
    options.networkProxy = QNetworkProxy::NoProxy;
    return options;
}

// A body that comes bit by bit.
class Pipe : public QIODevice
{
public:
    Pipe() { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    void push(const QByteArray &bytes)
    {
        m_bytes += bytes;
        emit readyRead();
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return QIODevice::bytesAvailable() + m_bytes.size(); }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const auto length = std::min<qsizetype>(m_bytes.size(), static_cast<qsizetype>(size));
        std::copy_n(m_bytes.constData(), length, data);
        m_bytes.remove(0, length);
        return length;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
};

} // namespace

// Requests, connections, times and backpressure of the upstream, over TCP and over TLS. How it deals with bad answers
// is in tst_upstreamanswers, and what clients get if there is no way to Gemini in tst_upstreamfailures.
class TestUpstreamManager : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data();
    void init();

    // Requests
    void sendsWhatWasAsked();
    void verbs_data();
    void verbs();
    void rawTarget_data();
    void rawTarget();
    void encodedUrl();
    void injection_data();
    void injection();
    void framingFieldsAreItsOwn();
    void largeBody();
    void bodyFromDevice();
    void bodyTooShort();
    void earlyAnswer();
    void earlyRefusalEndsTheUpload_data();
    void earlyRefusalEndsTheUpload();
    void earlyAnswerThenReset();
    void signalsComeInOrder();
    void neverFinishesInsideTheCall();

    // Connections
    void keepsConnections();
    void replacesClosedConnection_data();
    void replacesClosedConnection();
    void connectionDiesUnderTheRequest_data();
    void connectionDiesUnderTheRequest();
    void serverClosesRightAfterAnswer_data();
    void serverClosesRightAfterAnswer();
    void doesNotReuse_data();
    void doesNotReuse();
    void excessWhileIdle();
    void opensAhead();
    void takesConnectionOpenedAheadWhileItConnects();
    void closesIdleConnections();
    void manyStreams();
    void memoryOfAStream();
    void connectionRefused();
    void failsAtOnce();
    void hostNotFound();
    void unknownScheme();

    // Times
    void connectTimeRunsOut();
    void firstByteTimeRunsOut_data();
    void firstByteTimeRunsOut();
    void idleTimeRunsOut();
    void idleTimeRunsOutWhileSending();
    void firstByteTimeEndsWithTheFirstByte();
    void slowReaderIsNotTimedOut();

    // Reading
    void readBufferHoldsServerBack();
    void smallReadBuffer_data();
    void smallReadBuffer();
    void readBufferOfEndedConnection();
    void readsAfterFinished();

private:
    // A server that speaks TLS if the row does.
    std::unique_ptr<ScriptedServer> newServer(const Script &script = {Step::send(whole)});
    QNetworkReply *post(UpstreamManager &manager, const QByteArray &body = "prompt"_ba);
    QNetworkRequest request() const { return QNetworkRequest(m_server->url()); }

    bool m_tls = false;
    std::unique_ptr<ScriptedServer> m_server;
};

void TestUpstreamManager::initTestCase_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("TCP") << false;
    QTest::newRow("TLS") << true;
}

void TestUpstreamManager::init()
{
    QFETCH_GLOBAL(const bool, tls);
    m_tls = tls;
    m_server = newServer();
}

std::unique_ptr<ScriptedServer> TestUpstreamManager::newServer(const Script &script)
{
    auto server = std::make_unique<ScriptedServer>();
    if (m_tls)
        server->setTls(testcertificates::server(testcertificates::Server::Good));
    server->setScript(script);
    if (!server->start())
        qFatal("cannot listen");
    return server;
}

QNetworkReply *TestUpstreamManager::post(UpstreamManager &manager, const QByteArray &body)
{
    QNetworkRequest post(m_server->url());
    post.setHeader(QNetworkRequest::ContentTypeHeader, "text/plain"_ba);
    return manager.post(post, body);
}

// ---- requests ----

void TestUpstreamManager::sendsWhatWasAsked()
{
    UpstreamManager manager(testOptions());
    QNetworkRequest request(m_server->url(u"/v1beta/models/x:generateContent"_s));
    request.setRawHeader("x-goog-api-key"_ba, "secret"_ba);
    request.setRawHeader("Content-Type"_ba, "application/json"_ba);
    request.setRawHeader("X-Empty"_ba, ""_ba);
    ReplyWatch watch(manager.post(request, "{\"a\":1}"_ba));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);

    QCOMPARE(m_server->requestCount(), 1);
    const ScriptedServer::Request sent = m_server->requests().first();
    QCOMPARE(sent.head.method, "POST"_ba);
    QCOMPARE(sent.head.target, "/v1beta/models/x:generateContent"_ba);
    QCOMPARE(sent.head.minorVersion, 1);
    QCOMPARE(sent.head.host, "127.0.0.1:"_ba + QByteArray::number(m_server->serverPort()));
    QCOMPARE(sent.head.fields.joined("x-goog-api-key"), "secret"_ba);
    QCOMPARE(sent.head.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(sent.head.fields.joined("content-length"), "7"_ba);
    QCOMPARE(sent.head.fields.joined("accept-encoding"), "identity"_ba);
    QCOMPARE(sent.body, "{\"a\":1}"_ba);
    QVERIFY(sent.head.keepAlive);
    // Nothing of what Qt's own manager adds
    for (const char *name : {"cookie", "accept-language", "authorization", "expect", "upgrade"})
        QVERIFY2(!sent.head.fields.contains(name), name);
    QVERIFY(!sent.head.fields.joined("user-agent").contains("Mozilla"));
}

void TestUpstreamManager::verbs_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("hasBody");
    QTest::addColumn<QByteArray>("contentLength"); // "" = none

    QTest::newRow("GET") << "GET"_ba << false << ""_ba;
    QTest::newRow("HEAD") << "HEAD"_ba << false << ""_ba;
    QTest::newRow("DELETE") << "DELETE"_ba << false << ""_ba;
    QTest::newRow("PUT") << "PUT"_ba << true << "4"_ba;
    QTest::newRow("POST") << "POST"_ba << true << "4"_ba;
    QTest::newRow("POST without body") << "POST"_ba << false << "0"_ba;
    QTest::newRow("PATCH") << "PATCH"_ba << true << "4"_ba;
    QTest::newRow("OPTIONS") << "OPTIONS"_ba << false << ""_ba;
    QTest::newRow("made up") << "BREW"_ba << true << "4"_ba;
    QTest::newRow("small letters") << "brew"_ba << false << ""_ba;
}

void TestUpstreamManager::verbs()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const bool, hasBody);
    QFETCH(const QByteArray, contentLength);
    const QByteArray body = hasBody ? "body"_ba : ""_ba;

    UpstreamManager manager(testOptions());
    QNetworkReply *reply = nullptr;
    if (verb == "GET")
        reply = manager.get(request());
    else if (verb == "HEAD")
        reply = manager.head(request());
    else if (verb == "DELETE")
        reply = manager.deleteResource(request());
    else if (verb == "PUT")
        reply = manager.put(request(), body);
    else if (verb == "POST")
        reply = manager.post(request(), body);
    else if (hasBody)
        reply = manager.sendCustomRequest(request(), verb, body);
    else
        reply = manager.sendCustomRequest(request(), verb);

    ReplyWatch watch(reply);
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.body(), verb == "HEAD" ? ""_ba : "hello"_ba);
    QCOMPARE(watch.violation(), ""_ba);
    QCOMPARE(m_server->requestCount(), 1);
    QCOMPARE(m_server->requests().first().head.method, verb);
    QCOMPARE(m_server->requests().first().head.fields.joined("content-length"), contentLength);
    QCOMPARE(m_server->requests().first().body, body);
}

void TestUpstreamManager::rawTarget_data()
{
    QTest::addColumn<QByteArray>("target");

    QTest::newRow("plain") << "/v1beta/models?pageSize=1"_ba;
    QTest::newRow("two slashes") << "/a//b"_ba;
    QTest::newRow("dot segments") << "/a/../b/./%2e%2e/c"_ba;
    QTest::newRow("percent-encoded") << "/a%2Fb%2fc%41?q=%20+%20"_ba;
    QTest::newRow("broken percent-encoding") << "/%zz%?%"_ba;
    QTest::newRow("marks") << "/-._~!$&'()*+,;=:@|{}^`[]?a?b"_ba;
    QTest::newRow("empty query") << "/a?"_ba;
    QTest::newRow("long") << "/"_ba + QByteArray(20'000, 'x');
}

void TestUpstreamManager::rawTarget()
{
    QFETCH(const QByteArray, target);
    UpstreamManager manager(testOptions());
    QNetworkRequest raw = request();
    raw.setAttribute(UpstreamManager::RawTargetAttribute, target);
    ReplyWatch watch(manager.get(raw));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(m_server->requests().first().head.target, target);
}

void TestUpstreamManager::encodedUrl()
{
    UpstreamManager manager(testOptions());
    QUrl url = m_server->url(u"/gr\u00fc\u00df e"_s);
    url.setQuery(u"a=b c&d=\u00e9"_s);
    url.setFragment(u"not sent"_s);
    url.setUserInfo(u"user:password"_s);
    ReplyWatch watch(manager.get(QNetworkRequest(url)));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    const ScriptedServer::Request sent = m_server->requests().first();
    QCOMPARE(sent.head.target, "/gr%C3%BC%C3%9F%20e?a=b%20c&d=%C3%A9"_ba);
    QVERIFY(!sent.headBytes.contains("password"));
}

void TestUpstreamManager::injection_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");

    const auto row = [](const char *title, const QByteArray &verb, const QByteArray &target, const QByteArray &name,
                        const QByteArray &value) { QTest::newRow(title) << verb << target << name << value; };
    const auto field = [&](const char *title, const QByteArray &name, const QByteArray &value) {
        row(title, "GET"_ba, "/"_ba, name, value);
    };
    field("CR LF in a value", "X"_ba, "a\r\nEvil: 1"_ba);
    field("empty line in a value", "X"_ba, "a\r\n\r\nGET /evil HTTP/1.1\r\n\r\n"_ba);
    field("LF in a value", "X"_ba, "a\nEvil: 1"_ba);
    field("CR in a value", "X"_ba, "a\rEvil: 1"_ba);
    field("NUL in a value", "X"_ba, "a\0b"_ba);
    field("CR LF in a name", "X: a\r\nEvil"_ba, "1"_ba);
    field("LF in a name", "X\n"_ba, "1"_ba);
    field("space in a name", "X Y"_ba, "1"_ba);
    field("colon in a name", "X:"_ba, "1"_ba);
    field("a second Host", "Host"_ba, "evil.example"_ba);
    row("CR LF in the verb", "GET / HTTP/1.1\r\nEvil: 1\r\nX:"_ba, "/"_ba, ""_ba, ""_ba);
    row("space in the verb", "GET /evil"_ba, "/"_ba, ""_ba, ""_ba);
    row("no verb", ""_ba, "/"_ba, ""_ba, ""_ba);
    row("CR LF in the target", "GET"_ba, "/ HTTP/1.1\r\nEvil: 1\r\nX:"_ba, ""_ba, ""_ba);
    row("LF in the target", "GET"_ba, "/a\nb"_ba, ""_ba, ""_ba);
    row("space in the target", "GET"_ba, "/a b"_ba, ""_ba, ""_ba);
    row("NUL in the target", "GET"_ba, "/a\0b"_ba, ""_ba, ""_ba);
    row("UTF-8 in the target", "GET"_ba, "/\xc3\xbc"_ba, ""_ba, ""_ba);
    row("two slashes", "GET"_ba, "//evil.example/"_ba, ""_ba, ""_ba);
    row("absolute target", "GET"_ba, "http://evil.example/"_ba, ""_ba, ""_ba);
    row("target without slash", "GET"_ba, "@evil.example/"_ba, ""_ba, ""_ba);
}

void TestUpstreamManager::injection()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);

    QNetworkRequest evil = request();
    evil.setAttribute(UpstreamManager::RawTargetAttribute, target);
    if (!name.isEmpty()) {
        evil.setRawHeader(name, value);
        if (evil.rawHeader(name) != value)
            return; // newer versions of Qt refuse to take it in the first place
    }
    UpstreamManager manager(testOptions());
    ReplyWatch watch(manager.sendCustomRequest(evil, verb));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::ProtocolInvalidOperationError);
    QVERIFY(watch.notSent());
    QCOMPARE(watch.count("requestSent"), 0);
    QCOMPARE(watch.violation(), ""_ba);
    QCOMPARE(m_server->connectionCount(), 0);
}

// Only the sender of a message may frame it, so these fields of the request are not taken over.
void TestUpstreamManager::framingFieldsAreItsOwn()
{
    UpstreamManager manager(testOptions());
    QNetworkRequest wrong = request();
    wrong.setRawHeader("Content-Length"_ba, "2"_ba);
    wrong.setRawHeader("Transfer-Encoding"_ba, "chunked"_ba);
    wrong.setRawHeader("Connection"_ba, "close"_ba);
    wrong.setRawHeader("Expect"_ba, "100-continue"_ba);
    ReplyWatch watch(manager.post(wrong, "prompt"_ba));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    const ScriptedServer::Request sent = m_server->requests().first();
    QCOMPARE(sent.head.fields.joined("content-length"), "6"_ba);
    QVERIFY(!sent.head.fields.contains("transfer-encoding"));
    QVERIFY(!sent.head.fields.contains("expect"));
    QVERIFY(sent.head.keepAlive);
    QCOMPARE(sent.body, "prompt"_ba);
}

void TestUpstreamManager::largeBody()
{
    const QByteArray body = someBytes(20'000'000);
    UpstreamManager manager(testOptions());
    QNetworkReply *reply = post(manager, body);
    qint64 lastSent = 0;
    bool progressIsSane = true;
    connect(reply, &QNetworkReply::uploadProgress, this, [&](qint64 sent, qint64 total) {
        progressIsSane = progressIsSane && sent >= lastSent && sent <= total && total == body.size();
        lastSent = sent;
    });
    ReplyWatch watch(reply);
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.violation(), ""_ba);
    QCOMPARE(watch.count("requestSent"), 1);
    QCOMPARE(m_server->requestCount(), 1);
    QVERIFY(m_server->requests().first().body == body);
    QVERIFY(progressIsSane);
    QCOMPARE(lastSent, body.size());
}

void TestUpstreamManager::bodyFromDevice()
{
    const QByteArray body = someBytes(300'000);
    UpstreamManager manager(testOptions());

    // A device is sent from its current position on
    QByteArray bytes = "skipped"_ba + body;
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    QVERIFY(buffer.seek(7));
    ReplyWatch seekable(manager.post(request(), &buffer));
    QVERIFY(seekable.wait());
    QCOMPARE(seekable.error(), QNetworkReply::NoError);
    QVERIFY(m_server->requests().last().body == body);

    // A device that does not have all its bytes yet
    Pipe pipe;
    QNetworkRequest announced = request();
    announced.setRawHeader("Content-Length"_ba, QByteArray::number(body.size()));
    ReplyWatch sequential(manager.post(announced, &pipe));
    const qint64 before = m_server->bytesReceived();
    pipe.push(body.first(1'000));
    QTRY_VERIFY(m_server->bytesReceived() > before + 1'000);
    QCOMPARE(sequential.count("requestSent"), 0);
    for (qsizetype at = 1'000; at < body.size(); at += 7'000) {
        pipe.push(body.mid(at, 7'000));
        QCoreApplication::processEvents();
    }
    QVERIFY(sequential.wait());
    QCOMPARE(sequential.error(), QNetworkReply::NoError);
    QCOMPARE(sequential.violation(), ""_ba);
    QVERIFY(m_server->requests().last().body == body);

    // Without its length nobody could tell where the body ends
    Pipe endless;
    ReplyWatch unannounced(manager.post(request(), &endless));
    QVERIFY(unannounced.wait());
    QCOMPARE(unannounced.error(), QNetworkReply::ProtocolInvalidOperationError);
    QVERIFY(unannounced.notSent());
    QCOMPARE(m_server->requestCount(), 2);
}

void TestUpstreamManager::bodyTooShort()
{
    UpstreamManager manager(testOptions());
    Pipe pipe;
    QNetworkRequest announced = request();
    announced.setRawHeader("Content-Length"_ba, "1000"_ba);
    ReplyWatch watch(manager.post(announced, &pipe));
    pipe.push("some"_ba);
    QTRY_VERIFY(m_server->bytesReceived() > 0);
    pipe.close();
    pipe.push(""_ba);
    QVERIFY(watch.wait());
    QVERIFY(watch.error() != QNetworkReply::NoError);
    QVERIFY(!watch.notSent());
    QCOMPARE(watch.violation(), ""_ba);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QCOMPARE(m_server->requestCount(), 0);
}

// A server may refuse a body before it has read all of it.
void TestUpstreamManager::earlyAnswer()
{
    const auto refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\n\r\nlarge"_ba;
    m_server->setGreeting({Step::waitForBytes(1), Step::send(refusal)});
    UpstreamManager manager(testOptions());
    ReplyWatch watch(post(manager, someBytes(20'000'000)));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.status(), 413);
    QCOMPARE(watch.body(), "large"_ba);
    QCOMPARE(watch.violation(), ""_ba);
    QTRY_COMPARE(m_server->openConnections(), 0); // after half a request the connection is of no use for the next one
    QCOMPARE(m_server->requestCount(), 0);

    m_server->setGreeting({});
    ReplyWatch next(post(manager));
    QVERIFY(next.wait());
    QCOMPARE(next.error(), QNetworkReply::NoError);
    QCOMPARE(next.body(), "hello"_ba);
    QCOMPARE(m_server->connectionCount(), 2);
    QCOMPARE(m_server->requestCount(), 1);
}

void TestUpstreamManager::earlyRefusalEndsTheUpload_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("200") << 200 << true;
    QTest::newRow("399") << 399 << true;
    QTest::newRow("400") << 400 << false;
    QTest::newRow("503") << 503 << false;
}

// From 400 on the status says that the rest of the request is of no use.
void TestUpstreamManager::earlyRefusalEndsTheUpload()
{
    QFETCH(const int, status);
    QFETCH(const bool, goesOn);
    m_server->setGreeting(
            {Step::waitForBytes(1),
             Step::send("HTTP/1.1 "_ba + QByteArray::number(status) + " X\r\nContent-Length: 5\r\n\r\nla"_ba),
             Step::waitForRelease(), Step::send("rge"_ba)});
    m_server->setScript(Script{});
    UpstreamManager manager(testOptions());
    const QByteArray body = someBytes(20'000'000);
    ReplyWatch watch(post(manager, body));
    QTRY_COMPARE(watch.count("metaDataChanged"), 1);
    if (goesOn) {
        QTRY_COMPARE(m_server->requestCount(), 1);
    } else {
        // For as long as another one takes
        const auto other = newServer();
        ReplyWatch whole(manager.post(QNetworkRequest(other->url()), body));
        QVERIFY(whole.wait());
        QCOMPARE(other->requestCount(), 1);
        QVERIFY(m_server->bytesReceived() < body.size());
    }
    m_server->release();
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.status(), status);
    QCOMPARE(watch.body(), "large"_ba);
    QCOMPARE(m_server->requestCount(), goesOn ? 1 : 0);
}

// TCP may lose the answer here. Whatever remains must be reported truly.
void TestUpstreamManager::earlyAnswerThenReset()
{
    const auto refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\n\r\nlarge"_ba;
    m_server->setGreeting({Step::waitForBytes(1), Step::send(refusal), Step::reset()});
    UpstreamManager manager(testOptions());
    const QByteArray body = someBytes(2'000'000);
    for (int round = 0; round < 20; ++round) {
        ReplyWatch watch(post(manager, body));
        QVERIFY(watch.wait());
        QCOMPARE(watch.violation(), ""_ba);
        if (watch.error() == QNetworkReply::NoError) {
            QCOMPARE(watch.status(), 413);
            QCOMPARE(watch.body(), "large"_ba);
        } else {
            QCOMPARE(watch.error(), QNetworkReply::RemoteHostClosedError);
            QVERIFY("large"_ba.startsWith(watch.body()));
        }
        QVERIFY(!watch.notSent());
    }
    QCOMPARE(m_server->requestCount(), 0);
}

void TestUpstreamManager::signalsComeInOrder()
{
    m_server->setScript({Step::waitForRelease(), Step::send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"_ba),
                         Step::turn(), Step::send("hello"_ba), Step::turn(), Step::send("again"_ba)});
    UpstreamManager manager(testOptions());
    ReplyWatch watch(post(manager));
    QSignalSpy managerFinished(&manager, &QNetworkAccessManager::finished);
    QTRY_COMPARE(m_server->requestCount(), 1);
    QCOMPARE(watch.events(), (QByteArrayList{"requestSent"_ba}));
    QVERIFY(watch.reply()->isRunning());
    m_server->release();
    QVERIFY(watch.wait());
    QCOMPARE(watch.events(), (QByteArrayList{"requestSent"_ba, "metaDataChanged"_ba, "readyRead"_ba, "finished"_ba}));
    QCOMPARE(watch.body(), "helloagain"_ba);
    QVERIFY(watch.reply()->isFinished());
    QCOMPARE(watch.reply()->attribute(UpstreamManager::FieldsAttribute).value<http::Fields>().value("content-length"),
             "10"_ba);
    QCOMPARE(watch.reply()->operation(), QNetworkAccessManager::PostOperation);
    QCOMPARE(watch.reply()->url(), m_server->url());
    QCOMPARE(managerFinished.count(), 1);
}

void TestUpstreamManager::neverFinishesInsideTheCall()
{
    UpstreamManager manager(testOptions());
    QNetworkRequest bad = request();
    bad.setAttribute(UpstreamManager::RawTargetAttribute, "no slash"_ba);
    for (const QNetworkRequest &asked :
         {request(), bad, QNetworkRequest(QUrl()), QNetworkRequest(QUrl(u"ftp://127.0.0.1/"_s))}) {
        QNetworkReply *reply = manager.get(asked);
        QVERIFY(!reply->isFinished());
        QCOMPARE(reply->error(), QNetworkReply::NoError);
        ReplyWatch watch(reply);
        QVERIFY(watch.wait());
        QCOMPARE(watch.violation(), ""_ba);
    }
}

// ---- connections ----

void TestUpstreamManager::keepsConnections()
{
    const QList<QByteArray> answers = {
            whole,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"_ba,
            "HTTP/1.1 100 Continue\r\n\r\n"_ba + whole,
            "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 5\r\n\r\nhello"_ba,
    };
    m_server->setScript([&](const ScriptedServer::Request &) {
        return Script{Step::send(answers[m_server->requestCount() % answers.size()])};
    });
    UpstreamManager manager(testOptions());
    for (int i = 0; i < 40; ++i) {
        ReplyWatch watch(post(manager));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::NoError);
        QCOMPARE(watch.body(), "hello"_ba);
        QCOMPARE(manager.idleConnections(), 1);
    }
    QCOMPARE(m_server->requestCount(), 40);
    QCOMPARE(m_server->connectionCount(), 1);

    // Another server is another connection, and so is TLS
    const auto other = newServer();
    ReplyWatch elsewhere(manager.get(QNetworkRequest(other->url())));
    QVERIFY(elsewhere.wait());
    QCOMPARE(elsewhere.error(), QNetworkReply::NoError);
    QCOMPARE(other->requestCount(), 1);
    QCOMPARE(manager.idleConnections(), 2);
}

void TestUpstreamManager::replacesClosedConnection_data()
{
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("seen"); // whether the event loop turns in between

    QTest::newRow("closed, seen") << false << true;
    QTest::newRow("closed, not seen yet") << false << false;
    QTest::newRow("reset, seen") << true << true;
    QTest::newRow("reset, not seen yet") << true << false;
}

void TestUpstreamManager::replacesClosedConnection()
{
    QFETCH(const bool, reset);
    QFETCH(const bool, seen);
    UpstreamManager manager(testOptions());
    constexpr int rounds = 30;
    for (int round = 0; round < rounds; ++round) {
        ReplyWatch watch(post(manager, QByteArray::number(round)));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::NoError);
        QCOMPARE(watch.body(), "hello"_ba);
        QCOMPARE(manager.idleConnections(), 1);
        if (reset)
            m_server->resetAll();
        else
            m_server->closeAll();
        if (seen)
            QTRY_COMPARE(manager.idleConnections(), 0);
    }
    QCOMPARE(m_server->requestCount(), rounds);
    QCOMPARE(m_server->connectionCount(), rounds);
    for (int round = 0; round < rounds; ++round)
        QCOMPARE(m_server->requests().at(round).body, QByteArray::number(round));
}

void TestUpstreamManager::connectionDiesUnderTheRequest_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("begun"); // whether an answer had begun
    QTest::addColumn<int>("requests");
    for (const bool reset : {false, true}) {
        const char *how = reset ? "reset" : "closed";
        QTest::addRow("GET, %s", how) << "GET"_ba << reset << false << 3;
        QTest::addRow("HEAD, %s", how) << "HEAD"_ba << reset << false << 3;
        QTest::addRow("GET, %s, after a part of the answer", how) << "GET"_ba << reset << true << 2;
        QTest::addRow("POST, %s", how) << "POST"_ba << reset << false << 2;
        QTest::addRow("DELETE, %s", how) << "DELETE"_ba << reset << false << 2;
    }
}

// The server ends an open connection just when the next request is on its way. A request that only asks for something
// is sent again, once, over a new connection, but a POST may have been carried out.
void TestUpstreamManager::connectionDiesUnderTheRequest()
{
    QFETCH(const QByteArray, verb);
    QFETCH(const bool, reset);
    QFETCH(const bool, begun);
    QFETCH(const int, requests);
    const Step end = reset ? Step::reset() : Step::close();
    m_server->setScript([&](const ScriptedServer::Request &request) {
        const QByteArray answer = request.head.method == "HEAD" ? whole.chopped(5) : whole;
        if (m_server->requestCount() != 2)
            return Script{Step::send(answer)};
        return begun ? Script{Step::send("HTTP/1.1 200"), Step::turn(), end} : Script{end};
    });
    UpstreamManager manager(testOptions());
    ReplyWatch first(manager.get(QNetworkRequest(m_server->url())));
    QVERIFY(first.wait());
    QCOMPARE(manager.idleConnections(), 1);
    ReplyWatch watch(manager.sendCustomRequest(QNetworkRequest(m_server->url()), verb));
    QVERIFY(watch.wait());
    QCOMPARE(m_server->requestCount(), requests);
    QCOMPARE(m_server->connectionCount(), requests - 1);
    QCOMPARE(watch.error(), requests == 3 ? QNetworkReply::NoError : QNetworkReply::RemoteHostClosedError);
    QVERIFY(!watch.notSent());

    // On a new connection there is nothing that could be taken for a leftover.
    m_server->setScript(Script{end});
    UpstreamManager fresh(testOptions());
    ReplyWatch only(fresh.sendCustomRequest(QNetworkRequest(m_server->url()), verb));
    QVERIFY(only.wait());
    QCOMPARE(only.error(), QNetworkReply::RemoteHostClosedError);
    QCOMPARE(m_server->requestCount(), requests + 1);
}

void TestUpstreamManager::serverClosesRightAfterAnswer_data()
{
    QTest::addColumn<int>("turns"); // of the event loop, between the answer and the end
    QTest::addColumn<bool>("reset");

    for (int turns = 0; turns <= 3; ++turns) {
        QTest::addRow("close after %d turns", turns) << turns << false;
        QTest::addRow("reset after %d turns", turns) << turns << true;
    }
}

// The next request meets a connection that is ending. It may fail, but it must say so, and never arrive twice.
void TestUpstreamManager::serverClosesRightAfterAnswer()
{
    QFETCH(const int, turns);
    QFETCH(const bool, reset);
    Script script{Step::send(whole)};
    for (int i = 0; i < turns; ++i)
        script.append(Step::turn());
    if (reset)
        script.prepend(Step::turn());
    script.append(reset ? Step::reset() : Step::close());
    m_server->setScript(script);

    UpstreamManager manager(testOptions());
    constexpr int rounds = 200;
    int succeeded = 0;
    QSet<QByteArray> good;
    for (int round = 0; round < rounds; ++round) {
        const QByteArray body = QByteArray::number(round);
        ReplyWatch watch(post(manager, body));
        QVERIFY(watch.wait());
        QCOMPARE(watch.violation(), ""_ba);
        if (watch.error() == QNetworkReply::NoError) {
            QCOMPARE(watch.body(), "hello"_ba);
            good.insert(body);
            ++succeeded;
        } else {
            QCOMPARE(watch.error(), QNetworkReply::RemoteHostClosedError);
        }
    }
    QSet<QByteArray> arrived;
    for (const ScriptedServer::Request &request : m_server->requests()) {
        QVERIFY2(!arrived.contains(request.body), request.body.constData());
        arrived.insert(request.body);
    }
    QVERIFY(arrived.contains(good));
    if (succeeded != rounds)
        qInfo("%d of %d failed, %d of them had arrived", rounds - succeeded, rounds,
              static_cast<int>(arrived.size()) - succeeded);
    // A connection whose end had come before the request was written must not be used.
    if (turns == 0 && !reset)
        QCOMPARE(succeeded, rounds);
}

void TestUpstreamManager::doesNotReuse_data()
{
    QTest::addColumn<QByteArray>("answer");

    QTest::newRow("Connection: close") << "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"_ba;
    QTest::newRow("close in a list") << "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 5\r\n\r\nhello"_ba;
    QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"_ba;
    QTest::newRow("excess bytes") << whole + "x"_ba;
    QTest::newRow("excess CR LF") << whole + "\r\n"_ba;
    QTest::newRow("excess answer") << whole + whole;
    QTest::newRow("excess behind chunks")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nx"_ba;
}

// The server leaves the connection open, but the next request still gets its own.
void TestUpstreamManager::doesNotReuse()
{
    QFETCH(const QByteArray, answer);
    m_server->setScript({Step::send(answer)});
    UpstreamManager manager(testOptions());
    for (int i = 1; i <= 5; ++i) {
        ReplyWatch watch(post(manager));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::NoError);
        QCOMPARE(watch.body(), "hello"_ba);
        QCOMPARE(manager.idleConnections(), 0);
        QCOMPARE(m_server->connectionCount(), i);
    }
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestUpstreamManager::excessWhileIdle()
{
    m_server->setScript({Step::send(whole), Step::waitForRelease(),
                         Step::send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"_ba)});
    UpstreamManager manager(testOptions());
    for (int round = 0; round < 20; ++round) {
        ReplyWatch watch(post(manager));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::NoError);
        QCOMPARE(watch.body(), "hello"_ba);
        m_server->release(); // arrives before the next request is written
        if (round % 2 == 0)
            QTRY_COMPARE(manager.idleConnections(), 0);
    }
    QCOMPARE(m_server->connectionCount(), 20);
}

void TestUpstreamManager::opensAhead()
{
    UpstreamManager manager(testOptions());
    manager.keepReady(m_server->url(), 2);
    QTRY_COMPARE(manager.idleConnections(), 2);
    QCOMPARE(m_server->connectionCount(), 2);
    QCOMPARE(m_server->requestCount(), 0);

    ReplyWatch watch(post(manager));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QVERIFY(m_server->requests().first().connection <= 2);
    QTRY_COMPARE(manager.idleConnections(), 3);

    // A connection that was lost is replaced at the next request at the latest
    m_server->closeAll();
    QTRY_COMPARE(manager.idleConnections(), 0);
    ReplyWatch next(post(manager));
    QVERIFY(next.wait());
    QCOMPARE(next.error(), QNetworkReply::NoError);
    QTRY_COMPARE(manager.idleConnections(), 3);
    QCOMPARE(m_server->requestCount(), 2);
}

void TestUpstreamManager::takesConnectionOpenedAheadWhileItConnects()
{
    UpstreamManager manager(testOptions());
    manager.keepReady(m_server->url(), 1);
    QCOMPARE(manager.idleConnections(), 0); // still connecting
    ReplyWatch watch(post(manager));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.violation(), ""_ba);
    QCOMPARE(m_server->requests().first().connection, 1);
}

void TestUpstreamManager::closesIdleConnections()
{
    UpstreamOptions options = testOptions();
    options.keepAliveTime = 50ms;
    UpstreamManager manager(options);
    ReplyWatch watch(post(manager));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QTRY_COMPARE(manager.idleConnections(), 0);
    QTRY_COMPARE(m_server->openConnections(), 0);
    ReplyWatch next(post(manager));
    QVERIFY(next.wait());
    QCOMPARE(next.error(), QNetworkReply::NoError);
    QCOMPARE(m_server->connectionCount(), 2);
}

void TestUpstreamManager::manyStreams()
{
    constexpr int count = 64;
    m_server->setScript({Step::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    "5\r\nhello\r\n"_ba),
                         Step::waitForRelease(), Step::send("6\r\n world\r\n0\r\n\r\n"_ba)});
    UpstreamManager manager(testOptions());
    std::vector<std::unique_ptr<ReplyWatch>> watches;
    for (int i = 0; i < count; ++i)
        watches.push_back(std::make_unique<ReplyWatch>(post(manager)));
    const auto countWith = [&](const QByteArray &body) {
        return std::count_if(watches.begin(), watches.end(), [&](const auto &watch) { return watch->body() == body; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(countWith("hello"_ba), count, 30'000);
    QCOMPARE(m_server->requestCount(), count);
    QCOMPARE(m_server->connectionCount(), count);
    m_server->release();
    QTRY_COMPARE_WITH_TIMEOUT(countWith("hello world"_ba), count, 30'000);
    for (const auto &watch : watches) {
        QVERIFY(watch->wait());
        QCOMPARE(watch->error(), QNetworkReply::NoError);
        QCOMPARE(watch->violation(), ""_ba);
    }
    QCOMPARE(manager.idleConnections(), count);
}

// The memory of a stream while nothing comes, without the buffers that Qt would keep, twice as many over TLS. What is
// left there is OpenSSL's.
void TestUpstreamManager::memoryOfAStream()
{
    if (!memoryCounts || heldBytes() < 0)
        QSKIP("no figures here");
    QFETCH_GLOBAL(const bool, tls);
    const auto event = http::encodeChunk("data: " + QByteArray(200, 'x') + "\n\n");
    m_server->setScript({Step::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"_ba + event),
                         Step::waitForRelease(), Step::send(event)});
    UpstreamManager manager(testOptions());
    constexpr int count = 40;
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    int events = 0;
    for (int i = 0; i < count; ++i) {
        replies.emplace_back(post(manager));
        QNetworkReply *reply = replies.back().get();
        reply->setReadBufferSize(64 * 1024);
        connect(reply, &QNetworkReply::readyRead, this, [reply, &events] {
            reply->skip(reply->bytesAvailable());
            ++events;
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(events, count, 30'000);
    QTRY_COMPARE(m_server->waitingForRelease(), count);
    m_server->release();
    QTRY_COMPARE(events, 2 * count);
    QCoreApplication::processEvents();

    const qint64 with = heldBytes();
    replies.clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the server's objects stay as they are
    const qint64 each = (with - heldBytes()) / count;
    qInfo("%lld KiB a stream", static_cast<long long>(each / 1024));
    QVERIFY2(each < (tls ? 110 : 30) * 1024, QByteArray::number(each).constData());
}

void TestUpstreamManager::connectionRefused()
{
    const QUrl url = m_server->url();
    m_server->close();
    UpstreamManager manager(testOptions());
    for (int i = 0; i < 3; ++i) {
        ReplyWatch watch(manager.post(QNetworkRequest(url), "prompt"_ba));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::ConnectionRefusedError);
        QVERIFY(watch.notSent());
        QCOMPARE(watch.count("requestSent"), 0);
        QCOMPARE(watch.violation(), ""_ba);
        QVERIFY(!watch.reply()->errorString().isEmpty());
    }
}

// A connect that fails inside the call, as without a route, is no time-out.
void TestUpstreamManager::failsAtOnce()
{
    UpstreamManager manager(testOptions());
    const QUrl url(u"http://255.255.255.255/"_s);
    for (const bool ahead : {false, true}) {
        if (ahead)
            manager.keepReady(url, 1);
        ReplyWatch watch(manager.get(QNetworkRequest(url)));
        QVERIFY(watch.wait());
        QCOMPARE(watch.error(), QNetworkReply::UnknownNetworkError);
        QVERIFY(watch.notSent());
        QCOMPARE(watch.violation(), ""_ba);
    }
}

void TestUpstreamManager::hostNotFound()
{
    QUrl url = m_server->url();
    url.setHost(u"nonexistent.invalid"_s);
    UpstreamManager manager(testOptions());
    ReplyWatch watch(manager.post(QNetworkRequest(url), "prompt"_ba));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::HostNotFoundError);
    QVERIFY(watch.notSent());
    QCOMPARE(watch.violation(), ""_ba);
}

void TestUpstreamManager::unknownScheme()
{
    UpstreamManager manager(testOptions());
    for (const QUrl &url : {QUrl(), QUrl(u"ftp://127.0.0.1/"_s), QUrl(u"http:///path"_s)}) {
        ReplyWatch watch(manager.get(QNetworkRequest(url)));
        QVERIFY(watch.wait());
        QVERIFY(watch.error() != QNetworkReply::NoError);
        QVERIFY(watch.notSent());
        QCOMPARE(watch.violation(), ""_ba);
    }
}

// ---- times ----

void TestUpstreamManager::connectTimeRunsOut()
{
    // Accepts, but never answers the handshake
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const QUrl url(u"https://127.0.0.1:%1/"_s.arg(silent.serverPort()));
    UpstreamOptions options = testOptions();
    options.connectTime = 100ms;
    UpstreamManager manager(options);
    ReplyWatch watch(manager.post(QNetworkRequest(url), "prompt"_ba));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::TimeoutError);
    QVERIFY(watch.notSent());
    QCOMPARE(watch.violation(), ""_ba);
    QTRY_VERIFY(silent.hasPendingConnections());
    const QTcpSocket *connection = silent.nextPendingConnection();
    QTRY_COMPARE(connection->state(), QAbstractSocket::UnconnectedState);
}

void TestUpstreamManager::firstByteTimeRunsOut_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("status");

    QTest::newRow("nothing") << Script{} << 0;
    QTest::newRow("informational answer") << Script{Step::send("HTTP/1.1 100 Continue\r\n\r\n"_ba)} << 0;
    QTest::newRow("half a head") << Script{Step::send("HTTP/1.1 200 OK\r\nX:"_ba)} << 0;
    QTest::newRow("head") << Script{Step::send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"_ba)} << 200;
}

void TestUpstreamManager::firstByteTimeRunsOut()
{
    QFETCH(const Script, script);
    QFETCH(const int, status);
    m_server->setScript(script);
    UpstreamOptions options = testOptions();
    options.firstByteTime = 100ms;
    UpstreamManager manager(options);
    ReplyWatch watch(post(manager));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::TimeoutError);
    QCOMPARE(watch.status(), status);
    QVERIFY(!watch.notSent());
    QCOMPARE(watch.violation(), ""_ba);
    QCOMPARE(m_server->requestCount(), 1);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestUpstreamManager::idleTimeRunsOut()
{
    m_server->setScript({Step::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"_ba)});
    UpstreamOptions options = testOptions();
    options.idleTime = 100ms;
    UpstreamManager manager(options);
    ReplyWatch watch(post(manager), ReplyWatch::Reading::Never);
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::TimeoutError);
    QCOMPARE(watch.reply()->readAll(), "hello"_ba);
    QVERIFY(!watch.notSent());
    QCOMPARE(watch.violation(), ""_ba);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestUpstreamManager::idleTimeRunsOutWhileSending()
{
    if (m_tls)
        return; // the deaf server could not shake hands
    m_server = std::make_unique<ScriptedServer>();
    m_server->setDeaf(true);
    QVERIFY(m_server->start());
    UpstreamOptions options = testOptions();
    options.idleTime = 100ms;
    UpstreamManager manager(options);
    ReplyWatch watch(post(manager, someBytes(20'000'000)));
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::TimeoutError);
    QVERIFY(!watch.notSent());
    QCOMPARE(watch.count("requestSent"), 0);
    QCOMPARE(watch.violation(), ""_ba);
}

// Once a stream has begun, the time for its first byte no longer counts.
void TestUpstreamManager::firstByteTimeEndsWithTheFirstByte()
{
    m_server->setScript([](const ScriptedServer::Request &request) {
        if (request.head.target == "/never")
            return Script{};
        return Script{Step::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "5\r\nhello\r\n"_ba),
                      Step::waitForRelease(), Step::send("0\r\n\r\n"_ba)};
    });
    UpstreamOptions options = testOptions();
    options.firstByteTime = 200ms;
    UpstreamManager manager(options);
    ReplyWatch begun(post(manager));
    QTRY_COMPARE(begun.body(), "hello"_ba);
    // Two requests that are never answered, one after the other, serve as the clock
    for (int i = 0; i < 2; ++i) {
        ReplyWatch never(manager.get(QNetworkRequest(m_server->url(u"/never"_s))));
        QVERIFY(never.wait());
        QCOMPARE(never.error(), QNetworkReply::TimeoutError);
    }
    QVERIFY(!begun.isFinished());
    m_server->release();
    QVERIFY(begun.wait());
    QCOMPARE(begun.error(), QNetworkReply::NoError);
}

void TestUpstreamManager::slowReaderIsNotTimedOut()
{
    m_server->setScript([](const ScriptedServer::Request &request) {
        return request.head.target == "/never"
                ? Script{Step::send("HTTP/1.1 200 OK\r\n\r\nx"_ba)}
                : Script{Step::send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"_ba),
                         Step::send(QByteArray(100'000, 'x'))};
    });
    UpstreamOptions options = testOptions();
    options.idleTime = 100ms;
    options.firstByteTime = 100ms;
    UpstreamManager manager(options);
    QNetworkReply *reply = post(manager);
    reply->setReadBufferSize(1'000);
    ReplyWatch slow(reply, ReplyWatch::Reading::Never);
    QTRY_COMPARE(reply->bytesAvailable(), 1'000);
    for (int i = 0; i < 3; ++i) {
        ReplyWatch never(manager.get(QNetworkRequest(m_server->url(u"/never"_s))));
        QVERIFY(never.wait());
        QCOMPARE(never.error(), QNetworkReply::TimeoutError);
    }
    QVERIFY(!slow.isFinished());
    QByteArray body;
    connect(reply, &QNetworkReply::readyRead, this, [&] { body += reply->readAll(); });
    body += reply->readAll();
    QVERIFY(slow.wait());
    QCOMPARE(slow.error(), QNetworkReply::NoError);
    QCOMPARE(body, QByteArray(100'000, 'x'));
}

// ---- reading ----

void TestUpstreamManager::readBufferHoldsServerBack()
{
    const QByteArray body = someBytes(20'000'000);
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: "_ba + QByteArray::number(body.size()) + "\r\n\r\n"_ba;
    m_server->setScript([&](const ScriptedServer::Request &request) {
        return request.head.method == "GET" ? Script{Step::send(whole)} : Script{Step::send(head), Step::send(body)};
    });
    UpstreamManager manager(testOptions());
    constexpr qint64 limit = 100'000;
    QNetworkReply *reply = post(manager);
    reply->setReadBufferSize(limit);
    qint64 most = 0;
    connect(reply, &QNetworkReply::readyRead, this, [&] { most = std::max(most, reply->bytesAvailable()); });
    ReplyWatch watch(reply, ReplyWatch::Reading::Never);
    QTRY_COMPARE(reply->bytesAvailable(), limit);

    // The server stops sending once the kernel's buffers are full, while other exchanges go on.
    qint64 sent = -1;
    for (int still = 0; still < 20; ++still) {
        ReplyWatch other(manager.get(request()));
        QVERIFY(other.wait());
        if (const qint64 now = m_server->bytesSent() - other.body().size(); now > sent + 1'000) {
            sent = now;
            still = 0;
        }
    }
    QVERIFY2(sent < 15'000'000, QByteArray::number(sent).constData());
    QCOMPARE(reply->bytesAvailable(), limit);
    QVERIFY(!watch.isFinished());

    QByteArray read = reply->readAll();
    connect(reply, &QNetworkReply::readyRead, this, [&] {
        most = std::max(most, reply->bytesAvailable());
        read += reply->read(70'000);
    });
    while (!watch.isFinished()) {
        QSignalSpy moved(reply, &QNetworkReply::readyRead);
        QVERIFY(moved.wait() || watch.isFinished());
        read += reply->readAll();
    }
    read += reply->readAll();
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QCOMPARE(watch.violation(), ""_ba);
    QVERIFY(read == body);
    QVERIFY2(most <= limit, QByteArray::number(most).constData());
}

void TestUpstreamManager::smallReadBuffer_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<bool>("insideSlot"); // reads in readyRead, or between events
    QTest::addColumn<QNetworkReply::NetworkError>("error");

    const auto head = "HTTP/1.1 200 OK\r\n"_ba;
    const QByteArray letters = "abcdefghijklmnopqrstuvwxyz"_ba.repeated(4);
    QByteArray chunks;
    for (qsizetype at = 0; at < letters.size(); at += 13)
        chunks += "d\r\n"_ba + letters.mid(at, 13) + "\r\n"_ba;
    const QList<std::tuple<const char *, Script, QNetworkReply::NetworkError>> answers = {
            {"length", {Step::send(head + "Content-Length: 104\r\n\r\n"_ba + letters)}, QNetworkReply::NoError},
            {"chunked",
             {Step::send(head + "Transfer-Encoding: chunked\r\n\r\n"_ba + chunks + "0\r\n\r\n"_ba)},
             QNetworkReply::NoError},
            {"until close", {Step::send(head + "\r\n"_ba + letters), Step::close()}, QNetworkReply::NoError},
            {"cut",
             {Step::send(head + "Content-Length: 105\r\n\r\n"_ba + letters), Step::close()},
             QNetworkReply::RemoteHostClosedError},
            {"malformed",
             {Step::send(head + "Transfer-Encoding: chunked\r\n\r\n"_ba + chunks + "xyz"_ba)},
             QNetworkReply::ProtocolFailure},
    };
    for (const auto &[name, script, error] : answers) {
        for (const qint64 limit : {1, 10, 104, 1'000}) {
            for (const bool insideSlot : {true, false}) {
                QTest::addRow("%s, %d, %s", name, static_cast<int>(limit), insideSlot ? "in a slot" : "between events")
                        << script << limit << insideSlot << error;
            }
        }
    }
}

// The whole answer comes in one piece, most of it along with the head.
void TestUpstreamManager::smallReadBuffer()
{
    QFETCH(const Script, script);
    QFETCH(const qint64, limit);
    QFETCH(const bool, insideSlot);
    QFETCH(const QNetworkReply::NetworkError, error);
    m_server->setScript(script);
    UpstreamManager manager(testOptions());
    QNetworkReply *reply = post(manager);
    reply->setReadBufferSize(limit);
    ReplyWatch watch(reply, ReplyWatch::Reading::Never);
    QByteArray read;
    bool tooMuch = false;
    const auto readAll = [&] {
        tooMuch = tooMuch || reply->bytesAvailable() > limit;
        read += reply->readAll();
    };
    if (insideSlot) {
        connect(reply, &QNetworkReply::readyRead, this, readAll);
        QVERIFY(watch.wait());
    } else {
        const auto step = [&] {
            readAll();
            return watch.isFinished();
        };
        QVERIFY(runUntil(step));
    }
    readAll();
    QCOMPARE(read, "abcdefghijklmnopqrstuvwxyz"_ba.repeated(4));
    QCOMPARE(watch.error(), error);
    QCOMPARE(watch.violation(), ""_ba);
    QVERIFY(!tooMuch);
}

// The end of the connection must not overtake bytes that still wait for the reader.
void TestUpstreamManager::readBufferOfEndedConnection()
{
    const QByteArray body = someBytes(50'000);
    m_server->setScript({Step::send("HTTP/1.1 200 OK\r\n\r\n"_ba + body), Step::close()});
    UpstreamManager manager(testOptions());
    QNetworkReply *reply = post(manager);
    reply->setReadBufferSize(1'000);
    ReplyWatch watch(reply, ReplyWatch::Reading::Never);
    QTRY_COMPARE(reply->bytesAvailable(), 1'000);
    QTRY_COMPARE(m_server->openConnections(), 0);
    QVERIFY(!watch.isFinished());
    reply->setReadBufferSize(0); // the rest may come at once
    QVERIFY(watch.wait());
    QCOMPARE(watch.error(), QNetworkReply::NoError);
    QVERIFY(reply->readAll() == body);
}

void TestUpstreamManager::readsAfterFinished()
{
    UpstreamManager manager(testOptions());
    ReplyWatch watch(post(manager), ReplyWatch::Reading::Never);
    QVERIFY(watch.wait());
    QNetworkReply *reply = watch.reply();
    QCOMPARE(reply->bytesAvailable(), 5);
    QCOMPARE(reply->peek(2), "he"_ba);
    QCOMPARE(reply->read(2), "he"_ba);
    QCOMPARE(reply->bytesAvailable(), 3);
    QVERIFY(!reply->atEnd());
    QCOMPARE(reply->readAll(), "llo"_ba);
    QVERIFY(reply->atEnd());
    char byte = 0;
    QCOMPARE(reply->read(&byte, 1), -1);
}

QTEST_GUILESS_MAIN(TestUpstreamManager)
#include "tst_upstreammanager.moc"
