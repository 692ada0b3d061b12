#include "app/options/deskarguments.h"

#include "app/cli/exitcodes.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestDeskArguments : public QObject
{
    Q_OBJECT

private slots:
    void ofTheWindow_data();
    void ofTheWindow();
    void ofServe();
    void commands_data();
    void commands();
    void refuses_data();
    void refuses();
    void qtsOwnAreLeftOut_data();
    void qtsOwnAreLeftOut();
};

void TestDeskArguments::ofTheWindow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("minimized");
    QTest::addColumn<bool>("newChat");
    QTest::newRow("none") << QStringList{} << false << false;
    QTest::newRow("minimized") << QStringList{u"--minimized"_s} << true << false;
    QTest::newRow("new chat") << QStringList{u"--new-chat"_s} << false << true;
    QTest::newRow("both, twice") << QStringList{u"--new-chat"_s, u"--minimized"_s, u"--new-chat"_s} << true << true;
}

void TestDeskArguments::ofTheWindow()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const bool, minimized);
    QFETCH(const bool, newChat);
    const auto read = readDeskArguments(arguments, {});
    QVERIFY(read);
    QCOMPARE(read->minimized, minimized);
    QCOMPARE(read->newChat, newChat);
    QCOMPARE(read->options.command, Options::Command::Serve);
}

void TestDeskArguments::ofServe()
{
    QProcessEnvironment environment;
    environment.insert(u"GEMINI_PROXY_MODEL"_s, u"gemini-of-the-environment"_s);
    const auto read = readDeskArguments({u"--port"_s, u"9090"_s, u"--new-chat"_s, u"--demo"_s}, environment);
    QVERIFY(read);
    QCOMPARE(read->options.proxy.port, quint16(9090));
    QCOMPARE(read->options.proxy.model, "gemini-of-the-environment"_ba);
    QVERIFY(read->options.demo);
    QCOMPARE(read->options.given, (QSet<QString>{u"port"_s, u"model"_s, u"demo"_s}));
}

void TestDeskArguments::commands_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Options::Command>("command");
    QTest::newRow("serve, said") << QStringList{u"serve"_s} << Options::Command::Serve;
    QTest::newRow("help") << QStringList{u"--new-chat"_s, u"--help"_s} << Options::Command::Help;
    QTest::newRow("version") << QStringList{u"--version"_s, u"--minimized"_s} << Options::Command::Version;
}

void TestDeskArguments::commands()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const Options::Command, command);
    const auto read = readDeskArguments(arguments, {});
    QVERIFY(read);
    QCOMPARE(read->options.command, command);
}

void TestDeskArguments::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("message"); // a part of it
    const auto row = [](const char *title, const QStringList &arguments, int exitCode, const QString &message) {
        QTest::newRow(title) << arguments << exitCode << message;
    };
    row("unknown", {u"--nonsense"_s}, ExitUsage, u"--nonsense: see gemini-desk --help"_s);
    row("a value", {u"--new-chat=yes"_s}, ExitUsage, u"--new-chat: see gemini-desk --help"_s);
    row("unknown command", {u"start"_s}, ExitUsage, u"\"start\": see gemini-desk --help"_s);
    row("ask", {u"ask"_s, u"Hello"_s}, ExitUsage, u"a command of gemini-proxy"_s);
    row("key", {u"key"_s, u"status"_s}, ExitUsage, u"a command of gemini-proxy"_s);
    row("usage", {u"usage"_s}, ExitUsage, u"a command of gemini-proxy"_s);
    row("connect", {u"connect"_s, u"codex"_s}, ExitUsage, u"a command of gemini-proxy"_s);
    row("open to all without a token", {u"--listen"_s, u"0.0.0.0"_s}, ExitConfiguration, u"token"_s);
}

void TestDeskArguments::refuses()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    QFETCH(const QString, message);
    const auto read = readDeskArguments(arguments, {});
    QVERIFY(!read);
    QCOMPARE(read.error().exitCode, exitCode);
    QVERIFY2(read.error().message.contains(message), qPrintable(read.error().message));
}

void TestDeskArguments::qtsOwnAreLeftOut_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("the session manager's") << QStringList{u"-session"_s, u"11c0a80001"_s};
    QTest::newRow("two dashes") << QStringList{u"--platform"_s, u"offscreen"_s};
    QTest::newRow("joined") << QStringList{u"-style=fusion"_s};
    QTest::newRow("without a value") << QStringList{u"-reverse"_s};
}

void TestDeskArguments::qtsOwnAreLeftOut()
{
    QFETCH(const QStringList, arguments);
    const auto read = readDeskArguments(arguments + QStringList{u"--port"_s, u"9090"_s}, {});
    QVERIFY(read);
    QCOMPARE(read->options.proxy.port, quint16(9090));
    QVERIFY(!readDeskArguments(arguments + QStringList{u"--nonsense"_s}, {}));
}

QTEST_GUILESS_MAIN(TestDeskArguments)
#include "tst_deskarguments.moc"
