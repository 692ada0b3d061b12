#include "ui/requests/answertext.h"

#include "proxy/gemini/generatecontentreader.h"
#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

// Whether JSON or an event stream may start with these bytes. An answer that starts otherwise is shown as it is.
bool startsAnswer(QByteArrayView start)
{
    return start.startsWith('{') || start.startsWith('[') || start.startsWith("data:") || start.startsWith("event:")
            || start.startsWith("id:") || start.startsWith("retry:") || start.startsWith(':')
            || start.startsWith("\xEF\xBB\xBF");
}

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

// Whether this is an event of an interaction or a whole interaction.
bool isInteraction(const QJsonObject &object)
{
    return object["event_type"_L1].isString() || object["object"_L1] == "interaction"_L1
            || (object["steps"_L1].isArray() && object["status"_L1].isString());
}

} // namespace

QList<TextPiece> AnswerText::feed(QByteArrayView bytes)
{
    if (m_shape == Shape::Unknown) {
        m_start.append(bytes);
        const QByteArrayView start = QByteArrayView(m_start).trimmed();
        if (start.isEmpty())
            return {};
        if (startsAnswer(start))
            m_shape = Shape::Answer;
        else if (start.size() >= 6 || QByteArrayView(m_start).contains('\n'))
            m_shape = Shape::Plain;
        else
            return {}; // more bytes are needed: "dat" may become "data:"
        const QByteArray all = std::exchange(m_start, {});
        return feed(all);
    }
    if (m_shape == Shape::Plain)
        return m_plain.feed(bytes);
    for (const ServerSentEvent &piece : m_splitter.feed(bytes))
        takePiece(piece.data);
    return std::exchange(m_out, {});
}

QList<TextPiece> AnswerText::finish(bool whole)
{
    if (m_shape == Shape::Unknown && !m_start.isEmpty())
        return m_plain.feed(std::exchange(m_start, {}));
    if (m_shape != Shape::Answer)
        return {};
    for (const ServerSentEvent &piece : m_splitter.finish(whole))
        takePiece(piece.data);
    return std::exchange(m_out, {});
}

void AnswerText::takePiece(const QByteArray &json)
{
    if (json == "[DONE]") // how streams of OpenAI's and of the Interactions API end
        return;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (const auto error = gemini::errorIn(object)) {
        takeError(*error);
    } else if (object.contains("candidates"_L1) || object.contains("promptFeedback"_L1)
               || object.contains("usageMetadata"_L1)) {
        takeGemini(gemini::deltaFromResponse(object));
    } else if (object.contains("choices"_L1)) {
        takeOpenAi(object);
    } else if (isInteraction(object)) {
        takeInteraction(object);
    } else {
        JsonIndenter indenter;
        take(TextPiece::Kind::Text, QString::fromUtf8(indenter.feed(json)) + u'\n');
    }
}

void AnswerText::takeError(const gemini::AnswerError &error)
{
    QString head = error.code == 0 ? QString() : QString::number(error.code);
    if (!error.status.isEmpty())
        head += (head.isEmpty() ? u""_s : u" "_s) + error.status;
    const QString message = error.message.isEmpty() ? Texts::tr("No reason was told.") : error.message;
    take(TextPiece::Kind::Error, head.isEmpty() ? message : Texts::tr("%1: %2", "error, reason").arg(head, message));
}

void AnswerText::takeGemini(const gemini::AnswerDelta &delta)
{
    if (!delta.blockReason.isEmpty())
        note(Texts::tr("The prompt was blocked: %1").arg(delta.blockReason));
    for (const gemini::Part &part : delta.parts)
        takePart(part);
    if (!delta.finishReason.isEmpty() && delta.finishReason != "STOP"_L1) {
        if (delta.finishMessage.isEmpty())
            noteEarlyEnd(delta.finishReason);
        else
            note(Texts::tr("Ended early: %1. %2").arg(delta.finishReason, delta.finishMessage));
    }
}

void AnswerText::takePart(const gemini::Part &part)
{
    using Kind = gemini::Part::Kind;
    switch (part.kind) {
    case Kind::Text:
        take(TextPiece::Kind::Text, part.text);
        return;
    case Kind::Thought:
        take(TextPiece::Kind::Thought, part.text);
        return;
    case Kind::FunctionCall:
        noteCall(part.functionName(), compact(part.arguments()));
        return;
    case Kind::ExecutableCode:
        noteCode(part.code());
        return;
    case Kind::CodeExecutionResult:
        noteOutput(part.output());
        return;
    case Kind::InlineData:
        noteData(part.mimeType(), part.base64().size());
        return;
    case Kind::FileData:
    case Kind::FunctionResponse:
    case Kind::Unknown:
        return;
    }
}

void AnswerText::takeOpenAi(const QJsonObject &object)
{
    const QJsonObject choice = object["choices"_L1][0].toObject();
    const QJsonObject message = choice[choice.contains("delta"_L1) ? "delta"_L1 : "message"_L1].toObject();
    take(TextPiece::Kind::Thought, message["reasoning_content"_L1].toString());
    take(TextPiece::Kind::Text, message["content"_L1].toString());
    for (const auto &value : message["tool_calls"_L1].toArray()) {
        const QJsonValue function = value["function"_L1];
        if (const QString name = function["name"_L1].toString(); !name.isEmpty())
            noteCall(name, function["arguments"_L1].toString());
    }
    const QString reason = choice["finish_reason"_L1].toString();
    if (!reason.isEmpty() && reason != "stop"_L1 && reason != "tool_calls"_L1)
        noteEarlyEnd(reason);
}

// Takes an event of a stream, or a whole interaction. Steps and events of unknown types are skipped, as Google asks for.
void AnswerText::takeInteraction(const QJsonObject &object)
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
            noteCall(call.name, call.arguments.isEmpty() ? u"{}"_s : call.arguments);
        }
    } else if (event == "interaction.status_update"_L1) {
        takeStatus(object["status"_L1].toString());
    } else if (event == "interaction.completed"_L1) {
        takeStatus(object["interaction"_L1]["status"_L1].toString());
    }
}

// Takes a step that is whole, or the beginning of one, which may hold its first piece.
void AnswerText::takeStep(const QJsonObject &step)
{
    const QString type = step["type"_L1].toString();
    if (type == "model_output"_L1) {
        for (const auto &content : step["content"_L1].toArray())
            takeContent(content.toObject());
        if (const QString message = step["error"_L1]["message"_L1].toString(); !message.isEmpty())
            take(TextPiece::Kind::Error, message);
    } else if (type == "thought"_L1) {
        for (const auto &content : step["summary"_L1].toArray())
            take(TextPiece::Kind::Thought, content["text"_L1].toString());
    } else {
        takeTool(type, step);
    }
}

void AnswerText::takeDelta(int index, const QJsonObject &delta)
{
    const QString type = delta["type"_L1].toString();
    if (type == "thought_summary"_L1)
        take(TextPiece::Kind::Thought, delta["content"_L1]["text"_L1].toString());
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
void AnswerText::takeContent(const QJsonObject &content)
{
    if (content["type"_L1] == "text"_L1) {
        take(TextPiece::Kind::Text, content["text"_L1].toString());
        takeAnnotations(content["annotations"_L1].toArray());
        return;
    }
    const QString type = content["mime_type"_L1].toString(content["type"_L1].toString());
    if (const QString base64 = content["data"_L1].toString(); !base64.isEmpty())
        noteData(type, base64.size());
    else if (const QString uri = content["uri"_L1].toString(); !uri.isEmpty())
        note(Texts::tr("Holds data: %1, %2").arg(type, uri));
}

// Takes what a tool was asked or has answered. Results of searches say nothing that a person reads.
void AnswerText::takeTool(const QString &type, const QJsonObject &tool)
{
    const QJsonObject arguments = tool["arguments"_L1].toObject();
    if (type == "function_call"_L1) {
        noteCall(tool["name"_L1].toString(), compact(arguments));
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
        noteCode(arguments["code"_L1].toString());
    } else if (type == "code_execution_result"_L1) {
        noteOutput(tool["result"_L1].toString());
    }
}

void AnswerText::takeAnnotations(const QJsonArray &annotations)
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

void AnswerText::takeStatus(const QString &status)
{
    // The function calls themselves say that an interaction waits for their results.
    static const QStringList noNews{
            u""_s, u"queued"_s, u"in_progress"_s, u"requires_action"_s, u"requires_continuation"_s, u"completed"_s};
    if (!noNews.contains(status) && !std::exchange(m_ended, true))
        noteEarlyEnd(status);
}

void AnswerText::noteCall(const QString &function, const QString &arguments)
{
    note(Texts::tr("Calls %1 with %2").arg(function, arguments));
}

void AnswerText::noteCode(const QString &code)
{
    if (!code.isEmpty())
        note(Texts::tr("Runs this code:") + u'\n' + code);
}

void AnswerText::noteOutput(const QString &output)
{
    if (!output.isEmpty())
        note(Texts::tr("The code says:") + u'\n' + output);
}

// `length`: of the data in Base64.
void AnswerText::noteData(const QString &mimeType, qsizetype length)
{
    note(Texts::tr("Holds data: %1, %2").arg(mimeType, requesttexts::size(length / 4 * 3)));
}

void AnswerText::noteEarlyEnd(const QString &reason)
{
    note(Texts::tr("Ended early: %1").arg(reason));
}

void AnswerText::take(TextPiece::Kind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    // Pieces of text, and pieces of thought, are joined. Each note and each error stays a piece of its own.
    const bool joins = kind == TextPiece::Kind::Text || kind == TextPiece::Kind::Thought;
    if (joins && !m_out.isEmpty() && m_out.constLast().kind == kind)
        m_out.last().text += text;
    else
        m_out.append({kind, text});
}
