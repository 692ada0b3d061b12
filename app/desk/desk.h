#pragma once

#include "app/desk/proxyhost.h"
#include "app/key/keykeeper.h"
#include "app/options/options.h"
#include "ui/settings/preferences.h"
#include "ui/state.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

class SettingsStore;
class UsageStore;

// The desktop app without its window: the preferences, the key, and the proxy, which follows both. Lives on the main
// thread.
class Desk : public QObject
{
    Q_OBJECT

public:
    // The stores outlive this. If `usage` is null, no usage is recorded. `options` come from the command line and the
    // environment, and beat the settings file for as long as the program runs.
    Desk(KeyStore &keys, SettingsStore &settings, UsageStore *usage, Options options, QObject *parent = nullptr);

    // Asks the keychain for the key if need be, then starts the proxy. If the keychain does not answer within a second,
    // the proxy starts without a key.
    void begin();

    [[nodiscard]] const Preferences &preferences() const { return m_shown; }
    // Saves the preferences and applies them at once.
    void setPreferences(const Preferences &wanted);
    void setProxyOn(bool on); // also saves this as a preference

    [[nodiscard]] const ProxyState &proxyState() const { return m_state; }
    // How many answers stream at this moment. proxyState() learns of a change a little later.
    [[nodiscard]] int openStreams() const { return m_host.openStreams(); }
    [[nodiscard]] KeyKeeper &keys() { return m_keys; }
    [[nodiscard]] UsageStore *usage() { return m_usage; }
    // The address at which this program's own client reaches the proxy, empty while nothing listens, and the token that
    // identifies the client there. The address may change with each proxyStateChanged().
    [[nodiscard]] QUrl localUrl() const { return m_localUrl; }
    [[nodiscard]] const QByteArray &ownToken() const { return m_ownToken; }
    [[nodiscard]] QString setAside() const; // the new path of a damaged settings file; "" = it was not damaged

    // Makes a token for a client and keeps only its hash, so the returned text cannot be shown again. Returns "" if the
    // name is empty or taken.
    [[nodiscard]] QString makeToken(const QString &name);
    void testConnection();
    void stopRequest(quint64 number);
    // Applies the port, the model and the demo if a second start of the program asks for them.
    void take(const Options &later);

    // Stops the proxy, but lets running answers go on for `patience`. Emits stopped() when it has stopped. May be
    // called again with less patience.
    void shutDown(std::chrono::milliseconds patience);
    // Undoes shutDown(): the proxy listens again, and answers that still run go on. stopped() may be emitted even so,
    // if it was already on its way from the proxy's thread.
    void callOffShutDown();

signals:
    void preferencesChanged(const Preferences &preferences);
    void proxyStateChanged(const ProxyState &state);
    void listening(const QHostAddress &address, quint16 port); // each time it begins to listen
    void news(const RequestNews &news);
    void connectionTested(const KeyTest &result);
    // A setting in this section of the SettingsPage cannot be used. An empty text says that all settings can be used.
    void problem(const QString &text, const QString &section);
    void cannotSave();
    void stopped();

private:
    void follow();
    void setState(const ProxyState &state);
    void onNews(const RequestNews &news);
    void onListening(const QHostAddress &address, quint16 port);
    void onFailed(bool portTaken, const QString &message, quint16 freePort);

    SettingsStore &m_settings;
    UsageStore *const m_usage;
    Options m_options;
    Preferences m_stored; // what the settings file holds
    Preferences m_shown;  // what is in effect now
    KeyKeeper m_keys;
    KeyTester m_connection;
    ProxyHost m_host;
    ProxyState m_state;
    const QByteArray m_ownToken; // made anew at each start; never shown or saved
    QUrl m_localUrl;
    QTimer m_patience; // limits how long the start waits for the keychain
    QTimer m_names;    // looks up this machine's names again, as they change with its networks
    QList<QByteArray> m_knownNames;
    QString m_lastProblem;
    bool m_began = false;
};
