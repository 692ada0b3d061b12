#pragma once

#include <QPushButton>
#include <QTimer>

// Copies a text to the clipboard, and shows for a moment that it did.
class CopyButton : public QPushButton
{
    Q_OBJECT

public:
    explicit CopyButton(const QString &text, QWidget *parent = nullptr);

    // `secret`: clipboard histories are asked not to keep it.
    void setCopied(const QString &text, bool secret = false);

private:
    void copy();

    QString m_copied;
    bool m_secret = false;
    QTimer m_moment;
};
