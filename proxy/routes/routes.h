#pragma once

#include "proxy/http/requesthead.h"

#include <QByteArray>
#include <QList>

// What the proxy answers to: one table. To add a route, add a row here and its case in
// ProxyServer.
enum class RouteId {
    GeminiProxy,
    StartPage,
    Health,
    Metrics,
    Native, // Gemini's own API, passed on as it is
    OpenAi, // OpenAI's, which Gemini offers below /v1beta/openai/
    Live,   // Gemini's WebSockets
};

struct Route
{
    enum class Match {
        Exact,
        Below, // all that begins with the path
        // The path, and one model below it, for clients that send a bearer token as OpenAI's do: Gemini has a list of
        // its own at the same path.
        OpenAiModels,
    };

    RouteId id;
    const char *name; // of the log and the metrics
    const char *path;
    QList<QByteArray> methods; // empty = any
    bool open;                 // needs no token
    const char *summary;       // for people
    Match match = Match::Exact;
};

[[nodiscard]] const QList<Route> &routes();

// The first row that the request's path matches; null if there is none. The method is not looked at.
[[nodiscard]] const Route *findRoute(const http::RequestHead &head);

// The row's path for people, such as "/v1beta/...".
[[nodiscard]] QByteArray shownPath(const Route &route);
