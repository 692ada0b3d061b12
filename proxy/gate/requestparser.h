#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/requesthead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <utility>

// Reads requests, one after another, out of what a client sends: strictly and bounded (RFC 9112). It knows no socket
// and no clock. A value.
//
//   readHead() ──Whole──▶ beginBody() ──More──▶ readBody() ──Whole──▶ next()
//
// After a refusal nothing more can be read, as it is not known where the next request would begin.
class RequestParser
{
public:
    enum class Result {
        More, // more bytes are needed; those so far are right
        Whole,
        Refused, // see refusal()
    };

    explicit RequestParser(const Limits &limits) : m_limits(limits) {}

    // Adds bytes that were received. If the body's length is known, no more than bodyBytesMissing() may be added.
    void add(const QByteArray &bytes);

    [[nodiscard]] Result readHead();
    // Prepares for the body of the head just read. Whole if there is none, Refused if it would be too large.
    [[nodiscard]] Result beginBody();
    [[nodiscard]] Result readBody();
    [[nodiscard]] const ErrorAnswer &refusal() const { return m_refusal; }
    // Forgets the request that was read; bytes that have come after it stay.
    void next();

    [[nodiscard]] http::RequestHead takeHead() { return std::exchange(m_head, {}); }
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }

    // Whether a part of a head has come.
    [[nodiscard]] bool isInHead() const { return m_scanned > 0 || m_emptyLine; }
    // How much of the body has come.
    [[nodiscard]] qsizetype bodySize() const { return m_body.size(); }
    // How much of the body is still to come; empty if only its chunks will tell.
    [[nodiscard]] std::optional<qint64> bodyBytesMissing() const;

    // What has come and was not read yet.
    [[nodiscard]] qsizetype unreadSize() const { return m_input.size(); }
    [[nodiscard]] QByteArray takeUnread(qsizetype most);
    void dropUnread() { m_input = {}; }

private:
    Result refuse(const http::HeadError &error);
    Result refuse(const ErrorAnswer &answer);
    Result refuseTooLarge();

    Limits m_limits;
    QByteArray m_input;       // not parsed yet
    qsizetype m_scanned = 0;  // how much of it was searched for the head's end
    bool m_emptyLine = false; // an empty line came before the head
    bool m_lineSeen = false;  // the request line is whole, and right
    http::RequestHead m_head;
    http::Framing m_framing;
    http::ChunkedDecoder m_chunks;
    QByteArray m_body;
    ErrorAnswer m_refusal;
};
