#include "tests/support/accessibletree.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusReply>

using namespace Qt::StringLiterals;

namespace {

struct Reference
{
    QString service;
    QDBusObjectPath path;
};

QDBusArgument &operator<<(QDBusArgument &argument, const Reference &reference)
{
    argument.beginStructure();
    argument << reference.service << reference.path;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, Reference &reference)
{
    argument.beginStructure();
    argument >> reference.service >> reference.path;
    argument.endStructure();
    return argument;
}

constexpr auto accessible = "org.a11y.atspi.Accessible"_L1;

QDBusMessage call(const QDBusConnection &bus, const QString &service, const QString &path, const QString &interface,
                  const QString &method, const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
    message.setArguments(arguments);
    return bus.call(message, QDBus::Block, 5'000);
}

} // namespace

AccessibleObject::AccessibleObject(QDBusConnection bus, QString service, QString path)
    : m_bus(std::move(bus)), m_service(std::move(service)), m_path(std::move(path))
{
    qDBusRegisterMetaType<Reference>();
    qDBusRegisterMetaType<QList<Reference>>();
}

QVariant AccessibleObject::property(const char *name) const
{
    const QDBusReply<QDBusVariant> reply = call(m_bus, m_service, m_path, u"org.freedesktop.DBus.Properties"_s,
                                                u"Get"_s, {QString(accessible), QString::fromLatin1(name)});
    return reply.isValid() ? reply.value().variant() : QVariant();
}

QString AccessibleObject::name() const
{
    return property("Name").toString();
}

QString AccessibleObject::description() const
{
    return property("Description").toString();
}

QString AccessibleObject::role() const
{
    const QDBusReply<QString> reply = call(m_bus, m_service, m_path, accessible, u"GetRoleName"_s);
    return reply.isValid() ? reply.value() : QString();
}

QString AccessibleObject::text() const
{
    const QDBusReply<QString> reply = call(m_bus, m_service, m_path, u"org.a11y.atspi.Text"_s, u"GetText"_s, {0, -1});
    return reply.isValid() ? reply.value() : QString();
}

bool AccessibleObject::isShowing() const
{
    constexpr int showing = 25; // ATSPI_STATE_SHOWING
    const QDBusReply<QList<uint>> reply = call(m_bus, m_service, m_path, accessible, u"GetState"_s);
    return reply.isValid() && !reply.value().isEmpty() && (reply.value().constFirst() & (1U << showing)) != 0;
}

QList<AccessibleObject> AccessibleObject::children() const
{
    QList<AccessibleObject> result;
    const QDBusReply<QList<Reference>> reply = call(m_bus, m_service, m_path, accessible, u"GetChildren"_s);
    if (!reply.isValid())
        return result;
    for (const Reference &child : reply.value())
        result.append(AccessibleObject(m_bus, child.service, child.path.path()));
    return result;
}

bool AccessibleObject::act() const
{
    const QDBusReply<bool> reply = call(m_bus, m_service, m_path, u"org.a11y.atspi.Action"_s, u"DoAction"_s, {0});
    return reply.isValid() && reply.value();
}

std::optional<AccessibleObject> AccessibleObject::find(const Test &test) const
{
    if (test(*this))
        return *this;
    const QList<AccessibleObject> all = children();
    for (const AccessibleObject &child : all) {
        if (!child.isShowing())
            continue;
        if (const auto found = child.find(test))
            return found;
    }
    return {};
}

std::optional<AccessibleObject> AccessibleObject::find(const QString &role, const QString &namePart) const
{
    return find(
            [&](const AccessibleObject &object) { return object.name().contains(namePart) && object.role() == role; });
}

QString AccessibleObject::dump(int depth) const
{
    QString result = QString(depth * 2, u' ') + role() + u" \""_s + name() + u"\" "_s + text().left(80) + u'\n';
    const QList<AccessibleObject> all = children();
    for (const AccessibleObject &child : all) {
        if (depth < 20 && child.isShowing())
            result += child.dump(depth + 1);
    }
    return result;
}

std::optional<AccessibleObject> accessibleProgram(const QString &name)
{
    const QDBusReply<QString> address = call(QDBusConnection::sessionBus(), u"org.a11y.Bus"_s, u"/org/a11y/bus"_s,
                                             u"org.a11y.Bus"_s, u"GetAddress"_s);
    if (!address.isValid())
        return {};
    const QDBusConnection bus = QDBusConnection::connectToBus(address.value(), u"accessibility"_s);
    const AccessibleObject root(bus, u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/accessible/root"_s);
    const QList<AccessibleObject> programs = root.children();
    for (const AccessibleObject &program : programs) {
        if (program.name() == name)
            return program;
    }
    return {};
}
