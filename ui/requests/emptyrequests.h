#pragma once

#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;

// What the page shows before the first request: what will be here, and a command to try.
class EmptyRequests : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyRequests(QWidget *parent = nullptr);

    void setAddress(const QString &base); // "" = the proxy is off

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *m_explanation;
    QFrame *m_card;
    QLabel *m_command;
    QToolButton *m_copy;
};
