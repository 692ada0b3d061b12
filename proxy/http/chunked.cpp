#include "proxy/http/chunked.h"

#include "proxy/http/fields.h"

#include <algorithm>

namespace http {

namespace {

// How many bytes of extensions and trailers are read at most. That is enough for those that are in use, and too few to
// keep the proxy busy for nothing.
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
    case State::SizePadding: // some servers send white space after the size
        if (c == '\r') {
            m_state = State::SizeLineFeed;
            return true;
        }
        if (c == ';' && m_state == State::Size)
            m_state = State::ExtensionStart;
        else if (c == ' ' || c == '\t')
            m_state = State::SizePadding;
        else
            return false;
        return ++m_overhead <= maximumOverhead;
    case State::ExtensionStart:
    case State::ExtensionName:
    case State::ValueStart:
    case State::Value:
    case State::Quoted:
    case State::QuotedPair:
    case State::QuotedEnd:
        return stepInExtension(c) && ++m_overhead <= maximumOverhead;
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

// Takes one byte of chunk extensions: *( ";" chunk-ext-name [ "=" chunk-ext-val ] ). Returns whether it is valid.
bool ChunkedDecoder::stepInExtension(char c)
{
    const QByteArrayView one(&c, 1);
    const auto endOr = [this, c](State next, bool stays) {
        m_state = c == '\r' ? State::SizeLineFeed : c == ';' ? State::ExtensionStart : next;
        return c == '\r' || c == ';' || stays;
    };
    switch (m_state) {
    case State::ExtensionStart:
        m_state = State::ExtensionName;
        return isToken(one);
    case State::ExtensionName:
        return c == '=' ? (m_state = State::ValueStart, true) : endOr(State::ExtensionName, isToken(one));
    case State::ValueStart:
        m_state = c == '"' ? State::Quoted : State::Value;
        return c == '"' || isToken(one);
    case State::Value:
        return endOr(State::Value, isToken(one));
    case State::Quoted:
        m_state = c == '"' ? State::QuotedEnd : c == '\\' ? State::QuotedPair : State::Quoted;
        return isFieldValue(one);
    case State::QuotedPair:
        m_state = State::Quoted;
        return isFieldValue(one);
    default:
        return endOr(State::QuotedEnd, false);
    }
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
