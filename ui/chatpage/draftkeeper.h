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

// What was written in each conversation and not sent: kept in memory while the program runs, and in the
// store, so that it is there after the program's end, however it came. A null id is the new conversation's.
// Lives on the main thread, owned by the ChatPage.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    explicit DraftKeeper(QObject *parent = nullptr);
    ~DraftKeeper() override; // what is not written yet is handed to the store

    // Outlives this. Without one, nothing is written.
    void setStore(chat::Store *store) { m_store = store; }

    // As it is now; empty: there is none (any more). Written at once, where it is another one.
    void keep(const QUuid &id, const chat::Draft &draft);
    // The last one that was kept or loaded.
    [[nodiscard]] chat::Draft known(const QUuid &id) const { return m_drafts.value(id); }
    // From the store, where none is known; an empty one where that fails. `done` may be called at once.
    using Done = std::function<void(const chat::Draft &)>;
    void fetch(const QUuid &id, QObject *context, const Done &done);
    // From the store, always; until then, nothing is written over it.
    void load(const QUuid &id, QObject *context, const Done &done);
    // Whether the store could not be read yet: it is to be loaded again, and nothing is written over it.
    [[nodiscard]] bool isUnread(const QUuid &id) const { return m_unread.contains(id); }
    // Its conversation was deleted, which may be undone: what the store has of it stays there.
    void forget(const QUuid &id);
    // The store forgets them all, too.
    void forgetAll();

signals:
    void failed(const QString &message); // once until it works again; it is tried again
    void recovered();

private:
    void write(const QUuid &id);
    void written(const QUuid &id, const chat::Store::Failure &failure);

    QPointer<chat::Store> m_store;
    QHash<QUuid, chat::Draft> m_drafts;
    QHash<QUuid, chat::Draft> m_stored; // what the store has, or will have in a moment
    QSet<QUuid> m_loading;
    QSet<QUuid> m_writing; // one at a time for each: a disk may be slow
    QSet<QUuid> m_again;
    QSet<QUuid> m_unread;
    RetryTimer m_retry;
    bool m_failed = false;
};
