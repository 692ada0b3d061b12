#include "ui/settings/settingspage.h"

#include "tests/ui/walk.h"
#include "ui/widgets/confirmbutton.h"
#include "ui/widgets/field.h"
#include "ui/widgets/listeditor.h"
#include "ui/widgets/note.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;
using Result = KeyTest::Result;
using NetworkProxy = Preferences::NetworkProxy;

Q_DECLARE_METATYPE(KeyState::Kind)

// What is particular to the sections of the settings page, seen through the page.
class TestSettingsSections : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void keyStates_data();
    void keyStates();
    void keyInUseIsTested();
    void keyIsReplaced();
    void keyReplacementIsCancelled();
    void keyIsRemovedAfterAQuestion();
    void keyIsKeptForTheSession();
    void keyPointsToTheNetwork();

    void proxyStates_data();
    void proxyStates();
    void addressIsCopied();
    void otherPortIsOffered();

    void networkOnlyWithAToken();
    void lastTokenClosesTheNetwork();
    void tokenIsMade();
    void wrongTokenName_data();
    void wrongTokenName();
    void tokenIsShownOnce();
    void revokingAsks();
    void listsAreEdited_data();
    void listsAreEdited();

    void networkProxyNeedsItsAddress();
    void wrongNetworkProxyIsNotKept();
    void certificateIsBrowsed();
    void connectionTest_data();
    void connectionTest();

    void trayMayBeMissing();
    void desktopWishes();

private:
    template <typename Widget = QPushButton>
    Widget *find(const char *name)
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }
    void click(const char *name) { QTest::mouseClick(find(name), Qt::LeftButton); }
    QString words(const char *name) { return find<Note>(name)->isVisible() ? find<Note>(name)->text() : QString(); }
    static QString complaint(const QWidget *control)
    {
        return qobject_cast<Field *>(control->parentWidget())->complaint();
    }
    static Preferences withTokens()
    {
        Preferences p;
        p.tokens = {{u"curl"_s, QByteArray(32, 'c'), QDate(2025, 1, 2)},
                    {u"Zed"_s, QByteArray(32, 'z'), QDate(2025, 3, 4)}};
        return p;
    }
    Preferences last() { return m_changed->last().at(0).value<Preferences>(); }

    std::unique_ptr<SettingsPage> m_page;
    std::unique_ptr<QSignalSpy> m_changed;
};

void TestSettingsSections::init()
{
    m_page = std::make_unique<SettingsPage>();
    m_page->resize(900, 900);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_changed = std::make_unique<QSignalSpy>(m_page.get(), &SettingsPage::preferencesChanged);
}

void TestSettingsSections::cleanup()
{
    m_changed.reset();
    m_page.reset();
}

void TestSettingsSections::keyStates_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("buttons");
    QTest::addColumn<bool>("entry");
    const QStringList all{u"replace"_s, u"test-in-use"_s, u"remove-key"_s};
    QTest::newRow("reading") << Kind::Reading << u"Looking for the key"_s << QStringList() << false;
    QTest::newRow("none") << Kind::None << u"no key yet"_s << QStringList() << true;
    QTest::newRow("keychain") << Kind::Keychain << u"in the system's keychain"_s << all << false;
    QTest::newRow("environment") << Kind::Environment << u"variable DETAIL, which goes before the keychain"_s
                                 << QStringList{u"test-in-use"_s} << false;
    QTest::newRow("session") << Kind::Session << u"this session only"_s << all << false;
    QTest::newRow("demo") << Kind::Demo << u"The demo answers"_s << QStringList() << true;
    QTest::newRow("locked") << Kind::Locked << u"Unlock it and look again"_s << QStringList{u"look-again"_s} << true;
    QTest::newRow("no keychain") << Kind::NoKeychain << u"No keychain service"_s << QStringList{u"look-again"_s} << true;
}

void TestSettingsSections::keyStates()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    QFETCH(const QStringList, buttons);
    QFETCH(const bool, entry);
    m_page->setKeyState({kind, u"DETAIL"_s});
    QVERIFY2(words("key-state").contains(text), qPrintable(words("key-state")));
    for (const char *name : {"replace", "test-in-use", "remove-key", "look-again"})
        QCOMPARE(find(name)->isVisible(), buttons.contains(QLatin1String(name)));
    QCOMPARE(find<QLineEdit>("key")->isVisible(), entry);
    QCOMPARE(words("key-state-detail").isEmpty(), kind != Kind::Locked && kind != Kind::NoKeychain);
    if (buttons.contains(u"look-again"_s)) {
        QSignalSpy retry(m_page.get(), &SettingsPage::retryKeychainWanted);
        click("look-again");
        QCOMPARE(retry.size(), 1);
    }
}

void TestSettingsSections::keyInUseIsTested()
{
    QSignalSpy wanted(m_page.get(), &SettingsPage::keyTestWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("test-in-use");
    QCOMPARE(wanted.size(), 1);
    m_page->setBusy(true);
    QVERIFY(find("test-in-use")->text().contains(u"Testing"_s));
    QVERIFY(find("test-in-use")->hasFocus() || !find("replace")->isEnabled());
    click("test-in-use");
    QCOMPARE(wanted.size(), 1);
    m_page->setKeyTest({Result::NotEnabled, u"Enable it there."_s, 0});
    m_page->setBusy(false);
    QVERIFY(words("in-use-result").contains(u"Enable the API"_s));
    QVERIFY(find("replace")->isEnabled());
    QVERIFY(!find("test-in-use")->text().contains(u"Testing"_s));
    click("test-in-use");
    QVERIFY(words("in-use-result").isEmpty());
    m_page->setKeyTest({Result::Valid, {}, 7});
    QVERIFY(words("in-use-result").contains(u"7 model"_s));
    m_page->setKeyState({Kind::Session, {}});
    QVERIFY(words("in-use-result").isEmpty()); // it was the other key's
}

void TestSettingsSections::keyIsReplaced()
{
    QSignalSpy test(m_page.get(), &SettingsPage::testWanted);
    QSignalSpy save(m_page.get(), &SettingsPage::saveWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    auto *edit = find<QLineEdit>("key");
    QVERIFY(edit->isVisible());
    QVERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"AIzaSy1"_s);
    click("test");
    QCOMPARE(test.size(), 1);
    QCOMPARE(test.at(0).at(0).toString(), u"AIzaSy1"_s);
    m_page->setBusy(true);
    m_page->setKeyTest({Result::Quota, {}, 0});
    m_page->setBusy(false);
    QVERIFY(words("result").contains(u"quota"_s));
    QVERIFY(words("in-use-result").isEmpty());
    m_page->setKeyState({Kind::Keychain, {}}); // nothing was kept yet
    QVERIFY(edit->isVisible());
    click("save");
    QCOMPARE(save.size(), 1);
    m_page->setKeyState({Kind::Keychain, {}});
    QVERIFY(!edit->isVisible());
    QVERIFY(words("in-use-result").contains(u"new key"_s));
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
    QVERIFY(find("replace")->isVisible());
}

void TestSettingsSections::keyReplacementIsCancelled()
{
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    QTest::keyClicks(find<QLineEdit>("key"), u"AIzaSy1"_s);
    click("cancel");
    QVERIFY(!find<QLineEdit>("key")->isVisible());
    QVERIFY(find("replace")->hasFocus());
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
}

void TestSettingsSections::keyIsRemovedAfterAQuestion()
{
    QSignalSpy wanted(m_page.get(), &SettingsPage::keyRemoveWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    auto *remove = find<ConfirmButton>("remove-key");
    const int width = remove->width();
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(remove->isAsking());
    QVERIFY(remove->accessibleName().contains(u"Really"_s));
    QCOMPARE(remove->width(), width);
    QTest::keyClick(remove, Qt::Key_Escape);
    QVERIFY(!remove->isAsking());
    QTest::mouseDClick(remove, Qt::LeftButton); // its second half is no answer
    QCOMPARE(wanted.size(), 0);
    find("replace")->setFocus();
    QVERIFY(!remove->isAsking());
    remove->setFocus();
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!remove->isAsking());
}

void TestSettingsSections::keyIsKeptForTheSession()
{
    QSignalSpy session(m_page.get(), &SettingsPage::sessionWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    QTest::keyClicks(find<QLineEdit>("key"), u"AIzaSy1"_s);
    m_page->setStoreProblem({Kind::Locked, u"it said no"_s});
    QVERIFY(words("result").contains(u"Unlock it"_s));
    QCOMPARE(words("detail"), u"it said no"_s);
    click("session");
    QCOMPARE(session.size(), 1);
    QCOMPARE(session.at(0).at(0).toString(), u"AIzaSy1"_s);
    m_page->setKeyState({Kind::Session, {}});
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
}

void TestSettingsSections::keyPointsToTheNetwork()
{
    m_page->setKeyState({Kind::None, {}});
    m_page->setKeyTest({Result::NetworkProxy, {}, 0});
    click("network-settings");
    QVERIFY(find("test-connection")->isVisible());
}

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

void TestSettingsSections::networkOnlyWithAToken()
{
    m_page->showSection(u"access"_s);
    auto *network = find<QRadioButton>("network");
    QVERIFY(!network->isEnabled());
    QVERIFY(words("network-note").contains(u"once there is a token"_s));
    QVERIFY(words("token-warning").contains(u"any program of any user on this machine can spend your key"_s));
    QTest::mouseClick(network, Qt::LeftButton);
    QCOMPARE(m_changed->size(), 0);

    m_page->setPreferences(withTokens());
    QVERIFY(network->isEnabled());
    QVERIFY(words("token-warning").isEmpty());
    QTest::mouseClick(network, Qt::LeftButton, {}, QPoint(8, network->height() / 2));
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(last().network);
    find<QRadioButton>("local")->click();
    QVERIFY(!last().network);
}

void TestSettingsSections::lastTokenClosesTheNetwork()
{
    Preferences preferences = withTokens();
    preferences.tokens.removeLast();
    preferences.network = true;
    m_page->showSection(u"access"_s);
    m_page->setPreferences(preferences);
    QVERIFY(find<QRadioButton>("network")->isChecked());
    find("revoke")->click();
    find("revoke")->click();
    QCOMPARE(m_changed->size(), 1); // in one change: never open without a token
    QVERIFY(last().tokens.isEmpty());
    QVERIFY(!last().network);
    QVERIFY(!find<QTableWidget>("tokens")->isVisible());
    QVERIFY(!find("revoke")->isVisible());
    QVERIFY(!words("token-warning").isEmpty());
}

void TestSettingsSections::tokenIsMade()
{
    m_page->showSection(u"access"_s);
    QSignalSpy wanted(m_page.get(), &SettingsPage::tokenWanted);
    auto *name = find<QLineEdit>("token-name");
    name->setFocus();
    QTest::keyClicks(name, u" my  editor "_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"my editor"_s);
    QVERIFY(name->text().isEmpty());
    QCOMPARE(m_changed->size(), 0); // the application makes it
    QTest::keyClicks(name, u"another"_s);
    click("make-token");
    QCOMPARE(wanted.size(), 2);
}

void TestSettingsSections::wrongTokenName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << u"  "_s << u"a name"_s;
    QTest::newRow("taken") << u"zed"_s << u"already"_s;
    QTest::newRow("long") << QString(65, u'x') << u"at most 64"_s;
}

void TestSettingsSections::wrongTokenName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, problem);
    m_page->showSection(u"access"_s);
    m_page->setPreferences(withTokens());
    QSignalSpy wanted(m_page.get(), &SettingsPage::tokenWanted);
    auto *edit = find<QLineEdit>("token-name");
    edit->setText(name);
    click("make-token");
    QCOMPARE(wanted.size(), 0);
    QVERIFY2(complaint(edit).contains(problem), qPrintable(complaint(edit)));
    QCOMPARE(edit->text(), name);
    QTest::keyClicks(edit, u"y"_s);
    QVERIFY(complaint(edit).isEmpty());
}

void TestSettingsSections::tokenIsShownOnce()
{
    m_page->showSection(u"access"_s);
    m_page->showToken(u"Zed"_s, u"gd_secret"_s);
    auto *token = find<QLineEdit>("token");
    QVERIFY(token->isVisible());
    QVERIFY(token->isReadOnly());
    QCOMPARE(token->text(), u"gd_secret"_s);
    QVERIFY(words("token-title").contains(u"Zed"_s));
    QVERIFY(find("copy-token")->hasFocus());
    click("copy-token");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"gd_secret"_s);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    m_page->setPreferences(withTokens());
    QCOMPARE(token->text(), u"gd_secret"_s); // until the user is done
    click("done");
    QVERIFY(!token->isVisible());
    QCOMPARE(walk::holders(m_page.get(), u"gd_secret"_s), QString());
    token->setReadOnly(false);
    token->undo();
    QVERIFY(token->text().isEmpty());
    QVERIFY(!find("copy-token")->isEnabled());
}

void TestSettingsSections::revokingAsks()
{
    m_page->showSection(u"access"_s);
    m_page->setPreferences(withTokens());
    auto *table = find<QTableWidget>("tokens");
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 0)->text(), u"curl"_s);
    QVERIFY(!table->item(0, 1)->text().isEmpty());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    auto *revoke = find<ConfirmButton>("revoke");
    revoke->click();
    QVERIFY(revoke->isAsking());
    QCOMPARE(m_changed->size(), 0);
    table->setCurrentCell(0, 0); // another one is meant: the question no longer holds
    QVERIFY(!revoke->isAsking());
    table->setCurrentCell(1, 0);
    revoke->click();
    revoke->click();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(last().tokens, withTokens().tokens.first(1));
    QCOMPARE(table->rowCount(), 1);
}

void TestSettingsSections::listsAreEdited_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("wrong");
    QTest::addColumn<QString>("problem");
    QTest::newRow("origins") << u"origins"_s << u"HTTPS://Example.com:443/"_s << u"https://example.com"_s
                             << u"https://example.com/path"_s << u"follows the host"_s;
    QTest::newRow("hosts") << u"hosts"_s << u"Desk:8080"_s << u"desk:8080"_s << u"http://desk"_s << u"only a name"_s;
}

void TestSettingsSections::listsAreEdited()
{
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const QString, kept);
    QFETCH(const QString, wrong);
    QFETCH(const QString, problem);
    m_page->showSection(u"access"_s);
    auto *editor = m_page->findChild<ListEditor *>(name);
    const auto values = [&] { return name == u"origins"_s ? last().allowedOrigins : last().allowedHosts; };
    auto *remove = editor->findChild<QPushButton *>(u"remove"_s);
    QVERIFY(!editor->list()->isVisible());
    QVERIFY(!remove->isVisible());

    editor->edit()->setFocus();
    QTest::keyClicks(editor->edit(), wrong);
    QTest::keyClick(editor->edit(), Qt::Key_Return);
    QCOMPARE(m_changed->size(), 0);
    QVERIFY2(complaint(editor->edit()).contains(problem), qPrintable(complaint(editor->edit())));
    QCOMPARE(editor->edit()->text(), wrong);

    editor->edit()->selectAll();
    QTest::keyClicks(editor->edit(), typed);
    QVERIFY(complaint(editor->edit()).isEmpty());
    QTest::keyClick(editor->edit(), Qt::Key_Return);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(values(), QStringList{kept});
    QVERIFY(editor->edit()->text().isEmpty());
    QVERIFY(editor->list()->isVisible());

    QTest::keyClicks(editor->edit(), kept);
    QTest::mouseClick(editor->findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(complaint(editor->edit()).contains(u"already"_s));

    m_page->setPreferences(m_page->preferences()); // what comes back
    QCOMPARE(editor->edit()->text(), kept);

    QTest::mouseClick(remove, Qt::LeftButton);
    QCOMPARE(m_changed->size(), 2);
    QVERIFY(values().isEmpty());
    QVERIFY(!editor->list()->isVisible());
    QVERIFY(editor->edit()->hasFocus());

    QTest::mouseClick(editor->findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(values(), QStringList{kept});
    editor->list()->setFocus();
    QTest::keyClick(editor->list(), Qt::Key_Delete);
    QVERIFY(values().isEmpty());
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
