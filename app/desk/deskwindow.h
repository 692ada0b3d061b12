#pragma once

#include "app/desk/chatdesk.h"
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

// The window and its pages, wired to the Desk: the pages show its values and tell it what the user wants. Lives on the
// main thread, owned by main.
class DeskWindow : public QObject
{
    Q_OBJECT

public:
    // All of them outlive this.
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
    // The same without a question: running answers may go on for `patience` with the window hidden; new questions are
    // refused. A second request to end, of whatever kind, ends the program at once.
    void leave(std::chrono::milliseconds patience);
    // The program was started a second time: the window comes to the front, unless `minimized`. If the program was
    // about to end and only let answers finish, it stays, as if nobody had left.
    void startAgain(bool minimized);
    // The session may be about to end: saves what is to be found again at the next start. Nothing ends, as the session
    // may go on.
    void keepState();

signals:
    void ending(); // leaving can no longer be called off
    void left();   // once, when the proxy has stopped: the program has nothing left to do

protected:
    // The system asks the program to quit: from its dock, or as the session ends.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addPages();
    RequestsPage *requests(); // made with the first news, or shortly after the start
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
    // Sets the fonts before the window is made: when the window gets its style sheet, it loses a font that was changed
    // since.
    Theme &m_theme;
    ChatDesk m_chat; // before the window, whose page uses it
    MainWindow m_window;
    Notices *m_notices;                 // owned by the window's banner
    RequestsPage *m_requests = nullptr; // the pages are owned by the window, and made when first needed
    SettingsPage *m_settingsPage = nullptr;
    WelcomePage *m_welcome = nullptr;
    UsagePage *m_usagePage = nullptr;
    QPointer<CloseQuestion> m_question;
    std::unique_ptr<TrayIcon> m_tray;
    QElapsedTimer m_lastNote;
    std::optional<bool> m_autostart; // as it was last set
    enum class Leaving { No, Patiently, AtOnce, Left };
    Leaving m_leaving = Leaving::No;
    bool m_keyKnown = false;
    bool m_welcomed = false; // the welcome page was shown as there was no key, which a slow keychain may still give
};
