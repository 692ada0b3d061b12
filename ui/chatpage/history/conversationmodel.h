#pragma once

#include "ui/chat/conversation.h"
#include "ui/chat/store/database.h"

#include <QAbstractListModel>
#include <QDate>
#include <QList>
#include <QUuid>

// The rows of the list: conversations below the headings of their groups, or the hits of a search. Lives on the main
// thread.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, // QUuid; null for a heading
        PinnedRole,            // bool
        TurnRole,              // chat::TurnId; only for a hit
    };
    enum class RowKind { Heading, Conversation, Hit };

    explicit ConversationModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setConversations(const QList<chat::ConversationInfo> &conversations);
    // Shows hits in place of the conversations until clearHits().
    void setHits(const QList<chat::SearchHit> &hits);
    void clearHits();
    [[nodiscard]] bool showsHits() const { return m_showsHits; }
    // Sets the day that counts as "Today", and groups the conversations accordingly.
    void setToday(const QDate &today);

    // An invalid index counts as a heading, or as a hit while hits are shown.
    [[nodiscard]] RowKind kind(const QModelIndex &index) const;
    [[nodiscard]] const chat::SearchHit *hit(const QModelIndex &index) const; // null if the row is no hit
    [[nodiscard]] QModelIndex indexOf(const QUuid &id) const;                 // invalid if no row has it
    [[nodiscard]] bool isEmpty() const { return m_conversations.isEmpty(); }

    // These show a change that the user made, before the store has made it.
    void setTitle(const QUuid &id, const QString &title);
    void setPinned(const QUuid &id, bool pinned);
    void remove(const QUuid &id);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    // Sets the title that was typed into an editor, and emits titleEdited(). Refuses an empty or an unchanged title.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    void titleEdited(const QUuid &id, const QString &title);

private:
    struct Row
    {
        QUuid id; // null = it is a heading
        QString text;
        bool pinned = false;
        // Whether both rows stand for the same conversation or heading; its title and pin may differ.
        [[nodiscard]] bool isSame(const Row &other) const
        {
            return id == other.id && (!id.isNull() || text == other.text);
        }
        friend bool operator==(const Row &, const Row &) = default;
    };

    void sort();
    void update(); // makes m_rows from m_conversations
    [[nodiscard]] QList<Row> wantedRows() const;
    struct Group
    {
        QString title;
        QDate start; // its first day; invalid = all earlier days belong to it
    };
    [[nodiscard]] Group groupOf(const QDateTime &updated) const; // for a conversation that is not pinned
    chat::ConversationInfo *find(const QUuid &id);

    QList<chat::ConversationInfo> m_conversations; // pinned first, then the newest first
    QList<Row> m_rows;
    QList<chat::SearchHit> m_hits;
    bool m_showsHits = false;
    QDate m_today = QDate::currentDate();
};
