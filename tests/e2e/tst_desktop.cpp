#include "app/system/keychain.h"

#include "tests/support/accessibletree.h"
#include "tests/support/folders.h"
#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr char comesToTheFront[] = "Gemini Desk runs already: its window comes to the front.\n";

quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : quint16(0);
}

} // namespace

// The built gemini-desk in a window of its own, under an X server without a screen, used as a person
// with a screen reader uses it; see withdesktop.sh.
class TestDesktop : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsTheRequestsOfLocalTools();
    void chatStreamsStopsAndIsKept();
    void secondStartRaisesTheFirst();
    void minimizedSecondStartRaisesNothing();
    void secondStartOpensANewChat();
    void portTakenOffersAnother();
    void keyGoesIntoTheKeychain();
    void invalidKeyIsSaidAndNotKept();
    void damagedSettingsAreSetAside();
    void finishesStreamsOnSigterm();
    void secondStartCallsTheLeavingOff();
    void browserDoesNotGetTheKey();
    void wrongArguments_data();
    void wrongArguments();
    void lockedKeychainIsSaid();

private:
    void start(const QStringList &arguments,
               const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
    static void startAgain(const QStringList &arguments, const QByteArray &says);
    [[nodiscard]] QString waitForLine(const QString &part);
    [[nodiscard]] quint16 waitForPort();
    [[nodiscard]] QString whatIsShown();
    [[nodiscard]] std::optional<AccessibleObject> waitFor(const QString &role, const QString &name);
    [[nodiscard]] std::optional<AccessibleObject> waitForText(const QString &part);
    static void press(const QStringList &keys);
    void stop();

    std::unique_ptr<QProcess> m_program;
    QByteArray m_out;
};

void TestDesktop::init()
{
    QDir(qEnvironmentVariable("XDG_CONFIG_HOME")).removeRecursively();
    QDir(qEnvironmentVariable("XDG_DATA_HOME") + u"/gemini-desk"_s).removeRecursively();
    m_out.clear();
}

void TestDesktop::cleanup()
{
    stop();
}

void TestDesktop::start(const QStringList &arguments, const QProcessEnvironment &environment)
{
    m_program = std::make_unique<QProcess>();
    m_program->setProcessEnvironment(environment);
    m_program->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_program->start(QStringLiteral(BIN_DIR "/gemini-desk"), arguments);
    QVERIFY(m_program->waitForStarted());
}

// Starts the program once more while the first one runs.
void TestDesktop::startAgain(const QStringList &arguments, const QByteArray &says)
{
    QProcess second;
    second.start(QStringLiteral(BIN_DIR "/gemini-desk"), arguments);
    QVERIFY(second.waitForFinished(20'000));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(second.readAllStandardError(), says);
    QVERIFY(second.readAllStandardOutput().isEmpty());
}

void TestDesktop::stop()
{
    if (!m_program)
        return;
    m_program->terminate();
    if (!m_program->waitForFinished(20'000))
        m_program->kill();
    m_program.reset();
}

QString TestDesktop::waitForLine(const QString &part)
{
    QString line;
    (void)runUntil(
            [&] {
                m_out += m_program->readAllStandardOutput();
                const QStringList lines = QString::fromUtf8(m_out).split(u'\n');
                for (qsizetype i = 0; i + 1 < lines.size(); ++i) { // the last one may lack its end
                    if (lines[i].contains(part))
                        line = lines[i];
                }
                return !line.isEmpty();
            },
            20s);
    return line;
}

quint16 TestDesktop::waitForPort()
{
    return waitForLine(u"gemini-proxy listening on http://"_s).section(u':', -1).toUShort();
}

// For messages of failures: what the accessibility bus knows of the program, or else whether it runs at all.
QString TestDesktop::whatIsShown()
{
    if (const auto program = accessibleProgram(u"gemini-desk"_s))
        return program->dump();
    if (m_program->state() != QProcess::NotRunning && !m_program->waitForFinished(0))
        return u"(the program runs, but is not on the bus)"_s;
    return u"(the program has ended, %1 %2)"_s
            .arg(m_program->exitStatus() == QProcess::CrashExit ? u"by signal"_s : u"with status"_s)
            .arg(m_program->exitCode());
}

std::optional<AccessibleObject> TestDesktop::waitFor(const QString &role, const QString &name)
{
    std::optional<AccessibleObject> found;
    (void)runUntil(
            [&] {
                const auto program = accessibleProgram(u"gemini-desk"_s);
                if (program)
                    found = program->find(role, name);
                return found.has_value();
            },
            20s);
    if (!found) {
        qWarning().noquote() << "there is no" << role << name << "in\n" << whatIsShown();
    }
    return found;
}

std::optional<AccessibleObject> TestDesktop::waitForText(const QString &part)
{
    std::optional<AccessibleObject> found;
    (void)runUntil(
            [&] {
                const auto program = accessibleProgram(u"gemini-desk"_s);
                if (program) {
                    found = program->find([&](const AccessibleObject &object) {
                        return object.name().contains(part) || object.description().contains(part)
                                || object.text().contains(part);
                    });
                }
                return found.has_value();
            },
            20s);
    if (!found) {
        qWarning().noquote() << "nothing says" << part << "in\n" << whatIsShown();
    }
    return found;
}

// Presses real keys, through the X server. There is no window manager, so this gives the window its focus first. The keys
// come from a further xdotool, which names no window: one that does would send events to the window instead, and fail if
// a key closes it.
void TestDesktop::press(const QStringList &keys)
{
    const QStringList focus{u"search"_s,        u"--sync"_s,      u"--onlyvisible"_s, u"--name"_s,
                            u"^Gemini Desk$"_s, u"windowfocus"_s, u"--sync"_s};
    for (const QStringList &arguments : {focus, keys}) {
        QProcess xdotool;
        xdotool.start(u"xdotool"_s, arguments);
        QVERIFY(xdotool.waitForFinished());
        QCOMPARE(xdotool.exitCode(), 0);
    }
}

void TestDesktop::showsTheRequestsOfLocalTools()
{
    start({u"--demo"_s, u"--demo-pace"_s, u"1"_s, u"--port"_s, u"0"_s});
    const quint16 port = waitForPort();
    QVERIFY(port != 0);
    QVERIFY(waitFor(u"frame"_s, u"Gemini Desk"_s));
    QVERIFY(waitForText(u"127.0.0.1:%1"_s.arg(port))); // the pill
    press({u"key"_s, u"ctrl+2"_s});                    // the page

    QProcess curl;
    curl.start(u"curl"_s,
               {u"-sN"_s, u"-H"_s, u"User-Agent: a-local-tool/1.0"_s, u"-d"_s, u"Write a haiku about tests"_s,
                u"http://127.0.0.1:%1/gemini-proxy?model=demo-thinking"_s.arg(port)});
    QVERIFY(curl.waitForFinished());
    QCOMPARE(curl.exitCode(), 0);
    const QByteArray answer = curl.readAllStandardOutput();
    QVERIFY2(answer.contains("data: "), answer.constData());

    QVERIFY(waitFor(u"cell"_s, u"demo-thinking"_s));
    QVERIFY(waitFor(u"cell"_s, u"200"_s));
    QVERIFY(waitFor(u"cell"_s, u"a-local-tool"_s));
    // The answer stands beside it, as text.
    press({u"key"_s, u"F6"_s, u"Down"_s}); // into the table, to a row
    QVERIFY(waitForText(u"Gemini Desk’s demo"_s));
}

// A person with real keys asks, sees the answer grow, stops it, and finds it after a restart.
void TestDesktop::chatStreamsStopsAndIsKept()
{
    const QStringList arguments{u"--demo"_s, u"--demo-pace"_s, u"150"_s, u"--port"_s, u"0"_s};
    start(arguments);
    QVERIFY(waitForPort() != 0);
    QVERIFY(waitFor(u"push button"_s, u"Gemini Flash (demo)"_s)); // the list of models has come
    press({u"key"_s, u"ctrl+n"_s, u"type"_s, u"--delay"_s, u"5"_s, u"Explain how AI works"_s});
    press({u"key"_s, u"Return"_s});
    const auto transcript = [this] {
        const auto found = waitForText(u"Explain how AI works"_s);
        const auto program = accessibleProgram(u"gemini-desk"_s);
        const auto object = program && found
                ? program->find([](const AccessibleObject &one) { return one.name() == "Conversation"_L1; })
                : std::nullopt;
        return object ? object->text() : QString();
    };
    QVERIFY(runUntil([&] { return transcript().contains("guesses"_L1); }, 20s));
    const qsizetype some = transcript().size();
    QVERIFY(runUntil([&] { return transcript().size() > some; }, 20s));
    const qsizetype more = transcript().size();
    QVERIFY(runUntil([&] { return transcript().size() > more; }, 20s));
    press({u"key"_s, u"Escape"_s});
    QVERIFY(runUntil([&] { return transcript().contains("Stopped."_L1); }, 20s));
    const QString stopped = transcript();
    QVERIFY(!stopped.contains("word by word"_L1)); // near its end
    // The proxy tells the chat from other clients, and no token shows anywhere.
    press({u"key"_s, u"ctrl+2"_s});
    QVERIFY(waitFor(u"cell"_s, u"Chat"_s));
    stop();

    m_out.clear();
    start(arguments);
    QVERIFY(waitForPort() != 0);
    const auto entry = waitFor(u"list item"_s, u"Explain how AI works"_s);
    QVERIFY(entry);
    press({u"key"_s, u"ctrl+shift+f"_s, u"type"_s, u"--delay"_s, u"5"_s, u"guesses"_s}); // and found by what it says
    QVERIFY(waitForText(u"guesses what"_s)); // more need not have come before it was stopped
    press({u"key"_s, u"Down"_s, u"Return"_s});
    QVERIFY(runUntil([&] { return transcript().contains("Stopped."_L1); }, 20s));
    QVERIFY(transcript().contains("guesses"_L1));
    QFile file(qEnvironmentVariable("XDG_DATA_HOME") + u"/gemini-desk/chats.sqlite"_s);
    QVERIFY(file.exists());
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestDesktop::secondStartRaisesTheFirst()
{
    start({u"--demo"_s, u"--port"_s, u"0"_s});
    const quint16 first = waitForPort();
    QVERIFY(first != 0);
    const quint16 another = freePort();
    startAgain({u"--port"_s, QString::number(another)}, comesToTheFront);
    // Its arguments reach the first one.
    QVERIFY(!waitForLine(u"http://127.0.0.1:%1"_s.arg(another)).isEmpty());
    QCOMPARE(m_program->state(), QProcess::Running);
}

// As at login, when the window may be open already.
void TestDesktop::minimizedSecondStartRaisesNothing()
{
    start({u"--demo"_s, u"--port"_s, u"0"_s});
    QVERIFY(waitForPort() != 0);
    QVERIFY(waitFor(u"frame"_s, u"Gemini Desk"_s));
    const auto focused = [] {
        QProcess xdotool;
        xdotool.start(u"xdotool"_s, {u"getwindowfocus"_s, u"getwindowname"_s});
        return xdotool.waitForFinished() ? xdotool.readAllStandardOutput().trimmed() : QByteArray();
    };
    QVERIFY(focused() != "Gemini Desk"); // without a window manager
    const quint16 another = freePort();
    startAgain({u"--minimized"_s, u"--port"_s, QString::number(another)}, "Gemini Desk runs already.\n");
    QVERIFY(!waitForLine(u"http://127.0.0.1:%1"_s.arg(another)).isEmpty()); // it has arrived
    QVERIFY(focused() != "Gemini Desk");
    startAgain({}, comesToTheFront);
    QVERIFY(runUntil([&] { return focused() == "Gemini Desk"; }, 20s));
}

void TestDesktop::secondStartOpensANewChat()
{
    start({u"--demo"_s, u"--port"_s, u"0"_s});
    const quint16 port = waitForPort();
    QVERIFY(port != 0);
    QVERIFY(waitForText(u"127.0.0.1:%1"_s.arg(port))); // the window is there to take the keys
    press({u"key"_s, u"ctrl+comma"_s});
    QVERIFY(waitForText(u"Appearance"_s)); // the settings
    startAgain({u"--new-chat"_s}, comesToTheFront);
    QVERIFY(waitFor(u"push button"_s, u"Gemini Flash (demo)"_s)); // the composer's, which shows now
    press({u"type"_s, u"--delay"_s, u"5"_s, u"Typed without a click"_s});
    QVERIFY(waitForText(u"Typed without a click"_s));
}

void TestDesktop::portTakenOffersAnother()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    start({u"--demo"_s, u"--port"_s, QString::number(holder.serverPort())});
    QVERIFY(waitForText(u"is taken by tst_desktop"_s));
    const auto button = waitFor(u"push button"_s, u"Use port"_s);
    QVERIFY(button);
    const quint16 offered = button->name().section(u' ', -1).toUShort();
    QVERIFY(offered != 0);
    QVERIFY(m_out.isEmpty()); // never another one by itself
    QVERIFY(button->act());
    QCOMPARE(waitForPort(), offered);
    HttpClient client(offered);
    client.get("/health"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
}

void TestDesktop::keyGoesIntoTheKeychain()
{
    ScriptedServer gemini;
    gemini.setScript([](const ScriptedServer::Request &request) {
        const QByteArray body = request.head.path().contains("models") && request.head.method == "GET"
                ? R"({"models":[{"name":"models/gemini-flash-latest"}]})"_ba
                : "data: {}\r\n\r\n"_ba;
        return ScriptedServer::Script{ScriptedServer::Step::send(
                "HTTP/1.1 200 OK\r\nContent-Length: "_ba + QByteArray::number(body.size()) + "\r\n\r\n"_ba + body)};
    });
    QVERIFY(gemini.start());
    const QStringList arguments{u"--upstream"_s, gemini.url().toString(), u"--port"_s, u"0"_s};
    start(arguments);
    QVERIFY(waitForPort() != 0);
    const auto save = waitFor(u"push button"_s, u"Test and save"_s);
    QVERIFY(save);
    press({u"type"_s, u"--delay"_s, u"1"_s, u" AIza-key-of-the-desktop-test "_s}); // the entry has the focus
    QVERIFY(save->act());
    QVERIFY(runUntil([&] { return gemini.requestCount() >= 1; }));
    QCOMPARE(gemini.requests().constFirst().head.fields.value("x-goog-api-key"), "AIza-key-of-the-desktop-test"_ba);

    Keychain keychain;
    QByteArray stored;
    const auto readAgain = [&] {
        bool done = false;
        QObject context;
        keychain.read(&context, [&](const KeyResult &result) {
            stored = result.key.reveal();
            done = true;
        });
        return runUntil([&] { return done; }) && !stored.isEmpty();
    };
    QVERIFY(runUntil(readAgain, 20s));
    QCOMPARE(stored, "AIza-key-of-the-desktop-test"_ba);
    stop();

    // After a restart it is there, and nobody is asked.
    m_out.clear();
    start(arguments);
    const quint16 port = waitForPort();
    HttpClient client(port);
    client.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(gemini.requests().last().head.fields.value("x-goog-api-key"), "AIza-key-of-the-desktop-test"_ba);

    bool removed = false;
    QObject context;
    keychain.remove(&context, [&](const KeyResult &) { removed = true; });
    QVERIFY(runUntil([&] { return removed; }));
}

void TestDesktop::invalidKeyIsSaidAndNotKept()
{
    ScriptedServer gemini;
    const QByteArray body =
            R"({"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}})"_ba;
    gemini.setScript({ScriptedServer::Step::send("HTTP/1.1 400 Bad Request\r\nContent-Length: "_ba
                                                 + QByteArray::number(body.size()) + "\r\n\r\n"_ba + body)});
    QVERIFY(gemini.start());
    start({u"--upstream"_s, gemini.url().toString(), u"--port"_s, u"0"_s});
    QVERIFY(waitForPort() != 0);
    const auto save = waitFor(u"push button"_s, u"Test and save"_s);
    QVERIFY(save);
    press({u"type"_s, u"--delay"_s, u"1"_s, u"AIza-not-a-valid-one"_s});
    QVERIFY(save->act());
    QVERIFY(waitForText(u"does not know this key"_s));
    Keychain keychain;
    std::optional<KeyResult::Error> error;
    QObject context;
    keychain.read(&context, [&](const KeyResult &result) { error = result.error; });
    QVERIFY(runUntil([&] { return error.has_value(); }));
    QVERIFY(*error == KeyResult::Error::NotFound);
}

void TestDesktop::damagedSettingsAreSetAside()
{
    const QDir folder(qEnvironmentVariable("XDG_CONFIG_HOME") + u"/gemini-desk"_s);
    QVERIFY(folder.mkpath(u"."_s));
    QFile file(folder.filePath(u"gemini-desk.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x7f"
               "ELF\0 this is no settings file\n",
               31);
    file.close();
    start({u"--demo"_s, u"--port"_s, u"0"_s});
    QVERIFY(waitForPort() != 0);
    QVERIFY(waitForText(u"The settings file was damaged"_s));
    QCOMPARE(folder.entryList({u"gemini-desk.conf.damaged-*"_s}).size(), 1);
}

void TestDesktop::finishesStreamsOnSigterm()
{
    start({u"--demo"_s, u"--demo-pace"_s, u"20"_s, u"--port"_s, u"0"_s});
    HttpClient client(waitForPort());
    client.ask("Write a haiku"_ba);
    QVERIFY(runUntil([&] { return client.response().length > 0; }));
    m_program->terminate();
    QVERIFY(runUntil([&] { return client.hasEnded(); }, 20s));
    QVERIFY(client.response().end == HttpClient::End::Clean);
    QVERIFY(m_program->state() == QProcess::NotRunning || m_program->waitForFinished(20'000));
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 0);
}

// The window comes back, and the program can be quit as always.
void TestDesktop::secondStartCallsTheLeavingOff()
{
    start({u"--demo"_s, u"--demo-pace"_s, u"200"_s, u"--port"_s, u"0"_s});
    const quint16 port = waitForPort();
    QVERIFY(waitForText(u"127.0.0.1:%1"_s.arg(port)));
    HttpClient client(port);
    client.ask("Write a haiku"_ba);
    QVERIFY(runUntil([&] { return client.response().length > 0; }));
    m_program->terminate(); // leaves as soon as the answer is whole
    startAgain({}, comesToTheFront);
    QVERIFY(runUntil([&] { return client.hasEnded(); }, 60s));
    QVERIFY(client.response().end == HttpClient::End::Clean);
    HttpClient another(port);
    another.get("/health"_ba);
    QVERIFY(runUntil([&] { return another.hasEnded(); }));
    QCOMPARE(another.response().status, 200);
    press({u"key"_s, u"ctrl+q"_s}); // nothing streams: at once
    QVERIFY(m_program->state() == QProcess::NotRunning || m_program->waitForFinished(20'000));
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 0);
}

// A browser that the program starts must not get what is meant for this program alone.
void TestDesktop::browserDoesNotGetTheKey()
{
    QTemporaryDir folder;
    QFile opener(folder.filePath(u"xdg-open"_s));
    QVERIFY(opener.open(QIODevice::WriteOnly));
    opener.write("#!/bin/sh\n{ echo \"$@\"; env; } > \"$0.part\" && mv \"$0.part\" \"$0.said\"\n");
    opener.close();
    QVERIFY(opener.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, folder.path() + u':' + environment.value(u"PATH"_s));
    environment.insert(u"KEPT_FOR_THE_BROWSER"_s, u"yes"_s);
    for (const QString &name : {u"GEMINI_API_KEY"_s, u"GOOGLE_API_KEY"_s, u"GEMINI_PROXY_TOKEN"_s})
        environment.insert(name, u"not-for-a-browser"_s);

    start({u"--demo"_s, u"--port"_s, u"0"_s}, environment);
    const quint16 port = waitForPort();
    HttpClient client(port);
    client.get("/metrics"_ba);
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 401);           // so the token was read
    QVERIFY(waitForText(u"127.0.0.1:%1"_s.arg(port))); // the window is there to take the keys
    press({u"key"_s, u"ctrl+shift+w"_s});
    const auto button = waitFor(u"push button"_s, u"Get a key"_s);
    QVERIFY(button);
    QVERIFY(button->act());
    QFile said(opener.fileName() + u".said"_s);
    QVERIFY(runUntil([&] { return said.exists(); }, 20s));
    QVERIFY(said.open(QIODevice::ReadOnly));
    const QByteArray text = said.readAll();
    QVERIFY(text.startsWith("https://aistudio.google.com/apikey\n"));
    QVERIFY(text.contains("KEPT_FOR_THE_BROWSER=yes"));
    QVERIFY(!text.contains("not-for-a-browser")); // not shown: it is a whole environment
}

void TestDesktop::wrongArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("unknown flag") << QStringList{u"--nonsense"_s} << 64;
    QTest::newRow("a command of the other program") << QStringList{u"ask"_s, u"Hello"_s} << 64;
    QTest::newRow("port") << QStringList{u"--port"_s, u"70000"_s} << 64;
    QTest::newRow("open to all without a token") << QStringList{u"--listen"_s, u"0.0.0.0"_s} << 78;
}

void TestDesktop::wrongArguments()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    QProcess program;
    program.start(QStringLiteral(BIN_DIR "/gemini-desk"), arguments);
    QVERIFY(program.waitForFinished(20'000));
    QCOMPARE(program.exitCode(), exitCode);
    QCOMPARE(program.readAllStandardError().count('\n'), 1);
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

// Must be the last test, as nothing unlocks the keychain again.
void TestDesktop::lockedKeychainIsSaid()
{
    QDBusMessage lock = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                       u"org.freedesktop.Secret.Service"_s, u"Lock"_s);
    lock << QVariant::fromValue(
            QList<QDBusObjectPath>{QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)});
    QCOMPARE(QDBusConnection::sessionBus().call(lock).type(), QDBusMessage::ReplyMessage);
    start({u"--port"_s, u"0"_s});
    QVERIFY(waitForPort() != 0);
    QVERIFY(waitForText(u"locked"_s));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
