#pragma once

#include <QtGlobal>

class QHostAddress;

// "gemini-proxy listening on http://127.0.0.1:8080" on stdout: what scripts wait for.
void printListening(const QHostAddress &address, quint16 port);
