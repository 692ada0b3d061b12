#include "ui/requests/interactiontext.h"

#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(InteractionText)
};

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString joined(const QJsonValue &words)
{
    QStringList all;
    for (const auto &word : words.toArray()) {
        if (const QString text = word.toString(); !text.isEmpty())
            all += text;
    }
    return all.join(u", "_s);
}

} // namespace

bool InteractionText::isAnswer(const QJsonObject &object)
{
    return object["event_type"_L1].isString() || object["object"_L1] == "interaction"_L1
            || (object["steps"_L1].isArray() && object["status"_L1].isString());
}

QList<TextPiece> InteractionText::take(const QJsonObject &object)
{
    const QString event = object["event_type"_L1].toString();
    const int index = object["index"_L1].toInt();
    if (event.isEmpty()) {
        for (const auto &step : object["steps"_L1].toArray())
            takeStep(step.toObject());
        takeStatus(object["status"_L1].toString());
    } else if (event == "step.start"_L1) {
        const QJsonObject step = object["step"_L1].toObject();
        if (step["type"_L1] == "function_call"_L1) {
            const QJsonObject arguments = step["arguments"_L1].toObject();
            m_calls[index] = {step["name"_L1].toString(), arguments.isEmpty() ? QString() : compact(arguments)};
        } else {
            takeStep(step);
        }
    } else if (event == "step.delta"_L1) {
        takeDelta(index, object["delta"_L1].toObject());
    } else if (event == "step.stop"_L1) {
        if (m_calls.contains(index)) {
            const Call call = m_calls.take(index);
            note(Texts::tr("Calls %1 with %2").arg(call.name, call.arguments.isEmpty() ? u"{}"_s : call.arguments));
        }
    } else if (event == "interaction.status_update"_L1) {
        takeStatus(object["status"_L1].toString());
    } else if (event == "interaction.completed"_L1) {
        takeStatus(object["interaction"_L1]["status"_L1].toString());
    }
    return std::exchange(m_out, {});
}

// Takes a step that is whole, or the beginning of one, which may hold its first piece.
void InteractionText::takeStep(const QJsonObject &step)
{
    const QString type = step["type"_L1].toString();
    if (type == "model_output"_L1) {
        for (const auto &content : step["content"_L1].toArray())
            takeContent(content.toObject());
        if (const QString message = step["error"_L1]["message"_L1].toString(); !message.isEmpty())
            add(TextPiece::Kind::Error, message);
    } else if (type == "thought"_L1) {
        for (const auto &content : step["summary"_L1].toArray())
            add(TextPiece::Kind::Thought, content["text"_L1].toString());
    } else {
        takeTool(type, step);
    }
}

void InteractionText::takeDelta(int index, const QJsonObject &delta)
{
    const QString type = delta["type"_L1].toString();
    if (type == "thought_summary"_L1)
        add(TextPiece::Kind::Thought, delta["content"_L1]["text"_L1].toString());
    else if (type == "arguments_delta"_L1)
        m_calls[index].arguments += delta["arguments"_L1].toString();
    else if (type == "text_annotation_delta"_L1)
        takeAnnotations(delta["annotations"_L1].toArray());
    else if (type == "text"_L1 || delta.contains("mime_type"_L1))
        takeContent(delta);
    else
        takeTool(type, delta);
}

// Takes text or a medium.
void InteractionText::takeContent(const QJsonObject &content)
{
    if (content["type"_L1] == "text"_L1) {
        add(TextPiece::Kind::Text, content["text"_L1].toString());
        takeAnnotations(content["annotations"_L1].toArray());
        return;
    }
    const QString type = content["mime_type"_L1].toString(content["type"_L1].toString());
    if (const qsizetype size = content["data"_L1].toString().size() / 4 * 3; size > 0)
        note(Texts::tr("Holds data: %1, %2").arg(type, requesttexts::size(size)));
    else if (const QString uri = content["uri"_L1].toString(); !uri.isEmpty())
        note(Texts::tr("Holds data: %1, %2").arg(type, uri));
}

// Takes what a tool was asked or has answered. Results of searches say nothing that a person reads.
void InteractionText::takeTool(const QString &type, const QJsonObject &tool)
{
    const QJsonObject arguments = tool["arguments"_L1].toObject();
    if (type == "function_call"_L1) {
        note(Texts::tr("Calls %1 with %2").arg(tool["name"_L1].toString(), compact(arguments)));
    } else if (type == "mcp_server_tool_call"_L1) {
        if (!tool["name"_L1].toString().isEmpty()) {
            note(Texts::tr("Calls %1 of %2 with %3", "a tool, its server, arguments")
                         .arg(tool["name"_L1].toString(), tool["server_name"_L1].toString(), compact(arguments)));
        }
    } else if (type == "google_search_call"_L1 || type == "google_maps_call"_L1) {
        if (const QString queries = joined(arguments["queries"_L1]); !queries.isEmpty())
            note(Texts::tr("Searches for: %1").arg(queries));
    } else if (type == "url_context_call"_L1) {
        if (const QString urls = joined(arguments["urls"_L1]); !urls.isEmpty())
            note(Texts::tr("Reads: %1").arg(urls));
    } else if (type == "code_execution_call"_L1) {
        if (const QString code = arguments["code"_L1].toString(); !code.isEmpty())
            note(Texts::tr("Runs this code:") + u'\n' + code);
    } else if (type == "code_execution_result"_L1) {
        if (const QString result = tool["result"_L1].toString(); !result.isEmpty())
            note(Texts::tr("The code says:") + u'\n' + result);
    }
}

void InteractionText::takeAnnotations(const QJsonArray &annotations)
{
    for (const auto &annotation : annotations) {
        const QString url = annotation["url"_L1].toString();
        const QString title = annotation["title"_L1].toString();
        if (url.isEmpty() || m_cited.contains(url))
            continue;
        m_cited.insert(url);
        note(title.isEmpty() ? Texts::tr("Cites %1").arg(url)
                             : Texts::tr("Cites %1: %2", "title, address").arg(title, url));
    }
}

void InteractionText::takeStatus(const QString &status)
{
    // The function calls themselves say that an interaction waits for their results.
    static const QStringList noNews{u""_s, u"queued"_s, u"in_progress"_s, u"requires_action"_s, u"completed"_s};
    if (!noNews.contains(status) && !std::exchange(m_ended, true))
        note(Texts::tr("Ended early: %1").arg(status));
}

void InteractionText::add(TextPiece::Kind kind, const QString &text)
{
    if (!text.isEmpty())
        m_out.append({kind, text});
}
