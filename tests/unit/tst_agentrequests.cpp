#include "proxy/faces/messagesrequest.h"
#include "proxy/faces/responsesrequest.h"
#include "tests/support/folders.h"
#include "tests/unit/facevalues.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

// Requests that were recorded from coding agents and SDKs. Where there are none, this says so.
class TestAgentRequests : public QObject
{
    Q_OBJECT

private slots:
    void translated_data();
    void translated();

private:
    const QDir m_recorded{QStringLiteral(RECORDED_AGENTS_DIR)};
};

void TestAgentRequests::translated_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    if (!m_recorded.exists())
        QSKIP("no recorded requests of agents here");
    for (const QString &name : m_recorded.entryList({u"*.json"_s}, QDir::Files)) {
        QFile file(m_recorded.filePath(name));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
        const auto recorded = faces::parseJson(file.readAll());
        QVERIFY2(recorded, qPrintable(name));
        const QString path = (*recorded)["path"_L1].toString().section(u'?', 0, 0);
        if (path.startsWith("/v1/messages"_L1) || path == "/v1/responses"_L1)
            QTest::newRow(qPrintable(name)) << path << faces::toJson((*recorded)["body"_L1]);
    }
}

void TestAgentRequests::translated()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const faces::SignatureStore signatures;
    QCborMap request;
    QStringList leftOut;
    if (path == "/v1/responses"_L1) {
        const auto translation = faces::responsesRequest(body, {signatures, {}}, faces::ResponseStore());
        QVERIFY2(translation, translation ? "" : qPrintable(translation.error().message));
        request = translation->gemini.body;
    } else {
        const auto translation = faces::messagesRequest(body, {signatures, {}});
        QVERIFY2(translation, translation ? "" : qPrintable(translation.error().message));
        request = translation->body;
    }
    const QCborArray contents = request.value(u"contents"_s).toArray();
    QVERIFY(!contents.isEmpty());
    QVERIFY2(facevalues::problemIn(contents).isEmpty(), qPrintable(facevalues::problemIn(contents)));

    // What is a call or a result in the agent's words is one in Gemini's.
    const QByteArray told = faces::toJson(request);
    qsizetype calls = body.count(R"("type":"tool_use")");
    for (const char *type : {"function_call", "custom_tool_call"})
        calls += body.count(R"("type":")" + QByteArray(type) + '"');
    QCOMPARE(told.count(R"({"functionCall":)"), calls);
    QCOMPARE(told.count(R"({"functionResponse":)"), calls);
    QVERIFY(faces::parseJson(told));
}

QTEST_APPLESS_MAIN(TestAgentRequests)
#include "tst_agentrequests.moc"
