#pragma once

#include <QPlainTextEdit>

// The text of a question. Enter sends, Shift+Enter breaks the line, Up in the empty text recalls; while
// an input method composes, the keys are its own.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    // What the whole text takes, in pixels.
    [[nodiscard]] int textHeight() const;
    // `lines` of it.
    [[nodiscard]] int heightOf(int lines) const;
    [[nodiscard]] bool isComposing() const;

signals:
    void sendPressed();
    void recallPressed();
    void escapePressed();
    void heightChanged();
    // Something else than text, pasted or dropped; valid during the signal only.
    void dataInserted(const QMimeData *data);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
};
