#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

// One event of an event stream.
struct ServerSentEvent
{
    QByteArray event; // the event's type; "message" if the stream names none
    QByteArray data;  // the event's data lines, joined by LF
    QByteArray id;    // the last ID that the stream has named so far; "" = none

    friend bool operator==(const ServerSentEvent &, const ServerSentEvent &) = default;
};

// Parses an event stream, whose bytes may arrive in pieces of any size (WHATWG HTML, section 9.2.6, "Interpreting an
// event stream"). An event is returned as soon as the line end that completes it has arrived. The field `retry` is
// ignored, as no stream is reconnected.
class EventStreamParser
{
public:
    static constexpr qsizetype defaultLimit = 64 * 1024 * 1024;

    // `limit`: the maximum size of one line and of the data of one event, in bytes.
    explicit EventStreamParser(qsizetype limit = defaultLimit) : m_limit(limit) {}

    // Returns the events that these bytes complete.
    [[nodiscard]] QList<ServerSentEvent> feed(QByteArrayView bytes);

    // To be called when the stream has ended as its sender meant it to. Returns the last event if it lacks nothing but
    // its empty line. (The standard drops such an event, but Gemini's last one was seen to come like that.) Must not be
    // called after a broken connection, where the last event may be only half of one.
    [[nodiscard]] QList<ServerSentEvent> finish();

    // Whether a limit was exceeded. If so, no further event is returned, and the stream can only be given up.
    [[nodiscard]] bool failed() const { return m_failed; }

    // Returns the lines that are no field of the standard, joined by LF, and the unfinished last line; about 64 KiB of
    // each at most. The standard drops such lines, but Gemini uses them for an error in the middle of a stream, which
    // it sends as a bare JSON object.
    [[nodiscard]] QByteArray strayText() const;

private:
    void takeLine(QByteArrayView line, QList<ServerSentEvent> &events);
    void takeField(QByteArrayView name, QByteArrayView value, QByteArrayView line);
    void fail();

    qsizetype m_limit;
    QByteArray m_line; // the start of a line whose end has not come yet
    QByteArray m_type;
    QByteArray m_data; // the data lines so far, each followed by LF
    QByteArray m_id;
    QByteArray m_stray;
    bool m_firstLine = true;
    bool m_skipLineFeed = false; // the last byte was a CR, so an LF that follows belongs to the same line end
    bool m_failed = false;
};
