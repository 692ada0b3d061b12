#pragma once

#include <QFrame>

class IconLabel;
class QLabel;
class QPushButton;
class QToolButton;

// Shows one message at the place that it concerns: what is wrong, why, and at most one button that helps. It is hidden
// until showMessage() is called, and again when the user dismisses it.
class Banner : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warning, Error };

    explicit Banner(QWidget *parent = nullptr);

    // Replaces the message that was shown before. `action` is the button's text; "" = no button.
    void showMessage(Kind kind, const QString &text, const QString &action = {});
    [[nodiscard]] QString text() const;

signals:
    void actionTriggered();
    void dismissed();

private:
    IconLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
};
