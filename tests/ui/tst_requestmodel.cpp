#include "ui/requests/requestfilter.h"
#include "ui/requests/requestmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Request request(quint64 number, Request::State state = Request::State::Complete)
{
    Request r;
    r.number = number;
    r.id = u"id-%1"_s.arg(number);
    r.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5));
    r.method = u"POST"_s;
    r.path = u"/gemini-proxy"_s;
    r.route = u"gemini-proxy"_s;
    r.state = state;
    if (state != Request::State::Running) {
        r.status = 200;
        r.duration = 1200ms;
    }
    return r;
}

QList<quint64> numbers(const QAbstractItemModel &model)
{
    QList<quint64> all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += model.index(row, 0).data(RequestModel::NumberRole).toULongLong();
    return all;
}

constexpr auto running = Request::State::Running;

} // namespace

class TestRequestModel : public QObject
{
    Q_OBJECT

private slots:
    void batchesCostFewSignals();
    void anyOrder();
    void oldestEndedGoesFirst();
    void oldestGoesWhenAllRun();
    void clearsWhatEnded();
    void texts_data();
    void texts();
    void sorts_data();
    void sorts();
    void filters();
    void pinnedStaysWhenItEnds();
    void followsNewsUnderSortAndFilter();
};

void TestRequestModel::batchesCostFewSignals()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.apply({request(1, running), request(2, running), request(3, running), request(4, running)});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.runningCount(), 4);

    model.apply({request(4), request(1), request(2), request(5)});
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(changed.size(), 2); // rows 0 and 1, row 3
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), 1);
    QCOMPARE(changed[1][0].toModelIndex().row(), 3);
    QCOMPARE(model.runningCount(), 1);
    QCOMPARE(model.find(3)->state, running);
    QCOMPARE(model.find(4)->state, Request::State::Complete);
    QCOMPARE(model.find(6), nullptr);
    model.apply({});
    QCOMPARE(inserted.size(), 2);
}

void TestRequestModel::anyOrder()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply({request(20), request(10), request(30)});
    model.apply({request(15), request(5), request(40), request(16), request(15, running)});
    QCOMPARE(numbers(model), (QList<quint64>{5, 10, 15, 16, 20, 30, 40}));
    QCOMPARE(model.find(15)->state, running);
    QCOMPARE(model.runningCount(), 1);
}

void TestRequestModel::oldestEndedGoesFirst()
{
    RequestModel model(nullptr, 4);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy removed(&model, &RequestModel::removed);
    model.apply({request(1, running), request(2), request(3), request(4, running)});
    QVERIFY(removed.isEmpty());
    model.apply({request(5), request(6, running)});
    QCOMPARE(numbers(model), (QList<quint64>{1, 4, 5, 6}));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed[0][0].value<QList<quint64>>(), (QList<quint64>{2, 3}));
    model.apply({request(7), request(8), request(9), request(10), request(11), request(12)});
    QCOMPARE(numbers(model), (QList<quint64>{1, 4, 6, 12}));
    QCOMPARE(model.runningCount(), 3);
}

void TestRequestModel::oldestGoesWhenAllRun()
{
    RequestModel model(nullptr, 2);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply({request(1, running), request(2, running), request(3, running)});
    QCOMPARE(numbers(model), (QList<quint64>{2, 3}));
    QCOMPARE(model.runningCount(), 2);
}

void TestRequestModel::clearsWhatEnded()
{
    RequestModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy removed(&model, &RequestModel::removed);
    model.apply({request(1), request(2, running), request(3), request(4), request(5, running), request(6)});
    model.removeEnded();
    QCOMPARE(numbers(model), (QList<quint64>{2, 5}));
    QCOMPARE(removed[0][0].value<QList<quint64>>().size(), 4);
    model.removeEnded();
    QCOMPARE(removed.size(), 1);
}

void TestRequestModel::texts_data()
{
    QTest::addColumn<Request>("value");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("spoken");
    Request none;
    none.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5));
    Request full = request(1);
    full.userAgent = u"curl/8.5.0 (linux)"_s;
    full.model = u"gemini-flash-latest"_s;
    full.firstByte = 312400us;
    full.tokensIn = 1234;
    full.tokensOut = 0;
    full.bytesOut = 12345;
    Request left = full;
    left.client = u"editor"_s;
    left.state = Request::State::ClientLeft;
    left.duration = 125s;
    Request edge = full;
    edge.firstByte = 999600us;
    edge.duration = 59960ms;
    const auto row = [](const char *name, const Request &value, int column, const QString &text,
                        const QString &spoken) { QTest::newRow(name) << value << column << text << spoken; };
    using M = RequestModel;
    row("time", full, M::Time, u"03:04:05"_s, u"03:04:05"_s);
    row("client", left, M::Client, u"editor"_s, u"editor"_s);
    row("agent", full, M::Client, u"curl"_s, u"curl"_s);
    row("nobody", none, M::Client, u"–"_s, u"unknown client"_s);
    row("route", full, M::Route, u"gemini-proxy"_s, u"gemini-proxy"_s);
    row("no route", none, M::Route, u"–"_s, u"no route"_s);
    row("model", full, M::Model, u"gemini-flash-latest"_s, u"gemini-flash-latest"_s);
    row("status", full, M::Status, u"200"_s, u"200, complete"_s);
    row("left", left, M::Status, u"200"_s, u"200, client left"_s);
    row("no status", none, M::Status, u"–"_s, u"running"_s);
    row("first byte", full, M::FirstByte, u"312 ms"_s, u"312 millisecond(s)"_s);
    row("no byte", none, M::FirstByte, u"–"_s, u"not yet"_s);
    row("rounds up to a second", edge, M::FirstByte, u"1.0 s"_s, u"1.0 seconds"_s);
    row("rounds up to a minute", edge, M::Duration, u"1 min 0 s"_s, u"60.0 seconds"_s);
    row("duration", full, M::Duration, u"1.2 s"_s, u"1.2 seconds"_s);
    row("minutes", left, M::Duration, u"2 min 5 s"_s, u"125.0 seconds"_s);
    row("tokens", full, M::TokensIn, u"1,234"_s, u"1234 token(s)"_s);
    row("zero tokens", full, M::TokensOut, u"0"_s, u"0 token(s)"_s);
    row("no tokens", none, M::TokensOut, u"–"_s, u"not told"_s);
    row("bytes", full, M::Bytes, u"12.3 kB"_s, u"12.3 kB"_s);
    row("no bytes", none, M::Bytes, u"–"_s, u"0 bytes"_s);
}

void TestRequestModel::texts()
{
    QFETCH(const Request, value);
    QFETCH(const int, column);
    QLocale::setDefault(QLocale::c());
    RequestModel model;
    model.apply({value});
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTEST(model.index(0, column).data().toString(), "text");
    QTEST(model.index(0, column).data(Qt::AccessibleTextRole).toString(), "spoken");
}

void TestRequestModel::sorts_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QList<quint64>>("ascending");
    using M = RequestModel;
    // Each column has its own order; ties go by number.
    QTest::newRow("time") << int(M::Time) << QList<quint64>{1, 2, 3};
    QTest::newRow("client") << int(M::Client) << QList<quint64>{3, 1, 2};
    QTest::newRow("model") << int(M::Model) << QList<quint64>{2, 3, 1};
    QTest::newRow("status") << int(M::Status) << QList<quint64>{2, 1, 3};
    QTest::newRow("first byte") << int(M::FirstByte) << QList<quint64>{2, 3, 1};
    QTest::newRow("duration") << int(M::Duration) << QList<quint64>{2, 1, 3};
    QTest::newRow("tokens") << int(M::TokensOut) << QList<quint64>{2, 3, 1};
    QTest::newRow("bytes, by value and not by text") << int(M::Bytes) << QList<quint64>{1, 3, 2};
    QTest::newRow("route, all the same") << int(M::Route) << QList<quint64>{1, 2, 3};
}

void TestRequestModel::sorts()
{
    QFETCH(const int, column);
    QFETCH(const QList<quint64>, ascending);
    Request a = request(1);
    a.client = u"b"_s;
    a.model = u"x"_s;
    a.firstByte = 9s;
    a.duration = 9s;
    a.tokensOut = 100;
    a.bytesOut = 900;
    Request b = request(2, running);
    b.client = u"c"_s;
    b.tokensOut = -1;
    b.bytesOut = 1'000'000;
    Request c = request(3);
    c.client = u"A"_s;
    c.model = u"m"_s;
    c.status = 429;
    c.firstByte = 300ms;
    c.duration = 61s;
    c.tokensOut = 20;
    c.bytesOut = 2000;
    RequestModel model;
    RequestFilter filter(&model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.apply({a, b, c});
    QCOMPARE(numbers(filter), (QList<quint64>{3, 2, 1})); // the newest first
    filter.sort(column, Qt::AscendingOrder);
    QCOMPARE(numbers(filter), ascending);
    filter.sort(column, Qt::DescendingOrder);
    QCOMPARE(numbers(filter), QList<quint64>(ascending.rbegin(), ascending.rend()));
}

void TestRequestModel::filters()
{
    RequestModel model;
    RequestFilter filter(&model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Request failed = request(1, Request::State::Failed);
    failed.status = 0;
    Request quota = request(2);
    quota.status = 429;
    quota.path = u"/v1beta/models/x:generateContent"_s;
    Request runs = request(3, running);
    runs.client = u"Jürgen"_s;
    model.apply({failed, quota, runs, request(4)});
    const auto shown = [&](const QString &text, RequestFilter::Show show = RequestFilter::Show::All) {
        filter.setText(text);
        filter.setShow(show);
        return numbers(filter);
    };
    using Show = RequestFilter::Show;
    QCOMPARE(shown({}, Show::Failed), (QList<quint64>{2, 1}));
    QCOMPARE(shown({}, Show::Running), (QList<quint64>{3}));
    QCOMPARE(shown(u"429"_s), (QList<quint64>{2}));
    QCOMPARE(shown(u" JÜRGEN "_s), (QList<quint64>{3}));
    QCOMPARE(shown(u"id-4"_s), (QList<quint64>{4}));
    QCOMPARE(shown(u"GenerateContent"_s), (QList<quint64>{2}));
    QCOMPARE(shown(u"client left"_s), (QList<quint64>{}));
    QCOMPARE(shown(u"1.2 s"_s), (QList<quint64>{4, 2, 1}));
    QCOMPARE(shown(u"jürgen"_s, Show::Failed), (QList<quint64>{}));
    QVERIFY(filter.isFiltering());
    QCOMPARE(shown({}), (QList<quint64>{4, 3, 2, 1}));
    QVERIFY(!filter.isFiltering());
}

void TestRequestModel::pinnedStaysWhenItEnds()
{
    RequestModel model;
    RequestFilter filter(&model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setShow(RequestFilter::Show::Running);
    model.apply({request(1, running), request(2, running)});
    filter.setPinned(1);
    model.apply({request(1), request(2)});
    QCOMPARE(numbers(filter), (QList<quint64>{1}));
    filter.setPinned(0);
    QTRY_COMPARE(numbers(filter), (QList<quint64>{}));
}

void TestRequestModel::followsNewsUnderSortAndFilter()
{
    RequestModel model(nullptr, 50);
    RequestFilter filter(&model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.sort(RequestModel::Duration, Qt::DescendingOrder);
    filter.setShow(RequestFilter::Show::Running);
    for (quint64 n = 1; n <= 200; ++n)
        model.apply({request(n, running), request(n < 10 ? n : n - 9)});
    QCOMPARE(filter.rowCount(), 9);
    QCOMPARE(model.rowCount(), 50);
    filter.setShow(RequestFilter::Show::All);
    QCOMPARE(filter.rowCount(), 50);
    QCOMPARE(filter.index(49, 0).data(RequestModel::NumberRole).toULongLong(),
             192ULL); // running: the least
}

QTEST_GUILESS_MAIN(TestRequestModel)
#include "tst_requestmodel.moc"
