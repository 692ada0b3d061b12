#pragma once

#include "proxy/faces/errorshape.h"
#include "proxy/http/requesthead.h"

#include <QByteArray>
#include <QList>

// The routes of the proxy, in one table. To add a route, add a row to routes() and a case to ProxyServer.
enum class RouteId {
    GeminiProxy,
    StartPage,
    Health,
    Metrics,
    Native,          // Gemini's own API, passed on as it is
    OpenAi,          // OpenAI's API, which Gemini offers below /v1beta/openai/
    Live,            // Gemini's Live API, which uses WebSockets
    Messages,        // Anthropic's API, translated
    CountTokens,     // the same
    AnthropicModels, // the same
    Responses,       // OpenAI's newer API, translated
    Hello,           // what Anthropic's clients ask to see whether there is somebody
};

struct Route
{
    enum class Match {
        Exact,
        Below, // all paths that begin with the route's path
        // The route's path and what is below it, for all but Gemini's own clients: Gemini has a list of its own at the
        // same path. A client that sends a bearer token, as OpenAI's do, is none of Gemini's.
        OpenAiModels,
        AnthropicModels, // the route's path and what is below it, but only for clients of Anthropic's API
    };

    RouteId id;
    const char *name; // for the log and the metrics
    const char *path;
    QList<QByteArray> methods; // empty = any
    bool open;                 // whether callers need no token
    const char *summary;       // for people
    Match match = Match::Exact;
    faces::Api api = faces::Api::Gemini; // whose errors the route's clients expect
};

[[nodiscard]] const QList<Route> &routes();

// Returns the first row that the request matches, whatever its method; null if there is none.
[[nodiscard]] const Route *findRoute(const http::RequestHead &head);

// Returns the row's path as it is shown to people, such as "/v1beta/...".
[[nodiscard]] QByteArray shownPath(const Route &route);
