#include "ui/usage/usagemodel.h"

#include "ui/usage/usageseries.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Grouping = UsageSeries::Grouping;

namespace {

const QDate monday(2025, 3, 3);

UsageRow row(const QDate &day, const QString &model, const QString &client, qint64 in, qint64 out)
{
    return {day, model, client, 1, 0, in, out, 0};
}

} // namespace

class TestUsageModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void model();
    void csv();
    void days();
    void clients();
    void others();
    void months_data();
    void months();
    void nothing();
};

void TestUsageModel::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestUsageModel::model()
{
    UsageModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    UsageRow first{monday, u"gemini-flash-latest"_s, {}, 12, 2, 1234567, 5'000'000'000, 1000};
    model.setRows({first, row(monday.addDays(1), {}, u"editor"_s, 1, 2)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 7);

    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells.append(model.index(0, column).data().toString());
    QCOMPARE(cells,
             (QStringList{u"03/03/2025"_s, u"gemini-flash-latest"_s, u"No token"_s, u"12"_s, u"1,234,567"_s,
                          u"5,000,000,000"_s, u"1,000"_s}));
    QCOMPARE(model.index(1, UsageModel::Model).data().toString(), u"No model"_s);
    QCOMPARE(model.index(0, UsageModel::TokensOut).data(UsageModel::SortRole), QVariant(qint64(5'000'000'000)));
    QCOMPARE(model.index(0, UsageModel::Day).data(UsageModel::SortRole), QVariant(monday));
    for (int column = 0; column < model.columnCount(); ++column) {
        const bool number = column >= UsageModel::Requests;
        for (const QVariant &alignment : {model.index(0, column).data(Qt::TextAlignmentRole),
                                          model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole)})
            QCOMPARE((alignment.toInt() & Qt::AlignRight) != 0, number);
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
    }
    QVERIFY(model.index(0, UsageModel::Requests).data(Qt::ToolTipRole).toString().contains(u'2'));

    QSignalSpy resets(&model, &UsageModel::modelReset);
    model.setRows({first, row(monday.addDays(1), {}, u"editor"_s, 1, 2)}); // the same: nothing jumps
    QCOMPARE(resets.size(), 0);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

void TestUsageModel::csv()
{
    QCOMPARE(usageCsv({}), "day,model,client,requests,failed,tokens_in,tokens_out,thoughts\r\n"_ba);
    QCOMPARE(usageCsv({{monday, u"m"_s, u"a \"b\", c\nd"_s, 12, 2, 1234567, 8, 3}, row(monday, {}, u"ä"_s, 1, 2)}),
             "day,model,client,requests,failed,tokens_in,tokens_out,thoughts\r\n"
             "2025-03-03,m,\"a \"\"b\"\", c\nd\",12,2,1234567,8,3\r\n"
             "2025-03-03,,ä,1,0,1,2,0\r\n"_ba);
}

void TestUsageModel::days()
{
    const UsageSeries series({row(monday, u"small"_s, u"x"_s, 1, 2), row(monday, u"large"_s, u"x"_s, 10, 20),
                              row(monday, u"large"_s, u"y"_s, 5, 5), row(monday.addDays(2), u"small"_s, {}, 1, 0),
                              row(monday.addDays(2), u"silent"_s, {}, 0, 0),
                              row(monday.addDays(-1), u"before"_s, {}, 9, 9),
                              row(monday.addDays(3), u"after"_s, {}, 9, 9)},
                             monday, monday.addDays(2), Grouping::Model);
    QVERIFY(!series.isMonthly());
    QCOMPARE(series.groups(), (QStringList{u"large"_s, u"small"_s}));
    QCOMPARE(series.bars().size(), 3);
    QCOMPARE(series.bars().at(0), (UsageSeries::Bar{monday, monday, {40, 3}, 43, 3}));
    QCOMPARE(series.bars().at(1), (UsageSeries::Bar{monday.addDays(1), monday.addDays(1), {0, 0}, 0, 0}));
    QCOMPARE(series.bars().at(2), (UsageSeries::Bar{monday.addDays(2), monday.addDays(2), {0, 1}, 1, 2}));
    QCOMPARE(series.most(), 43);
}

void TestUsageModel::clients()
{
    const UsageSeries series({row(monday, u"m"_s, {}, 1, 2), row(monday, u"n"_s, u"editor"_s, 10, 20)}, monday, monday,
                             Grouping::Client);
    QCOMPARE(series.groups(), (QStringList{u"editor"_s, u"No token"_s}));
    QCOMPARE(series.bars().constFirst().tokens, (QList<qint64>{30, 3}));
}

// Each group has a colour of its own, as far as there are colours that can be told apart.
void TestUsageModel::others()
{
    QList<UsageRow> rows;
    for (int i = 1; i <= 9; ++i)
        rows.append(row(monday, u"m%1"_s.arg(i), {}, i, 0));
    const UsageSeries many(rows, monday, monday, Grouping::Model);
    QCOMPARE(many.groups(), (QStringList{u"m9"_s, u"m8"_s, u"m7"_s, u"m6"_s, u"m5"_s, u"Others"_s}));
    QCOMPARE(many.bars().constFirst().tokens, (QList<qint64>{9, 8, 7, 6, 5, 10}));
    const UsageSeries six(rows.first(6), monday, monday, Grouping::Model);
    QCOMPARE(six.groups().size(), 6);
    QCOMPARE(six.groups().constLast(), u"m1"_s);
}

void TestUsageModel::months_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<qsizetype>("bars");
    QTest::newRow("still days") << 120 << qsizetype(120);
    QTest::newRow("months") << 121 << qsizetype(5);     // 3 March to 1 July
    QTest::newRow("years") << 365 * 3 << qsizetype(37); // to 1 March
}

void TestUsageModel::months()
{
    QFETCH(const int, days);
    QFETCH(const qsizetype, bars);
    const QDate last = monday.addDays(days - 1);
    const UsageSeries series(
            {row(monday, u"m"_s, {}, 1, 0), row(monday.addDays(1), u"m"_s, {}, 1, 0), row(last, u"m"_s, {}, 5, 0)},
            monday, last, Grouping::Model);
    QCOMPARE(series.bars().size(), bars);
    QCOMPARE(series.bars().constFirst().first, monday);
    QCOMPARE(series.bars().constLast().last, last);
    QCOMPARE(series.bars().constFirst().total, series.isMonthly() ? 2 : 1);
    QCOMPARE(series.bars().constLast().total, 5);
    for (qsizetype i = 1; i < series.bars().size(); ++i)
        QCOMPARE(series.bars().at(i).first, series.bars().at(i - 1).last.addDays(1));
}

void TestUsageModel::nothing()
{
    QCOMPARE(UsageSeries().most(), 0);
    QVERIFY(UsageSeries({}, {}, monday, Grouping::Model).bars().isEmpty());
    QVERIFY(UsageSeries({}, monday, monday.addDays(-1), Grouping::Model).bars().isEmpty());
    QCOMPARE(UsageSeries({}, monday, monday, Grouping::Model).bars().size(), 1);
}

QTEST_GUILESS_MAIN(TestUsageModel)
#include "tst_usagemodel.moc"
