#include "proxy/http/websocketframe.h"
#include "tests/support/httpclient.h"
#include "tests/support/testproxy.h"

#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray service = "/ws/google.ai.generativelanguage.v1alpha.GenerativeService."_ba;

// A stand-in for the Live API, the proxy in front of it, and a client with an open session.
struct Session
{
    explicit Session(ProxySettings settings = TestProxy::settingsFor({}),
                     const QByteArray &target = service + "BidiGenerateContent", const QByteArray &authorization = {})
        : server(u"live"_s, QWebSocketServer::NonSecureMode)
    {
        if (!server.listen(QHostAddress::LocalHost))
            return;
        settings.upstream = QUrl(u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
        proxy = std::make_unique<TestProxy>(settings);
        client.setProxy(QNetworkProxy::NoProxy);
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1"_s.arg(proxy->port) + QString::fromLatin1(target)));
        request.setRawHeader("Sec-WebSocket-Extensions", "permessage-deflate");
        if (!authorization.isEmpty())
            request.setRawHeader("Authorization", authorization);
        client.open(request);
        if (runUntil([this] {
                return client.state() == QAbstractSocket::ConnectedState && server.hasPendingConnections();
            }))
            upstream.reset(server.nextPendingConnection());
    }

    [[nodiscard]] bool isOpen() const { return upstream != nullptr; }
    [[nodiscard]] bool hasEnded() const { return client.state() == QAbstractSocket::UnconnectedState; }

    QWebSocketServer server;
    std::unique_ptr<TestProxy> proxy;
    QWebSocket client;
    std::unique_ptr<QWebSocket> upstream;
};

} // namespace

// What the proxy adds to a WebSocket, and what it reads of it. That everything else passes unchanged is tested in
// tst_websocket.
class TestLiveSession : public QObject
{
    Q_OBJECT

private slots:
    void closeFrame_data();
    void closeFrame();
    void endsWithWords_data();
    void endsWithWords();
    void upstreamsOwnWordsStay();
    void nothingWithinAFrame();
    void tokensAreCounted();
    void compressionIsNotOffered();
    void ephemeralToken_data();
    void ephemeralToken();
    void ephemeralTokenNeedsNoKey();
};

void TestLiveSession::closeFrame_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("no words") << QString() << "\x88\x02\x03\xf3"_ba;
    QTest::newRow("words") << u"größer"_s
                           << "\x88\x0a\x03\xf3gr\xc3\xb6\xc3\x9f"
                              "er"_ba;
    QTest::newRow("as long as may be") << QString(123, u'x') << "\x88\x7d\x03\xf3"_ba + QByteArray(123, 'x');
    QTest::newRow("too long") << QString(124, u'x') << "\x88\x7d\x03\xf3"_ba + QByteArray(123, 'x');
    QTest::newRow("cut within a character")
            << QString(122, u'x') + u'€' << "\x88\x7c\x03\xf3"_ba + QByteArray(122, 'x');
}

void TestLiveSession::closeFrame()
{
    QFETCH(const QString, reason);
    QFETCH(const QByteArray, frame);
    QCOMPARE(http::closeFrame(1011, reason), frame);
}

void TestLiveSession::endsWithWords_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("upstream gone") << u"gone"_s << 1011 << u"127.0.0.1 ended"_s;
    QTest::newRow("idle") << u"idle"_s << 1001 << u"Nothing came"_s;
    QTest::newRow("stopped by hand") << u"stopped"_s << 1001 << u"stopped here"_s;
    QTest::newRow("shut down") << u"shutdown"_s << 1001 << u"shutting down"_s;
}

// If the proxy ends a session, it says why in a close frame.
void TestLiveSession::endsWithWords()
{
    QFETCH(const QString, how);
    QFETCH(const int, code);
    QFETCH(const QString, words);
    ProxySettings settings = TestProxy::settingsFor({});
    if (how == "idle"_L1)
        settings.limits.idleTime = 200ms;
    Session session(settings);
    QVERIFY(session.isOpen());
    QString text;
    connect(&session.client, &QWebSocket::textMessageReceived, this, [&text](const QString &got) { text = got; });
    session.upstream->sendTextMessage(u"hello"_s);
    QTRY_COMPARE(text, u"hello"_s);
    if (how == "gone"_L1)
        session.upstream->abort();
    else if (how == "stopped"_L1)
        session.proxy->server.stopExchange(session.proxy->started.value(0).number);
    else if (how == "shutdown"_L1)
        session.proxy->server.stop(1ms);
    QTRY_VERIFY(session.hasEnded());
    QCOMPARE(static_cast<int>(session.client.closeCode()), code);
    QVERIFY2(session.client.closeReason().contains(words), qPrintable(session.client.closeReason()));
    QCOMPARE(session.proxy->ended.size(), 1);
}

void TestLiveSession::upstreamsOwnWordsStay()
{
    Session session;
    QVERIFY(session.isOpen());
    session.upstream->close(QWebSocketProtocol::CloseCodePolicyViolated, u"quota"_s);
    QTRY_VERIFY(session.hasEnded());
    QCOMPARE(static_cast<int>(session.client.closeCode()), 1008);
    QCOMPARE(session.client.closeReason(), u"quota"_s);
}

// Within another frame, a frame of ours would be taken for a part of it.
void TestLiveSession::nothingWithinAFrame()
{
    QTcpServer upstream;
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    TestProxy proxy(QUrl(u"http://127.0.0.1:%1"_s.arg(upstream.serverPort())));
    QTcpSocket client;
    client.setProxy(QNetworkProxy::NoProxy);
    client.connectToHost(QHostAddress::LocalHost, proxy.port);
    client.write("GET " + service + "X HTTP/1.1\r\nHost: localhost:" + QByteArray::number(proxy.port)
                 + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_VERIFY(upstream.hasPendingConnections());
    QTcpSocket *socket = upstream.nextPendingConnection();
    socket->write("HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x05half");
    socket->disconnectFromHost();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    const QByteArray all = client.readAll();
    QVERIFY2(all.endsWith("\x81\x05half"), all.constData());
}

void TestLiveSession::tokensAreCounted()
{
    Session session;
    QVERIFY(session.isOpen());
    int arrived = 0;
    connect(session.upstream.get(), &QWebSocket::textMessageReceived, this, [&arrived] { ++arrived; });
    connect(&session.client, &QWebSocket::textMessageReceived, this, [&arrived] { ++arrived; });
    session.client.sendTextMessage(u"{\"setup\":{\"model\":\"models/gemini-live-2.5\",\"tools\":[]}}"_s);
    session.client.sendTextMessage(u"{\"setup\":{\"model\":\"models/another\"}}"_s);
    // Messages come as text and as binary, as Google sends them, of any length, and with words that only look like
    // usage.
    session.upstream->sendBinaryMessage(R"({"setupComplete":{}})");
    session.upstream->sendBinaryMessage(
            R"({"serverContent":{"modelTurn":{"parts":[{"text":"\"usageMetadata\":{\"promptTokenCount\":9}"}]}}})");
    session.upstream->sendBinaryMessage(
            "{\"serverContent\":{\"x\":\"" + QByteArray(200'000, 'a')
            + R"("},"usageMetadata":{"promptTokenCount":10,"responseTokenCount":5,"totalTokenCount":15}})");
    session.upstream->sendTextMessage(
            uR"({"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":20,"responseTokenCount":7,"thoughtsTokenCount":3,"totalTokenCount":30}})"_s);
    QTRY_COMPARE(arrived, 3);
    session.upstream->close();
    QTRY_COMPARE(session.proxy->ended.size(), 1);
    const ExchangeInfo info = session.proxy->ended.value(0);
    QCOMPARE(info.model, "gemini-live-2.5"_ba);
    QCOMPARE(info.usage.input, 30);
    QCOMPARE(info.usage.output, 15);
    QCOMPARE(info.usage.thoughts, 3);
    QCOMPARE(info.usage.total, 45);
}

// Compressed messages could not be read.
void TestLiveSession::compressionIsNotOffered()
{
    Session session;
    QVERIFY(session.isOpen());
    QVERIFY(!session.upstream->request().hasRawHeader("Sec-WebSocket-Extensions"));
}

void TestLiveSession::ephemeralToken_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("query"); // the query that arrives at the upstream
    QTest::addColumn<bool>("passes");
    const QByteArray constrained = service + "BidiGenerateContentConstrained";
    QTest::newRow("in the query") << constrained + "?a=1&access_token=auth_tokens%2Fx&key=k"
                                  << ""_ba
                                  << "a=1&access_token=auth_tokens%2Fx"_ba << true;
    QTest::newRow("as a field") << constrained + "?a=1"
                                << "Token auth_tokens/x"_ba
                                << "a=1"_ba << true;
    QTest::newRow("none") << constrained + "?a=1"
                          << ""_ba
                          << "a=1"_ba << false;
    QTest::newRow("a bearer's is for this proxy") << constrained << "Bearer x"_ba
                                                  << ""_ba << false;
    QTest::newRow("another method") << service + "BidiGenerateContent?access_token=auth_tokens%2Fx&a=1"
                                    << ""_ba
                                    << "a=1"_ba << false;
    QTest::newRow("another method, as a field") << service + "BidiGenerateContent"
                                                << "Token auth_tokens/x"_ba
                                                << ""_ba << false;
}

// Google's own short-lived tokens pass if the method takes them, and no key is put in then.
void TestLiveSession::ephemeralToken()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, authorization);
    QFETCH(const QByteArray, query);
    QFETCH(const bool, passes);
    Session session(TestProxy::settingsFor({}), target, authorization);
    QVERIFY(session.isOpen());
    const QNetworkRequest request = session.upstream->request();
    QCOMPARE(session.upstream->requestUrl().query(QUrl::FullyEncoded).toLatin1(), query);
    QCOMPARE(request.rawHeader("x-goog-api-key"), passes ? ""_ba : QByteArray(TestProxy::key));
    QCOMPARE(request.rawHeader("Authorization"), passes ? authorization : ""_ba);
}

void TestLiveSession::ephemeralTokenNeedsNoKey()
{
    ProxySettings settings = TestProxy::settingsFor({});
    settings.key = {};
    Session session(settings, service + "BidiGenerateContentConstrained?access_token=auth_tokens/x");
    QVERIFY(session.isOpen());
}

QTEST_GUILESS_MAIN(TestLiveSession)
#include "tst_websocketexchange.moc"
