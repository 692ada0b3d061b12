#include "proxy/demo/demoserver.h"
#include "tests/support/httpclient.h"
#include "tests/support/testproxy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// What the proxy makes of the demo's fault.
struct Row
{
    enum class Answer {
        Whole,   // what the upstream sends, unchanged, to its end
        Error,   // an error of the proxy's own
        Broken,  // what the upstream sends, then an `event: error` and no proper end
        Nothing, // as Broken, but the upstream sent only a head
    };

    const char *fault;
    Answer answer = Answer::Whole;
    int status = 200;       // of the answer; where it is broken, the error event's code
    int requests = 1;       // that the upstream sees
    int tries = 1;          // that the proxy made
    bool impatient = false; // it takes a time-out to notice
};

constexpr auto whole = Row::Answer::Whole;
constexpr auto error = Row::Answer::Error;
constexpr auto broken = Row::Answer::Broken;
constexpr auto nothing = Row::Answer::Nothing;

// clang-format off
constexpr Row table[] = {
    {.fault = ""},

    {.fault = "refuse",       .answer = error, .status = 502, .requests = 0, .tries = 3},
    {.fault = "reset-before", .answer = error, .status = 502},
    {.fault = "stall-before", .answer = error, .status = 504, .impatient = true},
    {.fault = "stall-head",   .answer = nothing, .status = 504, .impatient = true},
    {.fault = "bad-head",     .answer = error, .status = 502},

    {.fault = "stall-after", .answer = broken, .status = 504, .impatient = true},
    {.fault = "cut",         .answer = broken, .status = 502},
    {.fault = "cut-between", .answer = broken, .status = 502},
    {.fault = "cut-length",  .answer = broken, .status = 502},
    {.fault = "reset",       .answer = broken, .status = 502},
    {.fault = "bad-chunk",   .answer = broken, .status = 502},
    {.fault = "bad-json"},
    {.fault = "error-mid"},

    {.fault = "key-invalid",      .status = 400},
    {.fault = "forbidden",        .status = 403},
    {.fault = "model-missing",    .status = 404},
    {.fault = "quota",            .status = 429},
    {.fault = "internal",         .status = 500},
    {.fault = "unavailable",      .status = 503, .requests = 3, .tries = 3},
    {.fault = "unavailable-once", .status = 200, .requests = 2, .tries = 2},
    {.fault = "redirect",         .answer = error, .status = 502},

    {.fault = "blocked"},
    {.fault = "safety"},
    {.fault = "max-tokens"},

    {.fault = "slow-start"},
    {.fault = "informational"},
    {.fault = "close-delimited"},
    {.fault = "thinking"},
    {.fault = "unknown"},
    {.fault = "huge"},
    {.fault = "fast"},
};
// clang-format on

const QByteArray key = TestProxy::key;

QByteArray statusName(int code)
{
    return code == 504 ? "DEADLINE_EXCEEDED" : "UNAVAILABLE";
}

} // namespace

class tst_Faults : public QObject
{
    Q_OBJECT

private slots:
    void everyFaultHasARow();
    void fault_data();
    void fault();
    void closeWithoutAByteIsNotTriedAgain();

private:
    [[nodiscard]] static HttpClient::Response direct(const DemoServer &upstream, const DemoServer::Request &request,
                                                     bool stalls);
};

void tst_Faults::everyFaultHasARow()
{
    QStringList faults;
    for (const DemoServer::Fault &fault : DemoServer::faults())
        faults.append(QString::fromLatin1(fault.name));
    QStringList rows;
    for (const Row &row : table)
        rows.append(QString::fromLatin1(row.fault));
    faults.sort();
    rows.sort();
    QCOMPARE(rows, faults);
}

void tst_Faults::fault_data()
{
    QTest::addColumn<Row>("expected");
    for (const Row &row : table)
        QTest::newRow(*row.fault ? row.fault : "none") << row;
}

// The answer to the same request without the proxy in between; with `stalls`, as far as it gets.
HttpClient::Response tst_Faults::direct(const DemoServer &upstream, const DemoServer::Request &request, bool stalls)
{
    HttpClient client(static_cast<quint16>(upstream.url().port()));
    client.send(client.request(request.head.method, request.head.target,
                               "x-goog-api-key: " + key + "\r\nContent-Type: application/json\r\n", request.body));
    const auto done = [&] { return client.hasEnded() || (stalls && client.response().body.count("\r\n\r\n") == 3); };
    return runUntil(done, std::chrono::minutes(1)) ? client.response() : HttpClient::Response{};
}

void tst_Faults::fault()
{
    QFETCH(Row, expected);
    DemoServer upstream;
    upstream.setPace(std::chrono::milliseconds(0));
    QVERIFY(upstream.listen());
    ProxySettings settings = TestProxy::settingsFor(upstream.url());
    if (expected.impatient) {
        settings.limits.firstByteTime = std::chrono::milliseconds(150);
        settings.limits.idleTime = std::chrono::milliseconds(150);
    }
    TestProxy proxy(settings);

    const bool refuses = expected.fault == QByteArray("refuse");
    if (refuses)
        upstream.setFault("refuse"); // the model "demo-refuse" could only close connections
    const QByteArray model = *expected.fault ? "demo-" + QByteArray(expected.fault) : "some-model";
    HttpClient client(proxy.port);
    client.ask("What is a fault?", {}, "?model=" + model);
    QVERIFY(runUntil([&] { return client.hasEnded(); }, std::chrono::minutes(1)));

    QCOMPARE(upstream.requestCount(), expected.requests);
    QCOMPARE(proxy.ended.size(), 1);
    const ExchangeInfo info = proxy.ended[0];
    QCOMPARE(info.tries, expected.tries);
    QCOMPARE(info.model, model);
    const HttpClient::Response response = client.response();
    QCOMPARE(response.fields.count("x-request-id"), 1);
    QCOMPARE(info.requestId, response.fields.value("x-request-id"));
    QCOMPARE(info.status, response.status);
    QCOMPARE(info.failure.isEmpty(), expected.answer == whole);

    const DemoServer::Request seen = upstream.requests().value(0); // a copy: there will be more
    switch (expected.answer) {
    case Row::Answer::Whole: {
        HttpClient::Response same = direct(upstream, seen, expected.impatient);
        // The only change: an error that repeats the key comes without it.
        same.body.replace(key, QByteArray(key.size(), '*'));
        QCOMPARE(response.status, expected.status);
        QCOMPARE(response.end, HttpClient::End::Clean);
        if (expected.fault != QByteArray("unavailable-once")) // its next answer is a different one
            QVERIFY2(response.body == same.body, "the bytes differ");
        QVERIFY(!response.body.isEmpty());
        QVERIFY(!response.body.contains("event: error"));
        QCOMPARE(info.end, ExchangeInfo::End::Complete);
        if (expected.status == 200) {
            QCOMPARE(response.fields.joined("content-type"), "text/event-stream");
        } else {
            const QJsonObject json = QJsonDocument::fromJson(response.body).object();
            QCOMPARE(json["error"_L1]["code"_L1].toInt(), expected.status);
            QCOMPARE(response.fields.joined("content-type"), same.fields.joined("content-type"));
            // Only the body says when to come back; the proxy says it again where clients look.
            QVERIFY(same.fields.joined("retry-after").isEmpty());
            QCOMPARE(response.fields.joined("retry-after"), expected.status == 429 ? "34" : "");
        }
        break;
    }
    case Row::Answer::Error:
        QCOMPARE(response.status, expected.status);
        QCOMPARE(response.end, HttpClient::End::Clean);
        QCOMPARE(response.fields.joined("content-type"), "application/json");
        QCOMPARE(checkErrorJson(response.body, expected.status, statusName(expected.status)), QString());
        QVERIFY(!response.body.contains(key));
        QCOMPARE(info.end, ExchangeInfo::End::Failed);
        break;
    case Row::Answer::Nothing: {
        QCOMPARE(response.status, 200);
        QCOMPARE(response.end, HttpClient::End::Cut);
        const QByteArray begin = "event: error\ndata: ";
        QVERIFY2(response.body.startsWith(begin), response.body.constData());
        QCOMPARE(checkErrorJson(response.body.sliced(begin.size()), expected.status, statusName(expected.status)),
                 QString());
        QCOMPARE(info.end, ExchangeInfo::End::Failed);
        break;
    }
    case Row::Answer::Broken: {
        QCOMPARE(response.status, 200);
        QCOMPARE(response.end, HttpClient::End::Cut);
        const HttpClient::Response same = direct(upstream, seen, expected.impatient);
        QVERIFY(same.body.count("\r\n\r\n") >= 3);
        QVERIFY(response.body.startsWith(same.body));
        const qsizetype at = response.body.indexOf("event: error\ndata: ", same.body.size());
        QVERIFY(at >= same.body.size());
        QVERIFY(at == 0 || response.body.at(at - 1) == '\n');
        QCOMPARE(response.body.count("event: error"), 1);
        QCOMPARE(checkErrorJson(response.body.sliced(at + 19), expected.status, statusName(expected.status)),
                 QString());
        QCOMPARE(info.end, ExchangeInfo::End::Failed);
        break;
    }
    }

    // Whatever the fault was, it is over now.
    upstream.setFault({});
    HttpClient next(proxy.port);
    next.ask("Hello", {}, "?model=some-model");
    QVERIFY(runUntil([&] { return next.hasEnded(); }));
    QCOMPARE(next.response().status, 200);
    QCOMPARE(next.response().end, HttpClient::End::Clean);
    QVERIFY(next.response().body.contains("STOP"));
    QCOMPARE(proxy.server.openExchanges(), 0);
}

// The request may have been taken and paid for.
void tst_Faults::closeWithoutAByteIsNotTriedAgain()
{
    DemoServer upstream;
    QVERIFY(upstream.listen());
    TestProxy proxy(upstream.url());
    HttpClient client(proxy.port);
    client.ask("x", {}, "?model=demo-refuse");
    QVERIFY(runUntil([&] { return client.hasEnded(); }));
    QCOMPARE(checkErrorJson(client.response().body, 502, "UNAVAILABLE"), QString());
    QCOMPARE(upstream.requestCount(), 1);
    QCOMPARE(proxy.ended[0].tries, 1);
}

QTEST_GUILESS_MAIN(tst_Faults)
#include "tst_faults.moc"
