#include "app/keychain.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

// The freedesktop Secret Service (https://specifications.freedesktop.org/secret-service). KWallet
// offers it too; where only KWallet's own interface is there, nothing is known.
KeychainState keychainState()
{
    constexpr int patience = 3'000; // ms
    const auto service = u"org.freedesktop.secrets"_s;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return KeychainState::NoService;
    QDBusMessage ask = QDBusMessage::createMethodCall(service, u"/org/freedesktop/secrets"_s,
                                                      u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
    ask << u"default"_s;
    const QDBusReply<QDBusObjectPath> collection = bus.call(ask, QDBus::Block, patience);
    if (!collection.isValid()) {
        const bool wallet = bus.interface()->isServiceRegistered(u"org.kde.kwalletd6"_s)
                || bus.interface()->isServiceRegistered(u"org.kde.kwalletd5"_s);
        return wallet ? KeychainState::Unknown : KeychainState::NoService;
    }
    if (collection.value().path() == "/"_L1)
        return KeychainState::Open; // nothing was ever stored: it will be made
    QDBusMessage get = QDBusMessage::createMethodCall(service, collection.value().path(),
                                                      u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    get << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    const QDBusReply<QDBusVariant> locked = bus.call(get, QDBus::Block, patience);
    if (!locked.isValid())
        return KeychainState::Unknown;
    return locked.value().variant().toBool() ? KeychainState::Locked : KeychainState::Open;
}
