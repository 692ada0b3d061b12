#pragma once

#include "proxy/gemini/eventstreamparser.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace gemini {

// Cuts an answer, however it arrives, into the pieces of JSON it is made of: the data of each event of
// an event stream (`?alt=sse`), each object of a JSON array (a stream without it), or the one object of
// an answer that is not streamed. Which of these it is, its first byte tells. Each byte is looked at once.
class AnswerSplitter
{
public:
    // `limit`: bytes that one piece may measure at most.
    explicit AnswerSplitter(qsizetype limit = EventStreamParser::defaultLimit) : m_events(limit), m_limit(limit) {}

    // The pieces that these bytes complete, as events: outside of an event stream "message"s without an
    // ID. Their data may be anything: whether it is JSON is not looked at here.
    [[nodiscard]] QList<ServerSentEvent> feed(QByteArrayView bytes);

    // Nothing more comes. `intact`: the answer ended as its sender meant it; then what lacks its end comes
    // as it is. An error that Gemini put into an event stream as a bare JSON object comes as an "error".
    [[nodiscard]] QList<ServerSentEvent> finish(bool intact);

    // The limit was exceeded: nothing more will come.
    [[nodiscard]] bool failed() const { return m_failed || m_events.failed(); }

private:
    enum class Shape { Unknown, Events, Json };

    [[nodiscard]] QList<ServerSentEvent> feedJson(QByteArrayView bytes);
    // Of the object that is being read.
    void keep(QByteArrayView bytes);

    Shape m_shape = Shape::Unknown;
    EventStreamParser m_events;
    // Of JSON:
    qsizetype m_limit;
    QByteArray m_object; // the one that is not complete yet
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_failed = false;
};

} // namespace gemini
