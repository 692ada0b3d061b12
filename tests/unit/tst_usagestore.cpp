#include "app/usage/usagejson.h"
#include "app/usage/usagestore.h"

#include "app/cli/usagecommand.h"
#include "app/usage/usagedatabase.h"
#include "tests/unit/usagecounts.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <memory>
#include <optional>

#ifdef Q_OS_UNIX
#include <sys/resource.h>

#include <csignal>
#endif

using namespace Qt::StringLiterals;
using Mode = UsageDatabase::Mode;
using Kind = UsageDatabase::Error::Kind;

class TestUsageStore : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void addsUp();
    void since();
    void interactionsCountOnce();
    void oldInteractionsAreForgotten();
    void twoAtOnce();
    void numbersOutOfBounds();
    void fileIsTheOwnersAlone();
    void oldFileMigrates();
    void firstVersionsFileMigrates();
    void refused_data();
    void refused();
    void damagedInTheMiddle();
    void missing();

    void storeWritesAtItsEnd();
    void storeWritesInTime();
    void storeWritesWhatCameWhileItWrote();
    void storeOffCountsNothing();
    void twoStores();
    void readsForTheLivingOnly();
    void refusedFileEndsIt_data();
    void refusedFileEndsIt();
    void noFolderYet();
    void lockedFileLosesNothing();
    void fullDiskLosesNothing();

    void table();
    void json();

private:
    QStringList inFile() const;
    QByteArray bytes() const;
    void write(const QByteArray &content) const;

    std::optional<QTemporaryDir> m_folder;
    QString m_path;
};

void TestUsageStore::init()
{
    m_folder.emplace();
    m_path = m_folder->filePath(u"share/gemini-desk/usage.sqlite"_s);
}

QStringList TestUsageStore::inFile() const
{
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    if (!database)
        return {database.error().message};
    const auto rows = (*database)->rows();
    return rows ? said(*rows) : QStringList{rows.error().message};
}

QByteArray TestUsageStore::bytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestUsageStore::write(const QByteArray &content) const
{
    QVERIFY(QDir().mkpath(QFileInfo(m_path).absolutePath()));
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestUsageStore::addsUp()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY2(database, database ? "" : qPrintable(database.error().message));
    QVERIFY(!(*database)->add({count(tuesday, u"b"_s, {}), count(monday, u"b"_s, u"editor"_s),
                               count(monday, u"a"_s, {}), count(monday, u"b"_s, {})}));
    QVERIFY(!(*database)->add({count(monday, u"b"_s, {}, 3, 100, 1'000'000'000'000), count(monday, u"B"_s, {})}));
    QVERIFY(!(*database)->add({}));
    QCOMPARE(inFile(),
             (QStringList{u"2025-03-03 B  r1 f0 i10 o20 t5 c2"_s, u"2025-03-03 a  r1 f0 i10 o20 t5 c2"_s,
                          u"2025-03-03 b  r4 f0 i110 o1000000000020 t10 c4"_s,
                          u"2025-03-03 b editor r1 f0 i10 o20 t5 c2"_s, u"2025-03-04 b  r1 f0 i10 o20 t5 c2"_s}));
}

void TestUsageStore::since()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    QVERIFY(!(*database)->add({count(monday, u"m"_s, {}), count(tuesday, u"m"_s, {})}));
    QCOMPARE((*database)->rows(QDate())->size(), 2);
    QCOMPARE((*database)->rows(monday)->size(), 2);
    QCOMPARE(said(*(*database)->rows(tuesday)), QStringList{u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s});
    QCOMPARE((*database)->rows(tuesday.addDays(1))->size(), 0);
}

// The tokens of an interaction are added once, whoever reads it and however often, also after a restart.
void TestUsageStore::interactionsCountOnce()
{
    const QDate today = QDate::currentDate();
    const auto of = [&today](const QString &id, qint64 requests) {
        UsageCount counted = count(today, u"m"_s, {}, requests);
        counted.interaction = id;
        return counted;
    };
    const auto total = [this] {
        const QStringList rows = inFile();
        return rows.size() == 1 ? rows.constFirst().section(u' ', 3) : rows.join(u'|');
    };
    {
        const auto database = UsageDatabase::open(m_path, Mode::Create);
        QVERIFY(database);
        QVERIFY(!(*database)->add({of(u"v1_a"_s, 1), of(u"v1_a"_s, 0)}));
        QVERIFY(!(*database)->add({of(u"v1_a"_s, 0)}));
    }
    QCOMPARE(total(), u"r1 f0 i10 o20 t5 c2"_s);
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    QVERIFY(database);
    QVERIFY(!(*database)->add({of(u"v1_a"_s, 0), of(u"v1_b"_s, 1)}));
    QCOMPARE(total(), u"r2 f0 i20 o40 t10 c4"_s);
    QVERIFY(!(*database)->add({of({}, 1), of({}, 1)})); // these cannot be read again
    QCOMPARE(total(), u"r4 f0 i40 o80 t20 c8"_s);
    UsageCount read = of(u"v1_a"_s, 0);
    read.client = u"another"_s;
    QVERIFY(!(*database)->add({read}));
    QCOMPARE(total(), u"r4 f0 i40 o80 t20 c8"_s); // and no row of its own
}

// The file does not grow for ever: Gemini has deleted an interaction long before it is forgotten here.
void TestUsageStore::oldInteractionsAreForgotten()
{
    UsageCount old = count(QDate::currentDate().addDays(-70), u"m"_s, {});
    old.interaction = u"v1_old"_s;
    UsageCount young = count(QDate::currentDate().addDays(-50), u"m"_s, {});
    young.interaction = u"v1_young"_s;
    {
        const auto database = UsageDatabase::open(m_path, Mode::Create);
        QVERIFY(database);
        QVERIFY(!(*database)->add({old, young}));
    }
    {
        const auto database = UsageDatabase::open(m_path, Mode::Existing);
        QVERIFY(database);
        QVERIFY(!(*database)->add({})); // the first writing of a day removes them
    }
    Other other(m_path);
    QCOMPARE(other.value(u"SELECT count(*) FROM interactions"_s).toInt(), 1);
    QVERIFY(!other.value(u"SELECT group_concat(hash) FROM interactions"_s).toString().contains(u"v1"_s));
}

// As by two programs: each has a connection of its own.
void TestUsageStore::twoAtOnce()
{
    const auto one = UsageDatabase::open(m_path, Mode::Create);
    const auto two = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(one);
    QVERIFY(two);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!(*one)->add({count(monday, u"m"_s, {})}));
        QVERIFY(!(*two)->add({count(monday, u"m"_s, {})}));
    }
    QCOMPARE((*one)->rows()->constFirst().requests, 40);
    QCOMPARE((*two)->rows()->constFirst().requests, 40);
}

// Another program may have left such numbers, or a strange answer may have told them.
void TestUsageStore::numbersOutOfBounds()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    UsageCount wrong =
            count(monday, u"given"_s, {}, -1, std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
    QVERIFY(!(*database)->add({wrong}));
    Other other(m_path);
    QVERIFY(other.run(u"INSERT INTO usage VALUES ('2025-03-03', 'negative', '', -4, -5, -6, -7, -8, -9),"
                      "('2025-03-03', 'huge', '', 9223372036854775807, 1, 1e300, 9223372036854775807, 0, 0),"
                      "('2025-03-03', 'parts', '', 1, 7, 1, 1, 7, 7),"
                      "('2025-03-03', 'words', '', 'many', 0, x'00', 'some', 0, 0),"
                      "('no day', 'day', '', 1, 1, 1, 1, 1, 1)"_s));
    const QString most = QString::number(mostCount);
    QStringList expected{u"2025-03-03 given  r0 f0 i0 o%1 t5 c0"_s.arg(most),
                         u"2025-03-03 huge  r%1 f1 i%1 o%1 t0 c0"_s.arg(most),
                         u"2025-03-03 negative  r0 f0 i0 o0 t0 c0"_s, u"2025-03-03 parts  r1 f1 i1 o1 t1 c1"_s,
                         u"2025-03-03 words  r0 f0 i0 o0 t0 c0"_s};
    QCOMPARE(inFile(), expected);
    QVERIFY(!(*database)->add({count(monday, u"negative"_s, {}), count(monday, u"huge"_s, {})}));
    expected[1] = u"2025-03-03 huge  r%1 f1 i%1 o%1 t5 c2"_s.arg(most);
    expected[2] = u"2025-03-03 negative  r1 f0 i10 o20 t5 c2"_s;
    QCOMPARE(inFile(), expected);
}

void TestUsageStore::fileIsTheOwnersAlone()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    QVERIFY(!(*database)->add({count(monday, u"m"_s, {})}));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    const QFileInfo folder(QFileInfo(m_path).absolutePath());
    QCOMPARE(folder.permissions() & others, QFileDevice::Permissions());
    const QFileInfoList files = QDir(folder.filePath()).entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 2); // SQLite's own are beside it
    for (const QFileInfo &file : files)
        QVERIFY2((file.permissions() & others) == QFileDevice::Permissions(), qPrintable(file.fileName()));
}

// Version 0: a file without anything in it, as a crash may leave it.
void TestUsageStore::oldFileMigrates()
{
    write({});
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    QVERIFY2(database, database ? "" : qPrintable(database.error().message));
    QVERIFY(!(*database)->add({count(monday, u"m"_s, {})}));
    QCOMPARE(inFile().size(), 1);
    Other other(m_path);
    QVERIFY(other.run(u"SELECT requests FROM usage"_s));
}

// What version 0.1 of the program has counted stays.
void TestUsageStore::firstVersionsFileMigrates()
{
    write({});
    {
        Other other(m_path);
        QVERIFY(other.run(u"CREATE TABLE usage (day TEXT NOT NULL, model TEXT NOT NULL, client TEXT NOT NULL,"
                          " requests INTEGER NOT NULL, failed INTEGER NOT NULL, input INTEGER NOT NULL,"
                          " output INTEGER NOT NULL, thoughts INTEGER NOT NULL, cached INTEGER NOT NULL,"
                          " PRIMARY KEY (day, model, client)) WITHOUT ROWID"_s));
        QVERIFY(other.run(u"INSERT INTO usage VALUES ('2025-03-03', 'm', '', 1, 0, 10, 20, 5, 2)"_s));
        QVERIFY(other.run(u"PRAGMA user_version=1"_s));
    }
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    QVERIFY2(database, database ? "" : qPrintable(database.error().message));
    UsageCount more = count(monday, u"m"_s, {});
    more.interaction = u"v1_a"_s;
    QVERIFY(!(*database)->add({more, more}));
    QCOMPARE(inFile(), QStringList{u"2025-03-03 m  r3 f0 i20 o40 t10 c4"_s});
}

void TestUsageStore::refused_data()
{
    QTest::addColumn<QByteArray>("content"); // null = a database of a later version
    QTest::addColumn<int>("kind");
    QTest::newRow("text") << "This is not what it should be.\n"_ba.repeated(100) << int(Kind::Damaged);
    QTest::newRow("half a head") << "SQLite format 3\0"_ba + QByteArray(2000, 'x') << int(Kind::Damaged);
    QTest::newRow("a later version") << QByteArray() << int(Kind::Newer);
}

void TestUsageStore::refused()
{
    QFETCH(const QByteArray, content);
    QFETCH(const int, kind);
    write(content);
    if (content.isNull()) {
        Other other(m_path);
        QVERIFY(other.run(u"CREATE TABLE usage (something TEXT)"_s));
        QVERIFY(other.run(u"PRAGMA user_version=99"_s));
    }
    const QByteArray before = bytes();
    for (const Mode mode : {Mode::Create, Mode::Existing}) {
        const auto database = UsageDatabase::open(m_path, mode);
        QVERIFY(!database);
        QCOMPARE(int(database.error().kind), kind);
        QVERIFY(database.error().message.contains(m_path));
    }
    QCOMPARE(bytes(), before);
}

void TestUsageStore::damagedInTheMiddle()
{
    {
        const auto database = UsageDatabase::open(m_path, Mode::Create);
        QVERIFY(database);
        QList<UsageCount> many;
        for (int i = 0; i < 2000; ++i)
            many.append(count(monday, u"model-%1"_s.arg(i), {}));
        QVERIFY(!(*database)->add(many));
    }
    QByteArray content = bytes();
    for (qsizetype i = 4096; i < content.size(); ++i)
        content[i] = 'x';
    write(content);
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    QVERIFY(database);
    const auto rows = (*database)->rows();
    QVERIFY(!rows);
    QCOMPARE(int(rows.error().kind), int(Kind::Damaged));
    const auto error = (*database)->add({count(monday, u"m"_s, {})});
    QVERIFY(error);
    QCOMPARE(int(error->kind), int(Kind::Damaged));
}

void TestUsageStore::missing()
{
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    QVERIFY(!database);
    QCOMPARE(int(database.error().kind), int(Kind::Missing));
    QVERIFY(!QFileInfo::exists(QFileInfo(m_path).absolutePath())); // reading creates nothing
}

void TestUsageStore::storeWritesAtItsEnd()
{
    {
        UsageStore store(m_path);
        for (int i = 0; i < 1000; ++i)
            store.add(count(monday, u"m"_s, i % 2 ? u"a"_s : u"b"_s));
        QVERIFY(!QFileInfo::exists(m_path)); // nothing had to wait for the file
    }
    QCOMPARE(inFile(),
             (QStringList{u"2025-03-03 m a r500 f0 i5000 o10000 t2500 c1000"_s,
                          u"2025-03-03 m b r500 f0 i5000 o10000 t2500 c1000"_s}));
    {
        UsageStore unused(m_path);
    }
    QCOMPARE(inFile().size(), 2);
}

void TestUsageStore::storeWritesInTime()
{
    UsageStore store(m_path);
    ExchangeInfo info;
    info.model = "m"_ba;
    info.status = 200;
    info.usage.input = 1;
    store.record(info);
    QTRY_VERIFY(QFileInfo::exists(m_path));
    QTRY_COMPARE(inFile(), QStringList{QDate::currentDate().toString(Qt::ISODate) + u" m  r1 f0 i1 o0 t0 c0"_s});
    store.record(info);
    QTRY_COMPARE(inFile(), QStringList{QDate::currentDate().toString(Qt::ISODate) + u" m  r2 f0 i2 o0 t0 c0"_s});
}

void TestUsageStore::storeWritesWhatCameWhileItWrote()
{
    UsageStore store(m_path);
    store.add(count(monday, u"m"_s, {}));
    store.read({}, this, [](const UsageStore::Rows &) {}); // hands over at once
    store.add(count(tuesday, u"m"_s, {}));
    QTRY_COMPARE_WITH_TIMEOUT(
            inFile(), (QStringList{u"2025-03-03 m  r1 f0 i10 o20 t5 c2"_s, u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s}),
            10'000);
}

void TestUsageStore::storeOffCountsNothing()
{
    {
        UsageStore store(m_path);
        store.setKeeping(false);
        store.add(count(monday, u"m"_s, {}));
    }
    QVERIFY(!QFileInfo::exists(m_path));
}

void TestUsageStore::twoStores()
{
    {
        UsageStore one(m_path);
        UsageStore two(m_path);
        QSignalSpy problems(&one, &UsageStore::problem);
        QSignalSpy otherProblems(&two, &UsageStore::problem);
        for (int i = 0; i < 10; ++i) {
            one.add(count(monday, u"m"_s, {}));
            two.add(count(monday, u"m"_s, {}));
            int answers = 0;
            one.read({}, this, [&answers](const UsageStore::Rows &) { ++answers; }); // hands the counts over at once
            two.read({}, this, [&answers](const UsageStore::Rows &) { ++answers; });
            QTRY_COMPARE(answers, 2);
        }
        QCOMPARE(problems.size() + otherProblems.size(), 0);
    }
    QCOMPARE(inFile(), QStringList{u"2025-03-03 m  r20 f0 i200 o400 t100 c40"_s});
}

void TestUsageStore::readsForTheLivingOnly()
{
    UsageStore store(m_path);
    int answers = 0;
    auto gone = std::make_unique<QObject>();
    store.read({}, gone.get(), [&answers](const UsageStore::Rows &) { answers += 100; });
    gone.reset();
    UsageStore::Rows rows;
    store.read({}, this, [&](const UsageStore::Rows &r) {
        rows = r;
        ++answers;
    });
    QCOMPARE(answers, 0); // never inside the call
    QTRY_COMPARE(answers, 1);
    QCOMPARE(rows.problem, QString()); // no file is no problem
    QVERIFY(rows.rows.isEmpty());

    store.add(count(monday, u"m"_s, {}));
    store.add(count(tuesday, u"m"_s, {}));
    store.read(tuesday, this, [&](const UsageStore::Rows &r) {
        rows = r;
        ++answers;
    });
    QTRY_COMPARE(answers, 2);
    QCOMPARE(said(rows.rows), QStringList{u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s});
}

void TestUsageStore::refusedFileEndsIt_data()
{
    refused_data();
}

void TestUsageStore::refusedFileEndsIt()
{
    QFETCH(const QByteArray, content);
    write(content);
    if (content.isNull()) {
        Other other(m_path);
        QVERIFY(other.run(u"PRAGMA user_version=99"_s));
    }
    const QByteArray before = bytes();
    {
        UsageStore store(m_path);
        QSignalSpy problems(&store, &UsageStore::problem);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage is not kept: .*left as it is"_s));
        store.add(count(monday, u"m"_s, {}));
        QString problem;
        store.read({}, this, [&problem](const UsageStore::Rows &rows) { problem = rows.problem; });
        QTRY_VERIFY(problem.contains(m_path));
        store.add(count(monday, u"m"_s, {}));
        problem.clear();
        store.read({}, this, [&problem](const UsageStore::Rows &rows) { problem = rows.problem; });
        QTRY_VERIFY(!problem.isEmpty());
        QCOMPARE(problems.size(), 1); // said once
    }
    QCOMPARE(bytes(), before);
}

// A file where the folder should be: not even root may write there. Later it is gone.
void TestUsageStore::noFolderYet()
{
    const QString wrong = m_folder->filePath(u"share"_s);
    QFile file(wrong);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    {
        UsageStore store(m_path);
        QSignalSpy problems(&store, &UsageStore::problem);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now"_s));
        store.add(count(monday, u"m"_s, {}));
        QTRY_COMPARE(problems.size(), 1);
        store.add(count(monday, u"m"_s, {}));
        store.add(count(tuesday, u"m"_s, {}));
        QVERIFY(file.remove());
    }
    QCOMPARE(inFile(), (QStringList{u"2025-03-03 m  r2 f0 i20 o40 t10 c4"_s, u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s}));
}

void TestUsageStore::lockedFileLosesNothing()
{
    {
        auto made = UsageDatabase::open(m_path, Mode::Create);
    }
    {
        Other other(m_path);
        QVERIFY(other.run(u"BEGIN EXCLUSIVE"_s));
        UsageStore store(m_path);
        QSignalSpy problems(&store, &UsageStore::problem);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now.*locked"_s));
        store.add(count(monday, u"m"_s, {}));
        QTRY_COMPARE(problems.size(), 1);
        store.add(count(monday, u"m"_s, {}));
        QVERIFY(other.run(u"ROLLBACK"_s));
        QTRY_COMPARE_WITH_TIMEOUT(inFile(), QStringList{u"2025-03-03 m  r2 f0 i20 o40 t10 c4"_s}, 20'000);
        QCOMPARE(problems.size(), 1);

        // It is said anew when it comes back.
        QVERIFY(other.run(u"BEGIN EXCLUSIVE"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now.*locked"_s));
        store.add(count(tuesday, u"m"_s, {}));
        QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 2, 20'000);
        QVERIFY(other.run(u"ROLLBACK"_s));
    }
    QCOMPARE(inFile(), (QStringList{u"2025-03-03 m  r2 f0 i20 o40 t10 c4"_s, u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s}));
}

// No file may grow beyond a byte: writing fails as on a full disk.
void TestUsageStore::fullDiskLosesNothing()
{
#ifdef Q_OS_UNIX
    {
        auto made = UsageDatabase::open(m_path, Mode::Create);
    }
    UsageStore store(m_path);
    QSignalSpy problems(&store, &UsageStore::problem);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now"_s));

    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlimit tiny = limit;
    tiny.rlim_cur = 1;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &tiny), 0);
    store.add(count(monday, u"m"_s, {}));
    const bool said = QTest::qWaitFor([&problems] { return !problems.isEmpty(); }, 10'000);
    store.add(count(monday, u"m"_s, {}));
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, before);

    QVERIFY(said);
    QTRY_COMPARE_WITH_TIMEOUT(inFile(), QStringList{u"2025-03-03 m  r2 f0 i20 o40 t10 c4"_s}, 20'000);
    QCOMPARE(problems.size(), 1);
#endif
}

void TestUsageStore::table()
{
    const QString text = usageTable({count(monday, u"gemini-flash-latest"_s, {}, 2, 100, 2000),
                                     count(tuesday, u"m\x1b[31m"_s, u"an\neditor"_s)});
    QCOMPARE(text,
             u"day         model                client     requests  tokens in  tokens out  of these thoughts\n"
             "2025-03-03  gemini-flash-latest  -                 2        100        2000                  5\n"
             "2025-03-04  m[31m                an editor         1         10          20                  5\n"
             "total                                              3        110        2020                 10\n"_s);
}

void TestUsageStore::json()
{
    QCOMPARE(QJsonDocument::fromJson(usageJson({})), QJsonDocument(QJsonArray()));
    UsageCount row = count(monday, u"m"_s, u"c"_s, 1, 5'000'000'000);
    row.failed = 1;
    const QJsonObject expected{{u"day"_s, u"2025-03-03"_s}, {u"model"_s, u"m"_s},      {u"client"_s, u"c"_s},
                               {u"requests"_s, 1},          {u"failed"_s, 1},          {u"input_tokens"_s, row.input},
                               {u"output_tokens"_s, 20},    {u"thoughts_tokens"_s, 5}, {u"cached_tokens"_s, 2}};
    QCOMPARE(QJsonDocument::fromJson(usageJson({row})), QJsonDocument(QJsonArray{expected}));
}

QTEST_GUILESS_MAIN(TestUsageStore)
#include "tst_usagestore.moc"
