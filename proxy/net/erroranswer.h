#pragma once

#include "proxy/http/fields.h"

#include <QByteArray>
#include <QNetworkReply>

// An answer that refuses or reports a failure, as clients get it: Google's own shape,
// {"error":{"code","status","message"}}.
struct ErrorAnswer
{
    int status = 500;         // HTTP's
    QString message;          // what happened and what to do next; no key, token or query
    QByteArray type = {};     // one word for the metrics if the upstream is at fault, else ""
    http::Fields fields = {}; // besides the usual ones, such as Allow

    [[nodiscard]] QByteArray toJson() const; // one line
};

// Google's name for an HTTP status, such as "UNAVAILABLE" for 502
// (google.rpc.Code and its mapping to HTTP).
[[nodiscard]] QByteArray rpcStatus(int httpStatus);

// What a request to the upstream was waiting for when it took too long.
enum class WaitingFor {
    Connection,
    FirstByte, // of the answer
    NextByte,  // of the answer, or the upstream to take more of the request
};

// What a failed upstream request means to the client: 502 or 504, in words. `host` is the
// upstream's name.
[[nodiscard]] ErrorAnswer upstreamError(QNetworkReply::NetworkError error, const QString &host,
                                        WaitingFor what = WaitingFor::FirstByte);
