#include "proxy/http/responsereader.h"

#include <algorithm>
#include <utility>

namespace http {

ResponseReader::ResponseReader(QByteArray method, const HeadLimits &limits)
    : m_method(std::move(method)), m_limits(limits)
{}

qsizetype ResponseReader::read(QByteArrayView bytes, QByteArray &body)
{
    qsizetype used = 0;
    while (m_state == State::Head && used < bytes.size())
        used += readHead(bytes.sliced(used));
    if (m_state == State::Body)
        used += readBody(bytes.sliced(used), body);
    return used;
}

// Most heads come in one piece. Such a head is parsed in place, without a copy.
qsizetype ResponseReader::readHead(QByteArrayView bytes)
{
    const qsizetype before = m_cutHead.size();
    if (before > 0)
        m_cutHead += bytes;
    const QByteArrayView all = before > 0 ? QByteArrayView(m_cutHead) : bytes;
    const Expected<qsizetype, HeadError> end = findHeadEnd(all, m_scanned, m_limits);
    if (!end) {
        fail(end.error().reason);
        return 0;
    }
    if (*end == 0) {
        if (before == 0)
            m_cutHead = bytes.toByteArray();
        return bytes.size();
    }
    takeHead(all.first(*end));
    m_cutHead = {};
    m_scanned = 0;
    return *end - before;
}

void ResponseReader::takeHead(QByteArrayView bytes)
{
    Expected<ResponseHead, HeadError> head = parseResponseHead(bytes, m_limits);
    if (!head)
        return fail(head.error().reason);
    const Expected<ResponseFraming, HeadError> framing = responseFraming(*head, m_method);
    if (!framing)
        return fail(framing.error().reason);
    if (head->status < 200 && head->status != 101)
        return; // an informational response, which the final one follows (RFC 9110, section 15.2)
    m_head = std::move(*head);
    m_framing = framing->kind;
    m_left = framing->length;
    if (m_head.status == 101)
        m_state = State::Switched;
    else
        m_state = m_framing == ResponseFraming::Kind::None ? State::Complete : State::Body;
}

qsizetype ResponseReader::readBody(QByteArrayView bytes, QByteArray &body)
{
    switch (m_framing) {
    case ResponseFraming::Kind::None:
        break;
    case ResponseFraming::Kind::Close:
        body += bytes;
        return bytes.size();
    case ResponseFraming::Kind::Length: {
        const auto length = static_cast<qsizetype>(std::min<qint64>(m_left, bytes.size()));
        body += bytes.first(length);
        m_left -= length;
        if (m_left == 0)
            m_state = State::Complete;
        return length;
    }
    case ResponseFraming::Kind::Chunked: {
        const qsizetype used = m_chunks.decode(bytes, body);
        if (m_chunks.status() == ChunkedDecoder::Status::Done)
            m_state = State::Complete;
        else if (m_chunks.status() == ChunkedDecoder::Status::Error)
            fail("the chunked body is malformed");
        return used;
    }
    }
    return 0;
}

bool ResponseReader::end(bool inOrder)
{
    if (m_state == State::Body && endsWithConnection() && inOrder)
        m_state = State::Complete;
    return m_state == State::Complete;
}

bool ResponseReader::keepsConnection() const
{
    return m_state == State::Complete && m_head.keepAlive && !endsWithConnection();
}

void ResponseReader::fail(const char *problem)
{
    m_state = State::Malformed;
    m_problem = problem;
}

} // namespace http
