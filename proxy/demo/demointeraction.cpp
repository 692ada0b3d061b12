#include "proxy/demo/demointeraction.h"

#include "proxy/demo/demotexts.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

using Content = DemoBehaviour::Content;

namespace {

QString eventId(qsizetype index)
{
    return u"evt_%1"_s.arg(index + 1);
}

// Returns the step as it begins: a call without its arguments, a result without what it holds.
QJsonObject beginning(const QJsonObject &step)
{
    QJsonObject result{{u"type"_s, step.value("type"_L1)}};
    for (const auto name : {"id"_L1, "call_id"_L1, "name"_L1}) {
        if (step.contains(name))
            result.insert(name, step.value(name));
    }
    if (step.contains("arguments"_L1))
        result.insert("arguments"_L1, QJsonObject{});
    if (step.contains("result"_L1))
        result.insert("result"_L1,
                      step.value("result"_L1).isArray() ? QJsonValue(QJsonArray{}) : QJsonValue(QString()));
    return result;
}

} // namespace

DemoInteraction::DemoInteraction(const QString &id, DemoTask task, DemoOutcome outcome, Content content,
                                 std::chrono::milliseconds work)
    : m_id(id),
      m_task(std::move(task)),
      m_outcome(std::move(outcome)),
      m_created(QDateTime::currentDateTimeUtc()),
      m_work(work)
{
    add(u"interaction.created"_s, {{u"interaction"_s, frame(u"in_progress"_s)}});
    add(u"interaction.status_update"_s, {{u"interaction_id"_s, m_id}, {u"status"_s, u"in_progress"_s}});
    addSteps(content);
    if (content == Content::BareError) {
        // Its stream ends with the error, and the interaction itself fails.
        m_outcome.status = u"failed"_s;
        m_events.resize(std::min<qsizetype>(m_events.size(), 6));
        add(u"error"_s,
            {{u"error"_s,
              QJsonObject{{u"message"_s, u"The deadline expired. (Gemini Desk’s demo)"_s},
                          {u"code"_s, u"gateway_timeout"_s}}}});
    } else {
        addEnd();
    }
    for (const QByteArray &event : std::as_const(m_events))
        m_size += event.size();
    m_size += QJsonDocument(m_task.body).toJson(QJsonDocument::Compact).size();
    m_size += QJsonDocument(m_task.history).toJson(QJsonDocument::Compact).size();
    m_clock.start();
}

QJsonArray DemoInteraction::history() const
{
    QJsonArray steps = m_task.history;
    demosteps::append(steps, m_task.input);
    demosteps::append(steps, m_outcome.steps);
    return steps;
}

QJsonObject DemoInteraction::frame(const QString &status) const
{
    QJsonObject interaction{{u"id"_s, m_id},
                            {u"object"_s, u"interaction"_s},
                            {u"status"_s, status},
                            {u"created"_s, m_created.toString(Qt::ISODateWithMs)},
                            {u"updated"_s, m_created.toString(Qt::ISODateWithMs)}};
    for (const auto name : {"model"_L1, "agent"_L1, "previous_interaction_id"_L1}) {
        if (m_task.body.contains(name))
            interaction.insert(name, m_task.body.value(name));
    }
    return interaction;
}

QJsonObject DemoInteraction::object() const
{
    const bool over = !works();
    QJsonObject interaction = frame(over ? m_outcome.status : u"in_progress"_s);
    QJsonArray steps;
    const qint64 out = released();
    for (qsizetype i = 0; i < m_outcome.steps.size(); ++i) {
        if (over || m_stepEnds.at(i) <= out)
            steps.append(m_outcome.steps.at(i));
    }
    interaction.insert("steps"_L1, steps);
    interaction.insert("usage"_L1, over ? m_outcome.usage : runningUsage(int(steps.size())));
    if (over && !m_outcome.errors.isEmpty())
        interaction.insert("errors"_L1, m_outcome.errors);
    return interaction;
}

qint64 DemoInteraction::released() const
{
    if (m_work.count() == 0)
        return eventCount();
    const qint64 elapsed = std::min<qint64>(m_clock.elapsed(), m_work.count());
    const qint64 out = std::max<qint64>(2, eventCount() * elapsed / m_work.count()); // the ID is told at once
    return out < eventCount() - 1 ? out : eventCount(); // it has ended for all when it says so
}

QByteArray DemoInteraction::event(qint64 index) const
{
    if (m_repeated < 0 || index <= m_repeated)
        return m_events.at(index);
    return m_events.at(std::max<qint64>(m_repeated, index - m_outcome.repeats + 1));
}

std::optional<qint64> DemoInteraction::behind(const QString &id) const
{
    const QByteArray told = "\"event_id\":\"" + id.toUtf8() + '"'; // quotes within a text have a backslash
    for (qint64 i = 0; i < std::min<qint64>(m_events.size(), released()); ++i) {
        if (m_events.at(i).contains(told))
            return i + 1;
    }
    return std::nullopt;
}

void DemoInteraction::cancel()
{
    const qint64 out = released();
    m_events.resize(out);
    const auto whole = std::ranges::count_if(m_stepEnds, [out](qsizetype end) { return end <= out; });
    m_outcome.usage = runningUsage(int(whole));
    while (m_outcome.steps.size() > whole)
        m_outcome.steps.removeLast();
    m_outcome.status = u"cancelled"_s;
    m_work = std::chrono::milliseconds(0);
    addEnd();
}

void DemoInteraction::add(const QString &type, QJsonObject data)
{
    data.insert("event_type"_L1, type);
    data.insert("event_id"_L1, eventId(m_events.size()));
    m_events.append("event: " + type.toLatin1() + "\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact)
                    + "\n\n");
}

void DemoInteraction::addSteps(Content content)
{
    for (int i = 0; i < m_outcome.steps.size(); ++i) {
        const QJsonObject step = m_outcome.steps.at(i).toObject();
        if (content == Content::Unknown) { // what clients do not know yet they are to skip
            add(u"interaction.novelty"_s, {{u"novelty"_s, QJsonObject{{u"demo"_s, true}}}});
        }
        add(u"step.start"_s, {{u"index"_s, i}, {u"step"_s, beginning(step)}});
        addDeltas(i, step, content);
        m_stepEnds.append(m_events.size() + 1);
        QJsonObject stop{{u"index"_s, i}};
        if (m_task.body.contains("agent"_L1)) { // agents tell how much they have used so far
            const QJsonObject now = runningUsage(i + 1);
            stop.insert("usage"_L1, now);
            const QJsonObject before = runningUsage(i);
            const auto added = [&](QLatin1StringView name) {
                return now.value(name).toInt() - before.value(name).toInt();
            };
            stop.insert("step_usage"_L1,
                        demosteps::usage(0, 0, added("total_output_tokens"_L1), added("total_thought_tokens"_L1),
                                         added("total_tool_use_tokens"_L1)));
        }
        add(u"step.stop"_s, stop);
    }
}

void DemoInteraction::addDeltas(int index, const QJsonObject &step, Content content)
{
    const auto delta = [this, index](const QString &type, QJsonObject data) {
        data.insert("type"_L1, type);
        add(u"step.delta"_s, {{u"index"_s, index}, {u"delta"_s, data}});
    };
    const QString type = step.value("type"_L1).toString();
    if (content == Content::Unknown)
        delta(u"novelty"_s, {{u"novelty"_s, u"demo"_s}});
    if (type == "thought"_L1) {
        for (const auto &summary : step.value("summary"_L1).toArray())
            delta(u"thought_summary"_s, {{u"content"_s, summary}});
        delta(u"thought_signature"_s, {{u"signature"_s, step.value("signature"_L1)}});
    } else if (type == "model_output"_L1) {
        for (const auto &item : step.value("content"_L1).toArray()) {
            if (item["type"_L1].toString() != "text"_L1) {
                delta(item["type"_L1].toString(), item.toObject());
                continue;
            }
            const QString text = item["text"_L1].toString();
            if (m_outcome.repeats > 1) {
                m_repeated = m_events.size();
                delta(u"text"_s, {{u"text"_s, text}});
                continue;
            }
            QStringList words = demotexts::words(text);
            if (m_task.body.contains("agent"_L1)) // a report comes line by line
                words = text.split(QRegularExpression(u"(?<=\\n)"_s), Qt::SkipEmptyParts);
            for (qsizetype i = 0; i < words.size(); ++i) {
                delta(u"text"_s, {{u"text"_s, words.at(i)}});
                if (content == Content::BadJson && i == 2)
                    m_events.append("event: step.delta\ndata: {\"index\": 0, \"delta\": {\"text\": \"no end\n\n");
            }
            if (item["annotations"_L1].isArray())
                delta(u"text_annotation_delta"_s, {{u"annotations"_s, item["annotations"_L1]}});
        }
    } else if (type == "function_call"_L1) {
        const QString arguments =
                QString::fromUtf8(QJsonDocument(step.value("arguments"_L1).toObject()).toJson(QJsonDocument::Compact));
        for (qsizetype at = 0; at < arguments.size(); at += 12)
            delta(u"arguments_delta"_s, {{u"arguments"_s, arguments.mid(at, 12)}});
    } else {
        QJsonObject data = step;
        for (const auto name : {"id"_L1, "call_id"_L1})
            data.remove(name);
        delta(type, data);
    }
}

void DemoInteraction::addEnd()
{
    QJsonObject interaction = frame(m_outcome.status);
    interaction.insert("usage"_L1, m_outcome.usage);
    if (!m_outcome.errors.isEmpty())
        interaction.insert("errors"_L1, m_outcome.errors);
    add(u"interaction.completed"_s, {{u"interaction"_s, interaction}});
    m_events.append("event: done\ndata: [DONE]\n\n");
}

// Returns what was used when so many steps were complete. All but the input grows with them.
QJsonObject DemoInteraction::runningUsage(int steps) const
{
    const auto part = [this, steps](QLatin1StringView name) {
        const qint64 all = m_outcome.usage.value(name).toInt();
        return int(m_outcome.steps.isEmpty()
                           ? all
                           : all * std::min<qint64>(steps, m_outcome.steps.size()) / m_outcome.steps.size());
    };
    return demosteps::usage(m_outcome.usage.value("total_input_tokens"_L1).toInt(),
                            m_outcome.usage.value("total_cached_tokens"_L1).toInt(), part("total_output_tokens"_L1),
                            part("total_thought_tokens"_L1), part("total_tool_use_tokens"_L1));
}
