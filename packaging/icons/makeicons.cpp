// Draws the one SVG as what each system wants: PNGs (Linux), .ico (Windows) and .icns (macOS). Both of
// these are boxes around PNGs, so that no tool but Qt is needed.
//   makeicons icon.svg OUT.png SIZE | OUT.ico | OUT.icns
#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QtEndian>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

QByteArray png(QSvgRenderer &svg, int size)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    svg.render(&painter);
    painter.end();
    QByteArray result;
    QBuffer buffer(&result);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
        qFatal("cannot write a PNG");
    return result;
}

template <typename Number>
QByteArray little(Number number)
{
    QByteArray bytes(qsizetype(sizeof number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray big(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

// A directory of entries, then the pictures. A size of 256 is written as 0.
QByteArray ico(QSvgRenderer &svg)
{
    constexpr std::array sizes{16, 20, 24, 32, 40, 48, 64, 128, 256};
    QByteArray directory = little<quint16>(0) + little<quint16>(1) + little(quint16(sizes.size()));
    const auto pictures = quint32(directory.size()) + 16 * quint32(sizes.size());
    QByteArray data;
    for (const int size : sizes) {
        const QByteArray picture = png(svg, size);
        directory += QByteArray(2, char(size % 256)) + little<quint16>(0); // width, height; colours
        directory += little<quint16>(1) + little<quint16>(32);             // planes, bits
        directory += little(quint32(picture.size())) + little(pictures + quint32(data.size()));
        data += picture;
    }
    return directory + data;
}

// Boxes of a type, a length that counts the box's head, and a picture.
QByteArray icns(QSvgRenderer &svg)
{
    struct Box
    {
        const char *type;
        int size;
    };
    constexpr std::array boxes{Box{"icp4", 16},  Box{"icp5", 32},  Box{"ic11", 32},  Box{"ic12", 64},
                               Box{"ic07", 128}, Box{"ic13", 256}, Box{"ic08", 256}, Box{"ic14", 512},
                               Box{"ic09", 512}, Box{"ic10", 1024}};
    QByteArray data;
    for (const auto &[type, size] : boxes) {
        const QByteArray picture = png(svg, size);
        data += type + big(quint32(picture.size()) + 8) + picture;
    }
    return "icns" + big(quint32(data.size()) + 8) + data;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QSvgRenderer svg(arguments.value(1));
    if (!svg.isValid() || arguments.size() < 3) {
        std::fputs("usage: makeicons icon.svg OUT.png SIZE | OUT.ico | OUT.icns\n", stderr);
        return 64;
    }
    const QString name = arguments.at(2);
    QByteArray bytes;
    if (name.endsWith(".ico"_L1))
        bytes = ico(svg);
    else if (name.endsWith(".icns"_L1))
        bytes = icns(svg);
    else
        bytes = png(svg, qBound(1, arguments.value(3).toInt(), 4096));
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        std::fprintf(stderr, "makeicons: cannot write %s\n", qPrintable(name));
        return 1;
    }
    return 0;
}
