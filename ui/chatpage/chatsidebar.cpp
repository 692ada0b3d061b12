#include "ui/chatpage/chatsidebar.h"

#include "ui/chatpage/history/conversationlist.h"
#include "ui/icons.h"

#include <QAction>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using chat::Store;

namespace {
constexpr int mostHits = 100; // for the titles and for the turns each
} // namespace

ChatSidebar::ChatSidebar(QWidget *parent) : QWidget(parent), m_list(new ConversationList)
{
    auto *newChat = new QPushButton(icons::icon(u"plus"_s), tr("&New chat"));
    newChat->setProperty("flat", true);
    newChat->setProperty("entry", true);
    newChat->setIconSize({18, 18});
    newChat->setAccessibleName(tr("New chat"));
    newChat->setToolTip(tr("New chat") + u"  "_s + QKeySequence(QKeySequence::New).toString(QKeySequence::NativeText));
    newChat->setObjectName(u"newChat"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(newChat);
    layout->addWidget(m_list, 1);

    auto *action = new QAction(tr("New chat"), this);
    action->setShortcut(QKeySequence::New);
    addAction(action);
    connect(action, &QAction::triggered, this, &ChatSidebar::newChatWanted);
    connect(newChat, &QPushButton::clicked, this, &ChatSidebar::newChatWanted);
    connect(m_list, &ConversationList::openWanted, this, [this](const QUuid &id) { emit openWanted(id, 0, {}); });
    connect(m_list, &ConversationList::turnWanted, this, &ChatSidebar::openWanted);
    connect(m_list, &ConversationList::deletionFinal, this, [this] {
        if (m_store)
            m_store->purge();
    });
    connect(m_list, &ConversationList::exportWanted, this, &ChatSidebar::exportWanted);
    connect(m_list, &ConversationList::searchWanted, this, &ChatSidebar::search);
    connect(m_list, &ConversationList::renameWanted, this, [this](const QUuid &id, const QString &title) {
        if (m_store)
            m_store->rename(id, title, this, [this](const Store::Failure &failure) { told(failure); });
    });
    connect(m_list, &ConversationList::pinWanted, this, [this](const QUuid &id, bool pinned) {
        if (m_store)
            m_store->setPinned(id, pinned, this, [this](const Store::Failure &failure) { told(failure); });
    });
    connect(m_list, &ConversationList::deleteWanted, this, [this](const QUuid &id) {
        emit removed(id);
        if (m_store)
            m_store->remove(id, this, [this](const Store::Failure &failure) { told(failure); });
    });
    connect(m_list, &ConversationList::restoreWanted, this, [this](const QUuid &id) {
        if (m_store)
            m_store->restore(id, this, [this](const Store::Failure &failure) { told(failure); });
    });
}

QList<QAction *> ChatSidebar::commands() const
{
    return actions() + m_list->actions();
}

void ChatSidebar::setStore(Store *store)
{
    m_store = store;
    connect(store, &Store::listChanged, this, &ChatSidebar::refresh);
    connect(store, &Store::opened, this, &ChatSidebar::refresh);
    refresh();
}

void ChatSidebar::setCurrent(const QUuid &id)
{
    m_list->setCurrent(id);
}

void ChatSidebar::refresh()
{
    m_store->list(this, [this](const Store::Answer<QList<chat::ConversationInfo>> &answer) {
        if (answer)
            m_list->setConversations(*answer);
    });
}

void ChatSidebar::search(const QString &words)
{
    if (!m_store)
        return;
    m_store->search(words, mostHits, this, [this, words](const Store::Answer<QList<chat::SearchHit>> &answer) {
        if (answer)
            m_list->setHits(words, *answer);
        else
            m_list->setSearchProblem(words, answer.error().message);
    });
}

// Called when the store has made a change or failed to. The list shows the change already, so it is loaded again if the
// store failed.
void ChatSidebar::told(const Store::Failure &failure)
{
    if (!failure)
        return;
    refresh();
    emit failed(failure->message);
}
