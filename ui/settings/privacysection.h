#pragma once

#include "ui/settings/settingssection.h"

class QCheckBox;

// The settings for what the app keeps of requests.
class PrivacySection : public SettingsSection
{
    Q_OBJECT

public:
    explicit PrivacySection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;

private:
    QCheckBox *m_bodies;
    QCheckBox *m_usage;
};
