#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

// One message at the place that it concerns: what is wrong, why, and at most one button that mends it. Hidden
// until showMessage() is called.
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
