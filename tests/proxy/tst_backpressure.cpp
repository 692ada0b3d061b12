#include "tests/support/heldmemory.h"
#include "tests/support/httpclient.h"
#include "tests/support/pacedupstream.h"
#include "tests/support/testproxy.h"

#include <QFile>
#include <QTest>

namespace {

constexpr qint64 megabyte = 1024 * 1024;
constexpr qint64 bigCount = 100 * megabyte / PacedUpstream::eventSize;

// Compares a body with what PacedUpstream makes, piece by piece, so that it needs no memory.
class Comparison
{
public:
    void take(QByteArrayView piece)
    {
        while (!piece.isEmpty()) {
            const qint64 inEvent = m_at % PacedUpstream::eventSize;
            if (inEvent == 0 && piece.size() >= 1024 * PacedUpstream::eventSize) {
                const QByteArray many = PacedUpstream::events(m_at / PacedUpstream::eventSize, 1024);
                right = right && piece.startsWith(many);
                m_at += many.size();
                piece = piece.sliced(many.size());
                continue;
            }
            const QByteArray expected = PacedUpstream::events(m_at / PacedUpstream::eventSize, 1).mid(inEvent);
            const qsizetype length = std::min(expected.size(), piece.size());
            right = right && piece.first(length) == QByteArrayView(expected).first(length);
            m_at += length;
            piece = piece.sliced(length);
        }
    }

    bool right = true;

private:
    qint64 m_at = 0;
};

// Of /proc/self/status; -1 = not known.
qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray status = file.readAll();
    const qsizetype at = status.indexOf("VmRSS:");
    return at < 0 ? -1 : status.mid(at + 6, status.indexOf("kB", at) - at - 6).trimmed().toLongLong() * 1024;
}

} // namespace

class tst_Backpressure : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void clientThatDoesNotRead();
    void clientThatNeverReadsAgain();
    void clientThatStopsAndGoesOn();

private:
    void start(std::chrono::milliseconds stallTime);

    std::unique_ptr<PacedUpstream> m_upstream;
    std::unique_ptr<TestProxy> m_proxy;
};

void tst_Backpressure::init()
{
    m_upstream = std::make_unique<PacedUpstream>();
    QVERIFY(m_upstream->start());
}

void tst_Backpressure::cleanup()
{
    m_proxy.reset();
    m_upstream.reset();
}

void tst_Backpressure::start(std::chrono::milliseconds stallTime)
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream->url());
    settings.limits.stallTime = stallTime;
    m_proxy = std::make_unique<TestProxy>(settings);
    QVERIFY(m_proxy->port);
}

void tst_Backpressure::clientThatDoesNotRead()
{
    start(std::chrono::minutes(10));
    const auto otherIsServed = [this] {
        HttpClient other(m_proxy->port);
        Comparison comparison;
        other.setSink([&comparison](QByteArrayView piece) { comparison.take(piece); });
        other.ask("x", {}, "?model=events-100000");
        return runUntil([&] { return other.hasEnded(); }) && comparison.right
                && other.response().end == HttpClient::End::Clean
                && other.response().length == 100'000 * PacedUpstream::eventSize;
    };
    QVERIFY(otherIsServed()); // also lets the process grow to its usual size

    const qint64 held = heldBytes();
    const qint64 resident = residentBytes();
    const qint64 madeBefore = m_upstream->made();
    HttpClient client(m_proxy->port);
    Comparison comparison;
    client.setSink([&comparison](QByteArrayView piece) { comparison.take(piece); });
    client.stopReading();
    client.ask("x", {}, "?model=events-" + QByteArray::number(bigCount));

    // The upstream stands still when all buffers on the way are full, and stays so while others are served.
    qint64 made = -1;
    QTRY_VERIFY(m_upstream->made() > madeBefore && std::exchange(made, m_upstream->made()) == m_upstream->made()
                && m_upstream->mostWaiting() > 0);
    QVERIFY(otherIsServed());
    const qint64 madeByOthers = 100'000 * PacedUpstream::eventSize;
    // On a busy machine the kernel may still have grown a buffer meanwhile; then this looks once more.
    qint64 madeForIt = -1; // for the client that does not read
    for (int i = 0; i < 5 && madeForIt != 0; ++i) {
        made = m_upstream->made();
        QVERIFY(otherIsServed());
        madeForIt = m_upstream->made() - made - madeByOthers;
    }
    QCOMPARE(madeForIt, 0);
    QVERIFY(m_upstream->mostWaiting() > 0);
    QVERIFY(m_upstream->made() - madeBefore < 50 * megabyte);
    QCOMPARE(m_proxy->server.openExchanges(), 1);

    const qint64 heldMore = heldBytes() - held;
    const qint64 residentMore = residentBytes() - resident;
    qInfo("memory: %lld KiB more held, %lld KiB more resident", heldMore / 1024, residentMore / 1024);
    if (memoryCounts) {
        QVERIFY(heldMore < 2 * megabyte);
        QVERIFY(residentMore < 2 * megabyte);
    }

    client.goOnReading();
    QVERIFY(runUntil([&] { return client.hasEnded(); }, std::chrono::minutes(3)));
    QCOMPARE(client.response().end, HttpClient::End::Clean);
    QCOMPARE(client.response().length, bigCount * PacedUpstream::eventSize);
    QVERIFY(comparison.right);
    QCOMPARE(m_proxy->ended.last().end, ExchangeInfo::End::Complete);
    QCOMPARE(m_proxy->ended.last().responseBytes, bigCount * PacedUpstream::eventSize);
}

void tst_Backpressure::clientThatNeverReadsAgain()
{
    start(std::chrono::milliseconds(50));
    HttpClient client(m_proxy->port);
    client.stopReading();
    client.ask("x", {}, "?model=events-" + QByteArray::number(bigCount));
    QTRY_COMPARE(m_proxy->ended.size(), 1);
    QCOMPARE(m_proxy->ended[0].end, ExchangeInfo::End::Failed);
    QVERIFY(!m_proxy->ended[0].failure.isEmpty());
    QVERIFY(m_proxy->ended[0].responseBytes < bigCount * PacedUpstream::eventSize);
    QTRY_COMPARE_WITH_TIMEOUT(m_upstream->openConnections(), 0, 1000);

    client.goOnReading();
    QVERIFY(runUntil([&] { return client.wasClosed(); }));
    QVERIFY(client.wasReset());
    QCOMPARE(client.response().end, HttpClient::End::Cut);

    HttpClient next(m_proxy->port);
    next.ask("x", {}, "?model=events-10");
    QVERIFY(runUntil([&] { return next.hasEnded(); }));
    QCOMPARE(next.response().body, PacedUpstream::events(0, 10));
}

void tst_Backpressure::clientThatStopsAndGoesOn()
{
    start(std::chrono::minutes(10));
    HttpClient client(m_proxy->port);
    Comparison comparison;
    client.setSink([&comparison](QByteArrayView piece) { comparison.take(piece); });
    client.stopReading();
    client.ask("x", {}, "?model=events-" + QByteArray::number(bigCount));
    int stops = 0;
    while (!client.hasEnded()) {
        // Once the upstream has come to a stand, the client takes a few megabytes, until it stands again.
        qint64 made = -1;
        QVERIFY(runUntil([&] { return std::exchange(made, m_upstream->made()) == m_upstream->made(); }));
        const qint64 had = client.response().length;
        client.goOnReading();
        QVERIFY(runUntil([&] { return client.hasEnded() || client.response().length - had > 5 * megabyte; }));
        client.stopReading();
        ++stops;
    }
    QVERIFY(stops > 5);
    QCOMPARE(client.response().end, HttpClient::End::Clean);
    QCOMPARE(client.response().length, bigCount * PacedUpstream::eventSize);
    QVERIFY(comparison.right);
}

QTEST_GUILESS_MAIN(tst_Backpressure)
#include "tst_backpressure.moc"
