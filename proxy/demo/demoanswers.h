#pragma once

#include "proxy/demo/democall.h"
#include "proxy/demo/demofaults.h"
#include "proxy/http/fields.h"

#include <functional>
#include <optional>

// An answer as the connection sends it, framing aside.
struct DemoReply
{
    int status = 200;
    http::Fields fields;              // Content-Type and the like; none that frames the body
    qint64 length = -1;               // of the body; -1 = not known, a stream
    bool paced = false;               // sent word by word, not as fast as possible
    std::function<QByteArray()> next; // the body's next piece; empty = over
};

// Deterministic: the same call and behaviour give the same reply.
[[nodiscard]] DemoReply demoReply(const DemoCall &call, const DemoBehaviour &behaviour);
// The error that a call gets, whatever it asks for: no key, a fault with a status, no JSON.
[[nodiscard]] std::optional<DemoReply> demoRefusal(const DemoCall &call, const DemoBehaviour &behaviour);
// A reply with a body of known length; the caller adds its Content-Type.
[[nodiscard]] DemoReply demoWhole(const QByteArray &body);
// An error without a call, for a malformed request.
[[nodiscard]] DemoReply demoErrorReply(int status, const QString &message);
