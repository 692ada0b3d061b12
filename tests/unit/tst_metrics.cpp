#include "proxy/accounts/metrics.h"
#include "tests/support/metricstext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using End = ExchangeInfo::End;

namespace {

ExchangeInfo complete(const QByteArray &model = "m-1")
{
    ExchangeInfo info;
    info.route = "gemini-proxy";
    info.model = model;
    info.status = 200;
    info.tries = 1;
    info.end = End::Complete;
    info.requestBytes = 10;
    info.responseBytes = 1000;
    info.usage.input = 4;
    info.usage.output = 12;
    info.firstByte = 30ms;
    info.duration = 3s;
    return info;
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private slots:
    void parserFindsMistakes_data();
    void parserFindsMistakes();
    void nothingYet();
    void counts();
    void interactions();
    void histograms();
    void errors();
    void quota();
    void refused();
    void escapesLabels();
    void modelsAreBounded();
    void failuresTakeNoPlace();
    void sumsDoNotOverflow();

private:
    [[nodiscard]] MetricsText read(const Metrics &metrics) const { return MetricsText(metrics.text({})); }
};

void TestMetrics::parserFindsMistakes_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray head = "# HELP a_total h\n# TYPE a_total counter\n";
    QTest::newRow("no line end") << head + "a_total 1";
    QTest::newRow("no type") << "# HELP a_total h\na_total 1\n"_ba;
    QTest::newRow("no help") << "# TYPE a_total counter\na_total 1\n"_ba;
    QTest::newRow("twice") << head + "a_total 1\na_total 2\n";
    QTest::newRow("family twice") << head + head;
    QTest::newRow("other family") << head + "b_total 1\n";
    QTest::newRow("no number") << head + "a_total x\n";
    QTest::newRow("negative") << head + "a_total -1\n";
    QTest::newRow("raw quote") << head + "a_total{l=\"a\"b\"} 1\n";
    QTest::newRow("raw backslash") << head + "a_total{l=\"a\\b\"} 1\n";
    QTest::newRow("label twice") << head + "a_total{l=\"a\",l=\"b\"} 1\n";
    QTest::newRow("comma at the end") << head + "a_total{l=\"a\",} 1\n";
    QTest::newRow("counter's name") << "# HELP a h\n# TYPE a counter\na 1\n"_ba;
    QTest::newRow("not UTF-8") << head + "a_total{l=\"\xff\"} 1\n";
    const QByteArray histogram = "# HELP h h\n# TYPE h histogram\n";
    QTest::newRow("buckets fall") << histogram
                    + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum{} 1\nh_count{} 1\n";
    QTest::newRow("no +Inf") << histogram + "h_bucket{le=\"1\"} 1\nh_sum 1\nh_count 1\n";
    QTest::newRow("count differs") << histogram + "h_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 2\n";
}

void TestMetrics::parserFindsMistakes()
{
    QFETCH(QByteArray, text);
    QVERIFY(!MetricsText(text).problem.isEmpty());
}

void TestMetrics::nothingYet()
{
    const QByteArray text = Metrics("1.2.3").text({3, 7});
    const MetricsText metrics(text);
    QCOMPARE(metrics.problem, QString());
    QCOMPARE(metrics.value("gemini_proxy_open_streams"), 3.0);
    QCOMPARE(metrics.value("gemini_proxy_open_connections"), 7.0);
    QCOMPARE(metrics.value("gemini_proxy_build_info{version=\"1.2.3\",qt_version=\"" + QByteArray(qVersion()) + "\"}"),
             1.0);
    QVERIFY(metrics.samples.contains("gemini_proxy_upstream_retries_total"));
    const double now = static_cast<double>(QDateTime::currentSecsSinceEpoch());
    const double started = metrics.value("process_start_time_seconds");
    QVERIFY(started > 1.7e9 && started <= now + 1);
}

void TestMetrics::counts()
{
    Metrics metrics("1");
    metrics.onEnded(complete());
    ExchangeInfo left = complete();
    left.end = End::ClientLeft;
    left.usage = {};
    left.tries = 3;
    metrics.onEnded(left);
    left.status = 0;
    metrics.onEnded(left);
    metrics.onAnswered("health", 503);
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    const auto requests = [&text](const QByteArray &labels) {
        return text.value("gemini_proxy_requests_total{" + labels + '}');
    };
    QCOMPARE(requests(R"(http_route="gemini-proxy",http_response_status_code="200",end="complete")"), 1.0);
    QCOMPARE(requests(R"(http_route="gemini-proxy",http_response_status_code="200",end="client_left")"), 1.0);
    QCOMPARE(requests(R"(http_route="gemini-proxy",http_response_status_code="none",end="client_left")"), 1.0);
    QCOMPARE(requests(R"(http_route="health",http_response_status_code="503",end="complete")"), 1.0);
    QCOMPARE(text.value(R"(gemini_proxy_request_bytes_total{http_route="gemini-proxy"})"), 30.0);
    QCOMPARE(text.value(R"(gemini_proxy_response_bytes_total{http_route="gemini-proxy"})"), 3000.0);
    QCOMPARE(text.value(R"(gemini_proxy_tokens_total{gen_ai_request_model="m-1",gen_ai_token_type="input"})"), 4.0);
    QCOMPARE(text.value(R"(gemini_proxy_tokens_total{gen_ai_request_model="m-1",gen_ai_token_type="output"})"), 12.0);
    QCOMPARE(text.value("gemini_proxy_upstream_retries_total"), 4.0);
}

// An interaction is counted once, with the first answer that tells its end, and not at all if it began before this
// process, as another one may have counted it.
void TestMetrics::interactions()
{
    Metrics metrics("1");
    const auto answer = [&metrics](const QByteArray &id, bool creates, bool ended) {
        ExchangeInfo info = complete();
        info.interaction.emplace();
        info.interaction->id = id;
        info.interaction->creates = creates;
        info.interaction->ended = ended;
        metrics.onEnded(info);
    };
    const auto input = [this, &metrics] {
        return read(metrics).value(
                R"(gemini_proxy_tokens_total{gen_ai_request_model="m-1",gen_ai_token_type="input"})");
    };
    answer("v1_a"_ba, true, true);
    answer("v1_a"_ba, false, true);
    QCOMPARE(input(), 4.0);
    answer("v1_b"_ba, true, false);
    answer("v1_b"_ba, false, false);
    QCOMPARE(input(), 4.0);
    for (int i = 0; i < 3; ++i)
        answer("v1_b"_ba, false, true);
    QCOMPARE(input(), 8.0);
    ExchangeInfo untold = complete(); // it ended, but its answer broke before it told the usage
    untold.usage = {};
    untold.interaction.emplace();
    untold.interaction->id = "v1_c"_ba;
    untold.interaction->creates = true;
    untold.interaction->ended = true;
    metrics.onEnded(untold);
    answer("v1_c"_ba, false, true);
    QCOMPARE(input(), 12.0);
    answer("v1_of-an-earlier-process"_ba, false, true);
    QCOMPARE(input(), 12.0);
    answer(""_ba, true, false); // it cannot be read again
    QCOMPARE(input(), 16.0);

    // Those that are never read again take a bounded place.
    for (int i = 0; i < 1001; ++i)
        answer("v1_" + QByteArray::number(i), true, false);
    answer("v1_0"_ba, false, true);
    QCOMPARE(input(), 16.0);
    answer("v1_1"_ba, false, true);
    QCOMPARE(input(), 20.0);
}

void TestMetrics::histograms()
{
    Metrics metrics("1");
    for (const auto time : {0us, 1'000us, 1'001us, 119'999'999us, 3'600'000'000us}) {
        ExchangeInfo info = complete();
        info.firstByte = time;
        metrics.onFirstByte(info);
    }
    ExchangeInfo unknown = complete();
    unknown.duration = -1us;
    metrics.onEnded(unknown);
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    const auto below = [&text](const QByteArray &bound) {
        return text.value("gemini_proxy_time_to_first_byte_seconds_bucket{http_route=\"gemini-proxy\",le=\"" + bound
                          + "\"}");
    };
    QCOMPARE(below("0.001"), 2.0);
    QCOMPARE(below("0.005"), 3.0);
    QCOMPARE(below("30"), 3.0);
    QCOMPARE(below("120"), 4.0);
    QCOMPARE(below("+Inf"), 5.0);
    QCOMPARE(text.value(R"(gemini_proxy_time_to_first_byte_seconds_sum{http_route="gemini-proxy"})"), 3720.002);
    QCOMPARE(text.sum("gemini_proxy_request_duration_seconds_count"), 0.0);
}

void TestMetrics::errors()
{
    Metrics metrics("1");
    ExchangeInfo info = complete();
    info.end = End::Failed;
    info.status = 502;
    info.errorType = "certificate";
    metrics.onEnded(info);
    // An error of Gemini's own counts
    info = complete();
    info.status = 400;
    metrics.onEnded(info);
    // An error of the proxy's does not: an empty prompt never went out
    info.tries = 0;
    info.end = End::Failed;
    metrics.onEnded(info);
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.sum("gemini_proxy_upstream_errors_total"), 2.0);
    QCOMPARE(text.value(R"(gemini_proxy_upstream_errors_total{error_type="certificate"})"), 1.0);
    QCOMPARE(text.value(R"(gemini_proxy_upstream_errors_total{error_type="400"})"), 1.0);
}

void TestMetrics::quota()
{
    Metrics metrics("1");
    metrics.onEnded(complete("m-1"));
    for (const char *model : {"m-1", "m-1", "never-answered"}) {
        ExchangeInfo info = complete(model);
        info.status = 429;
        info.usage = {};
        if (model[0] == 'm')
            info.quota = "per-day m-1";
        metrics.onEnded(info);
    }
    const MetricsText text = read(metrics);
    QCOMPARE(text.value(R"(gemini_proxy_quota_hits_total{gen_ai_request_model="m-1",quota_period="per-day"})"), 2.0);
    QCOMPARE(text.value(R"(gemini_proxy_quota_hits_total{gen_ai_request_model="other",quota_period="unknown"})"), 1.0);
}

void TestMetrics::refused()
{
    Metrics metrics("1");
    for (const int status : {401, 401, 431})
        metrics.onRefused(status);
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.value(R"(gemini_proxy_refused_requests_total{http_response_status_code="401"})"), 2.0);
    QCOMPARE(text.value(R"(gemini_proxy_refused_requests_total{http_response_status_code="431"})"), 1.0);
}

void TestMetrics::escapesLabels()
{
    Metrics metrics("1\"\\\n");
    metrics.onEnded(complete("a\"b\\c\nd{e}é\xff"));
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.value("gemini_proxy_tokens_total{gen_ai_request_model=\"a\\\"b\\\\c\\nd{e}é\xef\xbf\xbd\","
                        "gen_ai_token_type=\"input\"}"),
             4.0);
}

// Clients choose the names of models, so only a limited number of them is counted.
void TestMetrics::modelsAreBounded()
{
    Metrics metrics("1");
    metrics.onEnded(complete(QByteArray(10'000, 'x')));
    for (int i = 0; i < 1000; ++i)
        metrics.onEnded(complete("model-" + QByteArray::number(i)));
    metrics.onEnded(complete("model-0"));
    metrics.onEnded(complete({}));
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.sum("gemini_proxy_tokens_total"), 1003.0 * 16);
    const auto input = [&text](const QByteArray &model) {
        return text.value("gemini_proxy_tokens_total{gen_ai_request_model=\"" + model
                          + "\",gen_ai_token_type=\"input\"}");
    };
    QCOMPARE(input("model-0"), 8.0);
    QCOMPARE(input("model-99"), 4.0);
    QCOMPARE(input("model-100"), 0.0);
    QCOMPARE(input("other"), 901.0 * 4);
    QCOMPARE(input("unknown"), 4.0);
    QVERIFY(text.samples.size() < 300);
}

// Made-up names that Gemini turns down must not push the real ones out.
void TestMetrics::failuresTakeNoPlace()
{
    Metrics metrics("1");
    for (int i = 0; i < 1000; ++i) {
        ExchangeInfo info = complete("made-up-" + QByteArray::number(i));
        info.status = 404;
        metrics.onEnded(info);
    }
    metrics.onEnded(complete("real"));
    QCOMPARE(read(metrics).value(R"(gemini_proxy_tokens_total{gen_ai_request_model="real",gen_ai_token_type="input"})"),
             4.0);
}

void TestMetrics::sumsDoNotOverflow()
{
    Metrics metrics("1");
    ExchangeInfo info = complete();
    info.responseBytes = 1LL << 40;
    for (int i = 0; i < 3; ++i)
        metrics.onEnded(info);
    info.requestBytes = -5; // would wrap around
    metrics.onEnded(info);
    const MetricsText text = read(metrics);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.sum("gemini_proxy_response_bytes_total"), 4.0 * static_cast<double>(1LL << 40));
    QCOMPARE(text.sum("gemini_proxy_request_bytes_total"), 30.0);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
