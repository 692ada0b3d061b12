#pragma once

#include <QDBusConnection>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

// What a screen reader knows of a running program: its accessible objects, over AT-SPI's D-Bus
// interfaces (https://gitlab.gnome.org/GNOME/at-spi2-core, xml/). A handle; the object may be gone.
class AccessibleObject
{
public:
    AccessibleObject(QDBusConnection bus, QString service, QString path);

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] QString role() const; // "push button", "table cell", ...
    [[nodiscard]] QString text() const; // of an object that holds text
    [[nodiscard]] bool isShowing() const;
    [[nodiscard]] QList<AccessibleObject> children() const;

    // Does what a screen reader's user does: presses it, toggles it. False if it offers no such action.
    [[nodiscard]] bool act() const;

    using Test = std::function<bool(const AccessibleObject &)>;
    // The first object that passes, this one or one below it, depth first. Looks only among those that are showing.
    [[nodiscard]] std::optional<AccessibleObject> find(const Test &test) const;
    [[nodiscard]] std::optional<AccessibleObject> find(const QString &role, const QString &namePart) const;

    // Everything below, a line each: for a failing test's message.
    [[nodiscard]] QString dump(int depth = 0) const;

private:
    [[nodiscard]] QVariant property(const char *name) const;

    QDBusConnection m_bus;
    QString m_service;
    QString m_path;
};

// The running program of that name on the session's accessibility bus; nothing while it is not there.
[[nodiscard]] std::optional<AccessibleObject> accessibleProgram(const QString &name);
