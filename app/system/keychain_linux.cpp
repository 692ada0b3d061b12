#include "app/system/keychain.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QLibrary>

#include <atomic>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 2'000; // in ms; two calls in a row still fit into the time that Keychain waits
const auto secrets = u"org.freedesktop.secrets"_s;

// A connection to the session bus for one question only, as Qt's shared connection stays dead after the bus was
// restarted.
class Bus
{
public:
    Bus() : m_name(newName()), m_connection(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name)) {}
    ~Bus() { QDBusConnection::disconnectFromBus(m_name); }
    Bus(const Bus &) = delete;
    Bus &operator=(const Bus &) = delete;

    [[nodiscard]] QDBusConnection &connection() { return m_connection; }

private:
    static QString newName()
    {
        static std::atomic<int> last = 0; // the names of QDBusConnection are shared by the whole process
        return u"keychain-%1"_s.arg(++last);
    }

    const QString m_name;
    QDBusConnection m_connection;
};

// Finds out the state of the keychain by one D-Bus call after the other.
class Question : public std::enable_shared_from_this<Question>
{
public:
    Question(QObject *context, std::function<void(KeychainState)> done) : m_context(context), m_done(std::move(done)) {}

    void ask()
    {
        if (!m_bus.connection().isConnected()) {
            QMetaObject::invokeMethod(
                    m_context, [self = shared_from_this()] { self->m_done(KeychainState::NoService); },
                    Qt::QueuedConnection);
            return;
        }
        // Asks the freedesktop Secret Service (https://specifications.freedesktop.org/secret-service). KWallet offers
        // that interface, too. If there is only KWallet's own interface, the state is unknown.
        QDBusMessage alias = QDBusMessage::createMethodCall(secrets, u"/org/freedesktop/secrets"_s,
                                                            u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
        alias << u"default"_s;
        call(alias, [this](const QDBusMessage &reply) {
            const auto path = reply.arguments().value(0).value<QDBusObjectPath>().path();
            if (reply.type() == QDBusMessage::ErrorMessage || path.isEmpty())
                failed(reply);
            else if (path == "/"_L1)
                m_done(KeychainState::Empty);
            else
                askWhetherLocked(path);
        });
    }

private:
    void askWhetherLocked(const QString &collection)
    {
        QDBusMessage get =
                QDBusMessage::createMethodCall(secrets, collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        get << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
        call(get, [this](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ErrorMessage) // there is a keychain, but it does not say if it is locked
                return m_done(isSilence(reply) ? KeychainState::Silent : KeychainState::Unknown);
            const bool locked = reply.arguments().value(0).value<QDBusVariant>().variant().toBool();
            m_done(locked ? KeychainState::Locked : KeychainState::Open);
        });
    }

    void failed(const QDBusMessage &reply)
    {
        if (isSilence(reply))
            m_done(KeychainState::Silent);
        else
            askWallet({u"org.kde.kwalletd6"_s, u"org.kde.kwalletd5"_s});
    }

    void askWallet(QStringList services)
    {
        if (services.isEmpty())
            return m_done(KeychainState::NoService);
        QDBusMessage ping =
                QDBusMessage::createMethodCall(services.takeFirst(), u"/"_s, u"org.freedesktop.DBus.Peer"_s, u"Ping"_s);
        ping.setAutoStartService(false);
        call(ping, [this, services](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ReplyMessage)
                m_done(KeychainState::Unknown);
            else if (isSilence(reply))
                m_done(KeychainState::Silent);
            else
                askWallet(services);
        });
    }

    static bool isSilence(const QDBusMessage &reply)
    {
        const QString name = reply.errorName();
        return name == "org.freedesktop.DBus.Error.NoReply"_L1 || name == "org.freedesktop.DBus.Error.Timeout"_L1
                || name == "org.freedesktop.DBus.Error.TimedOut"_L1;
    }

    void call(const QDBusMessage &message, const std::function<void(const QDBusMessage &)> &answered)
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.connection().asyncCall(message, patience), m_context);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                         [self = shared_from_this(), watcher, answered] {
                             watcher->deleteLater();
                             answered(watcher->reply());
                         });
    }

    QObject *const m_context;
    const std::function<void(KeychainState)> m_done;
    Bus m_bus;
};

} // namespace

void askKeychainState(QObject *context, const std::function<void(KeychainState)> &done)
{
    std::make_shared<Question>(context, done)->ask();
}

// libsecret keeps its session with the service even after the service was restarted, so this tells it to forget the
// session. GLib ends the program when the session bus ends, unless that is switched off on GLib's shared connection;
// this function holds a reference to that connection, so that it lasts. The functions are looked up at run time, as
// QtKeychain does with libsecret, so no headers are needed.
void prepareKeychain()
{
    using Disconnect = void (*)();
    using GetBus = void *(*)(int type, void *cancellable, void **error);
    using SetExitOnClose = void (*)(void *connection, int exitOnClose);
    using Unref = void (*)(void *object);
    constexpr int sessionBus = 2; // G_BUS_TYPE_SESSION
    static const auto disconnectService =
            reinterpret_cast<Disconnect>(QLibrary::resolve(u"secret-1"_s, 0, "secret_service_disconnect"));
    static const auto getBus = reinterpret_cast<GetBus>(QLibrary::resolve(u"gio-2.0"_s, 0, "g_bus_get_sync"));
    static const auto setExitOnClose =
            reinterpret_cast<SetExitOnClose>(QLibrary::resolve(u"gio-2.0"_s, 0, "g_dbus_connection_set_exit_on_close"));
    static const auto unref = reinterpret_cast<Unref>(QLibrary::resolve(u"gobject-2.0"_s, 0, "g_object_unref"));
    if (disconnectService)
        disconnectService();
    if (!getBus || !setExitOnClose || !unref)
        return;
    static void *held = nullptr; // only the keychain's thread uses it
    if (held)
        unref(held); // libsecret holds no reference any more, so a closed connection is freed here and made anew below
    held = getBus(sessionBus, nullptr, nullptr);
    if (held)
        setExitOnClose(held, 0);
}
