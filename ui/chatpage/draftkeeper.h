#pragma once

#include "ui/chat/base/retrytimer.h"
#include "ui/chat/store/draft.h"
#include "ui/chat/store/store.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QUuid>

#include <functional>

// Keeps the draft of each conversation, which is what was written there and not sent yet. Drafts are in memory while
// the program runs, and in the store, so that they survive the program's end and even a crash. A null ID stands for
// the new conversation. Lives on the main thread, owned by the ChatPage.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    explicit DraftKeeper(QObject *parent = nullptr);
    ~DraftKeeper() override; // hands drafts that are not written yet to the store

    // The store outlives this object. Without a store, drafts are kept in memory only.
    void setStore(chat::Store *store) { m_store = store; }

    // Keeps this draft; an empty one means that there is none any more. If it differs from what the store has, it is
    // written at once, or as soon as a running read or write of the same draft has ended.
    void keep(const QUuid &id, const chat::Draft &draft);
    // Returns the draft that was kept or loaded last; an empty one if there is none.
    [[nodiscard]] chat::Draft known(const QUuid &id) const { return m_drafts.value(id); }
    // Calls `done` with the draft that is known, or else with the one in the store; with an empty one if there is no
    // store or reading fails. `done` may be called before this returns, and is not called once `context` is deleted.
    using Done = std::function<void(const chat::Draft &)>;
    void fetch(const QUuid &id, QObject *context, const Done &done);
    // Like fetch(), but always reads the draft from the store. Until it has been read, nothing is written over it.
    void load(const QUuid &id, QObject *context, const Done &done);
    // Whether the draft could not be read, for a reason that may pass. Until load() was called again and has read it,
    // nothing is written over it.
    [[nodiscard]] bool isUnread(const QUuid &id) const { return m_unread.contains(id); }
    // Forgets the draft of a conversation that was deleted. The store keeps it, because the deletion may be undone.
    void forget(const QUuid &id);
    // Forgets all drafts without writing. Call this when the store deletes all conversations.
    void forgetAll();

signals:
    void failed(const QString &message); // emitted once until writing works again, which is tried again and again
    void recovered();                    // writing works again

private:
    void write(const QUuid &id);
    void written(const QUuid &id, const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    QHash<QUuid, chat::Draft> m_drafts;
    QHash<QUuid, chat::Draft> m_stored; // what the store has, or will have when running writes are done
    QSet<QUuid> m_loading;
    QSet<QUuid> m_writing; // for each draft only one write runs at a time, because a disk may be slow
    QSet<QUuid> m_again;   // to be written after what runs now, or when m_retry is due
    QSet<QUuid> m_unread;  // see isUnread()
    RetryTimer m_retry;
    bool m_failed = false;
};
