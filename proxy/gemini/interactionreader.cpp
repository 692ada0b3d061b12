#include "proxy/gemini/interactionreader.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace gemini {

namespace {

constexpr qsizetype longestText = 200; // of an ID, a status or a model
constexpr qsizetype longestEventId = 1024;

void take(QByteArray &into, const QJsonValue &told, qsizetype longest = longestText)
{
    const QByteArray text = told.toString().toUtf8();
    if (!text.isEmpty() && text.size() <= longest)
        into = text;
}

QString textOf(const QJsonValue &contents)
{
    QString text;
    for (const auto &content : contents.toArray()) {
        // Agents' summaries were seen without a type.
        if (content["type"_L1].toString(u"text"_s) == "text"_L1)
            text += content["text"_L1].toString();
    }
    return text;
}

QStringList queriesOf(const QJsonObject &search)
{
    QStringList queries;
    for (const auto &query : search["arguments"_L1]["queries"_L1].toArray()) {
        if (const QString text = query.toString(); !text.isEmpty())
            queries.append(text);
    }
    return queries;
}

} // namespace

bool InteractionEnd::isOver() const
{
    return state.completed && !state.status.isEmpty() && state.status != "queued" && state.status != "in_progress";
}

QList<InteractionDelta> InteractionReader::feed(QByteArrayView bytes)
{
    return take(m_splitter.feed(bytes));
}

QList<InteractionDelta> InteractionReader::finish(bool intact)
{
    m_end.intact = intact;
    return take(m_splitter.finish(intact));
}

QList<InteractionDelta> InteractionReader::take(const QList<ServerSentEvent> &pieces)
{
    QList<InteractionDelta> deltas;
    for (const ServerSentEvent &piece : pieces) {
        if (piece.data == "[DONE]") {
            m_end.state.done = true;
            continue;
        }
        const QJsonDocument document = QJsonDocument::fromJson(piece.data);
        const QJsonObject object = document.object();
        QString type = object["event_type"_L1].toString();
        if (type.isEmpty() && piece.event != "message")
            type = QString::fromUtf8(piece.event);
        if (type == "error"_L1) {
            takeError(errorIn(object).value_or(AnswerError()));
            continue;
        }
        if (!document.isObject()) {
            m_end.hasGap = true;
            continue;
        }
        InteractionDelta delta = type.isEmpty() ? takeWhole(object) : takeEvent(type, object);
        ::gemini::take(delta.eventId, object["event_id"_L1], longestEventId);
        if (!delta.eventId.isEmpty())
            m_end.lastEventId = delta.eventId;
        if (!delta.text.isEmpty() || !delta.thought.isEmpty() || !delta.searches.isEmpty() || !delta.eventId.isEmpty())
            deltas.append(std::move(delta));
    }
    m_end.tooLarge = m_splitter.failed();
    return deltas;
}

InteractionDelta InteractionReader::takeEvent(const QString &type, const QJsonObject &event)
{
    InteractionDelta delta;
    delta.step = event["index"_L1].toInt(-1);
    if (type.startsWith("interaction."_L1)) {
        ::gemini::take(m_end.state.id, event["interaction_id"_L1]);
        ::gemini::take(m_end.state.status, event["status"_L1]);
        takeState(event["interaction"_L1].toObject());
        m_end.state.completed = m_end.state.completed || type == "interaction.completed"_L1;
    } else if (type == "step.start"_L1) {
        const QJsonObject step = event["step"_L1].toObject();
        m_step = delta.step;
        m_type = step["type"_L1].toString();
        takeStep(step, delta);
    } else if (type == "step.delta"_L1) {
        takeDelta(event["delta"_L1].toObject(), delta);
    } else if (type == "step.stop"_L1) {
        takeUsage(event["usage"_L1].toObject()); // an agent's total so far
    }
    return delta;
}

InteractionDelta InteractionReader::takeWhole(const QJsonObject &interaction)
{
    InteractionDelta delta;
    if (!interaction["status"_L1].isString()) { // this is something else
        if (const auto error = errorIn(interaction))
            takeError(*error);
        return delta;
    }
    takeState(interaction);
    m_end.state.completed = true;
    for (const auto &step : interaction["steps"_L1].toArray())
        takeStep(step.toObject(), delta);
    return delta;
}

// Takes a step that is whole, or the beginning of one, which may hold its first piece.
void InteractionReader::takeStep(const QJsonObject &step, InteractionDelta &delta)
{
    const QString type = step["type"_L1].toString();
    if (type == "model_output"_L1)
        delta.text += textOf(step["content"_L1]);
    else if (type == "thought"_L1)
        delta.thought += textOf(step["summary"_L1]);
    else if (type == "google_search_call"_L1)
        delta.searches += queriesOf(step);
    if (const QString message = step["error"_L1]["message"_L1].toString(); !message.isEmpty())
        m_end.reason = message;
}

void InteractionReader::takeDelta(const QJsonObject &addition, InteractionDelta &delta) const
{
    const QString type = addition["type"_L1].toString();
    if (type == "text"_L1) {
        // Of a step whose beginning was not seen, since the stream was resumed behind it, text is the model's output.
        if (delta.step != m_step || m_type.isEmpty() || m_type == "model_output"_L1)
            delta.text = addition["text"_L1].toString();
    } else if (type == "thought_summary"_L1) {
        delta.thought = addition["content"_L1]["text"_L1].toString();
    } else if (type == "google_search_call"_L1) {
        delta.searches = queriesOf(addition);
    }
}

void InteractionReader::takeState(const QJsonObject &interaction)
{
    InteractionState &state = m_end.state;
    ::gemini::take(state.id, interaction["id"_L1]);
    ::gemini::take(state.status, interaction["status"_L1]);
    ::gemini::take(state.model, interaction["agent"_L1]);
    ::gemini::take(state.model, interaction["model"_L1]);
    takeUsage(interaction["usage"_L1].toObject());
    for (const auto &error : interaction["errors"_L1].toArray()) {
        if (const QString message = error["message"_L1].toString(); !message.isEmpty())
            m_end.reason = message;
    }
}

void InteractionReader::takeUsage(const QJsonObject &usage)
{
    const TokenCounts counts = interactionTokenCounts(usage);
    if (counts != TokenCounts{}) // a usage that tells nothing takes nothing back
        m_end.state.usage.setCounts(counts);
}

void InteractionReader::takeError(const AnswerError &error)
{
    if (m_end.error)
        return;
    m_end.error = error;
    m_end.state.error = error.status.isEmpty() ? "error"_ba : error.status.toUtf8().left(longestText);
}

} // namespace gemini
