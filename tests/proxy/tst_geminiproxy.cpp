#include "proxy/demo/demoserver.h"
#include "tests/support/folders.h"
#include "tests/support/httpclient.h"
#include "tests/support/program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <memory>
#include <vector>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

using Variables = Program::Variables;

constexpr char secretKey[] = "AIzaKey-that-must-stay-secret_0123456789";
constexpr char secretToken[] = "Token-that-must-stay-secret_0123456789";
constexpr char wrongToken[] = "Token-of-somebody-else-just-as-secret";

// A client that sends bytes as they are and keeps all that comes back.
class Client : public QTcpSocket
{
public:
    Client(quint16 port, const QByteArray &request, const QHostAddress &address = QHostAddress::LocalHost)
    {
        setProxy(QNetworkProxy::NoProxy);
        connect(this, &QTcpSocket::readyRead, this, [this] { answer += readAll(); });
        connectToHost(address, port);
        write(request);
    }

    QByteArray answer;
};

QByteArray post(quint16 port, const QByteArray &target, const QByteArray &prompt, const QByteArray &fields = {})
{
    return "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
            + "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(prompt.size()) + "\r\n" + fields + "\r\n"
            + prompt;
}

QByteArray get(quint16 port, const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\nConnection: close\r\n"
            + fields + "\r\n";
}

// The whole answer to one request.
QByteArray fetch(quint16 port, const QByteArray &request)
{
    Client client(port, request);
    if (!QTest::qWaitFor([&client] { return client.state() == QAbstractSocket::UnconnectedState; }, 20'000))
        return {};
    return client.answer;
}

// A stand-in for Gemini that sends events when the test tells it to.
class SteppedUpstream : public QTcpServer
{
public:
    SteppedUpstream()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    m_request += socket->readAll();
                    if (!m_client && m_request.contains("\r\n\r\n")) {
                        m_client = socket;
                        m_isInteraction = m_request.startsWith("POST /v1beta/interactions ");
                        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                      "Transfer-Encoding: chunked\r\n\r\n");
                    }
                });
            }
        });
    }

    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1"_s.arg(serverPort()); }
    [[nodiscard]] bool isAsked() const { return m_client != nullptr; }

    void sendEvent(const QByteArray &json)
    {
        const QByteArray event = "data: " + json + "\r\n\r\n";
        m_client->write(QByteArray::number(event.size(), 16) + "\r\n" + event + "\r\n");
    }
    void sendText(const QByteArray &text)
    {
        sendEvent(m_isInteraction
                          ? "{\"event_type\":\"step.delta\",\"index\":1,\"delta\":{\"type\":\"text\",\"text\":\"" + text
                                  + "\"}}"
                          : "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}}]}");
    }
    void end() { m_client->write("0\r\n\r\n"); }

private:
    bool m_isInteraction = false; // what was asked; what it sends is of the same kind
    QByteArray m_request;
    QTcpSocket *m_client = nullptr;
};

} // namespace

// The program from outside: what it prints, how it ends, and what it never says.
class TestGeminiProxy : public QObject
{
    Q_OBJECT

private slots:
    void version();
    void help();
    void failsWithReason_data();
    void failsWithReason();

    void announcesItself_data();
    void announcesItself();
    void portTaken_data();
    void portTaken();
    void withoutKey();
    void fewDescriptors();
    void raisesDescriptorLimit();
    void logsExchanges_data();
    void logsExchanges();
    void logLinesCannotBeForged();
    void finishesStreams_data();
    void finishesStreams();
    void secondSignalEndsAtOnce();

    void asks_data();
    void asks();
    void answersWordByWord();
    void showsTextBeforeTheEnd();
    void askEnds_data();
    void askEnds();
    void askIntoAClosedPipe();
    void inputWithoutEnd_data();
    void inputWithoutEnd();

    void keepsSecrets_data();
    void keepsSecrets();
    void askKeepsSecrets_data();
    void askKeepsSecrets();
};

void TestGeminiProxy::version()
{
    Program program;
    program.run({u"--version"_s});
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.out, "gemini-proxy 0.2.0\n"_ba);
    QCOMPARE(program.err, ""_ba);
}

void TestGeminiProxy::help()
{
    Program program;
    program.run({u"--help"_s});
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.out.startsWith("Usage: gemini-proxy"));
    QVERIFY(program.out.contains("--listen ADDR"));
    QCOMPARE(program.err, ""_ba);
}

void TestGeminiProxy::failsWithReason_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("hint");

    const auto row = [](const char *title, const QStringList &arguments, const Variables &variables, int exitCode,
                        const QByteArray &hint) { QTest::newRow(title) << arguments << variables << exitCode << hint; };
    row("unknown flag", {u"--prot=80"_s}, {}, 64, "--prot");
    row("bad flag", {u"--port"_s, u"http"_s}, {}, 64, "--port");
    row("unknown command", {u"start"_s}, {}, 64, "start");
    row("key command", {u"key"_s, u"show"_s}, {}, 64, "key status");
    row("nothing asked", {u"ask"_s, u"--demo"_s}, {}, 64, "no prompt");
    row("bad variable", {}, {{u"GEMINI_PROXY_PORT"_s, u"http"_s}}, 78, "GEMINI_PROXY_PORT");
    row("bad key", {}, {{u"GEMINI_API_KEY"_s, u"two words"_s}}, 78, "GEMINI_API_KEY");
    row("no config file", {u"--config"_s, u"/nowhere/x.conf"_s}, {}, 78, "/nowhere/x.conf");
    row("no CA file", {u"--ca-file"_s, u"/nowhere/x.pem"_s}, {}, 78, "/nowhere/x.pem");
    row("open to others without a token", {u"--listen"_s, u"0.0.0.0"_s}, {}, 78, "GEMINI_PROXY_TOKEN");
    row("asked without a key", {u"ask"_s, u"hi"_s}, {}, 78, "GEMINI_API_KEY");
    // An address for documentation (RFC 5737): no machine has it.
    row("not this machine's address", {u"--listen=192.0.2.1"_s, u"--port=8123"_s, u"--token=t"_s}, {}, 69, "8123");
}

void TestGeminiProxy::failsWithReason()
{
    QFETCH(QStringList, arguments);
    QFETCH(Variables, variables);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, hint);
    Program program;
    program.run(arguments, variables);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), exitCode);
    QCOMPARE(program.out, ""_ba);
    QVERIFY2(program.err.startsWith("gemini-proxy: "), program.err.constData());
    QVERIFY2(program.err.contains(hint), program.err.constData());
    QCOMPARE(program.err.count('\n'), 1);
}

void TestGeminiProxy::announcesItself_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    if (QTcpServer server; server.listen(QHostAddress::LocalHostIPv6))
        QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

void TestGeminiProxy::announcesItself()
{
    QFETCH(QHostAddress, address);
    Program program;
    program.serve({u"--demo"_s, u"--listen"_s, address.toString()});
    Client client(program.port(), get(program.port(), "/health"), address);
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY2(client.answer.startsWith("HTTP/1.1 200 "), client.answer.constData());

    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.out.count('\n'), 1);
    QCOMPARE(program.err, ""_ba);
}

void TestGeminiProxy::portTaken_data()
{
    QTest::addColumn<QHostAddress>("held");
    QTest::newRow("the address") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("every address") << QHostAddress(QHostAddress::AnyIPv4);
}

void TestGeminiProxy::portTaken()
{
    QFETCH(QHostAddress, held);
    QTcpServer holder;
    QVERIFY(holder.listen(held));
    const QByteArray port = QByteArray::number(holder.serverPort());
    Program program;
    program.run({u"--demo"_s, u"--port"_s, QString::fromLatin1(port)});
    QCOMPARE(program.exitCode(), 69);
    QCOMPARE(program.out, ""_ba);
    QCOMPARE(program.err.count('\n'), 1);
    QVERIFY2(program.err.contains("port " + port + " is taken"), program.err.constData());
#ifdef Q_OS_LINUX
    const QByteArray process = "(process " + QByteArray::number(QCoreApplication::applicationPid()) + ')';
    QVERIFY2(program.err.contains("by tst_geminiproxy " + process), program.err.constData());
#endif
}

void TestGeminiProxy::withoutKey()
{
    Program program;
    program.serve({});
    QTRY_VERIFY2(program.err.contains("GEMINI_API_KEY"), program.err.constData());
    QVERIFY2(program.err.contains(" warning proxy: "), program.err.constData());
    QVERIFY(fetch(program.port(), get(program.port(), "/health")).startsWith("HTTP/1.1 503 "));
    QVERIFY(fetch(program.port(), post(program.port(), "/gemini-proxy", "hi")).startsWith("HTTP/1.1 503 "));
}

// With few descriptors there are few connections, but nothing worse happens.
void TestGeminiProxy::fewDescriptors()
{
#ifdef Q_OS_LINUX
    Program program;
    program.inChild = [] {
        const rlimit limit{64, 64};
        setrlimit(RLIMIT_NOFILE, &limit);
    };
    program.serve({u"--demo"_s, u"--demo-pace"_s, u"0"_s});
    QTRY_VERIFY2(program.err.contains("at most 8 connections instead of 1024"), program.err.constData());

    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 200; ++i) {
        clients.push_back(std::make_unique<HttpClient>(program.port()));
        clients.back()->ask("Write a haiku");
    }
    int whole = 0;
    for (const auto &client : clients) {
        QVERIFY(runUntil([&] { return client->hasEnded(); }));
        const HttpClient::Response answer = client->response();
        if (answer.status == 200) {
            QCOMPARE(answer.end, HttpClient::End::Clean);
            ++whole;
        } else if (answer.status != 0) { // 0 is a reset: there were too many to tell them all
            QCOMPARE(answer.status, 503);
            QVERIFY(answer.fields.contains("retry-after"));
        }
    }
    QVERIFY(whole >= 8);
    clients.clear();
    QTRY_VERIFY(fetch(program.port(), post(program.port(), "/gemini-proxy", "hi")).startsWith("HTTP/1.1 200 "));
    QVERIFY2(!program.err.contains("cannot accept"), program.err.constData());
#endif
}

void TestGeminiProxy::raisesDescriptorLimit()
{
#ifdef Q_OS_LINUX
    Program program;
    program.inChild = [] {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = 100;
        limit.rlim_max = std::min<rlim_t>(limit.rlim_max, 1000);
        setrlimit(RLIMIT_NOFILE, &limit);
    };
    program.serve({u"--demo"_s});
    QFile file(u"/proc/%1/limits"_s.arg(program.processId()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray limits = file.readAll().simplified();
    QVERIFY2(limits.contains("Max open files 1000 1000 "), limits.constData());
#endif
}

void TestGeminiProxy::logsExchanges_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("line"); // a regular expression

    const QString message = u"abc-1 POST /gemini-proxy status=200 ms=[0-9]+ bytes=[1-9][0-9]* end=complete model=m-1"_s;
    const QString time = u"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"_s;
    QTest::newRow("text") << u"text"_s << u"^%1 info proxy\\.exchange: %2$"_s.arg(time, message);
    QTest::newRow("json")
            << u"json"_s
            << u"^\\{\"time\":\"%1\",\"level\":\"info\",\"category\":\"proxy\\.exchange\",\"message\":\"request\",\"id\":\"abc-1\",.*\"status\":200,.*\\}$"_s
                       .arg(time);
}

void TestGeminiProxy::logsExchanges()
{
    QFETCH(QString, format);
    QFETCH(QString, line);
    Program program;
    program.serve({u"--demo"_s, u"--demo-pace=0"_s, u"--log-format"_s, format});
    const QByteArray answer =
            fetch(program.port(),
                  post(program.port(), "/gemini-proxy?model=m-1&x=QUERY", "PROMPT", "X-Request-Id: abc-1\r\n"));
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    const QRegularExpression expression(line, QRegularExpression::MultilineOption);
    QTRY_VERIFY2(expression.match(QString::fromUtf8(program.err)).hasMatch(), program.err.constData());
    QVERIFY(!program.err.contains("QUERY"));
    QVERIFY(!program.err.contains("PROMPT"));
}

void TestGeminiProxy::logLinesCannotBeForged()
{
    Program program;
    program.serve({u"--demo"_s, u"--log-level=debug"_s});
    for (const QByteArray &target : {"/a%0a2026-01-01T00:00:00.000Z%20info%20x:%20forged"_ba, "/a\x1b[2J"_ba,
                                     "/a\n2026-01-01T00:00:00.000Z info x: forged"_ba,
                                     "/a\xc2\x85"
                                     "2026-01-01T00:00:00.000Z info x: forged"_ba})
        fetch(program.port(), get(program.port(), target));
    program.terminate();
    QVERIFY(program.waitForEnd());
    for (const QByteArray &line : program.err.split('\n')) {
        QVERIFY2(!line.startsWith("2026-01-01"), line.constData());
        QVERIFY(!line.contains('\x1b'));
        QVERIFY(!line.contains("\xc2\x85"));
    }
}

void TestGeminiProxy::finishesStreams_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestGeminiProxy::finishesStreams()
{
    QFETCH(int, number);
    SteppedUpstream upstream;
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    Program program;
    program.serve({u"--upstream"_s, upstream.url()}, {{u"GEMINI_API_KEY"_s, u"k"_s}});
    Client client(program.port(), post(program.port(), "/gemini-proxy", "hi"));
    QTRY_VERIFY(upstream.isAsked());
    upstream.sendText("first");
    QTRY_VERIFY(client.answer.contains("first"));

    program.signalWith(number);
    QTRY_VERIFY2(program.err.contains("stopping"), program.err.constData());
    upstream.sendText("second");
    QTRY_VERIFY(client.answer.contains("second"));
    QCOMPARE(program.state(), QProcess::Running);
    upstream.end();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY2(client.answer.endsWith("\r\n0\r\n\r\n"), client.answer.constData());

    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QTRY_VERIFY2(program.err.contains("end=complete"), program.err.constData());
}

void TestGeminiProxy::secondSignalEndsAtOnce()
{
    Program program;
    program.serve({u"--demo"_s});
    Client client(program.port(), post(program.port(), "/gemini-proxy?model=demo-stall-after", "hi"));
    QTRY_VERIFY(client.answer.contains("data: "));
    program.terminate();
    QTRY_VERIFY(program.err.contains("stopping"));
    QCOMPARE(program.state(), QProcess::Running);
    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    // If the proxy had waited, the stream would have got the error of a proxy that shuts down.
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!client.answer.contains("event: error"));
}

void TestGeminiProxy::asks_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("prompt"); // as Gemini gets it

    QTest::newRow("argument") << QStringList{u"Grüße an 🌍"_s} << ""_ba << u"Grüße an 🌍"_s;
    QTest::newRow("words") << QStringList{u"Why"_s, u"so?"_s} << ""_ba << u"Why so?"_s;
    QTest::newRow("input") << QStringList{} << "What is\nthis?\n"_ba << u"What is\nthis?\n"_s;
    QTest::newRow("both") << QStringList{u"Explain"_s} << "int x;\n"_ba << u"Explain\n\nint x;\n"_s;
    QTest::newRow("input of white space") << QStringList{u"Explain"_s} << " \n"_ba << u"Explain"_s;
    QTest::newRow("large input") << QStringList{} << QByteArray(1'000'000, 'x') << QString(1'000'000, u'x');
}

void TestGeminiProxy::asks()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QString, prompt);
    DemoServer upstream;
    upstream.setPace(std::chrono::milliseconds(0));
    QVERIFY(upstream.listen());

    Program program;
    program.run(QStringList{u"ask"_s, u"--upstream"_s, upstream.url().toString(), u"--model"_s, u"m-1"_s} + arguments,
                {{u"GEMINI_API_KEY"_s, QLatin1StringView(secretKey)}}, input);
    QVERIFY2(program.exitCode() == 0, program.err.constData());
    QCOMPARE(program.err, ""_ba);
    QVERIFY(program.out.size() > 50);
    QVERIFY(program.out.endsWith('\n'));
    QVERIFY(!program.out.contains("data:"));

    const DemoServer::Request request = upstream.requests().constFirst();
    QCOMPARE(request.head.target, "/v1beta/interactions"_ba);
    QCOMPARE(request.head.fields.value("x-goog-api-key"), QByteArray(secretKey));
    const QJsonDocument body = QJsonDocument::fromJson(request.body);
    QCOMPARE(body["model"_L1].toString(), u"m-1"_s);
    QCOMPARE(body["input"_L1].toString(), prompt);
}

void TestGeminiProxy::answersWordByWord()
{
    SteppedUpstream upstream;
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    Program program;
    program.launch({u"ask"_s, u"hi"_s, u"--upstream"_s, upstream.url()}, {{u"GEMINI_API_KEY"_s, u"k"_s}});
    program.closeWriteChannel();
    QTRY_VERIFY(upstream.isAsked());
    QByteArray expected;
    // Each word is shown before the next one is sent.
    for (const QByteArray &word : {"One "_ba, "two "_ba, "three"_ba, " – vier"_ba}) {
        upstream.sendText(word);
        expected += word;
        QTRY_COMPARE(program.out, expected);
    }
    upstream.sendEvent(
            "{\"event_type\":\"step.delta\",\"delta\":{\"type\":\"thought_summary\",\"content\":{\"text\":\"hm\"}}}");
    upstream.sendEvent("{\"event_type\":\"interaction.completed\",\"interaction\":{\"status\":\"completed\"}}");
    upstream.end();
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitCode(), 0);
    QTRY_COMPARE(program.out, expected + '\n');
    QCOMPARE(program.err, ""_ba);
}

// The same with the embedded demo, which Ctrl+C ends.
void TestGeminiProxy::showsTextBeforeTheEnd()
{
    Program program;
    QSignalSpy arrivals(&program, &QProcess::readyReadStandardOutput);
    program.launch({u"ask"_s, u"--demo"_s, u"--demo-pace=20"_s, u"hi"_s});
    program.closeWriteChannel();
    QTRY_VERIFY(arrivals.size() >= 3);
    QCOMPARE(program.state(), QProcess::Running);
    QVERIFY(!program.out.isEmpty());
    QVERIFY(!program.out.endsWith('\n'));

    program.signalWith(SIGINT);
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::CrashExit); // which shells report as 130
    QCOMPARE(program.exitCode(), SIGINT);
}

void TestGeminiProxy::askEnds_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<bool>("hasText");
    QTest::addColumn<QByteArray>("message"); // a part of it; "" = none

    QTest::newRow("whole") << u"gemini"_s << 0 << true << ""_ba;
    QTest::newRow("thoughts are not the answer") << u"demo-thinking"_s << 0 << true << ""_ba;
    QTest::newRow("too many tokens") << u"demo-max-tokens"_s << 0 << true << "number of tokens"_ba;
    QTest::newRow("bad key") << u"demo-key-invalid"_s << 1 << false << "API key not valid"_ba;
    QTest::newRow("forbidden") << u"demo-forbidden"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("no such model") << u"demo-model-missing"_s << 1 << false << "model"_ba;
    QTest::newRow("quota") << u"demo-quota"_s << 1 << false << "34s"_ba;
    QTest::newRow("internal error") << u"demo-internal"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("redirect") << u"demo-redirect"_s << 1 << false << "redirect"_ba;
    QTest::newRow("no answer") << u"demo-refuse"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("reset before the answer") << u"demo-reset-before"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("bad head") << u"demo-bad-head"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("blocked prompt") << u"demo-blocked"_s << 1 << false << "prompt was blocked"_ba;
    QTest::newRow("stopped early") << u"demo-safety"_s << 0 << true << "(incomplete)"_ba;
    QTest::newRow("cut off") << u"demo-cut"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("cut off between chunks") << u"demo-cut-between"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("cut off before its length") << u"demo-cut-length"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("reset") << u"demo-reset"_s << 1 << false << "gemini-proxy: "_ba;
    QTest::newRow("error in the middle") << u"demo-error-mid"_s << 1 << true << "deadline"_ba;
    QTest::newRow("no JSON in the middle") << u"demo-bad-json"_s << 1 << true << "gap"_ba;
}

void TestGeminiProxy::askEnds()
{
    QFETCH(QString, model);
    QFETCH(int, exitCode);
    QFETCH(bool, hasText);
    QFETCH(QByteArray, message);
    Program program;
    program.run({u"ask"_s, u"--demo"_s, u"--demo-pace=0"_s, u"--model"_s, model, u"hi"_s});
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), exitCode);
    QCOMPARE(!program.out.isEmpty(), hasText);
    QCOMPARE(program.out.endsWith('\n'), hasText);
    QVERIFY2(program.err.contains(message), program.err.constData());
    QCOMPARE(program.err.isEmpty(), message.isEmpty());
    QVERIFY2(program.err.count('\n') <= 1, program.err.constData());
}

// `gemini-proxy ask ... | head`
void TestGeminiProxy::askIntoAClosedPipe()
{
    SteppedUpstream upstream;
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    Program program;
    program.launchProgram(u"/bin/sh"_s,
                          {u"-c"_s, u"{ \"$0\" ask hi --upstream \"$1\"; echo \"ended: $?\" >&2; } | head -n 1"_s,
                           QStringLiteral(BIN_DIR "/gemini-proxy"), upstream.url()},
                          {{u"GEMINI_API_KEY"_s, u"k"_s}});
    program.closeWriteChannel();
    QTRY_VERIFY(upstream.isAsked());
    upstream.sendText("first line\\nand more");
    QTRY_COMPARE(program.out, "first line\n"_ba);
    QVERIFY(QTest::qWaitFor([&] { // the answer never ends by itself
        upstream.sendText("nobody reads this");
        return program.state() == QProcess::NotRunning;
    }));
    QCOMPARE(program.out, "first line\n"_ba);
    QCOMPARE(program.err, "ended: 1\n"_ba);
}

void TestGeminiProxy::inputWithoutEnd_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("hint");
    QTest::newRow("prompt") << QStringList{u"ask"_s, u"--demo"_s} << "larger than 1000 bytes"_ba;
    QTest::newRow("key") << QStringList{u"key"_s, u"set"_s} << "that is no key"_ba;
}

void TestGeminiProxy::inputWithoutEnd()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, hint);
    Program program;
    program.config = "[limits]\nbody-bytes=1000\n";
    program.setStandardInputFile(u"/dev/zero"_s);
    program.launch(arguments);
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 64);
    QVERIFY2(program.err.contains(hint), program.err.constData());
}

void TestGeminiProxy::keepsSecrets_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("level");
    QTest::newRow("text") << u"text"_s << u"debug"_s;
    QTest::newRow("json") << u"json"_s << u"debug"_s;
    QTest::newRow("as it comes") << u"text"_s << u"info"_s;
}

// Nothing that the program says to anybody but Gemini holds the key or a token.
void TestGeminiProxy::keepsSecrets()
{
    QFETCH(QString, format);
    QFETCH(QString, level);
    DemoServer upstream;
    upstream.setPace(std::chrono::milliseconds(0));
    QVERIFY(upstream.listen());

    Program program;
    // What a user may have set in the environment, and what prints header fields if it is not kept from doing so.
    program.serve({u"--log-level"_s, level, u"--log-format"_s, format, u"--upstream"_s, upstream.url().toString()},
                  {{u"GEMINI_API_KEY"_s, QLatin1StringView(secretKey)},
                   {u"GEMINI_PROXY_TOKEN"_s, QLatin1StringView(secretToken)},
                   {u"QT_LOGGING_RULES"_s, u"*.debug=true;qt.httpserver*=true"_s}});
    const quint16 port = program.port();
    QByteArray answers;
    const auto say = [&](const QByteArray &request) {
        QByteArray answer = fetch(port, request);
        answers += answer;
        return answer;
    };
    const QByteArray token(secretToken);
    const QByteArray bearer = "Authorization: Bearer " + token + "\r\n";

    // Each way to send the token, and good answers
    for (const QByteArray &fields : {bearer, "x-goog-api-key: " + token + "\r\n"}) {
        const QByteArray answer = say(post(port, "/gemini-proxy", "hi", fields));
        QVERIFY2(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("0\r\n\r\n"), answer.constData());
    }
    QVERIFY(say(post(port, "/gemini-proxy?key=" + token, "hi")).startsWith("HTTP/1.1 200 "));
    QCOMPARE(upstream.requestCount(), 3);
    for (const DemoServer::Request &request : upstream.requests())
        QCOMPARE(request.head.fields.value("x-goog-api-key"), QByteArray(secretKey));

    // Everything that goes wrong upstream
    for (const DemoServer::Fault &fault : DemoServer::faults()) {
        const QByteArray name(fault.name);
        // These take long by design
        if (name.startsWith("stall") || name.startsWith("slow") || name == "huge" || name == "fast")
            continue;
        const QByteArray model = name.isEmpty() ? "m-1"_ba : "demo-" + name;
        const QByteArray answer = say(post(port, "/gemini-proxy?model=" + model, "hi", bearer));
        QVERIFY2(answer.startsWith("HTTP/1.1 "), name.constData());
    }
    upstream.setFault("refuse");
    QVERIFY(say(post(port, "/gemini-proxy?key=" + token, "hi")).startsWith("HTTP/1.1 502 "));
    upstream.setFault({});

    // A client that leaves in the middle
    {
        Client client(port, post(port, "/gemini-proxy?model=demo-stall-after&key=" + token, "hi"));
        QTRY_VERIFY(client.answer.contains("data: "));
        client.abort();
        QTRY_VERIFY(program.err.contains("client-left"));
    }

    // What the proxy refuses by itself
    const QByteArray wrong(wrongToken);
    for (const QByteArray &request : {
                 post(port, "/gemini-proxy", "hi"),
                 post(port, "/gemini-proxy", "hi", "Authorization: Bearer " + wrong + "\r\n"),
                 post(port, "/gemini-proxy", "hi", "Authorization: " + token + "\r\n"),
                 post(port, "/gemini-proxy?key=" + wrong, "hi"),
                 post(port, "/gemini-proxy", "", bearer),
                 post(port, "/gemini-proxy", "\xff", bearer),
                 post(port, "/gemini-proxy?model=a/b&key=" + token, "hi"),
                 post(port, "/nowhere?key=" + token, "hi", bearer),
                 post(port, "/gemini-proxy", "hi", bearer + "Origin: http://" + token + "\r\n"),
                 post(port, "/v1beta/models/m-1:generateContent?key=" + token, "{}", bearer),
                 get(port, "/v1/models", bearer),
                 get(port, "/gemini-proxy?key=" + token, bearer),
                 get(port, "/", bearer),
                 get(port, "/", bearer + "Accept: application/json\r\n"),
                 get(port, "/health?key=" + token),
                 get(port, "/metrics", bearer),
                 "GET /?key=" + token + " HTTP/1.1\r\nHost: " + wrong + "\r\nConnection: close\r\n\r\n",
                 "GET /?key=" + token + " HTTP/9.9\r\n" + bearer + "\r\n",
                 "GET / HTTP/1.1\r\n" + bearer + "Host: a\r\nHost: b\r\n\r\n",
                 "GET / HTTP/1.1\r\nHost: a\r\nAuthorization Bearer " + token + "\r\n\r\n",
                 token + "\r\n\r\n",
         }) {
        const QByteArray answer = say(request);
        QVERIFY2(!answer.isEmpty(), request.constData());
    }

    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.err.count('\n') > 20);
    for (const char *secret : {secretKey, secretToken, wrongToken}) {
        for (const QByteArray &said : {program.out, program.err, answers}) {
            const qsizetype at = said.indexOf(secret);
            QVERIFY2(at < 0, said.mid(std::max<qsizetype>(at - 200, 0), 400).constData());
        }
    }
    if (format == "json"_L1) {
        for (const QByteArray &line : program.err.trimmed().split('\n'))
            QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
    }
}

void TestGeminiProxy::askKeepsSecrets_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("good") << ""_ba;
    for (const char *fault : {"refuse", "key-invalid", "quota", "internal", "redirect", "cut", "error-mid", "bad-head"})
        QTest::newRow(fault) << QByteArray(fault);
}

void TestGeminiProxy::askKeepsSecrets()
{
    QFETCH(QByteArray, fault);
    DemoServer upstream;
    upstream.setPace(std::chrono::milliseconds(0));
    upstream.setFault(fault);
    QVERIFY(upstream.listen());
    Program program;
    program.run({u"ask"_s, u"hi"_s, u"--log-level=debug"_s, u"--upstream"_s, upstream.url().toString()},
                {{u"GEMINI_API_KEY"_s, QLatin1StringView(secretKey)}});
    QCOMPARE(program.exitCode(), fault.isEmpty() ? 0 : 1);
    QVERIFY2(!program.out.contains(secretKey), program.out.constData());
    QVERIFY2(!program.err.contains(secretKey), program.err.constData());
    QCOMPARE(upstream.requests().isEmpty(), fault == "refuse");
    if (fault != "refuse")
        QCOMPARE(upstream.requests().constFirst().head.fields.value("x-goog-api-key"), QByteArray(secretKey));
}

QTEST_GUILESS_MAIN(TestGeminiProxy)
#include "tst_geminiproxy.moc"
