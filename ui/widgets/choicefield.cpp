#include "ui/widgets/choicefield.h"

#include <QComboBox>

ChoiceField::ChoiceField(const QString &label, const QString &explanation, const Choices &choices, QWidget *parent)
    : ChoiceField(label, explanation, choices, new QComboBox, parent)
{}

ChoiceField::ChoiceField(const QString &label, const QString &explanation, const Choices &choices, QComboBox *combo,
                         QWidget *parent)
    : Field(label, combo, explanation, parent), m_combo(combo)
{
    for (const auto &[text, value] : choices)
        m_combo->addItem(text, value);
    // Without this, the longest choice would determine the least width of the page.
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(8);
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        const QVariant chosen = m_combo->itemData(index);
        if (chosen == m_value)
            return;
        m_value = chosen;
        emit changed();
    });
}

void ChoiceField::setValue(const QVariant &value)
{
    if (m_value == value && m_value.isValid())
        return;
    m_value = value;
    m_combo->setCurrentIndex(m_combo->findData(value));
}
