#pragma once

#include "proxy/gemini/answer.h"
#include "ui/chat/conversation.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace chat {

// What an answer is asked for with: a path of a conversation, and how. A value that crosses threads.
struct Question
{
    QList<Turn> path; // from the first turn to the question; their data is there
    QString systemInstruction;
    Parameters parameters;
    bool thinks = false; // the model can think: its thoughts are asked for
};

// The request's body (https://ai.google.dev/api/generate-content#request-body). Turns with nothing
// in them, as of an answer that failed, are left out.
[[nodiscard]] QByteArray toRequest(const Question &question);
// The same for :countTokens of that model.
[[nodiscard]] QByteArray toCountRequest(const Question &question, const QString &model);

// Adds to a turn what a response brought: parts join, the last usage counts, sources come once each.
void merge(const gemini::AnswerDelta &delta, Turn &turn);

// Why an answer that has ended is not whole; nullopt if it is. An error that the answer itself told comes
// first, then what is missing.
[[nodiscard]] std::optional<Error> errorFrom(const gemini::AnswerEnd &end);

} // namespace chat
