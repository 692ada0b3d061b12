#pragma once

#include "ui/widgets/checked.h"
#include "ui/widgets/field.h"

class QLineEdit;

// A line of text that takes effect when the user presses Enter or the focus leaves it, but only if the text is right.
// Otherwise the field says what is wrong, and the last right value stays in effect; Escape brings that one back.
class LineField : public Field
{
    Q_OBJECT

public:
    LineField(const QString &label, const QString &explanation, const Check &check, QWidget *parent = nullptr);

    // Sets the value from outside. A text that the user is editing stays. If the value is the same as before, a wrong
    // text that the user has left in the field stays, too.
    void setValue(const QString &value);
    // Returns the last right value.
    [[nodiscard]] QString value() const { return m_value; }
    // Takes the text as if the user had typed it and pressed Enter.
    void enter(const QString &text);
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

signals:
    void changed(); // the user has changed the value to another right one

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    LineField(const QString &label, const QString &explanation, const Check &check, QLineEdit *edit, QWidget *parent);
    void apply();
    void revert();

    const Check m_check;
    QLineEdit *m_edit;
    QString m_value;
};
