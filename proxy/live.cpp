#include "proxy/live.h"

#include "proxy/http/fieldpolicy.h"
#include "proxy/nativerequest.h"

namespace live {

namespace {

constexpr QByteArrayView webSocketPrefix = "sec-websocket-";

bool isOfWebSocket(QByteArrayView name)
{
    return name.size() >= webSocketPrefix.size()
            && http::equalIgnoringCase(name.first(webSocketPrefix.size()), webSocketPrefix);
}

} // namespace

std::optional<Problem> handshakeProblem(const http::RequestHead &head)
{
    const http::Fields &fields = head.fields;
    // Of HTTP/1.0 an upgrade must be ignored (RFC 9110, section 7.8).
    if (head.method != "GET" || head.minorVersion < 1)
        return Problem{400, "A WebSocket is opened by GET of HTTP/1.1.", {}};
    if (!fields.hasListItem("upgrade", "websocket")
        || !fields.hasListItem("connection", "upgrade")) {
        return Problem{426,
                       "This is the Live API: open it as a WebSocket.",
                       {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}};
    }
    if (head.framing.kind == http::Framing::Kind::Chunked || head.framing.length > 0)
        return Problem{400, "The request that opens a WebSocket has no body.", {}};
    if (fields.count("sec-websocket-version") != 1
        || fields.value("sec-websocket-version") != "13") {
        return Problem{426,
                       "The version of WebSocket spoken here is 13.",
                       {{"Upgrade", "websocket"},
                        {"Connection", "Upgrade"},
                        {"Sec-WebSocket-Version", "13"}}};
    }
    const auto key = QByteArray::fromBase64Encoding(fields.value("sec-websocket-key"),
                                                    QByteArray::AbortOnBase64DecodingErrors);
    if (fields.count("sec-websocket-key") != 1 || !key || key.decoded.size() != 16)
        return Problem{400, "Sec-WebSocket-Key must be there once, and be 16 bytes in base64.", {}};
    return std::nullopt;
}

QByteArray upstreamRequest(const http::RequestHead &head, const QUrl &upstream, const Secret &key)
{
    const QByteArray value = key.reveal();
    if (!http::isFieldValue(value))
        return {};
    http::Fields fields;
    for (const http::Field &field : http::fieldsForUpstream(head.fields))
        fields.append(field.name, field.value);
    for (const http::Field &field : head.fields) {
        if (isOfWebSocket(field.name))
            fields.append(field.name, field.value);
    }
    fields.append("x-goog-api-key", value);
    fields.append("Connection", "Upgrade");
    fields.append("Upgrade", "websocket");

    QByteArray bytes = "GET " + nativerequest::target(upstream.path(QUrl::FullyEncoded).toLatin1(),
                                                      head.path(), head.query())
            + " HTTP/1.1\r\nHost: " + http::hostField(upstream) + "\r\n";
    for (const http::Field &field : std::as_const(fields))
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes + "\r\n";
}

http::Fields fieldsOfSwitch(const http::Fields &upstream)
{
    http::Fields fields = http::fieldsForClient(upstream);
    fields.set("Upgrade", "websocket");
    fields.set("Connection", "Upgrade");
    return fields;
}

} // namespace live
