#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

// Decodes the pictures of a conversation from their bytes. Pure functions.
namespace inlineimage {

// The most pixels that a picture may have to be decoded; they take 240 MB. A file of a few MB may hold far more pixels.
constexpr qint64 mostPixels = 60'000'000;

// Whether a part of that type is shown as a picture. That holds for formats which Qt's own decoders read from the bytes
// alone. SVG is not among them, because it may refer to other files.
[[nodiscard]] bool isShown(const QString &mimeType);
[[nodiscard]] bool isTooLarge(QSize size);
// Returns the picture's size in pixels after rotation, read from its header alone; empty if it is no such picture.
[[nodiscard]] QSize sizeOf(const QByteArray &bytes);
// Returns the picture, scaled down to what a transcript can use; null if the bytes are no such picture, or one that is
// too large. This takes up to a second, so it should run on a thread of its own.
[[nodiscard]] QImage decoded(const QByteArray &bytes);

} // namespace inlineimage
