#pragma once

#include "proxy/demo/democall.h"
#include "proxy/demo/demofaults.h"
#include "proxy/http/fields.h"

#include <functional>
#include <optional>

struct DemoWhole;

// An answer to be sent by a DemoConnection, which adds its framing.
struct DemoReply
{
    int status = 200;
    http::Fields fields;              // Content-Type and the like, but no fields that frame the body
    qint64 length = -1;               // of the body in bytes; -1 = not known, as the body is a stream
    bool paced = false;               // whether it is sent word by word instead of as fast as possible
    std::function<QByteArray()> next; // returns the body's next piece, which is empty at the end
    std::function<bool()> waits;      // whether the next piece is not there yet; may be missing
};

// Returns the reply to a call. The same call and behaviour always give the same reply.
[[nodiscard]] DemoReply demoReply(const DemoCall &call, const DemoBehaviour &behaviour);
// Returns the error that a call gets for reasons that do not depend on what it asks for, or nothing: an unknown path,
// no key, a fault with a status of its own, or a body that is not JSON.
[[nodiscard]] std::optional<DemoReply> demoRefusal(const DemoCall &call, const DemoBehaviour &behaviour);
// Returns a reply with a body of known length. The caller adds its Content-Type.
// `cutShort`: whether a fault is to cut it short, for which it comes in several pieces.
[[nodiscard]] DemoReply demoWhole(const QByteArray &body, bool cutShort = false);
// Returns a JSON object as the reply.
[[nodiscard]] DemoReply demoJson(const QJsonObject &object, int status = 200, bool cutShort = false);
// Returns a JSON object of which one text is repeated as the reply.
[[nodiscard]] DemoReply demoRepeated(const DemoWhole &parts);
// Returns an error as the reply to a malformed request, for which there is no call.
[[nodiscard]] DemoReply demoErrorReply(int status, const QString &message);
