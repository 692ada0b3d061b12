#include "proxy/net/erroranswer.h"

#include <QJsonDocument>
#include <QJsonObject>

QByteArray rpcStatus(int httpStatus)
{
    switch (httpStatus) {
    case 401:
        return "UNAUTHENTICATED";
    case 403:
    case 421:
        return "PERMISSION_DENIED";
    case 404:
        return "NOT_FOUND";
    case 408:
    case 504:
        return "DEADLINE_EXCEEDED";
    case 409:
        return "ABORTED";
    case 429:
        return "RESOURCE_EXHAUSTED";
    case 500:
        return "INTERNAL";
    case 501:
    case 505:
        return "UNIMPLEMENTED";
    case 502:
    case 503:
        return "UNAVAILABLE";
    default:
        return httpStatus < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    }
}

QByteArray ErrorAnswer::toJson() const
{
    if (!json.isEmpty())
        return json;
    const QJsonObject error{
            {QStringLiteral("code"), status},
            {QStringLiteral("message"), message},
            {QStringLiteral("status"), QString::fromLatin1(rpcStatus(status))},
    };
    return QJsonDocument(QJsonObject{{QStringLiteral("error"), error}}).toJson(QJsonDocument::Compact);
}

ErrorAnswer upstreamError(QNetworkReply::NetworkError error, const QString &host, WaitingFor what)
{
    const auto answer = [&host](int status, const char *type, const QString &text) {
        return ErrorAnswer{status, text.arg(host), type};
    };
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return answer(502, "refused",
                      QStringLiteral("%1 refused the connection. Check the upstream's address "
                                     "and that nothing blocks it, then try again."));
    case QNetworkReply::HostNotFoundError:
        return answer(502, "name_not_found",
                      QStringLiteral("The name %1 could not be found. Check the network and "
                                     "the upstream's address, then try again."));
    case QNetworkReply::SslHandshakeFailedError:
        return answer(502, "certificate",
                      QStringLiteral("The certificate of %1 could not be verified. Behind a "
                                     "company's proxy, give its CA with --ca-file."));
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return answer(502, "network_proxy",
                      QStringLiteral("The network proxy on the way to %1 asks for a user name and a "
                                     "password (407). Give them in the variable HTTPS_PROXY, as "
                                     "http://USER:PASSWORD@HOST:PORT."));
    case QNetworkReply::UnknownProxyError:
        return answer(502, "network_proxy",
                      QStringLiteral("The network proxy on the way to %1 refused to connect there "
                                     "(403 or the like): that was the network proxy's answer, not "
                                     "Gemini's. Ask who runs it, or go without it."));
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return answer(502, "network_proxy",
                      QStringLiteral("The network proxy on the way to %1 did not let the "
                                     "request through. Check the system's proxy settings."));
    case QNetworkReply::ProtocolUnknownError:
        return answer(502, "no_tls",
                      QStringLiteral("%1 does not answer in TLS. Check the upstream's address: "
                                     "http or https, and the port."));
    case QNetworkReply::TimeoutError:
        switch (what) {
        case WaitingFor::Connection:
            return answer(504, "connect_timeout",
                          QStringLiteral("%1 could not be reached in time. Check the network and "
                                         "the upstream's address, then try again."));
        case WaitingFor::FirstByte:
            return answer(504, "timeout",
                          QStringLiteral("%1 took too long to begin its answer. Where a model thinks "
                                         "that long, allow it more time: first-byte-seconds below "
                                         "[limits] in the config file, First byte in the settings "
                                         "of the app, or X-Server-Timeout of the request."));
        case WaitingFor::NextByte:
            return answer(504, "timeout",
                          QStringLiteral("%1 paused too long in the middle. Try again; where it keeps "
                                         "happening, allow it more time: idle-seconds below [limits] "
                                         "in the config file, Idle in the settings of the app."));
        }
        break;
    case QNetworkReply::RemoteHostClosedError:
        return answer(502, "closed",
                      QStringLiteral("%1 closed the connection before the answer was whole. "
                                     "Try again."));
    case QNetworkReply::ProtocolFailure:
        return answer(502, "malformed",
                      QStringLiteral("%1 sent something that is not a valid HTTP response. "
                                     "Check that the upstream's address is right."));
    default:
        break;
    }
    return answer(502, "connection", QStringLiteral("The connection to %1 failed. Check the network, then try again."));
}
