#pragma once

#include "tests/support/httpclient.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"

#include <functional>
#include <memory>

// A proxy in front of a scripted upstream, and clients of it: what most tests of a route need.
// Lives on its test's thread.
class ProxyFixture
{
public:
    // Tests put this in every place where a client's key or token may stand. It must never go upstream.
    static constexpr char clientsSecret[] = "secret-of-client";

    // Starts the upstream if it does not run yet, and a new proxy, whose settings `change` may adapt. Returns false if
    // one of them cannot listen.
    [[nodiscard]] bool start(const std::function<void(ProxySettings &)> &change = {});

    // Sends one request over a connection of its own and returns the answer. Its status is 0 if none came within a
    // minute.
    [[nodiscard]] HttpClient::Response answerTo(const QByteArray &method, const QByteArray &target,
                                                const QByteArray &fields = {}, const QByteArray &body = {}) const;
    [[nodiscard]] QByteArray own() const; // "127.0.0.1:PORT"

    // Checks the credentials of the newest request at the upstream: the proxy's key must be there once, in that field,
    // and nothing of the client's own. Returns "" or what is wrong.
    [[nodiscard]] QString checkCredentials(const QByteArray &field = "x-goog-api-key") const;
    // Checks that the answer is an error of the proxy's own. Returns "" or what is wrong.
    [[nodiscard]] static QString checkError(const HttpClient::Response &answer, int status);

    ScriptedServer upstream;
    std::unique_ptr<TestProxy> proxy;
};

// Returns a script that sends a whole answer with a Content-Length.
[[nodiscard]] ScriptedServer::Script answered(const QByteArray &statusLine, const QByteArray &fields,
                                              const QByteArray &body);
