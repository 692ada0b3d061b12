#pragma once

#include "proxy/gemini/eventstreamparser.h"

#include <QByteArray>
#include <QString>

// Reads the event stream of POST /gemini-proxy (Gemini's GenerateContentResponse, one an event)
// and says how the answer ended.
class AnswerReader
{
public:
    // The text that these bytes of the stream complete, without thoughts.
    [[nodiscard]] QString feed(QByteArrayView bytes);

    // The stream has ended. `intact`: the connection carried it to its end. Returns the text that
    // was still to come.
    [[nodiscard]] QString finish(bool intact);

    // How it went, after finish().
    struct Outcome
    {
        bool whole = false; // the answer is what Gemini meant to say
        QString message;    // for people; empty if there is nothing to add
    };
    [[nodiscard]] Outcome outcome() const;

    // The parser met a limit: the rest of the stream is of no use.
    [[nodiscard]] bool failed() const { return m_parser.failed(); }

private:
    QString takeEvents(const QList<ServerSentEvent> &events);
    QString takeEvent(const ServerSentEvent &event);

    EventStreamParser m_parser;
    bool m_hasText = false;
    bool m_intact = false;
    bool m_unreadable = false; // an event was not JSON
    QString m_error;           // of an error event
    QString m_blockReason;
    QString m_finishReason;
    QString m_finishMessage;
};

// The message of an error answer, {"error":{"message":"..."}}; empty if it is none.
[[nodiscard]] QString errorMessage(const QByteArray &json);
