#pragma once

#include "ui/chat/store/store.h"

#include <QPointer>
#include <QUuid>
#include <QWidget>

class ConversationList;

// The chat's part of the window's sidebar: a button for a new chat, and the list of conversations. It reads
// them from the store, and changes them there as the list asks. Lives on the main thread.
class ChatSidebar : public QWidget
{
    Q_OBJECT

public:
    explicit ChatSidebar(QWidget *parent = nullptr);

    // The store outlives this.
    void setStore(chat::Store *store);
    // Which conversation is shown; null = a new one.
    void setCurrent(const QUuid &id);
    [[nodiscard]] ConversationList *list() const { return m_list; }
    // For the command list.
    [[nodiscard]] QList<QAction *> commands() const;

signals:
    void newChatWanted();
    // `turn`: 0 = the conversation's end. `words`: what was searched for, and found in that turn.
    void openWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void removed(const QUuid &id); // is about to be removed: whoever shows it must let go of it
    void exportWanted(const QUuid &id);
    void failed(const QString &message); // what the list asked for could not be done

private:
    void refresh();
    void search(const QString &words);
    void told(const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    ConversationList *m_list;
};
