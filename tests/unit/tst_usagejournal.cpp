#include "app/usage/usagejournal.h"

#include "app/usage/usagestore.h"
#include "tests/unit/usagecounts.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using Mode = UsageDatabase::Mode;

// What could not be written in time is written later, once.
class TestUsageJournal : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void interactionsCountOnce();
    void lockedAtItsEndIsWrittenByTheNext();
    void journalIsTakenOnce();
    void damagedJournalIsSetAside();
    void noPlaceAtAllIsSaid();

private:
    QStringList inFile() const;

    std::optional<QTemporaryDir> m_folder;
    QString m_path;
};

void TestUsageJournal::init()
{
    m_folder.emplace();
    m_path = m_folder->filePath(u"share/gemini-desk/usage.sqlite"_s);
}

QStringList TestUsageJournal::inFile() const
{
    const auto database = UsageDatabase::open(m_path, Mode::Existing);
    if (!database)
        return {database.error().message};
    const auto rows = (*database)->rows();
    return rows ? said(*rows) : QStringList{rows.error().message};
}

// The tokens of an interaction count once, even if some of what tells them had to wait.
void TestUsageJournal::interactionsCountOnce()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    const UsageJournal journal(m_path);
    UsageCount interaction = count(QDate::currentDate(), u"m"_s, {});
    interaction.interaction = u"v1_a"_s;
    QVERIFY(!(*database)->add({interaction}));
    QVERIFY(journal.keep({interaction}));
    QVERIFY(!journal.moveTo(**database));
    QCOMPARE(inFile().constFirst().section(u' ', 3), u"r2 f0 i10 o20 t5 c2"_s);
}

void TestUsageJournal::lockedAtItsEndIsWrittenByTheNext()
{
    {
        auto made = UsageDatabase::open(m_path, Mode::Create);
    }
    {
        Other other(m_path);
        QVERIFY(other.run(u"BEGIN EXCLUSIVE"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now.*locked"_s));
        {
            UsageStore store(m_path);
            store.add(count(monday, u"m"_s, u"c"_s));
        }
        const QFileInfoList files = QFileInfo(m_path).dir().entryInfoList({u"*.json"_s}, QDir::Files);
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0].permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
    }
    {
        UsageStore next(m_path);
    }
    QCOMPARE(inFile(), QStringList{u"2025-03-03 m c r1 f0 i10 o20 t5 c2"_s});
    QVERIFY(UsageJournal(m_path).isEmpty());
    {
        UsageStore andTheNext(m_path);
    }
    QCOMPARE(inFile(), QStringList{u"2025-03-03 m c r1 f0 i10 o20 t5 c2"_s});
}

void TestUsageJournal::journalIsTakenOnce()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    const UsageJournal one(m_path);
    const UsageJournal two(m_path);
    QVERIFY(one.keep({count(monday, u"m"_s, {})}));
    QVERIFY(two.keep({count(monday, u"m"_s, {}), count(tuesday, u"m"_s, {})}));
    {
        Other other(m_path);
        QVERIFY(other.run(u"BEGIN EXCLUSIVE"_s));
        const QStringList before = QFileInfo(m_path).dir().entryList({u"*.json"_s}, QDir::Files);
        QVERIFY(one.moveTo(**database).has_value());
        // Locked: they stay, and as they are, as writing them anew might not work.
        QCOMPARE(QFileInfo(m_path).dir().entryList({u"*.json"_s}, QDir::Files), before);
    }
    QVERIFY(!one.moveTo(**database));
    QVERIFY(!two.moveTo(**database));
    QCOMPARE(inFile(), (QStringList{u"2025-03-03 m  r2 f0 i20 o40 t10 c4"_s, u"2025-03-04 m  r1 f0 i10 o20 t5 c2"_s}));
}

void TestUsageJournal::damagedJournalIsSetAside()
{
    const auto database = UsageDatabase::open(m_path, Mode::Create);
    QVERIFY(database);
    QFile file(QFileInfo(m_path).dir().filePath(u"usage-unwritten-x.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[{\"day\":");
    file.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"is damaged, and is set aside"_s));
    QVERIFY(!UsageJournal(m_path).moveTo(**database));
    QVERIFY(UsageJournal(m_path).isEmpty());
    QVERIFY(QFileInfo::exists(file.fileName() + u".damaged"_s));
    QCOMPARE(inFile(), QStringList());
}

// A file stands where the folder should be.
void TestUsageJournal::noPlaceAtAllIsSaid()
{
    QFile file(m_folder->filePath(u"share"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^usage cannot be written for now"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^counts of usage are lost"_s));
    UsageStore(m_path).add(count(monday, u"m"_s, {}));
}

QTEST_GUILESS_MAIN(TestUsageJournal)
#include "tst_usagejournal.moc"
