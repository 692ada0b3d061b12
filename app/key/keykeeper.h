#pragma once

#include "app/key/keyretry.h"
#include "app/key/keytester.h"
#include "app/options/options.h"
#include "ui/state.h"

#include <QObject>

// The key that the desktop app uses, where it comes from, and what the user does with it: enter,
// test, keep, use for this session only, remove. Lives on the main thread.
class KeyKeeper : public QObject
{
    Q_OBJECT

public:
    // `store` outlives this.
    explicit KeyKeeper(KeyStore &store, QObject *parent = nullptr);

    // Uses the key that the command line or the environment gives, or else asks the keychain for one.
    void begin(const Options &options);

    [[nodiscard]] const Secret &key() const { return m_key; }
    [[nodiscard]] const KeyState &state() const { return m_state; }

    // Says where keys are tested and how to connect there.
    void setWay(const ProxySettings &settings) { m_way = settings; }

    // Tests the key, given as it was pasted, and puts a valid one into the keychain. Emits tested(), and then kept() or
    // keepFailed() if the key was valid.
    void testAndKeep(const QString &pasted);
    // Puts the key into the keychain without a test.
    void keep(const QString &pasted);
    void useForSession(const QString &pasted);
    void useDemo();
    // Asks the keychain once more after it could not say whether it holds a key. It may ask the user for a password.
    void lookAgain();
    void test();   // tests the key in use
    void remove(); // out of the keychain

signals:
    void stateChanged(const KeyState &state); // the key may have changed, too
    void busyChanged(bool busy);
    void tested(const KeyTest &result);
    void kept();                          // in the keychain
    void keepFailed(const KeyState &why); // Locked, NoKeychain or Failing

private:
    void read();
    void write(const Secret &key);
    void useKey(const Secret &key, KeyState::Kind kind, const QString &detail = {});
    void setState(const KeyState &state);
    void setBusy(bool busy);

    KeyStore &m_store;
    KeyRetry m_retry; // runs while it is not known whether there is a key
    KeyTester m_tester;
    ProxySettings m_way;
    Secret m_key;
    KeyState m_state;
    Secret m_tried;       // being tested, to be kept if it is valid
    Secret m_environment; // beats the keychain
    QString m_variable;   // the environment variable that holds it
    bool m_busy = false;
};
