#include "app/cli/progressline.h"

#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;

class TestProgressLine : public QObject
{
    Q_OBJECT

private slots:
    void terminal();
    void elsewhere();
    void fits_data();
    void fits();
    void closes();
    void titles_data();
    void titles();
};

void TestProgressLine::terminal()
{
    QByteArray out;
    ProgressLine line(true, [&out](const QByteArray &bytes) { out += bytes; });
    line.show({}, 5); // nothing is known yet
    QCOMPARE(out, ""_ba);
    line.show(u"Plan\n\x1b[2J it"_s, 1234567);
    QVERIFY2(out.startsWith("\r0:0") && out.endsWith(" Plan [2J it (1,234,567 tokens)\x1b[K"), out.constData());
    out.clear();
    line.say(u"stays"_s);
    QVERIFY2(out.startsWith("\r\x1b[Kstays\n\r0:0"), out.constData());
}

// Each line is a new one, so that few are written.
void TestProgressLine::elsewhere()
{
    QByteArray out;
    ProgressLine line(false, [&out](const QByteArray &bytes) { out += bytes; });
    line.say(u"stays"_s);
    line.show(u"One"_s, -1);
    line.show(u"One"_s, 100);
    line.show(u"Two"_s, -1); // shown later, if nothing newer has come by then
    QVERIFY2(out.startsWith("stays\n0:0") && out.endsWith(" One\n") && out.count('\n') == 2, out.constData());
    QVERIFY(!out.contains('\r') && !out.contains('\x1b'));
    auto *timer = line.findChild<QTimer *>();
    QVERIFY(timer && timer->isActive());
    timer->start(0);
    QTRY_COMPARE(out.count('\n'), 3);
    QVERIFY2(out.endsWith(" Two (100 tokens)\n"), out.constData());
}

void TestProgressLine::fits_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("long") << QString(200, u'x');
    QTest::newRow("wide letters") << QString(60, u'語');
    QTest::newRow("emoji") << u"🌍"_s.repeated(60);
}

// A line that wrapped could not be written again in its place.
void TestProgressLine::fits()
{
    QFETCH(const QString, what);
    QByteArray out;
    ProgressLine line(true, [&out](const QByteArray &bytes) { out += bytes; });
    line.show(what, 10);
    const QString shown = QString::fromUtf8(out).remove(u"\r"_s).remove(u"\x1b[K"_s);
    int columns = 0;
    for (const char32_t c : shown.toUcs4())
        columns += c < 0x300 || c == U'…' ? 1 : 2;
    QVERIFY2(columns <= 79 && columns > 60, out.constData());
    QVERIFY2(shown.contains(u'…') && shown.endsWith("(10 tokens)"_L1), out.constData());
}

void TestProgressLine::closes()
{
    QByteArray out;
    ProgressLine line(true, [&out](const QByteArray &bytes) { out += bytes; });
    line.show(u"Plan"_s, -1);
    line.close();
    QVERIFY(out.endsWith("\r\x1b[K"));
    out.clear();
    line.show(u"More"_s, -1);
    QCOMPARE(out, ""_ba);
    line.close();
    QCOMPARE(out, ""_ba);
}

void TestProgressLine::titles_data()
{
    QTest::addColumn<QString>("thoughts");
    QTest::addColumn<QString>("title");
    QTest::newRow("none") << u""_s << u""_s;
    QTest::newRow("blank") << u" \n\n"_s << u""_s;
    QTest::newRow("one") << u"**Planning  it**\n\nI will\n"_s << u"Planning it"_s;
    QTest::newRow("the newest") << u"**One**\n\nI will\n\n**Two**\n\nand"_s << u"Two"_s;
    QTest::newRow("bold words are no title") << u"**One**\n\nI **will** do\n"_s << u"One"_s;
    QTest::newRow("no title") << u"\n I think\nso"_s << u"I think"_s;
    QTest::newRow("nothing in bold face") << u"****\n"_s << u"****"_s;
}

void TestProgressLine::titles()
{
    QFETCH(const QString, thoughts);
    QTEST(newestTitle(thoughts), "title");
}

QTEST_GUILESS_MAIN(TestProgressLine)
#include "tst_progressline.moc"
