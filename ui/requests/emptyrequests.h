#pragma once

#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;

// What the page of requests shows before the first request: an explanation, and a command that the user can try.
class EmptyRequests : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyRequests(QWidget *parent = nullptr);

    void setAddress(const QString &base); // of the proxy; "" = it is off

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *m_explanation;
    QFrame *m_card;
    QLabel *m_command;
    QToolButton *m_copy;
};
