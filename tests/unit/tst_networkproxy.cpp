#include "proxy/upstream/networkproxy.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestNetworkProxy : public QObject
{
    Q_OBJECT

private slots:
    void environment_data();
    void environment();
};

void TestNetworkProxy::environment_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("proxy");   // "" = nothing is said, "direct" = none is to be used
    QTest::addColumn<QString>("problem"); // a part of it; "" = none

    const QString gemini = u"https://generativelanguage.googleapis.com"_s;
    const auto row = [&](const char *name, const QStringList &variables, const char *proxy,
                         const QString &server = u"https://generativelanguage.googleapis.com"_s) {
        QTest::newRow(name) << variables << server << QString::fromLatin1(proxy) << QString();
    };
    row("nothing", {}, "");
    row("empty", {u"HTTPS_PROXY= "_s}, "");
    row("small letters", {u"https_proxy=http://p:3128"_s}, "http p:3128");
    row("capital letters", {u"HTTPS_PROXY=http://p:3128"_s}, "http p:3128");
    row("small letters go ahead", {u"HTTPS_PROXY=http://a:1"_s, u"https_proxy=http://b:2"_s}, "http b:2");
    row("all", {u"ALL_PROXY=http://p:3128"_s}, "http p:3128");
    row("all in small letters", {u"all_proxy=http://p:3128"_s}, "http p:3128");
    row("the scheme's own goes ahead", {u"ALL_PROXY=http://a:1"_s, u"https_proxy=http://b:2"_s}, "http b:2");
    row("of the other scheme", {u"http_proxy=http://a:1"_s}, "");
    row("plain server", {u"http_proxy=http://a:1"_s, u"https_proxy=http://b:2"_s}, "http a:1", u"http://gateway:80"_s);
    row("no scheme", {u"HTTPS_PROXY=p:3128"_s}, "http p:3128");
    row("no scheme and no port", {u"HTTPS_PROXY=proxy.example"_s}, "http proxy.example:8080");
    row("slash at the end", {u"HTTPS_PROXY=http://p:3128/"_s}, "http p:3128");
    row("address", {u"HTTPS_PROXY=10.0.0.1:3128"_s}, "http 10.0.0.1:3128");
    row("blanks", {u"HTTPS_PROXY= http://p:3128 "_s}, "http p:3128");
    row("socks5", {u"ALL_PROXY=socks5://p:9050"_s}, "socks p:9050");
    row("socks5h", {u"ALL_PROXY=socks5h://p"_s}, "socks p:1080");
    row("socks", {u"ALL_PROXY=socks://p:1"_s}, "socks p:1");
    row("capital scheme", {u"ALL_PROXY=SOCKS5H://p:1"_s}, "socks p:1");
    row("user", {u"HTTPS_PROXY=http://us%40er:pass%3Aword@p:3128"_s}, "http us@er:pass:word@p:3128");
    row("user without a scheme", {u"HTTPS_PROXY=user:word@p:3128"_s}, "http user:word@p:3128");

    const auto direct = [&](const char *name, const QString &no, const QString &server, bool expected) {
        QTest::newRow(name) << QStringList{u"https_proxy=http://p:3128"_s, u"no_proxy="_s + no} << server
                            << (expected ? u"direct"_s : u"http p:3128"_s) << QString();
    };
    direct("no proxy for all", u"*"_s, gemini, true);
    direct("no proxy for the name", u"a.example, generativelanguage.googleapis.com"_s, gemini, true);
    direct("no proxy for the domain", u"googleapis.com"_s, gemini, true);
    direct("no proxy for the domain with a dot", u".googleapis.com"_s, gemini, true);
    direct("no proxy for the domain with a star", u"*.googleapis.com"_s, gemini, true);
    direct("no proxy for another domain", u"leapis.com,example"_s, gemini, false);
    direct("no proxy for the port", u"googleapis.com:443"_s, gemini, true);
    direct("no proxy for another port", u"googleapis.com:80"_s, gemini, false);
    direct("no proxy for an address", u"10.1.2.3"_s, u"https://10.1.2.3"_s, true);
    direct("no proxy for a range", u"10.0.0.0/8"_s, u"https://10.1.2.3"_s, true);
    direct("no proxy for another range", u"10.0.0.0/16"_s, u"https://10.1.2.3"_s, false);
    direct("empty items", u",,"_s, gemini, false);

    const auto problem = [&](const char *name, const QString &variable, const QString &said) {
        QTest::newRow(name) << QStringList{variable} << gemini << QString() << said;
    };
    problem("socks4", u"ALL_PROXY=socks4://user:word@p:1"_s,
            u"ALL_PROXY names a network proxy of a kind that is not known here, socks4."_s);
    problem("TLS to the proxy", u"https_proxy=https://user:word@p:1"_s, u"https_proxy names"_s);
    problem("nonsense", u"HTTPS_PROXY=http://user:word@"_s, u"HTTPS_PROXY is no address"_s);
    problem("a port too far", u"HTTPS_PROXY=http://user:word@p:99999"_s, u"HTTPS_PROXY is no address"_s);
}

void TestNetworkProxy::environment()
{
    QFETCH(const QStringList, variables);
    QFETCH(const QString, server);
    QFETCH(const QString, proxy);
    QFETCH(const QString, problem);
    QProcessEnvironment environment;
    for (const QString &variable : variables) {
        const qsizetype equals = variable.indexOf(u'=');
        environment.insert(variable.first(equals), variable.mid(equals + 1));
    }
    const networkproxy::Found found = networkproxy::fromEnvironment(environment, QUrl(server));
    QString said;
    if (found.proxy && found.proxy->type() == QNetworkProxy::NoProxy) {
        said = u"direct"_s;
    } else if (found.proxy) {
        said = found.proxy->type() == QNetworkProxy::HttpProxy ? u"http "_s : u"socks "_s;
        if (!found.proxy->user().isEmpty())
            said += found.proxy->user() + u':' + found.proxy->password() + u'@';
        said += found.proxy->hostName() + u':' + QString::number(found.proxy->port());
    }
    QCOMPARE(said, proxy);
    QCOMPARE(found.problem.isEmpty(), problem.isEmpty());
    QVERIFY2(found.problem.contains(problem), qPrintable(found.problem));
    QVERIFY2(!found.problem.contains("word"_L1), qPrintable(found.problem)); // it goes into the log
}

QTEST_APPLESS_MAIN(TestNetworkProxy)
#include "tst_networkproxy.moc"
