#pragma once

#include <QPushButton>
#include <QTimer>

// A button that copies a text to the clipboard, and then shows for a moment that it did.
class CopyButton : public QPushButton
{
    Q_OBJECT

public:
    explicit CopyButton(const QString &text, QWidget *parent = nullptr);

    // Sets the text that a click copies; if it is empty, the button is disabled. If the text is `secret`, clipboard
    // histories are asked not to keep it.
    void setCopied(const QString &text, bool secret = false);

private:
    void copy();

    QString m_copied;
    bool m_secret = false;
    QTimer m_moment; // runs while the button shows that it has copied
};
