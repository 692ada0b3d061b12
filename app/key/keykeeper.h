#pragma once

#include "app/key/keyretry.h"
#include "app/key/keytester.h"
#include "app/options/options.h"
#include "ui/state.h"

#include <QObject>

// Holds the key that the desktop app uses, knows where it comes from, and does what the user wants with it: test it,
// store it in the keychain, use it for this session only, or remove it. Lives on the main thread.
class KeyKeeper : public QObject
{
    Q_OBJECT

public:
    // `store` outlives this.
    explicit KeyKeeper(KeyStore &store, QObject *parent = nullptr);

    // Uses the demo if the options ask for it, or else the environment's key, or else asks the keychain for a key.
    void begin(const Options &options);

    [[nodiscard]] const Secret &key() const { return m_key; }
    [[nodiscard]] const KeyState &state() const { return m_state; }

    // Sets where keys are tested and how to connect there.
    void setWay(const ProxySettings &settings) { m_way = settings; }

    // Tests the key, given as it was pasted, and puts a valid one into the keychain. Emits tested(), and then kept() or
    // keepFailed() if the key was valid.
    void testAndKeep(const QString &pasted);
    // Puts the key into the keychain without a test. Emits kept() or keepFailed(), or nothing if this cannot be a key.
    void keep(const QString &pasted);
    void useForSession(const QString &pasted);
    void useDemo();
    // Asks the keychain once more after it could not say whether it holds a key. It may ask the user for a password.
    void lookAgain();
    void test();   // tests the key in use
    void remove(); // removes the key from the keychain

signals:
    void stateChanged(const KeyState &state); // the key may have changed, too
    void busyChanged(bool busy);
    void tested(const KeyTest &result);
    void kept();                          // the key is in the keychain
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
    Secret m_tried;       // the key that is being tested; it is stored if it is valid
    Secret m_environment; // the environment's key, which beats the keychain's
    QString m_variable;   // the name of the environment variable that holds m_environment
    bool m_busy = false;
};
