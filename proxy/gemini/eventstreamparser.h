#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

// One event of an event stream.
struct ServerSentEvent
{
    QByteArray event; // its type; "message" where the stream names none
    QByteArray data;  // its data lines, joined by LF
    QByteArray id;    // the last id that the stream named, "" without one

    friend bool operator==(const ServerSentEvent &, const ServerSentEvent &) = default;
};

// Reads an event stream (WHATWG HTML, section 9.2.6, "Interpreting an event stream"), however it
// is cut into pieces. An event is handed out with the line end that completes it. `retry` is
// ignored: nobody reconnects.
class EventStreamParser
{
public:
    static constexpr qsizetype defaultLimit = 64 * 1024 * 1024;

    // `limit`: bytes that one line, and the data of one event, may measure at most.
    explicit EventStreamParser(qsizetype limit = defaultLimit) : m_limit(limit) {}

    // The events that these bytes complete.
    [[nodiscard]] QList<ServerSentEvent> feed(QByteArrayView bytes);

    // The stream has ended as its sender meant it: the event that lacks no more than its empty
    // line, if there is one. (The standard drops it; Gemini's last event was seen to come so.)
    // After a broken connection do not call it: half an event is none.
    [[nodiscard]] QList<ServerSentEvent> finish();

    // A limit was exceeded: nothing more will come, the stream can only be given up.
    [[nodiscard]] bool failed() const { return m_failed; }

    // The lines that are no field of the standard, joined by LF, the unfinished one included; at
    // most 64 KiB. The standard drops them, but Gemini puts an error that happens in the middle
    // of a stream there, as a bare JSON object.
    [[nodiscard]] QByteArray strayText() const;

private:
    void takeLine(QByteArrayView line, QList<ServerSentEvent> &events);
    void takeField(QByteArrayView name, QByteArrayView value, QByteArrayView line);
    void fail();

    qsizetype m_limit;
    QByteArray m_line; // the start of a line whose end has not come yet
    QByteArray m_type;
    QByteArray m_data; // each line with its LF
    QByteArray m_id;
    QByteArray m_stray;
    bool m_firstLine = true;
    bool m_skipLineFeed = false; // the last byte was a CR: an LF belongs to it
    bool m_failed = false;
};
