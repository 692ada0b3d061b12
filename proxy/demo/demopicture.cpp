#include "proxy/demo/demopicture.h"

#include <QtEndian>

#include <array>

namespace {

constexpr int side = 64; // pixels

quint32 crc32(QByteArrayView bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
    }
    return ~crc;
}

QByteArray bigEndian(quint32 number)
{
    std::array<char, 4> bytes;
    qToBigEndian(number, bytes.data());
    return {bytes.data(), qsizetype(bytes.size())};
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian(quint32(data.size())) + type + data + bigEndian(crc32(type + data));
}

} // namespace

QByteArray demoPicture()
{
    QByteArray pixels;
    for (int y = 0; y < side; ++y) {
        pixels += '\0';                  // the line is not filtered
        for (int x = 0; x < side; ++x) { // from blue to violet
            pixels += char(66 + x);
            pixels += char(133 - y);
            pixels += char(244);
        }
    }
    constexpr char eightBitsOfRedGreenAndBlue[] = {8, 2, 0, 0, 0};
    return QByteArray("\x89PNG\r\n\x1a\n", 8)
            + chunk("IHDR", bigEndian(side) + bigEndian(side) + QByteArray(eightBitsOfRedGreenAndBlue, 5))
            + chunk("IDAT", qCompress(pixels).sliced(4)) // Qt puts the length ahead of zlib's format
            + chunk("IEND", {});
}
