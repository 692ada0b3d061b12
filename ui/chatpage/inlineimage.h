#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

// Decodes pictures from bytes in the conversation. Pure functions.
namespace inlineimage {

// The largest picture that is decoded, 240 MB. A file of a few MB may describe many more pixels.
constexpr qint64 mostPixels = 60'000'000;

// Whether a part of that type is shown as a picture. Only formats count that Qt's own decoders read from the
// bytes alone: not SVG, which may refer to other files.
[[nodiscard]] bool isShown(const QString &mimeType);
[[nodiscard]] bool isTooLarge(QSize size);
// The size at which the picture is shown, read from its head alone; empty if the bytes are no such picture.
[[nodiscard]] QSize sizeOf(const QByteArray &bytes);
// The picture, no larger than a transcript can use; null if the bytes are no such picture or one that is too
// large. It takes up to a second, so it should run on a thread of its own.
[[nodiscard]] QImage decoded(const QByteArray &bytes);

} // namespace inlineimage
