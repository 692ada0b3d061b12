#pragma once

#include "proxy/gemini/tokenusage.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>
#include <utility>

// What an exchange of the Interactions API has told about its interaction so far. "" = not told.
struct InteractionInfo
{
    bool creates = false;    // the request makes the interaction; others read, cancel or delete it
    bool unreadable = false; // it is to make one, but its body is no JSON object that names a model or an agent
    QByteArray id;
    QByteArray previousId; // the interaction that this one continues
    QByteArray status;     // the last one that Gemini told, such as "completed"
    bool ended = false;    // whether the status says that Gemini works on it no more
    // Whether Gemini works on it even if no client listens, and whether it can be asked for later.
    bool background = false;
    bool stored = true;
};

// What is known at one moment about an exchange, that is, a client's request and its answer. A value without bodies and
// credentials, for the log, the metrics and the request view.
struct ExchangeInfo
{
    enum class End {
        Running,
        Complete,   // the answer is whole
        ClientLeft, // the client went away, and the request to the upstream was cancelled
        Failed,     // `failure` tells why
    };

    quint64 number = 0;                                                            // counts from 1 in each server
    std::chrono::system_clock::time_point time = std::chrono::system_clock::now(); // when the request came
    QByteArray requestId;
    QByteArray method;
    QByteArray path;  // without the query
    QByteArray route; // the route's name, "" where none matched
    QByteArray model;
    QByteArray askedModel;   // the client's name for it, if that is another one; else ""
    QByteArray client;       // the name of the token that the client used; "" = none
    QByteArray userAgent;    // what the client calls itself
    int status = 0;          // of the answer; 0 = none yet
    qint64 requestBytes = 0; // of the body
    qint64 responseBytes = 0;
    int tries = 0;                      // requests sent upstream
    TokenUsage usage;                   // once the exchange has ended, if Gemini tells it
    std::chrono::microseconds sent{-1}; // from the start until the whole request has gone upstream; -1 = not yet
    std::chrono::microseconds firstByte{-1};
    std::chrono::microseconds duration{-1};
    End end = End::Running;
    QString failure;  // why the exchange failed, for people
    QByteArray quota; // the quota that a 429 names, such as "per-day gemini-2.5-pro"
    // What failed on the way to Gemini, as ErrorAnswer says, or the code of an error that Gemini reported in the middle
    // of a stream. "" = nothing.
    QByteArray errorType;
    std::optional<InteractionInfo> interaction; // of requests for the Interactions API
};
Q_DECLARE_METATYPE(ExchangeInfo)

// What a client has sent, for the request view. Credentials in the fields are replaced by "***".
struct ExchangeContent
{
    quint64 number = 0; // of the exchange
    QList<std::pair<QByteArray, QByteArray>> fields;
    QByteArray body;
};
Q_DECLARE_METATYPE(ExchangeContent)
