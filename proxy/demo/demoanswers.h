#pragma once

#include "proxy/demo/democall.h"
#include "proxy/demo/demofaults.h"
#include "proxy/http/fields.h"

#include <functional>

// An answer as the connection sends it, framing aside.
struct DemoReply
{
    int status = 200;
    http::Fields fields;  // Content-Type and the like; none that frames the body
    qint64 length = -1;   // of the body; -1 = not known, a stream
    bool paced = false;   // word by word, or as fast as it goes
    std::function<QByteArray()> next; // the body's next piece; empty = over
};

// Deterministic: the same call and behaviour give the same reply.
[[nodiscard]] DemoReply demoReply(const DemoCall &call, const DemoBehaviour &behaviour);
// An error that has no call: the request was malformed.
[[nodiscard]] DemoReply demoErrorReply(int status, const QString &message);
