#include "proxy/demo/demostream.h"

#include "proxy/demo/demotexts.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

using Content = DemoBehaviour::Content;

constexpr qint64 oddityAt = 3;         // how many events come before the faulty one
constexpr qint64 created = 1735689600; // 2025-01-01, always the same, so that the same answer has the same bytes

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject part(const DemoAnswer::Piece &piece)
{
    if (!piece.function.isEmpty()) {
        QJsonObject call{{u"functionCall"_s,
                          QJsonObject{{u"id"_s, piece.id}, {u"name"_s, piece.function}, {u"args"_s, piece.arguments}}}};
        if (!piece.signature.isEmpty())
            call.insert("thoughtSignature"_L1, piece.signature);
        return call;
    }
    QJsonObject result{{u"text"_s, piece.text}};
    if (piece.thought)
        result.insert("thought"_L1, true);
    return result;
}

QString finishReason(Content content)
{
    switch (content) {
    case Content::MaxTokens:
        return u"MAX_TOKENS"_s;
    case Content::Safety:
        return u"SAFETY"_s;
    case Content::Answer:
    case Content::Thinking:
    case Content::Blocked:
    case Content::BadJson:
    case Content::Unknown:
    case Content::BareError:
    case Content::Huge:
    case Content::Many:
        break;
    }
    return u"STOP"_s;
}

// Returns a function call in OpenAI's format. The thought signature is in the place where Gemini puts it in this
// format.
QJsonObject toolCall(const DemoAnswer::Piece &piece)
{
    const QString arguments = QString::fromUtf8(compact(piece.arguments));
    QJsonObject call{
            {u"index"_s, piece.callIndex},
            {u"id"_s, piece.id},
            {u"type"_s, u"function"_s},
            {u"function"_s, QJsonObject{{u"name"_s, piece.function}, {u"arguments"_s, arguments}}},
    };
    if (!piece.signature.isEmpty())
        call.insert("extra_content"_L1,
                    QJsonObject{{u"google"_s, QJsonObject{{u"thought_signature"_s, piece.signature}}}});
    return call;
}

QString openAiFinishReason(Content content, const DemoAnswer::Piece &last)
{
    if (!last.function.isEmpty())
        return u"tool_calls"_s;
    if (content == Content::MaxTokens)
        return u"length"_s;
    if (content == Content::Safety || content == Content::Blocked)
        return u"content_filter"_s;
    return u"stop"_s;
}

QJsonArray safetyRatings()
{
    return {
            QJsonObject{{u"category"_s, u"HARM_CATEGORY_HARASSMENT"_s}, {u"probability"_s, u"NEGLIGIBLE"_s}},
            QJsonObject{{u"category"_s, u"HARM_CATEGORY_DANGEROUS_CONTENT"_s}, {u"probability"_s, u"HIGH"_s}},
    };
}

struct AnswerCounts
{
    int prompt = 0;
    int answer = 0;
    int thoughts = 0;

    [[nodiscard]] QJsonObject native() const
    {
        QJsonObject result{
                {u"promptTokenCount"_s, prompt},
                {u"totalTokenCount"_s, prompt + answer + thoughts},
                {u"promptTokensDetails"_s,
                 QJsonArray{QJsonObject{{u"modality"_s, u"TEXT"_s}, {u"tokenCount"_s, prompt}}}},
        };
        // As with Gemini, counts that are still zero are left out.
        if (answer > 0)
            result.insert("candidatesTokenCount"_L1, answer);
        if (thoughts > 0)
            result.insert("thoughtsTokenCount"_L1, thoughts);
        return result;
    }

    [[nodiscard]] QJsonObject openAi() const
    {
        return {{u"prompt_tokens"_s, prompt},
                {u"completion_tokens"_s, answer},
                {u"total_tokens"_s, prompt + answer + thoughts}};
    }
};

QJsonObject nativeFrame(const DemoAnswer &answer, const AnswerCounts &usage)
{
    return {{u"usageMetadata"_s, usage.native()}, {u"modelVersion"_s, u"demo"_s}, {u"responseId"_s, answer.id}};
}

QJsonObject promptFeedback()
{
    return {{u"blockReason"_s, u"SAFETY"_s}, {u"safetyRatings"_s, safetyRatings()}};
}

QJsonObject openAiFrame(const DemoAnswer &answer, const QString &object, const QJsonArray &choices)
{
    return {{u"id"_s, answer.id},
            {u"object"_s, object},
            {u"created"_s, created},
            {u"model"_s, answer.model},
            {u"choices"_s, choices}};
}

} // namespace

DemoStream::DemoStream(DemoAnswer answer, Format format)
    : m_answer(std::move(answer)),
      m_format(format),
      m_oddityAhead(m_answer.content == Content::BadJson || m_answer.content == Content::BareError)
{
    Q_ASSERT(!m_answer.pieces.isEmpty());
}

QByteArray DemoStream::next()
{
    if (!m_tail.isEmpty())
        return m_tail.takeFirst();
    if (m_over)
        return {};
    if (m_oddityAhead && m_index == oddityAt) {
        m_oddityAhead = false;
        return oddity();
    }

    const DemoAnswer::Piece &piece = m_answer.pieces.at(m_index % m_answer.pieces.size());
    (piece.thought ? m_thoughtCharacters : m_characters) += piece.text.size();
    m_over = ++m_index == m_answer.pieces.size() * m_answer.repeats;
    QByteArray bytes = event(piece, m_over);
    if (m_over)
        appendTail();
    return bytes;
}

QByteArray DemoStream::wrapped(const QByteArray &json)
{
    const bool first = std::exchange(m_first, false);
    switch (m_format) {
    case Format::Events:
        return "data: " + json + "\r\n\r\n";
    case Format::Array:
        return (first ? "[" : ",\r\n") + json;
    case Format::OpenAi:
        return "data: " + json + "\n\n";
    }
    return {};
}

QByteArray DemoStream::event(const DemoAnswer::Piece &piece, bool last)
{
    return wrapped(compact(m_format == Format::OpenAi ? openAiEvent(piece, last) : nativeEvent(piece, last)));
}

QByteArray DemoStream::oddity()
{
    if (m_answer.content == Content::BadJson)
        return wrapped("{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"no end");

    m_over = true;
    const QByteArray error = QJsonDocument(demoError(503,
                                                     u"The model is overloaded. Please try "
                                                     "again later. (Gemini Desk’s demo)"_s))
                                     .toJson();
    return m_format == Format::Array ? ",\r\n" + error + "]\n" : error;
}

QJsonObject DemoStream::nativeEvent(const DemoAnswer::Piece &piece, bool last) const
{
    const AnswerCounts usage{m_answer.promptTokens, demotexts::tokens(m_characters),
                             demotexts::tokens(m_thoughtCharacters)};
    QJsonObject result = nativeFrame(m_answer, usage);
    if (m_answer.content == Content::Blocked) {
        result.insert("promptFeedback"_L1, promptFeedback());
        return result;
    }
    QJsonObject candidate{
            {u"content"_s, QJsonObject{{u"parts"_s, QJsonArray{part(piece)}}, {u"role"_s, u"model"_s}}},
            {u"index"_s, 0},
    };
    if (last && m_answer.content != Content::Safety) // this finish reason comes in an event of its own
        candidate.insert("finishReason"_L1, finishReason(m_answer.content));
    result.insert("candidates"_L1, QJsonArray{candidate});
    return result;
}

QJsonObject DemoStream::openAiEvent(const DemoAnswer::Piece &piece, bool last) const
{
    QJsonObject delta{{u"role"_s, u"assistant"_s}};
    if (piece.function.isEmpty())
        delta.insert("content"_L1, piece.text);
    else
        delta.insert("tool_calls"_L1, QJsonArray{toolCall(piece)});
    QJsonObject choice{{u"index"_s, 0}, {u"delta"_s, delta}};
    if (last)
        choice.insert("finish_reason"_L1, openAiFinishReason(m_answer.content, piece));
    return openAiFrame(m_answer, u"chat.completion.chunk"_s, {choice});
}

void DemoStream::appendTail()
{
    const AnswerCounts usage{m_answer.promptTokens, demotexts::tokens(m_characters),
                             demotexts::tokens(m_thoughtCharacters)};
    if (m_format == Format::OpenAi) {
        if (m_answer.usageAtEnd) {
            QJsonObject result = openAiFrame(m_answer, u"chat.completion.chunk"_s, {});
            result.insert("usage"_L1, usage.openAi());
            m_tail.append(wrapped(compact(result)));
        }
        m_tail.append(wrapped("[DONE]"));
        return;
    }
    if (m_answer.content == Content::Safety) {
        QJsonObject result = nativeFrame(m_answer, usage);
        result.insert("candidates"_L1,
                      QJsonArray{QJsonObject{{u"finishReason"_s, finishReason(m_answer.content)},
                                             {u"index"_s, 0},
                                             {u"safetyRatings"_s, safetyRatings()}}});
        m_tail.append(wrapped(compact(result)));
    }
    if (m_format == Format::Array)
        m_tail.append("]\n");
}

DemoWhole filled(const QJsonObject &object, const QString &filler, qint64 repeats)
{
    const QByteArray json = QJsonDocument(object).toJson();
    const qsizetype at = json.indexOf(fillerMark.data());
    return {json.first(at), filler.toUtf8(), repeats, json.sliced(at + fillerMark.size())};
}

DemoWhole wholeAnswer(const DemoAnswer &answer, bool openAi)
{
    const bool repeated = answer.repeats > 1;
    const QString filler = repeated ? answer.pieces.first().text : QString();

    QString text;
    QJsonArray parts;
    QJsonArray calls; // in OpenAI's format
    qsizetype thoughtCharacters = 0;
    for (const DemoAnswer::Piece &piece : answer.pieces) {
        if (!piece.function.isEmpty())
            calls.append(toolCall(piece));
        if (piece.thought || !piece.function.isEmpty()) {
            thoughtCharacters += piece.text.size();
            parts.append(part(piece));
        } else {
            text += piece.text;
        }
    }
    const AnswerCounts usage{answer.promptTokens, demotexts::tokens(text.size() * answer.repeats),
                             demotexts::tokens(thoughtCharacters)};
    if (repeated)
        text = fillerMark;

    QJsonObject result;
    const DemoAnswer::Piece &last = answer.pieces.last();
    if (openAi) {
        QJsonObject message{{u"role"_s, u"assistant"_s}};
        if (last.function.isEmpty())
            message.insert("content"_L1, text);
        else
            message.insert("tool_calls"_L1, calls);
        result = openAiFrame(answer, u"chat.completion"_s,
                             {QJsonObject{{u"index"_s, 0},
                                          {u"finish_reason"_s, openAiFinishReason(answer.content, last)},
                                          {u"message"_s, message}}});
        result.insert("usage"_L1, usage.openAi());
    } else {
        result = nativeFrame(answer, usage);
        if (answer.content == Content::Blocked) {
            result.insert("promptFeedback"_L1, promptFeedback());
        } else {
            if (last.function.isEmpty())
                parts.append(QJsonObject{{u"text"_s, text}});
            QJsonObject candidate{
                    {u"content"_s, QJsonObject{{u"parts"_s, parts}, {u"role"_s, u"model"_s}}},
                    {u"finishReason"_s, finishReason(answer.content)},
                    {u"index"_s, 0},
            };
            if (answer.content == Content::Safety)
                candidate.insert("safetyRatings"_L1, safetyRatings());
            result.insert("candidates"_L1, QJsonArray{candidate});
        }
    }

    if (repeated)
        return filled(result, filler, answer.repeats);
    return {QJsonDocument(result).toJson(), {}, 0, {}};
}

QJsonObject demoError(int code, const QString &message, const QJsonArray &details)
{
    QJsonObject error{{u"code"_s, code}, {u"message"_s, message}, {u"status"_s, demoStatus(code)}};
    if (!details.isEmpty())
        error.insert("details"_L1, details);
    return {{u"error"_s, error}};
}

QString demoStatus(int code)
{
    switch (code) {
    case 401:
        return u"UNAUTHENTICATED"_s;
    case 403:
        return u"PERMISSION_DENIED"_s;
    case 404:
        return u"NOT_FOUND"_s;
    case 429:
        return u"RESOURCE_EXHAUSTED"_s;
    case 500:
        return u"INTERNAL"_s;
    case 501:
    case 505:
        return u"UNIMPLEMENTED"_s;
    case 503:
        return u"UNAVAILABLE"_s;
    case 504:
        return u"DEADLINE_EXCEEDED"_s;
    default:
        return u"INVALID_ARGUMENT"_s;
    }
}
