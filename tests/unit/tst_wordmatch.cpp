#include "ui/chat/store/wordmatch.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace chat;

namespace {

QString marked(QString text, const QList<WordMatch::Mark> &marks)
{
    for (auto mark = marks.crbegin(); mark != marks.crend(); ++mark)
        text.insert(mark->start + mark->length, u']').insert(mark->start, u'[');
    return text;
}

} // namespace

class TestWordMatch : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void snippetIsShort_data();
    void snippetIsShort();
    void stops();
};

void TestWordMatch::finds_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("nothing sought") << u" * "_s << u"a text"_s << u"a text"_s;
    QTest::newRow("whole words, and the last one's start")
            << u"a lig"_s << u"A light, at last"_s << u"[A] [light], at last"_s;
    QTest::newRow("not within a word") << u"ight"_s << u"light"_s << u"light"_s;
    QTest::newRow("case and accents") << u"CAFE"_s << u"ein Café und cafe\u0301"_s << u"ein [Café] und [cafe\u0301]"_s;
    QTest::newRow("umlauts and Greek") << u"grusse Αθηνα"_s << u"GRÜßE grüsse αθήνα"_s << u"GRÜßE [grüsse] [αθήνα]"_s;
    QTest::newRow("a phrase") << u"plan.pdf"_s << u"plan b, my-plan.pdf, plan"_s << u"plan b, my-[plan.pdf], plan"_s;
    QTest::newRow("a phrase that begins twice") << u"a.b"_s << u"a a b"_s << u"a [a b]"_s;
    QTest::newRow("Chinese") << u"重点"_s << u"一，重点内容"_s << u"一，[重点内容]"_s;
    QTest::newRow("beyond the first plane") << u"𝒜"_s << u"x 𝒜𝒷 🚀"_s << u"x [𝒜𝒷] 🚀"_s;
    QTest::newRow("half a character") << QString(QChar(0xd800)) << QString(QChar(0xd800)) << QString(QChar(0xd800));
}

void TestWordMatch::finds()
{
    QFETCH(QString, words);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(marked(text, WordMatch(words).find(text, 100)), expected);
}

void TestWordMatch::snippetIsShort_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("marks");
    QTest::newRow("one word far away") << QString(u"hay "_s.repeated(100'000) + u"needle hay"_s) << qsizetype(1);
    QTest::newRow("nothing else") << u"needle\n"_s.repeated(65'000) << qsizetype(20);
    QTest::newRow("no words at all") << QString(u"needle"_s + QString(1'000'000, u'x')) << qsizetype(1);
    QTest::newRow("begins with half a character") << QString(u"🚀"_s.repeated(100) + u"-needle"_s) << qsizetype(1);
    QTest::newRow("ends with half a character") << QString(u"needle-"_s + u"🚀"_s.repeated(100)) << qsizetype(1);
    QTest::newRow("not found") << QString(1'000'000, u'x') << qsizetype(0);
}

void TestWordMatch::snippetIsShort()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, marks);
    const Snippet snippet = snippetOf(text, WordMatch(u"needle"_s));
    QVERIFY2(snippet.text.size() <= 170, qPrintable(snippet.text));
    QVERIFY(!snippet.text.contains(u'\n'));
    QVERIFY(snippet.text.isValidUtf16());
    QVERIFY(snippet.marks.size() >= marks);
    for (const WordMatch::Mark &mark : snippet.marks)
        QVERIFY(QStringView(snippet.text).mid(mark.start, mark.length).startsWith(u"needle"_s));
}

void TestWordMatch::stops()
{
    const QString text = u"hay "_s.repeated(100'000) + u"needle"_s;
    const std::atomic_bool stop{true};
    QCOMPARE(WordMatch(u"needle"_s).find(text, 1).size(), 1);
    QVERIFY(WordMatch(u"needle"_s).find(text, 1, &stop).isEmpty());
}

QTEST_GUILESS_MAIN(TestWordMatch)
#include "tst_wordmatch.moc"
