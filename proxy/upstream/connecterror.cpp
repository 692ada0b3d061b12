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
    // Qt says a network proxy's refusal (403, 404, 503 and others) as if it were the server's.
    const QNetworkProxy::ProxyType way = socket.proxy().type();
    if ((way == QNetworkProxy::HttpProxy || way == QNetworkProxy::Socks5Proxy)
        && (error == QAbstractSocket::SocketAccessError || error == QAbstractSocket::HostNotFoundError
            || error == QAbstractSocket::ConnectionRefusedError))
        return QNetworkReply::UnknownProxyError;
    const QNetworkReply::NetworkError reason = errorFor(error);
    // Without a complaint about the certificate it was not about that: it was no TLS.
    const auto *tls = qobject_cast<const QSslSocket *>(&socket);
    const bool noTls = reason == QNetworkReply::SslHandshakeFailedError && tls && tls->sslHandshakeErrors().isEmpty();
    return noTls ? QNetworkReply::ProtocolUnknownError : reason;
}
