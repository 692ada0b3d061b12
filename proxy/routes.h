#pragma once

#include "proxy/http/requesthead.h"

#include <QByteArray>
#include <QList>

// What the proxy answers to: one table. To add a route, add a row here and its case in
// ProxyServer.
enum class RouteId { GeminiProxy, Live, StartPage, Health, Metrics };

struct Route
{
    enum class Match {
        Exact,
        Below, // all that begins with the path
    };

    RouteId id;
    const char *name;    // of the log and the metrics
    const char *path;
    QList<QByteArray> methods;
    bool open;           // needs no token
    const char *summary; // for people
    Match match = Match::Exact;
};

[[nodiscard]] const QList<Route> &routes();

// The row of that path; null if there is none. The method is not looked at.
[[nodiscard]] const Route *findRoute(QByteArrayView path);
