#pragma once

#include "app/key/keystore.h"
#include "ui/chat/base/workerthread.h"

#include <QHash>
#include <QPointer>

#include <chrono>
#include <functional>

class QTimer;

// The operating system's keychain, which is used by way of QtKeychain: the Secret Service or KWallet, the Keychain of
// macOS, or the Credential Manager of Windows.
class Keychain : public KeyStore
{
    Q_OBJECT

public:
    // `patience` is how long the keychain may take to answer; a user who is asked for a password has longer.
    explicit Keychain(std::chrono::milliseconds patience = std::chrono::seconds(5), QObject *parent = nullptr);
    ~Keychain() override;

    void read(QObject *context, const Done &done) override;
    void readQuietly(QObject *context, const Done &done) override;
    void write(const Secret &key, QObject *context, const Done &done) override;
    void remove(QObject *context, const Done &done) override;

private:
    enum class Operation { Read, ReadQuietly, Write, Remove };
    struct Pending
    {
        QPointer<QObject> context;
        Done done;
        QTimer *timer = nullptr; // a child of the Keychain
        bool asksTheUser = false;
    };

    void run(Operation operation, const Secret &key, QObject *context, const Done &done);
    void end(quint64 id, const KeyResult &result);
    void waitForTheUser(quint64 id);
    // These three run on the library's thread; report() passes the result on to this object's thread.
    void start(quint64 id, Operation operation, const Secret &key);
    void startJob(quint64 id, Operation operation, const Secret &key);
    void report(quint64 id, const KeyResult &result);

    const std::chrono::milliseconds m_patience;
    // The thread on which QtKeychain is used. libsecret needs a GLib event loop, and KWallet may block, which must not
    // hold up the thread that serves. The thread is started when it is first needed.
    WorkerThread<QObject> m_library;
    QHash<quint64, Pending> m_pending;
    quint64 m_last = 0;
};

// Whether there is a keychain, and whether it is open. This has to be found out without QtKeychain, which cannot tell a
// locked keychain from an empty one, and waits for ever for one that does not answer.
enum class KeychainState {
    Unknown, // the state shows only when the keychain is used
    NoService,
    Silent, // the keychain does not answer
    Locked,
    Empty, // nothing was ever stored: a keychain has to be made first, for which the user is asked for a password
    Open,
};
// Finds out the keychain's state and then calls `done` once, unless `context` is gone by then. `context` must live on
// the calling thread, which needs an event loop.
void askKeychainState(QObject *context, const std::function<void(KeychainState)> &done);

// Prepares the keychain's library for one use. Call this before each use, on the thread that uses the keychain.
void prepareKeychain();
