#pragma once

#include <QPlainTextEdit>

// The field for a question's text. Enter sends the question, Shift+Enter begins a new line, and Up recalls the last
// question if the field is empty. While an input method composes text, these keys have none of these effects.
class ComposerEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit ComposerEdit(QWidget *parent = nullptr);

    // Returns the height of the whole text, in pixels.
    [[nodiscard]] int textHeight() const;
    // Returns the height of this many lines, in pixels.
    [[nodiscard]] int heightOf(int lines) const;
    // Whether an input method shows text at the cursor that the user has not confirmed yet.
    [[nodiscard]] bool isComposing() const;

signals:
    void sendPressed();
    void recallPressed();
    void escapePressed();
    void heightChanged();
    // Files or a picture were pasted or dropped. `data` is valid only until the slots have returned.
    void dataInserted(const QMimeData *data);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void changeEvent(QEvent *event) override;
};
