#pragma once

#include <QDBusConnection>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

// An accessible object of a running program, as a screen reader sees it over AT-SPI's D-Bus interfaces
// (https://gitlab.gnome.org/GNOME/at-spi2-core, xml/). This is only a handle: if the object is gone, everything is
// empty or false.
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

    // Does the object's first action, such as to press or toggle it, as the user of a screen reader can. Returns false
    // if it has none.
    [[nodiscard]] bool act() const;

    using Test = std::function<bool(const AccessibleObject &)>;
    // Returns the first object, depth first, that passes the test: this one or one below it. Objects that are not
    // showing are left out, with all below them.
    [[nodiscard]] std::optional<AccessibleObject> find(const Test &test) const;
    [[nodiscard]] std::optional<AccessibleObject> find(const QString &role, const QString &namePart) const;

    // Returns this object and those below it that are showing, one per line, for the message of a failing test.
    [[nodiscard]] QString dump(int depth = 0) const;

private:
    [[nodiscard]] QVariant property(const char *name) const;

    QDBusConnection m_bus;
    QString m_service;
    QString m_path;
};

// Returns the running program of that name on the session's accessibility bus; nothing if it is not there (yet).
[[nodiscard]] std::optional<AccessibleObject> accessibleProgram(const QString &name);
