#include "ui/requests/curlcommand.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// What the command really does: a shell runs it, and a program named curl says what it was given.
class TestCurlCommand : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void bodyArrives_data();
    void bodyArrives();
    void bodyInAFile_data();
    void bodyInAFile();
    void url_data();
    void url();
    void fields();
    void neverACredential();
    void hostilePathIsOneWord();
    void methods_data();
    void methods();

private:
    // The arguments that the command gives curl; standard error must stay empty.
    QList<QByteArray> run(const QString &command);

    QTemporaryDir m_folder;
};

namespace {

CurlSource prompt(const QByteArray &body)
{
    CurlSource source;
    source.base = u"http://127.0.0.1:8080"_s;
    source.request.method = u"POST"_s;
    source.request.path = u"/gemini-proxy"_s;
    source.request.route = u"gemini-proxy"_s;
    source.request.bytesIn = body.size();
    source.content.prompt = body;
    source.kept = true;
    return source;
}

QByteArray after(const QList<QByteArray> &arguments, const QByteArray &option)
{
    const qsizetype at = arguments.indexOf(option);
    return at < 0 || at + 1 >= arguments.size() ? QByteArray("(none)") : arguments[at + 1];
}

} // namespace

void TestCurlCommand::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QFile stub(m_folder.filePath(u"curl"_s));
    QVERIFY(stub.open(QIODevice::WriteOnly));
    stub.write("#!/bin/sh\nfor argument in \"$@\"; do printf '%s\\0' \"$argument\"; done\n");
    QVERIFY(stub.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

QList<QByteArray> TestCurlCommand::run(const QString &command)
{
    QProcess shell;
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, m_folder.path() + u":/usr/bin:/bin"_s);
    environment.insert(u"GEMINI_PROXY_TOKEN"_s, u"my token"_s);
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(m_folder.path());
    shell.start(u"/bin/sh"_s, {u"-c"_s, command});
    if (!shell.waitForFinished() || shell.exitCode() != 0)
        return {"the shell failed: " + shell.readAllStandardError()};
    if (const QByteArray error = shell.readAllStandardError(); !error.isEmpty())
        return {"the shell said: " + error};
    QList<QByteArray> arguments = shell.readAllStandardOutput().split('\0');
    arguments.removeLast();
    return arguments;
}

void TestCurlCommand::bodyArrives_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("words") << QByteArray("Write a haiku");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("quotes") << QByteArray("it's '' \"quoted\" '");
    QTest::newRow("injection") << QByteArray("'; touch owned; echo '$(touch owned) `touch owned` $HOME ${X} !! \\");
    QTest::newRow("at sign") << QByteArray("@/etc/passwd");
    QTest::newRow("line ends") << QByteArray("a\nb\r\nc\n\n");
    QTest::newRow("only a line feed") << QByteArray("\n");
    QTest::newRow("tabs") << QByteArray("\ta\t");
    QTest::newRow("dash") << QByteArray("-H evil");
    QTest::newRow("hash") << QByteArray("# no comment");
    QTest::newRow("UTF-8") << QByteArray("gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 \xE2\x80\x9Cq\xE2\x80\x9D");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFx");
    QTest::newRow("JSON") << QByteArray(R"({"contents":[{"parts":[{"text":"it's \"x\"\n"}]}]})");
    QTest::newRow("as long as can be") << QByteArray(100'000, 'x');
}

void TestCurlCommand::bodyArrives()
{
    QFETCH(const QByteArray, body);
    const QList<QByteArray> arguments = run(curlCommand(prompt(body)));
    QCOMPARE(after(arguments, "--data-raw"), body);
    QVERIFY(!arguments.contains("--data-binary"));
    QVERIFY(!QFile::exists(m_folder.filePath(u"owned"_s)));
}

void TestCurlCommand::bodyInAFile_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("kept");
    QTest::addColumn<bool>("cut");
    QTest::addColumn<QString>("reason");
    QTest::newRow("not UTF-8") << QByteArray("a\xFFz") << true << false << u"not plain text"_s;
    QTest::newRow("zero byte") << QByteArray("a\0z", 3) << true << false << u"not plain text"_s;
    QTest::newRow("escape") << QByteArray("a\x1B[31m") << true << false << u"not plain text"_s;
    QTest::newRow("C1 control") << QByteArray("a\xC2\x9B") << true << false << u"not plain text"_s;
    QTest::newRow("too long") << QByteArray(100'001, 'x') << true << false << u"too long"_s;
    QTest::newRow("cut") << QByteArray("start") << true << true << u"only in part"_s;
    QTest::newRow("not kept") << QByteArray("x") << false << false << u"not kept"_s;
}

void TestCurlCommand::bodyInAFile()
{
    QFETCH(const QByteArray, body);
    QFETCH(const bool, kept);
    QFETCH(const bool, cut);
    QFETCH(const QString, reason);
    CurlSource source = prompt(body);
    source.kept = kept;
    source.cut = cut;
    if (!kept)
        source.content = {};
    const QString command = curlCommand(source);
    QVERIFY2(command.startsWith(u"# "_s), qPrintable(command));
    QVERIFY2(command.section(u'\n', 0, 0).contains(reason), qPrintable(command));
    QCOMPARE(after(run(command), "--data-binary"), "@body.bin");
}

void TestCurlCommand::url_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("route");
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("eventStream");
    QTest::addColumn<QByteArray>("url");
    const auto base = QByteArray("http://127.0.0.1:8080");
    QTest::newRow("prompt") << u"/gemini-proxy"_s << u"gemini-proxy"_s << u"gemini-2.5-pro"_s << true
                            << base + "/gemini-proxy?model=gemini-2.5-pro";
    QTest::newRow("odd model") << u"/gemini-proxy"_s << u"gemini-proxy"_s << u"a&b c"_s << true
                               << base + "/gemini-proxy?model=a%26b%20c";
    QTest::newRow("native stream") << u"/v1beta/models/m:streamGenerateContent"_s << u"native"_s << u"m"_s << true
                                   << base + "/v1beta/models/m:streamGenerateContent?alt=sse";
    QTest::newRow("native array") << u"/v1beta/models/m:streamGenerateContent"_s << u"native"_s << u"m"_s << false
                                  << base + "/v1beta/models/m:streamGenerateContent";
    QTest::newRow("escapes stay") << u"/v1beta/files/a%2Fb"_s << u"native"_s << QString() << false
                                  << base + "/v1beta/files/a%2Fb";
}

void TestCurlCommand::url()
{
    QFETCH(const QByteArray, url);
    CurlSource source = prompt("x");
    QFETCH(const QString, path);
    QFETCH(const QString, route);
    QFETCH(const QString, model);
    QFETCH(const bool, eventStream);
    source.request.path = path;
    source.request.route = route;
    source.request.model = model;
    source.eventStream = eventStream;
    QVERIFY(run(curlCommand(source)).contains(url));
}

void TestCurlCommand::fields()
{
    CurlSource source = prompt("{}");
    source.content.fields = {{"Host", "other:1"},
                             {"Content-Length", "2"},
                             {"Connection", "close"},
                             {"User-Agent", "x"},
                             {"Content-Type", "application/json"},
                             {"X-Note", "it's $HOME"},
                             {"X-Empty", ""},
                             {"X-Binary", "\xFF"}};
    const QString command = curlCommand(source);
    const QList<QByteArray> arguments = run(command);
    QCOMPARE(arguments.count("-H"), 3);
    QVERIFY(arguments.contains("Content-Type: application/json"));
    QVERIFY(arguments.contains("X-Note: it's $HOME"));
    QVERIFY(arguments.contains("X-Empty;"));
    QVERIFY(command.startsWith(u"# A field"_s));
    QCOMPARE(after(arguments, "--data-raw"), "{}");

    source.content.fields = {};
    QVERIFY(run(curlCommand(source)).contains("Content-Type:")); // empty, and not what curl would say by itself
}

void TestCurlCommand::neverACredential()
{
    CurlSource source = prompt("x");
    QVERIFY(!curlCommand(source).contains(u"GEMINI_PROXY_TOKEN"_s));
    source.content.fields = {{"x-goog-api-key", "AIzaSecret"},
                             {"Authorization", "Bearer secret"},
                             {"COOKIE", "secret"},
                             {"X-Other", "***"}};
    const QString command = curlCommand(source);
    QVERIFY2(!command.contains(u"secret"_s, Qt::CaseInsensitive), qPrintable(command));
    QVERIFY(!command.contains(u"***"_s));
    QVERIFY(run(command).contains("Authorization: Bearer my token"));
    QCOMPARE(run(command).count("-H"), 2); // and the content type

    source.content.fields = {};
    source.request.client = u"editor"_s; // a token in the query is seen by its name only
    QVERIFY(run(curlCommand(source)).contains("Authorization: Bearer my token"));
}

void TestCurlCommand::hostilePathIsOneWord()
{
    CurlSource source = prompt("x");
    source.request.route = u"native"_s;
    source.request.path = u"/v1beta/'$(touch owned)'/[1-9]/{a,b}/../x"_s;
    const QList<QByteArray> arguments = run(curlCommand(source));
    QVERIFY(arguments.contains("http://127.0.0.1:8080/v1beta/'$(touch owned)'/[1-9]/{a,b}/../x"));
    QVERIFY(arguments.contains("-Ng"));
    QVERIFY(arguments.contains("--path-as-is"));
    QVERIFY(!QFile::exists(m_folder.filePath(u"owned"_s)));
}

void TestCurlCommand::methods_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QList<QByteArray>>("options");
    const QByteArray url = "http://127.0.0.1:8080/v1beta/models";
    QTest::newRow("GET") << u"GET"_s << QByteArray() << QList<QByteArray>{"-N", url};
    QTest::newRow("HEAD") << u"HEAD"_s << QByteArray() << QList<QByteArray>{"-N", "-I", url};
    QTest::newRow("DELETE") << u"DELETE"_s << QByteArray() << QList<QByteArray>{"-N", "-X", "DELETE", url};
    QTest::newRow("PATCH") << u"PATCH"_s << QByteArray("{}")
                           << QList<QByteArray>{"-N", "-X", "PATCH", url, "-H", "Content-Type:", "--data-raw", "{}"};
}

void TestCurlCommand::methods()
{
    QFETCH(const QString, method);
    QFETCH(const QByteArray, body);
    CurlSource source = prompt(body);
    source.request.method = method;
    source.request.path = u"/v1beta/models"_s;
    source.request.route = u"native"_s;
    QTEST(run(curlCommand(source)), "options");
}

QTEST_GUILESS_MAIN(TestCurlCommand)
#include "tst_curlcommand.moc"
