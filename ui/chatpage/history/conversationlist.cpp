#include "ui/chatpage/history/conversationlist.h"

#include "ui/chatpage/history/conversationdelegate.h"
#include "ui/chatpage/history/conversationmodel.h"
#include "ui/icons.h"
#include "ui/widgets/controls.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
constexpr auto searchDelay = 150ms;
constexpr auto undoTime = 10s;
constexpr auto dayCheck = 1min; // often, because a timer for midnight would be late after the computer slept
} // namespace

ConversationList::ConversationList(QWidget *parent)
    : QWidget(parent),
      m_search(new QLineEdit),
      m_stack(new QStackedWidget),
      m_view(new QListView),
      m_empty(new QLabel),
      m_model(new ConversationModel(this)),
      m_delegate(new ConversationDelegate(m_model, this))
{
    setAccessibleName(tr("Chats"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search chats"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(u"search"_s, icons::Role::Secondary), QLineEdit::LeadingPosition);
    m_search->setToolTip(
            tr("Search in all chats  %1", "then the keys")
                    .arg(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F).toString(QKeySequence::NativeText)));
    m_search->installEventFilter(this);

    m_view->setObjectName(u"chats"_s);
    m_view->setAccessibleName(tr("Chats"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->viewport()->setAttribute(Qt::WA_Hover);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers); // an action handles F2
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);

    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setContentsMargins(8, 8, 8, 8);
    m_empty->setProperty("role", u"secondary"_s);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_undoBar = makeUndoBar();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_search);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_undoBar);

    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(&m_searchTimer, &QTimer::timeout, this, [this] { emit searchWanted(m_search->text().trimmed()); });
    connect(m_search, &QLineEdit::textChanged, this, &ConversationList::searchTextChanged);
    m_undoTimer.setSingleShot(true);
    m_undoTimer.setInterval(undoTime);
    connect(&m_undoTimer, &QTimer::timeout, this, [this] {
        if (m_undo->hasFocus() || m_undoBar->underMouse()) {
            m_undoTimer.start(); // the user may be about to press the button
            return;
        }
        hideUndo();
        emit deletionFinal();
    });
    m_dayTimer.setInterval(dayCheck);
    connect(&m_dayTimer, &QTimer::timeout, this, [this] { m_model->setToday(QDate::currentDate()); });
    m_dayTimer.start();

    connect(m_view, &QListView::clicked, this, &ConversationList::open);
    connect(m_view, &QListView::customContextMenuRequested, this, &ConversationList::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ConversationList::refreshActions);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ConversationList::refreshActions);
    connect(m_model, &ConversationModel::titleEdited, this, &ConversationList::renameWanted);
    connect(
            m_delegate, &ConversationDelegate::editingEnded, this,
            [this] {
                QWidget *before = m_focusBefore;
                m_focusBefore.clear();
                if (before && m_view->hasFocus())
                    before->setFocus();
                if (m_hasWaiting && !m_delegate->isEditing()) {
                    m_hasWaiting = false;
                    setConversations(std::exchange(m_waiting, {}));
                }
            },
            Qt::QueuedConnection); // because the view has not finished closing the editor yet
    makeActions();
    showList();
}

ConversationList::~ConversationList()
{
    // The view and the model are deleted after this destructor has run, and may still emit signals then. They
    // are disconnected, because those signals would reach a list that no longer exists.
    m_view->selectionModel()->disconnect(this);
    m_model->disconnect(this);
}

QWidget *ConversationList::makeUndoBar()
{
    auto *bar = new QFrame;
    bar->setProperty("card", true);
    bar->setObjectName(u"undoBar"_s);
    m_undoText = new QLabel;
    m_undo = controls::button(tr("&Undo"));
    m_undo->setProperty("flat", true);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 4, 4, 4);
    layout->setSpacing(4);
    layout->addWidget(m_undoText, 1);
    layout->addWidget(m_undo);
    connect(m_undo, &QPushButton::clicked, this, &ConversationList::undo);
    bar->hide();
    return bar;
}

void ConversationList::makeActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto what) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, what);
        addAction(action);
        return action;
    };
    // These shortcuts work in the whole window, so none of them is one that text fields use themselves. Within the
    // list, the keys Delete and Undo work too: see filterView().
    add(tr("&Search chats"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), &ConversationList::focusSearch);
    m_rename = add(tr("&Rename chat"), QKeySequence(Qt::Key_F2), &ConversationList::rename);
    m_pin = add(tr("&Pin chat"), QKeySequence(Qt::CTRL | Qt::Key_P), &ConversationList::togglePin);
    m_export = add(tr("&Export chat…"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] {
        if (const QModelIndex index = chosen(); index.isValid())
            emit exportWanted(index.data(ConversationModel::IdRole).toUuid());
    });
    m_delete =
            add(tr("&Delete chat"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace), &ConversationList::remove);
    m_undoDelete =
            add(tr("&Undo the deletion"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), &ConversationList::undo);
    m_undoDelete->setEnabled(false);
    refreshActions();
}

void ConversationList::setConversations(const QList<chat::ConversationInfo> &conversations)
{
    if (m_delegate->isEditing()) { // because new rows would close the editor
        m_waiting = conversations;
        m_hasWaiting = true;
        return;
    }
    m_model->setToday(QDate::currentDate());
    const QUuid at = m_view->currentIndex().data(ConversationModel::IdRole).toUuid();
    m_model->setConversations(conversations);
    if (m_model->showsHits())
        return;
    // The model replaces rows that moved by new ones, so the current row has to be set again.
    if (m_view->hasFocus() && !at.isNull()) {
        if (const QModelIndex index = m_model->indexOf(at); index.isValid())
            m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    } else {
        selectCurrent();
    }
    showList();
}

void ConversationList::setCurrent(const QUuid &id)
{
    m_current = id;
    selectCurrent();
    if (const QModelIndex index = m_model->indexOf(id); index.isValid() && !m_model->showsHits())
        m_view->scrollTo(index);
}

void ConversationList::selectCurrent()
{
    if (m_model->showsHits() || m_delegate->isEditing())
        return;
    const QModelIndex index = m_model->indexOf(m_current);
    if (index.isValid()) {
        // The view must not scroll to the selection here. Only the user's moves within the list may scroll it.
        const bool scrolls = m_view->hasAutoScroll();
        m_view->setAutoScroll(false);
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
        m_view->setAutoScroll(scrolls);
    } else {
        m_view->selectionModel()->clear();
    }
    refreshActions();
}

void ConversationList::setHits(const QString &words, const QList<chat::SearchHit> &hits)
{
    if (words != m_search->text().trimmed() || words.isEmpty())
        return;
    if (!m_model->showsHits())
        m_scrolled = m_view->verticalScrollBar()->value();
    m_model->setHits(hits);
    if (hits.isEmpty())
        showEmpty(tr("Nothing was found for “%1”.").arg(words));
    else
        m_stack->setCurrentWidget(m_view);
}

void ConversationList::setSearchProblem(const QString &words, const QString &problem)
{
    if (words != m_search->text().trimmed() || words.isEmpty())
        return;
    setHits(words, {});
    showEmpty(problem);
}

void ConversationList::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ConversationList::searchTextChanged()
{
    if (!m_search->text().trimmed().isEmpty()) {
        m_searchTimer.start();
        return;
    }
    m_searchTimer.stop();
    if (!m_model->showsHits())
        return;
    m_model->clearHits();
    showList();
    selectCurrent();
    m_view->doItemsLayout(); // so that the scroll bar has its new range
    m_view->verticalScrollBar()->setValue(m_scrolled);
}

void ConversationList::showList()
{
    if (m_model->isEmpty())
        showEmpty(tr("Your chats will be listed here."));
    else
        m_stack->setCurrentWidget(m_view);
}

void ConversationList::showEmpty(const QString &text)
{
    if (m_view->hasFocus())
        m_search->setFocus(); // otherwise QStackedWidget would give the focus to the text
    m_empty->setText(text);
    m_stack->setCurrentWidget(m_empty);
}

QModelIndex ConversationList::chosen() const
{
    const QModelIndex index = m_view->currentIndex();
    return m_model->kind(index) == ConversationModel::RowKind::Conversation ? index : QModelIndex();
}

QModelIndex ConversationList::firstEntry() const
{
    return m_model->index(m_model->showsHits() ? 0 : 1); // row 0 is a heading
}

void ConversationList::refreshActions()
{
    const QModelIndex index = chosen();
    for (QAction *action : {m_rename, m_pin, m_export, m_delete})
        action->setEnabled(index.isValid());
    m_pin->setText(index.data(ConversationModel::PinnedRole).toBool() ? tr("Un&pin chat") : tr("&Pin chat"));
}

void ConversationList::open(const QModelIndex &index)
{
    if (const chat::SearchHit *hit = m_model->hit(index)) {
        emit turnWanted(hit->conversation, hit->turn, m_search->text().trimmed());
        return;
    }
    if (m_model->kind(index) != ConversationModel::RowKind::Conversation)
        return;
    const QUuid id = index.data(ConversationModel::IdRole).toUuid();
    m_current = id;
    emit openWanted(id);
}

void ConversationList::rename()
{
    if (const QModelIndex index = chosen(); index.isValid()) {
        m_focusBefore = QApplication::focusWidget();
        m_view->scrollTo(index);
        m_view->edit(index);
    }
}

void ConversationList::togglePin()
{
    const QModelIndex index = chosen();
    if (!index.isValid())
        return;
    const QUuid id = index.data(ConversationModel::IdRole).toUuid();
    const bool pinned = !index.data(ConversationModel::PinnedRole).toBool();
    m_model->setPinned(id, pinned);
    m_view->setCurrentIndex(m_model->indexOf(id));
    refreshActions();
    emit pinWanted(id, pinned);
}

void ConversationList::remove()
{
    const QModelIndex index = chosen();
    if (!index.isValid() || m_delegate->isEditing())
        return;
    const QUuid id = index.data(ConversationModel::IdRole).toUuid();
    m_model->remove(id);
    m_deleted.append(id);
    showList();
    showUndo();
    refreshActions();
    emit deleteWanted(id);
}

void ConversationList::showUndo()
{
    m_undoText->setText(tr("%n chat(s) deleted", nullptr, int(m_deleted.size())));
    m_undo->setAccessibleDescription(m_undoText->text());
    m_undoBar->show();
    m_undoDelete->setEnabled(true);
    m_undoTimer.start();
}

void ConversationList::hideUndo()
{
    m_undoTimer.stop();
    m_undoBar->hide();
    m_undoDelete->setEnabled(false);
    m_deleted.clear();
}

void ConversationList::undo()
{
    const QList<QUuid> ids = m_deleted;
    const bool hadFocus = m_undo->hasFocus();
    hideUndo();
    if (hadFocus)
        m_view->setFocus();
    for (const QUuid &id : ids)
        emit restoreWanted(id);
}

void ConversationList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model->setToday(QDate::currentDate());
}
