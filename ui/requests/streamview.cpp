#include "ui/requests/streamview.h"

#include <QScrollBar>

namespace {
// A line is folded at the first space from foldFrom characters on, or else at foldAt characters.
constexpr qsizetype foldFrom = 4000;
constexpr qsizetype foldAt = 4400;
} // namespace

StreamView::StreamView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(12);
    clearText();
}

void StreamView::clearText(bool stays)
{
    clear();
    m_stays = stays;
    m_column = 0;
    m_carriageReturn = false;
    m_folded = false;
}

void StreamView::append(const QString &text, const QTextCharFormat &format)
{
    if (text.isEmpty())
        return;
    QScrollBar *bar = verticalScrollBar();
    const int place = bar->value();
    const bool follows = place >= bar->maximum() && !(m_stays && place == 0);
    const int anchor = textCursor().anchor();
    const int position = textCursor().position();
    QTextCursor end(document());
    end.movePosition(QTextCursor::End);
    end.insertText(fold(text), format);
    // A caret or a selection at the end of the text has moved along with the new text, so it is put back.
    if (QTextCursor caret = textCursor(); caret.anchor() != anchor || caret.position() != position) {
        caret.setPosition(anchor);
        caret.setPosition(position, QTextCursor::KeepAnchor);
        setTextCursor(caret);
        bar->setValue(place); // setTextCursor() has scrolled to the caret
    }
    if (follows)
        bar->setValue(bar->maximum());
}

QString StreamView::fold(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / foldFrom + 1);
    for (const QChar c : text) {
        const bool joined = m_carriageReturn && c == u'\n';
        m_carriageReturn = c == u'\r';
        if (joined)
            continue;
        if (c == u'\n' || c == u'\r' || c == QChar::ParagraphSeparator) {
            out += u'\n';
            m_column = 0;
            continue;
        }
        out += c;
        ++m_column;
        if ((m_column >= foldFrom && c == u' ') || (m_column >= foldAt && !c.isHighSurrogate())) {
            out += u'\n';
            m_column = 0;
            m_folded = true;
        }
    }
    return out;
}
