#pragma once

#include <QDate>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

// A token that lets a client call the proxy: its name and its SHA-256. The token itself is shown once, when it is made,
// and is kept nowhere.
struct ClientToken
{
    QString name;
    QByteArray sha256; // 32 bytes
    QDate made;
    friend bool operator==(const ClientToken &, const ClientToken &) = default;
};

// All settings that are saved, except the key. A value.
struct Preferences
{
    enum class Theme { System, Light, Dark };
    enum class NetworkProxy { System, None, Custom };
    enum class Closing { Ask, Finish, Stop };

    // Proxy
    bool proxyOn = true;
    quint16 port = 8080;
    bool network = false; // whether other machines can reach the proxy; only possible with a token
    QList<ClientToken> tokens;
    QStringList allowedOrigins; // "https://host[:port]"
    QStringList allowedHosts;   // further names under which clients reach the proxy: "host[:port]"
    int connections = 1024;
    int bodyMiB = 100;
    int firstByteSeconds = 600; // how long Gemini may take until the first byte of its answer
    int idleSeconds = 300;      // how long an answer may pause between two pieces
    QString model = QStringLiteral("gemini-flash-latest");
    QStringList modelNames; // models that stand in for others: "claude-*haiku*=gemini-flash-lite-latest"

    // The way to Gemini
    NetworkProxy networkProxy = NetworkProxy::System;
    QString networkProxyUrl; // with Custom: "http://host:port" or "socks5://host:port"
    QString caFile;          // certificates in PEM form, trusted besides the system's; "" = none

    // Requests
    bool keepBodies = true; // only in memory
    bool keepUsage = true;  // tokens by day, model and client, on disk

    // Desktop
    Theme theme = Theme::System;
    QString language;      // such as "de"; "" = the system's
    int textPercent = 100; // of the system's text size: 85, 100, 115 or 140
    bool tray = false;
    bool startAtLogin = false;
    bool notify = false;            // tell the user when an answer ends while the window is in the background
    Closing closing = Closing::Ask; // what closing the window does with answers that still stream

    friend bool operator==(const Preferences &, const Preferences &) = default;
};
Q_DECLARE_METATYPE(Preferences)
