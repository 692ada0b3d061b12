#pragma once

#include "proxy/http/fields.h"

#include <QByteArray>
#include <QNetworkReply>

// An answer that refuses a request or reports a failure. Clients get it in the same shape as Google's errors,
// {"error":{"code","status","message"}}, unless they speak another API.
struct ErrorAnswer
{
    int status = 500;         // the HTTP status
    QString message;          // what happened and what to do next; must hold no key, token or query
    QByteArray type = {};     // one word for the metrics if the upstream is at fault, else ""
    http::Fields fields = {}; // fields of this error alone, such as Allow
    QByteArray json = {};     // the body in the shape of another API; "" = Google's

    [[nodiscard]] QByteArray toJson() const; // one line
};

// Returns Google's name for an HTTP status, such as "UNAVAILABLE" for 503 (google.rpc.Code and its mapping to HTTP).
[[nodiscard]] QByteArray rpcStatus(int httpStatus);

// What a request to the upstream was waiting for when it took too long.
enum class WaitingFor {
    Connection,
    FirstByte, // of the answer
    NextByte,  // of the answer, or the upstream to take more of the request
};

// Returns what the client is told when a request to the upstream has failed: a 502 or 504. `host` is the upstream's
// name. `what` counts only for time-outs.
[[nodiscard]] ErrorAnswer upstreamError(QNetworkReply::NetworkError error, const QString &host,
                                        WaitingFor what = WaitingFor::FirstByte);
