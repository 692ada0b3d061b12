#pragma once

#include "app/options.h"

#include <QObject>

class KeyStore;
class ProxyServer;
struct KeyResult;

// Reads flags, environment, config file and key again while the server goes on, and gives it what
// can change. Streams end as they began; what is wrong leaves everything as it was. Lives on the
// main thread; the server and the keychain outlive it.
class Reload : public QObject
{
    Q_OBJECT

public:
    // `options`: what the server was started with; `arguments`: those that parseOptions() got.
    Reload(ProxyServer *server, const Options &options, QStringList arguments, KeyStore *keychain,
           QObject *parent = nullptr);

    // Ends in done(), not before the keychain has answered. While one runs, one more is remembered.
    void start();

signals:
    // The server has these now.
    void applied(const Options &options);
    void done();

private:
    void onKey(Options options, const KeyResult &result);
    void apply(Options options);
    void finish();

    ProxyServer *const m_server;
    Options m_current;
    const QStringList m_arguments;
    KeyStore *const m_keychain;
    bool m_running = false;
    bool m_again = false;
};
