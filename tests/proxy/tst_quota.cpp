#include "proxy/gemini/quota.h"
#include "tests/support/proxyfixture.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using End = HttpClient::End;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

namespace {

const QByteArray generate = "/v1beta/models/gemini-2.5-pro:generateContent"_ba;

QByteArray violation(const QByteArray &id, const QByteArray &model = {})
{
    return "{\"quotaMetric\":\"g.com/requests\",\"quotaId\":\"" + id + "\",\"quotaDimensions\":{\"model\":\"" + model
            + "\"},\"quotaValue\":\"5\"}";
}

QByteArray body(const QByteArray &violations, const QByteArray &delay)
{
    QByteArrayList details{"{\"@type\":\"type.googleapis.com/google.rpc.Help\",\"links\":[]}"_ba};
    if (!violations.isEmpty())
        details.append("{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[" + violations
                       + "]}");
    if (!delay.isEmpty())
        details.append("{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}");
    return "{\n  \"error\": {\"code\": 429, \"message\": \"You exceeded your quota.\", \"details\": ["
            + details.join(',') + "]}\n}\n";
}

const QByteArray perMinute = violation("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"_ba, "gemini-2.5-pro"_ba);
const QByteArray perDay = violation("GenerateRequestsPerDayPerProjectPerModel-FreeTier"_ba, "gemini-2.5-pro"_ba);
// What Google says of a model for which a key has no quota at all: no quotaValue, and the limit in the message.
const QByteArray none =
        QByteArray(body(R"({"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                            "quotaDimensions":{"model":"gemini-2.5-pro"}})"_ba,
                        "34s"_ba))
                .replace("your quota.",
                         "your quota.\\n* Quota exceeded for metric: g.com/requests, limit: 0, model: gemini-2.5-pro");

} // namespace

// A 429 says plainly which quota was hit, and when to come back.
class TestQuota : public QObject
{
    Q_OBJECT

private slots:
    void delay_data();
    void delay();
    void report_data();
    void report();

    void answer_data();
    void answer();
    void bodyInPieces_data();
    void bodyInPieces();
    void hugeBody();
    void cutBody();
    void otherStatusesStay();
    void nextDay_data();
    void nextDay();
    void waitsOut503_data();
    void waitsOut503();
    void keyIsMasked();
    void isLogged();
};

void TestQuota::delay_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("seconds"); // -1 = not understood
    const auto row = [](const char *text, int seconds) { QTest::addRow("%s", text) << QByteArray(text) << seconds; };
    row("34s", 34);
    row("34.074824224s", 35);
    row("34.000s", 34);
    row("0s", 0);
    row("0.000000001s", 1);
    row("86400s", 86400);
    row("", -1);
    row("s", -1);
    row("34", -1);
    row("34m", -1);
    row("-34s", -1);
    row("34.s", -1);
    row(".5s", -1);
    row("3 4s", -1);
    row("1e3s", -1);
    row("99999999999s", -1);
    row("99999999999999999999999s", -1);
}

void TestQuota::delay()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, seconds);
    const auto delay = quota::retryDelay(text);
    QCOMPARE(delay ? int(delay->count()) : -1, seconds);
}

void TestQuota::report_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("seconds");

    QTest::newRow("per minute") << body(perMinute, "34s"_ba) << "per-minute gemini-2.5-pro"_ba << 34;
    QTest::newRow("per day") << body(perDay, {}) << "per-day gemini-2.5-pro"_ba << -1;
    QTest::newRow("the longer of two") << body(perMinute + ',' + perDay, {}) << "per-day gemini-2.5-pro"_ba << -1;
    QTest::newRow("in the other order") << body(perDay + ',' + perMinute, {}) << "per-day gemini-2.5-pro"_ba << -1;
    QTest::newRow("the first of two as long")
            << body(violation("RequestsPerDay"_ba, "a"_ba) + ',' + violation("TokensPerDay"_ba, "b"_ba), {})
            << "per-day a"_ba << -1;
    QTest::newRow("in a list") << '[' + body(perDay, "1s"_ba) + ']' << "per-day gemini-2.5-pro"_ba << 1;
    QTest::newRow("no model") << body(violation("TokensPerMinute"_ba), {}) << "per-minute"_ba << -1;
    QTest::newRow("no period") << body(violation("Concurrent"_ba, "m"_ba), {}) << "Concurrent m"_ba << -1;
    QTest::newRow("metric alone") << body(violation(""_ba, "m"_ba), {}) << "g.com/requests m"_ba << -1;
    QTest::newRow("odd letters") << body(violation("a\\n b\\u0000{}=,\\\""_ba, "\xc3\xbc"_ba), {}) << "a__b______ _"_ba
                                 << -1;
    QTest::newRow("delay alone") << body({}, "2.5s"_ba) << ""_ba << 3;
    QTest::newRow("nothing") << body({}, {}) << ""_ba << -1;
    QTest::newRow("no details") << R"({"error":{"code":429}})"_ba
                                << ""_ba << -1;
    QTest::newRow("other types") << R"({"error":{"details":[1,"x",[],{"@type":1,"retryDelay":"3s"}]}})"_ba
                                 << ""_ba << -1;
    QTest::newRow("other shapes")
            << R"({"error":{"details":[{"@type":"x/google.rpc.QuotaFailure","violations":{"quotaId":"x"}},
                  {"@type":"x/google.rpc.RetryInfo","retryDelay":34}]}})"_ba
            << ""_ba << -1;
    QTest::newRow("empty list") << "[]"_ba
                                << ""_ba << -1;
    QTest::newRow("no JSON") << "<html>"_ba
                             << ""_ba << -1;
    QTest::newRow("half") << body(perDay, "3s"_ba).chopped(5) << ""_ba << -1;
    QTest::newRow("empty") << ""_ba
                           << ""_ba << -1;
}

void TestQuota::report()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, name);
    QFETCH(const int, seconds);
    const quota::Report report = quota::report(bytes);
    QCOMPARE(report.name, name);
    QCOMPARE(report.retryAfter ? int(report.retryAfter->count()) : -1, seconds);
}

void TestQuota::answer_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields"); // of the upstream
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<QByteArray>("quota");

    for (const QByteArray &target : {generate, "/gemini-proxy"_ba, "/v1/chat/completions"_ba})
        QTest::addRow("%s", target.constData()) << target << ""_ba << body(perMinute, "34.07s"_ba) << "35"_ba
                                                << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("the upstream's own counts")
            << generate << "Retry-After: 9\r\n"_ba << body(perMinute, "34s"_ba) << "9"_ba
            << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("the day's") << generate << ""_ba << body(perDay, "35s"_ba) << "until midnight"_ba
                               << "per-day gemini-2.5-pro"_ba;
    QTest::newRow("the day's, against the upstream's own")
            << generate << "Retry-After: 9\r\n"_ba << body(perDay + ',' + perMinute, "35s"_ba) << "until midnight"_ba
            << "per-day gemini-2.5-pro"_ba;
    QTest::newRow("no seconds") << generate << ""_ba << body(perMinute, "0s"_ba) << ""_ba
                                << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("no seconds by the upstream's own")
            << generate << "Retry-After: 0\r\n"_ba << body(perMinute, {}) << ""_ba
            << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("a limit of nothing") << generate << "Retry-After: 35\r\n"_ba << none << ""_ba
                                        << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("a limit that begins with a nought")
            << generate << ""_ba << QByteArray(none).replace("limit: 0,", "limit: 0.5,") << "34"_ba
            << "per-minute gemini-2.5-pro"_ba;
    QTest::newRow("a value of nothing") << generate << ""_ba
                                        << body(QByteArray(perDay).replace("\"5\"", "\"0\""), "35s"_ba) << ""_ba
                                        << "per-day gemini-2.5-pro"_ba;
    QTest::newRow("nothing told") << generate << ""_ba
                                  << "slow down"_ba
                                  << ""_ba
                                  << ""_ba;
    QTest::newRow("no body") << generate << ""_ba
                             << ""_ba
                             << ""_ba
                             << ""_ba;
}

void TestQuota::answer()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, fields);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const QByteArray, quota);
    ProxyFixture test;
    test.upstream.setScript(
            answered("429 Too Many Requests"_ba, "Content-Type: application/json\r\n"_ba + fields, bytes));
    QVERIFY(test.start());
    const qint64 before = quota::untilNextDay(QDateTime::currentDateTimeUtc()).count();
    const Response answer = test.answerTo("POST"_ba, target, {}, "{}"_ba);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.body, bytes);
    QCOMPARE(answer.fields.joined("content-type"), "application/json"_ba);
    QCOMPARE(answer.fields.joined("content-length"), QByteArray::number(bytes.size()));
    if (retryAfter == "until midnight") {
        const qint64 seconds = answer.fields.joined("retry-after").toLongLong();
        const qint64 day = 24 * 3600;
        // The answer is a little later than `before`, and midnight may have come in between.
        const qint64 passed = (before - seconds + day) % day;
        QVERIFY2(seconds > 0 && passed < 600, answer.fields.joined("retry-after").constData());
    } else {
        QCOMPARE(answer.fields.joined("retry-after"), retryAfter);
    }
    QCOMPARE(test.upstream.requestCount(), 1); // passed on at once
    QCOMPARE(test.proxy->ended.value(0).quota, quota);
    QCOMPARE(test.proxy->ended[0].end, ExchangeInfo::End::Complete);
}

void TestQuota::bodyInPieces_data()
{
    QTest::addColumn<bool>("lengthKnown");
    QTest::newRow("length") << true;
    QTest::newRow("until the end") << false;
}

// The body does not come along with the head, so the answer waits for it.
void TestQuota::bodyInPieces()
{
    QFETCH(const bool, lengthKnown);
    const QByteArray bytes = body(perMinute, "7s"_ba);
    ProxyFixture test;
    ScriptedServer::Script script{
            Step::send("HTTP/1.1 429 X\r\n"_ba
                       + (lengthKnown ? "Content-Length: " + QByteArray::number(bytes.size()) + "\r\n" : ""_ba) + "\r\n"
                       + bytes.first(20)),
            Step::waitForRelease(), Step::send(bytes.sliced(20))};
    if (!lengthKnown)
        script.append(Step::close());
    test.upstream.setScript(script);
    QVERIFY(test.start());
    HttpClient client(test.proxy->port);
    client.send(client.request("POST"_ba, generate, {}, "{}"_ba));
    QVERIFY(runUntil([&] { return test.upstream.waitingForRelease() == 1; }));
    QVERIFY(client.responses().isEmpty());
    test.upstream.release();
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(client.response().end, End::Clean);
    QCOMPARE(client.response().fields.joined("retry-after"), "7"_ba);
    QCOMPARE(client.response().body, bytes);
}

// A body that is too large is passed on without being read.
void TestQuota::hugeBody()
{
    const QByteArray bytes = body(perMinute, "7s"_ba) + QByteArray(1'000'000, ' ');
    ProxyFixture test;
    test.upstream.setScript(answered("429 X"_ba, ""_ba, bytes));
    QVERIFY(test.start());
    const Response answer = test.answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.status, 429);
    QVERIFY(answer.body == bytes);
}

void TestQuota::cutBody()
{
    const QByteArray bytes = body(perMinute, "7s"_ba);
    ProxyFixture test;
    test.upstream.setScript(
            {Step::send("HTTP/1.1 429 X\r\nContent-Length: 9999\r\n\r\n" + bytes), Step::turn(), Step::reset()});
    QVERIFY(test.start());
    const Response answer = test.answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.fields.joined("retry-after"), "7"_ba);
    QCOMPARE(answer.body, bytes);
    QCOMPARE(answer.end, End::Cut);
}

void TestQuota::otherStatusesStay()
{
    ProxyFixture test;
    test.upstream.setScript(answered("400 X"_ba, ""_ba, body(perMinute, "7s"_ba)));
    QVERIFY(test.start());
    const Response answer = test.answerTo("POST"_ba, generate, {}, "{}"_ba);
    QVERIFY(!answer.fields.contains("retry-after"));
    QVERIFY(test.proxy->ended.value(0).quota.isEmpty());
}

void TestQuota::nextDay_data()
{
    QTest::addColumn<QDateTime>("now");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](const char *name, const char *now, qint64 seconds) {
        QTest::newRow(name) << QDateTime::fromString(QString::fromLatin1(now), Qt::ISODate) << seconds;
    };
    row("in winter", "2026-01-15T07:00:00Z", 3600 + 1);
    row("in summer", "2026-07-15T06:00:00Z", 3600 + 1);
    row("just begun", "2026-01-15T08:00:00Z", 24 * 3600 + 1);
    row("the day that has 23 hours", "2026-03-08T08:00:00Z", 23 * 3600 + 1);
    row("the day that has 25 hours", "2026-11-01T07:00:00Z", 25 * 3600 + 1);
}

void TestQuota::nextDay()
{
    QFETCH(const QDateTime, now);
    QFETCH(const qint64, seconds);
    QCOMPARE(qint64(quota::untilNextDay(now).count()), seconds);
}

void TestQuota::waitsOut503_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("requests");
    QTest::newRow("not said") << ""_ba << 3;
    QTest::newRow("at once") << "Retry-After: 0\r\n"_ba << 3;
    QTest::newRow("a second") << "Retry-After: 1\r\n"_ba << 1; // longer than the proxy may wait in this test
    QTest::newRow("half a minute") << "Retry-After: 30\r\n"_ba << 1;
    QTest::newRow("for ages") << "Retry-After: 9223372036854775807\r\n"_ba << 1;
    QTest::newRow("a date") << "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n"_ba << 1;
    QTest::newRow("a date that has been") << "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n"_ba << 3;
    QTest::newRow("nonsense") << "Retry-After: soon\r\n"_ba << 3;
}

// The proxy never asks again earlier than the answer says. If that is too long to wait, the client gets the answer.
void TestQuota::waitsOut503()
{
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const int, requests);
    ProxyFixture test;
    test.upstream.setScript(answered("503 Busy"_ba, retryAfter, "{}"_ba));
    QVERIFY(test.start(
            [](ProxySettings &settings) { settings.limits.longestRetryPause = std::chrono::milliseconds(999); }));
    const Response answer = test.answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.fields.joined("retry-after"), retryAfter.mid(13).trimmed());
    QCOMPARE(test.upstream.requestCount(), requests);
}

void TestQuota::keyIsMasked()
{
    ProxyFixture test;
    const QByteArray bytes = body(violation(TestProxy::key), "7s"_ba);
    test.upstream.setScript(answered("429 X"_ba, ""_ba, bytes));
    QVERIFY(test.start());
    const Response answer = test.answerTo("POST"_ba, generate, {}, "{}"_ba);
    QCOMPARE(answer.end, End::Clean);
    QCOMPARE(answer.body.size(), bytes.size());
    QVERIFY(!answer.body.contains(TestProxy::key));
    QVERIFY(!test.proxy->ended.value(0).quota.contains(TestProxy::key));
}

void TestQuota::isLogged()
{
    ProxyFixture test;
    test.upstream.setScript(answered("429 X"_ba, ""_ba, body(perMinute, "7s"_ba)));
    QVERIFY(test.start());
    QTest::ignoreMessage(
            QtInfoMsg,
            QRegularExpression(
                    u"^id-1 used up: per-minute gemini-2.5-pro \\(GenerateRequestsPerMinutePerProjectPerModel-FreeTier\\), "
                    "Retry-After: 7$"_s));
    QCOMPARE(test.answerTo("POST"_ba, generate, "X-Request-Id: id-1\r\n"_ba, "{}"_ba).status, 429);
}

QTEST_GUILESS_MAIN(TestQuota)
#include "tst_quota.moc"
