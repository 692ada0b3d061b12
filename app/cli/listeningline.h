#pragma once

#include <QByteArray>

class QHostAddress;

// Returns a URL such as "http://127.0.0.1:8080".
[[nodiscard]] QByteArray serverUrl(const QHostAddress &address, quint16 port);

// Prints "gemini-proxy listening on http://127.0.0.1:8080" to stdout, the line that scripts wait for.
void printListening(const QHostAddress &address, quint16 port);
