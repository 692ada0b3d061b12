#include "ui/chatpage/composer/composeredit.h"

#include "ui/chatpage/composer/composer.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

ComposerEdit::ComposerEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Question"));
    setPlaceholderText(tr("Ask Gemini…"));
    document()->setDocumentMargin(4);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ComposerEdit::heightChanged);
}

int ComposerEdit::heightOf(int lines) const
{
    return int(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + 2 * document()->documentMargin())) + 2;
}

int ComposerEdit::textHeight() const
{
    // QPlainTextDocumentLayout gives the height in lines. A paragraph that wraps counts as several.
    const double lines = document()->documentLayout()->documentSize().height();
    return heightOf(int(qBound(1.0, lines, 1'000'000.0)));
}

bool ComposerEdit::isComposing() const
{
    const QTextLayout *layout = textCursor().block().layout();
    return layout && !layout->preeditAreaText().isEmpty();
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    if (isComposing()) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (modifiers == Qt::ShiftModifier) {
            textCursor().insertBlock(); // Qt itself would insert U+2028, a line separator
            ensureCursorVisible();
        } else if (!event->isAutoRepeat()) {
            emit sendPressed();
        }
        return;
    }
    if (event->key() == Qt::Key_Up && !modifiers && document()->isEmpty()) {
        emit recallPressed();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit escapePressed();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return Composer::canAttach(source) || QPlainTextEdit::canInsertFromMimeData(source);
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    if (Composer::canAttach(source))
        emit dataInserted(source);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

void ComposerEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        emit heightChanged();
}
