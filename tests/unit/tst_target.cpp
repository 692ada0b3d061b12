#include "proxy/guard/target.h"

#include <QTest>

class TestTarget : public QObject
{
    Q_OBJECT

private slots:
    void targets_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("fine");

        for (const char *fine :
             {"/", "/health", "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "/v1beta/models/a..b",
              "/v1beta/.hidden", "/v1beta/...", "/a//b", "/upload/v1beta/files",
              "/v1beta/models?pageToken=a%2Fb%00..//@\\", "/%E2%82%AC", "/v1beta/files/%252e%252e", "/%41",
              "/a;b=c/d,e", "/v1beta/cachedContents/x~y!$&'()*+", "/v1beta/models%2Fgemini-2.5-flash:generateContent",
              "/a%2fb", "/a%2Fb%2fc", "/a//b%2Fc"})
            QTest::newRow(fine) << QByteArray(fine) << true;
        for (const char *bad : {"",
                                "*",
                                "v1beta",
                                "//evil.example/x",
                                "///x",
                                "http://evil.example/",
                                "evil.example:443",
                                "/\\evil.example",
                                "/a\\b",
                                "/user@evil.example/",
                                "/@evil.example",
                                "/..",
                                "/../x",
                                "/a/..",
                                "/a/../b",
                                "/.",
                                "/./a",
                                "/a/.",
                                "/%2e%2e/x",
                                "/%2E%2E/x",
                                "/.%2e/x",
                                "/a%2f",
                                "/%2fa",
                                "/a%2f%2fb",
                                "/a/%2Fb",
                                "/a%2F/b",
                                "/a%2F..%2Fb",
                                "/a%2F..",
                                "/a/..%2Fb",
                                "/a%2F./b",
                                "/%2F/a",
                                "/%2fevil.example/x",
                                "/%5cevil",
                                "/%5Cevil",
                                "/a%00b",
                                "/a%0d%0aHost:%20evil",
                                "/a%0Ab",
                                "/a b",
                                "/a#b",
                                "/a\tb",
                                "/a\x7f",
                                "/\xc3\xa4",
                                "/%",
                                "/a%4",
                                "/%zz",
                                "/%/%25%-121"})
            QTest::newRow(*bad ? QByteArray(bad).toPercentEncoding().constData() : "empty") << QByteArray(bad) << false;
    }

    void targets()
    {
        QFETCH(QByteArray, target);
        QFETCH(bool, fine);
        const char *problem = guard::targetProblem(target);
        QCOMPARE(problem == nullptr, fine);
    }
};

QTEST_APPLESS_MAIN(TestTarget)
#include "tst_target.moc"
