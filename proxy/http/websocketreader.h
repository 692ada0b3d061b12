#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

// Reads along as one direction of a WebSocket passes (RFC 6455, section 5.2). It tells where a frame of our own may be
// put in, and what is said, unmasked. It does not check what it reads, which is for the receiver to do. A value.
class WebSocketReader
{
public:
    // Called for each piece of a message's payload; `last` says whether the message ends with it.
    using Payload = std::function<void(QByteArrayView piece, bool last)>;

    void feed(QByteArrayView bytes, const Payload &payload);

    // Whether no frame is under way, so that one of our own may be put in.
    [[nodiscard]] bool isBetweenFrames() const { return m_head.isEmpty() && !m_broken; }
    // Whether a close frame has begun, after which nothing may follow.
    [[nodiscard]] bool hasClosed() const { return m_closed; }

private:
    [[nodiscard]] qsizetype headSize() const;
    void readHead();

    QByteArray m_head; // of the frame that is under way
    bool m_headRead = false;
    quint64 m_left = 0; // of the payload that is under way
    quint64 m_read = 0;
    bool m_closed = false;
    bool m_broken = false; // what comes is not made of valid frames
};
