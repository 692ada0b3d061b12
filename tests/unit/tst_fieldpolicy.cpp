#include "proxy/http/fieldpolicy.h"

#include <QTest>

class TestFieldPolicy : public QObject
{
    Q_OBJECT

private slots:
    void passing_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("goesUp");
        QTest::addColumn<bool>("comesDown");

        const auto row = [](const char *name, bool up, bool down) {
            QTest::newRow(name) << QByteArray(name) << up << down;
        };
        for (const char *neither : {"Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate",
                                    "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
                                    "Content-Length", "X-Request-Id", "Via", "X-Named-By-Connection"})
            row(neither, false, false);
        for (const char *onlyDown : {"Authorization",
                                     "x-goog-api-key",
                                     "X-GOOG-API-KEY",
                                     "Cookie",
                                     "Origin",
                                     "Referer",
                                     "HTTP-Referer",
                                     "X-Title",
                                     "Sec-Fetch-Site",
                                     "sec-ch-ua",
                                     "Host",
                                     "Expect",
                                     "Forwarded",
                                     "X-Forwarded-For",
                                     "x-forwarded-host",
                                     "X-Real-IP",
                                     "X-Goog-User-Project",
                                     "X-Api-Key",
                                     "api-key",
                                     "X-Goog-Iam-Authorization-Token"})
            row(onlyDown, false, true);
        for (const char *onlyUp :
             {"Set-Cookie", "Alt-Svc", "Strict-Transport-Security", "NEL", "Report-To", "Clear-Site-Data"})
            row(onlyUp, true, false);
        for (const char *both : {"Content-Type", "x-goog-api-client", "X-Goog-Upload-Command", "Content-Encoding",
                                 "Retry-After", "Accept", "Server-Timing", "X-New"})
            row(both, true, true);
        row("Access-Control-Allow-Origin", false, false);
        row("Accept-Encoding", false, true);
    }

    void passing()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, goesUp);
        QFETCH(bool, comesDown);
        const http::Fields fields{
                {"A", "1"}, {name, "value"}, {"connection", "close, x-named-by-connection"}, {"B", "2"}};
        const http::Fields up = http::fieldsForUpstream(fields);
        const http::Fields down = http::fieldsForClient(fields);
        QCOMPARE(up.contains(name), goesUp);
        QCOMPARE(down.contains(name), comesDown);
        QCOMPARE(up.value("a"), "1");
        QCOMPARE(down.value("b"), "2");
        QVERIFY(!up.contains("connection"));
        QVERIFY(!down.contains("connection"));
    }

    void nothingThatBreaksALinePasses()
    {
        const http::Fields fields{{"Good", "a\tb"},  {"Bad", "a\r\nInjected: b"},
                                  {"Bad", "a\nb"},   {"Bad", QByteArray("a\0b", 3)},
                                  {"Bad name", "x"}, {"", "x"},
                                  {"Bad\r\n", "x"}};
        for (const http::Fields &passed : {http::fieldsForUpstream(fields), http::fieldsForClient(fields)}) {
            QCOMPARE(passed.size(), 1);
            QCOMPARE(passed.value("good"), "a\tb");
        }
    }

    void repeatedFieldsStayInOrder()
    {
        const http::Fields passed = http::fieldsForClient({{"Link", "1"}, {"X", "2"}, {"Link", "3"}});
        QCOMPARE(passed.size(), 3);
        QCOMPARE(passed.joined("link"), "1, 3");
    }
};

QTEST_APPLESS_MAIN(TestFieldPolicy)
#include "tst_fieldpolicy.moc"
