#pragma once

#include "proxy/gemini/answer.h"
#include "proxy/gemini/answersplitter.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

namespace gemini {

// Reads one GenerateContentResponse, which is a whole answer or a piece of a stream
// (https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse). If there are several candidates, only
// the first one counts. Members that are missing or have the wrong type are left out.
[[nodiscard]] AnswerDelta deltaFromResponse(const QJsonObject &response);

// Reads the answer of :generateContent or :streamGenerateContent, whose bytes may arrive in any shape and in pieces of
// any size, and tells how it ended. It returns each delta once and keeps only what it knows about the answer's end.
class GenerateContentReader
{
public:
    // `limit`: the maximum size of one response, in bytes.
    explicit GenerateContentReader(qsizetype limit = EventStreamParser::defaultLimit) : m_splitter(limit) {}

    // Returns a delta for each response that these bytes complete.
    [[nodiscard]] QList<AnswerDelta> feed(QByteArrayView bytes);
    // To be called when the answer has ended; returns the remaining deltas. `intact`: whether the connection carried
    // the answer to its end.
    [[nodiscard]] QList<AnswerDelta> finish(bool intact);
    // How the answer ended. Before finish(), what is known about that so far.
    [[nodiscard]] const AnswerEnd &end() const { return m_end; }
    // Whether the limit was exceeded. If so, it is no use to feed more bytes.
    [[nodiscard]] bool failed() const { return m_splitter.failed(); }

private:
    [[nodiscard]] QList<AnswerDelta> take(const QList<ServerSentEvent> &pieces);
    void take(const QJsonValue &response, QList<AnswerDelta> &deltas);

    AnswerSplitter m_splitter;
    AnswerEnd m_end;
};

} // namespace gemini
