#pragma once

#include "proxy/gemini/eventstreamparser.h"
#include "ui/chat/conversation.h"

#include <QByteArray>
#include <QJsonObject>

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

// Adds one GenerateContentResponse, of a stream or whole, to a turn: parts join, the last usage
// counts, sources come once each.
void merge(const QJsonObject &response, Turn &turn);

// Reads the stream of an answer, however it is cut into pieces, and says how it ended.
class ResponseReader
{
public:
    // The responses that these bytes complete, to be merged.
    [[nodiscard]] QList<QJsonObject> feed(QByteArrayView bytes);
    // The stream has ended. `intact`: the connection carried it to its end.
    [[nodiscard]] QList<QJsonObject> finish(bool intact);
    // After finish(): why the answer is not whole; nullopt if it is. An error that the stream itself
    // told comes first, then what is missing.
    [[nodiscard]] std::optional<Error> error() const;
    // Nothing more is worth reading.
    [[nodiscard]] bool failed() const { return m_parser.failed(); }

private:
    [[nodiscard]] QList<QJsonObject> take(const QList<ServerSentEvent> &events);

    EventStreamParser m_parser;
    Turn m_end; // what of the responses tells how they end; no parts
    bool m_hasParts = false;
    bool m_blocked = false;
    bool m_intact = false;
    bool m_unreadable = false; // an event was not JSON
    std::optional<Error> m_error;
};

} // namespace chat
