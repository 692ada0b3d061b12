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

// The window and its pages, wired to the Desk: values go in, wishes come out. Lives on the main
// thread, owned by main.
class DeskWindow : public QObject
{
    Q_OBJECT

public:
    // All of them outlive this.
    DeskWindow(Desk &desk, SettingsStore &settings, Theme &theme, QObject *parent = nullptr);
    ~DeskWindow() override;

    [[nodiscard]] MainWindow *window() { return &m_window; }
    void show(bool minimized);
    // As Ctrl+N does it.
    void newChat() { m_chat.newChat(); }
    // See ChatDesk::finish().
    void finishChats() { m_chat.finish(); }
    // Ends the program as the user wishes: asks, where answers still stream and nothing was said.
    void quit();
    // The same without a question: running answers may go on for `patience`, unseen; new questions are
    // refused. Whoever asks to end it meanwhile, in whatever way, ends it at once.
    void leave(std::chrono::milliseconds patience);
    // The program was started a second time: the window comes to the front, unless that is to happen
    // `minimized`. While answers finish, the leaving is called off: all is as if nobody had left.
    void startAgain(bool minimized);
    // The session is about to end, but may go on yet: what is to be found again is kept, and nothing ends.
    void keepState();

signals:
    void ending(); // nothing calls the leaving off any more
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
    void showSettings(const QString &section); // a SettingsPage's
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
    Theme &m_theme;  // before the window: what a font is changed to behind it, it loses with its style sheet
    ChatDesk m_chat; // before the window, whose page uses it
    MainWindow m_window;
    Notices *m_notices;                 // the banner's
    RequestsPage *m_requests = nullptr; // these are the window's, and made when they are needed
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
    bool m_welcomed = false; // as there was no key: it may come yet, from a keychain that was slow
};
