#include "ui/settings/limitssection.h"

#include "ui/settings/checks.h"
#include "ui/widgets/linefield.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;

LimitsSection::LimitsSection(QWidget *parent)
    : SettingsSection(tr("Limits"), parent),
      m_connections(addNumber(u"connections"_s, tr("&Connections"),
                              tr("At once, from all programs together. Further ones are told to try again."),
                              1'000'000)),
      m_body(addNumber(u"body"_s, tr("&Largest request, in MiB"),
                       tr("Larger ones are refused. Files in a prompt count."), 4096)),
      m_firstByte(addNumber(u"first-byte"_s, tr("&First byte, in seconds"),
                            tr("How long Gemini may think before its answer begins."), 86'400)),
      m_idle(addNumber(u"idle"_s, tr("&Idle, in seconds"),
                       tr("How long an answer may pause before it counts as broken off."), 86'400))
{}

LineField *LimitsSection::addNumber(const QString &name, const QString &label, const QString &explanation, int most)
{
    auto *field =
            new LineField(label, explanation, [most](const QString &text) { return Checks::number(text, 1, most); });
    field->setNarrow();
    field->edit()->setObjectName(name);
    add(field);
    connect(field, &LineField::changed, this, &LimitsSection::edited);
    return field;
}

void LimitsSection::load(const Preferences &preferences)
{
    m_connections->setValue(QString::number(preferences.connections));
    m_body->setValue(QString::number(preferences.bodyMiB));
    m_firstByte->setValue(QString::number(preferences.firstByteSeconds));
    m_idle->setValue(QString::number(preferences.idleSeconds));
}

void LimitsSection::store(Preferences &preferences) const
{
    preferences.connections = m_connections->value().toInt();
    preferences.bodyMiB = m_body->value().toInt();
    preferences.firstByteSeconds = m_firstByte->value().toInt();
    preferences.idleSeconds = m_idle->value().toInt();
}
