#include "app/cli/console.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestConsole : public QObject
{
    Q_OBJECT

private slots:
    void withoutControls_data();
    void withoutControls();
};

void TestConsole::withoutControls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");

    QTest::newRow("text") << u"Grüße,\n\t„🌍“\u200d"_s << u"Grüße,\n\t„🌍“\u200d"_s;
    QTest::newRow("set the clipboard") << u"a\x1b]52;c;ZXZpbA==\x07"
                                          "b"_s
                                       << u"a]52;c;ZXZpbA==b"_s;
    QTest::newRow("overwrite the line") << u"safe\r\bevil"_s << u"safeevil"_s;
    QTest::newRow("C1 and delete") << u"\u009b2J\u007f"_s << u"2J"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(u'\0') + u"b"_s << u"ab"_s;
}

void TestConsole::withoutControls()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    QCOMPARE(::withoutControls(text), result);
}

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
