#include "proxy/routes/nativerequest.h"
#include "proxy/routes/openairequest.h"

#include <QTest>

using namespace Qt::StringLiterals;

// What becomes of a client's request on its way upstream.
class TestNativeRequest : public QObject
{
    Q_OBJECT

private slots:
    void withoutCredentials_data();
    void withoutCredentials();
    void target_data();
    void target();
    void modelInPath_data();
    void modelInPath();
    void interactionInPath_data();
    void interactionInPath();
    void openAiPath_data();
    void openAiPath();
    void modelInBody_data();
    void modelInBody();
    void modelBehindALargePicture();
    void givesUpOnVeryManyValues_data();
    void givesUpOnVeryManyValues();
};

void TestNativeRequest::withoutCredentials_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("kept");
    const auto row = [](const char *query, const char *kept) {
        QTest::addRow("%s", query) << QByteArray(query) << QByteArray(kept);
    };
    row("", "");
    row("a=b&c", "a=b&c");
    row("&&a=&", "&&a=&");
    row("key=x", "");
    row("key", "");
    row("key=", "");
    row("key==x", "");
    row("a=b&key=x", "a=b");
    row("key=x&a=b", "a=b");
    row("a=1&key=x&b=2&key=y&c=3", "a=1&b=2&c=3");
    row("%6Bey=x&a", "a");
    row("%6b%65%79=x&a", "a");
    row("KEY=x&a", "a");
    row("$key=x&access_token=y&oauth_token=z&a", "a");
    row("keys=1&akey=2&a=key&key2=3", "keys=1&akey=2&a=key&key2=3");
    row("%256bey=x", "%256bey=x"); // the name is "%6bey"
    row("key=x&", "");
    row("a=%6bey", "a=%6bey");
}

void TestNativeRequest::withoutCredentials()
{
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, kept);
    QCOMPARE(nativerequest::withoutCredentials(query), kept);
}

void TestNativeRequest::target_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("plain") << ""_ba
                           << "a=b"_ba
                           << "/v1beta/%C3%BC?a=b"_ba;
    QTest::newRow("root") << "/"_ba
                          << ""_ba
                          << "/v1beta/%C3%BC"_ba;
    QTest::newRow("below a path") << "/a%2Fb/"_ba
                                  << "key=x"_ba
                                  << "/a%2Fb/v1beta/%C3%BC"_ba;
}

void TestNativeRequest::target()
{
    QFETCH(const QByteArray, base);
    QFETCH(const QByteArray, query);
    QFETCH(const QByteArray, target);
    QCOMPARE(nativerequest::target(base, "/v1beta/%C3%BC", query), target);
}

void TestNativeRequest::modelInPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("model");
    const auto row = [](const char *path, const char *model) {
        QTest::addRow("%s", path) << QByteArray(path) << QByteArray(model);
    };
    row("/v1beta/models/gemini-2.5-flash:generateContent", "gemini-2.5-flash");
    row("/v1/models/gemini-2.5-flash", "gemini-2.5-flash");
    row("/v1beta/models/m/operations/o", "m");
    row("/v1beta/tunedModels/t-1:generateContent", "tunedModels/t-1");
    row("/v1beta/openai/models/m", "m");
    row("/v1beta/models%2Fgemini-2.5-flash:generateContent", "gemini-2.5-flash");
    row("/v1beta/tunedModels%2ft-1:generateContent", "tunedModels/t-1");
    row("/v1beta/models", "");
    row("/v1beta/models/", "");
    row("/v1beta/models/:x", "");
    row("/v1beta/models/a%20b:x", "");
    row("/v1beta/files/f", "");
    row("/", "");
}

void TestNativeRequest::modelInPath()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, model);
    QCOMPARE(nativerequest::modelInPath(path), model);
}

void TestNativeRequest::interactionInPath_data()
{
    QTest::addColumn<QByteArray>("id"); // null = another API
    const auto row = [](const char *path, const QByteArray &id) { QTest::newRow(path) << id; };
    row("/v1beta/interactions", ""_ba);
    row("/v1/interactions", ""_ba);
    row("/v1alpha/interactions/v1_abc", "v1_abc"_ba);
    row("/v1beta/interactions/v1_abc/cancel", "v1_abc"_ba);
    row("/v1beta/interactions/v1_abc:cancel", "v1_abc"_ba);
    row("/v1beta/interactions/", ""_ba);
    row("/v1beta/interactionsX", {});
    row("/v1beta/models/interactions", {});
    row("/interactions", {});
    row("/v1beta", {});
    row("/", {});
    row("", {});
}

void TestNativeRequest::interactionInPath()
{
    QFETCH(const QByteArray, id);
    const auto found = nativerequest::interactionInPath(QTest::currentDataTag());
    QCOMPARE(found.has_value(), !id.isNull());
    QCOMPARE(found.value_or(QByteArray()), id);
}

void TestNativeRequest::openAiPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("upstream");
    const auto row = [](const char *path, const char *plain, const char *upstream) {
        QTest::addRow("%s", path) << QByteArray(path) << QByteArray(plain ? plain : path) << QByteArray(upstream);
    };
    row("/v1/chat/completions", nullptr, "/v1beta/openai/chat/completions");
    row("/v1/models", nullptr, "/v1beta/openai/models");
    row("/v1/models/m", nullptr, "/v1beta/openai/models/m");
    row("/v1/models/models/m", nullptr, "/v1beta/openai/models/m");
    row("/v1/models/models%2Fm", "/v1/models/models/m", "/v1beta/openai/models/m");
    row("/openai/v1/models/models%2fm", "/openai/v1/models/models/m", "/v1beta/openai/models/m");
    row("/openai/v1/audio/speech", nullptr, "/v1beta/openai/audio/speech");
    row("/openai/v1/", nullptr, "/v1beta/openai/");
    // What else is encoded stays, for the guard to refuse.
    row("/v1/models/models%2F..%2Fx", "/v1/models/models/..%2Fx", "/v1beta/openai/models/..%2Fx");
    row("/v1/models/models%2F", nullptr, "/v1beta/openai/models/models%2F");
    row("/openai/v1/models/models%2F", nullptr, "/v1beta/openai/models/models%2F");
    row("/v1/models/x%2Fm", nullptr, "/v1beta/openai/models/x%2Fm");
}

void TestNativeRequest::openAiPath()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, plain);
    QFETCH(const QByteArray, upstream);
    // The query makes no difference.
    QCOMPARE(openairequest::plainTarget(path + "?models/models%2Fx"), plain + "?models/models%2Fx");
    QCOMPARE(openairequest::plainTarget(path), plain);
    QCOMPARE(openairequest::upstreamPath(path), upstream);
}

void TestNativeRequest::modelInBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("model");
    const auto row = [](const char *body, const char *model) {
        QTest::addRow("%s", body) << QByteArray(body) << QByteArray(model);
    };
    row(R"({"model":"m-1","messages":[]})", "m-1");
    row(R"( { "messages" : [ {"model" : "no"} ] , "model" : "m-1" } )", "m-1");
    row(R"({"messages":[{"content":"\"model\":\"no\",\\"}],"model":"m-1"})", "m-1");
    row(R"({"a":{"model":"no"},"b":["model","no"],"c":"model","model":"models/m-1"})", "m-1");
    row(R"({"a":"}]","model":"m-1"})", "m-1");
    row(R"({"n":1,"t":true,"z":null,"model":"m-1"})", "m-1");
    row(R"({"model":1,"x":"no"})", "");
    row(R"({"model":{"x":"no"}})", "");
    row(R"({"model":["no"]})", "");
    row(R"({"model":"n o"})", "");
    row(R"({"model":"no)", "");
    row(R"({"model":)", "");
    row(R"({"model)", "");
    row(R"({"a":"\)", "");
    row(R"(["model","no"])", "");
    row(R"("model")", "");
    row(R"({}{"model":"no"})", "");
    row(R"(]}]{"model":"no"})", "");
    row("", "");
    row("--boundary\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nno", "");
}

void TestNativeRequest::modelInBody()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, model);
    QCOMPARE(openairequest::modelInBody(body), model);
}

void TestNativeRequest::modelBehindALargePicture()
{
    const QByteArray body = "{\"messages\":[{\"content\":\"data:image/png;base64," + QByteArray(50'000'000, 'A')
            + "\"}],\"model\":\"m-1\"}";
    QCOMPARE(openairequest::modelInBody(body), "m-1"_ba);
}

void TestNativeRequest::givesUpOnVeryManyValues_data()
{
    QTest::addColumn<QByteArray>("filler");
    QTest::newRow("numbers") << "1,"_ba.repeated(1'000'000);
    QTest::newRow("strings") << "\"\","_ba.repeated(1'000'000);
    QTest::newRow("quotes in a string") << "\"" + "\\\""_ba.repeated(1'000'000) + "\",";
    QTest::newRow("lists") << "[],"_ba.repeated(1'000'000);
}

void TestNativeRequest::givesUpOnVeryManyValues()
{
    QFETCH(const QByteArray, filler);
    QCOMPARE(openairequest::modelInBody("{\"a\":[" + filler + "0],\"model\":\"m-1\"}"), ""_ba);
}

QTEST_APPLESS_MAIN(TestNativeRequest)
#include "tst_nativerequest.moc"
