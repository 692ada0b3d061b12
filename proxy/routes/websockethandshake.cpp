#include "proxy/routes/websockethandshake.h"

#include "proxy/guard/loopmark.h"
#include "proxy/http/fieldpolicy.h"
#include "proxy/routes/nativerequest.h"

namespace websockethandshake {

namespace {

constexpr QByteArrayView webSocketPrefix = "sec-websocket-";

bool isOfWebSocket(QByteArrayView name)
{
    return name.size() >= webSocketPrefix.size()
            && http::equalIgnoringCase(name.first(webSocketPrefix.size()), webSocketPrefix);
}

// Whether there is a field "Authorization: Token auth_tokens/...".
bool hasTokenField(const http::RequestHead &head)
{
    const QByteArray value = head.fields.value("authorization");
    return value.size() > 6 && http::equalIgnoringCase(QByteArrayView(value).first(6), "Token ");
}

} // namespace

std::optional<ErrorAnswer> handshakeProblem(const http::RequestHead &head)
{
    const http::Fields &fields = head.fields;
    // An upgrade must be ignored in HTTP/1.0 (RFC 9110, section 7.8).
    if (head.method != "GET" || head.minorVersion < 1)
        return ErrorAnswer{400, QStringLiteral("A WebSocket is opened by GET of HTTP/1.1.")};
    if (!fields.hasListItem("upgrade", "websocket") || !fields.hasListItem("connection", "upgrade")) {
        return ErrorAnswer{426,
                           QStringLiteral("This is the Live API: open it as a WebSocket."),
                           {},
                           {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}};
    }
    if (head.framing.kind == http::Framing::Kind::Chunked || head.framing.length > 0)
        return ErrorAnswer{400, QStringLiteral("The request that opens a WebSocket has no body.")};
    if (fields.count("sec-websocket-version") != 1 || fields.value("sec-websocket-version") != "13") {
        return ErrorAnswer{426,
                           QStringLiteral("The version of WebSocket spoken here is 13."),
                           {},
                           {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", "13"}}};
    }
    const auto key =
            QByteArray::fromBase64Encoding(fields.value("sec-websocket-key"), QByteArray::AbortOnBase64DecodingErrors);
    if (fields.count("sec-websocket-key") != 1 || !key || key.decoded.size() != 16)
        return ErrorAnswer{400, QStringLiteral("Sec-WebSocket-Key must be there once, and be 16 bytes in base64.")};
    return std::nullopt;
}

bool bringsEphemeralToken(const http::RequestHead &head)
{
    return head.path().endsWith("Constrained")
            && (!http::queryValue(head.query(), "access_token").isEmpty() || hasTokenField(head));
}

QByteArray upstreamRequest(const http::RequestHead &head, const QUrl &upstream, const Secret &key,
                           const QByteArray &loopMark)
{
    const bool ephemeral = bringsEphemeralToken(head);
    const QByteArray value = key.reveal();
    if (!ephemeral && !http::isFieldValue(value))
        return {};
    http::Fields fields = http::fieldsForUpstream(head.fields);
    for (const http::Field &field : head.fields) {
        // Extensions are left out, above all compression: the proxy could not count the tokens of compressed messages,
        // and sound, which most messages hold, hardly shrinks.
        if (isOfWebSocket(field.name) && !http::equalIgnoringCase(field.name, "sec-websocket-extensions"))
            fields.append(field.name, field.value);
    }
    if (!ephemeral)
        fields.append("x-goog-api-key", value);
    else if (hasTokenField(head))
        fields.append("Authorization", head.fields.value("authorization"));
    if (!loopMark.isEmpty())
        fields.append(loopmark::field, loopMark);
    fields.append("Connection", "Upgrade");
    fields.append("Upgrade", "websocket");

    const QByteArray base = upstream.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray target = ephemeral ? nativerequest::targetWithAccessToken(base, head.path(), head.query())
                                        : nativerequest::target(base, head.path(), head.query());
    QByteArray bytes = "GET " + target + " HTTP/1.1\r\nHost: " + http::hostField(upstream) + "\r\n";
    for (const http::Field &field : std::as_const(fields))
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes + "\r\n";
}

} // namespace websockethandshake
