#include "app/options/settingsstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace {

Preferences unusual()
{
    Preferences p;
    p.proxyOn = false;
    p.port = 9090;
    p.network = true;
    p.tokens = {{u"editor, the good one"_s, QByteArray(32, '\x7f'), QDate(2026, 11, 24)},
                {u"büro"_s, QByteArray(32, '\0'), QDate(2026, 1, 2)}};
    p.allowedOrigins = {u"http://localhost:3000"_s, u"https://example.com"_s};
    p.allowedHosts = {u"desk.lan"_s, u"desk.lan:8080"_s};
    p.connections = 12;
    p.firstByteSeconds = 33;
    p.idleSeconds = 44;
    p.bodyMiB = 7;
    p.model = u"gemini-2.5-pro"_s;
    p.networkProxy = Preferences::NetworkProxy::Custom;
    p.networkProxyUrl = u"socks5://proxy:1080"_s;
    p.caFile = u"/etc/ssl/our ca;1.pem"_s;
    p.keepBodies = false;
    p.keepUsage = false;
    p.theme = Preferences::Theme::Dark;
    p.language = u"de"_s;
    p.textPercent = 115;
    p.closing = Preferences::Closing::Stop;
    p.tray = true;
    p.startAtLogin = true;
    p.notify = true;
    return p;
}

} // namespace

class TestSettingsStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void nothingThereIsTheDefault();
    void keepsEverything();
    void fewerTokensThanBefore();
    void numbersMayReachTheirBounds();
    void nonsenseIsTheDefault_data();
    void nonsenseIsTheDefault();
    void neverOpenToTheNetworkWithoutAToken();
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void announcedTokensThatAreNotThere();
    void fileWithoutEndIsSetAside_data();
    void fileWithoutEndIsSetAside();
    void saysThatItCannotWrite();
    void windowState();

private:
    void write(const QByteArray &content) const
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestSettingsStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"gemini-desk.conf"_s);
}

void TestSettingsStore::nothingThereIsTheDefault()
{
    SettingsStore store(m_path);
    QVERIFY(store.load() == Preferences{});
    QCOMPARE(store.setAside(), QString());
}

void TestSettingsStore::keepsEverything()
{
    {
        SettingsStore store(m_path);
        QVERIFY(store.save(unusual()));
        QVERIFY(store.load() == unusual());
    }
    SettingsStore again(m_path);
    QVERIFY(again.load() == unusual());
    QVERIFY(again.save(Preferences{}));
    QVERIFY(SettingsStore(m_path).load() == Preferences{});
}

void TestSettingsStore::fewerTokensThanBefore()
{
    SettingsStore store(m_path);
    Preferences p = unusual();
    QVERIFY(store.save(p));
    p.tokens.removeFirst();
    QVERIFY(store.save(p));
    QVERIFY(SettingsStore(m_path).load() == p);
}

void TestSettingsStore::numbersMayReachTheirBounds()
{
    Preferences p;
    p.port = 65535;
    p.bodyMiB = 1;
    p.idleSeconds = 86'400;
    {
        SettingsStore store(m_path);
        QVERIFY(store.save(p));
    }
    QVERIFY(SettingsStore(m_path).load() == p);
}

void TestSettingsStore::nonsenseIsTheDefault_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("port too large") << "[proxy]\nport=65536\n"_ba;
    QTest::newRow("port zero") << "[proxy]\nport=0\n"_ba;
    QTest::newRow("port a word") << "[proxy]\nport=eighty\n"_ba;
    QTest::newRow("no connections") << "[proxy]\nconnections=0\n"_ba;
    QTest::newRow("negative body") << "[proxy]\nbody-mebibytes=-1\n"_ba;
    QTest::newRow("theme") << "[desktop]\ntheme=pink\n"_ba;
    QTest::newRow("network proxy") << "[upstream]\nnetwork-proxy=maybe\n"_ba;
    QTest::newRow("token without hash") << "[tokens]\n1\\name=a\nsize=1\n"_ba;
    QTest::newRow("token with half a hash") << "[tokens]\n1\\name=a\n1\\sha256=abcd\nsize=1\n"_ba;
    QTest::newRow("token without name") << "[tokens]\n1\\sha256="_ba + QByteArray(64, 'a') + "\nsize=1\n"_ba;
    QTest::newRow("unknown key") << "[proxy]\nfuture=1\n"_ba;
}

void TestSettingsStore::nonsenseIsTheDefault()
{
    QFETCH(const QByteArray, content);
    write(content);
    SettingsStore store(m_path);
    QVERIFY(store.load() == Preferences{});
    QCOMPARE(store.setAside(), QString());
}

void TestSettingsStore::neverOpenToTheNetworkWithoutAToken()
{
    write("[proxy]\nnetwork=true\n");
    QVERIFY(!SettingsStore(m_path).load().network);
}

void TestSettingsStore::damagedFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no INI file") << "{\"proxy\": 1}\nthis is not it\n"_ba;
    QTest::newRow("zeros, as after a power cut") << QByteArray(100, '\0');
    QTest::newRow("bytes") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
}

void TestSettingsStore::damagedFileIsSetAside()
{
    QFETCH(const QByteArray, content);
    write(content);
    SettingsStore store(m_path);
    QVERIFY(store.load() == Preferences{});
    QVERIFY(!store.setAside().isEmpty());
    QFile aside(store.setAside());
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content); // nothing of it is lost
    QVERIFY(store.save(unusual()));
    SettingsStore again(m_path);
    QVERIFY(again.load() == unusual());
    QCOMPARE(again.setAside(), QString());
}

// A file may announce any number of tokens; those that are not there must not be searched for one by one.
void TestSettingsStore::announcedTokensThatAreNotThere()
{
    write("[proxy]\nport=9090\n[tokens]\n1\\name=a\n1\\sha256="_ba + QByteArray(64, 'a')
          + "\nsize=2000000000\n"
            "[window]\nmain=@ByteArray(x)\nsize=2000000000\n"_ba);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"announces 2000000000 tokens"_s));
    SettingsStore store(m_path);
    const Preferences p = store.load();
    QCOMPARE(p.tokens.size(), 1);
    QCOMPARE(p.port, quint16(9090)); // the rest of the file counts
    QCOMPARE(store.setAside(), QString());
    QVERIFY(store.save(p));
    QVERIFY(SettingsStore(m_path).load() == p);
}

void TestSettingsStore::fileWithoutEndIsSetAside_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("pipe") << u"pipe"_s;
    QTest::newRow("device") << u"device"_s;
    QTest::newRow("huge") << u"huge"_s;
}

void TestSettingsStore::fileWithoutEndIsSetAside()
{
#ifndef Q_OS_UNIX
    QSKIP("files of Unix");
#else
    QFETCH(const QString, kind);
    if (kind == u"pipe"_s)
        QCOMPARE(mkfifo(QFile::encodeName(m_path).constData(), 0600), 0);
    else if (kind == u"device"_s)
        QVERIFY(QFile::link(u"/dev/zero"_s, m_path));
    else
        QVERIFY(QFile(m_path).open(QIODevice::WriteOnly) && QFile::resize(m_path, 10LL << 30));
    SettingsStore store(m_path);
    QVERIFY(store.load() == Preferences{});
    QVERIFY(!store.setAside().isEmpty());
    QVERIFY(store.save(unusual()));
    QVERIFY(SettingsStore(m_path).load() == unusual());
#endif
}

void TestSettingsStore::saysThatItCannotWrite()
{
    SettingsStore store(u"/proc/nobody-writes-here/gemini-desk.conf"_s);
    QVERIFY(!store.save(unusual()));
}

void TestSettingsStore::windowState()
{
    const QByteArray bytes("\0\x01 binary \xff", 11);
    {
        SettingsStore store(m_path);
        QCOMPARE(store.state(u"geometry"_s), ""_ba);
        store.setState(u"geometry"_s, bytes);
    }
    SettingsStore again(m_path);
    QCOMPARE(again.state(u"geometry"_s), bytes);
    QCOMPARE(again.setAside(), QString());
}

QTEST_GUILESS_MAIN(TestSettingsStore)
#include "tst_settingsstore.moc"
