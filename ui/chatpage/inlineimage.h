#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

// Pictures out of the conversation's own bytes. Pure functions.
namespace inlineimage {

// That are decoded: 240 MB. A file of a few MB may have many more.
constexpr qint64 mostPixels = 60'000'000;

// Whether a part of that type is shown as a picture. Only what Qt's own decoders read from its bytes alone:
// no SVG, which may name other files.
[[nodiscard]] bool isShown(const QString &mimeType);
[[nodiscard]] bool isTooLarge(QSize size);
// As it is to be seen, by its head alone; empty where the bytes are no such picture.
[[nodiscard]] QSize sizeOf(const QByteArray &bytes);
// No larger than a transcript can use; null where the bytes are no such picture, or a too large one. Takes up
// to a second: for a thread of its own.
[[nodiscard]] QImage decoded(const QByteArray &bytes);

} // namespace inlineimage
