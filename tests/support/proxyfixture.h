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
    // A key or token of the client's, in every place where there may be one. None may go upstream.
    static constexpr char clientsSecret[] = "secret-of-client";

    // Starts the upstream where it does not run, and a new proxy; false if that cannot be.
    [[nodiscard]] bool start(const std::function<void(ProxySettings &)> &change = {});

    // The answer to one request on a connection of its own; status 0 if none came.
    [[nodiscard]] HttpClient::Response answerTo(const QByteArray &method, const QByteArray &target,
                                                const QByteArray &fields = {}, const QByteArray &body = {}) const;
    [[nodiscard]] QByteArray own() const; // "127.0.0.1:PORT"

    // Checks how the newest request at the upstream proves who asks: by the key, once, in that field and nowhere else,
    // and by nothing of the client's own. Returns "" or what is wrong.
    [[nodiscard]] QString checkCredentials(const QByteArray &field = "x-goog-api-key") const;
    // Checks an error of the proxy's own. Returns "" or what is wrong.
    [[nodiscard]] static QString checkError(const HttpClient::Response &answer, int status);

    ScriptedServer upstream;
    std::unique_ptr<TestProxy> proxy;
};

// A whole answer with a Content-Length.
[[nodiscard]] ScriptedServer::Script answered(const QByteArray &statusLine, const QByteArray &fields,
                                              const QByteArray &body);
