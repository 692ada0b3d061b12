#include "ui/settings/settingssection.h"

#include "ui/widgets/field.h"
#include "ui/widgets/heading.h"

#include <QCheckBox>
#include <QVBoxLayout>

SettingsSection::SettingsSection(const QString &title, QWidget *parent)
    : QWidget(parent), m_column(new QVBoxLayout(this))
{
    setAccessibleName(title);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(16);
    m_column->setAlignment(Qt::AlignTop);
    m_column->addWidget(new Heading(title));
}

void SettingsSection::add(QWidget *widget)
{
    m_column->addWidget(widget);
}

void SettingsSection::add(QLayout *layout)
{
    m_column->addLayout(layout);
}

void SettingsSection::add(QWidget *upper, QWidget *lower)
{
    auto *group = new QVBoxLayout;
    group->setSpacing(4);
    group->addWidget(upper);
    group->addWidget(lower);
    add(group);
}

QCheckBox *SettingsSection::addSwitch(const QString &text, const QString &explanation)
{
    auto *box = new QCheckBox(text);
    add(new Field({}, box, explanation));
    connect(box, &QCheckBox::clicked, this, &SettingsSection::edited);
    return box;
}
