#pragma once

#include "proxy/net/secret.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>
#include <optional>
#include <utility>

// Limits of size, number and time. Sizes are in bytes.
struct Limits
{
    // What a client may send
    qsizetype headBytes = 64 * 1024;
    int headFields = 128;
    qint64 bodyBytes = 100LL * 1024 * 1024;
    int connections = 1024;
    std::chrono::milliseconds headTime{10'000};       // from the first byte of a head to its last
    std::chrono::milliseconds bodyIdleTime{30'000};   // for the next 1,024 bytes of a body, or its end
    std::chrono::milliseconds keepAliveTime{120'000}; // between two requests; announced to clients
    // How long the gate goes on receiving and throwing away input after its FIN, so that no reset overtakes the last
    // answer: `lingerTime` after the client's last byte, but about `lingerLimit` at most.
    std::chrono::milliseconds lingerTime{2'000};
    std::chrono::milliseconds lingerLimit{30'000};

    // How long Gemini may take
    std::chrono::milliseconds connectTime{10'000};
    std::chrono::milliseconds firstByteTime{600'000}; // models that think take minutes
    std::chrono::milliseconds idleTime{300'000};

    // For a slow client: how many bytes may wait for it before the proxy stops reading from the upstream, and how long
    // it may make no progress before the proxy gives it up
    qsizetype highWaterMark = 256 * 1024;
    std::chrono::milliseconds stallTime{60'000};

    // How often a failed request to the upstream may be sent again, and the pause before the first further try
    int retries = 2;
    std::chrono::milliseconds retryPause{250};
    // The longest pause that the proxy makes when the upstream asks for one. If the upstream asks for more, the client
    // gets the error at once and may wait by itself.
    std::chrono::milliseconds longestRetryPause{5'000};
};

// A client's right to call. Only the token's SHA-256 is kept.
struct AccessToken
{
    QByteArray name;
    QByteArray sha256; // 32 bytes
};

// All of the proxy's settings. A value: it crosses threads by copy.
struct ProxySettings
{
    QHostAddress listenAddress{QHostAddress::LocalHost};
    // Whether to listen on ::1 as well if listenAddress is 127.0.0.1: many clients try ::1 first for "localhost".
    bool bothLoopbacks = true;
    quint16 port = 8080; // 0 = any free one

    QByteArray model = "gemini-flash-latest"; // for POST /gemini-proxy, if the request names no model
    // Which of Gemini's models answers for models of other APIs: patterns, in which "*" stands for any text, and models of
    // Gemini's. What no pattern fits goes by a table of the proxy's own.
    QList<std::pair<QByteArray, QByteArray>> modelNames;
    QUrl upstream{QStringLiteral("https://generativelanguage.googleapis.com")};
    Secret key;
    QList<QSslCertificate> extraCaCertificates; // trusted besides the system's roots
    std::optional<QNetworkProxy> networkProxy;  // empty = the system's proxy

    QList<AccessToken> tokens; // empty = clients need no token
    AccessToken ownToken;      // for this program's own client; other clients need no token because of it
    // The origins of web pages that may call: "https://host[:port]", with ":*" for any port. Pages without a host have
    // origins such as "file://", "app://." or "null".
    QList<QByteArray> allowedOrigins;
    QList<QByteArray> allowedHosts; // further names of this server, "host[:port]"; "*.lan" = all names below lan
    QByteArray settingsPlace = "the config file"; // where the user sets these two lists, for messages

    bool reportContents = false; // whether to emit what clients send and get, for the request view

    int connectionsAhead = 1; // idle connections kept open to the upstream, so that a request need not wait for one
    Limits limits;
};
