#include "proxy/routes/linkrewriting.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestLinkRewriting : public QObject
{
    Q_OBJECT

private slots:
    void toHere_data();
    void toHere();
    void adapted_data();
    void adapted();
    void otherFieldsStay();
};

void TestLinkRewriting::toHere_data()
{
    QTest::addColumn<QByteArray>("upstream");
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("expected"); // "" = leads elsewhere

    const QByteArray google = "https://generativelanguage.googleapis.com"_ba;
    const QByteArray upload = "/upload/v1beta/files?upload_id=AB-c_1&upload_protocol=resumable"_ba;
    const auto row = [](const QByteArray &upstream, const QByteArray &link, const QByteArray &expected) {
        QTest::addRow("%s at %s", link.constData(), upstream.constData()) << upstream << link << expected;
    };
    row(google, google + upload, "http://desk.lan:8080" + upload);
    row(google, "https://GenerativeLanguage.GoogleAPIs.com" + upload, "http://desk.lan:8080" + upload);
    row(google, "https://generativelanguage.googleapis.com:443" + upload, "http://desk.lan:8080" + upload);
    row(google, google + "/x%2520%C3?a=%2F#part", "http://desk.lan:8080/x%2520%C3?a=%2F");
    row(google, google + "/x?key=secret&a=b&%6bey=c", "http://desk.lan:8080/x?a=b");
    row(google, upload, upload);
    row("http://127.0.0.1:99", "http://127.0.0.1:99/x", "http://desk.lan:8080/x");
    row("http://[::1]:99", "http://[::1]:99/x", "http://desk.lan:8080/x");
    row("https://g.example/gateway/", "https://g.example/gateway/x?y", "http://desk.lan:8080/x?y");
    row("https://g.example/gateway", "/gateway/x", "/x");

    row("https://g.example/gateway", "https://g.example/other/x", "");
    row("https://g.example/gateway", "https://g.example/gatewayx", "");
    row("https://g.example/gateway", "https://g.example/gateway", "");
    row("https://g.example/gateway", "https://g.example/gateway/../x", "");
    row(google, "http://generativelanguage.googleapis.com" + upload, "");
    row(google, "https://generativelanguage.googleapis.com:444" + upload, "");
    row(google, "https://evil.example" + upload, "");
    row(google, "https://generativelanguage.googleapis.com.evil.example/x", "");
    row(google, "https://generativelanguage.googleapis.com@evil.example/x", "");
    row(google, "https://user@generativelanguage.googleapis.com/x", "");
    row(google, "https://evil.example\\@generativelanguage.googleapis.com/x", "");
    row(google, "https://generativelanguage.googleapis.com\\.evil.example/x", "");
    row(google, "https://evil.example?generativelanguage.googleapis.com/x", "");
    row(google, "https://evil.example#@generativelanguage.googleapis.com/x", "");
    row(google, "//evil.example/x", "");
    row("https://g.example/gateway", "/gateway//evil.example/x", "");
    row("https://g.example/gateway", "https://g.example/gateway//evil.example/x", "");
    row(google, google + "//evil.example/x", "");
    row(google, google + "/a/%2e%2e/b", "");
    row(google, google + "/../x", "");
    row(google, google, "");
    row(google, "x/y", "");
    row(google, "", "");
    row(google, "javascript:alert(1)", "");
    row(google, "ftp://generativelanguage.googleapis.com/x", "");
}

void TestLinkRewriting::toHere()
{
    QFETCH(const QByteArray, upstream);
    QFETCH(const QByteArray, link);
    QFETCH(const QByteArray, expected);
    const auto here = linkrewriting::toHere(link, QUrl(QString::fromLatin1(upstream)), "desk.lan:8080");
    QCOMPARE(here.value_or(""_ba), expected);
}

void TestLinkRewriting::adapted_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected"); // "" = left out, "error" = none at all

    const QByteArray own = "https://g.example/x?a"_ba;
    const QByteArray foreign = "https://evil.example/x"_ba;
    const QByteArray here = "http://desk.lan/x?a"_ba;
    for (const char *name :
         {"X-Goog-Upload-URL", "x-goog-upload-url", "X-Goog-Upload-Control-URL", "Location", "Content-Location"})
        QTest::addRow("own %s", name) << QByteArray(name) << 200 << own << here;
    for (const char *name : {"X-Goog-Upload-URL", "X-Goog-Upload-Control-URL"})
        QTest::addRow("foreign %s", name) << QByteArray(name) << 200 << foreign << "error"_ba;
    QTest::newRow("foreign place of what was made") << "Location"_ba << 201 << foreign << ""_ba;
    QTest::newRow("foreign redirect") << "Location"_ba << 308 << foreign << "error"_ba;
    QTest::newRow("foreign content") << "Content-Location"_ba << 200 << foreign << ""_ba;
}

void TestLinkRewriting::adapted()
{
    QFETCH(const QByteArray, name);
    QFETCH(const int, status);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, expected);
    const auto fields = linkrewriting::adapted({{"A", "1"}, {name, value}, {"B", "2"}}, status,
                                               QUrl(u"https://g.example"_s), "desk.lan");
    if (expected == "error") {
        QVERIFY(!fields);
        QVERIFY(!fields.error().message.contains(u"evil"_s));
        return;
    }
    QVERIFY(fields);
    QCOMPARE(fields->joined(name), expected);
    QCOMPARE(fields->joined("b"), "2"_ba);
}

void TestLinkRewriting::otherFieldsStay()
{
    const http::Fields fields{{"Link", "<https://evil.example>"}, {"x", "1"}, {"X", "2"}};
    const auto same = linkrewriting::adapted(fields, 200, QUrl(u"https://g.example"_s), "desk.lan");
    QVERIFY(same);
    QCOMPARE(same->size(), 3);
    QCOMPARE(same->joined("x"), "1, 2"_ba);
}

QTEST_APPLESS_MAIN(TestLinkRewriting)
#include "tst_linkrewriting.moc"
