#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

// Reads the bytes that pass in one direction of a WebSocket (RFC 6455, section 5.2). It tells where the proxy may
// insert a frame of its own, and what the messages hold, unmasked. It does not validate the frames; that is the
// receiver's task. A value.
class WebSocketReader
{
public:
    // Called for each piece of a message's payload; `last` says whether the message ends with it.
    using Payload = std::function<void(QByteArrayView piece, bool last)>;

    void feed(QByteArrayView bytes, const Payload &payload);

    // Whether the bytes so far end with a whole frame, so that another frame may be inserted after them.
    [[nodiscard]] bool isBetweenFrames() const { return m_head.isEmpty() && !m_broken; }
    // Whether a close frame has begun, after which nothing may follow.
    [[nodiscard]] bool hasClosed() const { return m_closed; }

private:
    [[nodiscard]] qsizetype headSize() const;
    void readHead();

    QByteArray m_head; // of the current frame
    bool m_headRead = false;
    quint64 m_left = 0; // bytes that the current frame's payload still lacks
    quint64 m_read = 0; // bytes of the current frame's payload that were unmasked
    bool m_closed = false;
    bool m_broken = false; // the bytes are not made of valid frames
};
