#include "app/system/keychain.h"

// The keychain of Windows never asks the user for anything, so it counts as open. The keychain of macOS shows its state
// only when it is used.
void askKeychainState(QObject *context, const std::function<void(KeychainState)> &done)
{
#ifdef Q_OS_WIN
    constexpr auto state = KeychainState::Open;
#else
    constexpr auto state = KeychainState::Unknown;
#endif
    QMetaObject::invokeMethod(
            context, [done] { done(state); }, Qt::QueuedConnection);
}

void prepareKeychain() {}
