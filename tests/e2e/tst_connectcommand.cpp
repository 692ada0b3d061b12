#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;

// The commands `connect` and `disconnect` of the real program.
class TestConnectCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void lists();
    void prints();
    void writesAndTakesOut();
    void asksOnlyAtATerminal();
    void namesWhatStays();
    void refusesComments();
    void noFile();
    void usage_data();
    void usage();
    void tokenOfItsOwn();
    void testWithoutProxy();
    void testSendsWhatTheToolWould_data();
    void testSendsWhatTheToolWould();
    void testRefused();

private:
    struct Ended
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    Program::Variables variables() const;
    Ended run(const QStringList &arguments) const;
    QByteArray content(const QString &name) const;
    void write(const QString &name, const QByteArray &content) const;

    std::optional<QTemporaryDir> m_home;
};

void TestConnectCommand::init()
{
    m_home.emplace();
}

Program::Variables TestConnectCommand::variables() const
{
    const QString home = m_home->path();
    return {{u"HOME"_s, home},
            {u"XDG_CONFIG_HOME"_s, home + u"/.config"_s},
            {u"XDG_DATA_HOME"_s, home + u"/data"_s},
            {u"CLAUDE_CONFIG_DIR"_s, {}},
            {u"CODEX_HOME"_s, {}}};
}

TestConnectCommand::Ended TestConnectCommand::run(const QStringList &arguments) const
{
    Program program;
    program.run(arguments, variables());
    return {program.exitCode(), program.out, program.err};
}

QByteArray TestConnectCommand::content(const QString &name) const
{
    QFile file(m_home->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file"_ba;
}

void TestConnectCommand::write(const QString &name, const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(m_home->filePath(name)).absolutePath()));
    QFile file(m_home->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestConnectCommand::lists()
{
    QCOMPARE(run({u"connect"_s, u"codex"_s, u"--write"_s, u"--yes"_s}).exitCode, 0);
    const Ended ended = run({u"connect"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.contains("\ncodex        Codex        OpenAI Responses, connected\n"));
    QVERIFY(ended.out.startsWith("claude-code  Claude Code  Anthropic Messages\n"));
}

void TestConnectCommand::prints()
{
    write(u".config/gemini-desk/gemini-proxy.conf"_s, "port=8123\nmodel=gemini-y\n"_ba);
    Ended ended = run({u"connect"_s, u"claude-code"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.contains("In ~/.claude/settings.json:"));
    QVERIFY(ended.out.contains("\"ANTHROPIC_BASE_URL\": \"http://127.0.0.1:8123\""));
    QVERIFY(!ended.out.contains("MODEL")); // the proxy knows what Opus, Sonnet and Haiku stand for
    QCOMPARE(content(u".claude/settings.json"_s), "no file"_ba);

    ended = run({u"connect"_s, u"claude-code"_s, u"--model"_s, u"gemini-z"_s});
    QVERIFY(ended.out.contains("\"ANTHROPIC_MODEL\": \"gemini-z\""));
    QVERIFY(ended.out.contains("\"ANTHROPIC_DEFAULT_HAIKU_MODEL\": \"gemini-z\""));
    ended = run({u"connect"_s, u"codex"_s});
    QVERIFY(ended.out.contains("gemini-y"));
    ended = run({u"connect"_s, u"copilot"_s, u"--port"_s, u"8124"_s, u"--listen"_s, u"0.0.0.0"_s, u"--token"_s,
                 u"sesame"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.contains("COPILOT_PROVIDER_BASE_URL=\"http://127.0.0.1:8124/v1\""));
    QVERIFY(ended.out.contains("COPILOT_PROVIDER_API_KEY=\"sesame\""));
}

void TestConnectCommand::writesAndTakesOut()
{
    const QByteArray before = "{\n  \"theme\": \"dark\"\n}\n"_ba;
    write(u".claude/settings.json"_s, before);
    Ended ended = run({u"connect"_s, u"claude-code"_s, u"--write"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.contains("\n-  \"theme\": \"dark\"\n+  \"theme\": \"dark\",\n+  \"env\": {\n"));
    QVERIFY(ended.out.contains("Claude Code is connected to http://127.0.0.1:8080.\n"));
    QCOMPARE(QJsonDocument::fromJson(content(u".claude/settings.json"_s))["theme"_L1].toString(), u"dark"_s);
    QCOMPARE(content(u".claude/settings.json.before-gemini-desk"_s), before);

    ended = run({u"connect"_s, u"claude-code"_s, u"--write"_s});
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(ended.out, "Claude Code is connected already.\n"_ba);

    ended = run({u"disconnect"_s, u"claude-code"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.out.endsWith("Claude Code is disconnected.\n"));
    QCOMPARE(content(u".claude/settings.json"_s), before);
    ended = run({u"disconnect"_s, u"claude-code"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 1);
    QCOMPARE(ended.err, "gemini-proxy: Claude Code is not connected: there is nothing to take out.\n"_ba);
}

void TestConnectCommand::asksOnlyAtATerminal()
{
    const Ended ended = run({u"connect"_s, u"codex"_s, u"--write"_s});
    QCOMPARE(ended.exitCode, 64);
    QVERIFY(ended.out.contains("+model_provider = \"gemini-desk\"\n"));
    QVERIFY(ended.err.contains("--yes"));
    QCOMPARE(content(u".codex/config.toml"_s), "no file"_ba);
}

void TestConnectCommand::namesWhatStays()
{
    QCOMPARE(run({u"connect"_s, u"codex"_s, u"--write"_s, u"--yes"_s}).exitCode, 0);
    write(u".codex/config.toml"_s, content(u".codex/config.toml"_s).replace("gemini-flash-latest", "mine"));
    const Ended ended = run({u"disconnect"_s, u"codex"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY2(ended.out.contains("You have changed these in ~/.codex/config.toml, so they stay: model.\n"),
             ended.out.constData());
    QCOMPARE(content(u".codex/config.toml"_s), "model = \"mine\"\n"_ba);
}

void TestConnectCommand::refusesComments()
{
    write(u".claude/settings.json"_s, "{ // mine\n}"_ba);
    const Ended ended = run({u"connect"_s, u"claude-code"_s, u"--write"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 69);
    QVERIFY2(ended.err.contains("holds comments or is no JSON"), ended.err.constData());
    QCOMPARE(content(u".claude/settings.json"_s), "{ // mine\n}"_ba);
}

void TestConnectCommand::noFile()
{
    const Ended ended = run({u"connect"_s, u"vscode"_s, u"--write"_s, u"--yes"_s});
    QCOMPARE(ended.exitCode, 64);
    QVERIFY(ended.err.contains("VS Code has no file that this program writes"));
}

void TestConnectCommand::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no such tool") << QStringList{u"connect"_s, u"emacs"_s} << "no tool \"emacs\""_ba;
    QTest::newRow("two tools") << QStringList{u"connect"_s, u"codex"_s, u"zed"_s} << "one tool"_ba;
    QTest::newRow("no tool") << QStringList{u"disconnect"_s} << "one tool"_ba;
    QTest::newRow("write what") << QStringList{u"connect"_s, u"--write"_s} << "which tool?"_ba;
    QTest::newRow("any port") << QStringList{u"connect"_s, u"codex"_s, u"--port"_s, u"0"_s} << "--port N"_ba;
    QTest::newRow("write elsewhere") << QStringList{u"serve"_s, u"--write"_s} << "--write belongs to connect"_ba;
    QTest::newRow("test at the end") << QStringList{u"disconnect"_s, u"codex"_s, u"--test"_s}
                                     << "--test belongs to connect"_ba;
    QTest::newRow("allowed-hosts") << QStringList{u"connect"_s, u"codex"_s, u"--allowed-hosts"_s, u"x"_s}
                                   << "--allowed-hosts belongs to serve"_ba;
}

void TestConnectCommand::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const Ended ended = run(arguments);
    QCOMPARE(ended.exitCode, 64);
    QVERIFY2(ended.err.contains(words), ended.err.constData());
}

// Where the proxy wants tokens, the tool gets one of its own, which the proxy then knows.
void TestConnectCommand::tokenOfItsOwn()
{
    const QString config = u".config/gemini-desk/gemini-proxy.conf"_s;
    write(config, "demo=true\ndemo-pace=0\ntoken=sesame\n[limits]\nretries=0\n"_ba);
    QVERIFY(run({u"connect"_s, u"qwen-code"_s}).err.contains("--new-token"));
    QCOMPARE(run({u"connect"_s, u"qwen-code"_s, u"--write"_s, u"--yes"_s}).exitCode, 0);
    const auto token = [this] {
        return QJsonDocument::fromJson(content(u".qwen/settings.json"_s))["env"_L1]["OPENAI_API_KEY"_L1].toString();
    };
    QCOMPARE(token().size(), 64);
    QVERIFY(content(config).contains("\n[tokens]\nqwen-code="));
    QVERIFY(!content(config).contains(token().toLatin1()));
    const QString first = token();
    QVERIFY(run({u"connect"_s, u"qwen-code"_s, u"--write"_s, u"--yes"_s}).out.contains("connected already"));
    QCOMPARE(token(), first);

    Program proxy;
    Program::Variables variables = this->variables();
    variables.insert(u"XDG_CONFIG_HOME"_s, m_home->filePath(u".config"_s));
    proxy.serve({}, variables);
    const QStringList test{u"connect"_s, u"qwen-code"_s, u"--test"_s, u"--port"_s, QString::number(proxy.port())};
    QCOMPARE(run({u"connect"_s, u"qwen-code"_s, u"--write"_s, u"--yes"_s, u"--port"_s, test.last()}).exitCode, 0);
    Ended ended = run(test);
    QVERIFY2(ended.out.startsWith("Qwen Code's request was answered"), (ended.out + ended.err).constData());

    QCOMPARE(run({u"disconnect"_s, u"qwen-code"_s, u"--yes"_s}).exitCode, 0);
    QCOMPARE(content(config), "demo=true\ndemo-pace=0\ntoken=sesame\n[limits]\nretries=0\n[tokens]\n"_ba);
    ended = run(test);
    QCOMPARE(ended.exitCode, 1);
    QVERIFY2(ended.err.contains("401"), ended.err.constData());
}

void TestConnectCommand::testWithoutProxy()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const QString port = QString::number(taken.serverPort());
    taken.close();
    const Ended ended = run({u"connect"_s, u"claude-code"_s, u"--test"_s, u"--port"_s, port});
    QCOMPARE(ended.exitCode, 69);
    QCOMPARE(ended.err,
             "gemini-proxy: Nothing listens on 127.0.0.1:" + port.toLatin1()
                     + ": start Gemini Desk or gemini-proxy.\n");
}

void TestConnectCommand::testSendsWhatTheToolWould_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("Claude Code") << u"claude-code"_s << "/v1/messages"_ba
                                 << "authorization"_ba
                                 << "Bearer sesame"_ba;
    QTest::newRow("Claude Code's version") << u"claude-code"_s << "/v1/messages"_ba
                                           << "anthropic-version"_ba
                                           << "2023-06-01"_ba;
    QTest::newRow("Codex") << u"codex"_s << "/v1/responses"_ba
                           << "authorization"_ba
                           << "Bearer sesame"_ba;
    QTest::newRow("Gemini CLI") << u"gemini-cli"_s << "/v1beta/models/gemini-flash-latest:generateContent"_ba
                                << "x-goog-api-key"_ba
                                << "sesame"_ba;
    QTest::newRow("aider") << u"aider"_s << "/v1/chat/completions"_ba
                           << "authorization"_ba
                           << "Bearer sesame"_ba;
}

void TestConnectCommand::testSendsWhatTheToolWould()
{
    QFETCH(QString, tool);
    QFETCH(QByteArray, field);
    ScriptedServer server;
    QVERIFY(server.start());
    server.setScript(
            {ScriptedServer::Step::send("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"model\":\"mod-1\"}"_ba)});
    const Ended ended = run({u"connect"_s, tool, u"--test"_s, u"--token"_s, u"sesame"_s, u"--port"_s,
                             QString::number(server.serverPort())});
    QCOMPARE(ended.exitCode, 0);
    QVERIFY2(ended.out.contains("request was answered by mod-1 in "), ended.out.constData());
    QCOMPARE(server.requestCount(), 1);
    const ScriptedServer::Request request = server.requests().constFirst();
    QTEST(QByteArray(request.head.path().toByteArray()), "path");
    QTEST(request.head.fields.value(field), "value");
    QVERIFY(!QJsonDocument::fromJson(request.body).object().isEmpty());
}

void TestConnectCommand::testRefused()
{
    ScriptedServer server;
    QVERIFY(server.start());
    const QByteArray body = R"({"error":{"type":"authentication_error","message":"no such token"}})"_ba;
    server.setScript({ScriptedServer::Step::send(
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body)});
    const Ended ended = run({u"connect"_s, u"codex"_s, u"--test"_s, u"--port"_s, QString::number(server.serverPort())});
    QCOMPARE(ended.exitCode, 1);
    QCOMPARE(ended.err, "gemini-proxy: Codex's request was refused: 401: no such token\n"_ba);
}

QTEST_GUILESS_MAIN(TestConnectCommand)
#include "tst_connectcommand.moc"
