#include "ui/shell/closequestion.h"

#include <QCheckBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Closing = Preferences::Closing;

class TestCloseQuestion : public QObject
{
    Q_OBJECT

private slots:
    void oneIsNotSpokenOfAsMany();
    void answers_data();
    void answers();
    void escapeStays();
    void remembersOnlyIfWished();
    void keyboardReachesAll();

private:
    static QPushButton *button(const CloseQuestion *question, QStringView text)
    {
        for (QPushButton *candidate : question->findChildren<QPushButton *>()) {
            if (candidate->text().remove(u'&') == text)
                return candidate;
        }
        return nullptr;
    }
};

void TestCloseQuestion::answers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<Closing>>("answer");
    QTest::newRow("finish") << u"Let them finish"_s << QList{Closing::Finish};
    QTest::newRow("stop") << u"Stop them"_s << QList{Closing::Stop};
    QTest::newRow("stay") << u"Cancel"_s << QList<Closing>{};
}

void TestCloseQuestion::answers()
{
    QFETCH(const QString, text);
    QFETCH(const QList<Closing>, answer);
    const QPointer<CloseQuestion> question = new CloseQuestion(3, nullptr);
    QList<Closing> answers;
    connect(question, &CloseQuestion::answered, this, [&](Closing how) { answers.append(how); });
    question->open();
    QVERIFY(question->accessibleDescription().contains(u'3'));
    QTest::mouseClick(button(question, text), Qt::LeftButton);
    QCOMPARE(answers, answer);
    QTRY_VERIFY(question.isNull());
}

void TestCloseQuestion::oneIsNotSpokenOfAsMany()
{
    const CloseQuestion one(1, nullptr);
    QVERIFY(button(&one, u"Let it finish"));
    QVERIFY(button(&one, u"Stop it"));
    const CloseQuestion many(2, nullptr);
    QVERIFY(button(&many, u"Let them finish"));
    QVERIFY(button(&many, u"Stop them"));
}

void TestCloseQuestion::escapeStays()
{
    const QPointer<CloseQuestion> question = new CloseQuestion(1, nullptr);
    QSignalSpy answered(question, &CloseQuestion::answered);
    question->open();
    QTest::keyClick(question, Qt::Key_Escape);
    QTRY_VERIFY(question.isNull());
    QVERIFY(answered.isEmpty());
}

void TestCloseQuestion::remembersOnlyIfWished()
{
    CloseQuestion question(1, nullptr);
    QVERIFY(!question.isRemembered()); // who only presses Enter decides for this time
    question.findChild<QCheckBox *>()->click();
    QVERIFY(question.isRemembered());
}

void TestCloseQuestion::keyboardReachesAll()
{
    CloseQuestion question(2, nullptr);
    QSet<QChar> mnemonics;
    for (const QAbstractButton *candidate : question.findChildren<QAbstractButton *>()) {
        QVERIFY(candidate->focusPolicy() & Qt::TabFocus);
        const qsizetype mark = candidate->text().indexOf(u'&');
        QVERIFY2(mark >= 0, qPrintable(candidate->text()));
        const QChar key = candidate->text().at(mark + 1).toLower();
        QVERIFY2(!mnemonics.contains(key), qPrintable(candidate->text()));
        mnemonics.insert(key);
    }
    QCOMPARE(mnemonics.size(), 4);
}

QTEST_MAIN(TestCloseQuestion)
#include "tst_closequestion.moc"
