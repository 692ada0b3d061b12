#include "proxy/routes/routes.h"

namespace {

using Match = Route::Match;
using faces::Api;

bool hasBearer(const http::RequestHead &head)
{
    const QByteArray value = head.fields.value("authorization");
    return value.size() > 7 && http::equalIgnoringCase(QByteArrayView(value).first(7), "Bearer ");
}

// Gemini's clients send their key, and what they are, in fields of Google's.
bool isGeminiClient(const http::RequestHead &head)
{
    for (const http::Field &field : head.fields) {
        if (field.name.size() > 7 && http::equalIgnoringCase(QByteArrayView(field.name).first(7), "x-goog-"))
            return true;
    }
    return !http::queryValue(head.query(), "key").isNull();
}

// Whether a path is that of a list, or of one of its models. One with a colon and a verb after it belongs to Gemini's
// own API.
bool isOfModels(QByteArrayView path, QByteArrayView list)
{
    return path.startsWith(list) && !path.contains(':') && (path.size() == list.size() || path[list.size()] == '/');
}

bool matches(const Route &route, const http::RequestHead &head)
{
    const QByteArrayView path = head.path();
    const QByteArrayView own = route.path;
    switch (route.match) {
    case Match::Exact:
        return path == own;
    case Match::Below:
        // A route's path that ends in "/" is a folder, which itself matches, too. Any other path is only the start of a
        // name, so something must follow it.
        return path.startsWith(own) && (path.size() > own.size() || own.endsWith('/'));
    case Match::AnthropicModels:
        return isOfModels(path, own) && head.fields.contains("anthropic-version");
    case Match::OpenAiModels:
        return isOfModels(path, own) && (hasBearer(head) || !isGeminiClient(head));
    }
    return false;
}

} // namespace

// The first row that matches counts, so OpenAI's paths stand above Gemini's own.
const QList<Route> &routes()
{
    // clang-format off
    static const QList<Route> table = {
        {RouteId::GeminiProxy, "gemini-proxy", "/gemini-proxy", {"POST"}, false,
         "a text prompt in, Gemini's server-sent events out (?model= optional)"},

        {RouteId::Messages, "messages", "/v1/messages", {"POST"}, false, "Anthropic's Messages, answered by Gemini",
         Match::Exact, Api::Anthropic},
        {RouteId::CountTokens, "count_tokens", "/v1/messages/count_tokens", {"POST"}, false,
         "how many tokens such a message has", Match::Exact, Api::Anthropic},
        {RouteId::AnthropicModels, "messages_models", "/v1/models", {"GET", "HEAD"}, false,
         "Anthropic's models, with anthropic-version", Match::AnthropicModels, Api::Anthropic},
        {RouteId::Hello, "hello", "/api/hello", {"GET", "HEAD"}, true, "whether there is somebody", Match::Exact,
         Api::Anthropic},

        {RouteId::Responses, "responses", "/v1/responses", {"POST"}, false, "OpenAI's Responses, answered by Gemini",
         Match::Exact, Api::OpenAi},
        {RouteId::OpenAi, "openai", "/v1/chat/completions", {"POST"}, false, "OpenAI's chat, answered by Gemini"},
        {RouteId::OpenAi, "openai", "/v1/embeddings", {"POST"}, false, "OpenAI's embeddings"},
        {RouteId::OpenAi, "openai", "/v1/images/generations", {"POST"}, false, "OpenAI's images"},
        {RouteId::OpenAi, "openai", "/v1/models", {"GET", "HEAD"}, false,
         "OpenAI's models; Gemini's own for its clients", Match::OpenAiModels},
        {RouteId::OpenAi, "openai", "/openai/v1/", {}, false, "all that Gemini has of OpenAI's API", Match::Below},
        {RouteId::OpenAi, "openai", "/v1beta/openai/", {}, false, "the same, under Gemini's own path", Match::Below},

        {RouteId::Native, "native", "/v1beta/", {}, false, "Gemini's own API, as it is", Match::Below},
        {RouteId::Native, "native", "/v1alpha/", {}, false, "its newest parts", Match::Below},
        {RouteId::Native, "native", "/v1/", {}, false, "its stable parts", Match::Below},
        {RouteId::Native, "upload", "/upload/", {}, false, "its uploads", Match::Below},
        {RouteId::Native, "download", "/download/", {}, false, "its downloads", Match::Below},

        {RouteId::Live, "live", "/ws/google.ai.generativelanguage.", {"GET"}, false,
         "the Live API: WebSockets, relayed both ways", Match::Below},

        {RouteId::StartPage, "start", "/", {"GET", "HEAD"}, true, "this page"},
        {RouteId::Health, "health", "/health", {"GET", "HEAD"}, true, "whether it can serve"},
        {RouteId::Metrics, "metrics", "/metrics", {"GET", "HEAD"}, false, "counters, for Prometheus"},
    };
    // clang-format on
    return table;
}

const Route *findRoute(const http::RequestHead &head)
{
    for (const Route &route : routes()) {
        if (matches(route, head))
            return &route;
    }
    return nullptr;
}

QByteArray shownPath(const Route &route)
{
    switch (route.match) {
    case Match::Below:
        return QByteArray(route.path) + "...";
    case Match::AnthropicModels:
        return QByteArray(route.path) + " (anthropic-version)";
    case Match::Exact:
    case Match::OpenAiModels:
        break;
    }
    return route.path;
}
