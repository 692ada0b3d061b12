#pragma once

#include <QPlainTextEdit>

// The text of a question. Enter sends, Shift+Enter breaks the line, Up in an empty text recalls the last
// question. While an input method composes, it gets the keys.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    // The height of the whole text, in pixels.
    [[nodiscard]] int textHeight() const;
    // The height of this many lines.
    [[nodiscard]] int heightOf(int lines) const;
    [[nodiscard]] bool isComposing() const;

signals:
    void sendPressed();
    void recallPressed();
    void escapePressed();
    void heightChanged();
    // Something other than text was pasted or dropped; `data` is valid during the signal only.
    void dataInserted(const QMimeData *data);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
};
