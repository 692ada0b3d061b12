#include "app/system/notify.h"
#include "tests/support/httpclient.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Step = ScriptedServer::Step;

namespace {

const QByteArray chunkedHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;

// The service manager's end of sd_notify(3).
class NotifySocket
{
public:
    // A path, or "@" and an abstract name.
    explicit NotifySocket(const QByteArray &address)
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_un own{};
        own.sun_family = AF_UNIX;
        std::memcpy(own.sun_path, address.constData(), std::size_t(address.size()));
        auto size = offsetof(sockaddr_un, sun_path) + std::size_t(address.size());
        if (address.startsWith('@'))
            own.sun_path[0] = '\0';
        else
            ++size;
        isBound = ::bind(m_socket, reinterpret_cast<const sockaddr *>(&own), socklen_t(size)) == 0;
    }
    ~NotifySocket() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(NotifySocket)

    // All that came so far, a message each.
    const QByteArrayList &messages()
    {
        QByteArray buffer(4096, '\0');
        ssize_t size = 0;
        while ((size = ::recv(m_socket, buffer.data(), std::size_t(buffer.size()), 0)) >= 0)
            m_messages.append(buffer.first(size));
        return m_messages;
    }

    bool isBound = false;

private:
    const int m_socket;
    QByteArrayList m_messages;
};

struct Answer
{
    int status = 0;
    QByteArray body;
};

Answer ask(quint16 port, const QByteArray &fields = {}, const QByteArray &query = {})
{
    HttpClient client(port);
    client.ask("hello", fields, query);
    if (!runUntil([&client] { return client.hasEnded(); }, 20s))
        return {};
    return {client.response().status, client.response().body};
}

int statusOf(quint16 port, const QByteArray &fields = {})
{
    return ask(port, fields).status;
}

} // namespace

// The program where nobody looks at it: under a service manager.
class TestHeadless : public QObject
{
    Q_OBJECT

private slots:
    void sends_data();
    void sends();
    void sendsToNobody_data();
    void sendsToNobody();
    void notifies_data();
    void notifies();
    void notifiesNobody();

    void reloads();
    void reloadLeavesStreamsAlone();
    void reloadOfABrokenConfig_data();
    void reloadOfABrokenConfig();
    void reloadSaysWhatCannotChange();
    void reloadKeepsTheDemo();
    void reloadNeverOpensToOthers();
    void manyReloads();
    void closedTerminal_data();
    void closedTerminal();

    void jsonLines();
    void jsonOfHostileRequests();

private:
    QTemporaryDir m_dir;
};

void TestHeadless::sends_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("path") << QFile::encodeName(m_dir.filePath(u"sends"_s));
    QTest::newRow("longest path") << QFile::encodeName(m_dir.path()) + '/' + QByteArray(106 - m_dir.path().size(), 'x');
#ifdef Q_OS_LINUX
    QTest::newRow("abstract") << "@gemini-desk-test-" + QByteArray::number(QCoreApplication::applicationPid());
    QTest::newRow("longest abstract")
            << QByteArray("@").append(QByteArray::number(QCoreApplication::applicationPid())).leftJustified(107, 'x');
#endif
}

void TestHeadless::sends()
{
    QFETCH(QByteArray, address);
    NotifySocket socket(address);
    QVERIFY(socket.isBound);
    QVERIFY(notify::send(address, "READY=1"));
    QTRY_COMPARE(socket.messages(), QByteArrayList{"READY=1"});
}

void TestHeadless::sendsToNobody_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("nobody there") << QFile::encodeName(m_dir.filePath(u"nobody"_s));
    QTest::newRow("relative") << "socket"_ba;
    QTest::newRow("no name") << "@"_ba;
    QTest::newRow("too long") << '/' + QByteArray(200, 'x');
    QTest::newRow("another family") << "vsock:2:1234"_ba;
}

void TestHeadless::sendsToNobody()
{
    QFETCH(QByteArray, address);
    QVERIFY(!notify::send(address, "READY=1"));
}

void TestHeadless::notifies_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("path") << QFile::encodeName(m_dir.filePath(u"notify"_s));
#ifdef Q_OS_LINUX
    QTest::newRow("abstract") << "@gemini-desk-notify-" + QByteArray::number(QCoreApplication::applicationPid());
#endif
}

void TestHeadless::notifies()
{
    QFETCH(QByteArray, address);
    NotifySocket socket(address);
    QVERIFY(socket.isBound);
    Program program;
    program.serve({u"--demo"_s}, {{u"NOTIFY_SOCKET"_s, QString::fromLatin1(address)}});
    const QByteArray ready = "READY=1\nSTATUS=Listening on http://127.0.0.1:" + QByteArray::number(program.port());
    QTRY_COMPARE(socket.messages(), QByteArrayList{ready});

    program.signalWith(SIGHUP);
    QTRY_COMPARE(socket.messages().size(), 3);
    const QByteArrayList reloading = socket.messages().at(1).split('\n');
    QCOMPARE(reloading.size(), 2);
    QCOMPARE(reloading.constFirst(), "RELOADING=1"_ba);
    QVERIFY(reloading.constLast().startsWith("MONOTONIC_USEC="));
    QVERIFY(reloading.constLast().mid(15).toLongLong() > 0);
    QCOMPARE(socket.messages().at(2), ready);

    program.signalWith(SIGTERM);
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(socket.messages().mid(3), QByteArrayList{"STOPPING=1"});
}

void TestHeadless::notifiesNobody()
{
    Program program;
    program.serve({u"--demo"_s}, {{u"NOTIFY_SOCKET"_s, m_dir.filePath(u"nobody"_s)}});
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitCode(), 0);
}

// ---- reload ----

void TestHeadless::reloads()
{
    ScriptedServer first;
    first.setScript({Step::send(chunkedHead + "5\r\nfirst\r\n0\r\n\r\n")});
    QVERIFY(first.start());
    ScriptedServer second;
    second.setScript({Step::send(chunkedHead + "6\r\nsecond\r\n0\r\n\r\n")});
    QVERIFY(second.start());
    const auto config = [](const ScriptedServer &upstream, const QByteArray &more) {
        return "upstream=http://127.0.0.1:" + QByteArray::number(upstream.serverPort()) + '\n' + more;
    };

    Program program;
    program.config = config(first, "model=m-1\n");
    program.serve({}, {{u"GEMINI_API_KEY"_s, u"key-of-the-environment"_s}});
    QCOMPARE(ask(program.port()).body, "first"_ba);
    QVERIFY(first.requests().constLast().head.target.contains("/m-1:"));

    program.writeConfig(config(second, "model=m-2\ntoken=t-2\nlog-level=debug\n[limits]\nbody-bytes=6\n"));
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    QCOMPARE(statusOf(program.port()), 401);
    QCOMPARE(ask(program.port(), "Authorization: Bearer t-2\r\n").body, "second"_ba);
    QVERIFY(second.requests().constLast().head.target.contains("/m-2:"));
    QCOMPARE(second.requests().constLast().head.fields.value("x-goog-api-key"), "key-of-the-environment"_ba);
    HttpClient large(program.port());
    large.ask("seven b", "Authorization: Bearer t-2\r\n");
    QVERIFY(runUntil([&large] { return large.hasEnded(); }));
    QCOMPARE(large.response().status, 413);
    QVERIFY2(!program.err.contains("t-2"), program.err.constData());
}

void TestHeadless::reloadLeavesStreamsAlone()
{
    ScriptedServer upstream;
    upstream.setScript({Step::send(chunkedHead + "6\r\nbefore\r\n"), Step::waitForRelease(),
                        Step::send("5\r\nafter\r\n0\r\n\r\n")});
    QVERIFY(upstream.start());
    Program program;
    program.config = "upstream=http://127.0.0.1:" + QByteArray::number(upstream.serverPort()) + '\n';
    program.serve({}, {{u"GEMINI_API_KEY"_s, u"k"_s}});
    HttpClient client(program.port());
    client.ask("hello");
    QVERIFY(runUntil([&client] { return client.response().body == "before"; }));

    // Another upstream, a token, fewer connections: nothing of this concerns the client that is already here.
    program.writeConfig(
            "upstream=http://127.0.0.1:1\ntoken=t\n[limits]\nconnections=1\nidle-seconds=1\nwaiting-bytes=1024\n");
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    QCOMPARE(statusOf(program.port()), 503); // one connection is too many now
    upstream.release();
    QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    QCOMPARE(client.response().body, "beforeafter"_ba);
    QCOMPARE(client.response().end, HttpClient::End::Clean);
}

void TestHeadless::reloadOfABrokenConfig_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("hint");
    QTest::newRow("bad value") << "model=m-2\nlog-level=loud\n"_ba
                               << "\"log-level\""_ba;
    QTest::newRow("unknown key") << "model=m-2\nmodle=x\n"_ba
                                 << "modle"_ba;
    QTest::newRow("bad limit") << "model=m-2\n[limits]\nconnections=0\n"_ba
                               << "connections"_ba;
    QTest::newRow("no certificate") << "model=m-2\nca-file=/nowhere.pem\n"_ba
                                    << "/nowhere.pem"_ba;
    QTest::newRow("no INI file") << "[\n"_ba
                                 << "INI"_ba;
}

void TestHeadless::reloadOfABrokenConfig()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, hint);
    ScriptedServer upstream;
    upstream.setScript({Step::send(chunkedHead + "5\r\nfirst\r\n0\r\n\r\n")});
    QVERIFY(upstream.start());
    const QByteArray path =
            QFile::encodeName(m_dir.filePath(QString::fromLatin1(QTest::currentDataTag()).remove(u' ')));
    NotifySocket socket(path);
    const QByteArray good =
            "model=m-1\ntoken=t-1\nupstream=http://127.0.0.1:" + QByteArray::number(upstream.serverPort()) + '\n';
    Program program;
    program.config = good;
    program.serve({}, {{u"GEMINI_API_KEY"_s, u"k"_s}, {u"NOTIFY_SOCKET"_s, QString::fromLatin1(path)}});

    program.writeConfig(config);
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("the settings stay as they were"), program.err.constData());
    QVERIFY2(program.err.contains(hint), program.err.constData());
    QTRY_COMPARE(socket.messages().size(), 3); // it is ready again, and says so
    QVERIFY(socket.messages().constLast().startsWith("READY=1"));
    QCOMPARE(statusOf(program.port()), 401);
    QCOMPARE(statusOf(program.port(), "Authorization: Bearer t-1\r\n"), 200);
    QVERIFY(upstream.requests().constLast().head.target.contains("/m-1:"));

    program.writeConfig(QByteArray(good).replace("m-1", "m-3"));
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    QCOMPARE(statusOf(program.port(), "Authorization: Bearer t-1\r\n"), 200);
    QVERIFY(upstream.requests().constLast().head.target.contains("/m-3:"));
}

void TestHeadless::reloadSaysWhatCannotChange()
{
    Program program;
    program.config = "demo=true\n";
    program.serve({});
    program.writeConfig("demo=false\nlisten=::1\nlog-format=json\nmodel=m-2\n");
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    for (const char *name : {"listen", "log-format", "demo"})
        QVERIFY2(program.err.contains("another \"" + QByteArray(name) + "\" takes effect after a restart"),
                 program.err.constData());
    QVERIFY2(!program.err.contains("\"port\""), program.err.constData());
    QVERIFY2(!program.err.contains('{'), program.err.constData());
    QVERIFY2(!program.err.contains("no key"), program.err.constData());
    QCOMPARE(statusOf(program.port()), 200);
}

void TestHeadless::reloadKeepsTheDemo()
{
    Program program;
    program.serve({u"--demo"_s, u"--demo-pace=0"_s});
    program.writeConfig("model=m-2\nupstream=http://127.0.0.1:1\n");
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    QCOMPARE(statusOf(program.port()), 200);
    QTRY_VERIFY2(program.err.contains("model=m-2"), program.err.constData());
}

// It goes on to listen where others can reach it, so the new settings must not do without a token.
void TestHeadless::reloadNeverOpensToOthers()
{
    Program program;
    program.config = "token=t-1\n";
    program.launch({u"--demo"_s, u"--port=0"_s, u"--config"_s, m_dir.filePath(u"open.conf"_s)});
    QVERIFY(program.waitForEnd()); // there is no such file yet
    QFile file(m_dir.filePath(u"open.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("listen=0.0.0.0\ntoken=t-1\n");
    file.close();
    program.err.clear();
    program.launch({u"--demo"_s, u"--port=0"_s, u"--config"_s, file.fileName()});
    QTRY_VERIFY2(program.out.endsWith('\n'), program.err.constData());
    const quint16 port = program.out.trimmed().split(':').constLast().toUShort();
    QCOMPARE(statusOf(port), 401);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("listen=127.0.0.1\n");
    file.close();
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("the settings stay as they were"), program.err.constData());
    QCOMPARE(statusOf(port), 401);
}

void TestHeadless::manyReloads()
{
    Program program;
    program.serve({u"--demo"_s, u"--demo-pace=0"_s});
    for (int i = 0; i < 50; ++i) {
        program.writeConfig("model=m-" + QByteArray::number(i) + '\n');
        program.signalWith(SIGHUP);
        QCOMPARE(statusOf(program.port()), 200);
    }
    QTRY_VERIFY2(
            [&] {
                (void)statusOf(program.port());
                return program.err.contains("model=m-49");
            }(),
            program.err.constData());
    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

void TestHeadless::closedTerminal_data()
{
    QTest::addColumn<bool>("nohup");
    QTest::newRow("ends the program") << false;
    QTest::newRow("nohup") << true;
}

// Closing the terminal is meant to end the program; a service has no terminal.
void TestHeadless::closedTerminal()
{
    QFETCH(bool, nohup);
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
    const QByteArray slave = ::ptsname(master);
    Program program;
    program.inChild = [&slave, nohup] {
        std::signal(SIGHUP, nohup ? SIG_IGN : SIG_DFL);
        ::setsid();
        const int terminal = ::open(slave.constData(), O_RDWR);
        ::ioctl(terminal, TIOCSCTTY, 0);
    };
    program.serve({u"--demo"_s});
    program.signalWith(SIGHUP);
    QTRY_VERIFY2(program.err.contains("read again"), program.err.constData());
    ::close(master);
    if (nohup) {
        QTRY_COMPARE(program.err.count("read again"), 2);
        program.terminate();
    }
    QVERIFY(program.waitForEnd());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

// ---- the log ----

void TestHeadless::jsonLines()
{
    Program program;
    program.serve({u"--demo"_s, u"--demo-pace=0"_s, u"--log-format=json"_s, u"--token=t-1"_s});
    const QByteArray bearer = "Authorization: Bearer t-1\r\n";
    QCOMPARE(ask(program.port(), bearer + "X-Request-Id: good-1\r\n", "?model=m-1").status, 200);
    QCOMPARE(ask(program.port(), bearer + "X-Request-Id: quota-1\r\n", "?model=demo-quota").status, 429);
    QCOMPARE(ask(program.port(), bearer + "X-Request-Id: refuse-1\r\n", "?model=demo-reset-before").status, 502);
    QTRY_VERIFY(program.err.contains("refuse-1"));

    QMap<QString, QJsonObject> requests;
    for (const QByteArray &line : program.err.trimmed().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QVERIFY2(!object.isEmpty(), line.constData());
        if (object.value("message"_L1) == "request"_L1)
            requests.insert(object.value("id"_L1).toString(), object);
    }
    QCOMPARE(requests.size(), 3);
    const QJsonObject good = requests.value(u"good-1"_s);
    QCOMPARE(good.value("level"_L1).toString(), u"info"_s);
    QCOMPARE(good.value("category"_L1).toString(), u"proxy.exchange"_s);
    QCOMPARE(good.value("method"_L1).toString(), u"POST"_s);
    QCOMPARE(good.value("path"_L1).toString(), u"/gemini-proxy"_s);
    QCOMPARE(good.value("route"_L1).toString(), u"gemini-proxy"_s);
    QCOMPARE(good.value("status"_L1).toInt(), 200);
    QCOMPARE(good.value("end"_L1).toString(), u"complete"_s);
    QCOMPARE(good.value("model"_L1).toString(), u"m-1"_s);
    QCOMPARE(good.value("client"_L1).toString(), u"default"_s);
    QCOMPARE(good.value("request_bytes"_L1).toInt(), 5);
    QVERIFY(good.value("bytes"_L1).toInt() > 0);
    QVERIFY(good.value("output_tokens"_L1).toInt() > 0);
    for (const char *number : {"duration_ms", "first_byte_ms", "tries"})
        QVERIFY2(good.value(QLatin1StringView(number)).isDouble(), number);
    QVERIFY(!good.contains("failure"_L1));
    QCOMPARE(requests.value(u"quota-1"_s).value("status"_L1).toInt(), 429);
    const QJsonObject failed = requests.value(u"refuse-1"_s);
    QCOMPARE(failed.value("end"_L1).toString(), u"failed"_s);
    QCOMPARE(failed.value("error_type"_L1).toString(), u"closed"_s);
    QVERIFY(!failed.value("failure"_L1).toString().isEmpty());
}

// Whatever clients choose stays inside its JSON string.
void TestHeadless::jsonOfHostileRequests()
{
    Program program;
    program.serve({u"--demo"_s, u"--demo-pace=0"_s, u"--log-format=json"_s, u"--log-level=debug"_s});
    for (const QByteArray &target :
         {"/gemini-proxy?model=%22%7d%0a%7b"_ba, "/x%22,%22status%22:1"_ba, "/gemini-proxy?model=a%5c"_ba}) {
        HttpClient client(program.port());
        client.send(client.request("POST", target, {}, "hi"));
        QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    }
    program.terminate();
    QVERIFY(program.waitForEnd());
    QVERIFY(program.err.count('\n') >= 3);
    for (const QByteArray &line : program.err.trimmed().split('\n'))
        QVERIFY2(QJsonDocument::fromJson(line).isObject(), line.constData());
}

QTEST_GUILESS_MAIN(TestHeadless)
#include "tst_headless.moc"
