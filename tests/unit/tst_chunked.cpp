#include "proxy/http/chunked.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace http;

namespace {

struct Decoded
{
    QByteArray body;
    qsizetype used = 0;
    ChunkedDecoder::Status status = ChunkedDecoder::Status::More;
};

// As if `wire` came in pieces that end at the given offsets.
Decoded decodeInPieces(const QByteArray &wire, const QList<qsizetype> &ends)
{
    ChunkedDecoder decoder;
    Decoded result;
    for (const qsizetype end : ends) {
        const QByteArrayView piece = QByteArrayView(wire).sliced(result.used, end - result.used);
        const qsizetype used = decoder.decode(piece, result.body);
        result.used += used;
        if (decoder.status() != ChunkedDecoder::Status::More)
            break;
        if (used != piece.size())
            qFatal("the decoder asks for more but left bytes behind");
    }
    result.status = decoder.status();
    return result;
}

} // namespace

Q_DECLARE_METATYPE(http::ChunkedDecoder::Status)

// The chunked coding, RFC 9112, section 7.1.
class TestChunked : public QObject
{
    Q_OBJECT

private slots:
    void decodes_data();
    void decodes();
    void decodesInPieces_data() { decodes_data(); }
    void decodesInPieces();
    void appends();
    void endStays_data() { decodes_data(); }
    void endStays();
    void boundsWhatIsDropped_data();
    void boundsWhatIsDropped();
    void manySmallChunks();
    void encodes();
    void encodesWhatItDecodes();
};

void TestChunked::decodes_data()
{
    using Status = ChunkedDecoder::Status;
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qsizetype>("unused"); // bytes left behind; of good rows only

    const auto good = [](const char *name, const QByteArray &wire, const QByteArray &body, qsizetype unused = 0) {
        QTest::newRow(name) << wire << Status::Done << body << unused;
    };
    const auto cut = [](const char *name, const QByteArray &wire, const QByteArray &body) {
        QTest::newRow(name) << wire << Status::More << body << qsizetype{0};
    };
    const auto bad = [](const char *name, const QByteArray &wire, const QByteArray &body) {
        QTest::newRow(name) << wire << Status::Error << body << qsizetype{-1};
    };

    good("one chunk", "5\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"_ba, "hello world"_ba);
    good("empty body", "0\r\n\r\n"_ba, ""_ba);
    good("many zeros", "000\r\n\r\n"_ba, ""_ba);
    good("leading zeros", "00005\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("15 digits", "000000000000005\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("small hex", "a\r\n0123456789\r\n0\r\n\r\n"_ba, "0123456789"_ba);
    good("capital hex", "A\r\n0123456789\r\n0\r\n\r\n"_ba, "0123456789"_ba);
    good("two digits", "1F\r\n"_ba + QByteArray(31, 'x') + "\r\n0\r\n\r\n"_ba, QByteArray(31, 'x'));
    good("data looks like framing", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n"_ba, "\r\n0\r\n\r\n"_ba);
    good("NUL in the data", "3\r\na\0b\r\n0\r\n\r\n"_ba, "a\0b"_ba);
    good("extension", "5;name=value\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("extension without value", "5;name\r\nhello\r\n0;x\r\n\r\n"_ba, "hello"_ba);
    good("extensions", "5;a=1;b=\"2;3\"\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("quoted value with a quote in it", "5;a=\"b\\\"c\";d\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("empty quoted value", "5;a=\"\"\r\nhello\r\n0\r\n\r\n"_ba, "hello"_ba);
    good("padded size", "5  \r\nhello\r\n0  \r\n\r\n"_ba, "hello"_ba); // seen in the wild
    good("trailer", "5\r\nhello\r\n0\r\nX: y\r\n\r\n"_ba, "hello"_ba);
    good("trailers", "5\r\nhello\r\n0\r\nX: y\r\nExpires: never\r\n\r\n"_ba, "hello"_ba);
    good("next message behind", "5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"_ba, "hello"_ba, 17);
    good("excess CR LF behind", "0\r\n\r\n\r\n"_ba, ""_ba, 2);

    cut("nothing", ""_ba, ""_ba);
    cut("in the size", "5"_ba, ""_ba);
    cut("in the size's line end", "5\r"_ba, ""_ba);
    cut("behind the size", "5\r\n"_ba, ""_ba);
    cut("in the extension", "5;na"_ba, ""_ba);
    cut("in the data", "5\r\nhel"_ba, "hel"_ba);
    cut("behind the data", "5\r\nhello"_ba, "hello"_ba);
    cut("between CR and LF", "5\r\nhello\r"_ba, "hello"_ba);
    cut("before the last chunk", "5\r\nhello\r\n"_ba, "hello"_ba);
    cut("in the last chunk", "5\r\nhello\r\n0"_ba, "hello"_ba);
    cut("before the empty line", "5\r\nhello\r\n0\r\n"_ba, "hello"_ba);
    cut("in the empty line", "5\r\nhello\r\n0\r\n\r"_ba, "hello"_ba);
    cut("in a trailer", "5\r\nhello\r\n0\r\nX: y"_ba, "hello"_ba);
    cut("behind a trailer", "5\r\nhello\r\n0\r\nX: y\r\n"_ba, "hello"_ba);
    cut("large size", "fffffffffffffff\r\nhello"_ba, "hello"_ba);

    bad("no size", "\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("not hex", "xyz\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("hex prefix", "0x5\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("g", "5g\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("minus", "-5\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("plus", "+5\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("underscore", "1_0\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("space ahead", " 5\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("space inside", "1 0\r\n0123456789abcdef\r\n0\r\n\r\n"_ba, ""_ba);
    bad("word behind", "5 bytes\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("comma behind", "5,5\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("extension without size", ";a=1\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("16 digits", "0000000000000005\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("2^64 - 1", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("2^63", "8000000000000000\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("2^64 + 5", "10000000000000005\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("LF behind the size", "5\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("LF behind the padding", "5 \nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("CR behind the size", "5\rhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("CR CR LF behind the size", "5\r\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    for (const char *extension :
         {";",      ";;a",       ";a;",   ";=b",          ";a=",          ";a=;b",    "; a",   " ;a",
          "\t;a",   ";a ;b",     ";a =b", ";a= b",        ";a ",          ";a=b c",   ";a\"b", ";a=b\"c\"",
          ";a=\"b", ";a=\"b\"c", ";a(b",  ";a=\"b\x01\"", ";a=\"b\x7f\"", ";\xc3\xa4"})
        bad(QByteArray("extension " + QByteArray(extension).toPercentEncoding()).constData(),
            '5' + QByteArray(extension) + "\r\nhello\r\n0\r\n\r\n", ""_ba);
    bad("LF in an extension", "5;a\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("NUL in an extension", "5;a\0\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("NUL behind the size", "5\0\r\nhello\r\n0\r\n\r\n"_ba, ""_ba);
    bad("LF behind the data", "5\r\nhello\n0\r\n\r\n"_ba, "hello"_ba);
    bad("nothing behind the data", "5\r\nhello0\r\n\r\n"_ba, "hello"_ba);
    bad("size too small", "4\r\nhello\r\n0\r\n\r\n"_ba, "hell"_ba);
    bad("size too large", "6\r\nhello\r\n0\r\n\r\n"_ba, "hello\r"_ba);
    bad("CR CR behind the data", "5\r\nhello\r\r\n0\r\n\r\n"_ba, "hello"_ba);
    bad("CR and a letter behind the data", "5\r\nhello\rX0\r\n\r\n"_ba, "hello"_ba);
    bad("LF behind the last chunk", "5\r\nhello\r\n0\n\r\n"_ba, "hello"_ba);
    bad("LF as empty line", "5\r\nhello\r\n0\r\n\n"_ba, "hello"_ba);
    bad("CR alone as empty line", "5\r\nhello\r\n0\r\n\rX"_ba, "hello"_ba);
    bad("LF behind a trailer", "5\r\nhello\r\n0\r\nX: y\n\r\n"_ba, "hello"_ba);
    bad("CR in a trailer", "5\r\nhello\r\n0\r\nX: a\rb\r\n\r\n"_ba, "hello"_ba);
    bad("NUL in a trailer", "5\r\nhello\r\n0\r\nX: \0\r\n\r\n"_ba, "hello"_ba);
    bad("plain body", "{\"error\":{}}"_ba, ""_ba);
}

void TestChunked::decodes()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const ChunkedDecoder::Status, status);
    QFETCH(const QByteArray, body);
    QFETCH(const qsizetype, unused);

    const Decoded decoded = decodeInPieces(wire, {wire.size()});
    QCOMPARE(decoded.status, status);
    QCOMPARE(decoded.body, body);
    if (status != ChunkedDecoder::Status::Error)
        QCOMPARE(wire.size() - decoded.used, unused);
}

void TestChunked::decodesInPieces()
{
    QFETCH(const QByteArray, wire);
    const Decoded whole = decodeInPieces(wire, {wire.size()});

    const auto compare = [&](const QList<qsizetype> &ends) {
        const Decoded decoded = decodeInPieces(wire, ends);
        QCOMPARE(decoded.status, whole.status);
        QCOMPARE(decoded.body, whole.body);
        QCOMPARE(decoded.used, whole.used);
    };
    QList<qsizetype> everyByte;
    for (qsizetype end = 0; end <= wire.size(); ++end) {
        compare({end, wire.size()});
        everyByte.append(end);
    }
    compare(everyByte);
}

void TestChunked::appends()
{
    QByteArray out = "before "_ba;
    ChunkedDecoder decoder;
    QCOMPARE(decoder.decode("5\r\nhello\r\n", out), 10);
    QCOMPARE(decoder.decode("0\r\n\r\n", out), 5);
    QCOMPARE(out, "before hello"_ba);
}

void TestChunked::endStays()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const ChunkedDecoder::Status, status);
    if (status == ChunkedDecoder::Status::More)
        return;

    ChunkedDecoder decoder;
    QByteArray out;
    (void)decoder.decode(wire, out);
    out.clear();
    QCOMPARE(decoder.decode("5\r\nhello\r\n0\r\n\r\n", out), 0);
    QCOMPARE(decoder.status(), status);
    QCOMPARE(out, ""_ba);
}

void TestChunked::boundsWhatIsDropped_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<ChunkedDecoder::Status>("status");

    const QByteArray some(4'000, 'x');
    const QByteArray much(100'000, 'x');
    QTest::newRow("some extension") << "1;"_ba + some + "\r\na\r\n0\r\n\r\n"_ba << ChunkedDecoder::Status::Done;
    QTest::newRow("endless extension") << "1;"_ba + much << ChunkedDecoder::Status::Error;
    QTest::newRow("endless padding") << "1"_ba + QByteArray(100'000, ' ') << ChunkedDecoder::Status::Error;
    QTest::newRow("some trailers") << "0\r\nX: "_ba + some + "\r\n\r\n"_ba << ChunkedDecoder::Status::Done;
    QTest::newRow("endless trailer") << "0\r\nX: "_ba + much << ChunkedDecoder::Status::Error;
    QTest::newRow("endless trailers") << "0\r\n"_ba + "X: y\r\n"_ba.repeated(20'000) << ChunkedDecoder::Status::Error;
}

void TestChunked::boundsWhatIsDropped()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const ChunkedDecoder::Status, status);
    QCOMPARE(decodeInPieces(wire, {wire.size()}).status, status);
}

// The framing of a long stream must not count as bytes that are dropped.
void TestChunked::manySmallChunks()
{
    constexpr int count = 100'000;
    const Decoded decoded = decodeInPieces("1\r\nx\r\n"_ba.repeated(count) + "0\r\n\r\n"_ba, {6 * count + 5});
    QCOMPARE(decoded.status, ChunkedDecoder::Status::Done);
    QCOMPARE(decoded.body, QByteArray(count, 'x'));
}

void TestChunked::encodes()
{
    QCOMPARE(encodeChunk("hello"), "5\r\nhello\r\n"_ba);
    QCOMPARE(encodeChunk("a\0\r\n"_ba), "4\r\na\0\r\n\r\n"_ba);
    QCOMPARE(encodeChunk(QByteArray(0x1234, 'x')), "1234\r\n"_ba + QByteArray(0x1234, 'x') + "\r\n"_ba);
    QCOMPARE(QByteArray(lastChunk), "0\r\n\r\n"_ba);
}

void TestChunked::encodesWhatItDecodes()
{
    QByteArray wire;
    QByteArray body;
    for (int size = 1; size < 5'000; size = size * 3 + 1) {
        const QByteArray data(size, static_cast<char>('a' + size % 26));
        wire += encodeChunk(data);
        body += data;
    }
    wire += lastChunk;
    const Decoded decoded = decodeInPieces(wire, {wire.size()});
    QCOMPARE(decoded.status, ChunkedDecoder::Status::Done);
    QCOMPARE(decoded.body, body);
}

QTEST_APPLESS_MAIN(TestChunked)
#include "tst_chunked.moc"
