#include "ui/chat/conversation.h"

#include <QJsonValue>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr qsizetype titleLength = 60;

std::optional<double> number(const QJsonValue &value, double least, double most)
{
    const double number = value.toDouble(std::nan(""));
    return number >= least && number <= most ? std::optional(number) : std::nullopt;
}

std::optional<int> whole(const QJsonValue &value, int least)
{
    const int number = value.toInt(least - 1);
    return number >= least ? std::optional(number) : std::nullopt;
}

} // namespace

QJsonObject toJson(const Parameters &parameters)
{
    QJsonObject json;
    if (parameters.temperature)
        json.insert("temperature"_L1, *parameters.temperature);
    if (parameters.topP)
        json.insert("topP"_L1, *parameters.topP);
    if (parameters.maxTokens)
        json.insert("maxTokens"_L1, *parameters.maxTokens);
    if (parameters.thinkingBudget)
        json.insert("thinkingBudget"_L1, *parameters.thinkingBudget);
    if (parameters.search)
        json.insert("search"_L1, true);
    if (parameters.json)
        json.insert("json"_L1, true);
    return json;
}

Parameters parametersFromJson(const QJsonObject &json)
{
    Parameters parameters;
    parameters.temperature = number(json.value("temperature"_L1), 0, 2);
    parameters.topP = number(json.value("topP"_L1), 0, 1);
    parameters.maxTokens = whole(json.value("maxTokens"_L1), 1);
    parameters.thinkingBudget = whole(json.value("thinkingBudget"_L1), -1);
    parameters.search = json.value("search"_L1).toBool();
    parameters.json = json.value("json"_L1).toBool();
    return parameters;
}

Conversation Conversation::create()
{
    Conversation conversation;
    conversation.info.id = QUuid::createUuid();
    conversation.info.created = QDateTime::currentDateTimeUtc();
    conversation.info.updated = conversation.info.created;
    return conversation;
}

Expected<Conversation, Conversation::Invalid> Conversation::fromTurns(const ConversationInfo &info,
                                                                      const QList<Turn> &turns)
{
    Conversation conversation;
    conversation.info = info;
    conversation.m_turns.reserve(turns.size());
    for (const Turn &turn : turns) {
        // As IDs rise and parents come before their children, there can be no cycle.
        if (turn.id <= conversation.m_last)
            return Invalid{u"turn %1 is out of order"_s.arg(turn.id)};
        if (turn.parent != 0 && !conversation.turn(turn.parent))
            return Invalid{u"turn %1 has no parent"_s.arg(turn.id)};
        conversation.m_last = turn.id;
        conversation.m_turns.insert(turn.id, turn);
        conversation.m_children[turn.parent].append(turn.id);
    }
    for (auto it = conversation.m_children.cbegin(); it != conversation.m_children.cend(); ++it) {
        if (!it->contains(conversation.activeChild(it.key())))
            return Invalid{u"turn %1 has no active child"_s.arg(it.key())};
    }
    for (const Turn &turn : turns) {
        if (turn.activeChild != 0 && !conversation.m_children.contains(turn.id))
            return Invalid{u"turn %1 has no such child"_s.arg(turn.id)};
    }
    if (turns.isEmpty() && info.activeRoot != 0)
        return Invalid{u"there is no first turn"_s};
    return conversation;
}

TurnId Conversation::append(Turn turn, TurnId parent)
{
    Q_ASSERT(!isFull() && (parent == 0 || m_turns.contains(parent)));
    const TurnId id = ++m_last;
    turn.id = id;
    turn.parent = parent;
    turn.activeChild = 0;
    m_turns.insert(id, std::move(turn));
    m_children[parent].append(id);
    select(id);
    return id;
}

QList<TurnId> Conversation::select(TurnId id)
{
    QList<TurnId> changed;
    while (const Turn *chosen = std::as_const(*this).turn(id)) {
        const TurnId parent = chosen->parent;
        if (activeChild(parent) != id) {
            setActiveChild(parent, id);
            changed.append(parent);
        }
        id = parent;
    }
    return changed;
}

const Turn *Conversation::turn(TurnId id) const
{
    const auto found = m_turns.constFind(id);
    return found == m_turns.cend() ? nullptr : &*found;
}

Turn *Conversation::turn(TurnId id)
{
    const auto found = m_turns.find(id);
    return found == m_turns.end() ? nullptr : &*found;
}

QList<TurnId> Conversation::path() const
{
    QList<TurnId> ids;
    for (TurnId id = info.activeRoot; id != 0; id = activeChild(id))
        ids.append(id);
    return ids;
}

QList<TurnId> Conversation::pathTo(TurnId id) const
{
    QList<TurnId> ids;
    for (const Turn *at = turn(id); at; at = turn(at->parent))
        ids.append(at->id);
    std::reverse(ids.begin(), ids.end());
    return ids;
}

TurnId Conversation::leaf() const
{
    TurnId last = 0;
    for (TurnId id = info.activeRoot; id != 0; id = activeChild(id))
        last = id;
    return last;
}

QList<TurnId> Conversation::siblings(TurnId id) const
{
    const Turn *one = turn(id);
    return one ? m_children.value(one->parent) : QList<TurnId>();
}

QList<Turn> Conversation::turns() const
{
    QList<Turn> result = m_turns.values();
    std::sort(result.begin(), result.end(), [](const Turn &a, const Turn &b) { return a.id < b.id; });
    return result;
}

Usage Conversation::usage() const
{
    const auto add = [](int &sum, int count) {
        sum = int(std::clamp<qint64>(qint64(sum) + count, 0, std::numeric_limits<int>::max()));
    };
    Usage sum;
    for (const Turn &turn : m_turns) {
        add(sum.input, turn.usage.input);
        add(sum.output, turn.usage.output);
        add(sum.thoughts, turn.usage.thoughts);
        add(sum.cached, turn.usage.cached);
        add(sum.total, turn.usage.total);
    }
    return sum;
}

TurnId Conversation::activeChild(TurnId id) const
{
    if (id == 0)
        return info.activeRoot;
    const Turn *parent = turn(id);
    return parent ? parent->activeChild : 0;
}

void Conversation::setActiveChild(TurnId id, TurnId child)
{
    if (id == 0)
        info.activeRoot = child;
    else
        m_turns[id].activeChild = child;
}

QString titleFrom(const Turn &question)
{
    QString title = question.text().left(10 * titleLength).simplified();
    if (title.isEmpty() && !question.parts.isEmpty())
        title = question.parts.first().name;
    if (title.size() <= titleLength)
        return title;
    // Cuts between two words, unless that would lose more than half of the length, and never within a surrogate pair.
    qsizetype end = title.lastIndexOf(u' ', titleLength);
    if (end < titleLength / 2)
        end = title.at(titleLength - 1).isHighSurrogate() ? titleLength - 1 : titleLength;
    return title.first(end) + u'…';
}

} // namespace chat
