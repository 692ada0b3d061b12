#pragma once

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

#include <optional>

// The network proxy that the environment names for a server: pure functions. They stand ahead of Qt's
// own reading, which leaves out in silence much of what people write there and other programs take:
// ALL_PROXY, capital letters, socks5h://, an address without "http://".
namespace networkproxy {

struct Found
{
    std::optional<QNetworkProxy> proxy; // NoProxy: the server is one of no_proxy's
    QString problem;                    // in words, without the value: it may hold a password; empty if there is none
};

// HTTPS_PROXY or HTTP_PROXY, as `server` is reached, then ALL_PROXY, each in small letters first;
// no_proxy counts for all. Nothing in either member: the environment says nothing.
[[nodiscard]] Found fromEnvironment(const QProcessEnvironment &environment, const QUrl &server);

} // namespace networkproxy
