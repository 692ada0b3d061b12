#include "ui/chatpage/inlineimage.h"

#include <QBuffer>
#include <QImageReader>
#include <QStringList>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace inlineimage {

namespace {

constexpr int widest = 1520; // in pixels; the width of the transcript's column on a screen of twice the density
const QList<QByteArray> formats{"png"_ba, "jpeg"_ba, "jpg"_ba, "gif"_ba, "webp"_ba, "bmp"_ba};

// Raises Qt's limit for the whole program. Its default of 128 MB is about half of what the largest picture takes.
[[maybe_unused]] const bool limitIsRaised = [] {
    QImageReader::setAllocationLimit(int(mostPixels * 4 / (1024 * 1024) + 1));
    return true;
}();

// A QImageReader for bytes in memory that goes by the content alone.
class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
    {
        m_buffer.setData(bytes);
        m_buffer.open(QIODevice::ReadOnly);
        m_reader.setDevice(&m_buffer);
        m_reader.setDecideFormatFromContent(true);
    }
    [[nodiscard]] bool isKnown() const { return formats.contains(m_reader.format()); }
    QImageReader *operator->() { return &m_reader; }

private:
    QBuffer m_buffer;
    QImageReader m_reader;
};

} // namespace

bool isShown(const QString &mimeType)
{
    return mimeType.startsWith("image/"_L1) && formats.contains(mimeType.sliced(6).toLatin1());
}

bool isTooLarge(QSize size)
{
    return qint64(size.width()) * size.height() > mostPixels;
}

QSize sizeOf(const QByteArray &bytes)
{
    // The size of a GIF is taken from its header here, because Qt would read the whole file to tell it.
    if (bytes.startsWith("GIF8") && bytes.size() > 10)
        return {qFromLittleEndian<quint16>(bytes.constData() + 6), qFromLittleEndian<quint16>(bytes.constData() + 8)};
    Reader reader(bytes);
    if (!reader.isKnown())
        return {0, 0};
    QSize size = reader->size();
    if (reader->transformation() & QImageIOHandler::TransformationRotate90)
        size.transpose();
    return size.expandedTo({0, 0});
}

QImage decoded(const QByteArray &bytes)
{
    Reader reader(bytes);
    if (!reader.isKnown())
        return {};
    reader->setAutoTransform(true);
    const QSize size = reader->size();
    if (isTooLarge(size))
        return {};
    if (size.width() > widest || size.height() > widest)
        reader->setScaledSize(size.scaled(widest, widest, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader->read();
}

} // namespace inlineimage
