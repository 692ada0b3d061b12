#include "proxy/guard/guard.h"
#include "tests/support/heldmemory.h"
#include "tests/support/httpclient.h"
#include "tests/support/metricstext.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/testproxy.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using End = ExchangeInfo::End;
using Step = ScriptedServer::Step;

namespace {

const QByteArray path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"_ba;
// The example of RFC 6455, section 1.3
const QByteArray upgradeFields = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"_ba;
const QByteArray switchHead = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"_ba;

// A stand-in for Gemini that sends every message back.
class EchoUpstream : public QWebSocketServer
{
public:
    explicit EchoUpstream(SslMode mode = NonSecureMode) : QWebSocketServer(u"echo"_s, mode)
    {
        setMaxPendingConnections(1000);
        connect(this, &QWebSocketServer::newConnection, this, [this] {
            while (QWebSocket *socket = nextPendingConnection()) {
                socket->setParent(this);
                sockets.append(socket);
                connect(socket, &QWebSocket::textMessageReceived, socket, &QWebSocket::sendTextMessage);
                connect(socket, &QWebSocket::binaryMessageReceived, socket, &QWebSocket::sendBinaryMessage);
            }
        });
    }

    [[nodiscard]] bool start() { return listen(QHostAddress::LocalHost); }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(
                (secureMode() == SecureMode ? u"https://127.0.0.1:%1"_s : u"http://127.0.0.1:%1"_s).arg(serverPort()));
    }

    QList<QWebSocket *> sockets;
};

// A WebSocket client of the proxy.
class Client : public QWebSocket
{
public:
    explicit Client(quint16 port, const QByteArray &query = {}, const QByteArray &token = {})
    {
        setProxy(QNetworkProxy::NoProxy);
        connect(this, &QWebSocket::textMessageReceived, this, [this](const QString &text) { texts.append(text); });
        connect(this, &QWebSocket::binaryMessageReceived, this,
                [this](const QByteArray &bytes) { binaries.append(bytes); });
        QNetworkRequest request(QUrl(u"ws://127.0.0.1:%1"_s.arg(port) + QString::fromLatin1(path + query)));
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token);
        open(request);
    }

    [[nodiscard]] bool isOpen() const { return state() == QAbstractSocket::ConnectedState; }
    [[nodiscard]] bool hasEnded() const { return state() == QAbstractSocket::UnconnectedState; }

    QStringList texts;
    QList<QByteArray> binaries;
};

// One end of a connection that shows its bytes as they are.
class RawSocket : public QTcpSocket
{
public:
    RawSocket()
    {
        setProxy(QNetworkProxy::NoProxy);
        connect(this, &QTcpSocket::readyRead, this, [this] {
            if (reading)
                in += readAll();
        });
    }
    explicit RawSocket(quint16 port, const QByteArray &bytes = {}) : RawSocket()
    {
        connectToHost(QHostAddress::LocalHost, port);
        write(bytes);
    }

    void stopReading()
    {
        reading = false;
        setReadBufferSize(1024);
    }
    void goOnReading()
    {
        reading = true;
        setReadBufferSize(0);
        in += readAll();
    }

    bool reading = true;
    QByteArray in;
};

// Accepts connections, and does nothing by itself.
class RawServer : public QTcpServer
{
public:
    [[nodiscard]] bool start() { return listen(QHostAddress::LocalHost); }
    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort())); }
    [[nodiscard]] RawSocket *socket() const { return m_socket; } // the newest; null = none yet
    [[nodiscard]] bool isAsked() const { return m_socket && m_socket->in.contains("\r\n\r\n"); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        m_socket = new RawSocket;
        m_socket->setParent(this);
        m_socket->setSocketDescriptor(descriptor);
    }

private:
    RawSocket *m_socket = nullptr;
};

QByteArray handshake(quint16 port, const QByteArray &query = {}, const QByteArray &fields = {})
{
    return "GET " + path + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" + upgradeFields
            + fields + "\r\n";
}

// The answer to a request that opens no WebSocket.
HttpClient::Response answerTo(quint16 port, const QByteArray &request)
{
    HttpClient client(port);
    client.send(request);
    return runUntil([&client] { return client.hasEnded(); }) ? client.response() : HttpClient::Response{};
}

// A session opened between a raw client and a raw upstream.
struct RawSession
{
    explicit RawSession(ProxySettings settings = TestProxy::settingsFor({}))
    {
        if (!upstream.start())
            return;
        settings.upstream = upstream.url();
        proxy = std::make_unique<TestProxy>(settings);
        client = std::make_unique<RawSocket>(proxy->port, handshake(proxy->port));
        if (!runUntil([this] { return upstream.isAsked(); }))
            return;
        upstream.socket()->in.clear();
        upstream.socket()->write(switchHead);
        isOpen = runUntil([this] { return client->in.endsWith("\r\n\r\n"); });
        answer = std::exchange(client->in, {});
    }

    RawServer upstream;
    std::unique_ptr<TestProxy> proxy;
    std::unique_ptr<RawSocket> client;
    QByteArray answer;
    bool isOpen = false;
};

} // namespace

// The Live API through the proxy: with real WebSockets, and with raw bytes where real ones cannot misbehave.
class TestWebSocket : public QObject
{
    Q_OBJECT

private slots:
    void messages_data();
    void messages();
    void pings();
    void clientCloses_data();
    void clientCloses();
    void upstreamCloses_data() { clientCloses_data(); }
    void upstreamCloses();
    void clientGone_data();
    void clientGone();
    void upstreamGone();
    void manyAtOnce_data();
    void manyAtOnce();

    void whatReachesTheUpstream();
    void whatReachesTheClient();
    void upstreamWithAPath();
    void slashesOfGooglesSdk();
    void bytesBehindTheHeads();
    void halfClosedClientIsHeard();
    void lastBytesOfTheUpstream_data();
    void lastBytesOfTheUpstream();

    void token();
    void refused_data();
    void refused();
    void withoutAKey();
    void upstreamRefuses_data();
    void upstreamRefuses();
    void upstreamIsNotThere();
    void retriesUnavailable();
    void badCertificate();
    void clientLeavesDuringTheHandshake();
    void tooMuchAheadOfTheAnswer();

    void slowClient();
    void slowUpstream();
    void stalledClient();
    void stalledUpstream();
    void idle();
    void connectionLimit();
    void announced();
    void stop_data();
    void stop();
    void stopExchange();
    void stopDuringTheHandshake();
    void serverGoes();
    void settingsChange();
};

void TestWebSocket::messages_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<qsizetype>("size");
    for (const bool tls : {false, true}) {
        for (const qsizetype size : {0, 1, 125, 126, 65'535, 65'536, 1'000'000})
            QTest::addRow("%s, %lld bytes", tls ? "wss" : "ws", static_cast<long long>(size)) << tls << size;
    }
}

void TestWebSocket::messages()
{
    QFETCH(bool, tls);
    QFETCH(qsizetype, size);
    EchoUpstream upstream(tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
    if (tls)
        upstream.setSslConfiguration(testcertificates::server(testcertificates::Server::Good));
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.extraCaCertificates = {testcertificates::authority()};
    TestProxy proxy(settings);
    Client client(proxy.port);
    QTRY_VERIFY(client.isOpen());

    QString text(size, u'é');
    QByteArray binary(size, '\0');
    for (qsizetype i = 0; i < size; ++i)
        binary[i] = static_cast<char>(i * 7);
    client.sendTextMessage(text);
    client.sendBinaryMessage(binary);
    client.sendTextMessage(u"last"_s);
    QTRY_COMPARE(client.texts.size(), 2);
    QCOMPARE(client.texts.constFirst(), text);
    QCOMPARE(client.texts.constLast(), u"last"_s);
    QCOMPARE(client.binaries, QList<QByteArray>{binary});
}

void TestWebSocket::pings()
{
    EchoUpstream upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    Client client(proxy.port);
    QTRY_COMPARE(upstream.sockets.size(), 1);
    QTRY_VERIFY(client.isOpen());
    QSignalSpy clientPongs(&client, &QWebSocket::pong);
    QSignalSpy upstreamPongs(upstream.sockets.constFirst(), &QWebSocket::pong);
    client.ping("from the client");
    upstream.sockets.constFirst()->ping("from the upstream");
    QTRY_COMPARE(clientPongs.size(), 1);
    QCOMPARE(clientPongs.constFirst().at(1).toByteArray(), "from the client"_ba);
    QTRY_COMPARE(upstreamPongs.size(), 1);
    QCOMPARE(upstreamPongs.constFirst().at(1).toByteArray(), "from the upstream"_ba);
}

void TestWebSocket::clientCloses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("reason");
    QTest::newRow("normal") << 1000 << QString();
    QTest::newRow("going away") << 1001 << u"see you"_s;
    QTest::newRow("policy") << 1008 << u"Quota exceeded"_s;
    QTest::newRow("internal error") << 1011 << u"größer"_s;
    QTest::newRow("private") << 4321 << u"x"_s;
}

void TestWebSocket::clientCloses()
{
    QFETCH(int, code);
    QFETCH(QString, reason);
    EchoUpstream upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    Client client(proxy.port);
    QTRY_COMPARE(upstream.sockets.size(), 1);
    QTRY_VERIFY(client.isOpen());
    client.close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
    QTRY_VERIFY(client.hasEnded());
    QTRY_COMPARE(upstream.sockets.constFirst()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(static_cast<int>(upstream.sockets.constFirst()->closeCode()), code);
    QCOMPARE(upstream.sockets.constFirst()->closeReason(), reason);
    QTRY_COMPARE(proxy.ended.size(), 1);
    QCOMPARE(proxy.ended.constFirst().end, End::Complete);
    QTRY_COMPARE(proxy.server.openExchanges(), 0);
}

void TestWebSocket::upstreamCloses()
{
    QFETCH(int, code);
    QFETCH(QString, reason);
    EchoUpstream upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    Client client(proxy.port);
    QTRY_COMPARE(upstream.sockets.size(), 1);
    QTRY_VERIFY(client.isOpen());
    upstream.sockets.constFirst()->sendTextMessage(u"bye"_s);
    upstream.sockets.constFirst()->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
    QTRY_VERIFY(client.hasEnded());
    QCOMPARE(client.texts, QStringList{u"bye"_s});
    QCOMPARE(static_cast<int>(client.closeCode()), code);
    QCOMPARE(client.closeReason(), reason);
    QTRY_COMPARE(proxy.ended.size(), 1);
    QCOMPARE(proxy.ended.constFirst().end, End::Complete);
}

void TestWebSocket::clientGone_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("ws") << false;
    QTest::newRow("wss") << true;
}

void TestWebSocket::clientGone()
{
    QFETCH(bool, tls);
    EchoUpstream upstream(tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
    if (tls)
        upstream.setSslConfiguration(testcertificates::server(testcertificates::Server::Good));
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.extraCaCertificates = {testcertificates::authority()};
    TestProxy proxy(settings);
    Client client(proxy.port);
    QTRY_COMPARE(upstream.sockets.size(), 1);
    QTRY_VERIFY(client.isOpen());
    client.abort();
    QTRY_COMPARE(upstream.sockets.constFirst()->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(proxy.ended.size(), 1);
}

void TestWebSocket::upstreamGone()
{
    EchoUpstream upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    Client client(proxy.port);
    QTRY_COMPARE(upstream.sockets.size(), 1);
    QTRY_VERIFY(client.isOpen());
    upstream.sockets.constFirst()->abort();
    QTRY_VERIFY(client.hasEnded());
    QTRY_COMPARE(proxy.ended.size(), 1);
}

void TestWebSocket::manyAtOnce_data()
{
    clientGone_data();
}

void TestWebSocket::manyAtOnce()
{
    QFETCH(bool, tls);
    EchoUpstream upstream(tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
    if (tls)
        upstream.setSslConfiguration(testcertificates::server(testcertificates::Server::Good));
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.extraCaCertificates = {testcertificates::authority()};
    TestProxy proxy(settings);
    constexpr int count = 60;
    constexpr int rounds = 20;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<Client>(proxy.port));
    for (const auto &client : clients)
        QTRY_VERIFY(client->isOpen());
    QCOMPARE(proxy.server.openExchanges(), count);
    for (int round = 0; round < rounds; ++round) {
        for (int i = 0; i < count; ++i)
            clients.at(static_cast<std::size_t>(i))
                    ->sendTextMessage(u"%1/%2"_s.arg(i).arg(round) + QString(1000, u'x'));
    }
    for (int i = 0; i < count; ++i) {
        const Client &client = *clients.at(static_cast<std::size_t>(i));
        QTRY_COMPARE(client.texts.size(), rounds);
        for (int round = 0; round < rounds; ++round)
            QVERIFY(client.texts.at(round).startsWith(u"%1/%2x"_s.arg(i).arg(round)));
    }
    clients.clear();
    QTRY_COMPARE(proxy.server.openExchanges(), 0);
    QCOMPARE(proxy.ended.size(), count);
    for (const QWebSocket *socket : std::as_const(upstream.sockets))
        QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
}

// ---- the handshake ----

void TestWebSocket::whatReachesTheUpstream()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.tokens = {guard::makeToken("editor", "token-of-editor")};
    TestProxy proxy(settings);
    RawSocket client(proxy.port,
                     handshake(proxy.port,
                               "?a=%2F%41&key=token-of-editor&%6bEy=K1&$key=K2&access_token=K3&oauth_token=K4&b",
                               "Authorization: Bearer token-of-editor\r\nx-goog-api-key: K5\r\n"
                               "Cookie: c=K6\r\nX-Goog-Api-Client: lib/1\r\nUser-Agent: agent/2\r\n"
                               "Sec-WebSocket-Protocol: p1, p2\r\nSec-WebSocket-Protocol: p3\r\n"
                               "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                               "Sec-Fetch-Site: none\r\nX-Forwarded-For: 10.0.0.1\r\n"));
    QTRY_VERIFY(upstream.isAsked());
    const auto head = http::parseRequestHead(upstream.socket()->in, {});
    QVERIFY(head.has_value());
    QCOMPARE(head->method, "GET"_ba);
    QCOMPARE(head->target, path + "?a=%2F%41&b");
    QCOMPARE(head->host, "127.0.0.1:" + QByteArray::number(upstream.serverPort()));
    QCOMPARE(head->fields.joined("connection"), "Upgrade"_ba);
    QCOMPARE(head->fields.joined("upgrade"), "websocket"_ba);
    QCOMPARE(head->fields.joined("x-goog-api-key"), QByteArray(TestProxy::key));
    QCOMPARE(head->fields.joined("sec-websocket-key"), "dGhlIHNhbXBsZSBub25jZQ=="_ba);
    QCOMPARE(head->fields.joined("sec-websocket-version"), "13"_ba);
    QCOMPARE(head->fields.joined("sec-websocket-protocol"), "p1, p2, p3"_ba);
    QCOMPARE(head->fields.joined("x-goog-api-client"), "lib/1"_ba);
    QCOMPARE(head->fields.joined("user-agent"), "agent/2"_ba);
    for (const char *name : {"authorization", "cookie", "sec-fetch-site", "x-forwarded-for", "x-request-id",
                             "sec-websocket-extensions"}) // compressed, tokens could not be counted
        QVERIFY2(!head->fields.contains(name), name);
    for (const char *secret : {"token-of-editor", "K1", "K2", "K3", "K4", "K5", "K6"})
        QVERIFY2(!upstream.socket()->in.contains(secret), secret);
}

void TestWebSocket::whatReachesTheClient()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port, {}, "X-Request-Id: abc-1\r\n"));
    QTRY_VERIFY(upstream.isAsked());
    upstream.socket()->write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                             "HTTP/1.1 101 Sure\r\nupgrade: WebSocket\r\nconnection: upgrade\r\n"
                             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: p2\r\n"
                             "Sec-WebSocket-Extensions: permessage-deflate\r\nSet-Cookie: c=1\r\nAlt-Svc: h3\r\n\r\n");
    QTRY_VERIFY(client.in.endsWith("\r\n\r\n"));
    const auto head = http::parseResponseHead(client.in, {});
    QVERIFY(head.has_value());
    QCOMPARE(head->status, 101);
    QCOMPARE(head->fields.joined("upgrade"), "websocket"_ba);
    QCOMPARE(head->fields.joined("connection"), "Upgrade"_ba);
    QCOMPARE(head->fields.joined("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="_ba);
    QCOMPARE(head->fields.joined("sec-websocket-protocol"), "p2"_ba);
    QCOMPARE(head->fields.joined("sec-websocket-extensions"), "permessage-deflate"_ba);
    QCOMPARE(head->fields.joined("x-request-id"), "abc-1"_ba);
    QVERIFY(head->fields.contains("date"));
    for (const char *name : {"set-cookie", "alt-svc", "link", "content-length", "transfer-encoding"})
        QVERIFY2(!head->fields.contains(name), name);
}

void TestWebSocket::upstreamWithAPath()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    QUrl url = upstream.url();
    url.setPath(u"/a%2Fb/"_s, QUrl::StrictMode);
    TestProxy proxy(url);
    RawSocket client(proxy.port, handshake(proxy.port));
    QTRY_VERIFY(upstream.isAsked());
    QVERIFY2(upstream.socket()->in.startsWith("GET /a%2Fb" + path + " HTTP/1.1\r\n"),
             upstream.socket()->in.constData());
}

// Google's SDK puts the path, which begins with a slash, after a base URL that may end in one.
void TestWebSocket::slashesOfGooglesSdk()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port).replace("GET ", "GET /"));
    QTRY_VERIFY(upstream.isAsked());
    QVERIFY2(upstream.socket()->in.startsWith("GET " + path + " HTTP/1.1\r\n"), upstream.socket()->in.constData());
}

// Bytes that come in one piece with a head belong to the WebSocket that the head opened.
void TestWebSocket::bytesBehindTheHeads()
{
    QByteArray early;
    for (int i = 0; i < 5000; ++i)
        early += "early " + QByteArray::number(i) + '\n';
    QVERIFY(early.size() < 64 * 1024);
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port) + early);
    QTRY_VERIFY(upstream.isAsked());
    QVERIFY(upstream.socket()->in.endsWith("\r\n\r\n")); // the rest waits for the 101
    upstream.socket()->in.clear();
    upstream.socket()->write(switchHead + early);
    client.write("late");
    upstream.socket()->write("late");
    QTRY_COMPARE(upstream.socket()->in, early + "late");
    const qsizetype end = client.in.indexOf("\r\n\r\n") + 4;
    QTRY_COMPARE(client.in.mid(end), early + "late");
    QCOMPARE(proxy.begun.constFirst().status, 101);
}

void TestWebSocket::halfClosedClientIsHeard()
{
    RawSession session;
    QVERIFY(session.isOpen);
    const QByteArray last(50'000, 'l');
    session.client->write(last);
    session.client->disconnectFromHost();
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(session.upstream.socket()->in, last);
    QTRY_COMPARE(session.proxy->ended.size(), 1);
    QCOMPARE(session.proxy->ended.constFirst().requestBytes, last.size());
}

void TestWebSocket::lastBytesOfTheUpstream_data()
{
    clientGone_data();
}

// The end of the upstream's connection must not overtake what came before it, not even if the client reads late.
void TestWebSocket::lastBytesOfTheUpstream()
{
    QFETCH(bool, tls);
    ScriptedServer upstream;
    if (tls)
        upstream.setTls(testcertificates::server(testcertificates::Server::Good));
    const QByteArray last(3'000'000, 'l');
    upstream.setScript({Step::send(switchHead + last), Step::close()});
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.extraCaCertificates = {testcertificates::authority()};
    TestProxy proxy(settings);
    RawSocket client(proxy.port, handshake(proxy.port));
    client.stopReading();
    QTRY_COMPARE(proxy.begun.size(), 1);
    client.goOnReading();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::UnconnectedState, 30'000);
    QVERIFY(client.in.endsWith(last));
    QTRY_COMPARE(proxy.ended.size(), 1);
    QCOMPARE(proxy.ended.constFirst().responseBytes, last.size());
}

// ---- who may ----

void TestWebSocket::token()
{
    EchoUpstream upstream;
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.tokens = {guard::makeToken("editor", "token-of-editor")};
    TestProxy proxy(settings);
    for (const bool inQuery : {false, true}) {
        Client client(proxy.port, inQuery ? "?key=token-of-editor"_ba : ""_ba, inQuery ? ""_ba : "token-of-editor"_ba);
        QTRY_VERIFY(client.isOpen());
        QCOMPARE(proxy.started.constLast().client, "editor"_ba);
    }
    for (const QByteArray &query : {"?key=wrong"_ba, ""_ba})
        QCOMPARE(answerTo(proxy.port, handshake(proxy.port, query)).status, 401);
    QCOMPARE(upstream.sockets.size(), 2);
    for (const QWebSocket *socket : std::as_const(upstream.sockets)) {
        QCOMPARE(socket->request().rawHeader("x-goog-api-key"), QByteArray(TestProxy::key));
        QVERIFY(!socket->request().hasRawHeader("authorization"));
        QVERIFY(!socket->requestUrl().toEncoded().contains("token-of-editor"));
    }
}

void TestWebSocket::refused_data()
{
    QTest::addColumn<QByteArray>("request"); // PORT stands for it
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("field");

    const auto row = [](const char *name, int status, const QByteArray &from, const QByteArray &to,
                        const QByteArray &field = {}) {
        QByteArray request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n" + upgradeFields + "\r\n";
        request.replace(from, to);
        QTest::newRow(name) << request << status << field;
    };
    row("foreign origin", 403, "Upgrade: ", "Origin: http://evil.example\r\nUpgrade: ");
    row("no origin", 403, "Upgrade: ", "Origin: null\r\nUpgrade: ");
    row("foreign site", 403, "Upgrade: ", "Sec-Fetch-Site: cross-site\r\nUpgrade: ");
    row("foreign host", 421, "127.0.0.1:PORT", "evil.example:PORT");
    row("no service", 404, path, "/ws/google.ai.generativelanguage.");
    row("another service", 404, path, "/ws/google.cloud.aiplatform.v1.X");
    row("dot segments", 400, path, path + "/../x");
    row("POST", 405, "GET ", "POST ", "allow");
    row("HTTP/1.0", 400, "HTTP/1.1", "HTTP/1.0");
    row("no upgrade", 426, "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n", "", "upgrade");
    row("upgrade not for this hop", 426, "Connection: keep-alive, Upgrade\r\n", "", "upgrade");
    row("another protocol", 426, "Upgrade: websocket", "Upgrade: h2c", "upgrade");
    row("no version", 426, "Sec-WebSocket-Version: 13\r\n", "", "sec-websocket-version");
    row("another version", 426, "Version: 13", "Version: 8", "sec-websocket-version");
    row("versions", 426, "Version: 13", "Version: 13\r\nSec-WebSocket-Version: 13", "sec-websocket-version");
    row("no key", 400, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "");
    row("keys", 400, "Sec-WebSocket-Key", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key");
    row("short key", 400, "dGhlIHNhbXBsZSBub25jZQ==", "dGhl");
    row("no base64", 400, "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j*Q==");
    row("body", 400, "\r\n\r\n", "\r\nContent-Length: 1\r\n\r\nx");
    row("chunked body", 400, "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
}

void TestWebSocket::refused()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, field);
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    request.replace("PORT", QByteArray::number(proxy.port));
    const HttpClient::Response answer = answerTo(proxy.port, request);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.fields.value("content-type"), "application/json"_ba);
    QVERIFY(answer.body.contains("\"error\""));
    QVERIFY(field.isEmpty() || answer.fields.contains(field));
    QVERIFY(!upstream.socket()); // nothing went out
}

void TestWebSocket::withoutAKey()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.key = {};
    TestProxy proxy(settings);
    QCOMPARE(answerTo(proxy.port, handshake(proxy.port)).status, 503);
    QVERIFY(!upstream.socket());
    QCOMPARE(proxy.ended.size(), 1);
}

void TestWebSocket::upstreamRefuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body"); // empty = the proxy's own
    QTest::addColumn<QByteArray>("errorType");

    const QByteArray key(TestProxy::key);
    const QByteArray mask(key.size(), '*');
    QTest::newRow("length") << "HTTP/1.1 403 No\r\nContent-Length: 4\r\n\r\nbody"_ba << 403 << "body"_ba
                            << ""_ba;
    QTest::newRow("key in the body") << "HTTP/1.1 400 Bad\r\nContent-Length: " + QByteArray::number(key.size() + 5)
                    + "\r\n\r\nkey " + key + "."
                                     << 400 << "key " + mask + "."
                                     << ""_ba;
    QTest::newRow("chunked") << "HTTP/1.1 401 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"_ba << 401
                             << "body"_ba
                             << ""_ba;
    QTest::newRow("until the end") << "HTTP/1.1 429 Enough\r\nRetry-After: 3\r\n\r\nbody"_ba << 429 << "body"_ba
                                   << ""_ba;
    QTest::newRow("cut") << "HTTP/1.1 403 No\r\nContent-Length: 5\r\n\r\nbody"_ba << 502 << ""_ba
                         << "closed"_ba;
    QTest::newRow("too long") << "HTTP/1.1 403 No\r\n\r\n" + QByteArray(300'000, 'x') << 502 << ""_ba
                              << "malformed"_ba;
    QTest::newRow("redirect") << "HTTP/1.1 307 Away\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n"_ba << 502
                              << ""_ba
                              << "no_websocket"_ba;
    QTest::newRow("no upgrade") << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"_ba << 502 << ""_ba
                                << "no_websocket"_ba;
    QTest::newRow("another protocol") << "HTTP/1.1 101 S\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"_ba << 502
                                      << ""_ba
                                      << "malformed"_ba;
    QTest::newRow("nonsense") << "nonsense\r\n\r\n"_ba << 502 << ""_ba
                              << "malformed"_ba;
    QTest::newRow("nothing") << ""_ba << 502 << ""_ba
                             << "closed"_ba;
}

void TestWebSocket::upstreamRefuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, errorType);
    ScriptedServer upstream;
    upstream.setScript({Step::send(bytes), Step::close()});
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    HttpClient client(proxy.port);
    client.send(handshake(proxy.port));
    QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, HttpClient::End::Clean);
    QCOMPARE(client.response().status, status);
    if (body.isEmpty())
        QCOMPARE(checkErrorJson(client.response().body, status, "UNAVAILABLE"), QString());
    else
        QCOMPARE(client.response().body, body);
    QVERIFY(!client.response().body.contains(TestProxy::key));
    QCOMPARE(client.response().fields.contains("retry-after"), status == 429);
    QCOMPARE(upstream.requestCount(), 1);
    QCOMPARE(proxy.ended.size(), 1);
    const ExchangeInfo info = proxy.ended.constFirst();
    QCOMPARE(info.status, status);
    QCOMPARE(info.errorType, errorType);
    QCOMPARE(info.end, body.isEmpty() ? End::Failed : End::Complete);
    QCOMPARE(info.responseBytes, client.response().body.size());

    // The connection goes on
    client.get("/health");
    QVERIFY(runUntil([&client] { return client.hasEnded(2); }));
    QCOMPARE(client.response().status, 200);
}

void TestWebSocket::upstreamIsNotThere()
{
    QUrl url;
    {
        RawServer closed;
        QVERIFY(closed.start());
        url = closed.url();
    }
    TestProxy proxy(url);
    QCOMPARE(answerTo(proxy.port, handshake(proxy.port)).status, 502);
    QCOMPARE(proxy.ended.constFirst().tries, 3);
    QCOMPARE(proxy.ended.constFirst().errorType, "refused"_ba);
}

void TestWebSocket::retriesUnavailable()
{
    ScriptedServer upstream;
    int asked = 0;
    upstream.setScript([&asked](const ScriptedServer::Request &) {
        ++asked;
        return asked < 3 ? ScriptedServer::Script{Step::send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")}
                         : ScriptedServer::Script{Step::send(switchHead + "hello")};
    });
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port));
    QTRY_VERIFY(client.in.endsWith("hello"));
    QCOMPARE(proxy.begun.constFirst().tries, 3);
}

void TestWebSocket::badCertificate()
{
    EchoUpstream upstream(QWebSocketServer::SecureMode);
    upstream.setSslConfiguration(testcertificates::server(testcertificates::Server::UnknownAuthority));
    QVERIFY(upstream.start());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    settings.extraCaCertificates = {testcertificates::authority()};
    TestProxy proxy(settings);
    QCOMPARE(answerTo(proxy.port, handshake(proxy.port)).status, 502);
    QCOMPARE(proxy.ended.constFirst().errorType, "certificate"_ba);
    QCOMPARE(proxy.ended.constFirst().tries, 1);
}

void TestWebSocket::clientLeavesDuringTheHandshake()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port));
    QTRY_VERIFY(upstream.isAsked());
    client.abort();
    QTRY_COMPARE(upstream.socket()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(proxy.ended.constFirst().end, End::ClientLeft);
    QCOMPARE(proxy.ended.constFirst().status, 0);
}

// A client must wait for the answer (RFC 6455, section 4.1). What it sends earlier is kept up to a limit, and never
// lost in silence.
void TestWebSocket::tooMuchAheadOfTheAnswer()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    RawSocket client(proxy.port, handshake(proxy.port) + QByteArray(1'000'000, 'x'));
    QTRY_VERIFY(upstream.isAsked());
    QTRY_COMPARE(client.bytesToWrite(), 0);
    upstream.socket()->write(switchHead);
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(client.in, QByteArray());
    QCOMPARE(proxy.ended.constFirst().end, End::Failed);
}

// ---- limits ----

// A slow reader holds the other side back, but in the end nothing is missing.
static void slowSide(RawSocket *sender, RawSocket *reader, RawSession &session)
{
    constexpr qint64 all = 96LL << 20;
    const QByteArray piece(1 << 20, 'p');
    qint64 made = 0;
    const auto fill = [&] {
        while (made < all && sender->bytesToWrite() < 2 * piece.size()) {
            sender->write(piece);
            made += piece.size();
        }
    };
    const qint64 held = heldBytes();
    reader->stopReading();
    QObject::connect(sender, &QTcpSocket::bytesWritten, sender, fill);
    fill();
    // The sender stands still when all buffers on the way are full.
    qint64 before = -1;
    QTRY_VERIFY(made > 0 && std::exchange(before, made) == made && sender->bytesToWrite() > 0);
    QVERIFY2(made < all / 2, QByteArray::number(made).constData());
    const qint64 heldByProxy = heldBytes() - held - sender->bytesToWrite();
    QVERIFY2(!memoryCounts || heldByProxy < 2 << 20, QByteArray::number(heldByProxy).constData());
    QCOMPARE(session.proxy->server.openExchanges(), 1);

    qint64 arrived = 0;
    reader->goOnReading();
    QVERIFY(runUntil(
            [&] {
                arrived += std::exchange(reader->in, {}).size();
                return arrived >= all;
            },
            60s));
    QCOMPARE(arrived, all);
    sender->disconnect(sender);
}

void TestWebSocket::slowClient()
{
    RawSession session;
    QVERIFY(session.isOpen);
    slowSide(session.upstream.socket(), session.client.get(), session);
}

void TestWebSocket::slowUpstream()
{
    RawSession session;
    QVERIFY(session.isOpen);
    slowSide(session.client.get(), session.upstream.socket(), session);
}

void TestWebSocket::stalledClient()
{
    ProxySettings settings = TestProxy::settingsFor({});
    settings.limits.stallTime = 200ms;
    RawSession session(settings);
    QVERIFY(session.isOpen);
    session.client->stopReading();
    session.upstream.socket()->write(QByteArray(64 << 20, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(session.proxy->ended.size(), 1, 20'000);
    QCOMPARE(session.proxy->ended.constFirst().end, End::Failed);
    QVERIFY(session.proxy->ended.constFirst().errorType.isEmpty());
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestWebSocket::stalledUpstream()
{
    ProxySettings settings = TestProxy::settingsFor({});
    settings.limits.stallTime = 200ms;
    RawSession session(settings);
    QVERIFY(session.isOpen);
    session.upstream.socket()->stopReading();
    session.client->write(QByteArray(64 << 20, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(session.proxy->ended.size(), 1, 20'000);
    QCOMPARE(session.proxy->ended.constFirst().end, End::Failed);
    QCOMPARE(session.proxy->ended.constFirst().errorType, "timeout"_ba);
    session.client->abort();
}

void TestWebSocket::idle()
{
    ProxySettings settings = TestProxy::settingsFor({});
    settings.limits.idleTime = 100ms;
    RawSession session(settings);
    QVERIFY(session.isOpen);
    QTRY_COMPARE(session.client->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(session.proxy->ended.constFirst().end, End::Failed);
    QVERIFY(!session.proxy->ended.constFirst().failure.isEmpty());
}

void TestWebSocket::connectionLimit()
{
    ProxySettings settings = TestProxy::settingsFor({});
    settings.limits.connections = 1;
    RawSession session(settings);
    QVERIFY(session.isOpen);
    QCOMPARE(answerTo(session.proxy->port, handshake(session.proxy->port)).status, 503);
    session.client->abort();
    QTRY_COMPARE(
            answerTo(session.proxy->port,
                     "GET /health HTTP/1.1\r\nHost: localhost:" + QByteArray::number(session.proxy->port) + "\r\n\r\n")
                    .status,
            200);
}

void TestWebSocket::announced()
{
    RawSession session;
    QVERIFY(session.isOpen);
    const TestProxy &proxy = *session.proxy;
    QCOMPARE(proxy.started.size(), 1);
    QCOMPARE(proxy.started.constFirst().route, "live"_ba);
    QCOMPARE(proxy.started.constFirst().method, "GET"_ba);
    QCOMPARE(proxy.started.constFirst().path, path);
    QCOMPARE(proxy.begun.size(), 1);
    QCOMPARE(proxy.begun.constFirst().status, 101);
    QVERIFY(proxy.begun.constFirst().sent.count() >= 0);
    QVERIFY(proxy.begun.constFirst().firstByte >= proxy.begun.constFirst().sent);
    session.client->write("12345");
    session.upstream.socket()->write("1234567");
    QTRY_COMPARE(session.client->in, "1234567"_ba);
    QTRY_COMPARE(session.upstream.socket()->in, "12345"_ba);
    HttpClient watcher(proxy.port);
    watcher.get("/metrics");
    QVERIFY(runUntil([&watcher] { return watcher.hasEnded(); }));
    QCOMPARE(MetricsText(watcher.response().body).value("gemini_proxy_open_streams"), 1.0);

    session.client->disconnectFromHost();
    QTRY_COMPARE(proxy.ended.size(), 1);
    QCOMPARE(proxy.ended.constFirst().requestBytes, 5);
    QCOMPARE(proxy.ended.constFirst().responseBytes, 7);
    QCOMPARE(proxy.ended.constFirst().end, End::Complete);
    QCOMPARE(proxy.ended.constFirst().number, proxy.started.constFirst().number);
    watcher.get("/metrics");
    QVERIFY(runUntil([&watcher] { return watcher.hasEnded(2); }));
    QCOMPARE(
            MetricsText(watcher.response().body)
                    .value(R"(gemini_proxy_requests_total{http_route="live",http_response_status_code="101",end="complete"})"),
            1.0);
}

void TestWebSocket::stop_data()
{
    QTest::addColumn<bool>("endsInTime");
    QTest::newRow("the session ends in time") << true;
    QTest::newRow("patience ends") << false;
}

void TestWebSocket::stop()
{
    QFETCH(bool, endsInTime);
    RawSession session;
    QVERIFY(session.isOpen);
    QSignalSpy stopped(&session.proxy->server, &ProxyServer::stopped);
    session.proxy->server.stop(endsInTime ? 60s : 100ms);
    session.client->write("still");
    QTRY_COMPARE(session.upstream.socket()->in, "still"_ba);
    if (endsInTime) {
        QVERIFY(stopped.isEmpty());
        session.upstream.socket()->write("bye");
        session.upstream.socket()->disconnectFromHost();
    }
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(session.client->state(), QAbstractSocket::UnconnectedState);
    QVERIFY(endsInTime ? session.client->in == "bye" : session.client->in.startsWith("\x88")); // which says why it ends
    QCOMPARE(session.proxy->ended.constFirst().end, endsInTime ? End::Complete : End::Failed);
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestWebSocket::stopExchange()
{
    RawSession session;
    QVERIFY(session.isOpen);
    session.proxy->server.stopExchange(session.proxy->started.constFirst().number);
    QCOMPARE(session.proxy->ended.size(), 1);
    QCOMPARE(session.proxy->ended.constFirst().end, End::Failed);
    QTRY_COMPARE(session.client->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestWebSocket::stopDuringTheHandshake()
{
    RawServer upstream;
    QVERIFY(upstream.start());
    TestProxy proxy(upstream.url());
    HttpClient client(proxy.port);
    client.send(handshake(proxy.port));
    QTRY_VERIFY(upstream.isAsked());
    proxy.server.stopExchange(1);
    QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 503);
    QTRY_COMPARE(upstream.socket()->state(), QAbstractSocket::UnconnectedState);
}

void TestWebSocket::serverGoes()
{
    RawSession session;
    QVERIFY(session.isOpen);
    session.client->write(QByteArray(1'000'000, 'x'));
    session.upstream.socket()->write(QByteArray(1'000'000, 'x'));
    QTRY_VERIFY(!session.client->in.isEmpty());
    session.proxy.reset();
    QTRY_COMPARE(session.client->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(session.upstream.socket()->state(), QAbstractSocket::UnconnectedState);
}

// New settings, and with them a new upstream manager, leave an open session alone.
void TestWebSocket::settingsChange()
{
    ProxySettings settings = TestProxy::settingsFor({});
    RawSession session(settings);
    QVERIFY(session.isOpen);
    settings.upstream = session.upstream.url();
    settings.key = Secret("another-key-of-this-test");
    settings.limits.connectTime = 1234ms;
    session.proxy->server.apply(settings);
    session.client->write("still");
    QTRY_COMPARE(session.upstream.socket()->in, "still"_ba);
    QCOMPARE(session.proxy->server.openExchanges(), 1);

    const RawSocket *first = session.upstream.socket();
    RawSocket second(session.proxy->port, handshake(session.proxy->port));
    QTRY_VERIFY(session.upstream.socket() != first && session.upstream.isAsked());
    QVERIFY(session.upstream.socket()->in.contains("x-goog-api-key: another-key-of-this-test\r\n"));
}

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_websocket.moc"
