#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>
#include <QString>

// The result of reading an attachment.
struct ReadAttachment
{
    QString name;
    QString mimeType;    // Gemini's name of the type
    qint64 size = 0;     // bytes
    qint64 tokens = 0;   // about
    QByteArray data;     // empty where the file is larger than what can be sent along
    bool isFile = false; // the file holds exactly what is to be sent, so it can be uploaded
    QImage thumbnail;    // of images that Qt can draw
    QString problem;     // why it cannot be attached, in words; "" = it can
};

// Reads what is to be attached, and checks whether it can be. The functions block; they are for a thread of the pool.
class AttachmentReader
{
    Q_DECLARE_TR_FUNCTIONS(AttachmentReader)

public:
    // The largest request (https://ai.google.dev/gemini-api/docs/document-processing).
    static constexpr qint64 requestLimit = 20LL * 1024 * 1024;
    static constexpr qint64 pdfLimit = 50LL * 1024 * 1024;
    static constexpr int thumbnailSize = 64; // pixels: sharp on dense screens

    // How many bytes of a request these take in base64.
    [[nodiscard]] static constexpr qint64 encodedSize(qint64 bytes) { return (bytes + 2) / 3 * 4; }

    // The type is told by content and not by name. Images that Gemini does not take but Qt can draw become PNG.
    [[nodiscard]] static ReadAttachment readFile(const QString &path);
    // An image from the clipboard.
    [[nodiscard]] static ReadAttachment readImage(const QImage &image, const QString &name);
    [[nodiscard]] static QImage thumbnailOf(const QByteArray &data);
};
