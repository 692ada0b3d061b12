#pragma once

#include "ui/settings/settingssection.h"

class LineField;

// The settings for how much clients may send and how long Gemini may take.
class LimitsSection : public SettingsSection
{
    Q_OBJECT

public:
    explicit LimitsSection(QWidget *parent = nullptr);

    void load(const Preferences &preferences) override;
    void store(Preferences &preferences) const override;

private:
    LineField *addNumber(const QString &name, const QString &label, const QString &explanation, int most);

    LineField *m_connections;
    LineField *m_body;
    LineField *m_firstByte;
    LineField *m_idle;
};
