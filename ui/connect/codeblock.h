#pragma once

#include <QFrame>

class CopyButton;
class QLabel;
class QPlainTextEdit;

// A card with a text to copy, as it stands in a file or a shell: where it belongs at the top left, the button that
// copies it at the top right, and the text, which scrolls sideways and is as high as it has lines.
class CodeBlock : public QFrame
{
    Q_OBJECT

public:
    explicit CodeBlock(const QString &place, const QString &text, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();

    QPlainTextEdit *m_text;
};
