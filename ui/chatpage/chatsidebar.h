#pragma once

#include "ui/chat/store/store.h"

#include <QPointer>
#include <QUuid>
#include <QWidget>

class ConversationList;

// The chat's part of the window's sidebar: a new chat, and the conversations, which it reads from the store
// and changes there as the list wishes. Lives on the main thread.
class ChatSidebar : public QWidget
{
    Q_OBJECT

public:
    explicit ChatSidebar(QWidget *parent = nullptr);

    // Outlives this.
    void setStore(chat::Store *store);
    // Which one is shown; null = a new one.
    void setCurrent(const QUuid &id);
    [[nodiscard]] ConversationList *list() const { return m_list; }
    // For the command list.
    [[nodiscard]] QList<QAction *> commands() const;

signals:
    void newChatWanted();
    // 0 = its end. `words`: what was sought, and found in that turn.
    void openWanted(const QUuid &id, chat::TurnId turn, const QString &words);
    void removed(const QUuid &id); // about to be: whoever shows it lets go of it
    void exportWanted(const QUuid &id);
    void failed(const QString &message); // what the list wished could not be done

private:
    void refresh();
    void search(const QString &words);
    void told(const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    ConversationList *m_list;
};
