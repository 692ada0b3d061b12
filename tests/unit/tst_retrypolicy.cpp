#include "proxy/exchange/retrypolicy.h"

#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Error = QNetworkReply::NetworkError;

namespace {

const QDateTime now(QDate(2026, 1, 15), QTime(7, 0), QTimeZone::utc());

Limits limits()
{
    Limits some;
    some.retries = 2;
    some.retryPause = 100ms;
    some.longestRetryPause = 5s;
    return some;
}

RetryPolicy after(int tries, bool retriesUnavailable = true)
{
    RetryPolicy policy(limits(), retriesUnavailable);
    for (int i = 0; i < tries; ++i)
        policy.beginTry();
    return policy;
}

http::Fields retryAfter(const QByteArray &value)
{
    return value.isEmpty() ? http::Fields() : http::Fields{{"Retry-After"_ba, value}};
}

QByteArray quotaBody(const QByteArray &id, const QByteArray &delay, const QByteArray &message = "Enough."_ba)
{
    return "{\"error\":{\"message\":\"" + message
            + "\",\"details\":[{\"@type\":\"x/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":\"" + id
            + "\"}]},{\"@type\":\"x/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}]}}";
}

} // namespace

// Decides whether and when a request may be sent again.
class TestRetryPolicy : public QObject
{
    Q_OBJECT

private slots:
    void countsTries();
    void failures_data();
    void failures();
    void answers_data();
    void answers();
    void pausesGrow();
    void quotas_data();
    void quotas();
};

void TestRetryPolicy::countsTries()
{
    RetryPolicy policy{Limits()};
    QCOMPARE(policy.beginTry(), 1);
    QCOMPARE(policy.beginTry(), 2);
    RetryPolicy copy = policy;
    QCOMPARE(copy.beginTry(), 3);
    QCOMPARE(policy.beginTry(), 3);
}

void TestRetryPolicy::failures_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<bool>("sent");
    QTest::addColumn<int>("tries");
    QTest::addColumn<bool>("again");

    const auto row = [](const char *name, Error error, bool sent, int tries, bool again) {
        QTest::newRow(name) << error << sent << tries << again;
    };
    row("refused", Error::ConnectionRefusedError, false, 1, true);
    row("refused twice", Error::ConnectionRefusedError, false, 2, true);
    row("refused three times", Error::ConnectionRefusedError, false, 3, false);
    row("host not found", Error::HostNotFoundError, false, 1, true);
    row("closed before it was sent", Error::RemoteHostClosedError, false, 1, true);
    row("a proxy that refuses", Error::ProxyConnectionRefusedError, false, 1, true);
    row("unknown", Error::UnknownNetworkError, false, 1, true);
    // The request may have been carried out, and paid for.
    row("closed after it was sent", Error::RemoteHostClosedError, true, 1, false);
    row("unknown after it was sent", Error::UnknownNetworkError, true, 1, false);
    // The client has waited long enough, or another try would fail in the same way.
    row("timeout", Error::TimeoutError, false, 1, false);
    row("TLS", Error::SslHandshakeFailedError, false, 1, false);
    row("no TLS", Error::ProtocolUnknownError, false, 1, false);
    row("a request that cannot be", Error::ProtocolInvalidOperationError, false, 1, false);
    row("a proxy's password", Error::ProxyAuthenticationRequiredError, false, 1, false);
    row("a proxy's refusal", Error::UnknownProxyError, false, 1, false);
    row("no failure", Error::NoError, false, 1, false);
}

void TestRetryPolicy::failures()
{
    QFETCH(const Error, error);
    QFETCH(const bool, sent);
    QFETCH(const int, tries);
    QFETCH(const bool, again);
    QCOMPARE(after(tries).afterFailure(error, sent).has_value(), again);
}

void TestRetryPolicy::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("asked"); // Retry-After
    QTest::addColumn<bool>("retriesUnavailable");
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("least"); // milliseconds; -1 = no other try
    QTest::addColumn<int>("most");

    const auto row = [](const char *name, const QByteArray &asked, int least, int most) {
        QTest::newRow(name) << 503 << asked << true << 1 << least << most;
    };
    row("not said", ""_ba, 50, 150);
    row("at once", "0"_ba, 50, 150);
    row("a second", "1"_ba, 1'050, 1'150);
    row("as long as may be", "5"_ba, 5'050, 5'150);
    row("too long", "6"_ba, -1, -1);
    row("for ages", "9223372036854775807"_ba, -1, -1);
    row("more than a number", "9223372036854775808"_ba, 50, 150);
    row("negative", "-1"_ba, 50, 150);
    row("nonsense", "soon"_ba, 50, 150);
    row("a date that has been", "Thu, 15 Jan 2026 06:59:00 GMT"_ba, 50, 150);
    row("a date in two seconds", "Thu, 15 Jan 2026 07:00:02 GMT"_ba, 2'050, 2'150);
    row("a date too far away", "Thu, 15 Jan 2026 07:00:06 GMT"_ba, -1, -1);
    row("a date of the old form", "Thursday, 15-Jan-26 07:00:06 GMT"_ba, 50, 150);

    QTest::newRow("the second time") << 503 << ""_ba << true << 2 << 100 << 300;
    QTest::newRow("the second time, a second") << 503 << "1"_ba << true << 2 << 1'100 << 1'300;
    QTest::newRow("the third time") << 503 << ""_ba << true << 3 << -1 << -1;
    QTest::newRow("a body that may be kept") << 503 << ""_ba << false << 1 << -1 << -1;
    for (const int status : {101, 200, 307, 400, 408, 429, 500, 502, 504})
        QTest::addRow("%d", status) << status << "0"_ba << true << 1 << -1 << -1;
}

void TestRetryPolicy::answers()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, asked);
    QFETCH(const bool, retriesUnavailable);
    QFETCH(const int, tries);
    QFETCH(const int, least);
    QFETCH(const int, most);
    const RetryPolicy policy = after(tries, retriesUnavailable);
    for (int i = 0; i < 50; ++i) {
        const RetryPolicy::Pause pause = policy.afterAnswer(status, retryAfter(asked), now);
        QCOMPARE(pause.has_value(), least >= 0);
        QVERIFY(!pause || (pause->count() >= least && pause->count() <= most));
    }
}

// The pause is twice as long each time, and not the same for all.
void TestRetryPolicy::pausesGrow()
{
    Limits many = limits();
    many.retries = 5;
    many.retryPause = 1'000ms;
    RetryPolicy policy(many);
    int usual = 1'000;
    for (int tries = 1; tries <= 5; ++tries, usual *= 2) {
        policy.beginTry();
        QSet<qint64> seen;
        for (int i = 0; i < 100; ++i) {
            const RetryPolicy::Pause pause = policy.afterFailure(Error::ConnectionRefusedError, false);
            QVERIFY(pause);
            QVERIFY(pause->count() >= usual / 2 && pause->count() <= usual * 3 / 2);
            seen.insert(pause->count());
        }
        QVERIFY(seen.size() > 10);
    }
}

void TestRetryPolicy::quotas_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QByteArray>("retryAfter"); // "" = there is none
    QTest::addColumn<QByteArray>("name");

    const auto minute = "RequestsPerMinute"_ba;
    const auto day = "RequestsPerDay"_ba;
    const auto none = "limit: 0"_ba;
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &told, const QByteArray &expected,
                        const QByteArray &quota) { QTest::newRow(name) << body << told << expected << quota; };
    row("the body's", quotaBody(minute, "7s"_ba), ""_ba, "7"_ba, "per-minute"_ba);
    row("the field's", quotaBody(minute, "7s"_ba), "3"_ba, "3"_ba, "per-minute"_ba);
    row("a date stays", quotaBody(minute, "7s"_ba), "Thu, 15 Jan 2026 07:00:02 GMT"_ba,
        "Thu, 15 Jan 2026 07:00:02 GMT"_ba, "per-minute"_ba);
    row("at once, says the field", quotaBody(minute, "7s"_ba), "0"_ba, ""_ba, "per-minute"_ba);
    row("at once, says the body", quotaBody(minute, "0s"_ba), ""_ba, ""_ba, "per-minute"_ba);
    // A quota of the day begins anew at midnight on the Pacific coast, which is an hour away.
    row("of the day", quotaBody(day, "7s"_ba), ""_ba, "3601"_ba, "per-day"_ba);
    row("of the day, whatever the field says", quotaBody(day, "7s"_ba), "3"_ba, "3601"_ba, "per-day"_ba);
    row("nothing at all", quotaBody(minute, "7s"_ba, none), "3"_ba, ""_ba, "per-minute"_ba);
    row("nothing at all, of the day", quotaBody(day, "7s"_ba, none), ""_ba, ""_ba, "per-day"_ba);
    row("not told", "{}"_ba, ""_ba, ""_ba, ""_ba);
    row("no JSON", "<html>"_ba, "3"_ba, "3"_ba, ""_ba);
}

void TestRetryPolicy::quotas()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, told);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const QByteArray, name);
    http::Fields fields = ::retryAfter(told);
    fields.append("X", "y");
    const quota::Report report = quota::report(body);
    QCOMPARE(report.name, name);
    correctRetryAfter(fields, report, now);
    QCOMPARE(fields.joined("retry-after"), retryAfter);
    QCOMPARE(fields.value("x"), "y"_ba);
}

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
