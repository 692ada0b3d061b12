// The part of ConversationList that handles keys and clicks.
#include "ui/chatpage/history/conversationdelegate.h"
#include "ui/chatpage/history/conversationlist.h"
#include "ui/chatpage/history/conversationmodel.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QStackedWidget>

void ConversationList::showMenu(const QPoint &position)
{
    QModelIndex index = m_view->indexAt(position);
    QPoint at = position;
    if (m_model->kind(index) != ConversationModel::RowKind::Conversation) {
        index = chosen(); // the menu key may be pressed while the pointer is elsewhere
        at = m_view->visualRect(index).center();
    }
    if (!index.isValid() || m_delegate->isEditing())
        return;
    m_view->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_rename, m_pin, m_export});
    menu->addSeparator();
    menu->addAction(m_delete);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

bool ConversationList::filterSearch(const QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_search->text().isEmpty())
            return false;
        m_search->clear();
        return true;
    case Qt::Key_Down:
        if (m_stack->currentWidget() != m_view)
            return true;
        m_view->setFocus(Qt::TabFocusReason);
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(firstEntry());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_model->showsHits())
            open(m_model->index(0));
        return true;
    default:
        return false;
    }
}

bool ConversationList::filterView(const QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        open(m_view->currentIndex());
        return true;
    }
    if (event->key() == Qt::Key_Delete && !event->isAutoRepeat()) {
        m_delete->trigger();
        return true;
    }
    if (event->matches(QKeySequence::Undo)) {
        m_undoDelete->trigger();
        return true;
    }
    if (event->key() == Qt::Key_Home) { // QListView itself would try the heading, which is not enabled
        m_view->setCurrentIndex(firstEntry());
        return true;
    }
    if (event->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    return false;
}

bool ConversationList::filterViewport(QEvent *event)
{
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton)
        return false;
    const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
    if (m_model->kind(index) != ConversationModel::RowKind::Conversation
        || !ConversationDelegate::menuRect(m_view->visualRect(index)).contains(mouse->position().toPoint()))
        return false;
    if (event->type() == QEvent::MouseButtonPress)
        showMenu(mouse->position().toPoint());
    return true;
}

bool ConversationList::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (watched == m_search)
            return filterSearch(static_cast<QKeyEvent *>(event));
        if (watched == m_view)
            return filterView(static_cast<QKeyEvent *>(event));
        break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
        if (watched == m_view->viewport())
            return filterViewport(event);
        break;
    case QEvent::FocusOut: {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (watched == m_view && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason
            && reason != Qt::MenuBarFocusReason)
            QMetaObject::invokeMethod(this, &ConversationList::reselect, Qt::QueuedConnection);
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

// Called after the focus has left the list. If the user moved to another row there, the conversation that is open is
// selected again.
void ConversationList::reselect()
{
    if (!m_view->hasFocus() && !m_view->isAncestorOf(QApplication::focusWidget()))
        selectCurrent();
}
