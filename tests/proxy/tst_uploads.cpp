#include "proxy/guard/guard.h"
#include "tests/support/proxyfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;

namespace {

const QByteArray start = "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                         "X-Goog-Upload-Header-Content-Length: 300000\r\n"
                         "X-Goog-Upload-Header-Content-Type: text/plain\r\nContent-Type: application/json\r\n"_ba;

QByteArray bytesOf(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 + i / 251);
    return bytes;
}

} // namespace

// Google's resumable uploads, from the start to the file (https://ai.google.dev/api/files).
class TestUploads : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void resumable_data();
    void resumable();
    void startAnswer_data();
    void startAnswer();
    void addressElsewhere_data();
    void addressElsewhere();
    void withAToken();
    void interrupted();

private:
    // The path and query of an address at this proxy; "" if it leads elsewhere.
    [[nodiscard]] QByteArray targetOf(const QByteArray &address) const
    {
        const QByteArray here = "http://" + m_test->own();
        return address.startsWith(here) ? address.sliced(here.size()) : ""_ba;
    }

    std::unique_ptr<ProxyFixture> m_test;
    QByteArray m_place; // where the upstream's upload is
};

void TestUploads::init()
{
    m_test = std::make_unique<ProxyFixture>();
    QVERIFY(m_test->start());
    m_place = "http://127.0.0.1:"_ba + QByteArray::number(m_test->upstream.serverPort());
}

void TestUploads::resumable_data()
{
    QTest::addColumn<QByteArray>("base"); // of the upstream's paths
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<qsizetype>("chunk");
    QTest::newRow("at once") << ""_ba
                             << "POST"_ba << qsizetype(300'000);
    QTest::newRow("in chunks") << ""_ba
                               << "POST"_ba << qsizetype(131'072);
    QTest::newRow("by PUT") << ""_ba
                            << "PUT"_ba << qsizetype(300'000);
    QTest::newRow("below a path") << "/gateway"_ba
                                  << "POST"_ba << qsizetype(131'072);
}

void TestUploads::resumable()
{
    QFETCH(const QByteArray, base);
    QFETCH(const QByteArray, method);
    QFETCH(const qsizetype, chunk);
    QVERIFY(m_test->start([&](ProxySettings &settings) { settings.upstream.setPath(QString::fromLatin1(base)); }));
    const QByteArray session = "/upload/v1beta/files?upload_id=AB-c_%2F1&upload_protocol=resumable"_ba;
    QByteArray received;
    m_test->upstream.setScript([&](const ScriptedServer::Request &request) {
        const http::Fields &fields = request.head.fields;
        const QByteArray command = fields.joined("x-goog-upload-command");
        if (command == "start") {
            return answered("200 OK"_ba,
                            "X-Goog-Upload-Status: active\r\nX-Goog-Upload-URL: "_ba + m_place + base + session
                                    + "\r\nX-Goog-Upload-Control-URL: " + m_place + base + session
                                    + "\r\nX-Goog-Upload-Chunk-Granularity: 131072\r\n",
                            {});
        }
        if (request.head.target != base + session
            || fields.joined("x-goog-upload-offset").toLongLong() != received.size())
            return answered("400 Bad"_ba, {}, "wrong place"_ba);
        received += request.body;
        if (command == "upload, finalize")
            return answered("200 OK"_ba, "X-Goog-Upload-Status: final\r\n"_ba, "{\"file\":{}}"_ba);
        return answered("200 OK"_ba, "X-Goog-Upload-Status: active\r\n"_ba, {});
    });

    const Response begun = m_test->answerTo("POST"_ba, "/upload/v1beta/files?key=secret-of-client"_ba, start,
                                            "{\"file\":{\"displayName\":\"x\"}}"_ba);
    QCOMPARE(begun.status, 200);
    QCOMPARE(begun.fields.joined("x-goog-upload-status"), "active"_ba);
    QCOMPARE(begun.fields.joined("x-goog-upload-chunk-granularity"), "131072"_ba);
    QCOMPARE(begun.fields.count("x-goog-upload-url"), 1);
    QCOMPARE(targetOf(begun.fields.value("x-goog-upload-url")), session);
    QCOMPARE(targetOf(begun.fields.value("x-goog-upload-control-url")), session);
    QCOMPARE(m_test->upstream.requests()[0].head.target, base + "/upload/v1beta/files");
    QCOMPARE(m_test->upstream.requests()[0].head.fields.joined("x-goog-upload-header-content-length"), "300000"_ba);
    QCOMPARE(m_test->checkCredentials(), QString());

    const QByteArray file = bytesOf(300'000);
    Response last;
    for (qsizetype at = 0; at < file.size(); at += chunk) {
        const QByteArray piece = file.mid(at, chunk);
        const bool final = at + piece.size() == file.size();
        last = m_test->answerTo(method, targetOf(begun.fields.value("x-goog-upload-url")),
                                "X-Goog-Upload-Command: upload"_ba + (final ? ", finalize" : "")
                                        + "\r\nX-Goog-Upload-Offset: " + QByteArray::number(at) + "\r\n",
                                piece);
        QCOMPARE(last.status, 200);
        QCOMPARE(m_test->checkCredentials(), QString());
    }
    QCOMPARE(last.fields.joined("x-goog-upload-status"), "final"_ba);
    QCOMPARE(last.body, "{\"file\":{}}"_ba);
    QVERIFY(received == file);
    for (const ExchangeInfo &info : std::as_const(m_test->proxy->ended)) {
        QCOMPARE(info.route, "upload"_ba);
        QCOMPARE(info.end, ExchangeInfo::End::Complete);
    }
}

void TestUploads::startAnswer_data()
{
    QTest::addColumn<QByteArray>("host"); // as the client calls this server
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("expected"); // "HERE" stands for the client's name for it
    QTest::newRow("by address") << "127.0.0.1:PORT"_ba
                                << "UP/upload/x?upload_id=1"_ba
                                << "HERE/upload/x?upload_id=1"_ba;
    QTest::newRow("by name") << "LocalHost:PORT"_ba
                             << "UP/upload/x?upload_id=1"_ba
                             << "HERE/upload/x?upload_id=1"_ba;
    QTest::newRow("by a configured name") << "desk.lan"_ba
                                          << "UP/upload/x"_ba
                                          << "HERE/upload/x"_ba;
    QTest::newRow("with a key in it") << "127.0.0.1:PORT"_ba
                                      << "UP/upload/x?key=secret-of-client&upload_id=1"_ba
                                      << "HERE/upload/x?upload_id=1"_ba;
    QTest::newRow("path alone") << "127.0.0.1:PORT"_ba
                                << "/upload/x"_ba
                                << "/upload/x"_ba;
}

void TestUploads::startAnswer()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, expected);
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.allowedHosts = {"desk.lan"_ba}; }));
    host.replace("PORT", QByteArray::number(m_test->proxy->port));
    address.replace("UP", m_place);
    expected.replace("HERE", "http://" + host);
    m_test->upstream.setScript(answered("200 OK"_ba, "X-Goog-Upload-URL: "_ba + address + "\r\n", {}));
    HttpClient client(m_test->proxy->port);
    client.send("POST /upload/v1beta/files HTTP/1.1\r\nHost: "_ba + host + "\r\nContent-Length: 0\r\n\r\n");
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.response().fields.joined("x-goog-upload-url"), expected);
}

void TestUploads::addressElsewhere_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("address");
    for (const char *name : {"X-Goog-Upload-URL", "x-goog-upload-control-url"}) {
        for (const char *address :
             {"https://evil.example/upload/x", "//evil.example/upload/x", "http://127.0.0.1:1/x", "http://user@UP/x",
              "http://UP@evil.example/x", "https://UP/upload/x", "http://UP/../x", "upload/x", ""})
            QTest::addRow("%s: %s", name, address) << QByteArray(name) << QByteArray(address);
    }
}

// The client must not send its data elsewhere, so it gets no answer that would tell it to.
void TestUploads::addressElsewhere()
{
    QFETCH(const QByteArray, name);
    QFETCH(QByteArray, address);
    address.replace("UP", m_place.sliced(7));
    m_test->upstream.setScript(answered("200 OK"_ba, name + ": " + address + "\r\n", "{}"_ba));
    const Response answer = m_test->answerTo("POST"_ba, "/upload/v1beta/files"_ba, start, "{}"_ba);
    QCOMPARE(ProxyFixture::checkError(answer, 502), QString());
    QVERIFY(!answer.fields.contains(name));
    QVERIFY(!answer.body.contains("evil"));
    QCOMPARE(m_test->proxy->ended.value(0).end, ExchangeInfo::End::Failed);
}

// The upload's address holds no credential, so whoever uses it needs their own.
void TestUploads::withAToken()
{
    QVERIFY(m_test->start(
            [](ProxySettings &settings) { settings.tokens = {guard::makeToken("editor"_ba, "secret-of-client"_ba)}; }));
    m_test->upstream.setScript(
            answered("200 OK"_ba, "X-Goog-Upload-URL: "_ba + m_place + "/upload/x?upload_id=1\r\n", {}));
    const QByteArray token = "x-goog-api-key: secret-of-client\r\n"_ba;
    const Response begun = m_test->answerTo("POST"_ba, "/upload/v1beta/files"_ba, token + start, "{}"_ba);
    const QByteArray target = targetOf(begun.fields.value("x-goog-upload-url"));
    QCOMPARE(target, "/upload/x?upload_id=1"_ba);
    QCOMPARE(m_test->answerTo("POST"_ba, target, {}, "data"_ba).status, 401);
    QCOMPARE(m_test->upstream.requestCount(), 1);
    QCOMPARE(m_test->answerTo("POST"_ba, target, token, "data"_ba).status, 200);
    QCOMPARE(m_test->checkCredentials(), QString());
}

// The client asks how much has arrived, and goes on from there.
void TestUploads::interrupted()
{
    m_test->upstream.setScript([](const ScriptedServer::Request &request) {
        if (request.head.fields.joined("x-goog-upload-command") == "query") {
            return answered("200 OK"_ba, "X-Goog-Upload-Status: active\r\nX-Goog-Upload-Size-Received: 4096\r\n"_ba,
                            {});
        }
        return answered("503 Service Unavailable"_ba, {}, {});
    });
    const QByteArray target = "/upload/v1beta/files?upload_id=1"_ba;
    QCOMPARE(m_test->answerTo("POST"_ba, target, "X-Goog-Upload-Command: upload\r\n"_ba, bytesOf(9000)).status, 503);
    QCOMPARE(m_test->upstream.requestCount(), 1);
    const Response answer = m_test->answerTo("POST"_ba, target, "X-Goog-Upload-Command: query\r\n"_ba);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.fields.joined("x-goog-upload-size-received"), "4096"_ba);
}

QTEST_GUILESS_MAIN(TestUploads)
#include "tst_uploads.moc"
