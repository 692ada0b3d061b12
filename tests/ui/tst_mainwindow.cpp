#include "ui/shell/mainwindow.h"

#include "ui/shell/commandlist.h"
#include "ui/shell/proxypill.h"
#include "ui/theme.h"
#include "ui/widgets/banner.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void pagesByEntryAndShortcut();
    void pageWithoutEntry();
    void pill_data();
    void pill();
    void pillLeadsToItsSettings();
    void pillIsNotGreenWithoutAKey();
    void commandListFindsAndRuns();
    void commandsHaveNoMnemonics();
    void closingAsks();
    void bannerSaysOneThing();
    void everythingHasANameAndIsReached();

private:
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_window = std::make_unique<MainWindow>();
    m_window->addPage(u"requests"_s, u"Requests"_s, u"activity"_s, QKeySequence(Qt::CTRL | Qt::Key_2), new QWidget);
    m_window->addPage(u"settings"_s, u"Settings"_s, u"settings"_s, QKeySequence(Qt::CTRL | Qt::Key_Comma), new QWidget);
    m_window->addPage(u"welcome"_s, u"Welcome"_s, {}, {}, new QWidget);
    m_window->showPage(u"requests"_s);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
}

void TestMainWindow::pagesByEntryAndShortcut()
{
    QSignalSpy shown(m_window.get(), &MainWindow::pageShown);
    auto *entry = m_window->findChild<QPushButton *>(u"entry-settings"_s);
    QTest::mouseClick(entry, Qt::LeftButton);
    QCOMPARE(m_window->currentPage(), u"settings"_s);
    QVERIFY(entry->isChecked());
    QCOMPARE(shown.size(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), u"requests"_s);
    QVERIFY(!entry->isChecked());
    m_window->showPage(u"nonsense"_s);
    QCOMPARE(m_window->currentPage(), u"requests"_s);
}

void TestMainWindow::pageWithoutEntry()
{
    m_window->showPage(u"welcome"_s);
    QCOMPARE(m_window->currentPage(), u"welcome"_s);
    for (const QPushButton *entry : m_window->findChildren<QPushButton *>())
        QVERIFY(!entry->isChecked());
    m_window->showPage(u"requests"_s);
    QVERIFY(m_window->findChild<QPushButton *>(u"entry-requests"_s)->isChecked());
}

void TestMainWindow::pill_data()
{
    QTest::addColumn<ProxyState>("state");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tip");
    using Kind = ProxyState::Kind;
    const auto address = u"127.0.0.1:8080"_s;
    const auto row = [](const char *name, const ProxyState &state, const QString &shown, const QString &hint) {
        QTest::newRow(name) << state << shown << hint;
    };
    ProxyState state;
    row("off", state, u"Proxy off"_s, u"turn it on"_s);
    state.kind = Kind::Starting;
    row("starting", state, u"Starting"_s, u"starting"_s);
    state.kind = Kind::Listening;
    state.address = address;
    row("listening", state, address, u"listens"_s);
    state.keyless = true;
    row("no key", state, address, u"there is no key"_s);
    state.keyless = false;
    state.demo = true;
    row("demo", state, address, u"demo"_s);
    state.streams = 3;
    row("streams", state, address, u"3 answer"_s);
    state.kind = Kind::PortTaken;
    row("taken", state, u"Port taken"_s, address);
    state.holder = u"node (process 7)"_s;
    row("taken by", state, u"Port taken"_s, u"node (process 7)"_s);
    state.kind = Kind::Failed;
    state.message = u"No such address."_s;
    row("failed", state, u"Proxy stopped"_s, u"No such address."_s);
}

void TestMainWindow::pill()
{
    QFETCH(const ProxyState, state);
    QFETCH(const QString, text);
    QFETCH(const QString, tip);
    m_window->setProxyState(state);
    const auto *pill = m_window->findChild<ProxyPill *>();
    QCOMPARE(pill->text(), text);
    QVERIFY2(pill->toolTip().contains(tip), qPrintable(pill->toolTip()));
    QVERIFY(pill->accessibleName().contains(text));
}

void TestMainWindow::pillLeadsToItsSettings()
{
    QSignalSpy wanted(m_window.get(), &MainWindow::proxySettingsWanted);
    auto *pill = m_window->findChild<ProxyPill *>();
    pill->setFocus();
    QTest::keyClick(pill, Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
}

void TestMainWindow::pillIsNotGreenWithoutAKey()
{
    const Theme theme(*qApp);
    auto *pill = m_window->findChild<ProxyPill *>();
    const auto dot = [pill] { return pill->grab().toImage().pixelColor(14, pill->height() / 2); };
    const ThemeColors &colors = Theme::of(pill->palette());
    ProxyState state{ProxyState::Kind::Listening, u"127.0.0.1:8080"_s, {}, 0, {}, 0, false};
    m_window->setProxyState(state);
    QCOMPARE(dot(), colors.good);
    state.keyless = true;
    m_window->setProxyState(state);
    QCOMPARE(dot(), colors.warning);
}

void TestMainWindow::commandListFindsAndRuns()
{
    QSignalSpy made(m_window->addCommand(u"Make &tea"_s, {}), &QAction::triggered);
    QVERIFY(!m_window->findChild<CommandList *>()); // made when it is wanted
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    auto *commands = m_window->findChild<CommandList *>();
    QVERIFY(commands->isVisible());
    auto *list = commands->findChild<QListWidget *>();
    QVERIFY(list->count() >= 5);
    auto *search = commands->findChild<QLineEdit *>();
    QTest::keyClicks(search, u"TEA"_s);
    QCOMPARE(list->count(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(made.size(), 1);
    QVERIFY(!commands->isVisible());

    m_window->openCommandList();
    QTest::keyClicks(search, u"no such thing"_s);
    QCOMPARE(list->count(), 0);
    const auto *nothing = commands->findChild<QLabel *>();
    QVERIFY(nothing->isVisible()); // no empty box
    QVERIFY(!nothing->text().isEmpty());
    QVERIFY(!list->isVisible());
    const int height = commands->height();
    search->clear();
    QVERIFY(list->isVisible() && !nothing->isVisible());
    QCOMPARE(commands->height(), height); // nothing jumps
    QTest::keyClicks(search, u"no such thing"_s);
    QTest::keyClick(search, Qt::Key_Return); // does nothing
    QTest::keyClick(commands, Qt::Key_Escape);
    QVERIFY(!commands->isVisible());
    QCOMPARE(made.size(), 1);
}

// A mnemonic in brackets, as Chinese has it, is no part of the name.
void TestMainWindow::commandsHaveNoMnemonics()
{
    m_window->addCommand(u"保存(&S)"_s, {});
    m_window->addCommand(u"保存为 (&A)…"_s, {});
    m_window->addCommand(u"Cut (a part)"_s, {});
    m_window->openCommandList();
    const auto *list = m_window->findChild<CommandList *>()->findChild<QListWidget *>();
    QStringList names;
    for (int i = 0; i < list->count(); ++i)
        names.append(list->item(i)->text());
    QVERIFY(names.contains(u"保存"_s));
    QVERIFY(names.contains(u"保存为…"_s));
    QVERIFY(names.contains(u"Cut (a part)"_s));
}

void TestMainWindow::closingAsks()
{
    QSignalSpy closing(m_window.get(), &MainWindow::closing);
    m_window->setCloseAccepted(false);
    QVERIFY(!m_window->close());
    QCOMPARE(closing.size(), 1);
    QVERIFY(m_window->isVisible());
    m_window->setCloseAccepted(true);
    QVERIFY(m_window->close());
    QCOMPARE(closing.size(), 1);
}

void TestMainWindow::bannerSaysOneThing()
{
    Banner *banner = m_window->banner();
    QVERIFY(!banner->isVisible());
    banner->showMessage(Banner::Kind::Warning, u"Port 8080 is taken."_s, u"Use port 8081"_s);
    QVERIFY(banner->isVisible());
    QSignalSpy acted(banner, &Banner::actionTriggered);
    QSignalSpy dismissed(banner, &Banner::dismissed);
    QTest::mouseClick(banner->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(acted.size(), 1);
    QTest::mouseClick(banner->findChild<QAbstractButton *>(u"dismiss"_s), Qt::LeftButton);
    QCOMPARE(dismissed.size(), 1);
    QVERIFY(!banner->isVisible());
    banner->showMessage(Banner::Kind::Error, u"<b>No</b> markup"_s);
    QCOMPARE(banner->text(), u"<b>No</b> markup"_s);
    QVERIFY(!banner->findChild<QPushButton *>()->isVisible());
}

void TestMainWindow::everythingHasANameAndIsReached()
{
    m_window->banner()->showMessage(Banner::Kind::Info, u"Hello"_s, u"Do"_s);
    QSet<QWidget *> wanted;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->window() != m_window.get())
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        wanted.insert(widget);
    }
    QVERIFY(wanted.size() >= 4);
    QWidget *at = m_window.get();
    for (int i = 0; i < 50; ++i) {
        at = at->nextInFocusChain();
        wanted.remove(at);
    }
    QVERIFY(wanted.isEmpty());
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
