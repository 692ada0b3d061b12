#include "ui/chatpage/composer/attachmentreader.h"

#include "ui/chat/upload.h"
#include "ui/chatpage/composer/mediatypes.h"
#include "ui/chatpage/inlineimage.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QMimeDatabase>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 sampleSize = 64 * 1024;

struct Type
{
    QString wire; // Gemini's name of the type; "" = Gemini does not read it
    QMimeType mime;
};

// Whether the sample is text in UTF-8: not empty, valid, and without zero bytes. A character that is cut off at the end
// of the sample is no error.
bool looksLikeText(const QByteArray &sample)
{
    if (sample.isEmpty() || sample.contains('\0'))
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(sample);
    Q_UNUSED(text)
    return !decoder.hasError();
}

Type typeOf(const QString &path, const QByteArray &sample)
{
    const QMimeDatabase database;
    const QMimeType byContent = database.mimeTypeForData(sample);
    const QString wire = MediaTypes::wireType(byContent);
    if (!wire.isEmpty() && wire != "text/plain"_L1)
        return {wire, byContent};
    // The name may tell more than the content (a WebM is a Matroska file), but it counts only if its type is a kind of
    // what the content shows, or if the content shows nothing.
    const QList<QMimeType> byName = database.mimeTypesForFileName(path);
    for (const QMimeType &type : byName) {
        const QString named = MediaTypes::wireType(type);
        if (!named.isEmpty() && named != "text/plain"_L1 && (byContent.isDefault() || type.inherits(byContent.name())))
            return {named, type};
    }
    if (wire.isEmpty() && byContent.isDefault() && looksLikeText(sample))
        return {u"text/plain"_s, byContent};
    return {wire, byContent};
}

QImage scaled(const QImage &image)
{
    constexpr int size = AttachmentReader::thumbnailSize;
    if (image.width() <= size && image.height() <= size)
        return image;
    return image.scaled(size, size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

struct Picture
{
    QImage image;
    bool known = false; // Qt has a decoder for it
    bool tooLarge = false;
};

Picture decode(QIODevice *device)
{
    QImageReader reader(device);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    Picture picture;
    picture.known = reader.canRead();
    const QSize size = reader.size();
    picture.tooLarge = size.isValid() && inlineimage::isTooLarge(size);
    if (picture.known && !picture.tooLarge)
        picture.image = reader.read();
    return picture;
}

QByteArray encode(const QImage &image, const char *format, int quality = -1)
{
    QByteArray data;
    QBuffer buffer(&data);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, quality);
    return data;
}

bool fits(qint64 bytes)
{
    return AttachmentReader::encodedSize(bytes) <= AttachmentReader::requestLimit;
}

} // namespace

QImage AttachmentReader::thumbnailOf(const QByteArray &data)
{
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    const Picture picture = decode(&buffer);
    return picture.image.isNull() ? QImage() : scaled(picture.image);
}

ReadAttachment AttachmentReader::readImage(const QImage &image, const QString &name)
{
    ReadAttachment read;
    read.name = name;
    read.mimeType = u"image/png"_s;
    read.data = encode(image, "PNG");
    if (!fits(read.data.size())) { // probably a photo, and there is no file to upload instead
        read.mimeType = u"image/jpeg"_s;
        read.data = encode(image.convertToFormat(QImage::Format_RGB32), "JPEG", 90);
    }
    read.size = read.data.size();
    if (read.data.isEmpty())
        read.problem = tr("The picture could not be read.");
    else if (!fits(read.size))
        read.problem = tr("It is too large to be sent.");
    else
        read.thumbnail = scaled(image);
    return read;
}

ReadAttachment AttachmentReader::readFile(const QString &path)
{
    ReadAttachment read;
    const QFileInfo info(path);
    read.name = info.fileName();
    const auto refused = [&read](const QString &why) {
        read.data.clear();
        read.problem = why;
        return read;
    };
    if (!info.exists())
        return refused(tr("There is no such file."));
    if (info.isDir())
        return refused(tr("It is a folder."));
    if (!info.isFile()) // opening a named pipe would block forever
        return refused(tr("It is not a file."));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(tr("It could not be read: %1").arg(file.errorString()));
    read.size = file.size();
    const QByteArray sample = file.peek(sampleSize);
    if (sample.isEmpty())
        return refused(read.size == 0 ? tr("It is empty.") : tr("It could not be read: %1").arg(file.errorString()));

    const Type type = typeOf(path, sample);
    const bool isImage = type.mime.name().startsWith("image/"_L1) && type.wire != "text/plain"_L1;
    if (type.wire.isEmpty() && !isImage)
        return refused(tr("Gemini does not read files of this kind: %1").arg(type.mime.comment()));
    if (read.size > chat::Upload::limit)
        return refused(tr("It is larger than %1.").arg(MediaTypes::sizeText(chat::Upload::limit)));
    if (type.wire == "application/pdf"_L1 && read.size > pdfLimit)
        return refused(tr("It is a PDF larger than %1.").arg(MediaTypes::sizeText(pdfLimit)));
    read.mimeType = type.wire;
    read.isFile = true;

    if (isImage) {
        const Picture picture = decode(&file);
        if (picture.tooLarge && type.wire.isEmpty())
            return refused(tr("It has too many pixels."));
        if (picture.image.isNull() && !picture.tooLarge && (picture.known || type.wire.isEmpty()))
            return refused(tr("The picture could not be read."));
        if (type.wire.isEmpty()) {
            const ReadAttachment converted = readImage(picture.image, info.completeBaseName() + u".png"_s);
            return converted.problem.isEmpty() ? converted : refused(converted.problem);
        }
        if (!picture.image.isNull())
            read.thumbnail = scaled(picture.image);
    }
    const bool isText = type.wire == "text/plain"_L1;
    if (isText && !looksLikeText(sample)) {
        // UTF-16 with a byte order mark, which Windows calls "Unicode", is converted. The code page of an old text
        // could only be guessed.
        const auto encoding = QStringConverter::encodingForData(sample);
        if (!encoding || *encoding == QStringConverter::Utf8 || !fits(read.size))
            return refused(tr("Its text is not in UTF-8."));
        QStringDecoder decoder(*encoding);
        file.seek(0);
        const QString text = decoder.decode(file.readAll());
        if (decoder.hasError())
            return refused(tr("Its text is not in UTF-8."));
        read.data = text.toUtf8();
        read.size = read.data.size();
        read.isFile = false;
        return fits(read.size) ? read : refused(tr("It is too large to be sent."));
    }
    if (!fits(read.size))
        return read; // without data, because it will be uploaded
    file.seek(0);
    read.data = file.readAll();
    if (read.data.size() != read.size || file.error() != QFileDevice::NoError)
        return refused(tr("It could not be read: %1").arg(file.errorString()));
    if (isText && !looksLikeText(read.data))
        return refused(tr("Its text is not in UTF-8."));
    return read;
}
