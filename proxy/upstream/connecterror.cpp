#include "proxy/upstream/connecterror.h"

#include <QNetworkProxy>
#include <QSslSocket>

namespace {

QNetworkReply::NetworkError errorFor(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SocketTimeoutError:
        return QNetworkReply::TimeoutError;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case QAbstractSocket::ProxyConnectionRefusedError:
        return QNetworkReply::ProxyConnectionRefusedError;
    case QAbstractSocket::ProxyConnectionClosedError:
        return QNetworkReply::ProxyConnectionClosedError;
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return QNetworkReply::ProxyTimeoutError;
    case QAbstractSocket::ProxyNotFoundError:
        return QNetworkReply::ProxyNotFoundError;
    case QAbstractSocket::ProxyProtocolError:
        return QNetworkReply::UnknownProxyError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

} // namespace

QNetworkReply::NetworkError connectError(const QTcpSocket &socket, QAbstractSocket::SocketError error)
{
    // If a network proxy refuses (403, 404, 503 and others), Qt reports that as if the server had refused.
    const QNetworkProxy::ProxyType way = socket.proxy().type();
    if ((way == QNetworkProxy::HttpProxy || way == QNetworkProxy::Socks5Proxy)
        && (error == QAbstractSocket::SocketAccessError || error == QAbstractSocket::HostNotFoundError
            || error == QAbstractSocket::ConnectionRefusedError))
        return QNetworkReply::UnknownProxyError;
    const QNetworkReply::NetworkError reason = errorFor(error);
    // If nothing is wrong with the certificate, the other side most likely does not speak TLS.
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    const bool noTls = reason == QNetworkReply::SslHandshakeFailedError && tls && tls->sslHandshakeErrors().isEmpty();
    return noTls ? QNetworkReply::ProtocolUnknownError : reason;
}
