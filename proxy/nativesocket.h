#pragma once

#include <QtGlobal>

// The few things that are needed of a socket and QTcpSocket does not offer.
namespace nativesocket {

// Sends our FIN after what was written, and goes on receiving.
void shutdownWrite(qintptr descriptor);
// Closing will send RST instead of FIN, so that the peer cannot take it for a regular end.
void resetOnClose(qintptr descriptor);
// Whether the connection has ended by RST. QTcpSocket reports that like a regular end; ask while
// it reports RemoteHostClosedError, before it closes the descriptor.
[[nodiscard]] bool wasReset(qintptr descriptor);

} // namespace nativesocket
