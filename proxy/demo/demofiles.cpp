#include "proxy/demo/demofiles.h"

#include "proxy/demo/demostream.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr char uploadPath[] = "/upload/v1beta/files";
constexpr char listPath[] = "/v1beta/files";
constexpr char downloadPath[] = "/download/v1beta/files";

DemoReply error(int status, const QString &message)
{
    return demoErrorReply(status, message + u" (Gemini Desk’s demo)"_s);
}

DemoReply uploadStatus(const char *status, const QJsonObject &object = {})
{
    DemoReply reply = object.isEmpty() ? demoWhole({}) : demoJson(object);
    reply.fields.append("X-Goog-Upload-Status", status);
    return reply;
}

} // namespace

bool DemoFiles::owns(QByteArrayView path)
{
    for (const QByteArrayView own :
         {QByteArrayView(uploadPath), QByteArrayView(listPath), QByteArrayView(downloadPath)}) {
        if (path.startsWith(own) && (path.size() == own.size() || path[own.size()] == '/'))
            return true;
    }
    return false;
}

DemoReply DemoFiles::reply(const http::RequestHead &head, const QByteArray &body, bool tls)
{
    m_scheme = tls ? "https://" : "http://";
    const QByteArray path = head.path().toByteArray();
    if (path == uploadPath) {
        if (head.method != "POST" && head.method != "PUT")
            return error(404, u"Uploads are sent by POST or PUT."_s);
        return http::queryValue(head.query(), "upload_id").isEmpty() ? start(head, body) : upload(head, body);
    }
    if (path == listPath && head.method == "GET")
        return list(head);

    const bool download = path.startsWith(downloadPath);
    QByteArray id = path.sliced(qsizetype(download ? sizeof(downloadPath) : sizeof(listPath)) - 1);
    id = id.startsWith('/') ? id.sliced(1) : id;
    const bool asMedia = id.endsWith(":download");
    if (asMedia)
        id.chop(9);
    File *file = find(QString::fromLatin1(id));
    if (!file || !file->complete)
        return error(403,
                     u"You do not have permission to access the File %1 or it may not exist."_s.arg(
                             QString::fromLatin1(id)));
    if (head.method == "DELETE") {
        m_files.removeIf([&id](const File &other) { return other.id == QLatin1StringView(id); });
        return demoJson({});
    }
    if (head.method != "GET" && head.method != "HEAD")
        return error(404, u"This cannot be done with a file."_s);
    if (!asMedia)
        return demoJson(described(*file, head.host));
    DemoReply reply = demoWhole(file->bytes);
    reply.fields.append("Content-Type", file->mimeType.toLatin1());
    return reply;
}

DemoReply DemoFiles::start(const http::RequestHead &head, const QByteArray &body)
{
    const http::Fields &fields = head.fields;
    if (!http::equalIgnoringCase(fields.value("x-goog-upload-protocol"), "resumable")
        || !fields.hasListItem("x-goog-upload-command", "start"))
        return error(400, u"Only resumable uploads are known here."_s);
    File file;
    file.id = u"demo-%1"_s.arg(++m_lastId);
    file.displayName = QJsonDocument::fromJson(body)["file"_L1]["displayName"_L1].toString();
    const QByteArray type = fields.value("x-goog-upload-header-content-type");
    file.mimeType = type.isEmpty() ? u"application/octet-stream"_s : QString::fromLatin1(type);
    file.created = QDateTime::currentDateTimeUtc();
    m_files.append(file);
    makeRoom(file.id);

    const QByteArray url =
            m_scheme + head.host + uploadPath + "?upload_id=" + file.id.toLatin1() + "&upload_protocol=resumable";
    DemoReply reply = uploadStatus("active");
    reply.fields.append("X-Goog-Upload-URL", url);
    reply.fields.append("X-Goog-Upload-Control-URL", url);
    reply.fields.append("X-Goog-Upload-Chunk-Granularity", "262144");
    return reply;
}

DemoReply DemoFiles::upload(const http::RequestHead &head, const QByteArray &body)
{
    const http::Fields &fields = head.fields;
    const QString id = QString::fromLatin1(http::queryValue(head.query(), "upload_id"));
    File *file = find(id);
    if (!file)
        return error(404, u"There is no such upload."_s);
    if (file->complete)
        return uploadStatus("final", {{u"file"_s, described(*file, head.host)}});
    if (fields.hasListItem("x-goog-upload-command", "cancel")) {
        m_files.removeIf([&id](const File &other) { return other.id == id; });
        return uploadStatus("cancelled");
    }
    if (fields.hasListItem("x-goog-upload-command", "upload")) {
        const auto offset = http::parseDecimal(fields.value("x-goog-upload-offset"));
        if (offset && *offset != file->bytes.size())
            return error(400, u"The offset is not where the upload stands."_s);
        file->bytes += body;
        makeRoom(id);
        file = find(id);
    }
    if (!fields.hasListItem("x-goog-upload-command", "finalize")) {
        DemoReply reply = uploadStatus("active");
        reply.fields.append("X-Goog-Upload-Size-Received", QByteArray::number(file->bytes.size()));
        return reply;
    }
    file->complete = true;
    file->sha256 =
            QString::fromLatin1(QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256).toHex().toBase64());
    return uploadStatus("final", {{u"file"_s, described(*file, head.host)}});
}

DemoReply DemoFiles::list(const http::RequestHead &head) const
{
    bool ok = true;
    const QByteArray size = http::queryValue(head.query(), "pageSize");
    const QByteArray token = http::queryValue(head.query(), "pageToken");
    const int wanted = size.isEmpty() ? 10 : size.toInt(&ok);
    const int from = ok && !token.isEmpty() ? token.toInt(&ok) : 0;
    if (!ok || wanted < 0 || from < 0)
        return error(400, u"The page size or the page token is not valid."_s);

    QJsonArray page;
    int index = 0;
    bool more = false;
    for (const File &file : m_files) {
        if (!file.complete || index++ < from)
            continue;
        more = page.size() == (wanted == 0 ? 10 : wanted);
        if (more)
            break;
        page.append(described(file, head.host));
    }
    QJsonObject result;
    if (!page.isEmpty())
        result.insert("files"_L1, page);
    if (more)
        result.insert("nextPageToken"_L1, QString::number(from + page.size()));
    return demoJson(result);
}

QJsonObject DemoFiles::described(const File &file, const QByteArray &host) const
{
    const QString name = u"files/"_s + file.id;
    QJsonObject result{
            {u"name"_s, name},
            {u"mimeType"_s, file.mimeType},
            {u"sizeBytes"_s, QString::number(file.bytes.size())},
            {u"createTime"_s, file.created.toString(Qt::ISODateWithMs)},
            {u"updateTime"_s, file.created.toString(Qt::ISODateWithMs)},
            {u"expirationTime"_s, file.created.addDays(2).toString(Qt::ISODateWithMs)},
            {u"sha256Hash"_s, file.sha256},
            {u"uri"_s, QString(QString::fromLatin1(m_scheme + host) + u"/v1beta/"_s + name)},
            {u"state"_s, u"ACTIVE"_s},
            {u"source"_s, u"UPLOADED"_s},
    };
    if (!file.displayName.isEmpty())
        result.insert("displayName"_L1, file.displayName);
    return result;
}

DemoFiles::File *DemoFiles::find(const QString &id)
{
    const auto file = std::ranges::find(m_files, id, &File::id);
    return file == m_files.end() ? nullptr : &*file;
}

void DemoFiles::makeRoom(const QString &kept)
{
    const auto bytes = [this] {
        qint64 sum = 0;
        for (const File &file : std::as_const(m_files))
            sum += file.bytes.size();
        return sum;
    };
    while (m_files.size() > 1 && (m_files.size() > maximumFiles || bytes() > maximumBytes)) {
        const auto oldest = std::ranges::find_if(m_files, [&](const File &file) { return file.id != kept; });
        m_files.erase(oldest);
    }
}
