#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

// Reads along as one direction of a WebSocket passes (RFC 6455, section 5.2): where a frame of our own
// may stand, and what is said, unmasked. It judges nothing: that is the other side's to do. A value.
class WebSocketReader
{
public:
    // Each piece of a message's payload, and whether the message ends with it.
    using Payload = std::function<void(QByteArrayView piece, bool last)>;

    void feed(QByteArrayView bytes, const Payload &payload);

    // No frame is under way.
    [[nodiscard]] bool isBetweenFrames() const { return m_head.isEmpty() && !m_broken; }
    // A close frame has begun: nothing may follow it.
    [[nodiscard]] bool hasClosed() const { return m_closed; }

private:
    [[nodiscard]] qsizetype headSize() const;
    void readHead();

    QByteArray m_head; // of the frame that is under way
    bool m_headRead = false;
    quint64 m_left = 0; // of its payload
    quint64 m_read = 0;
    bool m_closed = false;
    bool m_broken = false; // no frames
};
