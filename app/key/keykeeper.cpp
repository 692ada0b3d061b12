#include "app/key/keykeeper.h"

#include <utility>

namespace {

KeyState stateOf(const KeyResult &result)
{
    switch (result.error) {
    case KeyResult::Error::None:
        return {KeyState::Kind::Keychain, {}};
    case KeyResult::Error::NotFound:
        return {KeyState::Kind::None, {}};
    case KeyResult::Error::Locked:
        return {KeyState::Kind::Locked, {}};
    case KeyResult::Error::NoKeychain:
        return {KeyState::Kind::NoKeychain, {}};
    case KeyResult::Error::TimedOut:
    case KeyResult::Error::Other:
        break;
    }
    return {KeyState::Kind::Failing, result.detail};
}

Secret secretOf(const QString &pasted)
{
    return Secret(cleanKey(pasted.toUtf8()));
}

} // namespace

KeyKeeper::KeyKeeper(KeyStore &store, QObject *parent) : QObject(parent), m_store(store), m_retry(store)
{
    connect(&m_retry, &KeyRetry::answered, this, [this](const KeyResult &result) {
        const KeyState state = stateOf(result);
        if (result.isSure())
            useKey(result.key, state.kind);
        else if (result.error != KeyResult::Error::Other && state != m_state) // an unspecified error tells nothing new
            setState(state);
    });
    connect(&m_tester, &KeyTester::tested, this, [this](const KeyTest &result) {
        const Secret tried = std::exchange(m_tried, {});
        const bool keep = result.result == KeyTest::Result::Valid && !tried.isEmpty();
        if (!keep)
            setBusy(false);
        emit tested(result);
        if (keep)
            write(tried);
    });
}

void KeyKeeper::begin(const Options &options)
{
    m_environment = options.proxy.key;
    m_variable = options.keyVariable;
    if (options.demo)
        useDemo();
    else if (!m_environment.isEmpty())
        useKey(m_environment, KeyState::Kind::Environment, m_variable);
    else
        read();
}

void KeyKeeper::read()
{
    useKey({}, KeyState::Kind::Reading);
    m_store.read(this, [this](const KeyResult &result) {
        if (m_state.kind != KeyState::Kind::Reading)
            return; // the user has chosen a key meanwhile
        const KeyState state = stateOf(result);
        useKey(result.key, state.kind, state.detail);
        if (!result.isSure())
            m_retry.start();
    });
}

void KeyKeeper::testAndKeep(const QString &pasted)
{
    m_tried = secretOf(pasted);
    if (m_tried.isEmpty()) {
        emit tested({KeyTest::Result::NotValid, {}, 0});
        return;
    }
    setBusy(true);
    m_tester.test(m_tried, m_way);
}

void KeyKeeper::keep(const QString &pasted)
{
    if (const Secret key = secretOf(pasted); !key.isEmpty())
        write(key);
}

void KeyKeeper::write(const Secret &key)
{
    setBusy(true);
    m_store.write(key, this, [this, key](const KeyResult &result) {
        setBusy(false);
        const KeyState state = stateOf(result);
        if (state.kind != KeyState::Kind::Keychain) {
            emit keepFailed(state);
            return;
        }
        emit kept();
        if (m_environment.isEmpty())
            useKey(key, KeyState::Kind::Keychain);
        else // the environment's key still beats the keychain's, and the window says so
            useKey(m_environment, KeyState::Kind::Environment, m_variable);
    });
}

void KeyKeeper::useForSession(const QString &pasted)
{
    if (const Secret key = secretOf(pasted); !key.isEmpty())
        useKey(key, KeyState::Kind::Session);
}

void KeyKeeper::useDemo()
{
    useKey({}, KeyState::Kind::Demo);
}

void KeyKeeper::lookAgain()
{
    read();
}

void KeyKeeper::test()
{
    m_tried = {};
    setBusy(true);
    m_tester.test(m_key, m_way);
}

void KeyKeeper::remove()
{
    setBusy(true);
    m_store.remove(this, [this](const KeyResult &result) {
        setBusy(false);
        if (result.error == KeyResult::Error::None || result.error == KeyResult::Error::NotFound) {
            if (m_state.kind == KeyState::Kind::Keychain)
                useKey({}, KeyState::Kind::None);
            return;
        }
        emit keepFailed(stateOf(result));
    });
}

void KeyKeeper::useKey(const Secret &key, KeyState::Kind kind, const QString &detail)
{
    m_retry.stop();
    m_key = key;
    setState({kind, detail});
}

void KeyKeeper::setState(const KeyState &state)
{
    m_state = state;
    emit stateChanged(m_state);
}

void KeyKeeper::setBusy(bool busy)
{
    if (std::exchange(m_busy, busy) != busy)
        emit busyChanged(busy);
}
