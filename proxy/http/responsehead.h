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

// `head` is all of it, the empty line included. The error's status is always 502.
[[nodiscard]] Expected<ResponseHead, HeadError> parseResponseHead(QByteArrayView head, const HeadLimits &limits);

// `method` is the request's. HEAD, 1xx, 204 and 304 have no body whatever their fields say.
[[nodiscard]] Expected<ResponseFraming, HeadError> responseFraming(const ResponseHead &head, QByteArrayView method);

// The standard reason phrase; empty for an unknown status.
[[nodiscard]] QByteArray reasonPhrase(int status);

// Status line, fields and the empty line. Fields with an invalid name or value are left out:
// nothing that a peer said can start a new line.
[[nodiscard]] QByteArray serializeResponseHead(int status, QByteArrayView reason, const Fields &fields);

} // namespace http
