#include "proxy/exchange/modelscache.h"
#include "proxy/guard/guard.h"
#include "tests/support/proxyfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

namespace {

const QByteArray list = "/v1beta/models"_ba;
const QByteArray models = "{\"models\":[{\"name\":\"models/m\"}]}\n"_ba;

} // namespace

// The list of models outlives an outage of the upstream, and nothing else does.
class TestModelsCache : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void forgetsWhatIsOld();
    void isBounded();

    void servesWhenDown_data();
    void servesWhenDown();
    void staysLiveOtherwise_data();
    void staysLiveOtherwise();
    void onlyWhatWasAskedBefore();
    void onlyWholeGoodLists_data();
    void onlyWholeGoodLists();
    void eachPageForItself();
    void forgetsWithTheKey_data();
    void forgetsWithTheKey();
    void corsFieldsAreOfTheAsker();
    void staleIsReported();

private:
    void makeDown(const QByteArray &how);
    void answerModels()
    {
        m_test->upstream.setScript(
                answered("200 OK"_ba, "Content-Type: application/json\r\nETag: \"x\"\r\n"_ba, models));
    }

    std::unique_ptr<ProxyFixture> m_test;
};

void TestModelsCache::init()
{
    m_test = std::make_unique<ProxyFixture>();
    answerModels();
    QVERIFY(m_test->start());
}

void TestModelsCache::makeDown(const QByteArray &how)
{
    if (how == "refused") {
        m_test->upstream.closeAll();
        m_test->upstream.close();
    } else if (how == "cut") {
        m_test->upstream.setScript({Step::close()});
    } else if (how == "silent") {
        m_test->upstream.setScript({Step::waitForRelease()});
    } else {
        m_test->upstream.setScript(answered(how + " X", {}, how.endsWith('e') ? ""_ba : "down"_ba));
    }
}

void TestModelsCache::forgetsWhatIsOld()
{
    ModelsCache cache;
    const auto then = ModelsCache::Clock::now();
    cache.keep("a"_ba, {{"X", "1"}}, "body"_ba, then);
    QVERIFY(cache.find("a"_ba, then + 10min));
    QCOMPARE(cache.find("a"_ba, then + 1min)->body, "body"_ba);
    QCOMPARE(cache.find("a"_ba, then + 1min)->fields.joined("x"), "1"_ba);
    QVERIFY(!cache.find("a"_ba, then + 10min + 1ms));
    QVERIFY(!cache.find("b"_ba, then));
    cache.keep("a"_ba, {}, "newer"_ba, then + 9min);
    QCOMPARE(cache.find("a"_ba, then + 15min)->body, "newer"_ba);
    QCOMPARE(cache.count(), 1);
}

void TestModelsCache::isBounded()
{
    ModelsCache cache;
    const auto then = ModelsCache::Clock::now();
    cache.keep("large"_ba, {}, QByteArray(ModelsCache::maximumBytes + 1, 'x'), then);
    QCOMPARE(cache.count(), 0);
    for (int i = 0; i < 2 * ModelsCache::maximumEntries; ++i)
        cache.keep(QByteArray::number(i), {}, "x"_ba, then + std::chrono::seconds(i));
    QCOMPARE(cache.count(), ModelsCache::maximumEntries);
    QVERIFY(!cache.find("0"_ba, then + 64s));
    QVERIFY(cache.find(QByteArray::number(2 * ModelsCache::maximumEntries - 1), then + 64s));
}

void TestModelsCache::servesWhenDown_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how : {"refused", "cut", "silent", "502", "503", "504", "503 none"})
        QTest::addRow("%s", how) << QByteArray(how);
}

void TestModelsCache::servesWhenDown()
{
    QFETCH(const QByteArray, how);
    QVERIFY(m_test->start([&](ProxySettings &settings) {
        if (how == "silent")
            settings.limits.firstByteTime = 50ms;
    }));
    const Response live = m_test->answerTo("GET"_ba, list + "?key=secret-of-client");
    QCOMPARE(live.status, 200);
    QVERIFY(!live.fields.contains("age"));
    QVERIFY(!live.fields.contains("warning"));

    makeDown(how);
    const Response kept = m_test->answerTo("GET"_ba, list);
    QCOMPARE(kept.end, End::Clean);
    QCOMPARE(kept.status, 200);
    QCOMPARE(kept.body, models);
    QCOMPARE(kept.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(kept.fields.joined("content-length"), QByteArray::number(models.size()));
    QCOMPARE(kept.fields.joined("etag"), "\"x\""_ba);
    QCOMPARE(kept.fields.count("age"), 1);
    QVERIFY(kept.fields.value("age").toInt() < 600);
    QCOMPARE(kept.fields.joined("warning"), "110 - \"Response is Stale\""_ba);
    QCOMPARE(m_test->proxy->ended.value(1).status, 200);
    QCOMPARE(m_test->proxy->ended[1].end, ExchangeInfo::End::Complete);
    QCOMPARE(m_test->proxy->ended[1].responseBytes, models.size());

    // Nothing else is served from the cache.
    QVERIFY(m_test->answerTo("GET"_ba, list + "/m").status >= 500);
    QVERIFY(m_test->answerTo("POST"_ba, list + "/m:generateContent", {}, "{}"_ba).status >= 500);
}

void TestModelsCache::staysLiveOtherwise_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char *status : {"400", "401", "403", "404", "429", "500"})
        QTest::addRow("%s", status) << QByteArray(status);
}

void TestModelsCache::staysLiveOtherwise()
{
    QFETCH(const QByteArray, status);
    QCOMPARE(m_test->answerTo("GET"_ba, list).status, 200);
    makeDown(status);
    const Response answer = m_test->answerTo("GET"_ba, list);
    QCOMPARE(answer.status, status.toInt());
    QCOMPARE(answer.body, "down"_ba);
    answerModels();
    QVERIFY(!m_test->answerTo("GET"_ba, list).fields.contains("age"));
    QCOMPARE(m_test->upstream.requestCount(), 3);
}

void TestModelsCache::onlyWhatWasAskedBefore()
{
    QCOMPARE(m_test->answerTo("GET"_ba, list).status, 200);
    QCOMPARE(m_test->answerTo("HEAD"_ba, list + "?pageSize=2").status, 200);
    QCOMPARE(m_test->answerTo("GET"_ba, "/v1beta/cachedContents"_ba).status, 200);
    makeDown("refused"_ba);
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, list + "?pageSize=1"), 502), QString());
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, list + "?pageSize=2"), 502), QString());
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, "/v1beta/cachedContents"_ba), 502), QString());
    // Another field mask asks for something else, so the cached list does not serve it.
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, list, "X-Goog-FieldMask: a\r\n"_ba), 502), QString());
}

void TestModelsCache::onlyWholeGoodLists_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("cut") << "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"_ba;
    QTest::newRow("partial") << "HTTP/1.1 206 X\r\nContent-Length: 1\r\n\r\n{"_ba;
    QTest::newRow("error") << "HTTP/1.1 403 X\r\nContent-Length: 1\r\n\r\n{"_ba;
    QTest::newRow("too large") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"
                                             + QByteArray(2'000'000, 'x'));
}

void TestModelsCache::onlyWholeGoodLists()
{
    QFETCH(const QByteArray, bytes);
    m_test->upstream.setScript({Step::send(bytes), Step::turn(), Step::close()});
    QVERIFY(m_test->answerTo("GET"_ba, list).status > 0);
    makeDown("refused"_ba);
    QCOMPARE(ProxyFixture::checkError(m_test->answerTo("GET"_ba, list), 502), QString());
}

void TestModelsCache::eachPageForItself()
{
    m_test->upstream.setScript([](const ScriptedServer::Request &request) {
        return answered("200 OK"_ba, {}, "page of "_ba + request.head.target);
    });
    for (const QByteArray &query : {""_ba, "?pageSize=1"_ba, "?pageSize=1&pageToken=a"_ba})
        QCOMPARE(m_test->answerTo("GET"_ba, list + query).status, 200);
    makeDown("refused"_ba);
    for (const QByteArray &query : {""_ba, "?pageSize=1"_ba, "?pageSize=1&pageToken=a"_ba}) {
        const Response answer = m_test->answerTo("GET"_ba, list + query);
        QCOMPARE(answer.body, "page of "_ba + list + query);
        QVERIFY(answer.fields.contains("age"));
    }
}

void TestModelsCache::forgetsWithTheKey_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("key") << "key"_ba;
    QTest::newRow("upstream") << "upstream"_ba;
    QTest::newRow("something else") << ""_ba;
}

// What one key may see must not be shown to another.
void TestModelsCache::forgetsWithTheKey()
{
    QFETCH(const QByteArray, change);
    QCOMPARE(m_test->answerTo("GET"_ba, list).status, 200);
    ProxySettings settings = TestProxy::settingsFor(m_test->upstream.url());
    if (change == "key")
        settings.key = Secret("another-key-of-this-test"_ba);
    else if (change == "upstream")
        settings.upstream.setHost(u"localhost"_s);
    else
        settings.model = "other"_ba;
    m_test->proxy->server.apply(settings);
    makeDown("503"_ba);
    QCOMPARE(m_test->answerTo("GET"_ba, list).status, change.isEmpty() ? 200 : 503);
}

void TestModelsCache::corsFieldsAreOfTheAsker()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.allowedOrigins = {"https://app.example"_ba}; }));
    QCOMPARE(m_test->answerTo("GET"_ba, list, "Origin: https://app.example\r\n"_ba).status, 200);
    makeDown("refused"_ba);
    const Response stranger = m_test->answerTo("GET"_ba, list);
    QCOMPARE(stranger.body, models);
    QVERIFY(!stranger.fields.contains("access-control-allow-origin"));
    const Response page = m_test->answerTo("GET"_ba, list, "Origin: https://app.example\r\n"_ba);
    QCOMPARE(page.body, models);
    QCOMPARE(page.fields.joined("access-control-allow-origin"), "https://app.example"_ba);
}

void TestModelsCache::staleIsReported()
{
    QVERIFY(m_test->start([](ProxySettings &settings) { settings.reportContents = true; }));
    QCOMPARE(m_test->answerTo("GET"_ba, list).status, 200);
    makeDown("refused"_ba);
    QByteArray pieces;
    connect(&m_test->proxy->server, &ProxyServer::exchangePiece, this,
            [&](quint64, const QByteArray &bytes) { pieces += bytes; });
    QCOMPARE(m_test->answerTo("GET"_ba, list).body, models);
    QCOMPARE(pieces, models);
}

QTEST_GUILESS_MAIN(TestModelsCache)
#include "tst_modelscache.moc"
