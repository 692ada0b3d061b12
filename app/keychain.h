#pragma once

#include "app/keystore.h"

#include <QHash>
#include <QPointer>
#include <QThread>

#include <chrono>

// The operating system's keychain, by QtKeychain: Secret Service or KWallet, macOS' Keychain,
// Windows' Credential Manager.
class Keychain : public KeyStore
{
    Q_OBJECT

public:
    // How long it may take, a password that somebody types included.
    explicit Keychain(std::chrono::milliseconds patience = std::chrono::minutes(2), QObject *parent = nullptr);
    ~Keychain() override;

    void read(QObject *context, const Done &done) override;
    void write(const Secret &key, QObject *context, const Done &done) override;
    void remove(QObject *context, const Done &done) override;

private:
    enum class Operation { Read, Write, Remove };
    struct Pending
    {
        QPointer<QObject> context;
        Done done;
    };

    void run(Operation operation, const Secret &key, QObject *context, const Done &done);
    void start(quint64 id, Operation operation, const Secret &key); // on m_thread
    void report(quint64 id, const KeyResult &result);               // from m_thread

    const std::chrono::milliseconds m_patience;
    // A service may be slow, and libsecret wants an event loop of GLib's: both are nothing for the
    // thread that serves. Started when it is first needed.
    QThread m_thread;
    QObject *m_worker = nullptr; // on m_thread
    QHash<quint64, Pending> m_pending;
    quint64 m_last = 0;
};

// Whether there is a keychain, and whether it is open: QtKeychain cannot tell a locked one from
// an empty one.
enum class KeychainState { Unknown, NoService, Locked, Open };
[[nodiscard]] KeychainState keychainState();
