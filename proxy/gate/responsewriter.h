#pragma once

#include "proxy/http/requesthead.h"

#include <chrono>
#include <optional>
#include <utility>

// Frames answers for HTTP/1, one after another (RFC 9112, section 6): a head, pieces of a body, and an end. It knows no
// socket: its caller sends the bytes that it returns, in order. A value.
class ResponseWriter
{
public:
    // What happens to the connection after an answer.
    struct Persistence
    {
        bool closes = false;                // whether it closes after this answer
        std::chrono::seconds keepAliveTime; // otherwise, how long it stays open without a further request
    };

    // Begins an answer. `fields` must not hold Content-Length, Transfer-Encoding or X-Request-Id, which are set here;
    // so are Connection, always, and Date, if it is missing. `length` is the body's length in bytes, empty if it is not
    // known yet. The head is returned by takeHead(), or else by the next piece() or end().
    void begin(int status, const http::Fields &fields, std::optional<qint64> length, const http::RequestHead &request,
               const QByteArray &requestId, Persistence persistence);
    [[nodiscard]] bool hasBegun() const { return m_begun; }
    // Returns the head, or nothing if it was returned already.
    [[nodiscard]] QByteArray takeHead() { return std::exchange(m_head, {}); }
    // Frames a piece of the body, which must not be empty.
    [[nodiscard]] QByteArray piece(QByteArrayView bytes);
    // Returns the bytes that end the answer. After that the next answer may begin.
    [[nodiscard]] QByteArray end();

    // Whether the end of the connection marks the end of the body. That is so if the client speaks HTTP/1.0 and the
    // length is not known.
    [[nodiscard]] bool endsWithConnection() const { return m_endsWithConnection; }
    // How many bytes were not returned yet.
    [[nodiscard]] qsizetype size() const { return m_head.size(); }

    // The head of a 101, after which no more HTTP is spoken on the connection.
    [[nodiscard]] static QByteArray switchHead(const http::Fields &fields, const QByteArray &requestId);

private:
    QByteArray m_head; // empty once it was returned
    bool m_begun = false;
    bool m_chunked = false;
    bool m_bodyAllowed = true;
    bool m_endsWithConnection = false;
};
