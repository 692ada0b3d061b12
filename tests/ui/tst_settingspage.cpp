#include "ui/settings/settingspage.h"

#include "tests/support/folders.h"
#include "tests/ui/walk.h"
#include "ui/theme.h"
#include "ui/widgets/field.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {
const QString sections[] = {u"key"_s,     u"proxy"_s,   u"access"_s,     u"limits"_s,
                            u"network"_s, u"privacy"_s, u"appearance"_s, u"desktop"_s};
}

// The page as a whole; what is particular to a section is in tst_settingssections.
class TestSettingsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void roundTripEmitsNothing();
    void lineChanges_data();
    void lineChanges();
    void wrongLineStays_data();
    void wrongLineStays();
    void choiceChanges_data();
    void choiceChanges();
    void switchChanges_data();
    void switchChanges();
    void unknownChoiceIsKept();
    void unfinishedEditIsLeftAlone();
    void escapeBringsTheOldValueBack();
    void unfinishedEditGoesWithThePage();
    void wheelChangesNothing();
    void sectionsByNameArrowsAndCommand();
    void everyControlIsReached_data();
    void everyControlIsReached();
    void nothingIsCut_data();
    void nothingIsCut();

private:
    static Preferences others(); // none of them the default
    QLineEdit *line(const QString &name) { return m_page->findChild<QLineEdit *>(name); }
    static Field *fieldOf(QWidget *control) { return qobject_cast<Field *>(control->parentWidget()); }
    void showSectionOf(QWidget *widget)
    {
        for (const QString &name : sections) {
            if (m_page->findChild<QScrollArea *>(name)->isAncestorOf(widget))
                m_page->showSection(name);
        }
    }
    void type(QLineEdit *edit, const QString &text)
    {
        showSectionOf(edit);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    std::unique_ptr<SettingsPage> m_page;
    std::unique_ptr<QSignalSpy> m_changed;
};

void TestSettingsPage::initTestCase()
{
    new Theme(*qApp); // owned by the application: sizes are those of its style sheet
}

void TestSettingsPage::init()
{
    m_page = std::make_unique<SettingsPage>();
    m_page->resize(560, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_changed = std::make_unique<QSignalSpy>(m_page.get(), &SettingsPage::preferencesChanged);
}

void TestSettingsPage::cleanup()
{
    m_changed.reset();
    m_page.reset();
}

Preferences TestSettingsPage::others()
{
    Preferences p;
    p.proxyOn = false;
    p.port = 9000;
    p.network = true;
    p.tokens = {{u"Zed"_s, QByteArray(32, 'z'), QDate(2025, 3, 4)}};
    p.allowedOrigins = QStringList{u"https://example.com"_s};
    p.allowedHosts = QStringList{u"desk:9000"_s};
    p.connections = 10;
    p.bodyMiB = 20;
    p.firstByteSeconds = 30;
    p.idleSeconds = 40;
    p.model = u"gemini-2.5-pro"_s;
    p.networkProxy = Preferences::NetworkProxy::Custom;
    p.networkProxyUrl = u"socks5://localhost:1080"_s;
    p.caFile = u"/etc/no-longer-there.pem"_s;
    p.keepBodies = false;
    p.keepUsage = false;
    p.theme = Preferences::Theme::Dark;
    p.language = u"zh_CN"_s;
    p.textPercent = 140;
    p.tray = true;
    p.startAtLogin = true;
    p.notify = true;
    p.closing = Preferences::Closing::Stop;
    return p;
}

void TestSettingsPage::roundTripEmitsNothing()
{
    QCOMPARE(m_page->preferences(), Preferences());
    m_page->setPreferences(others());
    QCOMPARE(m_page->preferences(), others());
    m_page->setPreferences({});
    m_page->setPreferences(others());
    QCOMPARE(m_changed->size(), 0);
    // One change, in each section: all else stays what it was.
    for (const auto &[name, text] : {std::pair(u"port"_s, u"9001"_s), std::pair(u"idle"_s, u"41"_s),
                                     std::pair(u"network-proxy-url"_s, u"http://proxy:1"_s)}) {
        type(line(name), text);
        QTest::keyClick(line(name), Qt::Key_Return);
    }
    for (const auto &name : {u"keep-usage"_s, u"notify"_s}) {
        auto *box = m_page->findChild<QCheckBox *>(name);
        showSectionOf(box);
        box->click();
    }
    Preferences expected = others();
    expected.port = 9001;
    expected.idleSeconds = 41;
    expected.networkProxyUrl = u"http://proxy:1"_s;
    expected.keepUsage = true;
    expected.notify = false;
    QCOMPARE(m_changed->size(), 5);
    QCOMPARE(m_changed->last().at(0).value<Preferences>(), expected);
    QCOMPARE(m_page->preferences(), expected);
}

void TestSettingsPage::lineChanges_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Preferences>("expected");
    const auto row = [](const QString &name, const QString &typed, const auto &change) {
        Preferences expected;
        change(expected);
        QTest::newRow(qPrintable(name)) << name << typed << expected;
    };
    row(u"port"_s, u"65535"_s, [](Preferences &p) { p.port = 65535; });
    row(u"model"_s, u" models/gemini-2.5-pro"_s, [](Preferences &p) { p.model = u"gemini-2.5-pro"_s; });
    row(u"connections"_s, u"1000000"_s, [](Preferences &p) { p.connections = 1'000'000; });
    row(u"body"_s, u"4096"_s, [](Preferences &p) { p.bodyMiB = 4096; });
    row(u"first-byte"_s, u"86400"_s, [](Preferences &p) { p.firstByteSeconds = 86'400; });
    row(u"idle"_s, u"1"_s, [](Preferences &p) { p.idleSeconds = 1; });
    const QString pem = QStringLiteral(TEST_DATA_DIR "/tls/ca.pem");
    row(u"ca-file"_s, pem, [&pem](Preferences &p) { p.caFile = pem; });
}

void TestSettingsPage::lineChanges()
{
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const Preferences, expected);
    type(line(name), typed);
    QCOMPARE(m_changed->size(), 0); // not while it is typed
    QTest::keyClick(line(name), Qt::Key_Return);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(m_changed->at(0).at(0).value<Preferences>(), expected);
    QTest::keyClick(line(name), Qt::Key_Return);
    QTest::keyClick(line(name), Qt::Key_Tab);
    QCOMPARE(m_changed->size(), 1); // once

    m_page->setPreferences({});
    type(line(name), typed);
    QTest::keyClick(line(name), Qt::Key_Tab);
    QCOMPARE(m_changed->size(), 2); // and when the focus leaves it
}

void TestSettingsPage::wrongLineStays_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("right");
    const auto row = [](const char *name, const QString &typed, const QString &problem, const QString &right) {
        QTest::addRow("%s %s", name, qPrintable(typed)) << QString::fromLatin1(name) << typed << problem << right;
    };
    row("port", u"0"_s, u"1 to 65535"_s, u"1"_s);
    row("port", u"65536"_s, u"1 to 65535"_s, u"65535"_s);
    row("port", u"web"_s, u"1 to 65535"_s, u"80"_s);
    row("model", u"no model"_s, u"model's name"_s, u"m"_s);
    row("connections", u"1000001"_s, u"1 to 1,000,000"_s, u"1,000,000"_s);
    row("body", u"4097"_s, u"1 to 4,096"_s, u"4096"_s);
    row("first-byte", u"86401"_s, u"1 to 86,400"_s, u"86400"_s);
    row("idle", u"0"_s, u"1 to 86,400"_s, u"1"_s);
    row("ca-file", u"/no/such.pem"_s, u"no such file"_s, QStringLiteral(TEST_DATA_DIR "/tls/ca.pem"));
}

void TestSettingsPage::wrongLineStays()
{
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const QString, problem);
    QFETCH(const QString, right);
    QLineEdit *edit = line(name);
    type(edit, typed);
    QTest::keyClick(edit, Qt::Key_Tab);
    QCOMPARE(m_changed->size(), 0);
    QCOMPARE(m_page->preferences(), Preferences());
    QCOMPARE(edit->text(), typed);
    QVERIFY2(fieldOf(edit)->complaint().contains(problem), qPrintable(fieldOf(edit)->complaint()));
    QVERIFY(edit->accessibleDescription().contains(problem));
    QVERIFY(edit->property("wrong").toBool());
    m_page->setPreferences({}); // what comes back after another change
    QCOMPARE(edit->text(), typed);
    QVERIFY(!fieldOf(edit)->complaint().isEmpty());
    type(edit, right);
    QVERIFY(fieldOf(edit)->complaint().isEmpty()); // as soon as it is right
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_changed->size(), 1);
}

void TestSettingsPage::choiceChanges_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Preferences>("expected");
    const auto row = [](const QString &name, const QString &text, const auto &change) {
        Preferences expected;
        change(expected);
        QTest::addRow("%s %s", qPrintable(name), qPrintable(text)) << name << text << expected;
    };
    row(u"network-proxy"_s, u"None"_s, [](Preferences &p) { p.networkProxy = Preferences::NetworkProxy::None; });
    row(u"theme"_s, u"Light"_s, [](Preferences &p) { p.theme = Preferences::Theme::Light; });
    row(u"theme"_s, u"Dark"_s, [](Preferences &p) { p.theme = Preferences::Theme::Dark; });
    row(u"text-size"_s, u"85 %"_s, [](Preferences &p) { p.textPercent = 85; });
    row(u"text-size"_s, u"115 %"_s, [](Preferences &p) { p.textPercent = 115; });
    row(u"text-size"_s, u"140 %"_s, [](Preferences &p) { p.textPercent = 140; });
    row(u"language"_s, u"English"_s, [](Preferences &p) { p.language = u"en"_s; });
    row(u"language"_s, u"Deutsch"_s, [](Preferences &p) { p.language = u"de"_s; });
    row(u"language"_s, u"Español"_s, [](Preferences &p) { p.language = u"es"_s; });
    row(u"language"_s, u"简体中文"_s, [](Preferences &p) { p.language = u"zh_CN"_s; });
    row(u"closing"_s, u"Let them finish"_s, [](Preferences &p) { p.closing = Preferences::Closing::Finish; });
    row(u"closing"_s, u"Stop them"_s, [](Preferences &p) { p.closing = Preferences::Closing::Stop; });
}

void TestSettingsPage::choiceChanges()
{
    QFETCH(const QString, name);
    QFETCH(const QString, text);
    QFETCH(const Preferences, expected);
    auto *combo = m_page->findChild<QComboBox *>(name);
    showSectionOf(combo);
    combo->setFocus();
    const auto choose = [combo](int index) { // by the arrows
        while (combo->currentIndex() != index)
            QTest::keyClick(combo, combo->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    };
    const int first = combo->currentIndex();
    QVERIFY(first >= 0);
    QVERIFY(combo->findText(text) >= 0);
    choose(combo->findText(text));
    QCOMPARE(m_changed->last().at(0).value<Preferences>(), expected);
    choose(first);
    QCOMPARE(m_changed->last().at(0).value<Preferences>(), Preferences());
}

void TestSettingsPage::switchChanges_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Preferences>("expected");
    const auto row = [](const QString &name, bool Preferences::*member) {
        Preferences expected;
        expected.*member = !(expected.*member);
        QTest::newRow(qPrintable(name)) << name << expected;
    };
    row(u"proxy-on"_s, &Preferences::proxyOn);
    row(u"keep-bodies"_s, &Preferences::keepBodies);
    row(u"keep-usage"_s, &Preferences::keepUsage);
    row(u"tray"_s, &Preferences::tray);
    row(u"login"_s, &Preferences::startAtLogin);
    row(u"notify"_s, &Preferences::notify);
}

void TestSettingsPage::switchChanges()
{
    QFETCH(const QString, name);
    QFETCH(const Preferences, expected);
    auto *box = m_page->findChild<QCheckBox *>(name);
    showSectionOf(box);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(m_changed->at(0).at(0).value<Preferences>(), expected);
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(m_changed->at(1).at(0).value<Preferences>(), Preferences());
}

void TestSettingsPage::unknownChoiceIsKept()
{
    Preferences preferences;
    preferences.language = u"fr"_s; // of a later version
    m_page->setPreferences(preferences);
    auto *theme = m_page->findChild<QComboBox *>(u"theme"_s);
    showSectionOf(theme);
    theme->setFocus();
    QTest::keyClick(theme, Qt::Key_Down);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(m_page->preferences().language, u"fr"_s);
}

void TestSettingsPage::unfinishedEditIsLeftAlone()
{
    QLineEdit *port = line(u"port"_s);
    type(port, u"90"_s);
    m_page->setPreferences(others());
    QCOMPARE(port->text(), u"90"_s);
    QVERIFY(port->hasFocus());
    QCOMPARE(line(u"model"_s)->text(), others().model); // the others follow
    QTest::keyClicks(port, u"99"_s);
    QTest::keyClick(port, Qt::Key_Return);
    QCOMPARE(m_page->preferences().port, 9099);

    // Text that nobody is typing follows, too.
    QTest::keyClick(port, Qt::Key_Tab);
    m_page->setPreferences({});
    QCOMPARE(port->text(), u"8080"_s);

    QLineEdit *token = line(u"token-name"_s);
    type(token, u"my ed"_s);
    m_page->setPreferences(others());
    QCOMPARE(token->text(), u"my ed"_s);
}

void TestSettingsPage::escapeBringsTheOldValueBack()
{
    QLineEdit *port = line(u"port"_s);
    type(port, u"99999"_s);
    QTest::keyClick(port, Qt::Key_Return);
    QVERIFY(!fieldOf(port)->complaint().isEmpty());
    QTest::keyClick(port, Qt::Key_Escape);
    QCOMPARE(port->text(), u"8080"_s);
    QVERIFY(fieldOf(port)->complaint().isEmpty());
    QCOMPARE(m_changed->size(), 0);
}

void TestSettingsPage::unfinishedEditGoesWithThePage()
{
    type(line(u"port"_s), u"9000"_s);
    m_page.reset();
    QCOMPARE(m_changed->size(), 0);
}

void TestSettingsPage::wheelChangesNothing()
{
    auto *theme = m_page->findChild<QComboBox *>(u"theme"_s);
    showSectionOf(theme);
    theme->setFocus();
    QWheelEvent wheel(QPointF(5, 5), theme->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(theme, &wheel);
    QCOMPARE(theme->currentIndex(), 0);
    QCOMPARE(m_changed->size(), 0);
}

void TestSettingsPage::sectionsByNameArrowsAndCommand()
{
    auto *list = m_page->findChild<QListWidget *>(u"sections"_s);
    auto *stack = m_page->findChild<QStackedWidget *>();
    QCOMPARE(list->count(), int(std::size(sections)));
    for (const QString &name : sections) {
        m_page->showSection(name);
        QCOMPARE(stack->currentWidget()->objectName(), name);
    }
    m_page->showSection(u"nonsense"_s);
    QCOMPARE(stack->currentWidget()->objectName(), u"desktop"_s);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Up);
    QCOMPARE(stack->currentWidget()->objectName(), u"appearance"_s);
    QTest::keyClick(list, Qt::Key_Home);
    QCOMPARE(stack->currentWidget()->objectName(), u"key"_s);
    const QList<QAction *> actions = m_page->actions();
    QCOMPARE(actions.size(), list->count());
    actions[3]->trigger();
    QCOMPARE(stack->currentWidget()->objectName(), u"limits"_s);
}

void TestSettingsPage::everyControlIsReached_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<int>("state");
    for (const QString &name : sections) {
        QTest::addRow("%s, quiet", qPrintable(name)) << name << 0;
        QTest::addRow("%s, troubled", qPrintable(name)) << name << 1;
        QTest::addRow("%s, full", qPrintable(name)) << name << 2;
    }
}

void TestSettingsPage::everyControlIsReached()
{
    QFETCH(const QString, section);
    QFETCH(const int, state);
    m_page->showSection(section);
    const KeyTest tls{KeyTest::Result::Tls, u"detail"_s, 0};
    if (state == 1) {
        m_page->setKeyState({KeyState::Kind::Locked, u"detail"_s});
        m_page->setKeyTest(tls);
        ProxyState proxy;
        proxy.kind = ProxyState::Kind::PortTaken;
        proxy.freePort = 8081;
        m_page->setProxyState(proxy);
        m_page->setConnectionTest(tls);
        m_page->setTrayAvailable(false);
    } else if (state == 2) {
        m_page->setPreferences(others());
        m_page->setKeyState({KeyState::Kind::Keychain, {}});
        if (section == u"key"_s)
            m_page->findChild<QPushButton *>(u"replace"_s)->click();
        m_page->setStoreProblem({KeyState::Kind::NoKeychain, {}});
        ProxyState proxy;
        proxy.kind = ProxyState::Kind::Listening;
        proxy.address = u"127.0.0.1:8080"_s;
        m_page->setProxyState(proxy);
        m_page->showToken(u"my editor"_s, u"token"_s);
    }
    QCOMPARE(walk::nameless(m_page.get()), QString());
    QCOMPARE(walk::unreached(m_page.get()), QString());
    QCOMPARE(walk::mnemonicProblems(m_page.get()), QString());
}

void TestSettingsPage::nothingIsCut_data()
{
    QTest::addColumn<QString>("section");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("percent");
    for (const QString &name : sections) {
        QTest::addRow("%s, small", qPrintable(name)) << name << QSize(560, 500) << 100;
        QTest::addRow("%s, small with large text", qPrintable(name)) << name << QSize(560, 500) << 140;
        QTest::addRow("%s, 4K", qPrintable(name)) << name << QSize(3616, 2160) << 100;
    }
}

void TestSettingsPage::nothingIsCut()
{
    QFETCH(const QString, section);
    QFETCH(const QSize, size);
    QFETCH(const int, percent);
    const QFont usual = QApplication::font();
    QFont font = usual;
    font.setPointSizeF(usual.pointSizeF() * percent / 100);
    QApplication::setFont(font);
    const auto restore = qScopeGuard([&usual] { QApplication::setFont(usual); });

    m_page->resize(size);
    m_page->setPreferences(others());
    m_page->setKeyState({KeyState::Kind::NoKeychain, u"org.freedesktop.secrets"_s});
    m_page->setKeyTest({KeyTest::Result::NetworkProxy, u"detail"_s, 0});
    m_page->showToken(QString(64, u'W'), QString(60, u'W'));
    m_page->showSection(section);
    QTest::qWait(0); // laid out
    QCOMPARE(walk::cutAtTheRight(m_page.get()), QString());
    const auto *scroll = m_page->findChild<QScrollArea *>(section);
    QVERIFY(scroll->widget()->width() <= scroll->viewport()->width()); // nothing to scroll to at the side
    QVERIFY(m_page->findChild<QListWidget *>(u"sections"_s)->width() < size.width() / 3);
}

QTEST_MAIN(TestSettingsPage)
#include "tst_settingspage.moc"
