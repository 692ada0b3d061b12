#include "proxy/http/websocketreader.h"

#include <algorithm>

namespace {
constexpr quint8 finalBit = 0x80;
constexpr quint8 opcodeBits = 0x0f;
constexpr quint8 firstControlOpcode = 0x8;
constexpr quint8 closeOpcode = 0x8;
constexpr quint8 maskBit = 0x80;
constexpr quint8 lengthBits = 0x7f;
constexpr qsizetype maskSize = 4;

quint8 at(QByteArrayView bytes, qsizetype index)
{
    return static_cast<quint8>(bytes[index]);
}
} // namespace

// Returns the size of the frame's head, as far as the bytes so far tell it.
qsizetype WebSocketReader::headSize() const
{
    if (m_head.size() < 2)
        return 2;
    const int length = at(m_head, 1) & lengthBits;
    return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((at(m_head, 1) & maskBit) != 0 ? maskSize : 0);
}

void WebSocketReader::readHead()
{
    const int length = at(m_head, 1) & lengthBits;
    m_left = static_cast<quint64>(length);
    if (length >= 126) {
        m_left = 0;
        for (qsizetype i = 2; i < (length == 126 ? 4 : 10); ++i)
            m_left = m_left << 8 | at(m_head, i);
    }
    m_broken = (m_left >> 63) != 0;
    m_read = 0;
    m_headRead = true;
    m_closed = m_closed || (at(m_head, 0) & opcodeBits) == closeOpcode;
}

void WebSocketReader::feed(QByteArrayView bytes, const Payload &payload)
{
    while (!m_broken && (!bytes.isEmpty() || m_headRead)) {
        if (!m_headRead) {
            const qsizetype missing = std::min(headSize() - m_head.size(), bytes.size());
            m_head += bytes.first(missing);
            bytes = bytes.sliced(missing);
            if (m_head.size() < headSize())
                continue;
            readHead();
            continue;
        }
        const auto size = static_cast<qsizetype>(std::min<quint64>(m_left, static_cast<quint64>(bytes.size())));
        if (size == 0 && m_left > 0)
            return;
        QByteArray unmasked;
        QByteArrayView piece = bytes.first(size);
        if ((at(m_head, 1) & maskBit) != 0) {
            unmasked = piece.toByteArray();
            const QByteArrayView mask = QByteArrayView(m_head).last(maskSize);
            for (char &c : unmasked)
                c = static_cast<char>(c ^ mask[static_cast<qsizetype>(m_read++ % maskSize)]);
            piece = unmasked;
        }
        bytes = bytes.sliced(size);
        m_left -= static_cast<quint64>(size);
        const bool ends = m_left == 0;
        const quint8 first = at(m_head, 0);
        if (ends) {
            m_head.clear();
            m_headRead = false;
        }
        if ((first & opcodeBits) < firstControlOpcode)
            payload(piece, ends && (first & finalBit) != 0);
    }
}
