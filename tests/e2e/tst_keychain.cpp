#include "app/system/keychain.h"

#include "tests/support/folders.h"
#include "tests/support/httpclient.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using Error = KeyResult::Error;

namespace {
const QByteArray firstKey = "AIza-first-key-0123456789"_ba;
const QByteArray secondKey = "AIza-second-key-0123456789"_ba;
// An environment in which a keyring and a bus keep everything in that folder.
QProcessEnvironment homeIn(const QTemporaryDir &folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, folder.path());
    environment.remove(u"DISPLAY"_s); // nobody can be asked for a password
    return environment;
}

ScriptedServer::Script emptyAnswer()
{
    return {ScriptedServer::Step::send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba)};
}

int statusOfAsking(Program &proxy)
{
    HttpClient client(proxy.port());
    client.ask("Hello"_ba);
    return runUntil([&client] { return client.hasEnded(); }) ? client.response().status : -1;
}
} // namespace

// The key in a real Secret Service, gnome-keyring's; see withkeyring.sh.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void storedReadReplacedRemoved();
    void endsAfterTheCallAndNotForTheGone();
    void noService();
    void noBus();
    void program();
    void programRefusesWhatIsNoKey_data();
    void programRefusesWhatIsNoKey();
    void proxySendsTheStoredKey();
    void silentService();
    void cancelledQuestion();
    void busThatEnds();
    void lockedAndRestarted();

private:
    static void startKeyring();
    static KeychainState state();
    enum class Operation { Read, Write, Remove };
    KeyResult run(Operation operation, const QByteArray &key = {});
    KeyResult read() { return run(Operation::Read); }

    struct Ended
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    static Ended runProgram(const QStringList &arguments, const QByteArray &input = {},
                            const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());

    Keychain m_keychain;
};

KeyResult TestKeychain::run(Operation operation, const QByteArray &key)
{
    KeyResult result;
    bool ended = false;
    const KeyStore::Done done = [&](const KeyResult &r) {
        result = r;
        ended = true;
    };
    QObject context;
    switch (operation) {
    case Operation::Read:
        m_keychain.read(&context, done);
        break;
    case Operation::Write:
        m_keychain.write(Secret(key), &context, done);
        break;
    case Operation::Remove:
        m_keychain.remove(&context, done);
        break;
    }
    if (!runUntil([&] { return ended; }, std::chrono::seconds(20)))
        result = {Error::TimedOut, u"the test waited too long"_s, {}};
    return result;
}

TestKeychain::Ended TestKeychain::runProgram(const QStringList &arguments, const QByteArray &input,
                                             const QProcessEnvironment &environment)
{
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(BIN_DIR "/gemini-proxy"), arguments);
    program.write(input);
    program.closeWriteChannel();
    if (!program.waitForFinished(20'000))
        return {};
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

KeychainState TestKeychain::state()
{
    std::optional<KeychainState> state;
    QObject context;
    askKeychainState(&context, [&state](KeychainState found) { state = found; });
    return runUntil([&state] { return state.has_value(); }) ? *state : KeychainState::Unknown;
}

void TestKeychain::init()
{
    run(Operation::Remove);
    QCOMPARE(read().error, Error::NotFound);
}

void TestKeychain::storedReadReplacedRemoved()
{
    QCOMPARE(run(Operation::Write, firstKey).error, Error::None);
    QCOMPARE(read().error, Error::None);
    QCOMPARE(read().key.reveal(), firstKey);
    QCOMPARE(run(Operation::Write, secondKey).error, Error::None);
    QCOMPARE(read().key.reveal(), secondKey);
    QCOMPARE(run(Operation::Remove).error, Error::None);
    QCOMPARE(read().error, Error::NotFound);
}

void TestKeychain::endsAfterTheCallAndNotForTheGone()
{
    int ends = 0;
    QObject context;
    m_keychain.read(&context, [&](const KeyResult &) { ++ends; });
    QCOMPARE(ends, 0);
    auto gone = std::make_unique<QObject>();
    m_keychain.read(gone.get(), [&](const KeyResult &) { ends += 100; });
    gone.reset();
    QCOMPARE(read().error, Error::NotFound); // asked last, so the others have ended too
    QTRY_COMPARE(ends, 1);
}

void TestKeychain::noService()
{
    // A bus that can start nothing
    QTemporaryDir folder;
    QFile config(folder.filePath(u"bus.conf"_s));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
            "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
            "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
            "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
            "<allow own=\"*\"/></policy></busconfig>\n");
    config.close();
    for (const QStringList &action : {QStringList{u"status"_s}, QStringList{u"set"_s}, QStringList{u"remove"_s}}) {
        QProcess program;
        program.start(u"dbus-run-session"_s,
                      QStringList{u"--config-file"_s, config.fileName(), u"--"_s,
                                  QStringLiteral(BIN_DIR "/gemini-proxy"), u"key"_s}
                              + action);
        program.write(firstKey);
        program.closeWriteChannel();
        QVERIFY(program.waitForFinished(20'000));
        const QByteArray err = program.readAllStandardError();
        QVERIFY2(program.exitCode() == 69, err.constData());
        QVERIFY2(err.contains("no keychain service"), err.constData());
        QVERIFY(!err.contains(firstKey));
    }
}

void TestKeychain::noBus()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    const Ended status = runProgram({u"key"_s, u"status"_s}, {}, environment);
    QCOMPARE(status.exitCode, 69);
    QVERIFY2(status.err.contains("no keychain service"), status.err.constData());
}

void TestKeychain::program()
{
    QCOMPARE(runProgram({u"key"_s, u"status"_s}).exitCode, 1);
    const Ended set = runProgram({u"key"_s, u"set"_s}, "  "_ba + firstKey + "\r\n"_ba); // as pasted
    QCOMPARE(set.exitCode, 0);
    QVERIFY(!(set.out + set.err).contains(firstKey));
    QCOMPARE(read().key.reveal(), firstKey);
    const Ended status = runProgram({u"key"_s, u"status"_s});
    QCOMPARE(status.exitCode, 0);
    QVERIFY(!(status.out + status.err).contains(firstKey));
    QCOMPARE(runProgram({u"key"_s, u"remove"_s}).exitCode, 0);
    QCOMPARE(read().error, Error::NotFound);
    QCOMPARE(runProgram({u"key"_s, u"remove"_s}).exitCode, 0); // it is gone already, which is what was asked for
}

void TestKeychain::programRefusesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("white space") << " \r\n\t"_ba;
    QTest::newRow("two words") << "AIza key"_ba;
    QTest::newRow("two lines") << "AIza\nkey"_ba;
    QTest::newRow("umlaut") << "AIzaSchlüssel"_ba;
    QTest::newRow("NUL") << QByteArray("AIza\0key", 8);
}

void TestKeychain::programRefusesWhatIsNoKey()
{
    QFETCH(const QByteArray, input);
    const Ended set = runProgram({u"key"_s, u"set"_s}, input);
    QCOMPARE(set.exitCode, 64);
    QVERIFY2(set.err.contains("no key"), set.err.constData());
    QVERIFY(input.trimmed().isEmpty() || !set.err.contains(input.trimmed()));
    QCOMPARE(read().error, Error::NotFound);
}

void TestKeychain::proxySendsTheStoredKey()
{
    QCOMPARE(run(Operation::Write, secondKey).error, Error::None);
    ScriptedServer upstream;
    upstream.setScript({ScriptedServer::Step::send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"_ba)});
    QVERIFY(upstream.start());
    QProcess proxy;
    proxy.start(QStringLiteral(BIN_DIR "/gemini-proxy"),
                {u"--port"_s, u"0"_s, u"--upstream"_s, upstream.url().toString()});
    QTRY_VERIFY(proxy.canReadLine());
    HttpClient client(static_cast<quint16>(proxy.readLine().trimmed().split(':').last().toUInt()));
    client.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return upstream.requestCount() == 1; }));
    QCOMPARE(upstream.requests().first().head.fields.value("x-goog-api-key"), secondKey);
    proxy.terminate();
    QVERIFY(proxy.waitForFinished());
}

// The service hangs. That is said in time, a key in use stays, and all goes on when the service answers again.
void TestKeychain::silentService()
{
    QCOMPARE(run(Operation::Write, firstKey).error, Error::None);
    ScriptedServer upstream;
    upstream.setScript(emptyAnswer());
    QVERIFY(upstream.start());
    const QByteArray config = "upstream=" + upstream.url().toEncoded() + '\n';
    Program early;
    early.config = config;
    early.serve({});
    QCOMPARE(statusOfAsking(early), 200);

    QDBusMessage ask = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                      u"org.freedesktop.DBus"_s, u"GetConnectionUnixProcessID"_s);
    ask << u"org.freedesktop.secrets"_s;
    const QDBusReply<uint> found = QDBusConnection::sessionBus().call(ask);
    QVERIFY(found.isValid());
    const auto keyring = pid_t(found.value()); // withkeyring.sh started it
    QVERIFY(keyring > 1);
    QCOMPARE(::kill(keyring, SIGSTOP), 0);
    const auto goOn = qScopeGuard([keyring] { ::kill(keyring, SIGCONT); });

    const Ended status = runProgram({u"key"_s, u"status"_s});
    QCOMPARE(status.exitCode, 69);
    QVERIFY2(status.err.contains("does not answer"), status.err.constData());
    early.signalWith(SIGHUP);
    Program late;
    late.config = config;
    late.serve({}); // it listens all the same
    QVERIFY2(late.err.contains("has not answered yet"), late.err.constData());
    QCOMPARE(statusOfAsking(late), 503);
    QTRY_VERIFY2_WITH_TIMEOUT(early.err.contains("the key stays as it was"), early.err.constData(), 20'000);
    QCOMPARE(statusOfAsking(early), 200);

    QCOMPARE(::kill(keyring, SIGCONT), 0);
    QTRY_COMPARE_WITH_TIMEOUT(statusOfAsking(late), 200, 30'000);
    QCOMPARE(upstream.requests().constLast().head.fields.value("x-goog-api-key"), firstKey);
    QVERIFY2(late.err.contains("the keychain has answered"), late.err.constData());
    QCOMPARE(read().key.reveal(), firstKey);
}

// There is no keyring yet, and nobody answers when a password for a new one is asked for.
void TestKeychain::cancelledQuestion()
{
    QTemporaryDir folder;
    QProcess session;
    session.setProcessEnvironment(homeIn(folder));
    session.start(u"dbus-run-session"_s,
                  {u"--"_s, u"sh"_s, u"-c"_s,
                   u"gnome-keyring-daemon --start --components=secrets >/dev/null; \"$0\" key set"_s,
                   QStringLiteral(BIN_DIR "/gemini-proxy")});
    session.write(firstKey);
    session.closeWriteChannel();
    QVERIFY(session.waitForFinished(20'000));
    const QByteArray err = session.readAllStandardError();
    const qsizetype at = err.indexOf("gemini-proxy: ");
    QVERIFY2(at >= 0, err.constData());
    const QByteArray said = err.mid(at, err.indexOf('\n', at) - at);
    QVERIFY2(said.contains("cancelled or denied"), said.constData());
    QVERIFY2(!said.contains("/org/"), said.constData());
    QCOMPARE(session.exitCode(), 69);
}

// The bus ends, as at a log-out, and the proxy goes on with the key that it has.
void TestKeychain::busThatEnds()
{
    QTemporaryDir folder;
    QProcessEnvironment environment = homeIn(folder);
    QProcess bus;
    bus.setProcessEnvironment(environment);
    bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    QTRY_VERIFY(bus.canReadLine());
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromUtf8(bus.readLine().trimmed()));
    QProcess keyring;
    keyring.setProcessEnvironment(environment);
    keyring.start(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--components=secrets"_s});
    keyring.write("password");
    keyring.closeWriteChannel();
    QVERIFY(keyring.waitForFinished(20'000));
    QCOMPARE(runProgram({u"key"_s, u"set"_s}, secondKey, environment).exitCode, 0);

    ScriptedServer upstream;
    upstream.setScript(emptyAnswer());
    QVERIFY(upstream.start());
    Program proxy;
    proxy.config = "upstream=" + upstream.url().toEncoded() + '\n';
    Program::Variables variables;
    for (const QString &name : {u"HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s, u"DBUS_SESSION_BUS_ADDRESS"_s})
        variables.insert(name, environment.value(name));
    proxy.serve({}, variables);
    QCOMPARE(statusOfAsking(proxy), 200);
    bus.terminate();
    QVERIFY(bus.waitForFinished(20'000));
    proxy.signalWith(SIGHUP);
    QTRY_VERIFY2_WITH_TIMEOUT(proxy.err.contains("the key stays as it was"), proxy.err.constData(), 20'000);
    QVERIFY2(proxy.err.contains("no keychain service"), proxy.err.constData());
    QCOMPARE(statusOfAsking(proxy), 200);
    QCOMPARE(upstream.requests().constLast().head.fields.value("x-goog-api-key"), secondKey);
}

// Must be the last test, as this process's own connection to the service does not survive a new service.
void TestKeychain::lockedAndRestarted()
{
    QCOMPARE(run(Operation::Write, firstKey).error, Error::None);
    QCOMPARE(state(), KeychainState::Open);
    QDBusMessage lock = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                       u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    lock << QVariant::fromValue(
            QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
    QCOMPARE(QDBusConnection::sessionBus().call(lock).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(state(), KeychainState::Locked);

    for (const Operation operation : {Operation::Read, Operation::Remove}) {
        const KeyResult result = run(operation);
        QVERIFY2(result.error == Error::Locked, qPrintable(result.detail));
        QVERIFY(result.key.isEmpty());
    }
    const Ended status = runProgram({u"key"_s, u"status"_s});
    QCOMPARE(status.exitCode, 69);
    QVERIFY2(status.err.contains("locked"), status.err.constData());

    startKeyring();                                                // open again, as after a log-in
    QTRY_COMPARE(runProgram({u"key"_s, u"status"_s}).exitCode, 0); // it was not removed
}

void TestKeychain::startKeyring()
{
    QProcess daemon;
    daemon.start(u"gnome-keyring-daemon"_s, {u"--replace"_s, u"--unlock"_s, u"--components=secrets"_s});
    daemon.write("password");
    daemon.closeWriteChannel();
    QVERIFY(daemon.waitForFinished(20'000));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
