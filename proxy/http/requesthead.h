#pragma once

#include "proxy/http/head.h"

#include <QUrl>

namespace http {

// A request's head, validated (RFC 9112, section 3).
struct RequestHead
{
    QByteArray method;
    QByteArray target; // in origin-form, or "*" for OPTIONS, as sent; the gate takes out spare slashes
    int minorVersion = 1;
    Fields fields;
    QByteArray host; // the value of Host; empty only in HTTP/1.0
    Framing framing;
    bool keepAlive = true;
    bool expectContinue = false;

    // The parts of the target before and after the "?".
    [[nodiscard]] QByteArrayView path() const;
    [[nodiscard]] QByteArrayView query() const;
};

// Parses a request's head. `head` is the whole head, including the empty line at its end.
// The errors' status is 400, 417, 431, 501 or 505.
[[nodiscard]] Expected<RequestHead, HeadError> parseRequestHead(QByteArrayView head, const HeadLimits &limits);

// Returns what is wrong with a request line, which is given without its CR LF, or nothing. It serves to refuse a bad
// line without waiting for the rest of the head: a client that speaks HTTP/0.9 sends nothing after this line.
[[nodiscard]] std::optional<HeadError> requestLineProblem(QByteArrayView line);

// Returns the target without doubled or trailing slashes in its path. Such slashes come from clients whose base URL
// ends in a slash: "//v1beta/models/" means "/v1beta/models". A target that begins with two slashes would also name
// another host wherever it is resolved as a relative reference.
[[nodiscard]] QByteArray withoutSpareSlashes(QByteArrayView target);

// Returns the value of Host for a request to an http or https URL (RFC 9110, section 7.2).
[[nodiscard]] QByteArray hostField(const QUrl &url);

// Returns the first value with this name in a query, percent-decoded; null if there is none.
[[nodiscard]] QByteArray queryValue(QByteArrayView query, QByteArrayView name);

} // namespace http
