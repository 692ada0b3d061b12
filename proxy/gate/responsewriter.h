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
    // What happens to the connection after an answer.
    struct Persistence
    {
        bool closes = false;                // it ends with this answer
        std::chrono::seconds keepAliveTime; // otherwise it stays open for so long without a request
    };

    // `fields` must not hold Content-Length, Transfer-Encoding, Connection, Date and X-Request-Id, which are set here.
    // `length` is the body's, empty if it is not known yet. The head comes with the next bytes that are returned.
    void begin(int status, const http::Fields &fields, std::optional<qint64> length, const http::RequestHead &request,
               const QByteArray &requestId, Persistence persistence);
    [[nodiscard]] bool hasBegun() const { return m_begun; }
    // The head, if it was not returned yet.
    [[nodiscard]] QByteArray takeHead() { return std::exchange(m_head, {}); }
    // Frames a piece of the body, which must not be empty.
    [[nodiscard]] QByteArray piece(QByteArrayView bytes);
    // Ends the answer; after that the next one may begin.
    [[nodiscard]] QByteArray end();

    // Whether only the end of the connection ends the body, as for a client of HTTP/1.0 if the length is not known.
    [[nodiscard]] bool endsWithConnection() const { return m_endsWithConnection; }
    // How many bytes are written but not returned yet.
    [[nodiscard]] qsizetype size() const { return m_head.size(); }

    // The head of a 101, after which no more HTTP is spoken on the connection.
    [[nodiscard]] static QByteArray switchHead(const http::Fields &fields, const QByteArray &requestId);

private:
    QByteArray m_head; // not sent yet
    bool m_begun = false;
    bool m_chunked = false;
    bool m_bodyAllowed = true;
    bool m_endsWithConnection = false;
};
