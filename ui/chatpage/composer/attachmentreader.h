#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>
#include <QString>

// The result of reading an attachment.
struct ReadAttachment
{
    QString name;
    QString mimeType;    // in Gemini's words: see MediaTypes::wireType()
    qint64 size = 0;     // in bytes
    qint64 tokens = 0;   // an estimate; filled in by AttachmentStrip
    QByteArray data;     // empty if the file is too large to be sent within a request
    bool isFile = false; // the file on disk has exactly the bytes to be sent, so it can be uploaded
    QImage thumbnail;    // null unless it is an image that Qt can draw
    QString problem;     // in words for the user: why it cannot be attached; "" = it can
};

// Reads files and images to be attached, and checks whether they can be. The functions block, so they are meant for a
// thread of the pool.
class AttachmentReader
{
    Q_DECLARE_TR_FUNCTIONS(AttachmentReader)

public:
    // The most bytes of a request and of a PDF (https://ai.google.dev/gemini-api/docs/document-processing).
    static constexpr qint64 requestLimit = 20LL * 1024 * 1024;
    static constexpr qint64 pdfLimit = 50LL * 1024 * 1024;
    static constexpr int thumbnailSize = 64; // in pixels; twice what is shown, for screens of twice the density

    // Returns how many bytes of a request so many bytes take, as they are sent in base64.
    [[nodiscard]] static constexpr qint64 encodedSize(qint64 bytes) { return (bytes + 2) / 3 * 4; }

    // The content decides what type a file has; its name only helps where both agree or the content tells nothing.
    // Images that Gemini does not accept but Qt can draw are converted to PNG.
    [[nodiscard]] static ReadAttachment readFile(const QString &path);
    // Encodes an image from the clipboard as PNG, or as JPEG if the PNG is too large for a request.
    [[nodiscard]] static ReadAttachment readImage(const QImage &image, const QString &name);
    // Returns null if the data is no image that Qt can draw.
    [[nodiscard]] static QImage thumbnailOf(const QByteArray &data);
};
