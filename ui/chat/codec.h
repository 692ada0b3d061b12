#pragma once

#include "proxy/gemini/answer.h"
#include "ui/chat/conversation.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace chat {

// A path of a conversation and the settings for the answer: all that a request is made from. A plain value, which may
// cross threads.
struct Question
{
    QList<Turn> path; // from the first turn to the question; for toRequest(), with the bytes of their attachments
    QString systemInstruction;
    Parameters parameters;
    bool thinks = false; // the model can think; its thoughts are requested, unless the budget is 0
};

// The body of the request (https://ai.google.dev/api/generate-content#request-body). Turns without parts, such as an
// answer that failed, are left out.
[[nodiscard]] QByteArray toRequest(const Question &question);
// The body of the request to :countTokens, which asks for the tokens that this model would count.
[[nodiscard]] QByteArray toCountRequest(const Question &question, const QString &model);

// Adds what a piece of the response brought to a turn. Text joins the text before it, the last token counts replace
// earlier ones, and each source is kept once.
void merge(const gemini::AnswerDelta &delta, Turn &turn);

// Returns why an answer that has ended is not complete, or nullopt if it is. An error that Gemini sent within the
// answer comes first, then a refusal, then whatever is missing.
[[nodiscard]] std::optional<Error> errorFrom(const gemini::AnswerEnd &end);

} // namespace chat
