#pragma once

#include "ui/settings/settingssection.h"

class ChoiceField;
class QCheckBox;

// How the app behaves among others on the desktop.
class DesktopSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit DesktopSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;
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
