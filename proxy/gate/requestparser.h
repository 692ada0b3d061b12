#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/requesthead.h"
#include "proxy/net/erroranswer.h"
#include "proxy/settings.h"

#include <utility>

// Reads requests, one after another, out of what a client sends: strictly and bounded (RFC 9112). It knows
// no socket and no clock. A value.
//
//   readHead() ──Whole──▶ beginBody() ──More──▶ readBody() ──Whole──▶ next()
//
// Behind a refusal nothing can be read any more: where the next request would begin is not known.
class RequestParser
{
public:
    enum class Result {
        More, // what has come is right, as far as it goes
        Whole,
        Refused, // see refusal()
    };

    explicit RequestParser(const Limits &limits) : m_limits(limits) {}

    // What came next. Of a body whose length is known, add no more than bodyBytesMissing().
    void add(const QByteArray &bytes);

    [[nodiscard]] Result readHead();
    // Of the head just read: Whole where it has no body, Refused where that would be too large.
    [[nodiscard]] Result beginBody();
    [[nodiscard]] Result readBody();
    [[nodiscard]] const ErrorAnswer &refusal() const { return m_refusal; }
    // The request is done with; what has come behind it stays.
    void next();

    [[nodiscard]] http::RequestHead takeHead() { return std::exchange(m_head, {}); }
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, {}); }

    // A part of a head was looked at.
    [[nodiscard]] bool isInHead() const { return m_scanned > 0 || m_emptyLine; }
    // How much of the body has come.
    [[nodiscard]] qsizetype bodySize() const { return m_body.size(); }
    // How much of it may come yet; nothing where only its chunks will tell.
    [[nodiscard]] std::optional<qint64> bodyBytesMissing() const;

    // What has come and was not read.
    [[nodiscard]] qsizetype unreadSize() const { return m_input.size(); }
    [[nodiscard]] QByteArray takeUnread(qsizetype most);
    void dropUnread() { m_input = {}; }

private:
    Result refuse(const http::HeadError &error);
    Result refuse(const ErrorAnswer &answer);
    Result refuseTooLarge();

    Limits m_limits;
    QByteArray m_input;       // not parsed yet
    qsizetype m_scanned = 0;  // of it, in search of the head's end
    bool m_emptyLine = false; // one came ahead of the head
    bool m_lineSeen = false;  // the request line is whole, and right
    http::RequestHead m_head;
    http::Framing m_framing;
    http::ChunkedDecoder m_chunks;
    QByteArray m_body;
    ErrorAnswer m_refusal;
};
