#pragma once

#include "ui/settings/settingssection.h"

class ChoiceField;

// The settings for how the app looks and in which language it is.
class AppearanceSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit AppearanceSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;

private:
    ChoiceField *m_theme;
    ChoiceField *m_textSize;
    ChoiceField *m_language;
};
