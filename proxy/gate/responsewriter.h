#pragma once

#include "proxy/http/requesthead.h"

#include <chrono>
#include <optional>
#include <utility>

// Puts answers, one after another, into HTTP/1's framing (RFC 9112, section 6): a head, pieces of a body, an
// end. It knows no socket: what it returns is to be sent, in order. A value.
class ResponseWriter
{
public:
    // The connection behind an answer.
    struct Persistence
    {
        bool closes = false;                // it ends with this answer
        std::chrono::seconds keepAliveTime; // else for so long, where nothing is asked
    };

    // `fields` without Content-Length, Transfer-Encoding, Connection, Date and X-Request-Id, which are set
    // here. `length` is the body's, empty if it is not known yet. The head leaves with what is returned next.
    void begin(int status, const http::Fields &fields, std::optional<qint64> length, const http::RequestHead &request,
               const QByteArray &requestId, Persistence persistence);
    [[nodiscard]] bool hasBegun() const { return m_begun; }
    // The head, if it has not left.
    [[nodiscard]] QByteArray takeHead() { return std::exchange(m_head, {}); }
    // A piece of the body, not empty.
    [[nodiscard]] QByteArray piece(QByteArrayView bytes);
    // The answer is whole; the next one may begin.
    [[nodiscard]] QByteArray end();

    // Only the end of the connection ends the body: to a client of HTTP/1.0, where the length is not known.
    [[nodiscard]] bool endsWithConnection() const { return m_endsWithConnection; }
    // Of what is written and was not taken.
    [[nodiscard]] qsizetype size() const { return m_head.size(); }

    // The head of a 101, behind which there is no HTTP any more.
    [[nodiscard]] static QByteArray switchHead(const http::Fields &fields, const QByteArray &requestId);

private:
    QByteArray m_head; // not sent yet
    bool m_begun = false;
    bool m_chunked = false;
    bool m_bodyAllowed = true;
    bool m_endsWithConnection = false;
};
