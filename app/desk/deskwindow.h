#pragma once

#include "app/desk/chatdesk.h"
#include "app/desk/connectdesk.h"
#include "app/desk/desk.h"
#include "ui/shell/mainwindow.h"

#include <QElapsedTimer>
#include <QPointer>

#include <memory>
#include <optional>

class CloseQuestion;
struct Request;
class Notices;
class RequestsPage;
class SettingsPage;
class SettingsStore;
class Theme;
class TrayIcon;
class UsagePage;
class WelcomePage;

// Connects the window and its pages to the Desk: the pages show the Desk's values and tell it what the user wants.
// Lives on the main thread, owned by main().
class DeskWindow : public QObject
{
    Q_OBJECT

public:
    // All of these outlive this object.
    DeskWindow(Desk &desk, SettingsStore &settings, Theme &theme, QObject *parent = nullptr);
    ~DeskWindow() override;

    [[nodiscard]] MainWindow *window() { return &m_window; }
    void show(bool minimized);
    // Opens a new chat, as Ctrl+N does.
    void newChat() { m_chat.newChat(); }
    // See ChatDesk::finish().
    void finishChats() { m_chat.finish(); }
    // Ends the program in the way that the user prefers. Asks first if answers still stream and no preference is set.
    void quit();
    // Ends the program without a question. The window is hidden, running answers may go on for `patience`, and new
    // questions are refused. A second call of quit() or leave() ends the program at once.
    void leave(std::chrono::milliseconds patience);
    // To be called when the program was started a second time. Brings the window to the front, unless `minimized`. If
    // the program was about to end and only let answers finish, it goes on as if nobody had quit.
    void startAgain(bool minimized);
    // Saves what the next start restores, such as the layout and the draft. This ends nothing, as it is also called
    // when the session may be about to end, and the session may go on.
    void keepState();

signals:
    void ending(); // leaving can no longer be called off
    void left();   // emitted once, when the proxy has stopped and the program has nothing left to do

protected:
    // Catches the system's request that the program quit, which comes from the dock or when the session ends.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPages();
    RequestsPage *requests(); // makes the page if need be, at the first news or shortly after the start
    [[nodiscard]] QWidget *makeRequests();
    [[nodiscard]] QWidget *makeSettings();
    [[nodiscard]] QWidget *makeWelcome();
    void showSettings(const QString &section); // the section's name in SettingsPage
    void followView();
    [[nodiscard]] QWidget *makeUsage();
    void refreshUsage();
    template <typename Page>
    void wireKey(Page *page);
    void showMinimized();
    void followTray(bool wanted);
    void onClosing();
    void onStopped();
    void onNews(const RequestNews &news);
    void onKeyState(const KeyState &state);
    void onProxyState(const ProxyState &state);
    void onPreferences(const Preferences &preferences);
    void notify(const QList<Request> &requests);
    void usePort(quint16 port);
    void copyDiagnostics();

    Desk &m_desk;
    SettingsStore &m_settings;
    // Declared before the window, so that the fonts are set before the window is made. When the window gets its style
    // sheet, it loses a font that was changed after it was made.
    Theme &m_theme;
    ChatDesk m_chat; // declared before the window, whose chat page uses it
    ConnectDesk m_connect;
    MainWindow m_window;
    Notices *m_notices;                 // owned by the window's banner
    RequestsPage *m_requests = nullptr; // this and the other pages are owned by the window, and made when first needed
    SettingsPage *m_settingsPage = nullptr;
    WelcomePage *m_welcome = nullptr;
    UsagePage *m_usagePage = nullptr;
    QPointer<CloseQuestion> m_question;
    std::unique_ptr<TrayIcon> m_tray;
    QElapsedTimer m_lastNote;
    std::optional<bool> m_autostart; // the preference that was applied last; empty until the first one is
    enum class Leaving { No, Patiently, AtOnce, Left };
    Leaving m_leaving = Leaving::No;
    bool m_keyKnown = false;
    bool m_welcomed = false; // the welcome page was shown for want of a key, which a slow keychain may still give
};
