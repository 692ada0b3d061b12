#pragma once

#include "proxy/gemini/eventstreamparser.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace gemini {

// Cuts an answer into the pieces of JSON that it is made of, however it arrives: the data of each event in an event
// stream (`?alt=sse`), each object in a JSON array (a stream without `?alt=sse`), or the one object of an answer that
// is not streamed. The answer's first byte tells which of these it is. Each byte is looked at only once.
class AnswerSplitter
{
public:
    // `limit`: the maximum size of one piece, in bytes.
    explicit AnswerSplitter(qsizetype limit = EventStreamParser::defaultLimit) : m_events(limit), m_limit(limit) {}

    // Returns the pieces that these bytes complete, as events. If the answer is no event stream, they are of the type
    // "message" and have no ID. The pieces' data is not checked, so it need not be valid JSON.
    [[nodiscard]] QList<ServerSentEvent> feed(QByteArrayView bytes);

    // To be called when the answer has ended; returns the remaining pieces. `intact`: whether the answer ended as its
    // sender meant it to; only then is an incomplete last piece returned, too. An error that Gemini put into an event
    // stream as a bare JSON object is returned as an event of the type "error".
    [[nodiscard]] QList<ServerSentEvent> finish(bool intact);

    // Whether the limit was exceeded. If so, no further piece is returned.
    [[nodiscard]] bool failed() const { return m_failed || m_events.failed(); }

private:
    enum class Shape { Unknown, Events, Json };

    [[nodiscard]] QList<ServerSentEvent> feedJson(QByteArrayView bytes);
    // Appends bytes to the object that is being read.
    void keep(QByteArrayView bytes);

    Shape m_shape = Shape::Unknown;
    EventStreamParser m_events;
    // For JSON:
    qsizetype m_limit;
    QByteArray m_object; // the beginning of an object that is not complete yet
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_failed = false;
};

} // namespace gemini
