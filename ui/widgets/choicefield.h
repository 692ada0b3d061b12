#pragma once

#include "ui/widgets/field.h"

#include <QList>
#include <QVariant>

#include <utility>

class QComboBox;

// A field whose value is one of a few choices.
class ChoiceField : public Field
{
    Q_OBJECT

public:
    using Choices = QList<std::pair<QString, QVariant>>; // text, value

    ChoiceField(const QString &label, const QString &explanation, const Choices &choices, QWidget *parent = nullptr);

    // Sets the value from outside. If it is not among the choices, it is kept, but no choice is shown as chosen.
    void setValue(const QVariant &value);
    [[nodiscard]] QVariant value() const { return m_value; }

signals:
    void changed(); // the user has chosen another value

private:
    ChoiceField(const QString &label, const QString &explanation, const Choices &choices, QComboBox *combo,
                QWidget *parent);

    QComboBox *m_combo;
    QVariant m_value;
};
