#include "app/system/notification.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>

using namespace Qt::StringLiterals;

// Calls the service of the Desktop Notifications Specification, without waiting for its answer.
void showNotification(const QString &title, const QString &text)
{
    QDBusMessage message =
            QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                           u"org.freedesktop.Notifications"_s, u"Notify"_s);
    constexpr int systemsOwnTime = -1;
    message << u"Gemini Desk"_s << uint(0) << u"gemini-desk"_s << title << text.toHtmlEscaped() << QStringList()
            << QVariantMap{{u"desktop-entry"_s, u"gemini-desk"_s}} << systemsOwnTime;
    QDBusConnection::sessionBus().asyncCall(message);
}
