#include "ui/chatpage/composer/tokenestimate.h"

#include "ui/chatpage/composer/mediatypes.h"

#include <QBuffer>
#include <QImageReader>
#include <QSize>
#include <QString>
#include <QtEndian>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 tile = 258;       // tokens for one tile of a picture, and for one page of a PDF
constexpr int smallPicture = 384;  // in pixels; a picture up to this width and height is one tile
constexpr double audioSecond = 32; // tokens for one second
constexpr double videoSecond = 263;

// Typical sizes of files, in bytes and in bytes for one second.
constexpr double byteRateOfAudio = 128'000.0 / 8;
constexpr double byteRateOfVideo = 2'000'000.0 / 8;
constexpr double bytesOfPage = 50'000;
constexpr double bytesOfPictureTile = 150'000;

qint64 ofPicture(QSize size)
{
    if (size.width() <= smallPicture && size.height() <= smallPicture)
        return tile;
    // https://ai.google.dev/gemini-api/docs/image-understanding
    const int unit = qBound(256, int(qMin(size.width(), size.height()) / 1.5), 768);
    const qint64 columns = (size.width() + unit - 1) / unit;
    const qint64 rows = (size.height() + unit - 1) / unit;
    return columns * rows * tile;
}

// Returns how many pages a PDF has; 0 if none can be found, because they may be described in compressed streams.
qint64 pagesOf(const QByteArray &pdf)
{
    qint64 pages = 0;
    for (qsizetype at = pdf.indexOf("/Type"); at >= 0; at = pdf.indexOf("/Type", at)) {
        at += 5;
        while (at < pdf.size() && (pdf[at] == ' ' || pdf[at] == '\r' || pdf[at] == '\n'))
            ++at;
        const QByteArrayView rest = QByteArrayView(pdf).sliced(at);
        if (rest.startsWith("/Page") && !rest.startsWith("/Pages"))
            ++pages;
    }
    return pages;
}

// Returns the bytes for one second according to the header of a WAV file; 0 if the data is no WAV file.
double byteRateOfWave(const QByteArray &data)
{
    if (data.size() < 32 || !data.startsWith("RIFF") || data.mid(8, 4) != "WAVE")
        return 0;
    return qFromLittleEndian<quint32>(data.constData() + 28);
}

qint64 atLeastOne(double tokens)
{
    return qMax<qint64>(1, std::llround(tokens));
}

} // namespace

qint64 tokenestimate::ofText(QStringView text)
{
    // For Gemini, a token is about four letters of English, or fewer of other alphabets. A character of Chinese,
    // Japanese or Korean takes most of a token, and each digit is a token of its own.
    double tokens = 0;
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (code >= u'0' && code <= u'9')
            tokens += 1;
        else if (code < 0x80)
            tokens += 0.25;
        else if ((code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af)
                 || (code >= 0xf900 && code <= 0xfaff) || c.isSurrogate())
            tokens += c.isSurrogate() ? 0.75 : 0.7;
        else
            tokens += 0.4;
    }
    return text.isEmpty() ? 0 : atLeastOne(tokens);
}

qint64 tokenestimate::ofData(const QString &mimeType, const QByteArray &data)
{
    switch (MediaTypes::kindOf(mimeType)) {
    case MediaTypes::Text:
        return ofText(QString::fromUtf8(data));
    case MediaTypes::Image: {
        QBuffer buffer;
        buffer.setData(data);
        buffer.open(QIODevice::ReadOnly);
        if (const QSize size = QImageReader(&buffer).size(); size.isValid())
            return ofPicture(size);
        break;
    }
    case MediaTypes::Pdf:
        if (const qint64 pages = pagesOf(data); pages > 0)
            return pages * tile;
        break;
    case MediaTypes::Audio:
        if (const double rate = byteRateOfWave(data); rate > 0)
            return atLeastOne(double(data.size()) / rate * audioSecond);
        break;
    case MediaTypes::Video:
    case MediaTypes::Other:
        break;
    }
    return ofSize(mimeType, data.size());
}

qint64 tokenestimate::ofSize(const QString &mimeType, qint64 bytes)
{
    const auto size = double(bytes);
    switch (MediaTypes::kindOf(mimeType)) {
    case MediaTypes::Image:
        return tile * atLeastOne(size / bytesOfPictureTile);
    case MediaTypes::Pdf:
        return tile * atLeastOne(size / bytesOfPage);
    case MediaTypes::Audio:
        return atLeastOne(size / byteRateOfAudio * audioSecond);
    case MediaTypes::Video:
        return atLeastOne(size / byteRateOfVideo * videoSecond);
    case MediaTypes::Text:
    case MediaTypes::Other:
        break;
    }
    return atLeastOne(size / 4);
}

qint64 tokenestimate::rounded(qint64 tokens)
{
    qint64 step = 1;
    for (qint64 rest = tokens; rest >= 1000; rest /= 10)
        step *= 10;
    if (tokens >= 100 && step == 1)
        step = 10;
    return (tokens + step / 2) / step * step;
}
