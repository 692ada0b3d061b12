#include "proxy/http/head.h"

namespace http {

Expected<qsizetype, HeadError> findHeadEnd(QByteArrayView bytes, qsizetype &scanned, const HeadLimits &limits)
{
    for (; scanned < bytes.size(); ++scanned) {
        if (scanned >= limits.bytes) {
            return bytes.first(scanned).contains('\n') ? HeadError{431, "the head is too large"}
                                                       : HeadError{414, "the target is too long"};
        }
        const char c = bytes[scanned];
        const bool afterCr = scanned > 0 && bytes[scanned - 1] == '\r';
        if (afterCr && c != '\n')
            return HeadError{400, "a carriage return stands alone"};
        // A control character is refused at once, so that a client which speaks TLS on this port, for instance, need
        // not wait for a time-out.
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n')
            return HeadError{400, "the head holds a control character"};
        if (c != '\n')
            continue;
        if (!afterCr)
            return HeadError{400, "a line does not end in CR LF"};
        if (scanned >= 3 && bytes[scanned - 2] == '\n')
            return ++scanned;
    }
    return qsizetype(0);
}

Expected<Fields, HeadError> parseFields(QByteArrayView lines, const HeadLimits &limits)
{
    Fields fields;
    while (!lines.isEmpty()) {
        const qsizetype end = lines.indexOf("\r\n");
        if (end < 0)
            return HeadError{400, "a line does not end in CR LF"};
        if (end == 0)
            break;
        const QByteArrayView line = lines.first(end);
        lines = lines.sliced(end + 2);

        if (line.front() == ' ' || line.front() == '\t')
            return HeadError{400, "a header field is folded over lines"};
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            return HeadError{400, "a header line has no colon"};
        const QByteArrayView name = line.first(colon);
        if (!isToken(name))
            return HeadError{400, "a header field's name holds a character that it may not"};
        const QByteArrayView value = trimmed(line.sliced(colon + 1));
        if (!isFieldValue(value))
            return HeadError{400, "a header field's value holds a control character"};
        if (fields.size() == limits.fields)
            return HeadError{431, "there are too many header fields"};
        fields.append(name.toByteArray(), value.toByteArray());
    }
    return fields;
}

Expected<Framing, HeadError> parseFraming(const Fields &fields, int minorVersion)
{
    const bool hasLength = fields.contains("content-length");
    if (fields.contains("transfer-encoding")) {
        if (hasLength)
            return HeadError{400, "both Content-Length and Transfer-Encoding are given"};
        if (minorVersion == 0)
            return HeadError{400, "HTTP/1.0 has no Transfer-Encoding"};
        if (fields.count("transfer-encoding") != 1
            || !equalIgnoringCase(fields.value("transfer-encoding"), "chunked")) {
            const QByteArray codings = fields.joined("transfer-encoding");
            const QList<QByteArrayView> items = listItems(codings);
            if (items.isEmpty() || !equalIgnoringCase(items.last(), "chunked"))
                return HeadError{400, "the last transfer coding is not chunked"};
            return HeadError{501, "the only transfer coding that is understood is chunked"};
        }
        return Framing{Framing::Kind::Chunked, 0};
    }
    if (!hasLength)
        return Framing{};

    std::optional<qint64> length;
    for (const Field &field : fields) {
        if (!equalIgnoringCase(field.name, "content-length"))
            continue;
        const std::optional<qint64> one = parseDecimal(field.value);
        if (!one)
            return HeadError{400, "Content-Length is not a number"};
        if (length && *length != *one)
            return HeadError{400, "Content-Length is given twice and differs"};
        length = one;
    }
    return Framing{Framing::Kind::Length, *length};
}

} // namespace http
