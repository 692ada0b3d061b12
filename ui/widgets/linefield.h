#pragma once

#include "ui/widgets/checked.h"
#include "ui/widgets/field.h"

class QLineEdit;

// A line of text that takes effect on Enter or when the focus leaves it, and only if it is right. Otherwise the
// field says why it is wrong, and the last right value stays in effect; Escape brings that one back.
class LineField : public Field
{
    Q_OBJECT

public:
    LineField(const QString &label, const QString &explanation, const Check &check, QWidget *parent = nullptr);

    // Sets the value from outside. An unfinished edit, or a wrong value that the user still has to mend, is left alone.
    void setValue(const QString &value);
    // The last right value.
    [[nodiscard]] QString value() const { return m_value; }
    // As if the user had typed it and pressed Enter.
    void enter(const QString &text);
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

signals:
    void changed(); // by the user, to another right value

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
