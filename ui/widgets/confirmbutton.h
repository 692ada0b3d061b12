#pragma once

#include <QPushButton>

// A button for what cannot be undone: the first click asks whether the user is sure, the second one does it. It
// stops asking when the focus goes elsewhere or Escape is pressed.
class ConfirmButton : public QPushButton
{
    Q_OBJECT

public:
    // Both texts should have the same mnemonic.
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
