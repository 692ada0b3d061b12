#include "tests/support/folders.h"
#include "tests/support/httpclient.h"
#include "tests/support/metricstext.h"
#include "tests/support/program.h"
#include "tests/support/scriptedserver.h"

#include <QDate>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

// What the real program counts while it serves, and what it prints of that.
class TestUsageCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void nothingYet();
    void asked();
    void agreesWithTheMetrics();
    void lockedAtTheEnd();
    void switchedOff();
    void demoCostsNothing();
    void reloadSwitches();
    void ofAsk();
    void ofAskBrokenOff();
    void wrongDay();
    void damagedFile();

private:
    QJsonArray rows() const; // what `usage --json` prints
    Program::Variables variables() const;
    struct Ended
    {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };
    QProcessEnvironment environment() const;
    Ended run(const QStringList &arguments) const;
    // Serves with these arguments until it has answered a prompt for each query.
    void serve(const QStringList &arguments, const QList<QByteArray> &queries, const QByteArray &fields = {});

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_upstream;
};

void TestUsageCommand::init()
{
    m_folder.emplace();
    m_upstream = std::make_unique<ScriptedServer>();
    QVERIFY(m_upstream->start());
    m_upstream->setScript([](const ScriptedServer::Request &request) {
        QByteArray body = R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"no"}})"_ba;
        QByteArray head = "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n"_ba;
        if (request.head.path().startsWith("/v1beta/interactions")) { // which this upstream does not know
            head = "HTTP/1.1 404 Not Found\r\n"_ba;
            body.clear();
        } else if (!request.head.path().contains("used-up")) {
            head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"_ba;
            body = "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hi\"}]}}],\"usageMetadata\": {\"promptTokenCount\": 7}}\r\n\r\n"
                   "data: {\"candidates\": [{\"finishReason\": \"STOP\"}],\"usageMetadata\": {\"promptTokenCount\": 7,"
                   "\"candidatesTokenCount\": 10,\"thoughtsTokenCount\": 30,\"cachedContentTokenCount\": 4,"
                   "\"totalTokenCount\": 47},\"modelVersion\": \"m-1\"}\r\n\r\n"_ba;
        }
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
        return ScriptedServer::Script{ScriptedServer::Step::send(head + body)};
    });
}

QProcessEnvironment TestUsageCommand::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, m_folder->filePath(u"data"_s));
    environment.insert(u"GEMINI_API_KEY"_s, u"AIza-test"_s);
    return environment;
}

TestUsageCommand::Ended TestUsageCommand::run(const QStringList &arguments) const
{
    QProcess program;
    program.setProcessEnvironment(environment());
    program.start(QStringLiteral(BIN_DIR "/gemini-proxy"), arguments);
    if (!program.waitForFinished(20'000))
        return {};
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

void TestUsageCommand::serve(const QStringList &arguments, const QList<QByteArray> &queries, const QByteArray &fields)
{
    QProcess proxy;
    proxy.setProcessEnvironment(environment());
    proxy.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    proxy.start(QStringLiteral(BIN_DIR "/gemini-proxy"),
                QStringList{u"serve"_s, u"--port"_s, u"0"_s, u"--log-level"_s, u"warning"_s} + arguments);
    QByteArray line;
    while (!line.endsWith('\n') && proxy.waitForReadyRead(20'000))
        line += proxy.readAllStandardOutput();
    const auto port = line.trimmed().split(':').constLast().toUShort();
    QVERIFY2(port > 0, line.constData());
    for (const QByteArray &query : queries) {
        HttpClient client(port);
        client.ask("Hello"_ba, fields, query);
        QVERIFY(runUntil([&client] { return client.hasEnded(); }));
        QVERIFY(client.response().status != 0);
    }
    proxy.terminate();
    QVERIFY(proxy.waitForFinished(20'000));
    QCOMPARE(proxy.exitCode(), 0);
}

void TestUsageCommand::nothingYet()
{
    const Ended table = run({u"usage"_s});
    QCOMPARE(table.out, "Nothing was used yet.\n"_ba);
    QCOMPARE(table.exitCode, 0);
    const Ended since = run({u"usage"_s, u"--since"_s, u"2025-01-31"_s});
    QCOMPARE(since.out, "Nothing was used since 2025-01-31.\n"_ba);
    const Ended json = run({u"usage"_s, u"--json"_s});
    QCOMPARE(QJsonDocument::fromJson(json.out), QJsonDocument(QJsonArray()));
    QCOMPARE(json.exitCode, 0);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(u"data"_s)));
}

void TestUsageCommand::asked()
{
    const QString upstream = m_upstream->url().toString();
    const QDate day = QDate::currentDate();
    serve({u"--upstream"_s, upstream}, {{}, "?model=another"_ba, "?model=used-up"_ba});
    // A second run adds to the first, here with a token.
    serve({u"--upstream"_s, upstream, u"--token"_s, u"sesame"_s}, {{}, {}}, "Authorization: Bearer sesame\r\n"_ba);
    if (QDate::currentDate() != day)
        return; // midnight: the days differ, as they should

    const auto row = [day](const QString &model, const QString &client, int requests, int failed) {
        const int told = requests - failed;
        return QJsonObject{{u"day"_s, day.toString(Qt::ISODate)},
                           {u"model"_s, model},
                           {u"client"_s, client},
                           {u"requests"_s, requests},
                           {u"failed"_s, failed},
                           {u"input_tokens"_s, 7 * told},
                           {u"output_tokens"_s, 40 * told},
                           {u"thoughts_tokens"_s, 30 * told},
                           {u"cached_tokens"_s, 4 * told}};
    };
    const QJsonArray expected{row(u"another"_s, u""_s, 1, 0), row(u"gemini-flash-latest"_s, u""_s, 1, 0),
                              row(u"gemini-flash-latest"_s, u"default"_s, 2, 0),
                              row(u"other"_s, u""_s, 1, 1)}; // the one that never answered
    const Ended json = run({u"usage"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(QJsonDocument::fromJson(json.out), QJsonDocument(expected));
    const QString today = day.toString(Qt::ISODate);
    QCOMPARE(run({u"usage"_s, u"--json"_s, u"--since"_s, today}).out, json.out);
    const QString tomorrow = day.addDays(1).toString(Qt::ISODate);
    QCOMPARE(run({u"usage"_s, u"--since"_s, tomorrow}).out, "Nothing was used since " + tomorrow.toLatin1() + ".\n");

    const Ended table = run({u"usage"_s});
    const QList<QByteArray> lines = table.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines.constLast().simplified(), "total 5 28 160 120"_ba);
}

// Both count the same by model, whatever clients ask for: names that nobody knows, counts of tokens, looks at models.
void TestUsageCommand::agreesWithTheMetrics()
{
    Program program;
    program.config = "upstream=" + m_upstream->url().toEncoded() + '\n';
    program.serve({}, variables());
    const auto ended = [](HttpClient &client) { return runUntil([&client] { return client.hasEnded(); }); };
    const auto post = [&](const QByteArray &target) {
        HttpClient client(program.port());
        client.send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(program.port())
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        return ended(client) && client.response().status != 0;
    };
    for (int i = 0; i < 3; ++i)
        QVERIFY(post("/v1beta/models/m-1:generateContent"_ba));
    QVERIFY(post("/v1beta/models/m-2:streamGenerateContent"_ba));
    for (int i = 0; i < 60; ++i)
        QVERIFY(post("/v1beta/models/used-up-" + QByteArray::number(i) + ":generateContent"));
    m_upstream->setScript({ScriptedServer::Step::send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{\"totalTokens\": 31}"_ba)});
    QVERIFY(post("/v1beta/models/m-1:countTokens"_ba));
    HttpClient look(program.port());
    look.get("/v1beta/models/m-3"_ba);
    QVERIFY(ended(look));
    HttpClient metrics(program.port());
    metrics.get("/metrics"_ba);
    QVERIFY(ended(metrics));
    const MetricsText text(metrics.response().body);
    program.terminate();
    QVERIFY(program.waitForEnd());

    const QJsonArray usage = rows();
    QStringList models;
    double told = 0;
    for (const auto &value : usage) {
        const QJsonObject row = value.toObject();
        const QByteArray model = row["model"_L1].toString().toUtf8();
        models.append(row["model"_L1].toString() + u' ' + QString::number(row["requests"_L1].toInt()));
        for (const QByteArray &type : {"input"_ba, "output"_ba}) {
            const double tokens = row[QString::fromLatin1(type) + "_tokens"_L1].toDouble();
            QCOMPARE(text.value("gemini_proxy_tokens_total{gen_ai_request_model=\"" + model + "\",gen_ai_token_type=\""
                                + type + "\"}"),
                     tokens);
            told += tokens;
        }
    }
    QCOMPARE(models, (QStringList{u"m-1 3"_s, u"m-2 1"_s, u"other 60"_s}));
    QCOMPARE(told, 4.0 * 47);
    QCOMPARE(text.sum("gemini_proxy_tokens_total"), told);
    QCOMPARE(text.sum("gemini_proxy_quota_hits_total"), 60.0);
}

// Another program has the file locked when the proxy ends, but `usage` shows the counts all the same.
void TestUsageCommand::lockedAtTheEnd()
{
    const QString upstream = m_upstream->url().toString();
    serve({u"--upstream"_s, upstream}, {{}});
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        other.setDatabaseName(m_folder->filePath(u"data/gemini-desk/usage.sqlite"_s));
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(u"BEGIN EXCLUSIVE"_s));
        serve({u"--upstream"_s, upstream}, {{}});
        other.close();
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    QCOMPARE(rows().at(0)["requests"_L1].toInt(), 2);
    QCOMPARE(rows().at(0)["requests"_L1].toInt(), 2);
}

void TestUsageCommand::switchedOff()
{
    serve({u"--upstream"_s, m_upstream->url().toString(), u"--usage"_s, u"off"_s}, {{}});
    QCOMPARE(run({u"usage"_s}).out, "Nothing was used yet.\n"_ba);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(u"data"_s)));
}

void TestUsageCommand::demoCostsNothing()
{
    serve({u"--demo"_s, u"--demo-pace"_s, u"0"_s}, {{}});
    QCOMPARE(run({u"usage"_s}).out, "Nothing was used yet.\n"_ba);
}

QJsonArray TestUsageCommand::rows() const
{
    return QJsonDocument::fromJson(run({u"usage"_s, u"--json"_s}).out).array();
}

Program::Variables TestUsageCommand::variables() const
{
    return {{u"XDG_DATA_HOME"_s, m_folder->filePath(u"data"_s)}, {u"GEMINI_API_KEY"_s, u"AIza-test"_s}};
}

void TestUsageCommand::reloadSwitches()
{
    Program program;
    const QByteArray upstream = "upstream=" + m_upstream->url().toEncoded() + '\n';
    program.config = upstream + "usage=off\n";
    program.serve({}, variables());
    const auto ask = [&program](const QByteArray &query) {
        HttpClient client(program.port());
        client.ask("Hello"_ba, {}, query);
        return runUntil([&client] { return client.hasEnded(); }) && client.response().status == 200;
    };
    const auto reload = [&program, upstream](const QByteArray &usage) {
        program.err.clear();
        program.writeConfig(upstream + "usage=" + usage + '\n');
        program.signalWith(SIGHUP);
        return QTest::qWaitFor([&program] { return program.err.contains("read again"); }, 30'000);
    };
    QVERIFY(ask("?model=off-at-first"_ba));
    QVERIFY(reload("on"_ba));
    QVERIFY(ask("?model=on"_ba));
    QVERIFY(reload("off"_ba));
    QVERIFY(ask("?model=off-again"_ba));
    program.terminate();
    QVERIFY(program.waitForEnd());
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().at(0)["model"_L1].toString(), u"on"_s);
}

void TestUsageCommand::ofAsk()
{
    const auto ask = [this](const QStringList &arguments) {
        Program program;
        program.run(QStringList{u"ask"_s, u"Hello"_s} + arguments, variables());
        return program.exitCode();
    };
    const QStringList upstream{u"--upstream"_s, m_upstream->url().toString()};
    QCOMPARE(ask(upstream + QStringList{u"--usage"_s, u"off"_s}), 0);
    QCOMPARE(ask({u"--demo"_s, u"--demo-pace"_s, u"0"_s}), 0);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(u"data"_s)));
    QCOMPARE(ask(upstream), 0);
    QCOMPARE(rows().size(), 1);
    const QJsonValue row = rows().at(0);
    QCOMPARE(row["client"_L1].toString(), u"ask"_s);
    QCOMPARE(row["model"_L1].toString(), u"gemini-flash-latest"_s);
    QCOMPARE(row["requests"_L1].toInt(), 1);
    QCOMPARE(row["failed"_L1].toInt(), 0);
    QCOMPARE(row["output_tokens"_L1].toInt(), 40);
}

// The tokens that came until the answer was broken off were used.
void TestUsageCommand::ofAskBrokenOff()
{
    using Step = ScriptedServer::Step;
    const QByteArray event = "data: {\"event_type\":\"step.delta\",\"delta\":{\"type\":\"text\",\"text\":\"Hi\"}}\n\n"
                             "data: {\"event_type\":\"step.stop\",\"usage\":{\"total_input_tokens\":7}}\n\n"_ba;
    m_upstream->setScript({Step::send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + event),
                           Step::waitForRelease(), Step::send(event), Step::waitForRelease()});
    Program program;
    program.launchProgram(u"/bin/sh"_s,
                          {u"-c"_s,
                           u"\"$0\" ask Hello --upstream \"$1\" | { word=$(head -c 2); exec <&-; echo \"$word\"; }"_s,
                           QStringLiteral(BIN_DIR "/gemini-proxy"), m_upstream->url().toString()},
                          variables());
    program.closeWriteChannel();
    QTRY_COMPARE(program.out, "Hi\n"_ba); // and nobody reads any more
    m_upstream->release();
    QVERIFY(program.waitForEnd());
    QCOMPARE(rows().size(), 1);
    QCOMPARE(rows().at(0)["requests"_L1].toInt(), 1);
    QCOMPARE(rows().at(0)["input_tokens"_L1].toInt(), 7);
}

void TestUsageCommand::wrongDay()
{
    const Ended ended = run({u"usage"_s, u"--since"_s, u"yesterday"_s});
    QCOMPARE(ended.exitCode, 64);
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(ended.err, "gemini-proxy: --since must be a day such as 2025-01-31, not \"yesterday\"\n"_ba);
}

// The proxy serves all the same, and leaves the damaged file as it is.
void TestUsageCommand::damagedFile()
{
    const QString folder = m_folder->filePath(u"data/gemini-desk"_s);
    QVERIFY(QDir().mkpath(folder));
    QFile file(folder + u"/usage.sqlite"_s);
    const QByteArray content = "no database\n"_ba.repeated(100);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();
    serve({u"--upstream"_s, m_upstream->url().toString()}, {{}, {}});
    const Ended ended = run({u"usage"_s});
    QCOMPARE(ended.exitCode, 69);
    QVERIFY2(ended.err.contains("damaged"), ended.err.constData());
    QCOMPARE(ended.out, QByteArray());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

QTEST_GUILESS_MAIN(TestUsageCommand)
#include "tst_usagecommand.moc"
