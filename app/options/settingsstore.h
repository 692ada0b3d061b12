#pragma once

#include "ui/settings/preferences.h"

#include <QObject>
#include <QString>

#include <memory>

class QSettings;

// The desktop app's settings file: an INI file, written atomically. No secret is ever in it.
class SettingsStore
{
public:
    // `path`: the file; it need not exist.
    explicit SettingsStore(const QString &path);
    ~SettingsStore();

    // Where it is by the system's customs.
    [[nodiscard]] static QString standardPath();

    // What the file holds; the default where it holds nothing, or nothing sensible. A file that
    // cannot be read as settings is set aside first, see setAside().
    [[nodiscard]] Preferences load();
    // False if it could not be written.
    [[nodiscard]] bool save(const Preferences &preferences);

    // The name that a damaged file was given; "" = it was not damaged.
    [[nodiscard]] QString setAside() const { return m_setAside; }

    // Small things of the window: sizes, positions.
    [[nodiscard]] QByteArray state(const QString &name) const;
    void setState(const QString &name, const QByteArray &bytes);
    void sync(); // writes them now, not with the next turn of the event loop

private:
    void open();

    const QString m_path;
    QString m_setAside;
    std::unique_ptr<QSettings> m_settings;
};
