#include "proxy/demo/demointeractions.h"

#include "proxy/demo/demoresearch.h"
#include "proxy/demo/demostream.h"

#include <QJsonDocument>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Content = DemoBehaviour::Content;
using Interaction = std::shared_ptr<const DemoInteraction>;

DemoReply error(int status, const QString &message)
{
    return demoErrorReply(status, message + u" (Gemini Desk’s demo)"_s);
}

DemoReply missing(const QString &id)
{
    return error(404, u"There is no interaction with the ID %1. It was deleted, or it was not stored."_s.arg(id));
}

// Streams the events from one index on, and waits for those that an interaction in the background has not let out yet.
DemoReply streamed(const Interaction &interaction, qint64 from)
{
    DemoReply reply;
    reply.fields.append("Content-Type", "text/event-stream");
    reply.paced = !interaction->works() && interaction->eventCount() < 10'000;
    const auto at = std::make_shared<qint64>(from);
    reply.next = [interaction, at] {
        return *at < interaction->eventCount() ? interaction->event((*at)++) : QByteArray();
    };
    reply.waits = [interaction, at] { return interaction->works() && *at >= interaction->released(); };
    return reply;
}

// Returns the whole interaction. Of one whose text is repeated, the text is sent as often as it is repeated.
DemoReply whole(const Interaction &interaction, qint64 repeats, const DemoBehaviour &behaviour)
{
    const bool cutShort = behaviour.interruption != DemoBehaviour::Interruption::None;
    if (behaviour.content == Content::BareError)
        return error(504, u"The deadline expired."_s);
    if (behaviour.content == Content::BadJson) {
        const QByteArray body = QJsonDocument(interaction->object()).toJson();
        DemoReply reply = demoWhole(body.first(body.size() / 2), cutShort);
        reply.fields.append("Content-Type", "application/json; charset=UTF-8");
        return reply;
    }
    if (repeats == 1)
        return demoJson(interaction->object(), 200, cutShort);

    QJsonObject object = interaction->object();
    QJsonObject step = object.value("steps"_L1).toArray().last().toObject();
    const QString filler = step.value("content"_L1).toArray().first()["text"_L1].toString();
    step.insert("content"_L1, QJsonArray{demosteps::text(fillerMark)});
    object.insert("steps"_L1, QJsonArray{step});
    return demoRepeated(filled(object, filler, repeats));
}

QString wordFor(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Bool:
        return u"true or false"_s;
    case QJsonValue::String:
        return u"a text"_s;
    case QJsonValue::Array:
        return u"a list"_s;
    default:
        return u"an object"_s;
    }
}

// Returns what is wrong with the types of a request's members, in words for a client; "" = nothing.
QString typeProblem(const QJsonObject &body)
{
    using Type = QJsonValue::Type;
    static const QList<std::pair<QString, QList<Type>>> types{
            {u"model"_s, {Type::String}},
            {u"agent"_s, {Type::String}},
            {u"stream"_s, {Type::Bool}},
            {u"store"_s, {Type::Bool}},
            {u"background"_s, {Type::Bool}},
            {u"previous_interaction_id"_s, {Type::String}},
            {u"system_instruction"_s, {Type::String}},
            {u"tools"_s, {Type::Array}},
            {u"generation_config"_s, {Type::Object}},
            {u"agent_config"_s, {Type::Object}},
            {u"response_format"_s, {Type::Object, Type::Array}},
    };
    for (const auto &[name, allowed] : types) {
        if (body.contains(name) && !allowed.contains(body.value(name).type()))
            return u"`%1` has the wrong type: %2 is expected."_s.arg(name, wordFor(allowed.first()));
    }
    if (body.contains("model"_L1) == body.contains("agent"_L1))
        return u"Exactly one of `model` and `agent` is needed."_s;
    static const QSet<QString> levels{u"minimal"_s, u"low"_s, u"medium"_s, u"high"_s};
    const QJsonValue level = body.value("generation_config"_L1)["thinking_level"_L1];
    if (!level.isUndefined() && !levels.contains(level.toString()))
        return u"`generation_config.thinking_level` is minimal, low, medium or high."_s;
    const bool background = body.value("background"_L1).toBool();
    if (background && !body.value("store"_L1).toBool(true))
        return u"`background` needs `store`: an interaction that is not stored cannot be asked for later."_s;
    if (body.contains("agent"_L1) && !background)
        return u"Agents need `background`: true."_s;
    return {};
}

} // namespace

DemoReply DemoInteractions::reply(const DemoCall &call, const DemoBehaviour &behaviour)
{
    if (call.interaction.isEmpty())
        return call.method == "POST" ? create(call, behaviour) : error(404, u"Interactions are not listed."_s);
    const Interaction interaction = find(call.interaction);
    if (call.action == "cancel"_L1 && call.method == "POST") {
        if (!interaction)
            return missing(call.interaction);
        if (!interaction->works())
            return error(400,
                         u"The interaction %1 has ended already, so it cannot be cancelled."_s.arg(call.interaction));
        interaction->cancel();
        return demoJson(interaction->object());
    }
    if (!call.action.isEmpty() || (call.method != "GET" && call.method != "HEAD" && call.method != "DELETE"))
        return error(404, u"This cannot be done with an interaction."_s);
    if (!interaction)
        return missing(call.interaction);
    if (call.method == "DELETE") {
        if (interaction->works())
            interaction->cancel();
        m_kept.removeOne(interaction);
        return demoJson({});
    }
    if (call.query.queryItemValue(u"stream"_s) != "true"_L1)
        return demoJson(interaction->object());
    const QString last = call.query.queryItemValue(u"last_event_id"_s, QUrl::FullyDecoded);
    const std::optional<qint64> from = last.isEmpty() ? std::optional<qint64>(0) : interaction->behind(last);
    return from ? streamed(interaction, *from) : error(400, u"No event has the ID `%1`."_s.arg(last));
}

DemoReply DemoInteractions::create(const DemoCall &call, const DemoBehaviour &behaviour)
{
    DemoTask task;
    task.body = call.body;
    if (const QString problem = typeProblem(task.body); !problem.isEmpty())
        return error(400, problem);
    const QString agent = task.body.value("agent"_L1).toString();
    if (!agent.isEmpty() && agent != "demo-deep-research"_L1)
        return error(404, u"The agent %1 is not found. There is demo-deep-research."_s.arg(agent));
    const auto input = demosteps::fromInput(task.body.value("input"_L1));
    if (!input)
        return error(400, u"`input` is a text, a content, a list of contents or a list of steps, and not empty."_s);
    task.input = *input;
    if (const QString previous = task.body.value("previous_interaction_id"_L1).toString(); !previous.isEmpty()) {
        const Interaction continued = find(previous);
        if (!continued)
            return missing(previous);
        if (continued->works())
            return error(400, u"The interaction %1 has not ended yet."_s.arg(previous));
        task.followsPlan = continued->isPlan();
        task.history = continued->history();
    }
    if (const QString problem = demosteps::problem(task); !problem.isEmpty())
        return error(400, problem);

    DemoOutcome outcome = agent.isEmpty() ? demosteps::answer(task, behaviour) : demoResearch(task);
    const qint64 repeats = outcome.repeats;
    const bool background = task.body.value("background"_L1).toBool();
    const bool stored = task.body.value("store"_L1).toBool(true) && repeats == 1;
    const bool streams = task.body.value("stream"_L1).toBool();
    const auto work = !background ? std::chrono::milliseconds(0) : outcome.plan ? m_workTime / 10 : m_workTime;
    const auto interaction = std::make_shared<DemoInteraction>(u"v1_demo%1"_s.arg(++m_lastId), std::move(task),
                                                               std::move(outcome), behaviour.content, work);
    if (stored)
        keep(interaction);
    return streams ? streamed(interaction, 0) : whole(interaction, repeats, behaviour);
}

DemoInteractions::Interaction DemoInteractions::find(const QString &id) const
{
    const auto found = std::ranges::find_if(m_kept, [&id](const Interaction &each) { return each->id() == id; });
    return found == m_kept.end() ? nullptr : *found;
}

void DemoInteractions::keep(const Interaction &interaction)
{
    m_kept.append(interaction);
    qsizetype bytes = 0;
    for (const Interaction &each : std::as_const(m_kept))
        bytes += each->size();
    while (m_kept.size() > maximumKept || (bytes > maximumBytes && m_kept.size() > 1))
        bytes -= m_kept.takeFirst()->size();
}
