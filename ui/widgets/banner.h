#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

// One message where it concerns: what, why, and at most one button that mends it. Hidden until
// show() is called with a text.
class Banner : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);

    // `action`: the button's text; "" = no button.
    void showMessage(Kind kind, const QString &text, const QString &action = {});
    [[nodiscard]] QString text() const;

signals:
    void actionTriggered();
    void dismissed();

private:
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
};
