#include "proxy/exchange/keymask.h"

#include <QTest>

class TestKeyMask : public QObject
{
    Q_OBJECT

private slots:
    void bodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("masked");

        const QByteArray key = "AIza-test-key-0123";
        const QByteArray stars(key.size(), '*');
        QTest::newRow("none") << QByteArray(R"({"error":{"code":400}})") << QByteArray(R"({"error":{"code":400}})");
        QTest::newRow("in the middle") << "Invalid API key: " + key + "."
                                       << "Invalid API key: " + stars + ".";
        QTest::newRow("at the start") << key + " is wrong" << stars + " is wrong";
        QTest::newRow("at the end") << "wrong: " + key << "wrong: " + stars;
        QTest::newRow("twice") << key + key << stars + stars;
        QTest::newRow("a part of it") << QByteArray("AIza-test-key-012 AIza") << QByteArray("AIza-test-key-012 AIza");
        QTest::newRow("after a part of it") << "AIza-test-" + key << "AIza-test-" + stars;
        QTest::newRow("cut within") << QByteArray("wrong: AIza-test-key") << "wrong: " + QByteArray(13, '*');
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }

    void bodies()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, masked);
        const Secret key("AIza-test-key-0123");
        for (qsizetype cut = 0; cut <= body.size(); ++cut) {
            KeyMask mask(key);
            QByteArray out = mask.feed(QByteArrayView(body).first(cut));
            out += mask.feed(QByteArrayView(body).sliced(cut));
            QCOMPARE(out + mask.finish(), masked);
        }
        QCOMPARE(KeyMask(key).masked(body), masked);
        KeyMask mask(key);
        QByteArray out;
        for (const char c : std::as_const(body))
            out += mask.feed(QByteArrayView(&c, 1));
        QCOMPARE(out + mask.finish(), masked);
    }

    void shortKeysAreWordsAndStay()
    {
        KeyMask mask(Secret("demo"));
        QCOMPARE(mask.feed("a demo of it"), "a demo of it");
        QCOMPARE(KeyMask().feed("a demo of it"), "a demo of it");
    }
};

QTEST_APPLESS_MAIN(TestKeyMask)
#include "tst_keymask.moc"
