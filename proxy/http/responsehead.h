#pragma once

#include "proxy/http/head.h"

namespace http {

// A response's head, validated (RFC 9112, section 4).
struct ResponseHead
{
    int minorVersion = 1;
    int status = 0; // 100 to 599
    QByteArray reason;
    Fields fields;
    bool keepAlive = true; // whether the connection may serve another request after this one
};

// How a response's body ends (RFC 9112, section 6.3).
struct ResponseFraming
{
    enum class Kind { None, Length, Chunked, Close };
    Kind kind = Kind::None;
    qint64 length = 0;
};

// Parses a response's head. `head` is the whole head, including the empty line at its end. The error's status is always
// 502.
[[nodiscard]] Expected<ResponseHead, HeadError> parseResponseHead(QByteArrayView head, const HeadLimits &limits);

// Returns how the response's body ends. `method` is the request's method. An answer to HEAD and one with the status
// 1xx, 204 or 304 has no body, whatever its fields say. The error's status is always 502.
[[nodiscard]] Expected<ResponseFraming, HeadError> responseFraming(const ResponseHead &head, QByteArrayView method);

// Returns the standard reason phrase; empty for an unknown status.
[[nodiscard]] QByteArray reasonPhrase(int status);

// Returns a response's head: the status line, the fields and the empty line. Fields with an invalid name or value are
// left out, so that nothing that a peer has sent can begin a new line.
[[nodiscard]] QByteArray serializeResponseHead(int status, QByteArrayView reason, const Fields &fields);

} // namespace http
