#include "app/cli/answerreader.h"

using namespace Qt::StringLiterals;

QString AnswerReader::feed(QByteArrayView bytes)
{
    return take(m_reader.feed(bytes));
}

QString AnswerReader::finish(bool intact)
{
    return take(m_reader.finish(intact));
}

QString AnswerReader::take(const QList<gemini::AnswerDelta> &deltas)
{
    QString text;
    for (const gemini::AnswerDelta &delta : deltas) {
        for (const gemini::Part &part : delta.parts) {
            if (part.kind == gemini::Part::Kind::Text)
                text += part.text;
        }
    }
    m_hasText = m_hasText || !text.isEmpty();
    return text;
}

Outcome AnswerReader::outcome() const
{
    const gemini::AnswerEnd &end = m_reader.end();
    if (end.error)
        return {false, end.error->message.isEmpty() ? u"the answer ended with an error"_s : end.error->message};
    if (end.tooLarge)
        return {false, u"the answer is too large to be read"_s};
    if (!end.intact)
        return {false, u"the answer broke off: the connection ended before it was complete"_s};
    if (end.hasGap)
        return {false, u"the answer has a gap: a part of it could not be read"_s};
    if (!end.blockReason.isEmpty())
        return {false, u"Gemini blocked the prompt (%1)"_s.arg(end.blockReason)};
    if (end.finishReason == "MAX_TOKENS"_L1)
        return {true, u"the answer stops early: it reached the largest number of tokens (MAX_TOKENS)"_s};
    if (!end.finishReason.isEmpty() && end.finishReason != "STOP"_L1) {
        return {false,
                u"Gemini stopped the answer (%1)%2"_s.arg(
                        end.finishReason, end.finishMessage.isEmpty() ? QString() : ": "_L1 + end.finishMessage)};
    }
    if (!m_hasText)
        return {false, u"the answer holds no text"_s};
    if (end.finishReason.isEmpty()) // Gemini names a reason at the end of every answer
        return {false, u"the answer may be cut: it ended without saying why"_s};
    return {true, {}};
}
