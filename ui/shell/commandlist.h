#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLabel;
class QLineEdit;
class QListWidget;

// Every action of the window by its name: type a part of it, Enter does it. Opens at the window's
// top with Ctrl+K.
class CommandList : public QDialog
{
    Q_OBJECT

public:
    explicit CommandList(QWidget *parent);

    // Shows those that are enabled and have a text, with their shortcuts.
    void open(const QList<QAction *> &actions);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &text);
    void trigger();

    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_nothing;          // in the list's place
    QList<QAction *> m_actions; // the window's
};
