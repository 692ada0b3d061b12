#include "proxy/faces/toolnames.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using faces::ToolNames;
using namespace Qt::StringLiterals;

// Names of tools that Gemini accepts.
class TestToolNames : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void alikeStayApart();
    void aNameLikeAChangedOne();
    void unknownNames();
    void ids();
};

void TestToolNames::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("kept");
    QTest::newRow("plain") << u"read_file"_s << true;
    QTest::newRow("one letter") << u"a"_s << true;
    QTest::newRow("all that is allowed") << u"_a.b:c-d9"_s << true;
    QTest::newRow("as long as may be") << QString(64, u'a') << true;
    QTest::newRow("too long") << QString(65, u'a') << false;
    QTest::newRow("much too long") << QString(100'000, u'a') << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("begins with a digit") << u"1st"_s << false;
    QTest::newRow("long and begins with a digit") << u'1' + QString(63, u'a') << false;
    QTest::newRow("begins with a dash") << u"-a"_s << false;
    QTest::newRow("spaces") << u"read file"_s << false;
    QTest::newRow("slashes") << u"mcp/server/tool"_s << false;
    QTest::newRow("letters of others") << u"größe"_s << false;
    QTest::newRow("a picture") << u"\U0001F600"_s << false;
    QTest::newRow("NUL") << QString(u"a\0b"_s) << false;
    QTest::newRow("a line break") << u"a\n"_s << false;
}

void TestToolNames::names()
{
    QFETCH(QString, name);
    QFETCH(bool, kept);
    static const QRegularExpression allowed(u"\\A[A-Za-z_][A-Za-z0-9_.:-]{0,63}\\z"_s);
    ToolNames names;
    const QString changed = names.forGemini(name);
    QVERIFY2(allowed.match(changed).hasMatch(), qPrintable(changed));
    QCOMPARE(changed == name, kept);
    QCOMPARE(names.forGemini(name), changed);
    QCOMPARE(names.forClient(changed), name);
    QCOMPARE(ToolNames().forGemini(name), changed); // so that Gemini's cache finds the request's beginning again
}

void TestToolNames::alikeStayApart()
{
    ToolNames names;
    QSet<QString> changed;
    const QStringList alike{u"a b"_s,          u"a/b"_s,          u"a?b"_s,  u"a_b"_s, u"äb"_s, u"öb"_s,
                            QString(65, u'x'), QString(66, u'x'), QString(), u"_"_s,   u"?"_s};
    for (const QString &name : alike)
        changed.insert(names.forGemini(name));
    QCOMPARE(changed.size(), alike.size());
    for (const QString &name : alike)
        QCOMPARE(names.forClient(names.forGemini(name)), name);
}

// A name may look like one that was changed here.
void TestToolNames::aNameLikeAChangedOne()
{
    ToolNames names;
    const QString changed = names.forGemini(u"a b"_s);
    const QString other = names.forGemini(changed);
    QVERIFY(other != changed);
    QCOMPARE(names.forClient(changed), u"a b"_s);
    QCOMPARE(names.forClient(other), changed);
}

void TestToolNames::unknownNames()
{
    ToolNames names;
    QCOMPARE(names.forClient(u"made_up"_s), u"made_up"_s);
    QCOMPARE(names.forClient(QString()), QString());
}

void TestToolNames::ids()
{
    static const QRegularExpression form(u"\\Atoolu_[A-Za-z0-9]{24}\\z"_s);
    QSet<QString> ids;
    for (int i = 0; i < 1000; ++i) {
        const QString id = faces::newId(u"toolu_"_s);
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
        ids.insert(id);
    }
    QCOMPARE(ids.size(), 1000);
}

QTEST_APPLESS_MAIN(TestToolNames)
#include "tst_toolnames.moc"
