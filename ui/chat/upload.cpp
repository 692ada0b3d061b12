#include "ui/chat/upload.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace chat {

namespace {

constexpr int mostLooks = 600; // ten minutes, as long videos take their time
constexpr std::chrono::seconds pauseBetweenLooks{1};

Error unreadable(const QString &path)
{
    Error error = makeError(Error::Kind::Other);
    error.message =
            QCoreApplication::translate("chat::Upload", "%1 could not be read.").arg(QFileInfo(path).fileName());
    return error;
}

} // namespace

Upload::Upload(QNetworkAccessManager &manager, const Endpoint &endpoint, const QString &path, const QString &mimeType,
               QObject *parent)
    : QObject(parent), m_manager(manager), m_endpoint(endpoint), m_file(path), m_mimeType(mimeType)
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Upload::look);
    QMetaObject::invokeMethod(this, &Upload::open, Qt::QueuedConnection);
}

Upload::~Upload() = default;

void Upload::stop()
{
    if (std::exchange(m_over, true))
        return;
    m_pause.stop();
    delete std::exchange(m_call, nullptr);
    emit stopped();
}

void Upload::open()
{
    if (m_over)
        return;
    if (!m_file.open(QIODevice::ReadOnly) || m_file.isSequential()) {
        fail(unreadable(m_file.fileName()));
        return;
    }
    m_size = m_file.size();
    if (m_size > limit)
        fail(makeError(Error::Kind::TooLarge));
    else
        begin();
}

void Upload::begin()
{
    const QJsonObject file{{u"display_name"_s, QFileInfo(m_file.fileName()).fileName()}};
    send({"POST",
          "/upload/v1beta/files",
          {{"X-Goog-Upload-Protocol", "resumable"},
           {"X-Goog-Upload-Command", "start"},
           {"X-Goog-Upload-Header-Content-Length", QByteArray::number(m_size)},
           {"X-Goog-Upload-Header-Content-Type", m_mimeType.toLatin1()},
           {"Content-Type", "application/json"}},
          QJsonDocument(QJsonObject{{u"file"_s, file}}).toJson(QJsonDocument::Compact)},
         &Upload::begun);
}

void Upload::begun(const HttpCall::End &end)
{
    if (!end.good()) {
        fail(end.error());
        return;
    }
    // The proxy rewrites this address so that it points to the proxy. Any other address is refused, as token and file
    // must not go elsewhere.
    const QUrl url = QUrl::fromEncoded(end.uploadUrl, QUrl::StrictMode);
    if (!url.isValid() || url.host() != m_endpoint.base.host() || url.port() != m_endpoint.base.port()) {
        fail(makeError(Error::Kind::Other, end.status));
        return;
    }
    m_target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    sendPiece();
}

void Upload::sendPiece()
{
    m_piece = m_file.read(pieceSize);
    const bool last = m_at + m_piece.size() == m_size;
    if (!last && m_piece.size() != pieceSize) { // the file has become shorter or longer
        fail(unreadable(m_file.fileName()));
        return;
    }
    send({"POST",
          m_target,
          {{"X-Goog-Upload-Command", last ? "upload, finalize" : "upload"},
           {"X-Goog-Upload-Offset", QByteArray::number(m_at)},
           {"Content-Type", "application/octet-stream"}},
          m_piece},
         &Upload::pieceSent);
    connect(m_call, &HttpCall::sent, this, [this](qint64 bytes) {
        if (m_over || m_at + bytes <= m_told) // Qt counts from 0 again when the answer comes
            return;
        m_told = m_at + bytes;
        emit progress(m_told, m_size);
    });
}

void Upload::pieceSent(const HttpCall::End &end)
{
    if (!end.good()) {
        fail(end.error());
        return;
    }
    m_at += m_piece.size();
    m_piece.clear();
    if (m_at < m_size)
        sendPiece();
    else
        takeFile(QJsonDocument(QJsonDocument::fromJson(end.body).object().value("file"_L1).toObject()).toJson());
}

void Upload::takeFile(const QByteArray &body)
{
    const QJsonObject file = QJsonDocument::fromJson(body).object();
    const QString state = file.value("state"_L1).toString();
    m_uploaded = {file.value("name"_L1).toString(), file.value("uri"_L1).toString(),
                  file.value("mimeType"_L1).toString(m_mimeType),
                  QDateTime::fromString(file.value("expirationTime"_L1).toString(), Qt::ISODateWithMs)};
    if (state == "PROCESSING"_L1 && m_uploaded.name.startsWith("files/"_L1) && ++m_looks <= mostLooks) {
        m_pause.start(pauseBetweenLooks);
        return;
    }
    if (m_uploaded.uri.isEmpty() || (!state.isEmpty() && state != "ACTIVE"_L1)) {
        const std::optional<Error> told = errorFromJson(body);
        fail(told ? *told : makeError(Error::Kind::Other, 200));
        return;
    }
    m_over = true;
    emit finished(m_uploaded);
}

void Upload::look()
{
    send({"GET", "/v1beta/files/" + QUrl::toPercentEncoding(m_uploaded.name.sliced(6))}, &Upload::looked);
}

void Upload::looked(const HttpCall::End &end)
{
    if (end.good())
        takeFile(end.body);
    else
        fail(end.error());
}

void Upload::fail(const Error &error)
{
    m_over = true;
    emit failed(error);
}

void Upload::send(const HttpCall::Request &request, void (Upload::*then)(const HttpCall::End &))
{
    m_call = new HttpCall(m_manager, m_endpoint, request, false, this);
    connect(m_call, &HttpCall::ended, this, [this, call = m_call, then](const HttpCall::End &end) {
        call->deleteLater();
        m_call = nullptr;
        if (!m_over)
            (this->*then)(end);
    });
}

} // namespace chat
