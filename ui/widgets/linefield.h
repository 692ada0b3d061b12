#pragma once

#include "ui/widgets/checked.h"
#include "ui/widgets/field.h"

class QLineEdit;

// A line of text that takes effect on Enter or when the focus leaves it, and only if it is right;
// else the field says why it is wrong, and the last right value stays in effect. Escape brings that
// one back.
class LineField : public Field
{
    Q_OBJECT

public:
    LineField(const QString &label, const QString &explanation, const Check &check, QWidget *parent = nullptr);

    // From outside: an unfinished edit, and a wrong value that is still to be mended, stay as they are.
    void setValue(const QString &value);
    // The last right one.
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
