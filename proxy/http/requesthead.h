#pragma once

#include "proxy/http/head.h"

#include <QUrl>

namespace http {

// A request's head, validated (RFC 9112, section 3).
struct RequestHead
{
    QByteArray method;
    QByteArray target; // raw, as sent: origin-form, or "*" of OPTIONS
    int minorVersion = 1;
    Fields fields;
    QByteArray host; // the one Host field; empty only in HTTP/1.0
    Framing framing;
    bool keepAlive = true;
    bool expectContinue = false;

    // The target up to the "?", and behind it.
    [[nodiscard]] QByteArrayView path() const;
    [[nodiscard]] QByteArrayView query() const;
};

// `head` is all of it, the empty line included.
// Errors: 400, 414 (a request line that leaves no room for fields), 417, 431, 501, 505.
[[nodiscard]] Expected<RequestHead, HeadError> parseRequestHead(QByteArrayView head,
                                                                const HeadLimits &limits);

// The Host field of a request to an http or https URL (RFC 9110, section 7.2).
[[nodiscard]] QByteArray hostField(const QUrl &url);

// The first value of that name in a query, percent-decoded; null if there is none.
[[nodiscard]] QByteArray queryValue(QByteArrayView query, QByteArrayView name);

} // namespace http
