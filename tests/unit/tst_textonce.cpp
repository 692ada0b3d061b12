#include "app/cli/textonce.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestTextOnce : public QObject
{
    Q_OBJECT

private slots:
    void everyCut();
    void beginning();
};

// Wherever a stream is cut and however far back it is taken up again, the text comes once.
void TestTextOnce::everyCut()
{
    const QString text = u"Grüße 🌍!"_s;
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        for (qsizetype back = 0; back <= cut; ++back) {
            TextOnce once;
            QString got = once.take(text.first(back));
            QCOMPARE(once.position(), back);
            got += once.take(text.sliced(back, cut - back));
            once.seek(back);
            for (const QChar c : text.sliced(back))
                got += once.take(c);
            QCOMPARE(got, text);
            QCOMPARE(once.size(), text.size());
            QVERIFY(once.isBeginningOf(text));
        }
    }
}

void TestTextOnce::beginning()
{
    TextOnce once;
    QVERIFY(once.isBeginningOf(u""_s));
    QVERIFY(once.isBeginningOf(u"abc"_s));
    QCOMPARE(once.take(u"ab"_s), u"ab"_s);
    QVERIFY(once.isBeginningOf(u"ab"_s));
    QVERIFY(once.isBeginningOf(u"abc"_s));
    QVERIFY(!once.isBeginningOf(u"a"_s));
    QVERIFY(!once.isBeginningOf(u"aXc"_s));
}

QTEST_GUILESS_MAIN(TestTextOnce)
#include "tst_textonce.moc"
