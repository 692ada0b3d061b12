#include "app/connect/toolfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using tools::ToolFiles;

class TestToolFiles : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everyToolSaysSomething();
    void folders_data();
    void folders();
    void thereAndBack_data();
    void thereAndBack();
    void newFileGoesAgain();
    void userHasMoreInANewFile();
    void keepsModeAndLink();
    void twice();
    void twiceTheUsersValue();
    void changedMeanwhile();
    void cannotBeRead_data();
    void cannotBeRead();
    void notConnected();
    void otherFolderMeanwhile();
    void tokenIsOnlyTheUsers();
    void asSet();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray content(const QString &name) const;
    void write(const QString &name, const QByteArray &content) const;
    tools::Guide guide(const QString &tool, const tools::Target &target = ours()) const;
    void connectTool(const QString &tool) const;
    void disconnectTool(const QString &tool, const QStringList &left = {}) const;
    static tools::Target ours() { return {u"http://127.0.0.1:8080"_s, u"gemini-x"_s, u"the-token"_s, true}; }

    std::optional<QTemporaryDir> m_folder;
    std::optional<ToolFiles> m_files;
};

void TestToolFiles::init()
{
    m_folder.emplace();
    m_files.emplace(path(u"records"_s));
}

QByteArray TestToolFiles::content(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "no file"_ba;
}

void TestToolFiles::write(const QString &name, const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).absolutePath()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

tools::Guide TestToolFiles::guide(const QString &tool, const tools::Target &target) const
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, m_folder->path());
    return guideFor(*tools::find(tool), target, environment,
                    [](const QString &path) { return QFileInfo::exists(path); });
}

void TestToolFiles::connectTool(const QString &tool) const
{
    const auto plan = m_files->connecting(guide(tool));
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
    QCOMPARE(m_files->apply(*plan), QString());
    QVERIFY(m_files->isConnected(tool));
}

void TestToolFiles::disconnectTool(const QString &tool, const QStringList &left) const
{
    const auto plan = m_files->disconnecting(tool);
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error()));
    QStringList found;
    for (const tools::FileChange &change : plan->changes)
        found += change.left;
    QCOMPARE(found, left);
    QCOMPARE(m_files->apply(*plan), QString());
    QVERIFY(!m_files->isConnected(tool));
}

void TestToolFiles::everyToolSaysSomething()
{
    for (const tools::Tool &tool : tools::all()) {
        const tools::Guide guide = this->guide(tool.id);
        QVERIFY2(!guide.blocks.isEmpty(), qPrintable(tool.id));
        QString text;
        for (const tools::Block &block : guide.blocks) {
            QCOMPARE(block.file.isEmpty(), block.place != tools::Block::Place::File);
            text += block.text;
        }
        QVERIFY2(text.contains(u"http://127.0.0.1:8080"_s), qPrintable(tool.id));
        QVERIFY2(text.contains(u"gemini-x"_s), qPrintable(tool.id));
        QVERIFY2(text.contains(u"the-token"_s), qPrintable(tool.id));
        for (const tools::ToolFile &file : guide.files) {
            const auto alone = tools::put(file.format, {}, file.settings);
            QVERIFY2(alone, qPrintable(tool.id));
            if (!file.tokenPath.isEmpty())
                QCOMPARE(tools::valueIn(file.format, alone->text, file.tokenPath)->toString(), u"the-token"_s);
        }
    }
    QVERIFY(!tools::find(u"nobody"_s));
}

void TestToolFiles::folders_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("path");
    QTest::newRow("Claude Code") << u"claude-code"_s << QString() << u"/h/.claude/settings.json"_s;
    QTest::newRow("Claude Code, elsewhere") << u"claude-code"_s << u"CLAUDE_CONFIG_DIR"_s << u"/v/settings.json"_s;
    QTest::newRow("Codex") << u"codex"_s << QString() << u"/h/.codex/config.toml"_s;
    QTest::newRow("Codex, elsewhere") << u"codex"_s << u"CODEX_HOME"_s << u"/v/config.toml"_s;
    QTest::newRow("Gemini CLI") << u"gemini-cli"_s << QString() << u"/h/.gemini/settings.json"_s;
    QTest::newRow("Gemini CLI, elsewhere") << u"gemini-cli"_s << u"GEMINI_CLI_HOME"_s << u"/v/.gemini/settings.json"_s;
    QTest::newRow("Qwen Code") << u"qwen-code"_s << QString() << u"/h/.qwen/settings.json"_s;
    QTest::newRow("opencode") << u"opencode"_s << QString() << u"/h/.config/opencode/opencode.json"_s;
    QTest::newRow("opencode, elsewhere") << u"opencode"_s << u"OPENCODE_CONFIG"_s << u"/v"_s;
    QTest::newRow("opencode, XDG") << u"opencode"_s << u"XDG_CONFIG_HOME"_s << u"/v/opencode/opencode.json"_s;
}

void TestToolFiles::folders()
{
    QFETCH(QString, tool);
    QFETCH(QString, variable);
    QFETCH(QString, path);
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/h"_s);
    if (!variable.isEmpty())
        environment.insert(variable, u"/v"_s);
    const auto none = [](const QString &) { return false; };
    QCOMPARE(guideFor(*tools::find(tool), ours(), environment, none).files.constFirst().path, path);
}

void TestToolFiles::thereAndBack_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("before");
    const QByteArray json = "{\n  \"z\": 1,\n  \"env\": {\n    \"OPENAI_API_KEY\": \"mine\",\n"
                            "    \"ANTHROPIC_BASE_URL\": \"https://mine\"\n  }\n}\n"_ba;
    QTest::newRow("Claude Code") << u"claude-code"_s << u".claude/settings.json"_s << json;
    QTest::newRow("Qwen Code") << u"qwen-code"_s << u".qwen/settings.json"_s << json;
    QTest::newRow("opencode") << u"opencode"_s << u".config/opencode/opencode.json"_s << json;
    QTest::newRow("opencode, .jsonc") << u"opencode"_s << u".config/opencode/opencode.jsonc"_s << json;
    QTest::newRow("Codex") << u"codex"_s << u".codex/config.toml"_s << "model = \"gpt\"\n[tui]\nx = 1\n"_ba;
    QTest::newRow("Gemini CLI, keys") << u"gemini-cli"_s << u".gemini/.env"_s << "GEMINI_API_KEY=mine\n"_ba;
    QTest::newRow("Gemini CLI") << u"gemini-cli"_s << u".gemini/settings.json"_s
                                << R"({"security": {"auth": {"selectedType": "oauth-personal"}}})"_ba;
}

void TestToolFiles::thereAndBack()
{
    QFETCH(QString, tool);
    QFETCH(QString, file);
    QFETCH(QByteArray, before);
    write(file, before);
    connectTool(tool);
    QVERIFY(content(file) != before);
    QCOMPARE(content(file + u".before-gemini-desk"_s), before);
    disconnectTool(tool);
    QCOMPARE(content(file), before);
    const QStringList rest = QFileInfo(path(file)).dir().entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
    QCOMPARE(rest, QStringList{QFileInfo(file).fileName()}); // no copy, and no other file of the tool
}

void TestToolFiles::newFileGoesAgain()
{
    connectTool(u"codex"_s);
    QVERIFY(content(u".codex/config.toml"_s).contains("gemini-x"));
    QCOMPARE(QFileInfo(path(u".codex/config.toml"_s)).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());
    disconnectTool(u"codex"_s);
    QVERIFY(!QFileInfo::exists(path(u".codex/config.toml"_s)));
}

void TestToolFiles::userHasMoreInANewFile()
{
    connectTool(u"codex"_s);
    write(u".codex/config.toml"_s, content(u".codex/config.toml"_s).replace("responses", "chat") + "[mine]\n");
    disconnectTool(u"codex"_s, {u"model_providers.gemini-desk.wire_api"_s});
    QCOMPARE(content(u".codex/config.toml"_s), "[model_providers.gemini-desk]\nwire_api = \"chat\"\n[mine]\n"_ba);
}

void TestToolFiles::keepsModeAndLink()
{
    write(u"real.json"_s, "{}"_ba);
    const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
    QVERIFY(QFile::setPermissions(path(u"real.json"_s), mode));
    QVERIFY(QDir().mkpath(path(u".claude"_s)));
    QVERIFY(QFile::link(path(u"real.json"_s), path(u".claude/settings.json"_s)));
    connectTool(u"claude-code"_s);
    QVERIFY(QFileInfo(path(u".claude/settings.json"_s)).isSymLink());
    QVERIFY(content(u"real.json"_s).contains("gemini-x"));
    const auto all =
            QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(QFileInfo(path(u"real.json"_s)).permissions() & all, QFileDevice::Permissions(QFileDevice::ReadGroup));
    QCOMPARE(QFileInfo(path(u".claude/settings.json.before-gemini-desk"_s)).permissions() & all,
             QFileDevice::Permissions(QFileDevice::ReadGroup));
    disconnectTool(u"claude-code"_s);
    QVERIFY(QFileInfo(path(u".claude/settings.json"_s)).isSymLink());
    QCOMPARE(content(u"real.json"_s), "{}"_ba);
}

// What was there before the first time is what comes back, and its copy stays.
void TestToolFiles::twice()
{
    const QByteArray before = R"({"env": {"ANTHROPIC_MODEL": "mine"}})"_ba;
    write(u".claude/settings.json"_s, before);
    connectTool(u"claude-code"_s);
    const QByteArray once = content(u".claude/settings.json"_s);
    connectTool(u"claude-code"_s);
    QCOMPARE(content(u".claude/settings.json"_s), once);
    const auto plan =
            m_files->connecting(guide(u"claude-code"_s, {u"http://127.0.0.1:9"_s, u"gemini-y"_s, u"other"_s}));
    QVERIFY(plan);
    QCOMPARE(m_files->apply(*plan), QString());
    QVERIFY(content(u".claude/settings.json"_s).contains("http://127.0.0.1:9"));
    QCOMPARE(content(u".claude/settings.json.before-gemini-desk"_s), before);
    disconnectTool(u"claude-code"_s);
    QCOMPARE(content(u".claude/settings.json"_s), before);
}

// A value that the user has set between two times is the one that comes back.
void TestToolFiles::twiceTheUsersValue()
{
    connectTool(u"claude-code"_s);
    write(u".claude/settings.json"_s,
          content(u".claude/settings.json"_s)
                  .replace("\"ANTHROPIC_MODEL\": \"gemini-x\"", "\"ANTHROPIC_MODEL\": \"mine\""));
    connectTool(u"claude-code"_s);
    QVERIFY(!content(u".claude/settings.json"_s).contains("mine"));
    disconnectTool(u"claude-code"_s);
    QCOMPARE(content(u".claude/settings.json"_s), "{\n  \"env\": {\n    \"ANTHROPIC_MODEL\": \"mine\"\n  }\n}\n"_ba);
}

void TestToolFiles::changedMeanwhile()
{
    write(u".claude/settings.json"_s, "{}"_ba);
    const auto plan = m_files->connecting(guide(u"claude-code"_s));
    QVERIFY(plan);
    write(u".claude/settings.json"_s, R"({"new": 1})"_ba);
    QVERIFY(m_files->apply(*plan).contains(u"changed meanwhile"_s));
    QCOMPARE(content(u".claude/settings.json"_s), R"({"new": 1})"_ba);
    QVERIFY(!m_files->isConnected(u"claude-code"_s));
}

void TestToolFiles::cannotBeRead_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("comments") << u"claude-code"_s << u".claude/settings.json"_s << "{ /* mine */ }"_ba;
    QTest::newRow("wrong type") << u"claude-code"_s << u".claude/settings.json"_s << R"({"env": []})"_ba;
    QTest::newRow("TOML") << u"codex"_s << u".codex/config.toml"_s << "[model_providers.gemini-desk]\n"_ba;
    QTest::newRow("the second file") << u"gemini-cli"_s << u".gemini/.env/folder"_s << ""_ba;
}

void TestToolFiles::cannotBeRead()
{
    QFETCH(QString, tool);
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    write(file, text);
    const auto plan = m_files->connecting(guide(tool));
    QVERIFY(!plan);
    QVERIFY2(plan.error().startsWith(m_folder->path()), qPrintable(plan.error()));
    QCOMPARE(content(file), text);
    QVERIFY(!QFileInfo::exists(path(u".gemini/settings.json"_s)));
    QVERIFY(!m_files->isConnected(tool));
}

void TestToolFiles::notConnected()
{
    const auto plan = m_files->disconnecting(u"codex"_s);
    QVERIFY(!plan);
    QVERIFY(plan.error().contains(u"Codex is not connected"_s));
}

void TestToolFiles::otherFolderMeanwhile()
{
    connectTool(u"codex"_s);
    QProcessEnvironment environment;
    environment.insert(u"CODEX_HOME"_s, path(u"other"_s));
    const auto plan = m_files->connecting(
            guideFor(*tools::find(u"codex"_s), ours(), environment, [](const QString &) { return false; }));
    QVERIFY(!plan);
    QVERIFY2(plan.error().contains(u"disconnect it first"_s), qPrintable(plan.error()));
}

void TestToolFiles::tokenIsOnlyTheUsers()
{
    connectTool(u"claude-code"_s);
    const QFileInfo record(path(u"records/claude-code.json"_s));
    QVERIFY(content(u"records/claude-code.json"_s).contains("the-token"));
    QCOMPARE(record.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
}

void TestToolFiles::asSet()
{
    for (const QString &tool : {u"claude-code"_s, u"codex"_s, u"gemini-cli"_s, u"qwen-code"_s, u"opencode"_s}) {
        connectTool(tool);
        const tools::Target now{u"http://127.0.0.1:1"_s, u"gemini-y"_s, u"other"_s};
        const tools::Target found = ToolFiles::asSet(guide(tool, now), now);
        QCOMPARE(found.address, ours().address);
        QCOMPARE(found.token, ours().token);
    }
}

QTEST_GUILESS_MAIN(TestToolFiles)
#include "tst_toolfiles.moc"
