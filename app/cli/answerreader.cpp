#include "app/cli/answerreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

QString AnswerReader::feed(QByteArrayView bytes)
{
    return takeEvents(m_parser.feed(bytes));
}

QString AnswerReader::finish(bool intact)
{
    m_intact = intact;
    return intact ? takeEvents(m_parser.finish()) : QString();
}

QString AnswerReader::takeEvents(const QList<ServerSentEvent> &events)
{
    QString text;
    for (const ServerSentEvent &event : events)
        text += takeEvent(event);
    m_hasText = m_hasText || !text.isEmpty();
    return text;
}

QString AnswerReader::takeEvent(const ServerSentEvent &event)
{
    if (event.data == "[DONE]") // how streams of OpenAI's kind end, and some gateways all of theirs
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(event.data);
    const QJsonObject response = document.object();
    if (event.event == "error" || response.contains("error"_L1)) {
        const QString message = errorMessage(event.data);
        m_error = message.isEmpty() ? u"the answer ended with an error"_s : message;
        return {};
    }
    m_unreadable = m_unreadable || document.isNull();
    const QJsonObject feedback = response.value("promptFeedback"_L1).toObject();
    if (const QString reason = feedback.value("blockReason"_L1).toString(); !reason.isEmpty())
        m_blockReason = reason;

    const QJsonObject candidate = response.value("candidates"_L1).toArray().at(0).toObject();
    if (const QString reason = candidate.value("finishReason"_L1).toString(); !reason.isEmpty()) {
        m_finishReason = reason;
        m_finishMessage = candidate.value("finishMessage"_L1).toString();
    }
    QString text;
    const QJsonArray parts = candidate.value("content"_L1).toObject().value("parts"_L1).toArray();
    for (const QJsonValue &value : parts) {
        const QJsonObject part = value.toObject();
        if (!part.value("thought"_L1).toBool())
            text += part.value("text"_L1).toString();
    }
    return text;
}

AnswerReader::Outcome AnswerReader::outcome() const
{
    if (!m_error.isEmpty())
        return {false, m_error};
    // Gemini reports what goes wrong in the middle of a stream as a bare JSON object.
    if (const QString message = errorMessage(m_parser.strayText()); !message.isEmpty())
        return {false, message};
    if (m_parser.failed())
        return {false, u"the answer is too large to be read"_s};
    if (!m_intact)
        return {false, u"the answer broke off: the connection ended before it was complete"_s};
    if (m_unreadable)
        return {false, u"the answer has a gap: a part of it could not be read"_s};
    if (!m_blockReason.isEmpty())
        return {false, u"Gemini blocked the prompt (%1)"_s.arg(m_blockReason)};
    if (m_finishReason == "MAX_TOKENS"_L1)
        return {true, u"the answer stops early: it reached the largest number of tokens (MAX_TOKENS)"_s};
    if (!m_finishReason.isEmpty() && m_finishReason != "STOP"_L1) {
        return {false,
                u"Gemini stopped the answer (%1)%2"_s.arg(
                        m_finishReason, m_finishMessage.isEmpty() ? QString() : ": "_L1 + m_finishMessage)};
    }
    if (!m_hasText)
        return {false, u"the answer holds no text"_s};
    if (m_finishReason.isEmpty()) // Gemini names one at the end of every answer
        return {false, u"the answer may be cut: it ended without saying why"_s};
    return {true, {}};
}

QString errorMessage(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object().value("error"_L1).toObject().value("message"_L1).toString();
}
