#include "ui/chatpage/inlineimage.h"

#include <QBuffer>
#include <QImageReader>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace inlineimage {

namespace {

constexpr int widest = 1520; // pixels: the column's width on a screen of twice the density
const QList<QByteArray> formats{"png"_ba, "jpeg"_ba, "jpg"_ba, "gif"_ba, "webp"_ba, "bmp"_ba};

} // namespace

bool isShown(const QString &mimeType)
{
    return mimeType.startsWith("image/"_L1) && formats.contains(mimeType.sliced(6).toLatin1());
}

QImage decoded(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    if (!formats.contains(reader.format()))
        return {};
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > widest || size.height() > widest)
        reader.setScaledSize(size.scaled(widest, widest, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

} // namespace inlineimage
