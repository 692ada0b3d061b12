#include "ui/requests/answertext.h"

#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

// Whether this is how an event stream may start. Anything else that is not JSON is shown as it is.
bool startsEvents(QByteArrayView start)
{
    return start.startsWith("data:") || start.startsWith("event:") || start.startsWith("id:")
            || start.startsWith("retry:") || start.startsWith(':') || start.startsWith("\xEF\xBB\xBF");
}

QString compact(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
}

} // namespace

QList<TextPiece> AnswerText::feed(QByteArrayView bytes)
{
    if (m_shape == Shape::Unknown) {
        m_start.append(bytes);
        const QByteArrayView start = QByteArrayView(m_start).trimmed();
        if (start.isEmpty())
            return {};
        if (start.front() == '{' || start.front() == '[')
            m_shape = Shape::Json;
        else if (startsEvents(start))
            m_shape = Shape::Events;
        else if (start.size() >= 6 || QByteArrayView(m_start).contains('\n'))
            m_shape = Shape::Plain;
        else
            return {}; // "dat" may become "data:"
        const QByteArray all = std::exchange(m_start, {});
        return feed(all);
    }
    switch (m_shape) {
    case Shape::Unknown:
        break;
    case Shape::Events:
        for (const ServerSentEvent &event : m_events.feed(bytes))
            takeDocument(event.data);
        break;
    case Shape::Json:
        feedJson(bytes);
        break;
    case Shape::Plain:
        m_out += m_plain.feed(bytes);
        break;
    }
    return std::exchange(m_out, {});
}

QList<TextPiece> AnswerText::finish(bool whole)
{
    if (m_shape == Shape::Unknown && !m_start.isEmpty())
        return m_plain.feed(std::exchange(m_start, {}));
    if (m_shape == Shape::Events) {
        if (whole) {
            for (const ServerSentEvent &event : m_events.finish())
                takeDocument(event.data);
        }
        // Gemini may put an error bare into the stream, outside of any event.
        const QJsonObject stray = QJsonDocument::fromJson(m_events.strayText()).object();
        if (stray.contains("error"_L1))
            takeError(stray["error"_L1].toObject());
    }
    return std::exchange(m_out, {});
}

// Cuts the objects out of one document or of an array of them, so that each is shown as soon as it is whole.
void AnswerText::feedJson(QByteArrayView bytes)
{
    qsizetype from = 0; // where the object that is being read begins
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
        } else if (c == '"') {
            m_inString = true;
        } else if (c == '[' && m_depth == 0) {
            m_array = true;
        } else if (c == '{' || c == '[') {
            if (m_depth++ == 0)
                from = i;
        } else if ((c == '}' || c == ']') && m_depth > 0 && --m_depth == 0) {
            m_document.append(bytes.sliced(from, i + 1 - from));
            takeDocument(std::exchange(m_document, {}));
        }
    }
    if (m_depth > 0)
        m_document.append(bytes.sliced(from));
}

void AnswerText::takeDocument(const QByteArray &json)
{
    if (json == "[DONE]") // how OpenAI ends a stream
        return;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.contains("error"_L1)) {
        takeError(object["error"_L1].toObject());
    } else if (object.contains("candidates"_L1) || object.contains("promptFeedback"_L1)
               || object.contains("usageMetadata"_L1)) {
        takeGemini(object);
    } else if (object.contains("choices"_L1)) {
        takeOpenAi(object);
    } else {
        JsonIndenter indenter;
        take(TextPiece::Kind::Text, QString::fromUtf8(indenter.feed(json)) + u'\n');
    }
}

void AnswerText::takeError(const QJsonObject &error)
{
    const QString status = error["status"_L1].toString(error["type"_L1].toString());
    const QJsonValue code = error["code"_L1]; // OpenAI's is a word, or null
    QString head = code.isDouble() ? QString::number(code.toInt()) : code.toString();
    if (!status.isEmpty())
        head += (head.isEmpty() ? u""_s : u" "_s) + status;
    const QString message = error["message"_L1].toString(Texts::tr("No reason was told."));
    take(TextPiece::Kind::Error, head.isEmpty() ? message : Texts::tr("%1: %2", "error, reason").arg(head, message));
}

void AnswerText::takeGemini(const QJsonObject &object)
{
    const QString blocked = object["promptFeedback"_L1]["blockReason"_L1].toString();
    if (!blocked.isEmpty())
        note(Texts::tr("The prompt was blocked: %1").arg(blocked));

    const QJsonObject candidate = object["candidates"_L1][0].toObject();
    for (const QJsonValue &value : candidate["content"_L1]["parts"_L1].toArray()) {
        const QJsonObject part = value.toObject();
        if (const QJsonValue text = part["text"_L1]; text.isString())
            take(part["thought"_L1].toBool() ? TextPiece::Kind::Thought : TextPiece::Kind::Text, text.toString());
        if (const QJsonObject call = part["functionCall"_L1].toObject(); !call.isEmpty())
            note(Texts::tr("Calls %1 with %2").arg(call["name"_L1].toString(), compact(call["args"_L1])));
        if (const QString code = part["executableCode"_L1]["code"_L1].toString(); !code.isEmpty())
            note(Texts::tr("Runs this code:") + u'\n' + code);
        if (const QString output = part["codeExecutionResult"_L1]["output"_L1].toString(); !output.isEmpty())
            note(Texts::tr("The code says:") + u'\n' + output);
        if (const QJsonObject data = part["inlineData"_L1].toObject(); !data.isEmpty()) {
            note(Texts::tr("Holds data: %1, %2")
                         .arg(data["mimeType"_L1].toString(),
                              requesttexts::size(data["data"_L1].toString().size() / 4 * 3)));
        }
    }
    const QString reason = candidate["finishReason"_L1].toString();
    if (!reason.isEmpty() && reason != "STOP"_L1) {
        const QString message = candidate["finishMessage"_L1].toString();
        note(message.isEmpty() ? Texts::tr("Ended early: %1").arg(reason)
                               : Texts::tr("Ended early: %1. %2").arg(reason, message));
    }
}

void AnswerText::takeOpenAi(const QJsonObject &object)
{
    const QJsonObject choice = object["choices"_L1][0].toObject();
    const QJsonObject message = choice[choice.contains("delta"_L1) ? "delta"_L1 : "message"_L1].toObject();
    take(TextPiece::Kind::Thought, message["reasoning_content"_L1].toString());
    take(TextPiece::Kind::Text, message["content"_L1].toString());
    for (const QJsonValue &value : message["tool_calls"_L1].toArray()) {
        const QJsonValue function = value["function"_L1];
        if (const QString name = function["name"_L1].toString(); !name.isEmpty())
            note(Texts::tr("Calls %1 with %2").arg(name, function["arguments"_L1].toString()));
    }
    const QString reason = choice["finish_reason"_L1].toString();
    if (!reason.isEmpty() && reason != "stop"_L1 && reason != "tool_calls"_L1)
        note(Texts::tr("Ended early: %1").arg(reason));
}

void AnswerText::take(TextPiece::Kind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    // Deltas are joined; each note and each error stands by itself.
    const bool joins = kind == TextPiece::Kind::Text || kind == TextPiece::Kind::Thought;
    if (joins && !m_out.isEmpty() && m_out.constLast().kind == kind)
        m_out.last().text += text;
    else
        m_out.append({kind, text});
}
