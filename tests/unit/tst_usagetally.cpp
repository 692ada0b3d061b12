#include "app/usage/usagetally.h"

#include "app/usage/usagedatabase.h"
#include "app/usage/usagestore.h"
#include "proxy/accounts/modelnames.h"
#include "tests/unit/usagecounts.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>

// What counts as used, and under which names.
class TestUsageTally : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whatCounts_data();
    void whatCounts();
    void interactions_data();
    void interactions();
    void interactionTwiceInATally();
    void interactionsLeaveRoom();
    void tallyIsBounded();
    void madeUpNamesShareARow();
    void knownFromTheFile();

private:
    std::optional<QTemporaryDir> m_folder;
    QString m_path;
};

void TestUsageTally::init()
{
    m_folder.emplace();
    m_path = m_folder->filePath(u"usage.sqlite"_s);
}

void TestUsageTally::whatCounts_data()
{
    QTest::addColumn<ExchangeInfo>("info");
    QTest::addColumn<QString>("expected"); // "" = nothing
    ExchangeInfo info;
    info.method = "POST"_ba;
    info.path = "/v1beta/models/m:generateContent"_ba;
    info.route = "native"_ba;
    info.model = "m"_ba;
    info.client = "c"_ba;
    info.status = 200;
    info.end = ExchangeInfo::End::Complete;
    info.usage.input = 3;
    info.usage.output = 9;
    info.usage.thoughts = 4;
    info.usage.cached = 2;
    const auto row = [info](const char *name, const QString &expected,
                            const std::function<void(ExchangeInfo &)> &change) {
        ExchangeInfo changed = info;
        change(changed);
        QTest::newRow(name) << changed << expected;
    };
    row("whole", u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &) {});
    row("nothing told", u"2025-03-03 m c r1 f0 i0 o0 t0 c0"_s, [](ExchangeInfo &i) { i.usage = {}; });
    row("refused by Gemini", u"2025-03-03 m c r1 f1 i0 o0 t0 c0"_s, [](ExchangeInfo &i) {
        i.usage = {};
        i.status = 429;
    });
    row("redirected", u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &i) { i.status = 399; });
    row("the least of errors", u"2025-03-03 m c r1 f1 i3 o9 t4 c2"_s, [](ExchangeInfo &i) { i.status = 400; });
    row("broken off", u"2025-03-03 m c r1 f1 i3 o9 t4 c2"_s,
        [](ExchangeInfo &i) { i.end = ExchangeInfo::End::Failed; });
    row("the client left", u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s,
        [](ExchangeInfo &i) { i.end = ExchangeInfo::End::ClientLeft; });
    row("without a token", u"2025-03-03 m  r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &i) { i.client.clear(); });
    row("only the answer names the model", u"2025-03-03 told c r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &i) {
        i.model.clear();
        i.usage.modelVersion = "told"_ba;
    });
    row("no model", u"2025-03-03  c r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &i) { i.model.clear(); });
    row("no model and no cost", QString(), [](ExchangeInfo &i) {
        i.model.clear();
        i.usage = {};
    });
    row("a text's tokens counted", QString(), [](ExchangeInfo &i) {
        i.path = "/v1beta/models/m:countTokens"_ba;
        i.usage = {};
    });
    row("a look at a model", QString(), [](ExchangeInfo &i) {
        i.method = "GET"_ba;
        i.path = "/v1beta/models/m"_ba;
        i.usage = {};
    });
    row("a session", u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s, [](ExchangeInfo &i) {
        i.method = "GET"_ba;
        i.route = "live"_ba;
        i.path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"_ba;
        i.status = 101;
    });
    row("negative", u"2025-03-03 m c r1 f0 i0 o9 t0 c0"_s, [](ExchangeInfo &i) {
        i.usage.input = -3;
        i.usage.thoughts = std::numeric_limits<int>::min();
        i.usage.cached = -1;
    });
    const auto failed = [](ExchangeInfo &i) {
        i.usage = {};
        i.model = "made-up"_ba;
        i.status = 404;
    };
    row("a name that never answered", u"2025-03-03 other c r1 f1 i0 o0 t0 c0"_s, failed);
    row("left before an answer", u"2025-03-03 other c r1 f0 i0 o0 t0 c0"_s, [failed](ExchangeInfo &i) {
        failed(i);
        i.status = 0;
        i.end = ExchangeInfo::End::ClientLeft;
    });
    row("a session with a made-up name", u"2025-03-03 other c r1 f1 i0 o0 t0 c0"_s, [failed](ExchangeInfo &i) {
        failed(i);
        i.method = "GET"_ba;
        i.route = "live"_ba;
        i.status = 101;
        i.end = ExchangeInfo::End::Failed;
    });
    row("a long name", u"2025-03-03 other c r1 f0 i3 o9 t4 c2"_s,
        [](ExchangeInfo &i) { i.model = QByteArray(5000, 'x'); });
}

// Requests of the Interactions API: one that creates an interaction is a request; those that read it are none. The tokens
// count once it has ended.
void TestUsageTally::interactions_data()
{
    QTest::addColumn<bool>("creates");
    QTest::addColumn<bool>("ended");
    QTest::addColumn<bool>("stored");
    QTest::addColumn<bool>("told");
    QTest::addColumn<QString>("expected"); // "" = nothing
    QTest::addColumn<QString>("interaction");
    QTest::newRow("created and ended") << true << true << true << true << u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s
                                       << u"v1_a"_s;
    QTest::newRow("cannot be read again")
            << true << true << false << true << u"2025-03-03 m c r1 f0 i3 o9 t4 c2"_s << QString();
    QTest::newRow("created, still running")
            << true << false << true << true << u"2025-03-03 m c r1 f0 i0 o0 t0 c0"_s << QString();
    QTest::newRow("created, nothing told")
            << true << true << true << false << u"2025-03-03 m c r1 f0 i0 o0 t0 c0"_s << QString();
    QTest::newRow("read while it runs") << false << false << true << true << QString() << QString();
    QTest::newRow("read at its end") << false << true << true << true << u"2025-03-03 m c r0 f0 i3 o9 t4 c2"_s
                                     << u"v1_a"_s;
    QTest::newRow("deleted") << false << false << true << false << QString() << QString();
}

void TestUsageTally::interactions()
{
    QFETCH(const bool, creates);
    QFETCH(const bool, ended);
    QFETCH(const bool, stored);
    QFETCH(const bool, told);
    ExchangeInfo info;
    info.method = creates ? "POST"_ba : "GET"_ba;
    info.path = "/v1beta/interactions"_ba;
    info.route = "native"_ba;
    info.model = "m"_ba;
    info.client = "c"_ba;
    info.status = 200;
    info.end = ExchangeInfo::End::Complete;
    if (told) {
        info.usage.input = 3;
        info.usage.output = 9;
        info.usage.thoughts = 4;
        info.usage.cached = 2;
    }
    info.interaction.emplace();
    info.interaction->creates = creates;
    info.interaction->id = "v1_a"_ba;
    info.interaction->ended = ended;
    info.interaction->stored = stored;
    ModelNames names;
    names.know("m"_ba);
    const auto found = usageOf(info, monday, names);
    QTEST(found ? said({*found}).constFirst() : QString(), "expected");
    QTEST(found ? found->interaction : QString(), "interaction");
}

void TestUsageTally::whatCounts()
{
    QFETCH(const ExchangeInfo, info);
    QFETCH(const QString, expected);
    ModelNames names;
    names.know("m"_ba);
    const auto found = usageOf(info, monday, names);
    QCOMPARE(found ? said({*found}).constFirst() : QString(), expected);
}

// Its tokens count once, also if it is read twice before anything is written.
void TestUsageTally::interactionTwiceInATally()
{
    UsageTally tally;
    UsageCount interaction = count(monday, u"m"_s, {});
    interaction.interaction = u"v1_a"_s;
    tally.add(interaction);
    interaction.requests = 0;
    tally.add(interaction);
    QCOMPARE(said(tally.counts()), QStringList{u"2025-03-03 m  r1 f0 i10 o20 t5 c2"_s});
    QCOMPARE(tally.counts().constFirst().interaction, u"v1_a"_s);
}

// However many interactions wait to be written, they leave room for other counts, and none is lost.
void TestUsageTally::interactionsLeaveRoom()
{
    UsageTally tally;
    UsageCount interaction = count(monday, u"m"_s, {});
    for (qsizetype i = 0; i < UsageTally::capacity; ++i) {
        interaction.interaction = QString::number(i);
        tally.add(interaction);
    }
    tally.add(count(monday, u"another"_s, {}));
    const QList<UsageCount> counts = tally.counts();
    QVERIFY(std::any_of(counts.cbegin(), counts.cend(),
                        [](const UsageCount &one) { return one.model == u"another"_s; }));
    const qint64 requests = std::accumulate(counts.cbegin(), counts.cend(), qint64(0),
                                            [](qint64 sum, const UsageCount &one) { return sum + one.requests; });
    QCOMPARE(requests, UsageTally::capacity + 1);
    QVERIFY(counts.size() <= UsageTally::capacity / 2 + 2);
}

void TestUsageTally::tallyIsBounded()
{
    UsageTally tally;
    for (qsizetype i = 0; i < UsageTally::capacity + 10; ++i)
        tally.add(count(monday, QString::number(i), {}));
    tally.add(count(monday, u"0"_s, {}));
    QCOMPARE(tally.counts().size(), UsageTally::capacity);
    QCOMPARE(tally.counts().constFirst().requests, 2);
    QCOMPARE(tally.take().size(), UsageTally::capacity);
    QVERIFY(tally.isEmpty());
}

void TestUsageTally::madeUpNamesShareARow()
{
    ExchangeInfo info;
    info.method = "POST"_ba;
    info.client = "c"_ba;
    {
        UsageStore store(m_path);
        info.status = 404;
        for (int i = 0; i < 60; ++i) {
            info.model = "made-up-" + QByteArray::number(i);
            store.record(info);
        }
        info.status = 200;
        for (int i = 0; i < 150; ++i) { // an upstream that takes every name
            info.model = "answers-" + QByteArray::number(1000 + i);
            store.record(info);
        }
    }
    const auto database = UsageDatabase::open(m_path, UsageDatabase::Mode::Existing);
    QVERIFY(database);
    const QStringList rows = said(*(*database)->rows());
    QCOMPARE(rows.size(), ModelNames::most + 1);
    QVERIFY2(rows.last().contains(u" other c r110 f60 "_s), qPrintable(rows.last()));
}

// A model that answered in an earlier run has no made-up name.
void TestUsageTally::knownFromTheFile()
{
    ExchangeInfo info;
    info.method = "POST"_ba;
    info.model = "m"_ba;
    info.status = 200;
    {
        UsageStore(m_path).record(info);
    }
    UsageStore store(m_path);
    bool read = false;
    store.read({}, this, [&read](const UsageStore::Rows &) { read = true; });
    QTRY_VERIFY(read);
    info.status = 429;
    store.record(info);
    QString row;
    store.read({}, this, [&row](const UsageStore::Rows &rows) { row = said(rows.rows).value(0); });
    QTRY_VERIFY2(row.contains(u" m  r2 f1 "_s), qPrintable(row));
}

QTEST_GUILESS_MAIN(TestUsageTally)
#include "tst_usagetally.moc"
