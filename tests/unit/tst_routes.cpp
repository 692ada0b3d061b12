#include "proxy/routes/routes.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestRoutes : public QObject
{
    Q_OBJECT

private slots:
    void found_data();
    void found();
    void modelsForAnthropicsClients_data();
    void modelsForAnthropicsClients();
    void shown();
};

void TestRoutes::found_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QByteArray>("path"); // of the row; "" = none

    const auto row = [](const char *target, const char *authorization, const char *path) {
        QTest::addRow("%s %s", target, authorization)
                << QByteArray(target) << QByteArray(authorization) << QByteArray(path);
    };
    const char *bearer = "Bearer x";
    row("/", "", "/");
    row("/health?x", "", "/health");
    row("/gemini-proxy?model=x", bearer, "/gemini-proxy");
    row("/gemini-proxy/", "", "");
    row("/nothing", "", "");
    row("/v1beta", "", "");
    row("/v1betax/models", "", "");
    row("/V1beta/models", "", "");
    row("/v2/models", "", "");
    row("/v1beta/models", "", "/v1beta/");
    row("/v1beta/openai/models", bearer, "/v1beta/openai/");
    row("/v1beta/openai", bearer, "/v1beta/");
    row("/v1alpha/x", "", "/v1alpha/");
    row("/upload/v1beta/files", "", "/upload/");
    row("/download/v1beta/files/f:download", "", "/download/");
    row("/v1/chat/completions", "", "/v1/chat/completions");
    row("/v1/chat/completions/x", bearer, "/v1/");
    row("/v1/embeddings?key=x", "", "/v1/embeddings");
    row("/v1/images/generations", "", "/v1/images/generations");
    row("/openai/v1/audio/speech", "", "/openai/v1/");
    row("/openai/v2/models", bearer, "");
    // Only the credential tells whether OpenAI's or Gemini's list is meant.
    row("/v1/models", "", "/v1/models");
    row("/v1/models?key=x", "", "/v1/");
    row("/v1/models?key=x", bearer, "/v1/models");
    row("/v1/models", "Basic x", "/v1/models");
    row("/v1/models", bearer, "/v1/models");
    row("/v1/models", "bearer x", "/v1/models");
    row("/v1/models?pageSize=5", bearer, "/v1/models");
    row("/v1/models/gemini-2.5-flash", bearer, "/v1/models");
    row("/v1/models/models/gemini-2.5-flash", bearer, "/v1/models");
    row("/v1/models/gemini-2.5-flash", "", "/v1/models");
    row("/v1/models/gemini-2.5-flash?$key=x&key=y", "", "/v1/");
    row("/v1/models/m:generateContent", bearer, "/v1/");
    row("/v1/modelsx", bearer, "/v1/");
    row("/v1/messages?beta=true", "", "/v1/messages");
    row("/v1/messages/count_tokens", "", "/v1/messages/count_tokens");
    row("/v1/responses", bearer, "/v1/responses");
    row("/api/hello", "", "/api/hello");
}

void TestRoutes::found()
{
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, authorization);
    QFETCH(const QByteArray, path);
    http::RequestHead head;
    head.target = target;
    if (!authorization.isEmpty())
        head.fields.append("Authorization", authorization);
    const Route *route = findRoute(head);
    QCOMPARE(route ? QByteArray(route->path) : QByteArray(), path);
}

void TestRoutes::modelsForAnthropicsClients_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("theirs");
    QTest::newRow("the list") << "/v1/models?limit=1000"_ba << true;
    QTest::newRow("one") << "/v1/models/claude-sonnet-5"_ba << true;
    QTest::newRow("a verb of Gemini's") << "/v1/models/m:generateContent"_ba << false;
    QTest::newRow("another name") << "/v1/modelsx"_ba << false;
}

void TestRoutes::modelsForAnthropicsClients()
{
    QFETCH(const QByteArray, target);
    QFETCH(const bool, theirs);
    http::RequestHead head;
    head.target = target;
    head.fields.append("Authorization", "Bearer x");
    head.fields.append("anthropic-version", "2023-06-01");
    const Route *route = findRoute(head);
    QVERIFY(route);
    QCOMPARE(route->id == RouteId::AnthropicModels, theirs);
}

void TestRoutes::shown()
{
    QByteArrayList paths;
    for (const Route &route : routes())
        paths.append(shownPath(route));
    QVERIFY(paths.contains("/v1beta/..."_ba));
    QVERIFY(paths.contains("/v1/models"_ba));
    for (const Route &route : routes()) {
        QCOMPARE(paths.count(shownPath(route)), 1); // a second could never be reached
        QVERIFY(route.open
                == (route.id == RouteId::StartPage || route.id == RouteId::Health || route.id == RouteId::Hello));
    }
}

QTEST_APPLESS_MAIN(TestRoutes)
#include "tst_routes.moc"
