#pragma once

#include <QNetworkReply>
#include <QTcpSocket>

// Why a connection, or TLS over it, could not be had: `error` of a socket that was connecting.
[[nodiscard]] QNetworkReply::NetworkError connectError(const QTcpSocket &socket, QAbstractSocket::SocketError error);
