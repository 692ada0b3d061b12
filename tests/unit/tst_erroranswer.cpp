#include "proxy/net/erroranswer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>
#include <QTest>

using namespace Qt::StringLiterals;

// Errors as clients get them, in Google's shape.
class TestErrorAnswer : public QObject
{
    Q_OBJECT

private slots:
    void rpcStatus_data();
    void rpcStatus();
    void everyStatusHasAName();
    void json_data();
    void json();
    void upstream_data();
    void upstream();
    void everyUpstreamErrorIsSaid();
};

void TestErrorAnswer::rpcStatus_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](int http, const QByteArray &name) { QTest::addRow("%d", http) << http << name; };
    row(400, "INVALID_ARGUMENT"_ba);
    row(401, "UNAUTHENTICATED"_ba);
    row(403, "PERMISSION_DENIED"_ba);
    row(404, "NOT_FOUND"_ba);
    row(405, "INVALID_ARGUMENT"_ba);
    row(408, "DEADLINE_EXCEEDED"_ba);
    row(409, "ABORTED"_ba);
    row(413, "INVALID_ARGUMENT"_ba);
    row(414, "INVALID_ARGUMENT"_ba);
    row(417, "INVALID_ARGUMENT"_ba);
    row(421, "PERMISSION_DENIED"_ba);
    row(429, "RESOURCE_EXHAUSTED"_ba);
    row(431, "INVALID_ARGUMENT"_ba);
    row(500, "INTERNAL"_ba);
    row(501, "UNIMPLEMENTED"_ba);
    row(502, "UNAVAILABLE"_ba);
    row(503, "UNAVAILABLE"_ba);
    row(504, "DEADLINE_EXCEEDED"_ba);
    row(505, "UNIMPLEMENTED"_ba);
    row(599, "INTERNAL"_ba);
}

void TestErrorAnswer::rpcStatus()
{
    QFETCH(const int, http);
    QFETCH(const QByteArray, name);
    QCOMPARE(::rpcStatus(http), name);
}

void TestErrorAnswer::everyStatusHasAName()
{
    for (int status = 400; status < 600; ++status)
        QVERIFY(!::rpcStatus(status).isEmpty());
}

void TestErrorAnswer::json_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("plain") << u"Try again."_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("quotes and backslash") << u"say \"x\" to C:\\"_s;
    QTest::newRow("line ends") << u"a\r\nb\n\ndata: c"_s;
    QTest::newRow("control characters") << u"a\u0000b\u0001\u001f\t"_s;
    QTest::newRow("beyond ASCII") << u"grün, 你好, \U0001F600"_s;
    QTest::newRow("markup") << u"</script><b>"_s;
}

// The JSON also goes into an event stream, where it must stay on one line.
void TestErrorAnswer::json()
{
    QFETCH(const QString, message);
    const QByteArray json = ErrorAnswer{502, message}.toJson();
    QVERIFY2(!json.contains('\n') && !json.contains('\r'), json.constData());

    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QCOMPARE(object.keys(), QStringList{u"error"_s});
    const QJsonObject error = object[u"error"_s].toObject();
    QCOMPARE(error.keys(), (QStringList{u"code"_s, u"message"_s, u"status"_s}));
    QCOMPARE(error[u"code"_s].toInt(), 502);
    QCOMPARE(error[u"status"_s].toString(), u"UNAVAILABLE"_s);
    QCOMPARE(error[u"message"_s].toString(), message);
}

void TestErrorAnswer::upstream_data()
{
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<int>("status");
    QTest::newRow("refused") << QNetworkReply::ConnectionRefusedError << 502;
    QTest::newRow("unknown name") << QNetworkReply::HostNotFoundError << 502;
    QTest::newRow("certificate") << QNetworkReply::SslHandshakeFailedError << 502;
    QTest::newRow("closed early") << QNetworkReply::RemoteHostClosedError << 502;
    QTest::newRow("not HTTP") << QNetworkReply::ProtocolFailure << 502;
    QTest::newRow("network proxy refused") << QNetworkReply::ProxyConnectionRefusedError << 502;
    QTest::newRow("network proxy wants a password") << QNetworkReply::ProxyAuthenticationRequiredError << 502;
    QTest::newRow("network gone") << QNetworkReply::NetworkSessionFailedError << 502;
    QTest::newRow("anything else") << QNetworkReply::UnknownNetworkError << 502;
    QTest::newRow("too slow") << QNetworkReply::TimeoutError << 504;
}

void TestErrorAnswer::upstream()
{
    QFETCH(const QNetworkReply::NetworkError, error);
    QFETCH(const int, status);
    const ErrorAnswer answer = upstreamError(error, u"gemini.example"_s);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.message.contains(u"gemini.example"_s));
}

// Whatever Qt may report ends in a 502 or 504 with one sentence that names the upstream, even one
// whose name looks like a place holder.
void TestErrorAnswer::everyUpstreamErrorIsSaid()
{
    const auto errors = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    QVERIFY(errors.keyCount() > 20);
    for (int i = 0; i < errors.keyCount(); ++i) {
        const auto error = static_cast<QNetworkReply::NetworkError>(errors.value(i));
        const ErrorAnswer answer = upstreamError(error, u"h%1%2"_s);
        QVERIFY2(answer.status == 502 || answer.status == 504, errors.key(i));
        QVERIFY2(answer.message.contains(u"h%1%2"_s), errors.key(i));
        QVERIFY2(answer.message.endsWith(u'.'), errors.key(i));
    }
}

QTEST_APPLESS_MAIN(TestErrorAnswer)
#include "tst_erroranswer.moc"
