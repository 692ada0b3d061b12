#include "proxy/gate/clientconnection.h"
#include "proxy/net/nativesocket.h"
#include "tests/support/somebytes.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <memory>

namespace {

constexpr qsizetype inputLimit = 4096;

// Hands out the descriptors of incoming connections.
class Listener : public QTcpServer
{
public:
    qintptr accepted = -1;

protected:
    void incomingConnection(qintptr descriptor) override { accepted = descriptor; }
};

} // namespace

// Bytes in and out of one connection, its bounds and its ends.
class TestClientConnection : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsAtOnce();
    void keepsWhatTheClientDoesNotTake();
    void holdsBackItsClient();
    void canBeReadAfterTheEnd();
    void tellsOfAReset();
    void endsInAWrite_data();
    void endsInAWrite();
    void abortsOnce();
    void abortsWhileItTells();
    void closesInSilence();

private:
    std::unique_ptr<Listener> m_listener;
    std::unique_ptr<QTcpSocket> m_client;
    std::unique_ptr<ClientConnection> m_connection;
};

void TestClientConnection::init()
{
    m_listener = std::make_unique<Listener>();
    QVERIFY(m_listener->listen(QHostAddress::LocalHost));
    m_client = std::make_unique<QTcpSocket>();
    m_client->setProxy(QNetworkProxy::NoProxy);
    m_client->connectToHost(QHostAddress::LocalHost, m_listener->serverPort());
    QTRY_VERIFY(m_listener->accepted != -1 && m_client->state() == QAbstractSocket::ConnectedState);
    m_connection = std::make_unique<ClientConnection>(m_listener->accepted, inputLimit);
}

void TestClientConnection::cleanup()
{
    m_connection.reset();
    m_client.reset();
    m_listener.reset();
}

void TestClientConnection::sendsAtOnce()
{
    QSignalSpy written(m_connection.get(), &ClientConnection::bytesWritten);
    m_connection->write("hello");
    QCOMPARE(m_connection->bytesToWrite(), 0);
    QVERIFY(m_client->waitForReadyRead()); // no event loop of ours turned
    QCOMPARE(m_client->readAll(), "hello");
    QCOMPARE(written.count(), 0); // nothing had to wait
}

void TestClientConnection::keepsWhatTheClientDoesNotTake()
{
    const QByteArray bytes = someBytes(24 * 1024 * 1024); // more than the system takes
    m_client->setReadBufferSize(16 * 1024);
    qint64 told = 0;
    connect(m_connection.get(), &ClientConnection::bytesWritten, this, [&told](qint64 count) { told += count; });
    for (qsizetype at = 0; at < bytes.size(); at += 1024 * 1024)
        m_connection->write(QByteArrayView(bytes).sliced(at, 1024 * 1024));
    const qint64 waiting = m_connection->bytesToWrite();
    QVERIFY(waiting > 0);

    QByteArray received;
    m_client->setReadBufferSize(0);
    connect(m_client.get(), &QTcpSocket::readyRead, this, [&] {
        const bool first = received.isEmpty();
        received += m_client->readAll();
        if (first)
            m_connection->write("and the end"); // after what waits
    });
    QTRY_COMPARE(received.size(), bytes.size() + 11);
    QVERIFY(received == bytes + "and the end");
    QCOMPARE(m_connection->bytesToWrite(), 0);
    QCOMPARE(told, waiting + 11);
}

void TestClientConnection::holdsBackItsClient()
{
    const QByteArray bytes = someBytes(1024 * 1024);
    m_client->write(bytes);
    QTRY_COMPARE(m_connection->bytesAvailable(), inputLimit);
    QByteArray received;
    qsizetype most = 0;
    qsizetype piece = 1;
    while (received.size() < bytes.size()) {
        QTRY_VERIFY(m_connection->bytesAvailable() > 0);
        most = std::max(most, m_connection->bytesAvailable());
        received += piece % 7 == 0 ? m_connection->readAll() : m_connection->read(piece);
        piece = piece % 5000 + 13;
    }
    QVERIFY(received == bytes);
    QCOMPARE(most, inputLimit);
    m_client->write("thrown away");
    QTRY_COMPARE(m_connection->bytesAvailable(), 11);
    QCOMPARE(m_connection->read(6), "thrown");
    m_connection->skipAll();
    QCOMPARE(m_connection->bytesAvailable(), 0);
    QCOMPARE(m_connection->readAll(), QByteArray());
}

void TestClientConnection::canBeReadAfterTheEnd()
{
    QSignalSpy disconnected(m_connection.get(), &ClientConnection::disconnected);
    m_client->write("last words");
    m_client->disconnectFromHost();
    QTRY_COMPARE(disconnected.count(), 1);
    QCOMPARE(m_connection->descriptor(), qintptr(-1));
    QCOMPARE(m_connection->read(4), "last");
    QCOMPARE(m_connection->readAll(), " words");
    m_connection->write("nobody listens");
    QCOMPARE(m_connection->bytesToWrite(), 0);
    m_connection->abort();
    QCOMPARE(disconnected.count(), 1);
}

void TestClientConnection::tellsOfAReset()
{
    QSignalSpy disconnected(m_connection.get(), &ClientConnection::disconnected);
    nativesocket::resetOnClose(m_client->socketDescriptor());
    m_client->abort();
    QTRY_COMPARE(disconnected.count(), 1);
}

void TestClientConnection::endsInAWrite_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("reset") << true;
    QTest::newRow("closed") << false; // without care the system would send a signal then, which ends the program
}

void TestClientConnection::endsInAWrite()
{
    QFETCH(const bool, reset);
    QSignalSpy disconnected(m_connection.get(), &ClientConnection::disconnected);
    if (reset)
        nativesocket::resetOnClose(m_client->socketDescriptor());
    m_client->abort();
    while (disconnected.isEmpty()) // without the event loop, so that only writing can tell
        m_connection->write("anybody there?");
    QCOMPARE(disconnected.count(), 1);
    QCOMPARE(m_connection->descriptor(), qintptr(-1));
}

void TestClientConnection::abortsOnce()
{
    QSignalSpy disconnected(m_connection.get(), &ClientConnection::disconnected);
    m_connection->write(someBytes(24 * 1024 * 1024));
    QVERIFY(m_connection->bytesToWrite() > 0);
    m_connection->abort();
    m_connection->abort();
    QCOMPARE(disconnected.count(), 1);
    QCOMPARE(m_connection->bytesToWrite(), 0);
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
}

void TestClientConnection::abortsWhileItTells()
{
    QSignalSpy readyRead(m_connection.get(), &ClientConnection::readyRead);
    connect(m_connection.get(), &ClientConnection::readyRead, m_connection.get(), &ClientConnection::abort);
    connect(m_connection.get(), &ClientConnection::disconnected, this, [this] {
        m_connection.release()->deleteLater(); // as the gate's socket does
    });
    m_client->write("hello");
    QTRY_VERIFY(!m_connection);
    QCOMPARE(readyRead.count(), 1);
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
}

void TestClientConnection::closesInSilence()
{
    QSignalSpy disconnected(m_connection.get(), &ClientConnection::disconnected);
    m_connection.reset();
    QTRY_COMPARE(m_client->state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(disconnected.count(), 0);
}

QTEST_GUILESS_MAIN(TestClientConnection)
#include "tst_clientconnection.moc"
