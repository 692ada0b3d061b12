#pragma once

#include "ui/settings/preferences.h"

#include <QObject>
#include <QString>

#include <memory>

class QSettings;

// The desktop app's settings file: an INI file that is written atomically. The app never writes a secret into it.
class SettingsStore
{
public:
    // `path` names the file, which need not exist. A file that cannot be read as settings is renamed, see setAside().
    explicit SettingsStore(const QString &path);
    ~SettingsStore();

    // The path of the file where the system's conventions put it.
    [[nodiscard]] static QString standardPath();

    // Returns what the file holds, with the default for each value that is missing or makes no sense.
    [[nodiscard]] Preferences load();
    // Returns false if the file could not be written.
    [[nodiscard]] bool save(const Preferences &preferences);

    // The new path of a damaged file; "" = the file was not damaged.
    [[nodiscard]] QString setAside() const { return m_setAside; }

    // Reads and stores the state of the window and its pages, such as sizes and positions, by a name for each part.
    [[nodiscard]] QByteArray state(const QString &name) const;
    void setState(const QString &name, const QByteArray &bytes);
    void sync(); // writes the file now, not with the next turn of the event loop

private:
    void open();

    const QString m_path;
    QString m_setAside;
    std::unique_ptr<QSettings> m_settings;
};
