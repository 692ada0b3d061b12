#pragma once

#include <QPushButton>

// A button for what cannot be undone. The first click asks whether the user is sure, and the second one emits
// confirmed(). The button stops asking when it loses the focus or is hidden, or when the user presses Escape.
class ConfirmButton : public QPushButton
{
    Q_OBJECT

public:
    // `text` and `question` should have the same mnemonic, so that the same keys press the button twice.
    ConfirmButton(const QString &text, const QString &question, QWidget *parent = nullptr);

    [[nodiscard]] bool isAsking() const { return m_asking; }
    void setAsking(bool asking);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void confirmed();

protected:
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    const QString m_text;
    const QString m_question;
    bool m_asking = false;
};
