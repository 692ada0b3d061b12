#pragma once

#include "proxy/gemini/answer.h"
#include "proxy/gemini/answersplitter.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QList>

namespace gemini {

// One GenerateContentResponse (https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse),
// of a stream or whole. Of several candidates the first counts. What is missing, or of another type than
// it should be, is left out.
[[nodiscard]] AnswerDelta deltaFromResponse(const QJsonObject &response);

// Reads the answer of :generateContent or :streamGenerateContent, however it arrives and is cut into
// pieces, and says how it ended. It keeps no more than the end: deltas are handed out once.
class GenerateContentReader
{
public:
    // `limit`: bytes that one response may measure at most.
    explicit GenerateContentReader(qsizetype limit = EventStreamParser::defaultLimit) : m_splitter(limit) {}

    // What the responses add that these bytes complete, one each.
    [[nodiscard]] QList<AnswerDelta> feed(QByteArrayView bytes);
    // Nothing more comes. `intact`: the connection carried the answer to its end. What was still to come.
    [[nodiscard]] QList<AnswerDelta> finish(bool intact);
    // After finish(): how it went. Before, what is known so far.
    [[nodiscard]] const AnswerEnd &end() const { return m_end; }
    // The limit was exceeded: nothing more is worth reading.
    [[nodiscard]] bool failed() const { return m_splitter.failed(); }

private:
    [[nodiscard]] QList<AnswerDelta> take(const QList<ServerSentEvent> &pieces);
    void take(const QJsonValue &response, QList<AnswerDelta> &deltas);

    AnswerSplitter m_splitter;
    AnswerEnd m_end;
};

} // namespace gemini
