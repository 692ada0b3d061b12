#pragma once

#include <QByteArray>
#include <QNetworkAccessManager>

#include <optional>

class QIODevice;
class QNetworkRequest;

// A request as it goes over the wire, without its body.
struct ComposedRequest
{
    QByteArray method;
    QByteArray head;     // includes the empty line at its end
    qint64 bodySize = 0; // as the head announces it
};

// Composes what UpstreamManager::createRequest() is asked for. Returns nothing if a field, the target or the method
// holds characters that could break out of its line, or if the length of the body is not known.
[[nodiscard]] std::optional<ComposedRequest> composeRequest(QNetworkAccessManager::Operation operation,
                                                            const QNetworkRequest &request, const QIODevice *body);
