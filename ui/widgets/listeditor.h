#pragma once

#include "ui/widgets/checked.h"

#include <QStringList>
#include <QWidget>

class Field;
class QLineEdit;
class QListWidget;
class QPushButton;

// An editor for a short list of texts: the user types one and adds it, or selects one and removes it. Each is
// checked and kept in its proper form, and none is in the list twice.
class ListEditor : public QWidget
{
    Q_OBJECT

public:
    struct Texts
    {
        QString label, explanation, add, remove; // the first and the last two with mnemonics
        QString placeholder;
    };

    ListEditor(const Texts &texts, const Check &check, QWidget *parent = nullptr);

    // Sets the list from outside; what the user is typing stays.
    void setValues(const QStringList &values);
    [[nodiscard]] QStringList values() const { return m_values; }
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QListWidget *list() const { return m_list; }

signals:
    void changed(); // by the user

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
