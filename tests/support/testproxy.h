#pragma once

#include "proxy/server.h"

#include <QObject>

// A ProxyServer on a free loopback port, and all exchanges that it has announced. Lives on its test's thread.
class TestProxy : public QObject
{
    Q_OBJECT

public:
    static constexpr char key[] = "key-of-this-test";

    // Returns the settings of a proxy in front of that upstream: with a key, no connections opened ahead and a pause of
    // 1 ms before another try. It listens on a free port of 127.0.0.1 only. The rest is as by default.
    [[nodiscard]] static ProxySettings settingsFor(const QUrl &upstream);

    explicit TestProxy(const ProxySettings &settings);
    explicit TestProxy(const QUrl &upstream) : TestProxy(settingsFor(upstream)) {}

    ProxyServer server;
    quint16 port = 0; // 0 = it could not listen
    QList<ExchangeInfo> started;
    QList<ExchangeInfo> begun;
    QList<ExchangeInfo> ended;
};

// Returns "", or what is wrong with a body that should be {"error":{"code","status","message"}}.
[[nodiscard]] QString checkErrorJson(const QByteArray &body, int code, const QByteArray &status);
