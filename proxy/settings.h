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

// How much and how long. Sizes are bytes.
struct Limits
{
    // What a client may send
    qsizetype headBytes = 64 * 1024;
    int headFields = 128;
    qint64 bodyBytes = 100LL * 1024 * 1024;
    int connections = 1024;
    std::chrono::milliseconds headTime{10'000};       // from the first byte of a head to its last
    std::chrono::milliseconds bodyIdleTime{30'000};   // for the next 1,024 bytes of a body, or its end
    std::chrono::milliseconds keepAliveTime{120'000}; // between two requests; clients are told
    // How long to receive and throw away after our FIN, so that no reset overtakes the last answer: since the client's
    // last byte, and in all
    std::chrono::milliseconds lingerTime{2'000};
    std::chrono::milliseconds lingerLimit{30'000};

    // How long Gemini may take
    std::chrono::milliseconds connectTime{10'000};
    std::chrono::milliseconds firstByteTime{600'000}; // models that think take minutes
    std::chrono::milliseconds idleTime{300'000};

    // A slow client: what may wait for it before the upstream is paused, and how long without
    // progress until it is given up
    qsizetype highWaterMark = 256 * 1024;
    std::chrono::milliseconds stallTime{60'000};

    // Further tries after the first, and the pause before the first of them
    int retries = 2;
    std::chrono::milliseconds retryPause{250};
    // The longest pause that the upstream may ask for. If it asks for more, the waiting is left to the client.
    std::chrono::milliseconds longestRetryPause{5'000};
};

// A client's right to call. Only the token's SHA-256 is kept.
struct AccessToken
{
    QByteArray name;
    QByteArray sha256; // 32 bytes
};

// Everything that the proxy is told from outside. A value: it crosses threads by copy.
struct ProxySettings
{
    QHostAddress listenAddress{QHostAddress::LocalHost};
    // If that is 127.0.0.1, listen on ::1 as well, which many clients try first for "localhost".
    bool bothLoopbacks = true;
    quint16 port = 8080; // 0 = any free one

    QByteArray model = "gemini-flash-latest"; // of POST /gemini-proxy where the request names none
    QUrl upstream{QStringLiteral("https://generativelanguage.googleapis.com")};
    Secret key;
    QList<QSslCertificate> extraCaCertificates; // trusted besides the system's roots
    std::optional<QNetworkProxy> networkProxy;  // empty = the system's

    QList<AccessToken> tokens; // empty = no token asked for
    AccessToken ownToken;      // of this program's own client; it does not make others need one
    // Web pages that may call: "https://host[:port]", any port with ":*"; also what stands for pages
    // without a host: "file://", "app://.", "null"
    QList<QByteArray> allowedOrigins;
    QList<QByteArray> allowedHosts; // names besides this server's own, "host[:port]"; "*.lan" is all below
    QByteArray settingsPlace = "the config file"; // for people: where those two are set

    bool reportContents = false; // announce what clients send and get, to be shown

    int connectionsAhead = 1; // kept open to the upstream, so that a request finds one ready
    Limits limits;
};
