#include "proxy/http/chunked.h"

#include <algorithm>

namespace http {

namespace {

// Enough for what is seen in the wild, too little to feed us for nothing.
constexpr int maximumOverhead = 16 * 1024;
constexpr int maximumDigits = 15;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

qsizetype ChunkedDecoder::decode(QByteArrayView in, QByteArray &out)
{
    qsizetype used = 0;
    while (used < in.size() && m_status == Status::More) {
        if (m_state == State::Data) {
            const auto length = static_cast<qsizetype>(std::min<qint64>(m_remaining, in.size() - used));
            out.append(in.sliced(used, length));
            used += length;
            m_remaining -= length;
            if (m_remaining == 0)
                m_state = State::DataCarriageReturn;
            continue;
        }
        if (!step(in[used]))
            m_status = Status::Error;
        else
            ++used;
    }
    return used;
}

bool ChunkedDecoder::step(char c)
{
    const auto expect = [&](char wanted, State next) {
        m_state = next;
        return c == wanted;
    };
    switch (m_state) {
    case State::Size:
        if (const int digit = hexDigit(c); digit >= 0) {
            if (++m_digits > maximumDigits)
                return false;
            m_remaining = m_remaining * 16 + digit;
            return true;
        }
        if (m_digits == 0)
            return false;
        [[fallthrough]];
    case State::SizePadding: // BWS before the ";" (RFC 9112, section 7.1.1)
        if (c == '\r') {
            m_state = State::SizeLineFeed;
            return true;
        }
        m_state = c == ';' ? State::Extension : State::SizePadding;
        return (c == ';' || c == ' ' || c == '\t') && ++m_overhead <= maximumOverhead;
    case State::Extension:
        if (c == '\r')
            m_state = State::SizeLineFeed;
        return c != '\n' && c != '\0' && ++m_overhead <= maximumOverhead;
    case State::SizeLineFeed:
        m_digits = 0;
        return expect('\n', m_remaining > 0 ? State::Data : State::TrailerStart);
    case State::Data:
        return false; // decode() takes data in one piece
    case State::DataCarriageReturn:
        return expect('\r', State::DataLineFeed);
    case State::DataLineFeed:
        return expect('\n', State::Size);
    case State::TrailerStart:
        if (c == '\r') {
            m_state = State::EndLineFeed;
            return true;
        }
        m_state = State::Trailer;
        [[fallthrough]];
    case State::Trailer:
        if (c == '\r')
            m_state = State::TrailerLineFeed;
        return c != '\n' && c != '\0' && ++m_overhead <= maximumOverhead;
    case State::TrailerLineFeed:
        return expect('\n', State::TrailerStart);
    case State::EndLineFeed:
        m_status = Status::Done;
        return c == '\n';
    }
    return false;
}

QByteArray encodeChunk(QByteArrayView data)
{
    Q_ASSERT(!data.isEmpty());
    QByteArray chunk;
    chunk.reserve(data.size() + 20);
    chunk += QByteArray::number(data.size(), 16);
    chunk += "\r\n";
    chunk += data;
    chunk += "\r\n";
    return chunk;
}

} // namespace http
