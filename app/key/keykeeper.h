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

    // What the command line and the environment give; else the keychain is asked.
    void begin(const Options &options);

    [[nodiscard]] const Secret &key() const { return m_key; }
    [[nodiscard]] const KeyState &state() const { return m_state; }

    // Where keys are tested, and how one gets there.
    void setWay(const ProxySettings &settings) { m_way = settings; }

    // The key as it was pasted. Tests it; a valid one goes into the keychain. Says tested(), and
    // then what came of keeping it.
    void testAndKeep(const QString &pasted);
    // Into the keychain without a test.
    void keep(const QString &pasted);
    void useForSession(const QString &pasted);
    void useDemo();
    // Asks the keychain once more, where it could not say whether there is a key; its user may be asked.
    void lookAgain();
    void test();   // the key in use
    void remove(); // out of the keychain

signals:
    void stateChanged(const KeyState &state); // the key may be another one
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
    KeyRetry m_retry; // while it is not known whether there is a key
    KeyTester m_tester;
    ProxySettings m_way;
    Secret m_key;
    KeyState m_state;
    Secret m_tried;       // being tested, to be kept if it is valid
    Secret m_environment; // beats the keychain
    QString m_variable;   // which holds it
    bool m_busy = false;
};
