#pragma once

#include "app/key/keyretry.h"
#include "app/options/options.h"

#include <QObject>

class ProxyServer;

// Reads flags, environment, config file and key again while the server runs, and applies what can change without a
// restart. Running streams keep the settings that they began with. If anything in the new settings is wrong, everything
// stays as it was. If the keychain cannot say whether there is a key, the old one stays in use and the keychain is
// asked again until it can. Lives on the main thread; the server and the keychain outlive it.
class Reload : public QObject
{
    Q_OBJECT

public:
    // `options` is what the server was started with; `arguments` and `environment` are what parseOptions() was given.
    Reload(ProxyServer *server, const Options &options, QStringList arguments, QProcessEnvironment environment,
           KeyStore *keychain, QObject *parent = nullptr);

    // readKey() asks the keychain for the first time; it is meant for when needsKey() is true. The outcome is in
    // options() once keyAsked() is emitted.
    [[nodiscard]] bool needsKey() const;
    void readKey();
    [[nodiscard]] const Options &options() const { return m_current; }

    // Starts a reload. It ends in done(), which waits for the keychain's answer. If one is running already, another
    // follows it.
    void start();

signals:
    // The server uses these options from now on.
    void applied(const Options &options);
    void done();
    void keyAsked();

private:
    void onFirstKey(const KeyResult &result);
    void onKey(Options options, const KeyResult &result);
    void onRetry(const KeyResult &result);
    void useKey(const Secret &key);
    void apply(Options options);
    void finish();

    ProxyServer *const m_server;
    Options m_current;
    const QStringList m_arguments;
    const QProcessEnvironment m_environment;
    KeyStore *const m_keychain;
    KeyRetry m_retry;
    bool m_running = false;
    bool m_again = false;
};
