#include "proxy/http/responsehead.h"

#include <algorithm>
#include <array>

namespace http {

Expected<ResponseHead, HeadError> parseResponseHead(QByteArrayView head, const HeadLimits &limits)
{
    const qsizetype lineEnd = head.indexOf("\r\n");
    if (lineEnd < 0)
        return HeadError{502, "the status line does not end in CR LF"};
    const QByteArrayView line = head.first(lineEnd);

    // The status line is HTTP/1.x SP 3DIGIT [ SP reason ]: some servers leave out the space after the status.
    if (line.size() < 12 || !line.startsWith("HTTP/1.") || (line[7] != '0' && line[7] != '1') || line[8] != ' '
        || (line.size() > 12 && line[12] != ' '))
        return HeadError{502, "the status line is not that of HTTP/1.0 or HTTP/1.1"};
    const std::optional<qint64> status = parseDecimal(line.sliced(9, 3));
    if (!status || *status < 100 || *status > 599)
        return HeadError{502, "the status is not a number from 100 to 599"};

    ResponseHead response;
    response.minorVersion = line[7] - '0';
    response.status = static_cast<int>(*status);
    response.reason = line.size() > 13 ? line.sliced(13).toByteArray() : QByteArray();
    if (!isFieldValue(response.reason))
        return HeadError{502, "the reason phrase holds a control character"};

    Expected<Fields, HeadError> fields = parseFields(head.sliced(lineEnd + 2), limits);
    if (!fields)
        return HeadError{502, fields.error().reason};
    response.fields = std::move(*fields);
    response.keepAlive = !response.fields.hasListItem("connection", "close")
            && (response.minorVersion == 1 || response.fields.hasListItem("connection", "keep-alive"));
    return response;
}

Expected<ResponseFraming, HeadError> responseFraming(const ResponseHead &head, QByteArrayView method)
{
    const Expected<Framing, HeadError> framing = parseFraming(head.fields, head.minorVersion);
    if (!framing)
        return HeadError{502, framing.error().reason};
    if (method == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304)
        return ResponseFraming{ResponseFraming::Kind::None, 0};
    switch (framing->kind) {
    case Framing::Kind::Length:
        return framing->length == 0 ? ResponseFraming{ResponseFraming::Kind::None, 0}
                                    : ResponseFraming{ResponseFraming::Kind::Length, framing->length};
    case Framing::Kind::Chunked:
        return ResponseFraming{ResponseFraming::Kind::Chunked, 0};
    case Framing::Kind::None:
        break;
    }
    return ResponseFraming{ResponseFraming::Kind::Close, 0};
}

QByteArray reasonPhrase(int status)
{
    struct Row
    {
        int status;
        const char *reason;
    };
    // From RFC 9110, section 15; 103 from RFC 8297, 428, 429, 431 and 511 from RFC 6585, 451 from RFC 7725, 508 from
    // RFC 5842.
    static constexpr std::array rows = {
            Row{100, "Continue"},
            Row{101, "Switching Protocols"},
            Row{103, "Early Hints"},
            Row{200, "OK"},
            Row{201, "Created"},
            Row{202, "Accepted"},
            Row{203, "Non-Authoritative Information"},
            Row{204, "No Content"},
            Row{205, "Reset Content"},
            Row{206, "Partial Content"},
            Row{300, "Multiple Choices"},
            Row{301, "Moved Permanently"},
            Row{302, "Found"},
            Row{303, "See Other"},
            Row{304, "Not Modified"},
            Row{307, "Temporary Redirect"},
            Row{308, "Permanent Redirect"},
            Row{400, "Bad Request"},
            Row{401, "Unauthorized"},
            Row{402, "Payment Required"},
            Row{403, "Forbidden"},
            Row{404, "Not Found"},
            Row{405, "Method Not Allowed"},
            Row{406, "Not Acceptable"},
            Row{408, "Request Timeout"},
            Row{409, "Conflict"},
            Row{410, "Gone"},
            Row{411, "Length Required"},
            Row{412, "Precondition Failed"},
            Row{413, "Content Too Large"},
            Row{414, "URI Too Long"},
            Row{415, "Unsupported Media Type"},
            Row{416, "Range Not Satisfiable"},
            Row{417, "Expectation Failed"},
            Row{421, "Misdirected Request"},
            Row{422, "Unprocessable Content"},
            Row{426, "Upgrade Required"},
            Row{428, "Precondition Required"},
            Row{429, "Too Many Requests"},
            Row{431, "Request Header Fields Too Large"},
            Row{451, "Unavailable For Legal Reasons"},
            Row{500, "Internal Server Error"},
            Row{501, "Not Implemented"},
            Row{502, "Bad Gateway"},
            Row{503, "Service Unavailable"},
            Row{504, "Gateway Timeout"},
            Row{505, "HTTP Version Not Supported"},
            Row{508, "Loop Detected"},
            Row{511, "Network Authentication Required"},
    };
    const auto row = std::find_if(rows.begin(), rows.end(), [status](const Row &r) { return r.status == status; });
    return row == rows.end() ? QByteArray() : QByteArray(row->reason);
}

QByteArray serializeResponseHead(int status, QByteArrayView reason, const Fields &fields)
{
    QByteArray head;
    head.reserve(256);
    head += "HTTP/1.1 ";
    head += QByteArray::number(status);
    head += ' ';
    if (isFieldValue(reason))
        head += reason;
    head += "\r\n";
    for (const Field &field : fields) {
        if (!isToken(field.name) || !isFieldValue(field.value))
            continue;
        head += field.name;
        head += ": ";
        head += field.value;
        head += "\r\n";
    }
    head += "\r\n";
    return head;
}

} // namespace http
