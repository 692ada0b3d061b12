#include "ui/requests/answertext.h"

#include "proxy/gemini/generatecontentreader.h"
#include "ui/requests/requesttexts.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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
    } else if (InteractionText::isAnswer(object)) {
        for (const TextPiece &one : m_interaction.take(object))
            take(one.kind, one.text);
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
        note(delta.finishMessage.isEmpty()
                     ? Texts::tr("Ended early: %1").arg(delta.finishReason)
                     : Texts::tr("Ended early: %1. %2").arg(delta.finishReason, delta.finishMessage));
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
        note(Texts::tr("Calls %1 with %2").arg(part.functionName(), compact(part.arguments())));
        return;
    case Kind::ExecutableCode:
        if (const QString code = part.code(); !code.isEmpty())
            note(Texts::tr("Runs this code:") + u'\n' + code);
        return;
    case Kind::CodeExecutionResult:
        if (const QString output = part.output(); !output.isEmpty())
            note(Texts::tr("The code says:") + u'\n' + output);
        return;
    case Kind::InlineData:
        note(Texts::tr("Holds data: %1, %2").arg(part.mimeType(), requesttexts::size(part.base64().size() / 4 * 3)));
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
    // Pieces of text, and pieces of thought, are joined. Each note and each error stays a piece of its own.
    const bool joins = kind == TextPiece::Kind::Text || kind == TextPiece::Kind::Thought;
    if (joins && !m_out.isEmpty() && m_out.constLast().kind == kind)
        m_out.last().text += text;
    else
        m_out.append({kind, text});
}
