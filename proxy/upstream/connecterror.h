#pragma once

#include <QNetworkReply>
#include <QTcpSocket>

// Returns the reply's error if no connection, or no TLS over it, could be established. `error` is what the socket
// reported while it was connecting.
[[nodiscard]] QNetworkReply::NetworkError connectError(const QTcpSocket &socket, QAbstractSocket::SocketError error);
