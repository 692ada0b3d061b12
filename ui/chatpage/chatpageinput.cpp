// The part of ChatPage that handles keys, the focus, and files that are dropped on the page.
#include "ui/chatpage/chatpage.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>

bool ChatPage::focusNextPrevChild(bool next)
{
    const QWidget *at = window()->focusWidget();
    if (!isVisible() || !at || !isAncestorOf(at) || (at->isVisible() && at->isEnabled()))
        return QWidget::focusNextPrevChild(next);
    m_composer->focusText();
    return true;
}

void ChatPage::focusInEvent(QFocusEvent *)
{
    m_composer->focusText();
}

void ChatPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (m_session->isStreaming())
        m_session->stop();
    else
        m_composer->focusText();
}

void ChatPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (Composer::canAttach(event->mimeData()))
        event->acceptProposedAction();
}

void ChatPage::dropEvent(QDropEvent *event)
{
    if (m_composer->attach(event->mimeData()))
        event->acceptProposedAction();
}
