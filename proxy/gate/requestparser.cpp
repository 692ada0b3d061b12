#include "proxy/gate/requestparser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

void RequestParser::add(const QByteArray &bytes)
{
    if (m_framing.kind == http::Framing::Kind::Length && m_input.isEmpty())
        m_body += bytes;
    else
        m_input += bytes;
}

RequestParser::Result RequestParser::readHead()
{
    if (m_input.isEmpty())
        return Result::More;
    // One empty line before a request is allowed (RFC 9112, section 2.2). The caller counts it as a part of the head,
    // so the time limit for the head begins with it.
    if (!m_emptyLine && m_input.startsWith("\r\n")) {
        m_emptyLine = true;
        m_input.remove(0, 2);
        m_scanned = 0;
    }
    if (m_emptyLine && m_input.startsWith('\r'))
        return refuse(ErrorAnswer{400, u"The request does not start with a request line."_s});

    const http::HeadLimits limits{m_limits.headBytes, m_limits.headFields};
    const Expected<qsizetype, http::HeadError> end = http::findHeadEnd(m_input, m_scanned, limits);
    if (!end)
        return refuse(end.error());
    if (*end == 0) {
        const qsizetype lineEnd = m_lineSeen ? -1 : m_input.indexOf("\r\n");
        if (lineEnd < 0)
            return Result::More;
        m_lineSeen = true;
        const auto problem = http::requestLineProblem(QByteArrayView(m_input).first(lineEnd));
        return problem ? refuse(*problem) : Result::More;
    }
    Expected<http::RequestHead, http::HeadError> head =
            http::parseRequestHead(QByteArrayView(m_input).first(*end), limits);
    if (!head)
        return refuse(head.error());

    m_input.remove(0, *end);
    m_scanned = 0;
    m_head = std::move(*head);
    m_head.target = http::withoutSpareSlashes(m_head.target);
    m_framing = m_head.framing;
    return Result::Whole;
}

RequestParser::Result RequestParser::beginBody()
{
    m_chunks = {};
    switch (m_framing.kind) {
    case http::Framing::Kind::None:
        return Result::Whole;
    case http::Framing::Kind::Length:
        if (m_framing.length > m_limits.bodyBytes)
            return refuseTooLarge();
        m_body.reserve(static_cast<qsizetype>(std::min<qint64>(m_framing.length, 1 << 20)));
        break;
    case http::Framing::Kind::Chunked:
        break;
    }
    return Result::More;
}

RequestParser::Result RequestParser::readBody()
{
    if (const std::optional<qint64> missing = bodyBytesMissing()) {
        m_body += takeUnread(static_cast<qsizetype>(std::min<qint64>(*missing, m_input.size())));
        return m_body.size() == m_framing.length ? Result::Whole : Result::More;
    }
    m_input.remove(0, m_chunks.decode(m_input, m_body));
    if (m_body.size() > m_limits.bodyBytes)
        return refuseTooLarge();
    switch (m_chunks.status()) {
    case http::ChunkedDecoder::Status::Done:
        return Result::Whole;
    case http::ChunkedDecoder::Status::Error:
        return refuse(ErrorAnswer{400, u"The request was not understood: its chunked body is malformed."_s});
    case http::ChunkedDecoder::Status::More:
        break;
    }
    return Result::More;
}

void RequestParser::next()
{
    m_scanned = 0;
    m_emptyLine = false;
    m_lineSeen = false;
    m_head = {};
    m_framing = {};
    m_body = {};
}

std::optional<qint64> RequestParser::bodyBytesMissing() const
{
    if (m_framing.kind != http::Framing::Kind::Length)
        return std::nullopt;
    return m_framing.length - m_body.size();
}

QByteArray RequestParser::takeUnread(qsizetype most)
{
    if (most >= m_input.size())
        return std::exchange(m_input, {});
    const QByteArray bytes = m_input.first(most);
    m_input.remove(0, most);
    return bytes;
}

RequestParser::Result RequestParser::refuse(const http::HeadError &error)
{
    const bool isTls = m_input.startsWith("\x16\x03"); // a handshake record of TLS
    const char *reason = isTls ? "TLS came in on a port of plain HTTP, whose URL begins with http://" : error.reason;
    return refuse(ErrorAnswer{error.status, "The request was not understood: "_L1 + QString::fromUtf8(reason) + u'.'});
}

RequestParser::Result RequestParser::refuse(const ErrorAnswer &answer)
{
    m_refusal = answer;
    return Result::Refused;
}

RequestParser::Result RequestParser::refuseTooLarge()
{
    return refuse(ErrorAnswer{
            413, u"The body is larger than %1 bytes, the limit set for this proxy."_s.arg(m_limits.bodyBytes)});
}
