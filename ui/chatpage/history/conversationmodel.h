#pragma once

#include "ui/chat/conversation.h"
#include "ui/chat/store/database.h"

#include <QAbstractListModel>
#include <QDate>
#include <QList>
#include <QUuid>

// The rows of the list: conversations below the headings of their groups, or what a search found. Lives on
// the main thread.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, // QUuid; null of a heading
        PinnedRole,            // bool
        TurnRole,              // of a hit: chat::TurnId
    };
    enum class RowKind { Heading, Conversation, Hit };

    explicit ConversationModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setConversations(const QList<chat::ConversationInfo> &conversations);
    // Shows hits in place of the conversations until clearHits().
    void setHits(const QList<chat::SearchHit> &hits);
    void clearHits();
    [[nodiscard]] bool showsHits() const { return m_showsHits; }
    // Sets the day that counts as "Today"; the groups follow.
    void setToday(const QDate &today);

    [[nodiscard]] RowKind kind(const QModelIndex &index) const;
    [[nodiscard]] const chat::SearchHit *hit(const QModelIndex &index) const; // nullptr = it is not a hit
    [[nodiscard]] QModelIndex indexOf(const QUuid &id) const;                 // of a conversation
    [[nodiscard]] bool isEmpty() const { return m_conversations.isEmpty(); }

    // These show what the user did before the store has done it.
    void setTitle(const QUuid &id, const QString &title);
    void setPinned(const QUuid &id, bool pinned);
    void remove(const QUuid &id);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    // Sets a title; titleEdited() announces it.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void titleEdited(const QUuid &id, const QString &title);

private:
    struct Row
    {
        QUuid id; // null: a heading
        QString text;
        bool pinned = false;
        [[nodiscard]] bool isSame(const Row &other) const
        {
            return id == other.id && (!id.isNull() || text == other.text);
        }
        friend bool operator==(const Row &, const Row &) = default;
    };

    void sort();
    void update(); // m_rows from m_conversations
    [[nodiscard]] QList<Row> wantedRows() const;
    struct Group
    {
        QString title;
        QDate start; // its first day; invalid: all earlier days belong to it
    };
    [[nodiscard]] Group groupOf(const QDateTime &updated) const; // for a conversation that is not pinned
    chat::ConversationInfo *find(const QUuid &id);

    QList<chat::ConversationInfo> m_conversations; // pinned first, then the newest first
    QList<Row> m_rows;
    QList<chat::SearchHit> m_hits;
    bool m_showsHits = false;
    QDate m_today = QDate::currentDate();
};
