#pragma once

#include <QByteArray>
#include <QImage>

// Pictures out of the conversation's own bytes. Pure functions.
namespace inlineimage {

// Whether a part of that type is shown as a picture. Only what Qt's own decoders read from its bytes alone:
// no SVG, which may name other files.
[[nodiscard]] bool isShown(const QString &mimeType);
// No larger than a transcript can use; null where the bytes are no such picture.
[[nodiscard]] QImage decoded(const QByteArray &bytes);

} // namespace inlineimage
