#include "proxy/guard/guard.h"
#include "proxy/http/chunked.h"
#include "tests/support/httpclient.h"
#include "tests/support/metricstext.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using Response = HttpClient::Response;
using Step = ScriptedServer::Step;

namespace {

const QByteArray chunkedHead =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"_ba;
const QByteArray usageEvent =
        R"(data: {"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":5}})"_ba + "\r\n\r\n";

Response get(quint16 port, const QByteArray &target, const QByteArray &fields = {})
{
    HttpClient client(port);
    client.get(target, fields);
    return runUntil([&client] { return client.hasEnded(); }) ? client.response() : Response{};
}

MetricsText metricsOf(quint16 port)
{
    return MetricsText(get(port, "/metrics").body);
}

} // namespace

// GET /metrics over sockets: that what happens is counted.
class TestMetricsRoute : public QObject
{
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_upstream.start()); }
    void cleanup() { m_upstream.close(); }

    void format();
    void token();
    void streams();
    void failures();
    void refusals();
    void connections();

private:
    ScriptedServer m_upstream;
};

void TestMetricsRoute::format()
{
    TestProxy proxy(m_upstream.url());
    const Response answer = get(proxy.port, "/metrics");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.fields.value("content-type"), "text/plain; version=0.0.4; charset=utf-8"_ba);
    QCOMPARE(answer.fields.value("cache-control"), "no-store"_ba);
    QCOMPARE(MetricsText(answer.body).problem, QString());
    // The answer before this one
    QCOMPARE(
            metricsOf(proxy.port)
                    .value(R"(gemini_proxy_requests_total{http_route="metrics",http_response_status_code="200",end="complete"})"),
            1.0);
}

void TestMetricsRoute::token()
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream.url());
    settings.tokens = {guard::makeToken("editor", "token-of-editor")};
    TestProxy proxy(settings);
    QCOMPARE(get(proxy.port, "/metrics").status, 401);
    const Response answer = get(proxy.port, "/metrics", "Authorization: Bearer token-of-editor\r\n");
    QCOMPARE(answer.status, 200);
    QCOMPARE(MetricsText(answer.body).value(R"(gemini_proxy_refused_requests_total{http_response_status_code="401"})"),
             1.0);
    QVERIFY(!answer.body.contains("token-of-editor"));
    QVERIFY(!answer.body.contains(TestProxy::key));
}

void TestMetricsRoute::streams()
{
    m_upstream.setScript({Step::send(chunkedHead + http::encodeChunk("data: {}\r\n\r\n")), Step::waitForRelease(),
                          Step::send(http::encodeChunk(usageEvent) + http::lastChunk)});
    TestProxy proxy(m_upstream.url());
    HttpClient client(proxy.port);
    client.ask("hello", {}, "?model=m-1");
    QVERIFY(runUntil([&client] { return client.response().length > 0; }));
    MetricsText text = metricsOf(proxy.port);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.value("gemini_proxy_open_streams"), 1.0);
    QCOMPARE(text.value("gemini_proxy_open_connections"), 2.0);
    QCOMPARE(text.value(R"(gemini_proxy_time_to_first_byte_seconds_count{http_route="gemini-proxy"})"), 1.0);
    QCOMPARE(text.sum("gemini_proxy_requests_total"), 0.0); // it has not ended

    m_upstream.release();
    QVERIFY(runUntil([&client] { return client.hasEnded(); }));
    text = metricsOf(proxy.port);
    QCOMPARE(text.problem, QString());
    QCOMPARE(text.value("gemini_proxy_open_streams"), 0.0);
    QCOMPARE(
            text.value(
                    R"(gemini_proxy_requests_total{http_route="gemini-proxy",http_response_status_code="200",end="complete"})"),
            1.0);
    QCOMPARE(text.value(R"(gemini_proxy_request_bytes_total{http_route="gemini-proxy"})"), 5.0);
    QCOMPARE(text.value(R"(gemini_proxy_response_bytes_total{http_route="gemini-proxy"})"),
             static_cast<double>(client.response().body.size()));
    QCOMPARE(text.value(R"(gemini_proxy_tokens_total{gen_ai_request_model="m-1",gen_ai_token_type="input"})"), 3.0);
    QCOMPARE(text.value(R"(gemini_proxy_tokens_total{gen_ai_request_model="m-1",gen_ai_token_type="output"})"), 5.0);
    QCOMPARE(text.value(R"(gemini_proxy_request_duration_seconds_count{http_route="gemini-proxy"})"), 1.0);
}

void TestMetricsRoute::failures()
{
    const auto askOnce = [](quint16 port) {
        HttpClient client(port);
        client.ask("hello");
        return runUntil([&client] { return client.hasEnded(); }) ? client.response().status : -1;
    };
    TestProxy proxy(m_upstream.url());
    m_upstream.setScript({Step::send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")});
    QCOMPARE(askOnce(proxy.port), 503);
    m_upstream.setScript({Step::send("HTTP/1.1 429 Enough\r\nContent-Length: 2\r\n\r\n{}")});
    QCOMPARE(askOnce(proxy.port), 429);
    m_upstream.setScript({Step::send("nonsense\r\n\r\n"), Step::close()});
    QCOMPARE(askOnce(proxy.port), 502);
    m_upstream.setScript({Step::send("HTTP/1.1 307 Away\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")});
    QCOMPARE(askOnce(proxy.port), 502);
    m_upstream.setScript({Step::send(chunkedHead + "3\r\nab"), Step::close()});
    QCOMPARE(askOnce(proxy.port), 200);
    m_upstream.close();
    m_upstream.resetAll();
    QCOMPARE(askOnce(proxy.port), 502);

    const MetricsText text = metricsOf(proxy.port);
    QCOMPARE(text.problem, QString());
    const auto errors = [&text](const QByteArray &type) {
        return text.value("gemini_proxy_upstream_errors_total{error_type=\"" + type + "\"}");
    };
    for (const char *type : {"503", "429", "malformed", "redirect", "closed", "refused"})
        QVERIFY2(errors(type) == 1.0, type);
    QCOMPARE(text.sum("gemini_proxy_upstream_errors_total"), 6.0);
    QCOMPARE(text.sum("gemini_proxy_quota_hits_total"), 1.0);
    QCOMPARE(text.value("gemini_proxy_upstream_retries_total"), 4.0); // of the 503 and of the refused connection
}

void TestMetricsRoute::refusals()
{
    ProxySettings settings = TestProxy::settingsFor(m_upstream.url());
    settings.limits.connections = 2;
    settings.limits.bodyBytes = 4;
    TestProxy proxy(settings);
    QCOMPARE(get(proxy.port, "/nowhere").status, 404);
    QCOMPARE(get(proxy.port, "/", "Origin: http://evil.example\r\n").status, 403);
    {
        HttpClient client(proxy.port);
        client.send("nonsense\r\n\r\n");
        QVERIFY(runUntil([&client] { return client.hasEnded(); }));
        QCOMPARE(client.response().status, 400);
    }
    {
        HttpClient client(proxy.port);
        client.ask("too long");
        QVERIFY(runUntil([&client] { return client.hasEnded(); }));
        QCOMPARE(client.response().status, 413);
    }
    QTRY_COMPARE(metricsOf(proxy.port).value("gemini_proxy_open_connections"), 1.0);
    HttpClient first(proxy.port);
    first.get("/health");
    QVERIFY(runUntil([&first] { return first.hasEnded(); }));
    HttpClient asking(proxy.port);
    asking.get("/health");
    QVERIFY(runUntil([&asking] { return asking.hasEnded(); }));
    HttpClient tooMany(proxy.port);
    QVERIFY(runUntil([&tooMany] { return tooMany.hasEnded(); }));
    QCOMPARE(tooMany.response().status, 503);

    asking.get("/metrics");
    QVERIFY(runUntil([&asking] { return asking.hasEnded(2); }));
    const MetricsText text(asking.response().body);
    QCOMPARE(text.problem, QString());
    for (const char *status : {"404", "403", "400", "413", "503"}) {
        const QByteArray series =
                "gemini_proxy_refused_requests_total{http_response_status_code=\"" + QByteArray(status) + "\"}";
        QVERIFY2(text.value(series) == 1.0, status);
    }
}

void TestMetricsRoute::connections()
{
    TestProxy proxy(m_upstream.url());
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<HttpClient>(proxy.port));
        clients.back()->get("/health");
    }
    for (const auto &client : clients)
        QVERIFY(runUntil([&client] { return client->hasEnded(); }));
    QCOMPARE(metricsOf(proxy.port).value("gemini_proxy_open_connections"), 11.0);
    clients.clear();
    QTRY_COMPARE(metricsOf(proxy.port).value("gemini_proxy_open_connections"), 1.0);
}

QTEST_GUILESS_MAIN(TestMetricsRoute)
#include "tst_metricsroute.moc"
