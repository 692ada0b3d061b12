#pragma once

#include "proxy/http/head.h"

#include <QUrl>

namespace http {

// A request's head, validated (RFC 9112, section 3).
struct RequestHead
{
    QByteArray method;
    QByteArray target; // in origin-form, or "*" for OPTIONS; as sent, but the gate takes spare slashes out
    int minorVersion = 1;
    Fields fields;
    QByteArray host; // the one Host field; empty only in HTTP/1.0
    Framing framing;
    bool keepAlive = true;
    bool expectContinue = false;

    // The parts of the target before and after the "?".
    [[nodiscard]] QByteArrayView path() const;
    [[nodiscard]] QByteArrayView query() const;
};

// `head` is all of it, the empty line included.
// Errors: 400, 414 (a request line that leaves no room for fields), 417, 431, 501, 505.
[[nodiscard]] Expected<RequestHead, HeadError> parseRequestHead(QByteArrayView head, const HeadLimits &limits);

// What is wrong with a request line alone, given without its CR LF. A client that speaks HTTP/0.9 sends nothing after
// this line, and must not be waited for.
[[nodiscard]] std::optional<HeadError> requestLineProblem(QByteArrayView line);

// The target without doubled or trailing slashes in its path. They come from a base URL that ends in a slash:
// "//v1beta/models/" means "/v1beta/models". A target that begins with two slashes would name another host where it is
// resolved as a reference.
[[nodiscard]] QByteArray withoutSpareSlashes(QByteArrayView target);

// The Host field of a request to an http or https URL (RFC 9110, section 7.2).
[[nodiscard]] QByteArray hostField(const QUrl &url);

// The first value of that name in a query, percent-decoded; null if there is none.
[[nodiscard]] QByteArray queryValue(QByteArrayView query, QByteArrayView name);

} // namespace http
