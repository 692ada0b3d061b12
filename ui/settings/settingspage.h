#pragma once

#include "ui/settings/preferences.h"
#include "ui/state.h"

#include <QList>
#include <QWidget>

class AccessSection;
class DesktopSection;
class KeySection;
class NetworkSection;
class ProxySection;
class QListWidget;
class QStackedWidget;
class SettingsSection;

// The page of all settings: the names of the sections at the left, and the chosen section beside them. Each change
// takes effect at once; a wrong value does not take effect. The page only shows values; the application does what the
// signals ask for. Lives on the main thread.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(QWidget *parent = nullptr);
    ~SettingsPage() override;

    [[nodiscard]] Preferences preferences() const { return m_preferences; }

signals:
    void sectionShown();                                     // section() has changed
    void preferencesChanged(const Preferences &preferences); // the user has changed a setting; all values are right
    void keyTestWanted();                                    // the key in use is to be tested
    void testWanted(const QString &key);                     // a new key is to be tested and, if it is valid, saved
    void saveWanted(const QString &key);                     // a new key is to be saved without a further test
    void sessionWanted(const QString &key);                  // a new key is to be used, but not saved
    void keyRemoveWanted();
    void retryKeychainWanted();
    void tokenWanted(const QString &name); // answered by setPreferences() and showToken()
    void portWanted(quint16 port);
    void connectionTestWanted(); // answered by setConnectionTest()
    void copyDiagnosticsWanted();
    void openLogsWanted();

public slots:
    // Shows the preferences. Emits nothing, and does not change what the user is typing.
    void setPreferences(const Preferences &preferences);
    void setKeyState(const KeyState &state);
    void setProxyState(const ProxyState &state);
    void setBusy(bool busy); // whether a key is being tested or saved
    void setKeyTest(const KeyTest &test);
    void setStoreProblem(const KeyState &problem);
    void setConnectionTest(const KeyTest &test);
    void showToken(const QString &name, const QString &token);
    void setTrayAvailable(bool available);
    // `name` is "key", "proxy", "access", "limits", "network", "privacy", "appearance" or "desktop".
    void showSection(const QString &name);
    [[nodiscard]] QString section() const; // the name of the section that is shown

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addSection(const QString &name, const QString &icon, SettingsSection *section);
    void fitList();

    Preferences m_preferences;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QList<SettingsSection *> m_sections; // children of the stack's scroll areas
    KeySection *m_key;
    ProxySection *m_proxy;
    AccessSection *m_access;
    NetworkSection *m_network;
    DesktopSection *m_desktop;
};
