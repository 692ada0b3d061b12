#include "ui/requests/requestarchive.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using State = RequestArchive::State;

class TestRequestArchive : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatWasSaid();
    void piecesBeforeContent();
    void boundsCount();
    void boundsBytes();
    void countsBytesExactly();
    void shownSurvives();
    void cutsHonestly();
    void longPromptLeavesRoom();
    void offForgetsEverything();
    void offAndOnGivesNoHalves();
    void forgets();
};

namespace {

RequestArchive::Limits limits(qint64 bytes, qint64 each, int count)
{
    return {bytes, each, count};
}

} // namespace

void TestRequestArchive::keepsWhatWasSaid()
{
    RequestArchive archive;
    QCOMPARE(archive.state(1), State::Unknown);
    QCOMPARE(archive.find(1), nullptr);
    archive.add({1, "prompt", {{"Host", "x"}}});
    archive.append({1, "ab"});
    archive.append({1, "cd"});
    QCOMPARE(archive.state(1), State::Kept);
    QCOMPARE(archive.find(1)->content.prompt, "prompt");
    QCOMPARE(archive.find(1)->content.fields.size(), 1);
    QCOMPARE(archive.find(1)->answer, "abcd");
    QVERIFY(!archive.find(1)->promptCut);
    QVERIFY(!archive.find(1)->answerCut);
}

void TestRequestArchive::piecesBeforeContent()
{
    RequestArchive archive;
    archive.append({1, "ab"});
    archive.add({1, "prompt", {}});
    QCOMPARE(archive.find(1)->answer, "ab");
    QCOMPARE(archive.find(1)->content.prompt, "prompt");
}

void TestRequestArchive::boundsCount()
{
    RequestArchive archive(limits(1'000'000, 1000, 3));
    QSignalSpy dropped(&archive, &RequestArchive::dropped);
    for (quint64 n = 1; n <= 5; ++n)
        archive.add({n, "x", {}});
    QCOMPARE(archive.count(), 3);
    QCOMPARE(dropped.size(), 2);
    QCOMPARE(dropped[0][0].toULongLong(), 1ULL);
    QCOMPARE(archive.state(2), State::Dropped);
    QCOMPARE(archive.state(3), State::Kept);
    archive.append({1, "late"}); // the rest of a dropped one is no answer
    QCOMPARE(archive.state(1), State::Dropped);
}

void TestRequestArchive::boundsBytes()
{
    RequestArchive archive(limits(100'000, 30'000, 1000));
    for (quint64 n = 1; n <= 10; ++n) {
        archive.add({n, {}, {}});
        for (int i = 0; i < 30; ++i) {
            archive.append({n, QByteArray(1000, 'x')});
            QVERIFY(archive.bytes() <= 100'000);
        }
    }
    QCOMPARE(archive.state(1), State::Dropped);
    QCOMPARE(archive.find(10)->answer.size(), 30'000);
    QVERIFY(archive.count() >= 2);
}

void TestRequestArchive::countsBytesExactly()
{
    RequestArchive archive(limits(50'000, 10'000, 4));
    for (quint64 n = 1; n <= 40; ++n) {
        archive.add({n, QByteArray(1000, 'p'), {{"Name", "value"}}});
        archive.append({n, QByteArray(3000, 'a')});
    }
    QList<quint64> all;
    for (quint64 n = 1; n <= 40; ++n)
        all += n;
    archive.forget(all);
    QCOMPARE(archive.bytes(), 0);
    QCOMPARE(archive.count(), 0);
}

void TestRequestArchive::shownSurvives()
{
    RequestArchive archive(limits(1'000'000, 1000, 2));
    archive.add({1, "x", {}});
    archive.setShown(1);
    for (quint64 n = 2; n <= 9; ++n)
        archive.add({n, "x", {}});
    QCOMPARE(archive.state(1), State::Kept);
    QCOMPARE(archive.state(9), State::Kept);
    QCOMPARE(archive.count(), 2);
    archive.setShown(0);
    archive.add({10, "x", {}});
    QCOMPARE(archive.state(1), State::Dropped);
}

void TestRequestArchive::cutsHonestly()
{
    RequestArchive archive(limits(1'000'000, 10, 9));
    archive.add({1, "123", {}});
    archive.append({1, "abcdefg"}); // just fits
    QVERIFY(!archive.find(1)->answerCut);
    archive.append({1, {}});
    QVERIFY(!archive.find(1)->answerCut);
    archive.append({1, "h"});
    QVERIFY(archive.find(1)->answerCut);
    archive.append({1, "i"});
    QCOMPARE(archive.find(1)->answer, "abcdefg");
}

void TestRequestArchive::longPromptLeavesRoom()
{
    RequestArchive archive(limits(1'000'000, 10, 9));
    archive.add({1, "1234567890abc", {}});
    QVERIFY(archive.find(1)->promptCut);
    QCOMPARE(archive.find(1)->content.prompt, "12345");
    archive.append({1, "abcde"});
    QVERIFY(!archive.find(1)->answerCut);
    QCOMPARE(archive.find(1)->answer, "abcde");
}

void TestRequestArchive::offForgetsEverything()
{
    RequestArchive archive;
    archive.add({1, "secret plan", {}});
    archive.append({1, "answer"});
    archive.setKeeping(false);
    QVERIFY(!archive.isKeeping());
    QCOMPARE(archive.bytes(), 0);
    QCOMPARE(archive.state(1), State::NotKept);
    archive.add({2, "x", {}});
    archive.append({2, "x"});
    QCOMPARE(archive.count(), 0);
}

void TestRequestArchive::offAndOnGivesNoHalves()
{
    RequestArchive archive;
    archive.append({1, "first half"});
    archive.setKeeping(false);
    archive.append({2, "first half"});
    archive.setKeeping(true);
    archive.append({1, "second half"});
    archive.append({2, "second half"});
    archive.append({3, "whole"});
    QCOMPARE(archive.state(1), State::NotKept);
    QCOMPARE(archive.state(2), State::NotKept);
    QCOMPARE(archive.find(3)->answer, "whole");
}

void TestRequestArchive::forgets()
{
    RequestArchive archive(limits(1'000'000, 1000, 1));
    archive.add({1, "x", {}});
    archive.add({2, "x", {}});
    archive.forget({1, 2, 3});
    QCOMPARE(archive.state(1), State::Unknown);
    QCOMPARE(archive.count(), 0);
    QCOMPARE(archive.bytes(), 0);
}

QTEST_GUILESS_MAIN(TestRequestArchive)
#include "tst_requestarchive.moc"
