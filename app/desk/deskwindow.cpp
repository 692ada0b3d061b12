#include "app/desk/deskwindow.h"

#include "app/desk/diagnostics.h"
#include "app/desk/requestvalues.h"
#include "app/log/logging.h"
#include "app/options/settingsstore.h"
#include "app/system/autostart.h"
#include "app/system/notification.h"
#include "app/usage/usagestore.h"
#include "ui/connect/connectpage.h"
#include "ui/requests/requestspage.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/closequestion.h"
#include "ui/shell/notices.h"
#include "ui/shell/trayicon.h"
#include "ui/theme.h"
#include "ui/usage/usagepage.h"
#include "ui/welcome/welcomepage.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QTimer>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::minutes finishPatience{10};
constexpr std::chrono::milliseconds afterStart{700}; // by then the window is shown, and there is time for more
constexpr std::chrono::seconds betweenNotes{5};      // a busy tool must not flood the desktop with notifications

Theme::Scheme schemeOf(Preferences::Theme theme)
{
    switch (theme) {
    case Preferences::Theme::System:
        return Theme::Scheme::System;
    case Preferences::Theme::Light:
        return Theme::Scheme::Light;
    case Preferences::Theme::Dark:
        break;
    }
    return Theme::Scheme::Dark;
}

Theme &dressed(Theme &theme, const Preferences &preferences)
{
    theme.setScheme(schemeOf(preferences.theme));
    theme.setTextPercent(preferences.textPercent);
    return theme;
}

} // namespace

DeskWindow::DeskWindow(Desk &desk, SettingsStore &settings, Theme &theme, QObject *parent)
    : QObject(parent),
      m_desk(desk),
      m_settings(settings),
      m_theme(dressed(theme, desk.preferences())),
      m_chat(desk, settings),
      m_connect(desk),
      m_notices(new Notices(m_window.banner()))
{
    onPreferences(desk.preferences());
    addPages();
    m_window.showPage(u"chat"_s);
    m_window.restoreLayout(settings.state(u"main"_s));
    m_theme.useStyleSheet();
    m_window.setCloseAccepted(false);
    qApp->installEventFilter(this);

    connect(&m_window, &MainWindow::closing, this, &DeskWindow::onClosing);
    connect(&m_window, &MainWindow::quitWanted, this, &DeskWindow::quit);
    connect(&m_window, &MainWindow::diagnosticsWanted, this, &DeskWindow::copyDiagnostics);
    connect(&m_window, &MainWindow::addressCopyWanted, this,
            [this] { QGuiApplication::clipboard()->setText(u"http://"_s + m_desk.proxyState().address); });
    connect(&m_window, &MainWindow::proxyToggleWanted, this,
            [this] { m_desk.setProxyOn(!m_desk.preferences().proxyOn); });
    connect(&desk, &Desk::news, this, &DeskWindow::onNews);
    connect(&desk, &Desk::preferencesChanged, this, &DeskWindow::onPreferences);
    connect(&desk, &Desk::proxyStateChanged, this, &DeskWindow::onProxyState);
    connect(&desk, &Desk::cannotSave, m_notices, &Notices::sayCannotSave);
    connect(&desk, &Desk::problem, m_notices, &Notices::sayCannotUse);
    if (desk.usage())
        connect(desk.usage(), &UsageStore::problem, m_notices, &Notices::sayUsageNotKept);
    connect(&desk, &Desk::stopped, this, &DeskWindow::onStopped);
    connect(&desk.keys(), &KeyKeeper::stateChanged, this, &DeskWindow::onKeyState);
    connect(&desk.keys(), &KeyKeeper::kept, this, [this] {
        if (m_window.currentPage() == "welcome"_L1)
            m_window.showPage(u"chat"_s);
    });
    connect(m_notices, &Notices::portWanted, this, &DeskWindow::usePort);
    connect(m_notices, &Notices::settingsWanted, this, &DeskWindow::showSettings);
    connect(&m_window, &MainWindow::proxySettingsWanted, this,
            [this] { showSettings(m_desk.proxyState().keyless ? u"key"_s : u"proxy"_s); });
    connect(&m_window, &MainWindow::pageShown, this, &DeskWindow::followView);
    connect(m_notices, &Notices::keyWanted, this, [this] { m_window.showPage(u"welcome"_s); });
    connect(&m_chat, &ChatDesk::pageWanted, this, [this] { m_window.showPage(u"chat"_s); });
    connect(&m_chat, &ChatDesk::keyWanted, this, [this] { showSettings(u"key"_s); });
    if (const QString setAside = desk.setAside(); !setAside.isEmpty())
        m_notices->saySettingsDamaged(QFileInfo(setAside).fileName());
    followView();
}

DeskWindow::~DeskWindow() = default;

void DeskWindow::addPages()
{
    const auto add = [this](const QString &name, const QString &icon, const QKeySequence &shortcut, auto page,
                            MainWindow::Place place = MainWindow::Place::Top) {
        m_window.addPage(name, MainWindow::pageTitle(name), icon, shortcut, page, place);
    };
    m_chat.addTo(m_window);
    add(u"requests"_s, u"activity"_s, QKeySequence(Qt::CTRL | Qt::Key_2), [this] { return makeRequests(); });
    add(u"usage"_s, u"chart-column"_s, QKeySequence(Qt::CTRL | Qt::Key_3), [this] { return makeUsage(); });
    add(u"connect"_s, u"terminal"_s, QKeySequence(Qt::CTRL | Qt::Key_4), [this] { return m_connect.makePage(); });
    add(
            u"settings"_s, u"settings"_s, QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { return makeSettings(); },
            MainWindow::Place::Foot);
    add(u"welcome"_s, {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), [this] { return makeWelcome(); });
}

RequestsPage *DeskWindow::requests()
{
    m_window.makePage(u"requests"_s);
    return m_requests;
}

QWidget *DeskWindow::makeRequests()
{
    m_requests = new RequestsPage;
    m_requests->restoreState(m_settings.state(u"requests"_s));
    m_requests->setKeepBodies(m_desk.preferences().keepBodies);
    m_requests->setAddress(u"http://"_s + m_desk.proxyState().address);
    m_requests->setChatAvailable(true);
    connect(m_requests, &RequestsPage::chatWanted, &m_chat, &ChatDesk::prepare);
    connect(m_requests, &RequestsPage::stopRequested, &m_desk, &Desk::stopRequest);
    connect(m_requests, &RequestsPage::keepBodiesChanged, this, [this](bool keep) {
        Preferences wanted = m_desk.preferences();
        wanted.keepBodies = keep;
        m_desk.setPreferences(wanted);
    });
    return m_requests;
}

QWidget *DeskWindow::makeSettings()
{
    m_settingsPage = new SettingsPage;
    SettingsPage *page = m_settingsPage;
    page->setTrayAvailable(QSystemTrayIcon::isSystemTrayAvailable());
    page->setPreferences(m_desk.preferences());
    page->setProxyState(m_desk.proxyState());
    wireKey(page);
    connect(page, &SettingsPage::sectionShown, this, &DeskWindow::followView);
    connect(page, &SettingsPage::preferencesChanged, &m_desk, &Desk::setPreferences);
    connect(page, &SettingsPage::keyTestWanted, &m_desk.keys(), &KeyKeeper::test);
    connect(page, &SettingsPage::keyRemoveWanted, &m_desk.keys(), &KeyKeeper::remove);
    connect(page, &SettingsPage::tokenWanted, this, [this, page](const QString &name) {
        if (const QString token = m_desk.makeToken(name); !token.isEmpty())
            page->showToken(name, token);
    });
    connect(page, &SettingsPage::connectionTestWanted, &m_desk, &Desk::testConnection);
    connect(&m_desk, &Desk::connectionTested, page, &SettingsPage::setConnectionTest);
    connect(page, &SettingsPage::portWanted, this, &DeskWindow::usePort);
    connect(page, &SettingsPage::copyDiagnosticsWanted, this, &DeskWindow::copyDiagnostics);
    connect(page, &SettingsPage::openLogsWanted, this,
            [] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(logging::standardFile()).absolutePath())); });
    return page;
}

void DeskWindow::showSettings(const QString &section)
{
    m_window.showPage(u"settings"_s);
    m_settingsPage->showSection(section);
}

void DeskWindow::followView()
{
    m_notices->setProxyInView(m_window.currentPage() == "settings"_L1 && m_settingsPage
                              && m_settingsPage->section() == "proxy"_L1);
}

QWidget *DeskWindow::makeWelcome()
{
    m_welcome = new WelcomePage;
    wireKey(m_welcome);
    connect(m_welcome, &WelcomePage::networkSettingsWanted, this, [this] { showSettings(u"network"_s); });
    connect(m_welcome, &WelcomePage::demoWanted, this, [this] {
        m_desk.keys().useDemo();
        m_window.showPage(u"chat"_s);
    });
    return m_welcome;
}

QWidget *DeskWindow::makeUsage()
{
    m_usagePage = new UsagePage;
    m_usagePage->setKept(m_desk.usage() && m_desk.preferences().keepUsage);
    m_usagePage->setDemo(m_desk.keys().state().kind == KeyState::Kind::Demo);
    connect(&m_desk.keys(), &KeyKeeper::stateChanged, m_usagePage,
            [page = m_usagePage](const KeyState &state) { page->setDemo(state.kind == KeyState::Kind::Demo); });
    connect(m_usagePage, &UsagePage::refreshWanted, this, &DeskWindow::refreshUsage);
    connect(m_usagePage, &UsagePage::settingsWanted, this, [this] { showSettings(u"privacy"_s); });
    if (m_desk.usage())
        connect(m_desk.usage(), &UsageStore::problem, m_usagePage, &UsagePage::setProblem);
    return m_usagePage;
}

void DeskWindow::refreshUsage()
{
    if (!m_desk.usage())
        return;
    m_desk.usage()->read({}, m_usagePage, [page = m_usagePage](const UsageStore::Rows &read) {
        QList<UsageRow> rows;
        rows.reserve(read.rows.size());
        for (const UsageCount &count : read.rows)
            rows.append({count.day, count.model, count.client, count.requests, count.failed, count.input, count.output,
                         count.thoughts});
        page->setRows(rows);
        page->setProblem(read.problem);
    });
}

// Connects what the pages that take a key have in common.
template <typename Page>
void DeskWindow::wireKey(Page *page)
{
    KeyKeeper *keys = &m_desk.keys();
    page->setKeyState(keys->state());
    connect(keys, &KeyKeeper::stateChanged, page, &Page::setKeyState);
    connect(keys, &KeyKeeper::busyChanged, page, &Page::setBusy);
    connect(keys, &KeyKeeper::tested, page, &Page::setKeyTest);
    connect(keys, &KeyKeeper::keepFailed, page, &Page::setStoreProblem);
    connect(page, &Page::testWanted, keys, &KeyKeeper::testAndKeep);
    connect(page, &Page::saveWanted, keys, &KeyKeeper::keep);
    connect(page, &Page::sessionWanted, this, [this, keys](const QString &key) {
        keys->useForSession(key);
        if (m_window.currentPage() == "welcome"_L1)
            m_window.showPage(u"chat"_s);
    });
    connect(page, &Page::retryKeychainWanted, keys, &KeyKeeper::lookAgain);
}

void DeskWindow::show(bool minimized)
{
    // Both of these wait, so that the window appears first.
    QTimer::singleShot(0, &m_chat, &ChatDesk::openStore);
    QTimer::singleShot(afterStart, this, &DeskWindow::requests);
    if (minimized)
        showMinimized();
    else
        m_window.show();
}

void DeskWindow::showMinimized()
{
    if (!m_tray) // if there is a tray icon, the window just stays hidden
        m_window.showMinimized();
}

void DeskWindow::onKeyState(const KeyState &state)
{
    m_notices->setKeyState(state);
    if (state.kind == KeyState::Kind::Reading)
        return;
    const bool first = !std::exchange(m_keyKnown, true);
    // A user without a key starts on the page that asks for one. Everybody else starts on the page that they left last.
    if (first && state.isMissing()) {
        m_welcomed = true;
        m_window.showPage(u"welcome"_s);
    } else if (!state.isMissing() && (first || std::exchange(m_welcomed, false))
               && m_window.currentPage() == "welcome"_L1) {
        m_window.showPage(u"chat"_s);
    }
}

void DeskWindow::onProxyState(const ProxyState &state)
{
    m_window.setProxyState(state);
    m_notices->setProxyState(state);
    if (m_requests)
        m_requests->setAddress(u"http://"_s + state.address);
    if (m_settingsPage)
        m_settingsPage->setProxyState(state);
    if (m_tray)
        m_tray->setState(state);
}

void DeskWindow::onPreferences(const Preferences &preferences)
{
    dressed(m_theme, preferences);
    if (m_requests)
        m_requests->setKeepBodies(preferences.keepBodies);
    if (m_settingsPage)
        m_settingsPage->setPreferences(preferences);
    if (m_usagePage)
        m_usagePage->setKept(m_desk.usage() && preferences.keepUsage);

    if (m_autostart != preferences.startAtLogin) {
        // At the start, this renews the entry if the user wants it, but does not remove one.
        const bool first = !m_autostart;
        m_autostart = preferences.startAtLogin;
        if ((!first || preferences.startAtLogin) && !autostart::set(preferences.startAtLogin))
            m_notices->sayCannotSave();
    }
    followTray(preferences.tray && m_leaving == Leaving::No);
}

void DeskWindow::followTray(bool wanted)
{
    if (!wanted) {
        m_tray.reset();
    } else if (!m_tray && QSystemTrayIcon::isSystemTrayAvailable()) {
        m_tray = std::make_unique<TrayIcon>();
        m_tray->setState(m_desk.proxyState());
        m_tray->show();
        connect(m_tray.get(), &TrayIcon::windowWanted, &m_window, &MainWindow::raiseWindow);
        connect(m_tray.get(), &TrayIcon::quitWanted, this, &DeskWindow::quit);
        connect(m_tray.get(), &TrayIcon::proxyWanted, &m_desk, &Desk::setProxyOn);
    }
}

void DeskWindow::onNews(const RequestNews &news)
{
    QList<Request> requests;
    requests.reserve(news.exchanges.size());
    for (const ExchangeInfo &info : news.exchanges)
        requests.append(requestOf(info));
    QList<RequestContent> contents;
    for (const ExchangeContent &content : news.contents)
        contents.append(contentOf(content));
    QList<AnswerPiece> pieces;
    for (const auto &[number, bytes] : news.pieces)
        pieces.append({number, bytes});
    RequestsPage *page = this->requests();
    page->update(requests);
    page->addContents(contents);
    page->addPieces(pieces);
    notify(requests);
}

void DeskWindow::notify(const QList<Request> &requests)
{
    if (!m_desk.preferences().notify || m_window.isActiveWindow() || m_leaving != Leaving::No)
        return;
    for (const Request &request : requests) {
        const bool ended = request.state == Request::State::Complete || request.state == Request::State::Failed;
        if (!ended || (m_lastNote.isValid() && !m_lastNote.hasExpired(std::chrono::milliseconds(betweenNotes).count())))
            continue;
        m_lastNote.start();
        const auto [title, text] = Notices::ended(request);
        showNotification(title, text);
    }
}

void DeskWindow::usePort(quint16 port)
{
    Preferences wanted = m_desk.preferences();
    wanted.port = port;
    m_desk.setPreferences(wanted);
}

void DeskWindow::copyDiagnostics()
{
    QGuiApplication::clipboard()->setText(
            diagnosticsText(m_desk.preferences(), m_desk.proxyState(), m_desk.keys().state(), logging::standardFile()));
}

void DeskWindow::onClosing()
{
    if (m_tray && m_leaving == Leaving::No)
        m_window.hide(); // the program goes on in the tray
    else
        quit();
}

void DeskWindow::quit()
{
    const int streams = m_desk.openStreams();
    const Preferences::Closing closing = m_desk.preferences().closing;
    if (m_leaving != Leaving::No || streams == 0 || closing == Preferences::Closing::Stop) {
        leave(0ms);
    } else if (closing == Preferences::Closing::Finish) {
        leave(finishPatience);
    } else if (m_question && m_question->isVisible()) { // an answered question is hidden, and deleted later
        m_question->raise();
    } else {
        m_question = new CloseQuestion(streams, &m_window);
        connect(m_question, &CloseQuestion::answered, this, [this](Preferences::Closing how) {
            if (m_question->isRemembered()) {
                Preferences wanted = m_desk.preferences();
                wanted.closing = how;
                m_desk.setPreferences(wanted);
            }
            leave(how == Preferences::Closing::Finish ? std::chrono::milliseconds(finishPatience) : 0ms);
        });
        m_window.raiseWindow();
        m_question->open();
    }
}

void DeskWindow::leave(std::chrono::milliseconds patience)
{
    if (m_leaving == Leaving::AtOnce || m_leaving == Leaving::Left)
        return;
    if (m_leaving == Leaving::Patiently)
        patience = 0ms; // this is the second request to end
    else
        keepState();
    const bool atOnce = patience == 0ms;
    m_leaving = atOnce ? Leaving::AtOnce : Leaving::Patiently;
    for (QWidget *dialog : QApplication::topLevelWidgets()) {
        if (dialog != &m_window && dialog->isVisible())
            dialog->close();
    }
    m_window.hide();
    followTray(false);
    if (atOnce) {
        m_chat.leave(true);
        emit ending();
    }
    m_desk.shutDown(patience);
}

void DeskWindow::keepState()
{
    if (m_leaving != Leaving::No)
        return; // leave() has saved it already
    m_settings.setState(u"main"_s, m_window.saveLayout());
    if (m_requests)
        m_settings.setState(u"requests"_s, m_requests->saveState());
    m_chat.leave(false);
    m_settings.sync();
}

void DeskWindow::startAgain(bool minimized)
{
    if (m_leaving == Leaving::Patiently) {
        m_leaving = Leaving::No;
        m_desk.callOffShutDown();
        followTray(m_desk.preferences().tray);
        if (minimized)
            showMinimized();
    }
    if (!minimized && m_leaving == Leaving::No)
        m_window.raiseWindow();
}

void DeskWindow::onStopped()
{
    if (m_leaving == Leaving::No || m_leaving == Leaving::Left)
        return; // leaving was called off while this signal was on its way, or is done already
    if (m_leaving == Leaving::Patiently)
        emit ending();
    m_leaving = Leaving::Left;
    emit left();
}

bool DeskWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::Quit) {
        quit();
        event->ignore(); // the program ends after left()
        return true;
    }
    return QObject::eventFilter(watched, event);
}
