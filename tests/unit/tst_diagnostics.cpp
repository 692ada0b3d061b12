#include "app/desk/diagnostics.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDiagnostics : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatMatters();
    void holdsNoSecret();
    void onlyTheEndOfALongLog();
    void noLog();
};

void TestDiagnostics::saysWhatMatters()
{
    Preferences preferences;
    preferences.port = 9191;
    const ProxyState proxy{ProxyState::Kind::PortTaken, u"127.0.0.1:9191"_s, {}, 0, u"in use"_s, 2, false};
    const QTemporaryDir folder;
    QFile log(folder.filePath(u"desk.log"_s));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("the last line of the log\n");
    log.close();
    const QString text = diagnosticsText(preferences, proxy, {KeyState::Kind::Locked, {}}, log.fileName());
    for (const auto &part :
         {u"9191"_s, u"port taken"_s, u"in use"_s, u"keychain locked"_s, u"the last line of the log"_s,
          QString::fromLatin1(qVersion()), QStringLiteral(PROJECT_VERSION)})
        QVERIFY2(text.contains(part), qPrintable(part));
}

void TestDiagnostics::holdsNoSecret()
{
    Preferences preferences;
    preferences.tokens = {{u"name-of-the-token"_s, QByteArray(32, '\x5a'), QDate(2026, 11, 24)}};
    preferences.allowedOrigins = {u"https://secret-project.example"_s};
    preferences.networkProxyUrl = u"http://user:word@proxy:3128"_s;
    preferences.networkProxy = Preferences::NetworkProxy::Custom;
    preferences.caFile = QDir::homePath() + u"/ca.pem"_s;
    const QString text = diagnosticsText(preferences, {}, {KeyState::Kind::Session, {}}, QDir::homePath() + u"/log"_s);
    for (const auto &part : {u"name-of-the-token"_s, QString::fromLatin1(QByteArray(32, '\x5a').toHex()), u"ZZZZ"_s,
                             u"secret-project"_s, u"word@"_s, u"ca.pem"_s, QDir::homePath()})
        QVERIFY2(!text.contains(part), qPrintable(part));
    QVERIFY(text.contains("~/log"_L1));
}

void TestDiagnostics::onlyTheEndOfALongLog()
{
    const QTemporaryDir folder;
    QFile log(folder.filePath(u"desk.log"_s));
    QVERIFY(log.open(QIODevice::WriteOnly));
    for (int i = 0; i < 10'000; ++i)
        log.write("line " + QByteArray::number(i) + '\n');
    log.close();
    const QString text = diagnosticsText({}, {}, {}, log.fileName());
    QVERIFY(text.size() < 40'000);
    QVERIFY(text.contains("\nline 9999\n"_L1));
    QVERIFY(!text.contains("\nline 1\n"_L1));
}

void TestDiagnostics::noLog()
{
    QVERIFY(diagnosticsText({}, {}, {}, u"/nonexistent/log"_s).contains("there is no log"_L1));
}

QTEST_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"
