#pragma once

#include "app/key/keyretry.h"
#include "app/options/options.h"

#include <QObject>

class ProxyServer;

// Reads flags, environment, config file and key again while the server goes on, and gives it what
// can change. Streams end as they began; what is wrong leaves everything as it was. A keychain that
// cannot say whether there is a key leaves the key as it was, too, and is asked again by itself.
// Lives on the main thread; the server and the keychain outlive it.
class Reload : public QObject
{
    Q_OBJECT

public:
    // `options`: what the server was started with; `arguments` and `environment`: those that
    // parseOptions() got.
    Reload(ProxyServer *server, const Options &options, QStringList arguments, QProcessEnvironment environment,
           KeyStore *keychain, QObject *parent = nullptr);

    // Asks the keychain for the first time, if a key is needed and none is there. What comes of it
    // is in options() at keyAsked().
    [[nodiscard]] bool needsKey() const;
    void readKey();
    [[nodiscard]] const Options &options() const { return m_current; }

    // Ends in done(), not before the keychain has answered. While one runs, one more is remembered.
    void start();

signals:
    // The server has these now.
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
