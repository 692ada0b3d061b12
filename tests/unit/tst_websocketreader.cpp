#include "proxy/http/websocketreader.h"

#include <QList>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray frame(quint8 first, const QByteArray &payload, const QByteArray &mask = {})
{
    QByteArray bytes(1, static_cast<char>(first));
    const auto size = static_cast<quint64>(payload.size());
    const int marked = mask.isEmpty() ? 0 : 0x80;
    const int extra = size < 126 ? 0 : size < 65'536 ? 2 : 8;
    bytes += static_cast<char>(marked | (extra == 0 ? static_cast<int>(size) : extra == 2 ? 126 : 127));
    for (int shift = 8 * (extra - 1); shift >= 0; shift -= 8)
        bytes += static_cast<char>(size >> shift & 0xff);
    bytes += mask;
    for (qsizetype i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(mask.isEmpty() ? payload[i] : payload[i] ^ mask[i % 4]);
    return bytes;
}

} // namespace

class TestWebSocketReader : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void noFrames();
};

void TestWebSocketReader::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("messages");
    QTest::addColumn<bool>("between");
    QTest::addColumn<bool>("closed");

    const QByteArray mask = "\x01\xf2\x33\x44"_ba;
    for (const QByteArray &used : {QByteArray(), mask}) {
        for (const qsizetype size : {0, 1, 125, 126, 300})
            QTest::addRow("%lld bytes%s", static_cast<long long>(size), used.isEmpty() ? "" : ", masked")
                    << frame(0x81, QByteArray(size, 'm'), used) << QByteArrayList{QByteArray(size, 'm')} << true
                    << false;
        QTest::addRow("fragments and a ping between%s", used.isEmpty() ? "" : ", masked") << frame(0x01, "ab", used)
                        + frame(0x89, "ping", used) + frame(0x00, "", used) + frame(0x80, "cd", used)
                        + frame(0x82, "e", used) << QByteArrayList{"abcd", "e"} << true << false;
        QTest::addRow("close%s", used.isEmpty() ? "" : ", masked")
                << frame(0x81, "a", used) + frame(0x88, "\x03\xe8", used) << QByteArrayList{"a"} << true << true;
    }
    QTest::newRow("half a head") << "\x81"_ba << QByteArrayList{} << false << false;
    QTest::newRow("half a length") << "\x81\x7e\x01"_ba << QByteArrayList{} << false << false;
    QTest::newRow("half a message") << "\x81\x05half"_ba << QByteArrayList{} << false << false;
    QTest::newRow("nothing") << ""_ba << QByteArrayList{} << true << false;
}

void TestWebSocketReader::reads()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, messages);
    QFETCH(const bool, between);
    QFETCH(const bool, closed);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        WebSocketReader reader;
        QByteArrayList read;
        QByteArray message;
        const auto take = [&](QByteArrayView piece, bool last) {
            message += piece;
            if (last)
                read.append(std::exchange(message, {}));
        };
        reader.feed(QByteArrayView(bytes).first(cut), take);
        reader.feed(QByteArrayView(bytes).sliced(cut), take);
        QCOMPARE(read, messages);
        QCOMPARE(reader.isBetweenFrames(), between);
        QCOMPARE(reader.hasClosed(), closed);
    }
}

// No frame has such a length, so nothing can be told from there on.
void TestWebSocketReader::noFrames()
{
    WebSocketReader reader;
    reader.feed(QByteArrayView("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff"
                               "abc",
                               13),
                [](QByteArrayView, bool) {});
    QVERIFY(!reader.isBetweenFrames());
}

QTEST_APPLESS_MAIN(TestWebSocketReader)
#include "tst_websocketreader.moc"
