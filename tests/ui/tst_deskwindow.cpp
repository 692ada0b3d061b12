#include "tests/ui/desktest.h"
#include "tests/ui/walk.h"
#include "ui/chatpage/chatpage.h"
#include "ui/chatpage/chatsidebar.h"
#include "ui/requests/requestspage.h"
#include "ui/requests/requesttable.h"
#include "ui/settings/networksection.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/proxypill.h"
#include "ui/usage/usagepage.h"
#include "ui/welcome/welcomepage.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpServer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestDeskWindow : public DeskTest
{
    Q_OBJECT

private slots:
    void init() { prepare(); }
    void cleanup() { close(); }
    void newcomerStartsWithTheKey();
    void lockedKeychainStartsWithTheKeyToo();
    void demoFromTheWelcomePage();
    void networkSettingsFromTheWelcomePage();
    void withAKeyTheChatIsShown();
    void noOtherWindowFlashes();
    void requestsAppear();
    void chatPassesWhereTokensAreAsked();
    void chatFollowsTheProxy();
    void requestOpensAsAChat();
    void newChatFromAnyPage();
    void newChatFromTheStart();
    void layoutIsRemembered();
    void themeAndTextSizeAtOnce();
    void startsAsItWasChangedLive_data();
    void startsAsItWasChangedLive();
    void pillLeadsToTheRightSection();
    void takenPortIsSaidOnce();
    void noticeLeadsToTheRightSection();
    void usageKnowsTheDemo();
    void commandsDoWhatTheySay();
    void shortcutsWorkWhereverTheFocusIs_data();
    void shortcutsWorkWhereverTheFocusIs();
    void diagnosticsHoldNoSecret();

private:
    void askInTheChat(const QString &question);
    [[nodiscard]] QStringList look();
};

void TestDeskWindow::newcomerStartsWithTheKey()
{
    m_keys.key = {};
    start();
    QCOMPARE(m_window->window()->currentPage(), u"welcome"_s);
    QVERIFY(visible<QPushButton>(u"Test and save"));
}

void TestDeskWindow::lockedKeychainStartsWithTheKeyToo()
{
    m_keys.failure = KeyResult::Error::Locked;
    start();
    QCOMPARE(m_window->window()->currentPage(), u"welcome"_s);
    QVERIFY(visible<QPushButton>(u"Look again"));
    m_keys.failure = KeyResult::Error::None;
    visible<QPushButton>(u"Look again")->click();
    QTRY_COMPARE(m_desk->keys().state().kind, KeyState::Kind::Keychain);
}

void TestDeskWindow::demoFromTheWelcomePage()
{
    m_keys.key = {};
    start();
    auto *demo = visible<QPushButton>(u"Try the demo");
    QVERIFY(demo);
    demo->click();
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    QTRY_VERIFY(m_desk->proxyState().demo);
    QVERIFY(m_window->window()->banner()->text().contains("demo"_L1));
    QTest::mouseClick(m_window->window()->banner()->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(m_window->window()->currentPage(), u"welcome"_s);
}

void TestDeskWindow::networkSettingsFromTheWelcomePage()
{
    m_keys.key = {};
    start();
    emit m_window->window()->findChild<WelcomePage *>()->networkSettingsWanted();
    QCOMPARE(m_window->window()->currentPage(), u"settings"_s);
    QVERIFY(m_window->window()->findChild<NetworkSection *>()->isVisible());
}

void TestDeskWindow::withAKeyTheChatIsShown()
{
    start();
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    QVERIFY(!m_window->window()->banner()->isVisible());
    QVERIFY(m_window->window()->findChild<ProxyPill *>()->text().contains(QString::number(m_desk->preferences().port)));
}

// A child that is shown before it has a parent is a window for a moment, and takes the focus with it.
void TestDeskWindow::noOtherWindowFlashes()
{
    class Shows : public QObject
    {
    public:
        QStringList windows;

    protected:
        bool eventFilter(QObject *watched, QEvent *event) override
        {
            const auto *widget = qobject_cast<QWidget *>(watched);
            if (widget && event->type() == QEvent::Show && widget->isWindow())
                windows.append(QString::fromLatin1(widget->metaObject()->className()));
            return false;
        }
    } shows;
    qApp->installEventFilter(&shows);
    start();
    for (const QString &page : {u"chat"_s, u"requests"_s, u"usage"_s, u"settings"_s, u"welcome"_s})
        m_window->window()->showPage(page);
    QCOMPARE(shows.windows, QStringList{u"MainWindow"_s});
}

void TestDeskWindow::requestsAppear()
{
    start();
    const auto client = streaming();
    QVERIFY(client);
    RequestTable *table = nullptr;
    QTRY_VERIFY((table = m_window->window()->findChild<RequestTable *>()) != nullptr);
    QTRY_VERIFY(table->model()->rowCount() >= 1);
    m_upstream->release();
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    const auto rowHas = [&](const QString &text) {
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            for (int column = 0; column < table->model()->columnCount(); ++column) {
                if (table->model()->index(row, column).data().toString().contains(text))
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(rowHas(u"200"_s));
    QTRY_VERIFY(rowHas(u"gemini-flash-latest"_s));
}

// What a person does in the chat, with the cursor where Ctrl+N puts it.
void TestDeskWindow::askInTheChat(const QString &question)
{
    QVERIFY(QTest::qWaitForWindowActive(m_window->window()));
    QTest::keyClick(m_window->window(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), question);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
}

void TestDeskWindow::chatPassesWhereTokensAreAsked()
{
    start();
    m_window->window()->showPage(u"requests"_s);
    QVERIFY(!m_desk->makeToken(u"curl"_s).isEmpty());
    HttpClient other(m_desk->preferences().port);
    other.ask("Hello"_ba);
    QVERIFY(runUntil([&] { return other.hasEnded(); }));
    QCOMPARE(other.response().status, 401);
    QSignalSpy news(m_desk.get(), &Desk::news);
    askInTheChat(u"Hello"_s);
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    m_upstream->release();
    const auto isChat = [&news] {
        for (const QList<QVariant> &batch : std::as_const(news)) {
            for (const ExchangeInfo &info : batch[0].value<RequestNews>().exchanges) {
                if (info.method == "POST" && info.status == 200)
                    return info.client == "Chat";
            }
        }
        return false;
    };
    QTRY_VERIFY(isChat());
    QFile file(m_folder->filePath(u"gemini-desk.conf"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(m_desk->ownToken()));
    QVERIFY(QFile::exists(m_folder->filePath(u"gemini-desk/chats.sqlite"_s)));
}

void TestDeskWindow::chatFollowsTheProxy()
{
    start();
    Preferences wanted = m_desk->preferences();
    wanted.proxyOn = false;
    m_desk->setPreferences(wanted);
    QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::Off);
    QVERIFY(m_desk->localUrl().isEmpty());
    askInTheChat(u"Hello"_s);
    auto *on = visible<QPushButton>(u"Turn it on");
    QVERIFY(on);
    QCOMPARE(m_upstream->waitingForRelease(), 0);
    on->click();
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1); // the question has waited
    m_upstream->release();
    // Another port
    const quint16 before = m_desk->preferences().port;
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    wanted = m_desk->preferences();
    wanted.port = probe.serverPort();
    probe.close();
    m_desk->setPreferences(wanted);
    QTRY_VERIFY(m_desk->localUrl().port() != before && !m_desk->localUrl().isEmpty());
    askInTheChat(u"Again"_s);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    m_upstream->release();
}

void TestDeskWindow::requestOpensAsAChat()
{
    start();
    m_window->window()->makePage(u"requests"_s);
    emit m_window->window()->findChild<RequestsPage *>()->chatWanted(u"What a tool asked"_s, u"gemini-x"_s);
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    auto *page = m_window->window()->findChild<ChatPage *>();
    QCOMPARE(page->composer()->draft().text, u"What a tool asked"_s);
    QCOMPARE(page->composer()->model(), u"gemini-x"_s);
    QCOMPARE(m_upstream->waitingForRelease(), 0); // not sent
}

void TestDeskWindow::newChatFromAnyPage()
{
    start();
    askInTheChat(u"Hello"_s);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    auto *page = m_window->window()->findChild<ChatPage *>();
    QVERIFY(!page->current().isNull());
    m_window->window()->showPage(u"requests"_s);
    m_window->newChat();
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    QVERIFY(page->current().isNull());
    QVERIFY(page->composer()->isAncestorOf(QApplication::focusWidget()));
    m_upstream->release();
}

// Does what --new-chat does, if the last session ended on another page and nothing is ready yet.
void TestDeskWindow::newChatFromTheStart()
{
    start();
    m_window->window()->showPage(u"settings"_s);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    QTRY_COMPARE(left.size(), 1);
    m_window.reset();
    m_desk = std::make_unique<Desk>(m_keys, *m_settings, nullptr, m_options);
    m_window = std::make_unique<DeskWindow>(*m_desk, *m_settings, *m_theme);
    QCOMPARE(m_window->window()->currentPage(), u"settings"_s);
    m_window->show(false);
    m_window->newChat();
    m_desk->begin();
    QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::Listening);
    QCOMPARE(m_window->window()->currentPage(), u"chat"_s);
    QVERIFY(QTest::qWaitForWindowActive(m_window->window()));
    QTest::keyClicks(QApplication::focusWidget(), u"Hello"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    m_upstream->release();
}

void TestDeskWindow::layoutIsRemembered()
{
    start();
    m_window->window()->resize(784, 620); // the offscreen screen is 800 wide, and a frame takes some of it
    m_window->window()->showPage(u"settings"_s);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QVERIFY(!m_window->window()->close());
    QTRY_COMPARE(left.size(), 1);
    m_window.reset();
    m_desk.reset();
    m_settings = std::make_unique<SettingsStore>(m_folder->filePath(u"gemini-desk.conf"_s));
    start();
    QCOMPARE(m_window->window()->size(), QSize(784, 620));
    QCOMPARE(m_window->window()->currentPage(), u"settings"_s);
}

void TestDeskWindow::themeAndTextSizeAtOnce()
{
    start();
    const qreal before = QApplication::font().pointSizeF();
    Preferences wanted = m_desk->preferences();
    wanted.theme = Preferences::Theme::Dark;
    wanted.textPercent = 140;
    m_desk->setPreferences(wanted);
    QVERIFY(m_theme->isDark());
    QCOMPARE(QApplication::font().pointSizeF(), before * 1.4);
    QCOMPARE(m_window->window()->font().pointSizeF(), before * 1.4);
    wanted.theme = Preferences::Theme::Light;
    wanted.textPercent = 100;
    m_desk->setPreferences(wanted);
    QVERIFY(!m_theme->isDark());
    QCOMPARE(QApplication::font().pointSizeF(), before);
}

void TestDeskWindow::startsAsItWasChangedLive_data()
{
    QTest::addColumn<Preferences>("wanted");
    const auto row = [](const char *name, const std::function<void(Preferences &)> &change) {
        Preferences wanted;
        wanted.theme = Preferences::Theme::Light;
        change(wanted);
        QTest::newRow(name) << wanted;
    };
    row("large text", [](Preferences &p) { p.textPercent = 140; });
    row("small text", [](Preferences &p) { p.textPercent = 85; });
    row("dark", [](Preferences &p) { p.theme = Preferences::Theme::Dark; });
    row("all", [](Preferences &p) {
        p.textPercent = 115;
        p.theme = Preferences::Theme::Dark;
        p.language = u"de"_s;
        p.allowedOrigins = QStringList{u"https://a.example"_s};
        p.connections = 7;
        p.bodyMiB = 8;
        p.firstByteSeconds = 9;
        p.idleSeconds = 10;
        p.model = u"gemini-x"_s;
        p.networkProxy = Preferences::NetworkProxy::None;
        p.keepBodies = false;
        p.keepUsage = false;
        p.tray = true;
        p.startAtLogin = true;
        p.notify = true;
        p.closing = Preferences::Closing::Stop;
    });
}

// Tells how every widget looks, page by page: its kind, font, colour, size and text. The requests are left out, as they
// differ each time.
QStringList TestDeskWindow::look()
{
    MainWindow *window = m_window->window();
    QStringList all;
    const auto note = [&](const QString &page) {
        window->grab(); // laid out
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->window() != window)
                continue;
            if (widget->inherits("QScrollBar") || widget->objectName().startsWith("qt_scrollarea"_L1))
                continue;                                      // they come and go with a pixel of room
            const bool leaf = !widget->findChild<QWidget *>(); // what holds others is as large as they are
            all.append(u"%1: %2 %3 \"%4\" %5 pt %6, %7, checked %8, %9"_s
                               .arg(page, QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                                    widget->property("text").toString())
                               .arg(widget->font().pointSizeF())
                               .arg(widget->font().weight())
                               .arg(widget->palette().color(widget->foregroundRole()).name())
                               .arg(widget->property("checked").toBool())
                               .arg(leaf ? widget->sizeHint().height() : -1));
        }
    };
    for (const QString &page : {u"requests"_s, u"chat"_s, u"usage"_s, u"welcome"_s, u"settings"_s}) {
        window->showPage(page);
        if (page != "requests"_L1)
            note(page);
    }
    auto *settings = window->findChild<SettingsPage *>();
    for (const QString &section :
         {u"proxy"_s, u"access"_s, u"limits"_s, u"network"_s, u"privacy"_s, u"appearance"_s, u"desktop"_s}) {
        settings->showSection(section);
        note(section);
    }
    settings->showSection(u"key"_s);
    return all;
}

// A change while all pages are there and a start with the same settings must look the same in every widget.
void TestDeskWindow::startsAsItWasChangedLive()
{
    QFETCH(Preferences, wanted);
    start();
    m_window->window()->resize(800, 600);
    (void)look(); // makes every page
    wanted.port = m_desk->preferences().port;
    m_desk->setPreferences(wanted);
    QCoreApplication::processEvents();
    const QStringList live = look();
    m_window->window()->showPage(u"chat"_s);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->leave(0ms);
    QTRY_COMPARE(left.size(), 1);
    close();
    makeTheme();
    m_options.proxy.port = wanted.port;
    start();
    m_window->window()->resize(800, 600);
    (void)look(); // the window around the pages is as large as the largest page so far
    const QStringList started = look();
    QVERIFY(live.size() > 100);
    for (qsizetype i = 0; i < qMin(live.size(), started.size()); ++i)
        QCOMPARE(started[i], live[i]);
    QCOMPARE(started.size(), live.size());
}

void TestDeskWindow::pillLeadsToTheRightSection()
{
    m_keys.key = {};
    start();
    auto *pill = m_window->window()->findChild<ProxyPill *>();
    const auto section = [this] { return m_window->window()->findChild<SettingsPage *>()->section(); };
    QTRY_VERIFY(m_desk->proxyState().keyless);
    pill->click();
    QCOMPARE(m_window->window()->currentPage(), u"settings"_s);
    QCOMPARE(section(), u"key"_s);
    m_desk->keys().useForSession(u"AIza-the-key-of-this-test"_s);
    QTRY_VERIFY(!m_desk->proxyState().keyless);
    pill->click();
    QCOMPARE(section(), u"proxy"_s);
}

void TestDeskWindow::takenPortIsSaidOnce()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    m_options.proxy.port = holder.serverPort();
    m_desk = std::make_unique<Desk>(m_keys, *m_settings, nullptr, m_options);
    m_window = std::make_unique<DeskWindow>(*m_desk, *m_settings, *m_theme);
    m_window->show(false);
    m_desk->begin();
    QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::PortTaken);
    MainWindow *window = m_window->window();
    const auto notices = [window] {
        int count = 0;
        for (const Banner *banner : window->findChildren<Banner *>())
            count += banner->isVisible() ? 1 : 0;
        return count;
    };
    askInTheChat(u"Hello"_s);
    QCOMPARE(notices(), 1); // only the window's, not the chat's as well
    window->showPage(u"settings"_s);
    QCOMPARE(notices(), 1);
    window->findChild<SettingsPage *>()->showSection(u"proxy"_s); // this section says it itself
    QCOMPARE(notices(), 0);
    window->showPage(u"requests"_s);
    QCOMPARE(notices(), 1);
    window->findChild<ProxyPill *>()->click();
    QCOMPARE(window->currentPage(), u"settings"_s);
    QCOMPARE(notices(), 0);
}

void TestDeskWindow::noticeLeadsToTheRightSection()
{
    start();
    Preferences wanted = m_desk->preferences();
    wanted.caFile = m_folder->filePath(u"is-not-there.pem"_s);
    m_desk->setPreferences(wanted);
    MainWindow *window = m_window->window();
    QTRY_VERIFY(window->banner()->isVisible());
    QVERIFY2(window->banner()->text().contains("is-not-there.pem"_L1), qPrintable(window->banner()->text()));
    for (auto *button : window->banner()->findChildren<QPushButton *>()) {
        if (button->isVisible())
            button->click();
    }
    QCOMPARE(window->currentPage(), u"settings"_s);
    QCOMPARE(window->findChild<SettingsPage *>()->section(), u"network"_s);
}

void TestDeskWindow::usageKnowsTheDemo()
{
    start();
    MainWindow *window = m_window->window();
    window->showPage(u"usage"_s);
    auto *page = window->findChild<UsagePage *>();
    const auto says = [page](const QString &part) {
        const auto labels = page->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&part](const QLabel *label) { return label->text().contains(part); });
    };
    QVERIFY(!says(u"demo is not counted"_s));
    m_desk->keys().useDemo();
    QTRY_VERIFY(says(u"demo is not counted"_s));
}

void TestDeskWindow::commandsDoWhatTheySay()
{
    start();
    MainWindow *window = m_window->window();
    QVERIFY(QTest::qWaitForWindowActive(window));
    QTest::keyClick(window, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://"_s + m_desk->proxyState().address);
    QTest::keyClick(window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::Off);
    QTest::keyClick(window, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_desk->proxyState().kind, ProxyState::Kind::Listening);
    QTest::keyClick(window, Qt::Key_Comma, Qt::ControlModifier);
    QCOMPARE(window->currentPage(), u"settings"_s);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QTest::keyClick(window, Qt::Key_Q, Qt::ControlModifier);
    QTRY_COMPARE(left.size(), 1);
}

void TestDeskWindow::shortcutsWorkWhereverTheFocusIs_data()
{
    QTest::addColumn<QString>("page");
    for (const char *page : {"chat", "requests", "usage", "settings"})
        QTest::newRow(page) << QString::fromLatin1(page);
}

// Every action that the command list shows works by its shortcut from every control that the keyboard reaches.
void TestDeskWindow::shortcutsWorkWhereverTheFocusIs()
{
    QFETCH(const QString, page);
    start();
    askInTheChat(u"Hello"_s);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    m_upstream->release();
    MainWindow *window = m_window->window();
    auto *sidebar = window->findChild<ChatSidebar *>();
    QTRY_COMPARE(m_desk->proxyState().streams, 0);
    window->showPage(page);
    QList<QAction *> actions = sidebar->commands() + window->findChild<QWidget *>(page)->actions() + window->actions();
    actions.removeIf([](const QAction *action) { return action->shortcut().isEmpty() || !action->isVisible(); });
    QVERIFY(actions.size() > 15);
    for (QAction *action : std::as_const(actions))
        action->disconnect(); // here it only matters whether the action is reached
    QStringList missed;
    for (QWidget *control : walk::controls(window)) {
        for (QAction *action : std::as_const(actions)) {
            control->setFocus();
            action->setEnabled(true); // news of a request may have disabled it again
            QSignalSpy triggered(action, &QAction::triggered);
            const QKeyCombination keys = action->shortcut()[0];
            QTest::keyClick(control, keys.key(), keys.keyboardModifiers());
            if (triggered.size() != 1)
                missed.append(action->shortcut().toString() + u" in "_s + walk::nameOf(control));
        }
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
}

void TestDeskWindow::diagnosticsHoldNoSecret()
{
    start();
    const QString token = m_desk->makeToken(u"editor"_s);
    const QByteArray hash = m_desk->preferences().tokens.constFirst().sha256;
    QTest::keyClick(m_window->window(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains("Gemini Desk"_L1));
    QVERIFY(!text.contains("AIza-the-key-of-this-test"_L1));
    QVERIFY(!text.contains(token));
    QVERIFY(!text.contains(QString::fromLatin1(hash.toHex())));
}

QTEST_MAIN(TestDeskWindow)
#include "tst_deskwindow.moc"
