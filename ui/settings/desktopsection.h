#pragma once

#include "ui/settings/settingssection.h"

class ChoiceField;
class QCheckBox;

// The settings for how the app fits into the desktop: tray, login, notifications, and closing the window.
class DesktopSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit DesktopSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;
    // Sets whether the desktop has a tray. If not, the tray icon cannot be turned on.
    void setTrayAvailable(bool available);

signals:
    void copyDiagnosticsWanted();
    void openLogsWanted();

private:
    QCheckBox *m_tray;
    QCheckBox *m_login;
    QCheckBox *m_notify;
    ChoiceField *m_closing;
};
