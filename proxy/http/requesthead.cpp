#include "proxy/http/requesthead.h"

#include <algorithm>

namespace http {

QByteArrayView RequestHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView(target) : QByteArrayView(target).first(mark);
}

QByteArrayView RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArrayView() : QByteArrayView(target).sliced(mark + 1);
}

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Whether this is a valid value of Host: uri-host [ ":" port ] (RFC 9110, section 7.2). The host is a name, an IPv4
// address or an IPv6 address in brackets. There is no user, no path, no white space and no percent-encoding.
bool isHost(QByteArrayView host)
{
    QByteArrayView port;
    if (const qsizetype colon = host.lastIndexOf(':'); colon > host.lastIndexOf(']')) {
        port = host.sliced(colon + 1);
        host = host.first(colon);
    }
    if (port.size() > 5 || !std::all_of(port.begin(), port.end(), isDigit))
        return false;
    if (host.startsWith('[')) {
        return host.size() > 2 && host.endsWith(']') && std::all_of(host.begin() + 1, host.end() - 1, [](char c) {
                   return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
               });
    }
    return !host.isEmpty() && std::all_of(host.begin(), host.end(), [](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_';
    });
}

// Whether the target holds only characters that may be in one: visible ASCII without "#", which cannot be part of a
// target, "\", which some programs read as "/", and quotes and angle brackets.
bool isTarget(QByteArrayView target)
{
    return std::all_of(target.begin(), target.end(), [](char c) {
        return c > 0x20 && c < 0x7f && c != '#' && c != '\\' && c != '"' && c != '<' && c != '>';
    });
}

std::optional<HeadError> parseRequestLine(QByteArrayView line, RequestHead &request)
{
    const qsizetype firstSpace = line.indexOf(' ');
    const qsizetype lastSpace = line.lastIndexOf(' ');
    if (firstSpace < 0 || firstSpace == lastSpace)
        return HeadError{400, "the request line is not METHOD TARGET VERSION"};
    request.method = line.first(firstSpace).toByteArray();
    request.target = line.sliced(firstSpace + 1, lastSpace - firstSpace - 1).toByteArray();
    const QByteArrayView version = line.sliced(lastSpace + 1);

    if (!isToken(request.method) || request.method.size() > 32)
        return HeadError{400, "the method is not valid"};
    if (version.size() != 8 || !version.startsWith("HTTP/") || version[6] != '.' || version[5] < '0' || version[5] > '9'
        || version[7] < '0' || version[7] > '9')
        return HeadError{400, "the request line does not end in an HTTP version"};
    if (version[5] == '0')
        return HeadError{400, "a request line of HTTP/0.9 names no version"};
    if (version[5] != '1' || version[7] > '1')
        return HeadError{505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    request.minorVersion = version[7] - '0';
    if (request.method == "CONNECT")
        return HeadError{501, "CONNECT is not offered: this is no forward proxy"};
    if (request.target != "*" && !request.target.startsWith('/'))
        return HeadError{400, "the target must be a path that starts with /"};
    if (request.target == "*" && request.method != "OPTIONS")
        return HeadError{400, "only OPTIONS may ask for *"};
    if (!isTarget(request.target))
        return HeadError{400, "the target holds a character that must be percent-encoded"};
    return std::nullopt;
}

} // namespace

std::optional<HeadError> requestLineProblem(QByteArrayView line)
{
    RequestHead request;
    return parseRequestLine(line, request);
}

Expected<RequestHead, HeadError> parseRequestHead(QByteArrayView head, const HeadLimits &limits)
{
    const qsizetype lineEnd = head.indexOf("\r\n");
    if (lineEnd < 0)
        return HeadError{400, "the request line does not end in CR LF"};
    RequestHead request;
    if (const std::optional<HeadError> problem = parseRequestLine(head.first(lineEnd), request))
        return *problem;

    Expected<Fields, HeadError> fields = parseFields(head.sliced(lineEnd + 2), limits);
    if (!fields)
        return fields.error();
    request.fields = std::move(*fields);

    const qsizetype hosts = request.fields.count("host");
    if (hosts > 1)
        return HeadError{400, "there is more than one Host"};
    if (hosts == 0 && request.minorVersion == 1)
        return HeadError{400, "Host is missing"};
    request.host = request.fields.value("host");
    if (hosts == 1 && !isHost(request.host))
        return HeadError{400, "Host is not valid"};

    const Expected<Framing, HeadError> framing = parseFraming(request.fields, request.minorVersion);
    if (!framing)
        return framing.error();
    request.framing = *framing;

    request.keepAlive = !request.fields.hasListItem("connection", "close")
            && (request.minorVersion == 1 || request.fields.hasListItem("connection", "keep-alive"));

    // In a request of HTTP/1.0, Expect must be ignored (RFC 9110, section 10.1.1).
    if (request.minorVersion == 1 && request.fields.contains("expect")) {
        if (!equalIgnoringCase(request.fields.joined("expect"), "100-continue"))
            return HeadError{417, "the only expectation that can be met is 100-continue"};
        request.expectContinue = request.framing.kind != Framing::Kind::None;
    }
    return request;
}

QByteArray withoutSpareSlashes(QByteArrayView target)
{
    const qsizetype mark = target.indexOf('?');
    const QByteArrayView path = mark < 0 ? target : target.first(mark);
    QByteArray plain;
    plain.reserve(target.size());
    for (const char c : path) {
        if (c != '/' || !plain.endsWith('/'))
            plain += c;
    }
    if (plain.size() > 1 && plain.endsWith('/'))
        plain.chop(1);
    return plain += target.sliced(path.size());
}

QByteArray hostField(const QUrl &url)
{
    const QString name = url.host();
    QByteArray host =
            name.contains(QLatin1Char(':')) ? '[' + name.toLatin1() + ']' : url.host(QUrl::FullyEncoded).toLatin1();
    const int usual = url.scheme() == QLatin1String("https") ? 443 : 80;
    if (url.port(usual) != usual)
        host += ':' + QByteArray::number(url.port());
    return host;
}

QByteArray queryValue(QByteArrayView query, QByteArrayView name)
{
    while (!query.isEmpty()) {
        const qsizetype end = query.indexOf('&');
        const QByteArrayView pair = end < 0 ? query : query.first(end);
        if (pair.size() > name.size() && pair.startsWith(name) && pair[name.size()] == '=') {
            // Begins with an empty array, so that an empty value is not null.
            return QByteArray("").append(QByteArray::fromPercentEncoding(pair.sliced(name.size() + 1).toByteArray()));
        }
        query = end < 0 ? QByteArrayView() : query.sliced(end + 1);
    }
    return {};
}

} // namespace http
