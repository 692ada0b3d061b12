#pragma once

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

#include <optional>

// Finds the network proxy that the environment names for a server: pure functions. They are asked before Qt reads the
// environment, because Qt silently ignores much of what people write there and other programs accept: ALL_PROXY,
// capital letters, socks5h://, an address without "http://".
namespace networkproxy {

struct Found
{
    std::optional<QNetworkProxy> proxy; // NoProxy if no_proxy covers the server
    QString problem;                    // a sentence without the value, as that may hold a password; empty = none
};

// Reads HTTPS_PROXY or HTTP_PROXY, depending on the scheme of `server`, and then ALL_PROXY. The first that is not empty
// counts, and each name is tried in small letters first. no_proxy applies to all of them. Both members of the result
// are empty if the environment names no network proxy.
[[nodiscard]] Found fromEnvironment(const QProcessEnvironment &environment, const QUrl &server);

} // namespace networkproxy
