#include "tests/ui/sectiontest.h"

#include "tests/support/folders.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>

using namespace Qt::StringLiterals;
using Result = KeyTest::Result;
using NetworkProxy = Preferences::NetworkProxy;

// The smaller sections.
class TestSettingsSections : public SectionTest
{
    Q_OBJECT

public:
    TestSettingsSections() : SectionTest(u"proxy"_s) {}

private slots:
    void init() { open(); }
    void cleanup() { close(); }
    void proxyStates_data();
    void proxyStates();
    void addressIsCopied();
    void otherPortIsOffered();
    void networkProxyNeedsItsAddress();
    void wrongNetworkProxyIsNotKept();
    void certificateIsBrowsed();
    void connectionTest_data();
    void connectionTest();
    void trayMayBeMissing();
    void desktopWishes();
};

void TestSettingsSections::proxyStates_data()
{
    QTest::addColumn<ProxyState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("otherPort");
    ProxyState state;
    QTest::newRow("off") << state << u"is off"_s << QString() << false;
    state.kind = ProxyState::Kind::Starting;
    QTest::newRow("starting") << state << u"is starting"_s << QString() << false;
    state.kind = ProxyState::Kind::Listening;
    state.address = u"127.0.0.1:8080"_s;
    QTest::newRow("listening") << state << u"is running"_s << u"http://127.0.0.1:8080"_s << false;
    state.keyless = true;
    QTest::newRow("no key") << state << u"there is no key"_s << u"http://127.0.0.1:8080"_s << false;
    state.keyless = false;
    state.demo = true;
    QTest::newRow("demo") << state << u"the demo answers"_s << u"http://127.0.0.1:8080"_s << false;
    state.kind = ProxyState::Kind::PortTaken;
    QTest::newRow("taken") << state << u"127.0.0.1:8080 is taken by another program"_s << QString() << false;
    state.holder = u"node (process 7)"_s;
    state.freePort = 8081;
    QTest::newRow("taken by") << state << u"127.0.0.1:8080 is taken by node (process 7)"_s << QString() << true;
    state.kind = ProxyState::Kind::Failed;
    state.message = u"No such address."_s;
    QTest::newRow("failed") << state << u"No such address."_s << QString() << false;
}

void TestSettingsSections::proxyStates()
{
    QFETCH(const ProxyState, state);
    QFETCH(const QString, text);
    QFETCH(const QString, address);
    QFETCH(const bool, otherPort);
    m_page->showSection(u"proxy"_s);
    m_page->setProxyState(state);
    QVERIFY2(words("proxy-state").contains(text), qPrintable(words("proxy-state")));
    QCOMPARE(find<Note>("proxy-state")->kind() == Note::Kind::Good,
             state.kind == ProxyState::Kind::Listening && !state.keyless);
    QCOMPARE(find<QLineEdit>("address")->text(), address);
    QCOMPARE(find<QLineEdit>("address")->isVisible(), !address.isEmpty());
    QCOMPARE(find("use-port")->isVisible(), otherPort);
}

void TestSettingsSections::addressIsCopied()
{
    m_page->showSection(u"proxy"_s);
    ProxyState state;
    state.kind = ProxyState::Kind::Listening;
    state.address = u"127.0.0.1:8080"_s;
    m_page->setProxyState(state);
    click("copy-address");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:8080"_s);
    QCOMPARE(find("copy-address")->accessibleDescription(), u"Copied"_s);
}

void TestSettingsSections::otherPortIsOffered()
{
    m_page->showSection(u"proxy"_s);
    QSignalSpy wanted(m_page.get(), &SettingsPage::portWanted);
    ProxyState state;
    state.kind = ProxyState::Kind::PortTaken;
    state.freePort = 8081;
    m_page->setProxyState(state);
    QVERIFY(find("use-port")->accessibleName().contains(u"8081"_s));
    click("use-port");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).value<quint16>(), quint16(8081));
    QCOMPARE(m_changed->size(), 0); // the application changes it
}

void TestSettingsSections::networkProxyNeedsItsAddress()
{
    m_page->showSection(u"network"_s);
    auto *combo = find<QComboBox>("network-proxy");
    auto *url = find<QLineEdit>("network-proxy-url");
    QVERIFY(!url->isVisible());
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_End);
    QVERIFY(url->isVisible());
    QVERIFY(url->hasFocus());
    QCOMPARE(m_changed->size(), 0);
    m_page->setPreferences(m_page->preferences()); // after a change elsewhere
    QVERIFY(url->isVisible());
    QTest::keyClicks(url, u"SOCKS5://localhost:1080"_s);
    QTest::keyClick(url, Qt::Key_Return);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(last().networkProxy, NetworkProxy::Custom);
    QCOMPARE(last().networkProxyUrl, u"socks5://localhost:1080"_s);
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Home);
    QCOMPARE(last().networkProxy, NetworkProxy::System);
    QVERIFY(!url->isVisible());
    QTest::keyClick(combo, Qt::Key_End);
    QCOMPARE(last().networkProxy, NetworkProxy::Custom); // the address is still known
    m_page->setPreferences({});
    QVERIFY(!url->isVisible());
    QCOMPARE(combo->currentIndex(), 0);
}

void TestSettingsSections::wrongNetworkProxyIsNotKept()
{
    Preferences preferences;
    preferences.networkProxy = NetworkProxy::Custom;
    preferences.networkProxyUrl = u"http://proxy:3128"_s;
    m_page->setPreferences(preferences);
    m_page->showSection(u"network"_s);
    auto *url = find<QLineEdit>("network-proxy-url");
    QCOMPARE(url->text(), u"http://proxy:3128"_s);
    url->setFocus();
    for (const auto &[typed, problem] : {std::pair(u""_s, u"http:// or socks5://"_s),
                                         std::pair(u"http://me:pw@proxy:3128"_s, u"credentials are not stored"_s)}) {
        url->selectAll();
        QTest::keyClick(url, Qt::Key_Delete);
        QTest::keyClicks(url, typed);
        QTest::keyClick(url, Qt::Key_Return);
        QVERIFY2(complaint(url).contains(problem), qPrintable(complaint(url)));
    }
    QCOMPARE(m_changed->size(), 0);
    QCOMPARE(m_page->preferences(), preferences);
}

void TestSettingsSections::certificateIsBrowsed()
{
    m_page->showSection(u"network"_s);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    click("browse");
    auto *dialog = m_page->findChild<QFileDialog *>();
    QVERIFY(dialog);
    const QString path = QStringLiteral(TEST_DATA_DIR "/tls/ca.pem");
    emit dialog->fileSelected(path);
    dialog->close();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(last().caFile, path);
    QCOMPARE(find<QLineEdit>("ca-file")->text(), path);
}

void TestSettingsSections::connectionTest_data()
{
    QTest::addColumn<int>("result");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("works");
    const auto row = [](const char *name, Result result, const QString &text, bool works) {
        QTest::newRow(name) << static_cast<int>(result) << text << works;
    };
    row("valid", Result::Valid, u"Gemini answers"_s, true);
    row("not valid", Result::NotValid, u"does not accept the key"_s, true);
    row("not enabled", Result::NotEnabled, u"does not accept the key"_s, true);
    row("quota", Result::Quota, u"quota"_s, true);
    row("no network", Result::NoNetwork, u"cannot be reached"_s, false);
    row("tls", Result::Tls, u"choose its certificate file above"_s, false);
    row("proxy", Result::NetworkProxy, u"Check its address above"_s, false);
    row("other", Result::Other, u"could not be tested"_s, false);
}

void TestSettingsSections::connectionTest()
{
    QFETCH(const int, result);
    QFETCH(const QString, text);
    QFETCH(const bool, works);
    m_page->showSection(u"network"_s);
    QSignalSpy wanted(m_page.get(), &SettingsPage::connectionTestWanted);
    click("test-connection");
    click("test-connection");
    QCOMPARE(wanted.size(), 1); // one at a time
    QVERIFY(find("test-connection")->text().contains(u"Testing"_s));
    m_page->setConnectionTest({static_cast<Result>(result), u"detail"_s, 3});
    QVERIFY2(words("connection-result").contains(text), qPrintable(words("connection-result")));
    QCOMPARE(find<Note>("connection-result")->kind() == Note::Kind::Good, works);
    QCOMPARE(words("connection-result").contains(u"works"_s), works);
    click("test-connection");
    QCOMPARE(wanted.size(), 2);
    QVERIFY(words("connection-result").isEmpty());
}

void TestSettingsSections::trayMayBeMissing()
{
    m_page->showSection(u"desktop"_s);
    auto *tray = find<QCheckBox>("tray");
    QVERIFY(tray->isEnabled());
    m_page->setTrayAvailable(false);
    QVERIFY(!tray->isEnabled());
    QVERIFY(tray->accessibleDescription().contains(u"no place"_s));
    m_page->setTrayAvailable(true);
    QVERIFY(tray->isEnabled());
}

void TestSettingsSections::desktopWishes()
{
    m_page->showSection(u"desktop"_s);
    QSignalSpy diagnostics(m_page.get(), &SettingsPage::copyDiagnosticsWanted);
    QSignalSpy logs(m_page.get(), &SettingsPage::openLogsWanted);
    QVERIFY(find("diagnostics")->accessibleDescription().contains(u"No key, no token"_s));
    click("diagnostics");
    click("logs");
    QCOMPARE(diagnostics.size(), 1);
    QCOMPARE(logs.size(), 1);
}

QTEST_MAIN(TestSettingsSections)
#include "tst_settingssections.moc"
