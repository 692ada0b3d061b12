#pragma once

#include "proxy/http/chunked.h"
#include "proxy/http/responsehead.h"

namespace http {

// Reads one response from the bytes of a connection, into however many pieces they are cut (RFC 9112). It finds the
// final head, leaving out informational ones before it, and takes the framing off the body. It knows nothing of
// connections: bytes go in, and bytes come out. A value.
class ResponseReader
{
public:
    enum class State {
        Head,      // the final head has not come yet
        Body,      // the head has come, but not all of the body
        Complete,  // the whole response has come
        Switched,  // the head is a 101, and what follows it belongs to another protocol
        Malformed, // see problem()
    };

    // `method` is the request's, as the answer to HEAD has no body.
    explicit ResponseReader(QByteArray method = "GET", const HeadLimits &limits = {64 * 1024, 256});

    // Appends to `body` what belongs to it, which is never more than `bytes` holds. Returns how many bytes it used.
    // While the state is Head or Body, that is all of them; what is left at Complete and Switched is not part of the
    // response.
    qsizetype read(QByteArrayView bytes, QByteArray &body);
    // To be called when the connection has ended. If the body's length is told by nothing else (section 6.3), it is
    // complete now, but only if the connection ended in order. Returns whether the response is complete.
    bool end(bool inOrder);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isReading() const { return m_state == State::Head || m_state == State::Body; }
    // Whether no byte of the final head has come.
    [[nodiscard]] bool isEmpty() const { return m_state == State::Head && m_cutHead.isEmpty(); }
    [[nodiscard]] const ResponseHead &head() const { return m_head; }
    [[nodiscard]] const char *problem() const { return m_problem; }
    // Whether only the end of the connection tells where the body ends.
    [[nodiscard]] bool endsWithConnection() const { return m_framing == ResponseFraming::Kind::Close; }
    // Whether the response allows another one to follow it on the connection.
    [[nodiscard]] bool keepsConnection() const;

private:
    qsizetype readHead(QByteArrayView bytes);
    void takeHead(QByteArrayView bytes);
    qsizetype readBody(QByteArrayView bytes, QByteArray &body);
    void fail(const char *problem);

    QByteArray m_method;
    HeadLimits m_limits;
    State m_state = State::Head;
    QByteArray m_cutHead; // what has come so far of a head that comes in pieces
    qsizetype m_scanned = 0;
    ResponseHead m_head;
    ResponseFraming::Kind m_framing = ResponseFraming::Kind::None;
    qint64 m_left = 0; // bytes that are missing from a body with a known length
    ChunkedDecoder m_chunks;
    const char *m_problem = "";
};

} // namespace http
