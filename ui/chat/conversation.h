#pragma once

#include "proxy/gemini/expected.h"
#include "ui/chat/turn.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QUuid>

#include <optional>

namespace chat {

// Settings for answers. The model decides whatever is not set.
struct Parameters
{
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<int> maxTokens;
    std::optional<int> thinkingBudget; // in tokens; 0 = no thoughts, -1 = the model decides
    bool search = false;               // answers are grounded in Google Search
    bool json = false;                 // answers are in JSON
    friend bool operator==(const Parameters &, const Parameters &) = default;
};

[[nodiscard]] QJsonObject toJson(const Parameters &parameters);
// Values that are out of their range are left unset.
[[nodiscard]] Parameters parametersFromJson(const QJsonObject &json);

// A conversation without its turns: what a list shows, and the settings for the next answer.
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
    TurnId activeRoot = 0; // the first turn that the path begins with
    friend bool operator==(const ConversationInfo &, const ConversationInfo &) = default;
};

// A tree of turns. Each turn has a parent; an edited question or a regenerated answer becomes a sibling of the old one.
// Each turn remembers which of its children is active. The path leads from an active first turn down to a leaf, and
// selecting an old branch again restores the path within that branch. Turns are never removed.
// A plain value, which is cheap to copy. It belongs to one thread.
class Conversation
{
public:
    ConversationInfo info;

    // The largest ID that append() gives to a turn. A conversation that has reached it is full.
    static constexpr TurnId largestId = 1'000'000'000;

    // Makes an empty conversation with a new ID and the current time.
    [[nodiscard]] static Conversation create();
    // Builds a conversation from stored turns, which must be ordered by ID. Fails if the IDs do not rise, or if a
    // parent or an active child is missing or wrong; the error names the turn.
    struct Invalid
    {
        QString message;
    };
    [[nodiscard]] static Expected<Conversation, Invalid> fromTurns(const ConversationInfo &info,
                                                                   const QList<Turn> &turns);

    // Adds a turn below `parent` (0 = as a first turn), makes it and all turns above it active, and returns its ID. The
    // parent must exist and the conversation must not be full.
    TurnId append(Turn turn, TurnId parent);
    // Makes the path go through this turn. Returns the turns whose `activeChild` changed by that; 0 among them stands
    // for the info's `activeRoot`.
    QList<TurnId> select(TurnId id);

    // Returns nullptr if there is no such turn. The pointer is valid until the next append().
    [[nodiscard]] const Turn *turn(TurnId id) const;
    // The caller may change anything but id, parent and activeChild.
    [[nodiscard]] Turn *turn(TurnId id);

    // The turns from the active first turn to the leaf.
    [[nodiscard]] QList<TurnId> path() const;
    // The turns from a first turn down to this one.
    [[nodiscard]] QList<TurnId> pathTo(TurnId id) const;
    // The last turn of path(); 0 if there are no turns.
    [[nodiscard]] TurnId leaf() const;
    // The turns with the same parent, including this one, the oldest first.
    [[nodiscard]] QList<TurnId> siblings(TurnId id) const;
    [[nodiscard]] QList<TurnId> children(TurnId id) const { return m_children.value(id); }

    [[nodiscard]] qsizetype size() const { return m_turns.size(); }
    [[nodiscard]] bool isFull() const { return m_last >= largestId; }
    // All turns, ordered by ID.
    [[nodiscard]] QList<Turn> turns() const;
    // The sum over all answers, including those on inactive branches, as they were paid for too.
    [[nodiscard]] Usage usage() const;

private:
    [[nodiscard]] TurnId activeChild(TurnId id) const;
    void setActiveChild(TurnId id, TurnId child);

    QHash<TurnId, Turn> m_turns;
    QHash<TurnId, QList<TurnId>> m_children; // the first turns are the children of 0
    TurnId m_last = 0;
};

// Makes a title from a question: its first words, on one line. Without text it is the name of the first attachment.
[[nodiscard]] QString titleFrom(const Turn &question);

} // namespace chat
