#pragma once

#include "app/key/keyretry.h"
#include "app/options/options.h"

#include <QObject>

class ProxyServer;

// Reads the config file, the CA file and the key again while the server runs, and applies what can change without a
// restart. The flags and the environment still beat the config file. Running streams keep the settings that they began
// with. If anything in the new settings is wrong, everything stays as it was. If the keychain cannot say whether there
// is a key, the old one stays in use and the keychain is asked again until it can. Lives on the main thread; the server
// and the keychain outlive it.
class Reload : public QObject
{
    Q_OBJECT

public:
    // `options` is what the server was started with; `arguments` and `environment` are what parseOptions() was given.
    Reload(ProxyServer *server, const Options &options, QStringList arguments, QProcessEnvironment environment,
           KeyStore *keychain, QObject *parent = nullptr);

    // needsKey() says whether the options hold no key yet but need one. If so, readKey() is to be called once, at the
    // start: it asks the keychain and then emits keyAsked(). The outcome is then in options().
    [[nodiscard]] bool needsKey() const;
    void readKey();
    [[nodiscard]] const Options &options() const { return m_current; }

    // Starts a reload, which emits done() when it has ended, after the keychain's answer if it needs one. If a reload
    // is running already, another one follows it.
    void start();

signals:
    // Emitted when the server has begun to use these options.
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
