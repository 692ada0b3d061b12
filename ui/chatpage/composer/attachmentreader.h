#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>
#include <QString>

// What came of reading an attachment.
struct ReadAttachment
{
    QString name;
    QString mimeType;    // Gemini's
    qint64 size = 0;     // bytes
    qint64 tokens = 0;   // about
    QByteArray data;     // empty where the file is larger than what can be sent along
    bool isFile = false; // what lies in the file is what is to be sent: it can be uploaded
    QImage thumbnail;    // of images that Qt can draw
    QString problem;     // why it cannot be attached, in words; "" = it can
};

// Reads and judges what is to be attached. Functions that block, for a thread of the pool.
class AttachmentReader
{
    Q_DECLARE_TR_FUNCTIONS(AttachmentReader)

public:
    // Of a whole request (https://ai.google.dev/gemini-api/docs/document-processing).
    static constexpr qint64 requestLimit = 20LL * 1024 * 1024;
    static constexpr qint64 pdfLimit = 50LL * 1024 * 1024;
    static constexpr int thumbnailSize = 64; // pixels: sharp on dense screens

    // What so many bytes take in a request: base64.
    [[nodiscard]] static constexpr qint64 encodedSize(qint64 bytes) { return (bytes + 2) / 3 * 4; }

    // By content, not by name. Images that Gemini does not take but Qt can draw become PNG.
    [[nodiscard]] static ReadAttachment readFile(const QString &path);
    // From the clipboard.
    [[nodiscard]] static ReadAttachment readImage(const QImage &image, const QString &name);
    [[nodiscard]] static QImage thumbnailOf(const QByteArray &data);
};
