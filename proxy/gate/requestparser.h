#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/requesthead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <utility>

// Parses the requests that a client sends, one after another. It is strict and enforces limits of size (RFC 9112). It
// knows no socket and no clock. A value.
//
//   readHead() ──Whole──▶ beginBody() ──More──▶ readBody() ──Whole──▶ next()
//
// After a refusal nothing more can be read, as it is not known where the next request would begin.
class RequestParser
{
public:
    enum class Result {
        More, // more bytes are needed; those so far are valid
        Whole,
        Refused, // refusal() tells why
    };

    explicit RequestParser(const Limits &limits) : m_limits(limits) {}

    // Adds bytes that were received. If the body's length is known, no more than bodyBytesMissing() may be added.
    void add(const QByteArray &bytes);

    [[nodiscard]] Result readHead();
    // Prepares for the body of the request whose head was just read. Returns Whole if there is none, Refused if it is
    // announced as too large.
    [[nodiscard]] Result beginBody();
    [[nodiscard]] Result readBody();
    [[nodiscard]] const ErrorAnswer &refusal() const { return m_refusal; }
    // Forgets the request that was read. Bytes that have come after it stay for the next one.
    void next();

    [[nodiscard]] http::RequestHead takeHead() { return std::exchange(m_head, {}); }
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }

    // Whether a part of a head was read, but not all of it yet.
    [[nodiscard]] bool isInHead() const { return m_scanned > 0 || m_emptyLine; }
    // How many bytes of the body were read so far.
    [[nodiscard]] qsizetype bodySize() const { return m_body.size(); }
    // How many bytes of the body are still missing; empty if there is no Content-Length to tell it.
    [[nodiscard]] std::optional<qint64> bodyBytesMissing() const;

    // How many bytes were added but not parsed yet.
    [[nodiscard]] qsizetype unreadSize() const { return m_input.size(); }
    [[nodiscard]] QByteArray takeUnread(qsizetype most);
    void dropUnread() { m_input = {}; }

private:
    Result refuse(const http::HeadError &error);
    Result refuse(const ErrorAnswer &answer);
    Result refuseTooLarge();

    Limits m_limits;
    QByteArray m_input;       // not parsed yet
    qsizetype m_scanned = 0;  // how many bytes of m_input were searched for the head's end
    bool m_emptyLine = false; // an empty line came before the head
    bool m_lineSeen = false;  // the request line is complete and valid
    http::RequestHead m_head;
    http::Framing m_framing;
    http::ChunkedDecoder m_chunks;
    QByteArray m_body;
    ErrorAnswer m_refusal;
};
