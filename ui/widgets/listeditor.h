#pragma once

#include "ui/widgets/checked.h"

#include <QStringList>
#include <QWidget>

class Field;
class QLineEdit;
class QListWidget;
class QPushButton;

// An editor for a short list of texts: the user types one and adds it, or selects one and removes it. What is added is
// checked first and is kept in the form that the check returns; a text that is in the list already is not added again.
class ListEditor : public QWidget
{
    Q_OBJECT

public:
    struct Texts
    {
        QString label, explanation, add, remove; // all but `explanation` have mnemonics
        QString placeholder;
    };

    ListEditor(const Texts &texts, const Check &check, QWidget *parent = nullptr);

    // Sets the list from outside. The text that the user is typing stays.
    void setValues(const QStringList &values);
    [[nodiscard]] QStringList values() const { return m_values; }
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QListWidget *list() const { return m_list; }

signals:
    void changed(); // the user has added or removed a text

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add();
    void remove();
    void refresh(int current);

    const Check m_check;
    QStringList m_values;
    QLineEdit *m_edit;
    Field *m_field;
    QListWidget *m_list;
    QPushButton *m_remove;
};
