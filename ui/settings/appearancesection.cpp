#include "ui/settings/appearancesection.h"

#include "ui/widgets/choicefield.h"

#include <QComboBox>

using namespace Qt::StringLiterals;
using Theme = Preferences::Theme;

AppearanceSection::AppearanceSection(QWidget *parent)
    : SettingsSection(tr("Appearance"), parent),
      m_theme(new ChoiceField(tr("&Theme"), tr("Light or dark, at once."),
                              {{tr("The system's"), static_cast<int>(Theme::System)},
                               {tr("Light"), static_cast<int>(Theme::Light)},
                               {tr("Dark"), static_cast<int>(Theme::Dark)}})),
      m_textSize(new ChoiceField(tr("Text &size"), tr("Of the system's text size."),
                                 {{tr("%1 %").arg(85), 85},
                                  {tr("%1 %").arg(100), 100},
                                  {tr("%1 %").arg(115), 115},
                                  {tr("%1 %").arg(140), 140}})),
      // Each language is called by its own name for itself, whatever language is in use.
      m_language(new ChoiceField(tr("&Language"), tr("Changes when Gemini Desk is started the next time."),
                                 {{tr("The system's"), QString(u""_s)},
                                  {u"English"_s, u"en"_s},
                                  {u"Deutsch"_s, u"de"_s},
                                  {u"Español"_s, u"es"_s},
                                  {u"简体中文"_s, u"zh_CN"_s}}))
{
    const std::pair<ChoiceField *, QString> fields[] = {
            {m_theme, u"theme"_s}, {m_textSize, u"text-size"_s}, {m_language, u"language"_s}};
    for (const auto &[field, name] : fields) {
        field->findChild<QComboBox *>()->setObjectName(name);
        add(field);
        connect(field, &ChoiceField::changed, this, &AppearanceSection::edited);
    }
}

void AppearanceSection::load(const Preferences &preferences)
{
    m_theme->setValue(static_cast<int>(preferences.theme));
    m_textSize->setValue(preferences.textPercent);
    m_language->setValue(preferences.language.isNull() ? u""_s : preferences.language);
}

void AppearanceSection::store(Preferences &preferences) const
{
    preferences.theme = static_cast<Theme>(m_theme->value().toInt());
    preferences.textPercent = m_textSize->value().toInt();
    preferences.language = m_language->value().toString();
}
