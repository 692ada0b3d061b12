#pragma once

#include "ui/chat/store/store.h"

#include <QPointer>
#include <QUuid>
#include <QWidget>

class ConversationList;

// The chat's part of the window's sidebar: a button for a new chat, and the list of conversations. This class reads the
// conversations from the store, and makes the changes there that the list asks for. Lives on the main thread.
class ChatSidebar : public QWidget
{
    Q_OBJECT

public:
    explicit ChatSidebar(QWidget *parent = nullptr);

    // The store outlives this widget.
    void setStore(chat::Store *store);
    // Sets which conversation is selected; null = a new one, which the list does not have.
    void setCurrent(const QUuid &id);
    [[nodiscard]] ConversationList *list() const { return m_list; }
    // Returns the actions that the window offers in its command list.
    [[nodiscard]] QList<QAction *> commands() const;

signals:
    void newChatWanted();
    // `turn`: the turn to scroll to; 0 = the end. `words`: what the user searched for to find it; "" = no search.
    void openWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void removed(const QUuid &id); // emitted before it is removed, so that whoever shows it lets go of it
    void exportWanted(const QUuid &id);
    void failed(const QString &message); // a change could not be made in the store

private:
    void refresh();
    void search(const QString &words);
    void told(const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    ConversationList *m_list;
};
