#include "proxy/upstream/composedrequest.h"

#include "proxy/http/requesthead.h"
#include "proxy/upstream/upstreammanager.h"

#include <algorithm>
#include <utility>

namespace {

QByteArray methodOf(QNetworkAccessManager::Operation operation, const QNetworkRequest &request)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::CustomOperation:
        return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return {};
}

// Returns an empty target if the one that is asked for is not valid.
QByteArray targetOf(const QNetworkRequest &request)
{
    QByteArray target = request.attribute(UpstreamManager::RawTargetAttribute).toByteArray();
    if (target.isEmpty()) {
        const QUrl url = request.url();
        target = url.path(QUrl::FullyEncoded).toLatin1();
        if (target.isEmpty())
            target = "/";
        if (url.hasQuery())
            target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    }
    const bool isClean = target.startsWith('/') && !target.startsWith("//")
            && std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    return isClean ? target : QByteArray();
}

} // namespace

std::optional<ComposedRequest> composeRequest(QNetworkAccessManager::Operation operation,
                                              const QNetworkRequest &request, const QIODevice *body)
{
    ComposedRequest composed;
    composed.method = methodOf(operation, request);
    const QByteArray target = targetOf(request);
    if (!http::isToken(composed.method) || target.isEmpty())
        return std::nullopt;

    http::Fields fields;
    fields.append("Host", http::hostField(request.url()));
    const auto asWritten = request.attribute(UpstreamManager::FieldsAttribute).value<http::Fields>();
    for (const http::Field &field : asWritten)
        fields.append(field.name, field.value);
    const QList<QByteArray> names = request.rawHeaderList();
    for (const QByteArray &name : names)
        fields.append(name, request.rawHeader(name));
    for (const http::Field &field : std::as_const(fields)) {
        if (!http::isToken(field.name) || !http::isFieldValue(field.value))
            return std::nullopt;
    }
    // Only this code decides on the framing of the message and on the connection.
    std::optional<qint64> length;
    if (body)
        length = body->isSequential() ? http::parseDecimal(fields.value("content-length")) : body->size() - body->pos();
    if (body && !length)
        return std::nullopt;
    for (const char *name : {"content-length", "transfer-encoding", "connection", "expect", "te", "upgrade"})
        fields.remove(name);
    if (fields.count("host") > 1)
        return std::nullopt;
    if (!fields.contains("accept-encoding"))
        fields.append("Accept-Encoding", "identity");
    if (!fields.contains("user-agent"))
        fields.append("User-Agent", "gemini-desk");
    composed.bodySize = length.value_or(0);
    if (body || composed.method == "POST" || composed.method == "PUT" || composed.method == "PATCH")
        fields.append("Content-Length", QByteArray::number(composed.bodySize));

    composed.head = composed.method + ' ' + target + " HTTP/1.1\r\n";
    for (const http::Field &field : std::as_const(fields))
        composed.head += field.name + ": " + field.value + "\r\n";
    composed.head += "\r\n";
    return composed;
}
