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

// Keeps what was written in each conversation and not sent: in memory while the program runs, and in the store,
// so that it survives the program's end, even a crash. A null id stands for the new conversation. Lives on the
// main thread, owned by the ChatPage.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    explicit DraftKeeper(QObject *parent = nullptr);
    ~DraftKeeper() override; // hands what is not written yet to the store

    // The store outlives this. Without one, nothing is written.
    void setStore(chat::Store *store) { m_store = store; }

    // Keeps this draft; an empty one means that there is none any more. It is written at once, if it differs
    // from what the store has.
    void keep(const QUuid &id, const chat::Draft &draft);
    // The draft that was kept or loaded last.
    [[nodiscard]] chat::Draft known(const QUuid &id) const { return m_drafts.value(id); }
    // Gives `done` the draft that is known, or else the one in the store; an empty one if the store fails.
    // `done` may be called at once.
    using Done = std::function<void(const chat::Draft &)>;
    void fetch(const QUuid &id, QObject *context, const Done &done);
    // Reads the draft from the store in any case; until then, nothing is written over it.
    void load(const QUuid &id, QObject *context, const Done &done);
    // Whether the store could not be read yet. The draft must then be loaded again, and nothing is written over it.
    [[nodiscard]] bool isUnread(const QUuid &id) const { return m_unread.contains(id); }
    // Forgets the draft of a conversation that was deleted. As that may be undone, the store keeps what it has of it.
    void forget(const QUuid &id);
    // Forgets all drafts, as the store does.
    void forgetAll();

signals:
    void failed(const QString &message); // emitted once until it works again; writing is tried again
    void recovered();

private:
    void write(const QUuid &id);
    void written(const QUuid &id, const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    QHash<QUuid, chat::Draft> m_drafts;
    QHash<QUuid, chat::Draft> m_stored; // what the store has, or will have in a moment
    QSet<QUuid> m_loading;
    QSet<QUuid> m_writing; // one write at a time for each, because a disk may be slow
    QSet<QUuid> m_again;
    QSet<QUuid> m_unread;
    RetryTimer m_retry;
    bool m_failed = false;
};
