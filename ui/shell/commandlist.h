#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;

// A popup that lists every action of the window by its name: the user types a part of a name, and Enter
// triggers the action. It opens with Ctrl+K at the top of the window.
class CommandList : public QDialog
{
    Q_OBJECT

public:
    explicit CommandList(QWidget *parent);

    // Lists those of `actions` that are enabled and have a text, with their shortcuts.
    void openWith(const QList<QAction *> &actions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void trigger();

    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_nothing;          // takes the list's place when nothing matches
    QList<QAction *> m_actions; // owned by the window and its pages
};
