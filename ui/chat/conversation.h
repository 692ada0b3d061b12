#pragma once

#include "proxy/gemini/expected.h"
#include "ui/chat/turn.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QUuid>

#include <optional>

namespace chat {

// How answers are to be made. What is not set is left to the model.
struct Parameters
{
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int> maxTokens;
    std::optional<int> thinkingBudget; // tokens; 0 = no thoughts, -1 = as the model sees fit
    bool search = false;               // grounds answers in Google Search
    bool json = false;                 // answers in JSON
    friend bool operator==(const Parameters &, const Parameters &) = default;
};

[[nodiscard]] QJsonObject toJson(const Parameters &parameters);
// Values out of their range are left unset.
[[nodiscard]] Parameters parametersFromJson(const QJsonObject &json);

// A conversation without its turns: what a list shows, and what the next answer is made with.
struct ConversationInfo
{
    QUuid id;
    QString title;
    QDateTime created; // UTC
    QDateTime updated;
    bool pinned = false;
    QString model;
    QString systemInstruction;
    Parameters parameters;
    TurnId activeRoot = 0; // which of the first turns the path begins with
    friend bool operator==(const ConversationInfo &, const ConversationInfo &) = default;
};

// A tree of turns. Each has a parent; an edited question or a regenerated answer is a sibling of the
// old one. Each remembers which of its children is active: the path goes from an active first turn
// down to a leaf, and coming back to an old branch finds that branch's own path. Nothing is ever
// taken out of it.
// A value, copied cheaply; belongs to one thread.
class Conversation
{
public:
    ConversationInfo info;

    // No id of a turn is larger, and no conversation grows beyond that.
    static constexpr TurnId largestId = 1'000'000'000;

    // A new one with an id and the time of now.
    [[nodiscard]] static Conversation create();
    // Of turns as they were kept, ordered by id. The error says what is wrong with them: an id that
    // comes twice, or a parent or an active child that is not what it should be.
    struct Invalid
    {
        QString message;
    };
    [[nodiscard]] static Expected<Conversation, Invalid> fromTurns(const ConversationInfo &info,
                                                                   const QList<Turn> &turns);

    // Adds a turn below `parent` (0 = as a first one) and makes it active, and all turns above it.
    // Returns its id. Not where it is full.
    TurnId append(Turn turn, TurnId parent);
    // Makes the path go through this turn. Returns the turns whose `activeChild` changed by that;
    // a 0 among them is the info's `activeRoot`.
    QList<TurnId> select(TurnId id);

    // nullptr if there is none. The pointer holds until the next append().
    [[nodiscard]] const Turn *turn(TurnId id) const;
    // Not for id, parent and activeChild.
    [[nodiscard]] Turn *turn(TurnId id);

    // From a first turn to the leaf, by active children.
    [[nodiscard]] QList<TurnId> path() const;
    // From a first turn down to this one.
    [[nodiscard]] QList<TurnId> pathTo(TurnId id) const;
    // The last of path(); 0 if there are no turns.
    [[nodiscard]] TurnId leaf() const;
    // The turns with the same parent, this one among them, the oldest first.
    [[nodiscard]] QList<TurnId> siblings(TurnId id) const;
    [[nodiscard]] QList<TurnId> children(TurnId id) const { return m_children.value(id); }

    [[nodiscard]] qsizetype size() const { return m_turns.size(); }
    [[nodiscard]] bool isFull() const { return m_last >= largestId; }
    // All of them, ordered by id.
    [[nodiscard]] QList<Turn> turns() const;
    // Of all answers, branches that are not active too: they were paid for.
    [[nodiscard]] Usage usage() const;

private:
    [[nodiscard]] TurnId activeChild(TurnId id) const;
    void setActiveChild(TurnId id, TurnId child);

    QHash<TurnId, Turn> m_turns;
    QHash<TurnId, QList<TurnId>> m_children; // of 0: the first turns
    TurnId m_last = 0;
};

// A title made from a question: its first words, on one line.
[[nodiscard]] QString titleFrom(const Turn &question);

} // namespace chat
