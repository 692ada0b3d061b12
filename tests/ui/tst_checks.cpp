#include "ui/settings/checks.h"

#include "tests/support/folders.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestChecks : public QObject
{
    Q_OBJECT

private slots:
    void text_data();
    void text();
    void whatOriginsOpen();
    void caFile();
};

void TestChecks::text_data()
{
    QTest::addColumn<Check>("check");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("problem");
    const auto good = [](const char *name, const Check &check, const QString &typed, const QString &kept) {
        QTest::newRow(name) << check << typed << kept << QString();
    };
    const auto bad = [](const char *name, const Check &check, const QString &typed, const QString &problem) {
        QTest::newRow(name) << check << typed << QString() << problem;
    };

    const Check number = [](const QString &typed) { return Checks::number(typed, 1, 86'400); };
    good("number: least", number, u"1"_s, u"1"_s);
    good("number: most", number, u" 86400 "_s, u"86400"_s);
    good("number: grouped", number, u"86,400"_s, u"86400"_s);
    bad("number: zero", number, u"0"_s, u"from 1 to 86,400"_s);
    bad("number: too large", number, u"86401"_s, u"from 1 to"_s);
    bad("number: larger than any", number, u"99999999999"_s, u"from 1 to"_s);
    bad("number: negative", number, u"-5"_s, u"from 1 to"_s);
    bad("number: fraction", number, u"1.5"_s, u"whole number"_s);
    bad("number: empty", number, u""_s, u"whole number"_s);
    bad("number: hex", number, u"0x10"_s, u"whole number"_s);

    good("port: least", &Checks::port, u"1"_s, u"1"_s);
    good("port: most", &Checks::port, u" 65535"_s, u"65535"_s);
    good("port: zeros", &Checks::port, u"08080"_s, u"8080"_s);
    bad("port: zero", &Checks::port, u"0"_s, u"1 to 65535"_s);
    bad("port: too large", &Checks::port, u"65536"_s, u"1 to 65535"_s);
    bad("port: empty", &Checks::port, u""_s, u"1 to 65535"_s);
    bad("port: words", &Checks::port, u"http"_s, u"1 to 65535"_s);
    bad("port: other digits", &Checks::port, u"८०८०"_s, u"1 to 65535"_s);

    good("model", &Checks::model, u" gemini-2.5-pro "_s, u"gemini-2.5-pro"_s);
    good("model: resource name", &Checks::model, u"models/gemini-2.5-pro"_s, u"gemini-2.5-pro"_s);
    bad("model: empty", &Checks::model, u""_s, u"gemini-flash-latest"_s);
    bad("model: path", &Checks::model, u"../x"_s, u"gemini-flash-latest"_s);
    bad("model: line break", &Checks::model, u"a\nb"_s, u"gemini-flash-latest"_s);

    const Check name = [](const QString &typed) { return Checks::tokenName(typed, {u"Zed"_s}); };
    good("name", name, u"  my  editor "_s, u"my editor"_s);
    good("name: other script", name, u"编辑器"_s, u"编辑器"_s);
    good("name: 64 characters", name, QString(64, u'x'), QString(64, u'x'));
    bad("name: 65 characters", name, QString(65, u'x'), u"at most 64"_s);
    bad("name: empty", name, u"  "_s, u"a name"_s);
    bad("name: taken", name, u"zed"_s, u"already"_s);
    bad("name: control", name, u"a\u0001b"_s, u"cannot be seen"_s);

    good("origin", &Checks::origin, u"https://Example.COM"_s, u"https://example.com"_s);
    good("origin: port", &Checks::origin, u"http://localhost:3000"_s, u"http://localhost:3000"_s);
    good("origin: default port", &Checks::origin, u"https://example.com:443"_s, u"https://example.com"_s);
    good("origin: default port of http", &Checks::origin, u"http://example.com:80/"_s, u"http://example.com"_s);
    good("origin: the other's default port", &Checks::origin, u"http://example.com:443"_s, u"http://example.com:443"_s);
    good("origin: slash", &Checks::origin, u" HTTPS://example.com/ "_s, u"https://example.com"_s);
    good("origin: address", &Checks::origin, u"http://192.168.1.5:80"_s, u"http://192.168.1.5"_s);
    good("origin: IPv6", &Checks::origin, u"http://[2001:DB8:0::1]:8080"_s, u"http://[2001:db8::1]:8080"_s);
    good("origin: other letters", &Checks::origin, u"https://bücher.example"_s, u"https://xn--bcher-kva.example"_s);
    good("origin: extension", &Checks::origin, u"chrome-extension://abcdef"_s, u"chrome-extension://abcdef"_s);
    bad("origin: empty", &Checks::origin, u""_s, u"such as"_s);
    bad("origin: any", &Checks::origin, u"*"_s, u"such as"_s);
    good("origin: null", &Checks::origin, u" Null"_s, u"null"_s);
    good("origin: files", &Checks::origin, u"file://"_s, u"file://"_s);
    good("origin: programs made of pages", &Checks::origin, u"app://."_s, u"app://."_s);
    good("origin: every port", &Checks::origin, u"http://LocalHost:*"_s, u"http://localhost:*"_s);
    bad("origin: every port, of none", &Checks::origin, u"http://:*"_s, u"such as"_s);
    bad("origin: no scheme", &Checks::origin, u"example.com"_s, u"such as"_s);
    bad("origin: no host", &Checks::origin, u"https://"_s, u"such as"_s);
    bad("origin: path", &Checks::origin, u"https://example.com/a"_s, u"follows the host"_s);
    bad("origin: query", &Checks::origin, u"https://example.com?a"_s, u"follows the host"_s);
    bad("origin: fragment", &Checks::origin, u"https://example.com#a"_s, u"follows the host"_s);
    bad("origin: user", &Checks::origin, u"https://me@example.com"_s, u"Leave out the user"_s);
    bad("origin: empty user", &Checks::origin, u"https://@example.com"_s, u"Leave out the user"_s);
    bad("origin: port 0", &Checks::origin, u"https://example.com:0"_s, u"port"_s);
    bad("origin: port of words", &Checks::origin, u"https://example.com:x"_s, u"port"_s);
    bad("origin: no port behind the colon", &Checks::origin, u"https://example.com:"_s, u"port"_s);
    bad("origin: wildcard", &Checks::origin, u"https://*.example.com"_s, u"not the name"_s);
    bad("origin: space", &Checks::origin, u"https://exa mple.com"_s, u"not the name"_s);
    bad("origin: two dots", &Checks::origin, u"https://example..com"_s, u"not the name"_s);
    bad("origin: not IPv6", &Checks::origin, u"http://[1.2.3.4]"_s, u"not the name"_s);
    bad("origin: line break", &Checks::origin, u"https://example.com\nx"_s, u"not the name"_s);

    good("host", &Checks::hostName, u" Desk.Example.com "_s, u"desk.example.com"_s);
    good("host: port", &Checks::hostName, u"desk:8080"_s, u"desk:8080"_s);
    good("host: underscore", &Checks::hostName, u"my_desk"_s, u"my_desk"_s);
    good("host: IPv6", &Checks::hostName, u"[::1]:80"_s, u"[::1]:80"_s);
    bad("host: empty", &Checks::hostName, u""_s, u"only a name"_s);
    bad("host: URL", &Checks::hostName, u"http://desk"_s, u"only a name"_s);
    bad("host: path", &Checks::hostName, u"desk/x"_s, u"only a name"_s);
    bad("host: user", &Checks::hostName, u"me@desk"_s, u"only a name"_s);
    bad("host: port", &Checks::hostName, u"desk:99999"_s, u"port"_s);
    good("host: all below", &Checks::hostName, u"*.LAN"_s, u"*.lan"_s);
    good("host: all below, port", &Checks::hostName, u"*.home.arpa:8080"_s, u"*.home.arpa:8080"_s);
    bad("host: wildcard", &Checks::hostName, u"*"_s, u"not the name"_s);
    bad("host: wildcard below nothing", &Checks::hostName, u"*."_s, u"not the name"_s);
    bad("host: wildcard of addresses", &Checks::hostName, u"*.[::1]"_s, u"not the name"_s);
    bad("host: wildcard within", &Checks::hostName, u"a.*.lan"_s, u"not the name"_s);

    good("proxy", &Checks::networkProxy, u"http://Proxy.example.com:3128/"_s, u"http://proxy.example.com:3128"_s);
    good("proxy: socks", &Checks::networkProxy, u"socks5://localhost:1080"_s, u"socks5://localhost:1080"_s);
    bad("proxy: empty", &Checks::networkProxy, u""_s, u"http:// or socks5://"_s);
    bad("proxy: https", &Checks::networkProxy, u"https://proxy:3128"_s, u"http:// or socks5://"_s);
    bad("proxy: no scheme", &Checks::networkProxy, u"proxy:3128"_s, u"http:// or socks5://"_s);
    bad("proxy: user", &Checks::networkProxy, u"http://me:secret@proxy:3128"_s, u"credentials are not stored"_s);
    bad("proxy: @ in the password", &Checks::networkProxy, u"http://me:s@t@proxy:3128"_s,
        u"credentials are not stored"_s);
    bad("proxy: no host", &Checks::networkProxy, u"http://:3128"_s, u"host"_s);
    bad("proxy: no port", &Checks::networkProxy, u"http://proxy"_s, u"port"_s);
    bad("proxy: port", &Checks::networkProxy, u"http://proxy:70000"_s, u"port"_s);
    bad("proxy: path", &Checks::networkProxy, u"http://proxy:3128/pac"_s, u"follows the port"_s);
}

void TestChecks::text()
{
    QFETCH(const Check, check);
    QFETCH(const QString, typed);
    QFETCH(const QString, kept);
    QFETCH(const QString, problem);
    const Checked checked = check(typed);
    QCOMPARE(checked.value, kept);
    QCOMPARE(checked.ok(), problem.isEmpty());
    QVERIFY2(checked.problem.contains(problem), qPrintable(checked.problem));
    QVERIFY(!checked.problem.contains(u"secret"_s));
    if (checked.ok())
        QCOMPARE(check(kept).value, kept); // checked again, it stays the same
}

void TestChecks::whatOriginsOpen()
{
    QVERIFY(Checks::whatOriginsOpen({}).isEmpty());
    QVERIFY(Checks::whatOriginsOpen({u"https://example.com"_s, u"app://."_s}).isEmpty());
    QVERIFY(Checks::whatOriginsOpen({u"https://example.com"_s, u"null"_s}).contains(u"every website"_s));
    QVERIFY(Checks::whatOriginsOpen({u"file://"_s}).contains(u"opened from a file"_s));
    QVERIFY(Checks::whatOriginsOpen({u"http://localhost:*"_s}).contains(u"“http://localhost:*”"_s));
}

void TestChecks::caFile()
{
    QTemporaryDir folder;
    const auto make = [&folder](const QString &name, const QByteArray &content) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write");
        return file.fileName();
    };
    QFile good(QStringLiteral(TEST_DATA_DIR "/tls/ca.pem"));
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray pem = good.readAll();

    QVERIFY(Checks::caFile({}).ok());
    const QString right = make(u"ca.pem"_s, "A remark\n" + pem + pem);
    QCOMPARE(Checks::caFile(u' ' + right + u' ').value, right);
    QVERIFY(Checks::caFile(folder.filePath(u"none.pem"_s)).problem.contains(u"no such file"_s));
    QVERIFY(Checks::caFile(folder.path()).problem.contains(u"not a file"_s));
    QVERIFY(Checks::caFile(make(u"empty.pem"_s, {})).problem.contains(u"no certificate"_s));
    QVERIFY(Checks::caFile(make(u"text.pem"_s, "hello")).problem.contains(u"no certificate"_s));
    QVERIFY(Checks::caFile(make(u"half.pem"_s, pem.first(pem.size() / 2))).problem.contains(u"no certificate"_s));
    QVERIFY(Checks::caFile(QStringLiteral(TEST_DATA_DIR "/tls/server.key")).problem.contains(u"no certificate"_s));
    QVERIFY(Checks::caFile(make(u"large.pem"_s, QByteArray(5 * 1024 * 1024, 'x'))).problem.contains(u"not a file"_s));
}

QTEST_MAIN(TestChecks)
#include "tst_checks.moc"
