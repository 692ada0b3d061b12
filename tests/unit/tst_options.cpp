#include "app/options/options.h"

#include "app/cli/exitcodes.h"
#include "app/options/boundedfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace {

using Variables = QMap<QString, QString>;

// A certificate, made for this test.
constexpr char certificate[] = "-----BEGIN CERTIFICATE-----\n"
                               "MIIBiTCCAS+gAwIBAgIUYUgX9KgXUPq/XZY6F/RfEtKRTHwwCgYIKoZIzj0EAwIw\n"
                               "GTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIyMTE0NTA0WhgPMjEy\n"
                               "NjEwMjkxMTQ1MDRaMBkxFzAVBgNVBAMMDlRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI\n"
                               "zj0CAQYIKoZIzj0DAQcDQgAEhzL3HOmAUrjY86Sx9MWSgbz9hH98My5bwKiI+Zxf\n"
                               "qBWV/uetv8UqMiwkpiH8tHJa2jWv5M9CxmnBPZsgG+ociKNTMFEwHQYDVR0OBBYE\n"
                               "FKEI6kpraxhQTDnfbGrJ5UHdFykkMB8GA1UdIwQYMBaAFKEI6kpraxhQTDnfbGrJ\n"
                               "5UHdFykkMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhANu6O468\n"
                               "4SSwBx1gMm4L4c6Fe7caPckh2/BTrKKNRLS/AiBqG9lMms174L0/XST3PE/O7737\n"
                               "fMIUaJStk4GFpqDUww==\n"
                               "-----END CERTIFICATE-----\n";

} // namespace

class TestOptions : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void defaults();
    void precedence_data();
    void precedence();
    void takesValues_data();
    void takesValues();
    void refuses_data();
    void refuses();
    void refusalsKeepSecrets_data();
    void refusalsKeepSecrets();

    void valuesAsPeopleWriteThem_data();
    void valuesAsPeopleWriteThem();
    void configAsPeopleWriteIt_data();
    void configAsPeopleWriteIt();
    void tokensByName();
    void connectsTools();
    void bothLoopbacksUnlessOneIsNamed();
    void settingsPlace();
    void filesWithoutEnd_data();
    void filesWithoutEnd();
    void filesHaveALimit();
    void whatIsGivenCounts();

    void commands_data();
    void commands();
    void usageOptions();
    void askOptions();
    void askIsQuiet();

    void key_data();
    void key();
    void token();
    void caFile();

    void standardConfig_data();
    void standardConfig();
    void config_data();
    void config();
    void limits_data();
    void limits();
    void badConfig_data();
    void badConfig();

    void helpFits();
    void helpNamesEverything();

private:
    Expected<Options, OptionsError> parse(const QStringList &arguments, const Variables &variables = {});
    // Writes into the test's own folder; returns the path.
    QString write(const QString &name, const QByteArray &content);
    // What option `name` has become, as text.
    static QString valueOf(const QString &name, const Options &options);

    std::optional<QTemporaryDir> m_folder;
};

void TestOptions::init()
{
    m_folder.emplace();
    QVERIFY(m_folder->isValid());
}

Expected<Options, OptionsError> TestOptions::parse(const QStringList &arguments, const Variables &variables)
{
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, m_folder->filePath(u"no-home"_s));
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    return parseOptions(arguments, environment);
}

QString TestOptions::write(const QString &name, const QByteArray &content)
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
    return file.fileName();
}

QString TestOptions::valueOf(const QString &name, const Options &options)
{
    const ProxySettings &proxy = options.proxy;
    if (name == "listen"_L1)
        return proxy.listenAddress.toString();
    if (name == "port"_L1)
        return QString::number(proxy.port);
    if (name == "model"_L1)
        return QString::fromLatin1(proxy.model);
    if (name == "upstream"_L1)
        return proxy.upstream.toString();
    if (name == "demo"_L1)
        return options.demo ? u"true"_s : u"false"_s;
    if (name == "demo-pace"_L1)
        return options.demoPace ? QString::number(options.demoPace->count()) : u"-"_s;
    if (name == "log-level"_L1)
        return QString::number(int(options.logLevel));
    if (name == "log-format"_L1)
        return QString::number(int(options.logFormat));
    if (name == "allowed-hosts"_L1)
        return QString::fromLatin1(proxy.allowedHosts.join(' '));
    if (name == "allowed-origins"_L1)
        return QString::fromLatin1(proxy.allowedOrigins.join(' '));
    if (name == "usage"_L1)
        return options.keepUsage ? u"on"_s : u"off"_s;
    qFatal("no such option");
}

void TestOptions::defaults()
{
    const auto options = parse({});
    QVERIFY(options);
    QCOMPARE(options->command, Options::Command::Serve);
    QCOMPARE(options->proxy.listenAddress, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(options->proxy.port, 8080);
    QCOMPARE(options->proxy.model, "gemini-flash-latest"_ba);
    QCOMPARE(options->proxy.upstream, QUrl(u"https://generativelanguage.googleapis.com"_s));
    QVERIFY(options->proxy.key.isEmpty());
    QVERIFY(options->proxy.tokens.isEmpty());
    QVERIFY(options->proxy.allowedOrigins.isEmpty());
    QVERIFY(options->proxy.allowedHosts.isEmpty());
    QVERIFY(!options->demo);
    QVERIFY(!options->demoPace);
    QCOMPARE(options->logLevel, logging::Level::Info);
    QCOMPARE(options->logFormat, logging::Format::Text);
    QVERIFY(options->keepUsage);
}

void TestOptions::precedence_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QStringList>("values");  // for the flag, the environment, the config file
    QTest::addColumn<QStringList>("results"); // of these, and the default

    const auto row = [](const char *name, const QString &variable, const QStringList &values,
                        const QStringList &results) {
        QTest::newRow(name) << QString::fromLatin1(name) << variable << values << results;
    };
    row("listen", u"GEMINI_PROXY_LISTEN"_s, {u"127.0.0.2"_s, u"::1"_s, u"127.0.0.3"_s},
        {u"127.0.0.2"_s, u"::1"_s, u"127.0.0.3"_s, u"127.0.0.1"_s});
    row("port", u"GEMINI_PROXY_PORT"_s, {u"1"_s, u"2"_s, u"3"_s}, {u"1"_s, u"2"_s, u"3"_s, u"8080"_s});
    row("model", u"GEMINI_PROXY_MODEL"_s, {u"a"_s, u"b"_s, u"c"_s}, {u"a"_s, u"b"_s, u"c"_s, u"gemini-flash-latest"_s});
    row("upstream", u"GEMINI_PROXY_UPSTREAM"_s, {u"http://a"_s, u"http://b"_s, u"http://c"_s},
        {u"http://a"_s, u"http://b"_s, u"http://c"_s, u"https://generativelanguage.googleapis.com"_s});
    row("demo-pace", QString(), {u"1"_s, QString(), u"3"_s}, {u"1"_s, u"3"_s, u"3"_s, u"-"_s});
    row("log-level", u"GEMINI_PROXY_LOG_LEVEL"_s, {u"debug"_s, u"warning"_s, u"error"_s},
        {u"0"_s, u"2"_s, u"3"_s, u"1"_s});
    row("log-format", u"GEMINI_PROXY_LOG_FORMAT"_s, {u"json"_s, u"text"_s, u"json"_s},
        {u"1"_s, u"0"_s, u"1"_s, u"0"_s});
    row("allowed-hosts", u"GEMINI_PROXY_ALLOWED_HOSTS"_s, {u"a.lan, *.lan"_s, u"b.lan"_s, u"c.lan"_s},
        {u"a.lan *.lan"_s, u"b.lan"_s, u"c.lan"_s, u""_s});
    row("allowed-origins", u"GEMINI_PROXY_ALLOWED_ORIGINS"_s, {u"null,app://."_s, u"http://a:*"_s, u"file://"_s},
        {u"null app://."_s, u"http://a:*"_s, u"file://"_s, u""_s});
    row("usage", u"GEMINI_PROXY_USAGE"_s, {u"on"_s, u"off"_s, u"off"_s}, {u"on"_s, u"off"_s, u"off"_s, u"on"_s});
}

void TestOptions::precedence()
{
    QFETCH(QString, name);
    QFETCH(QString, variable);
    QFETCH(QStringList, values);
    QFETCH(QStringList, results);

    const QStringList flag{"--"_L1 + name, values.at(0)};
    Variables environment;
    if (!variable.isEmpty())
        environment.insert(variable, values.at(1));
    const QStringList config{u"--config"_s,
                             write(u"proxy.conf"_s, name.toLatin1() + '=' + values.at(2).toLatin1() + '\n')};

    const auto all = parse(flag + config, environment);
    QVERIFY(all);
    QCOMPARE(valueOf(name, *all), results.at(0));
    const auto noFlag = parse(config, environment);
    QVERIFY(noFlag);
    QCOMPARE(valueOf(name, *noFlag), results.at(1));
    const auto configOnly = parse(config);
    QVERIFY(configOnly);
    QCOMPARE(valueOf(name, *configOnly), results.at(2));
    const auto none = parse({});
    QVERIFY(none);
    QCOMPARE(valueOf(name, *none), results.at(3));

    // An empty variable is none, as `VARIABLE= program` and systemd leave it.
    if (!variable.isEmpty()) {
        const auto empty = parse({}, {{variable, QString()}});
        QVERIFY(empty);
        QCOMPARE(valueOf(name, *empty), results.at(3));
    }
}

void TestOptions::takesValues_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("result");

    const auto row = [](const char *title, const QStringList &arguments, const QString &name, const QString &result) {
        QTest::newRow(title) << arguments << name << result;
    };
    row("with =", {u"--port=9"_s}, u"port"_s, u"9"_s);
    row("the last counts", {u"--port=9"_s, u"--port"_s, u"10"_s}, u"port"_s, u"10"_s);
    row("before the command", {u"--port"_s, u"9"_s, u"serve"_s}, u"port"_s, u"9"_s);
    row("behind the command", {u"serve"_s, u"--port"_s, u"9"_s}, u"port"_s, u"9"_s);
    row("any port", {u"--port"_s, u"0"_s}, u"port"_s, u"0"_s);
    row("highest port", {u"--port"_s, u"65535"_s}, u"port"_s, u"65535"_s);
    row("localhost", {u"--listen"_s, u"localhost"_s}, u"listen"_s, u"127.0.0.1"_s);
    row("IPv6", {u"--listen"_s, u"::1"_s}, u"listen"_s, u"::1"_s);
    row("IPv6 as in a URL", {u"--listen"_s, u"[::1]"_s}, u"listen"_s, u"::1"_s);
    row("another machine may come with a token", {u"--listen=0.0.0.0"_s, u"--token=t"_s}, u"listen"_s, u"0.0.0.0"_s);
    row("model", {u"--model"_s, u"gemini-2.5-flash_x"_s}, u"model"_s, u"gemini-2.5-flash_x"_s);
    row("model with its collection", {u"--model"_s, u"models/gemini-pro"_s}, u"model"_s, u"gemini-pro"_s);
    row("upstream with port and path", {u"--upstream"_s, u"http://[::1]:81/a/b"_s}, u"upstream"_s,
        u"http://[::1]:81/a/b"_s);
    row("demo", {u"--demo"_s}, u"demo"_s, u"true"_s);
    row("no pause", {u"--demo-pace"_s, u"0"_s}, u"demo-pace"_s, u"0"_s);
}

void TestOptions::takesValues()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, name);
    QFETCH(QString, result);
    const auto options = parse(arguments);
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(valueOf(name, *options), result);
}

void TestOptions::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("hint"); // what the message must hold

    const auto row = [](const char *name, const QString &value, const QString &hint) {
        QTest::addRow("%s %s", name, qPrintable(value)) << QString::fromLatin1(name) << value << hint;
    };
    for (const auto &value : {u"example.com"_s, u"127.1"_s, u"127.0.0.256"_s, u"127.0.0.1:80"_s, u"[127.0.0.1"_s,
                              u"*"_s, u"127.0.0.1 ::1"_s, u"0x7f.0.0.1"_s})
        row("listen", value, u"127.0.0.1"_s);
    for (const auto &value :
         {u"-1"_s, u"65536"_s, u"http"_s, u"8 0"_s, u"+80"_s, u"0x50"_s, u"8.0"_s, u"99999999999999999999"_s, u"٨٠"_s})
        row("port", value, u"65535"_s);
    for (const auto &value : {u"a b"_s, u"a/b"_s, u"tunedModels/x"_s, u"models/"_s, u"../x"_s, u".."_s, u"-x"_s,
                              u"a?b"_s, u"a:b"_s, u"a%2fb"_s, u"ä"_s, u"a\nb"_s})
        row("model", value, u"gemini-flash-latest"_s);
    for (const auto &value : {u"example.com"_s, u"ftp://example.com"_s, u"https://"_s, u"https:///a"_s, u"http://a b"_s,
                              u"http://a:99999"_s, u"http://a:0"_s, u"/a"_s})
        row("upstream", value, u"https://"_s);
    for (const auto &value : {u"https://a?b"_s, u"https://a#b"_s, u"https://u@a"_s, u"https://u:p@a"_s})
        row("upstream", value, u"without"_s);
    for (const auto &value : {u"-5"_s, u"1.5"_s, u"60001"_s, u"fast"_s})
        row("demo-pace", value, u"60000"_s);
    for (const auto &value : {u"a b"_s, u"ä"_s, u"a\nb"_s, u"a\tb"_s})
        row("token", value, u"ASCII"_s);
    row("token", u"'a'"_s, u"leave the quotes out"_s);
    for (const auto &value : {u"*"_s, u"a b"_s, u"http://a"_s, u"a.*"_s, u"*lan"_s, u"a:b"_s})
        row("allowed-hosts", value, u"desk.lan"_s);
    for (const auto &value :
         {u"*"_s, u"example.com"_s, u"http://"_s, u"https://a/b"_s, u"http://a:80:*"_s, u"http://*"_s})
        row("allowed-origins", value, u"https://example.com"_s);
    for (const auto &value : {u"trace"_s, u"INFO"_s, u"2"_s})
        row("log-level", value, u"debug, info, warning or error"_s);
    for (const auto &value : {u"xml"_s, u"JSON"_s})
        row("log-format", value, u"text or json"_s);
    for (const auto &value : {u"yes"_s, u"ON"_s, u"true"_s})
        row("usage", value, u"on or off"_s);
}

void TestOptions::refuses()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, hint);

    const auto flag = parse({u"--%1=%2"_s.arg(name, value)});
    QVERIFY(!flag);
    QCOMPARE(flag.error().exitCode, int(ExitUsage));
    QVERIFY2(flag.error().message.startsWith("--"_L1 + name), qPrintable(flag.error().message));
    QVERIFY2(flag.error().message.contains(hint), qPrintable(flag.error().message));

    if (name != "demo-pace"_L1) {
        const QString variable = "GEMINI_PROXY_"_L1 + name.toUpper().replace(u'-', u'_');
        const auto environment = parse({}, {{variable, value}});
        QVERIFY(!environment);
        QCOMPARE(environment.error().exitCode, int(ExitConfiguration));
        QVERIFY2(environment.error().message.startsWith(variable), qPrintable(environment.error().message));
        QVERIFY2(environment.error().message.contains(hint), qPrintable(environment.error().message));
    }

    const QString path = write(u"proxy.conf"_s, name.toLatin1() + "=\"" + value.toUtf8().replace('\n', "\\n") + "\"\n");
    const auto config = parse({u"--config"_s, path});
    QVERIFY(!config);
    QCOMPARE(config.error().exitCode, int(ExitConfiguration));
    QVERIFY2(config.error().message.contains(path), qPrintable(config.error().message));
    QVERIFY2(config.error().message.contains(hint), qPrintable(config.error().message));
}

void TestOptions::refusalsKeepSecrets_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");

    QTest::newRow("key") << QStringList{} << u"GEMINI_API_KEY"_s << u"SECRET key"_s;
    QTest::newRow("second key") << QStringList{} << u"GOOGLE_API_KEY"_s << u"SECRETä"_s;
    QTest::newRow("token") << QStringList{} << u"GEMINI_PROXY_TOKEN"_s << u"SECRET token"_s;
    QTest::newRow("token flag") << QStringList{u"--token"_s, u"SECRET token"_s} << u"X"_s << u""_s;
    QTest::newRow("upstream password") << QStringList{} << u"GEMINI_PROXY_UPSTREAM"_s << u"https://user:SECRET@host"_s;
    QTest::newRow("upstream query") << QStringList{u"--upstream=https://host?key=SECRET"_s} << u"X"_s << u""_s;
    QTest::newRow("upstream, no URL") << QStringList{u"--upstream=host?key=SECRET"_s} << u"X"_s << u""_s;
    QTest::newRow("a flag that nobody knows") << QStringList{u"--key=SECRET"_s} << u"X"_s << u""_s;
}

void TestOptions::refusalsKeepSecrets()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, variable);
    QFETCH(QString, value);
    const auto options = parse(arguments, {{variable, value}});
    QVERIFY(!options);
    QVERIFY2(!options.error().message.contains("SECRET"_L1), qPrintable(options.error().message));
}

void TestOptions::valuesAsPeopleWriteThem_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &value, const QString &result) {
        QTest::addRow("%s %s", name, value.toUtf8().toPercentEncoding().constData())
                << QString::fromLatin1(name) << value << result;
    };
    for (const auto &value :
         {u" 81 "_s, u"\"81\""_s, u"'81'"_s, u"81\r\n"_s, u"\uFEFF81"_s, u" \" 81\" \n"_s, u"\u00A081"_s})
        row("port", value, u"81"_s);
    row("listen", u" '::1'"_s, u"::1"_s);
    row("model", u"\"gemini-pro\"\n"_s, u"gemini-pro"_s);
    row("upstream", u"\"https://example.com\"\r"_s, u"https://example.com"_s);
    row("log-level", u" debug"_s, u"0"_s);
    row("usage", u"'off'"_s, u"off"_s);
    row("allowed-hosts", u"\"a.lan, b.lan\""_s, u"a.lan b.lan"_s);
    row("allowed-hosts", u"'a.lan' , \"b.lan\","_s, u"a.lan b.lan"_s);
}

void TestOptions::valuesAsPeopleWriteThem()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, result);
    const auto flag = parse({"--"_L1 + name, value});
    QVERIFY2(flag, flag ? "" : qPrintable(flag.error().message));
    QCOMPARE(valueOf(name, *flag), result);
    const auto environment = parse({}, {{"GEMINI_PROXY_"_L1 + name.toUpper().replace(u'-', u'_'), value}});
    QVERIFY2(environment, environment ? "" : qPrintable(environment.error().message));
    QCOMPARE(valueOf(name, *environment), result);
}

void TestOptions::configAsPeopleWriteIt_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("problem"); // "" = port 81
    QTest::newRow("quotes") << "port=\"81\"\n"_ba << QString();
    QTest::newRow("other quotes") << "port = '81'\n"_ba << QString();
    QTest::newRow("Windows' line ends") << "port=81\r\nmodel=m\r\n"_ba << QString();
    QTest::newRow("byte order mark") << "\xEF\xBB\xBFport=81\n"_ba << QString();
    QTest::newRow("no line end") << "port=81"_ba << QString();
    QTest::newRow("quoted limit") << "port=81\n[limits]\nretries='1'\n"_ba << QString();
    QTest::newRow("UTF-16") << "\xff\xfep\0o\0r\0t\0=\0"
                               "8\0"
                               "1\0"_ba
                            << u"UTF-16"_s;
    QTest::newRow("quoted token") << "token='x'\nport=81\n"_ba << u"leave the quotes out"_s;
}

void TestOptions::configAsPeopleWriteIt()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, problem);
    const auto options = parse({u"--config"_s, write(u"proxy.conf"_s, content)});
    if (!problem.isEmpty()) {
        QVERIFY(!options);
        QVERIFY2(options.error().message.contains(problem), qPrintable(options.error().message));
        return;
    }
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(options->proxy.port, 81);
}

// They come besides the one that the flag, the environment or the file itself gives.
void TestOptions::tokensByName()
{
    const QByteArray hash(64, 'a');
    const QString path = write(u"tokens.conf"_s, "token=sesame\n[tokens]\nme=" + hash + "\nyou=" + hash + '\n');
    for (const QStringList &more : {QStringList{}, QStringList{u"--token"_s, u"other"_s}}) {
        const auto options = parse(QStringList{u"--config"_s, path} + more);
        QVERIFY2(options, options ? "" : qPrintable(options.error().message));
        QByteArrayList names;
        for (const AccessToken &token : options->proxy.tokens)
            names.append(token.name);
        QCOMPARE(names, (QByteArrayList{"default"_ba, "me"_ba, "you"_ba}));
        QCOMPARE(options->proxy.tokens.at(1).sha256, QByteArray(32, '\xaa'));
        QCOMPARE(options->clientToken.reveal(), more.isEmpty() ? ""_ba : "other"_ba);
    }
}

void TestOptions::connectsTools()
{
    const auto options =
            parse({u"connect"_s, u"codex"_s, u"--write"_s, u"--port=81"_s, u"--config"_s, write(u"empty.conf"_s, {})});
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(options->command, Options::Command::Connect);
    QCOMPARE(options->tool, u"codex"_s);
    QVERIFY(options->write && !options->yes && !options->test && !options->newToken);
    QCOMPARE(options->proxy.port, 81);
    QVERIFY(options->configFile.endsWith(u"empty.conf"_s));
}

void TestOptions::bothLoopbacksUnlessOneIsNamed()
{
    QVERIFY(parse({})->proxy.bothLoopbacks);
    QVERIFY(parse({u"--listen=localhost"_s})->proxy.bothLoopbacks);
    QVERIFY(!parse({u"--listen=127.0.0.1"_s})->proxy.bothLoopbacks);
    QVERIFY(!parse({}, {{u"GEMINI_PROXY_LISTEN"_s, u"127.0.0.1"_s}})->proxy.bothLoopbacks);
}

// What a refusal tells strangers about where the settings are.
void TestOptions::settingsPlace()
{
    const Variables home{{u"HOME"_s, m_folder->path()}};
    QCOMPARE(parse({}, home)->proxy.settingsPlace, "~/.config/gemini-desk/gemini-proxy.conf"_ba);
    const QString path = write(u"my.conf"_s, "");
    QCOMPARE(parse({u"--config"_s, path}, home)->proxy.settingsPlace, "~/my.conf"_ba);
    QCOMPARE(parse({u"--config"_s, path})->proxy.settingsPlace, path.toUtf8());
    QCOMPARE(parse({}, {{u"HOME"_s, u""_s}})->proxy.settingsPlace, "the config file"_ba);
}

void TestOptions::filesWithoutEnd_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("problem");
    QTest::newRow("pipe") << u"pipe"_s << u"no ordinary file"_s;
    QTest::newRow("device") << u"/dev/zero"_s << u"no ordinary file"_s;
    QTest::newRow("huge") << u"huge"_s << u"larger than"_s;
}

void TestOptions::filesHaveALimit()
{
    const QString path = write(u"five"_s, "12345");
    const auto five = readBoundedFile(path, 5);
    QVERIFY(five);
    QCOMPARE(*five, "12345"_ba);
    QVERIFY(!readBoundedFile(path, 4));
}

// By a flag or by the environment, either of which the window's own settings must not change.
void TestOptions::whatIsGivenCounts()
{
    const Variables variables{{u"GEMINI_PROXY_LISTEN"_s, u"127.0.0.1"_s}};
    QCOMPARE(parse({u"--port=1234"_s}, variables)->given, (QSet<QString>{u"port"_s, u"listen"_s}));
    QCOMPARE(parse({})->given, QSet<QString>());
}

void TestOptions::filesWithoutEnd()
{
#ifndef Q_OS_UNIX
    QSKIP("files of Unix");
#else
    QFETCH(QString, file);
    QFETCH(QString, problem);
    const QString path = file.startsWith(u'/') ? file : m_folder->filePath(file);
    if (file == "pipe"_L1)
        QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    if (file == "huge"_L1) {
        QFile huge(path);
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(10LL << 30)); // nothing of it is on the disk
    }
    for (const QString &option : {u"--ca-file"_s, u"--config"_s}) {
        const auto options = parse({option, path});
        QVERIFY(!options);
        QCOMPARE(options.error().exitCode, int(ExitConfiguration));
        QVERIFY2(options.error().message.contains(path) && options.error().message.contains(problem),
                 qPrintable(options.error().message));
    }
#endif
}

void TestOptions::commands_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("command");  // -1 = refused with 64
    QTest::addColumn<QString>("text"); // the prompt, or a part of the message

    using Command = Options::Command;
    const auto row = [](const char *title, const QStringList &arguments, int command, const QString &text = {}) {
        QTest::newRow(title) << arguments << command << text;
    };
    row("none", {}, int(Command::Serve));
    row("serve", {u"serve"_s}, int(Command::Serve));
    row("ask", {u"ask"_s}, int(Command::Ask));
    row("ask one", {u"ask"_s, u"How  are you?"_s}, int(Command::Ask), u"How  are you?"_s);
    row("ask words", {u"ask"_s, u"How"_s, u"are"_s, u"you?"_s}, int(Command::Ask), u"How are you?"_s);
    row("ask with options", {u"--demo"_s, u"ask"_s, u"a"_s, u"--model"_s, u"m"_s, u"b"_s}, int(Command::Ask), u"a b"_s);
    row("ask with dashes", {u"ask"_s, u"--"_s, u"-1"_s, u"--help"_s, u"--"_s}, int(Command::Ask), u"-1 --help --"_s);
    row("ask a dash", {u"ask"_s, u"-"_s}, int(Command::Ask), u"-"_s);
    row("help", {u"--help"_s}, int(Command::Help));
    row("help, short", {u"ask"_s, u"-h"_s}, int(Command::Help));
    row("help beats bad values", {u"--port"_s, u"x"_s, u"--help"_s, u"what"_s}, int(Command::Help));
    row("version", {u"--version"_s}, int(Command::Version));
    row("help beats version", {u"--version"_s, u"--help"_s}, int(Command::Help));

    row("usage", {u"usage"_s}, int(Command::Usage));
    row("usage for programs", {u"usage"_s, u"--json"_s, u"--since"_s, u"2025-01-31"_s}, int(Command::Usage));

    row("usage takes no arguments", {u"usage"_s, u"today"_s}, -1, u"\"today\""_s);
    row("usage without a day", {u"usage"_s, u"--since"_s}, -1, u"--since DATE"_s);
    for (const auto &day : {u"2025-02-30"_s, u"2025-1-31"_s, u"31.01.2025"_s, u"yesterday"_s, u"2025-01-31T00:00"_s})
        row(qPrintable(u"usage since "_s + day), {u"usage"_s, u"--since="_s + day}, -1, u"2025-01-31, not"_s);
    row("usage's switch takes no value", {u"usage"_s, u"--json=yes"_s}, -1, u"--json"_s);
    row("option of serve for usage", {u"usage"_s, u"--port"_s, u"1"_s}, -1, u"--port belongs to serve"_s);
    row("option of usage for serve", {u"--json"_s}, -1, u"--json belongs to usage"_s);
    row("option of usage for ask", {u"ask"_s, u"a"_s, u"--since"_s, u"2025-01-31"_s}, -1,
        u"--since belongs to usage"_s);
    row("option of usage and ask for key", {u"key"_s, u"status"_s, u"--json"_s}, -1,
        u"--json belongs to usage and ask, not to key"_s);
    row("agent for serve", {u"--agent"_s, u"x"_s}, -1, u"--agent belongs to ask, not to serve"_s);
    row("resume for usage", {u"usage"_s, u"--resume=x"_s}, -1, u"--resume belongs to ask, not to usage"_s);
    row("agent without a name", {u"ask"_s, u"hi"_s, u"--agent"_s}, -1, u"--agent NAME"_s);
    row("resume without an ID", {u"ask"_s, u"--resume"_s, u"--json"_s}, -1, u"--resume ID"_s);
    row("empty ID", {u"ask"_s, u"--resume"_s, u""_s}, -1, u"--resume ID"_s);
    for (const auto &id : {u".."_s, u"a b"_s, u"a\nb"_s, u"ä"_s, QString(201, u'a')})
        row(qPrintable(u"resume "_s + id), {u"ask"_s, u"--resume"_s, id}, -1, u"ID of a run"_s);
    for (const auto &name : {u"a b"_s, u"-x"_s, u"ä"_s, u"a\"b"_s})
        row(qPrintable(u"agent "_s + name), {u"ask"_s, u"hi"_s, u"--agent"_s, name}, -1, u"deep-research"_s);
    row("resume with a prompt", {u"ask"_s, u"--resume"_s, u"x"_s, u"hi"_s}, -1, u"leave the prompt out"_s);
    row("resume with an agent", {u"ask"_s, u"--resume"_s, u"x"_s, u"--agent=y"_s}, -1, u"leave --agent out"_s);
    row("agent with a model", {u"ask"_s, u"hi"_s, u"--model=m"_s, u"--agent=y"_s}, -1, u"leave --model out"_s);
    row("unknown command", {u"start"_s}, -1, u"\"start\""_s);
    row("serve takes no arguments", {u"serve"_s, u"x"_s}, -1, u"\"x\""_s);
    row("key and nothing", {u"key"_s}, -1, u"key set"_s);
    row("key on the command line", {u"key"_s, u"set"_s, u"AIzaSomething"_s}, -1, u"standard input"_s);
    row("option of serve for key", {u"key"_s, u"status"_s, u"--port"_s, u"1"_s}, -1, u"--port"_s);
    row("unknown flag", {u"--prot"_s, u"80"_s}, -1, u"--prot"_s);
    row("unknown short flag", {u"-p"_s}, -1, u"-p"_s);
    row("one dash", {u"-port"_s, u"80"_s}, -1, u"-port"_s);
    row("unknown flag behind ask", {u"ask"_s, u"-5"_s}, -1, u" -- "_s);
    row("no value at the end", {u"--port"_s}, -1, u"--port N"_s);
    row("no value before a flag", {u"--token"_s, u"--demo"_s}, -1, u"--token TOKEN"_s);
    row("empty value", {u"--model="_s}, -1, u"--model NAME"_s);
    row("empty argument", {u"--model"_s, u""_s}, -1, u"--model NAME"_s);
    row("a switch takes none", {u"--demo=yes"_s}, -1, u"--demo"_s);
    row("port of ask", {u"ask"_s, u"--port"_s, u"1"_s, u"a"_s}, -1, u"--port belongs to serve"_s);
    row("address of ask", {u"--listen"_s, u"::1"_s, u"ask"_s}, -1, u"--listen belongs to serve"_s);
    row("token of ask", {u"ask"_s, u"--token=t"_s}, -1, u"--token belongs to serve"_s);
}

void TestOptions::commands()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, command);
    QFETCH(QString, text);
    const auto options = parse(arguments);
    if (command >= 0) {
        QVERIFY2(options, options ? "" : qPrintable(options.error().message));
        QCOMPARE(int(options->command), command);
        QCOMPARE(options->prompt, text);
    } else {
        QVERIFY(!options);
        QCOMPARE(options.error().exitCode, int(ExitUsage));
        QVERIFY2(options.error().message.contains(text), qPrintable(options.error().message));
    }
}

void TestOptions::usageOptions()
{
    const auto all = parse({u"usage"_s});
    QVERIFY(all);
    QVERIFY(!all->json);
    QVERIFY(!all->since.isValid());
    const auto some = parse({u"--since=2024-02-29"_s, u"usage"_s, u"--json"_s});
    QVERIFY(some);
    QVERIFY(some->json);
    QCOMPARE(some->since, QDate(2024, 2, 29));
    // They are no options of the config file.
    QVERIFY(!parse({u"usage"_s, u"--config"_s, write(u"proxy.conf"_s, "json=true\n")}));
}

void TestOptions::askOptions()
{
    const auto plain = parse({u"ask"_s, u"hi"_s});
    QVERIFY(plain);
    QVERIFY(plain->agent.isEmpty() && plain->resume.isEmpty() && !plain->json);
    const auto agent = parse({u"ask"_s, u"hi"_s, u"--json"_s, u"--agent"_s, u"deep-research-preview-04-2026"_s});
    QVERIFY(agent);
    QVERIFY(agent->json);
    QCOMPARE(agent->agent, u"deep-research-preview-04-2026"_s);
    QCOMPARE(agent->prompt, u"hi"_s);
    const auto resumed = parse({u"ask"_s, u"--resume=v1_A-b.c~"_s});
    QVERIFY(resumed);
    QCOMPARE(resumed->resume, u"v1_A-b.c~"_s);
    // A model in the environment is no reason to refuse an agent.
    QVERIFY(parse({u"ask"_s, u"hi"_s, u"--agent=x"_s}, {{u"GEMINI_PROXY_MODEL"_s, u"m"_s}}));
    // They are no options of the config file.
    for (const QByteArray &line : {"agent=x\n"_ba, "resume=x\n"_ba})
        QVERIFY(!parse({u"ask"_s, u"hi"_s, u"--config"_s, write(u"proxy.conf"_s, line)}));
}

void TestOptions::askIsQuiet()
{
    const auto quiet = parse({u"ask"_s, u"a"_s});
    QVERIFY(quiet);
    QCOMPARE(quiet->logLevel, logging::Level::Warning);
    const auto loud = parse({u"ask"_s, u"a"_s}, {{u"GEMINI_PROXY_LOG_LEVEL"_s, u"debug"_s}});
    QVERIFY(loud);
    QCOMPARE(loud->logLevel, logging::Level::Debug);
    // What belongs to serve may stand in the environment: ask does not listen there.
    QVERIFY(parse({u"ask"_s, u"a"_s}, {{u"GEMINI_PROXY_LISTEN"_s, u"0.0.0.0"_s}}));
}

void TestOptions::key_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("exitCode");

    const QString gemini = u"GEMINI_API_KEY"_s;
    const QString google = u"GOOGLE_API_KEY"_s;
    QTest::newRow("none") << Variables{} << QStringList{} << ""_ba << 0;
    QTest::newRow("first") << Variables{{gemini, u"a"_s}} << QStringList{} << "a"_ba << 0;
    QTest::newRow("second") << Variables{{google, u"b"_s}} << QStringList{} << "b"_ba << 0;
    QTest::newRow("both") << Variables{{gemini, u"a"_s}, {google, u"b"_s}} << QStringList{} << "a"_ba << 0;
    QTest::newRow("first empty") << Variables{{gemini, u" \n"_s}, {google, u"b"_s}} << QStringList{} << "b"_ba << 0;
    QTest::newRow("quotes of an env file") << Variables{{gemini, u"\"a-_9\""_s}} << QStringList{} << "a-_9"_ba << 0;
    QTest::newRow("other quotes and blanks") << Variables{{google, u" 'a-_9 '\n"_s}} << QStringList{} << "a-_9"_ba << 0;
    QTest::newRow("byte order mark") << Variables{{gemini, u"\uFEFFa-_9"_s}} << QStringList{} << "a-_9"_ba << 0;
    QTest::newRow("only quotes") << Variables{{gemini, u"\"\""_s}, {google, u"b"_s}} << QStringList{} << "b"_ba << 0;
    QTest::newRow("quote within") << Variables{{gemini, u"\"a"_s}} << QStringList{} << "\"a"_ba << 0;
    QTest::newRow("line feed of a file") << Variables{{gemini, u" a-_9\r\n"_s}} << QStringList{} << "a-_9"_ba << 0;
    QTest::newRow("space within") << Variables{{gemini, u"a b"_s}} << QStringList{} << ""_ba << 78;
    QTest::newRow("line feed within") << Variables{{gemini, u"a\r\nX: b"_s}} << QStringList{} << ""_ba << 78;
    QTest::newRow("not ASCII") << Variables{{gemini, u"ключ"_s}} << QStringList{} << ""_ba << 78;
    QTest::newRow("the demo needs none") << Variables{{gemini, u"a b"_s}} << QStringList{u"--demo"_s} << ""_ba << 0;
}

void TestOptions::key()
{
    QFETCH(Variables, variables);
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, key);
    QFETCH(int, exitCode);
    const auto options = parse(arguments, variables);
    QCOMPARE(options ? 0 : options.error().exitCode, exitCode);
    if (options)
        QCOMPARE(options->proxy.key.reveal(), key);
}

void TestOptions::token()
{
    const auto hash = [](const QByteArray &token) {
        return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
    };
    const QString path = write(u"proxy.conf"_s, "token=c\n");
    const QStringList config{u"--config"_s, path};
    const Variables environment{{u"GEMINI_PROXY_TOKEN"_s, u"b"_s}};
    const QList<std::pair<Expected<Options, OptionsError>, QByteArray>> cases{
            {parse(config + QStringList{u"--token"_s, u"a"_s}, environment), "a"_ba},
            {parse(config, environment), "b"_ba},
            {parse(config), "c"_ba}};
    for (const auto &[options, token] : cases) {
        QVERIFY(options);
        QCOMPARE(options->proxy.tokens.size(), 1);
        QCOMPARE(options->proxy.tokens.constFirst().name, "default"_ba);
        QCOMPARE(options->proxy.tokens.constFirst().sha256, hash(token));
    }

    for (const QString &address : {u"0.0.0.0"_s, u"::"_s, u"192.0.2.1"_s, u"2001:db8::1"_s}) {
        const auto open = parse({u"--listen"_s, address});
        QVERIFY(!open);
        QCOMPARE(open.error().exitCode, int(ExitConfiguration));
        QVERIFY2(open.error().message.contains("GEMINI_PROXY_TOKEN"_L1), qPrintable(open.error().message));
        QVERIFY(parse({u"--listen"_s, address}, environment));
    }
    for (const QString &address : {u"127.0.0.1"_s, u"127.9.9.9"_s, u"::1"_s})
        QVERIFY(parse({u"--listen"_s, address}));
}

void TestOptions::caFile()
{
    const QString good = write(u"good.pem"_s, QByteArray(certificate) + '\n' + certificate);
    const auto options = parse({u"--ca-file"_s, good});
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(options->proxy.extraCaCertificates.size(), 2);

    const QString bad = write(u"bad.pem"_s, "-----BEGIN NOTHING-----\n");
    for (const QString &path : {bad, m_folder->path(), m_folder->filePath(u"missing.pem"_s)}) {
        for (const auto &refused : {parse({u"--ca-file"_s, path}), parse({}, {{u"GEMINI_PROXY_CA_FILE"_s, path}})}) {
            QVERIFY(!refused);
            QCOMPARE(refused.error().exitCode, int(ExitConfiguration));
            QVERIFY2(refused.error().message.contains(path), qPrintable(refused.error().message));
        }
    }
}

void TestOptions::standardConfig_data()
{
    QTest::addColumn<Variables>("variables"); // "%" = the test's folder
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("port");

    const QString home = u"HOME"_s;
    const QString xdg = u"XDG_CONFIG_HOME"_s;
    QTest::newRow("XDG_CONFIG_HOME") << Variables{{xdg, u"%/xdg"_s}, {home, u"%"_s}} << u"xdg"_s << 99;
    QTest::newRow("HOME") << Variables{{home, u"%"_s}} << u".config"_s << 99;
    QTest::newRow("a relative XDG_CONFIG_HOME is none")
            << Variables{{xdg, u"xdg"_s}, {home, u"%"_s}} << u".config"_s << 99;
    QTest::newRow("not where XDG_CONFIG_HOME is")
            << Variables{{xdg, u"%/xdg"_s}, {home, u"%"_s}} << u".config"_s << 8080;
    QTest::newRow("no home") << Variables{{home, u""_s}} << u".config"_s << 8080;
}

void TestOptions::standardConfig()
{
    QFETCH(Variables, variables);
    QFETCH(QString, folder);
    QFETCH(int, port);
    for (QString &value : variables)
        value.replace(u'%', m_folder->path());
    folder += "/gemini-desk"_L1;
    QVERIFY(QDir(m_folder->path()).mkpath(folder));
    write(folder + "/gemini-proxy.conf"_L1, "port=99\n");

    const auto options = parse({}, variables);
    QVERIFY(options);
    QCOMPARE(options->proxy.port, port);

    // A named file is read instead.
    const auto named = parse({u"--config"_s, write(u"other.conf"_s, "model=m\n")}, variables);
    QVERIFY(named);
    QCOMPARE(named->proxy.port, 8080);
    variables.insert(u"GEMINI_PROXY_CONFIG"_s, m_folder->filePath(u"other.conf"_s));
    const auto variable = parse({}, variables);
    QVERIFY(variable);
    QCOMPARE(variable->proxy.model, "m"_ba);
    QCOMPARE(variable->proxy.port, 8080);
}

void TestOptions::config_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QList<QByteArray>>("origins");
    QTest::addColumn<QList<QByteArray>>("hosts");

    QTest::newRow("empty") << ""_ba << QList<QByteArray>{} << QList<QByteArray>{};
    QTest::newRow("comments") << "; port=x\n\n  ; more\n"_ba << QList<QByteArray>{} << QList<QByteArray>{};
    QTest::newRow("one origin") << "allowed-origins=https://example.com"_ba << QList<QByteArray>{"https://example.com"}
                                << QList<QByteArray>{};
    QTest::newRow("origins, as browsers write them")
            << "allowed-origins = HTTPS://Example.com:443, http://localhost:3000,http://a:80,"
               "vscode-webview://abc, null, FILE://, app://., http://LocalHost:*\n"_ba
            << QList<QByteArray>{"https://example.com",
                                 "http://localhost:3000",
                                 "http://a",
                                 "vscode-webview://abc",
                                 "null",
                                 "file://",
                                 "app://.",
                                 "http://localhost:*"}
            << QList<QByteArray>{};
    QTest::newRow("hosts") << "[General]\nallowed-hosts=Desk.lan, desk.lan:8080, [2001:db8::1]:80, *.LAN:80\n"_ba
                           << QList<QByteArray>{}
                           << QList<QByteArray>{"desk.lan", "desk.lan:8080", "[2001:db8::1]:80", "*.lan:80"};
    QTest::newRow("demo") << "demo=false\n"_ba << QList<QByteArray>{} << QList<QByteArray>{};
}

void TestOptions::config()
{
    QFETCH(QByteArray, content);
    QFETCH(QList<QByteArray>, origins);
    QFETCH(QList<QByteArray>, hosts);
    const QString path = write(u"proxy.conf"_s, content);
    const auto options = parse({u"--config"_s, path});
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QCOMPARE(options->proxy.allowedOrigins, origins);
    QCOMPARE(options->proxy.allowedHosts, hosts);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content); // only read
}

void TestOptions::limits_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<qint64>("most");

    constexpr qint64 day = 86'400;
    QTest::newRow("head bytes") << "head-bytes"_ba << 2048LL << 1'048'576LL;
    QTest::newRow("head fields") << "head-fields"_ba << 7LL << 10'000LL;
    QTest::newRow("body bytes") << "body-bytes"_ba << 5'000'000'000LL << (1LL << 40);
    QTest::newRow("connections") << "connections"_ba << 7LL << 1'000'000LL;
    QTest::newRow("head seconds") << "head-seconds"_ba << 7LL << day;
    QTest::newRow("body idle seconds") << "body-idle-seconds"_ba << 7LL << day;
    QTest::newRow("keep alive seconds") << "keep-alive-seconds"_ba << 7LL << day;
    QTest::newRow("connect seconds") << "connect-seconds"_ba << 7LL << day;
    QTest::newRow("first byte seconds") << "first-byte-seconds"_ba << 7LL << day;
    QTest::newRow("idle seconds") << "idle-seconds"_ba << 7LL << day;
    QTest::newRow("waiting bytes") << "waiting-bytes"_ba << 4096LL << (1LL << 30);
    QTest::newRow("stall seconds") << "stall-seconds"_ba << 7LL << day;
    QTest::newRow("retries") << "retries"_ba << 0LL << 10LL;
    QTest::newRow("retry pause") << "retry-pause-milliseconds"_ba << 7LL << 60'000LL;
}

void TestOptions::limits()
{
    QFETCH(QByteArray, name);
    QFETCH(qint64, value);
    QFETCH(qint64, most);

    const auto options =
            parse({u"--config"_s, write(u"a.conf"_s, "[limits]\n" + name + '=' + QByteArray::number(value) + '\n')});
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    const Limits &limits = options->proxy.limits;
    const auto seconds = [](std::chrono::milliseconds time) { return qint64(time.count()) / 1000; };
    const QMap<QByteArray, qint64> values{{"head-bytes", qint64(limits.headBytes)},
                                          {"head-fields", limits.headFields},
                                          {"body-bytes", limits.bodyBytes},
                                          {"connections", limits.connections},
                                          {"head-seconds", seconds(limits.headTime)},
                                          {"body-idle-seconds", seconds(limits.bodyIdleTime)},
                                          {"keep-alive-seconds", seconds(limits.keepAliveTime)},
                                          {"connect-seconds", seconds(limits.connectTime)},
                                          {"first-byte-seconds", seconds(limits.firstByteTime)},
                                          {"idle-seconds", seconds(limits.idleTime)},
                                          {"waiting-bytes", qint64(limits.highWaterMark)},
                                          {"stall-seconds", seconds(limits.stallTime)},
                                          {"retries", limits.retries},
                                          {"retry-pause-milliseconds", qint64(limits.retryPause.count())}};
    QCOMPARE(values.value(name, -1), value);

    const auto atMost =
            parse({u"--config"_s, write(u"b.conf"_s, "[limits]\n" + name + '=' + QByteArray::number(most) + '\n')});
    QVERIFY(atMost);
    int number = 0; // QSettings remembers files by path
    for (const QByteArray &bad : {QByteArray::number(most + 1), "-1"_ba, "many"_ba, ""_ba, "1,2"_ba, "1.5"_ba}) {
        const QString path = write(u"c%1.conf"_s.arg(++number), "[limits]\n" + name + '=' + bad + '\n');
        const auto refused = parse({u"--config"_s, path});
        QVERIFY2(!refused, bad.constData());
        QCOMPARE(refused.error().exitCode, int(ExitConfiguration));
        QVERIFY(refused.error().message.contains(QString::fromLatin1(name)));
        QVERIFY(refused.error().message.contains(path));
        QVERIFY(refused.error().message.contains(QString::number(most)));
    }
}

void TestOptions::badConfig_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("hint");

    QTest::newRow("unknown key") << "prot=80\n"_ba << u"\"prot\""_s;
    QTest::newRow("unknown key in a section") << "[limits]\nport=80\n"_ba << u"[limits]"_s;
    QTest::newRow("token in plain text") << "[tokens]\nme=sesame\n"_ba << u"SHA-256"_s;
    QTest::newRow("unknown section") << "[server]\nport=80\n"_ba << u"\"server/port\""_s;
    QTest::newRow("a config file names no other") << "config=/other\n"_ba << u"\"config\""_s;
    QTest::newRow("the key has no place here") << "key=abc\n"_ba << u"\"key\""_s;
    QTest::newRow("no INI") << "hello\n"_ba << u"semicolon"_s;
    QTest::newRow("hash comment") << "# hello\nport=1\n"_ba << u"semicolon"_s;
    QTest::newRow("no value") << "port=\n"_ba << u"no value"_s;
    QTest::newRow("two values") << "token=a,b\n"_ba << u"comma"_s;
    QTest::newRow("switch") << "demo=maybe\n"_ba << u"true or false"_s;
    for (const QByteArray &origin : {"example.com"_ba, "*"_ba, "http://"_ba, "https://a/"_ba, "https://a/b"_ba,
                                     "https://u@a"_ba, "https://a?b"_ba, "https://"_ba, "http://a:80:*"_ba})
        QTest::newRow(("origin " + origin).constData())
                << "allowed-origins=https://a.b," + origin << u"https://example.com"_s;
    for (const QByteArray &host : {"http://a"_ba, "a/b"_ba, "a b"_ba, "*"_ba, "a:b"_ba, "a@b"_ba, "::1"_ba})
        QTest::newRow(("host " + host).constData()) << "allowed-hosts=a.b," + host << u"desk.lan"_s;
}

void TestOptions::badConfig()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, hint);
    const QString path = write(u"proxy.conf"_s, content);
    const auto options = parse({u"--config"_s, path});
    QVERIFY(!options);
    QCOMPARE(options.error().exitCode, int(ExitConfiguration));
    QVERIFY2(options.error().message.contains(hint), qPrintable(options.error().message));
    QVERIFY2(options.error().message.contains(path), qPrintable(options.error().message));

    for (const QString &missing : {m_folder->filePath(u"missing.conf"_s), m_folder->path()}) {
        const auto refused = parse({u"--config"_s, missing});
        QVERIFY(!refused);
        QCOMPARE(refused.error().exitCode, int(ExitConfiguration));
        QVERIFY(refused.error().message.contains(missing));
    }
}

void TestOptions::helpFits()
{
    const QStringList lines = helpText().split(u'\n');
    QVERIFY(lines.size() > 20);
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 80 && line.trimmed().size() == line.trimmed().toLatin1().size(), qPrintable(line));
}

void TestOptions::helpNamesEverything()
{
    const QString help = helpText();
    for (const QString &word : {u"--listen ADDR"_s,
                                u"--port N"_s,
                                u"--model NAME"_s,
                                u"--upstream URL"_s,
                                u"--ca-file PEM"_s,
                                u"--demo "_s,
                                u"--demo-pace MS"_s,
                                u"--token TOKEN"_s,
                                u"--config FILE"_s,
                                u"--log-level LEVEL"_s,
                                u"--log-format FORMAT"_s,
                                u"--usage on|off"_s,
                                u"usage [--json] [--since DATE]"_s,
                                u"--agent NAME"_s,
                                u"--resume ID"_s,
                                u"GEMINI_PROXY_USAGE"_s,
                                u"--version"_s,
                                u"--help"_s,
                                u"GEMINI_API_KEY"_s,
                                u"GOOGLE_API_KEY"_s,
                                u"GEMINI_PROXY_LISTEN"_s,
                                u"GEMINI_PROXY_LOG_FORMAT"_s,
                                u"head-bytes"_s,
                                u"retry-pause-milliseconds"_s,
                                u"--allowed-origins LIST"_s,
                                u"--allowed-hosts NAMES"_s,
                                u"GEMINI_PROXY_ALLOWED_HOSTS"_s,
                                u"GEMINI_PROXY_ALLOWED_ORIGINS"_s,
                                u"website that uses a frame"_s})
        QVERIFY2(help.contains(word), qPrintable(word));
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
