#include "ui/settings/privacysection.h"

#include <QCheckBox>

using namespace Qt::StringLiterals;

PrivacySection::PrivacySection(QWidget *parent)
    : SettingsSection(tr("Privacy"), parent),
      m_bodies(addSwitch(tr("Keep &prompts and answers of requests"),
                         tr("In memory only, for the page Requests. They are gone when Gemini Desk quits."))),
      m_usage(addSwitch(tr("Keep &usage"),
                        tr("Tokens by day, model and client, on this machine. No prompts, no answers.")))
{
    m_bodies->setObjectName(u"keep-bodies"_s);
    m_usage->setObjectName(u"keep-usage"_s);
}

void PrivacySection::load(const Preferences &preferences)
{
    m_bodies->setChecked(preferences.keepBodies);
    m_usage->setChecked(preferences.keepUsage);
}

void PrivacySection::store(Preferences &preferences) const
{
    preferences.keepBodies = m_bodies->isChecked();
    preferences.keepUsage = m_usage->isChecked();
}
