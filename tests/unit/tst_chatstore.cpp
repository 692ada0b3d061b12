#include "ui/chat/store/database.h"
#include "ui/chat/store/schema.h"
#include "ui/chat/store/store.h"
#include "ui/chat/store/storeerror.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_UNIX
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace chat;

using Kind = StoreError::Kind;

namespace {

constexpr int patience = 60'000; // ms: a disk may be busy, and sanitizers are slow

constexpr QFile::Permissions otherUsers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

// Changes the file as any other program might.
void sql(const QString &path, const QStringList &statements)
{
    const QString name = u"test"_s;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(statement + query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(name);
}

Turn turnOf(Turn::Role role, const QString &text, Turn::State state = Turn::State::Complete)
{
    Turn turn;
    turn.role = role;
    turn.state = state;
    turn.parts = {Part::ofText(text)};
    return turn;
}

// A question and its answer.
Conversation exchange(const QString &question, const QString &answer)
{
    Conversation conversation = Conversation::create();
    conversation.info.title = titleFrom(turnOf(Turn::Role::User, question));
    const TurnId asked = conversation.append(turnOf(Turn::Role::User, question), 0);
    conversation.append(turnOf(Turn::Role::Model, answer), asked);
    return conversation;
}

// The first schema, as it was: this text never changes.
const QStringList schema1 = {
        u"CREATE TABLE conversations (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
        "created INTEGER NOT NULL, updated INTEGER NOT NULL, pinned INTEGER NOT NULL DEFAULT 0,"
        "deleted INTEGER NOT NULL DEFAULT 0, model TEXT NOT NULL, system TEXT NOT NULL,"
        "parameters TEXT NOT NULL, active_root INTEGER NOT NULL)"_s,
        u"CREATE TABLE turns (key INTEGER PRIMARY KEY,"
        "conversation INTEGER NOT NULL REFERENCES conversations(key) ON DELETE CASCADE,"
        "id INTEGER NOT NULL, parent INTEGER NOT NULL, active_child INTEGER NOT NULL,"
        "role TEXT NOT NULL, state TEXT NOT NULL, parts TEXT NOT NULL, meta TEXT NOT NULL,"
        "text TEXT NOT NULL, UNIQUE (conversation, id))"_s,
        u"CREATE TABLE blobs (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)"_s,
        u"CREATE TABLE turn_blobs (turn INTEGER NOT NULL REFERENCES turns(key) ON DELETE CASCADE,"
        "blob TEXT NOT NULL REFERENCES blobs(name), PRIMARY KEY (turn, blob)) WITHOUT ROWID"_s,
        u"CREATE INDEX turn_blobs_blob ON turn_blobs (blob)"_s,
        u"INSERT INTO conversations VALUES (1, 'c0ffee00-0000-4000-8000-000000000001', 'Old', 1000, 2000, 1, 0,"
        "'gemini-old', 'Be brief.', '{\"temperature\":0.5}', 1)"_s,
        u"INSERT INTO turns VALUES (1, 1, 1, 0, 2, 'user', 'complete', '[{\"part\":{\"text\":\"Where is the harbour?\"}}]',"
        "'{\"started\":1500}', 'Where is the harbour?')"_s,
        u"INSERT INTO turns VALUES (2, 1, 2, 1, 0, 'model', 'complete', '[{\"part\":{\"text\":\"By the sea.\"}}]',"
        "'{\"finishReason\":\"STOP\"}', 'By the sea.')"_s,
        u"PRAGMA application_id=1195656008"_s,
        u"PRAGMA user_version=1"_s,
};

constexpr int wordLength = 1500;

// What the helper process does until it is killed: turn after turn, each saved while it streams and once
// more when it is whole. It says which ones are. All the time it searches too.
int saveUntilKilled(const QString &path)
{
    auto opened = Database::open({path});
    if (!opened)
        return 1;
    Database &database = **opened;
    const auto searching = QThread::create([&path] {
        const auto reader = Database::openReader({path});
        for (int i = 0; reader; ++i) {
            if (!(*reader)->search(u"word"_s.first(1 + i % 4), 100))
                std::_Exit(3);
        }
    });
    searching->start();
    Conversation conversation = Conversation::create();
    for (bool isNew = true;; isNew = false) {
        Turn turn = turnOf(Turn::Role::Model, u"word "_s, Turn::State::Streaming);
        const TurnId parent = conversation.leaf();
        const TurnId id = conversation.append(turn, parent);
        const auto save = [&](bool first) {
            QList<Turn> turns{*std::as_const(conversation).turn(id)};
            if (parent != 0)
                turns.prepend(*std::as_const(conversation).turn(parent));
            if (database.save(conversation.info, turns, first))
                std::_Exit(2);
        };
        for (int i = 0; i < 6; ++i) {
            save(isNew && i == 0);
            conversation.turn(id)->parts[0].text += QString(wordLength, QChar(u'a' + i)) + u' ';
        }
        conversation.turn(id)->state = Turn::State::Complete;
        save(false);
        std::printf("%lld\n", static_cast<long long>(id));
        std::fflush(stdout);
    }
}

// The same with a draft, which grows.
int draftUntilKilled(const QString &path)
{
    auto opened = Database::open({path});
    if (!opened)
        return 1;
    for (qint64 number = 1;; ++number) {
        const Draft draft{QString::number(number), {Part::ofData(u"text/plain"_s, "attached"_ba)}, {}};
        if ((*opened)->saveDraft({}, draft, number % 2 == 0))
            return 2;
        std::printf("%lld\n", static_cast<long long>(number));
        std::fflush(stdout);
    }
}

} // namespace

class TestChatStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_dir.reset(); }

    void isTheUsersAlone();
    void keepsAConversation();
    void keepsBytesOnce();
    void listsInOrder();
    void savesOnlyWhatIsThere();
    void renamesAndPins();
    void removesAndRestores();
    void removesEverything();
    void searches_data();
    void searches();
    void searchIsInStep();
    void snippetsAreBounded();
    void searchForAnythingDoesNotFail_data();
    void searchForAnythingDoesNotFail();
    void migrates_data();
    void migrates();
    void fixtureIsTheFirstSchema();
    void failedMigrationLeavesTheFile();
    void leavesAlone_data();
    void leavesAlone();
    void damagedInside();
    void endsWhatWasStreaming();
    void diskFull();
    void survivesKill();
    void keepsDrafts();
    void draftGoesWithItsConversation();
    void draftsShareBytes();
    void draftsAloneShareBytes();
    void changedDraftLetsItsBytesGo();
    void halfACharacterTakesNothingWithIt();
    void findsNoMoreThanAskedFor();
    void draftsAreGoneWithEverything();
    void draftSurvivesKill();
    void exportsAndImports();
    void importsACopy();
    void refusesImport_data();
    void refusesImport();
    void exportsMarkdown();
    void storeWorksOnItsThread();
    void storeTellsWhyItCannotOpen();
    void storeFinishesWhatWasAsked();
    void storeTellsNobodyWhoHasGone();
    void wordsOfADeletedChatAreGone();
    void goesOnWithWhatWasNotWipedYet();
    void secondProgramIsToldWhoHasTheStore();
    void turnOfAnotherProgramStays_data();
    void turnOfAnotherProgramStays();
    void childOfAnotherProgramStays();
    void storeOpensOnceItIsFree();
    void storeTellsAReasonOnce();
    void storeTriesAgainWhatNobodyLooksAfter();
    void openStoreTriesAgainWhatNobodyLooksAfter_data();
    void openStoreTriesAgainWhatNobodyLooksAfter();
    void newerSearchEndsTheOneBefore();
    void importsOnlyNumbersThatCanBe();
#ifdef Q_OS_UNIX
    void writingWaitsForNoReading();
    void exportSaysWhyItFailed();
    void fullDiskIsNoMatterOfPermissions();
#endif

private:
    [[nodiscard]] std::unique_ptr<Database> open(const StoreOptions &options)
    {
        auto database = Database::open(options);
        if (database)
            return *std::move(database);
        qWarning("not opened: %s", qPrintable(database.error().message));
        return nullptr;
    }
    [[nodiscard]] std::unique_ptr<Database> open()
    {
        return open({m_path});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

void TestChatStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"new/chats.sqlite"_s);
}

void TestChatStore::isTheUsersAlone()
{
    const auto database = open();
    QVERIFY(database);
    QVERIFY(!database->save(exchange(u"q"_s, u"a"_s).info, {}, true));
    QVERIFY(!(QFile::permissions(QFileInfo(m_path).path()) & otherUsers));
    QVERIFY(QFileInfo::exists(m_path + u"-wal"_s));
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QVERIFY2(!(QFile::permissions(m_path + suffix) & otherUsers), qPrintable(suffix));
    // A file that was open to others is closed to them.
    const QString open = m_dir->filePath(u"open.sqlite"_s);
    write(open, {});
    QVERIFY(QFile::setPermissions(open, QFile::permissions(open) | QFile::ReadOther));
    QVERIFY(this->open({open}));
    QVERIFY(!(QFile::permissions(open) & otherUsers));
}

void TestChatStore::keepsAConversation()
{
    Conversation conversation = exchange(u"Why?"_s, u"Because."_s);
    conversation.info.model = u"gemini"_s;
    conversation.info.systemInstruction = u"Be brief."_s;
    conversation.info.parameters.temperature = 0.5;
    Turn answer = turnOf(Turn::Role::Model, u"Grüße 🚀\0!"_s);
    answer.parts.append(partFromJson({{u"hologram"_s, 1}, {u"thoughtSignature"_s, u"s"_s}}));
    answer.usage = {1, 2, 3, 4, 5};
    answer.error = makeError(Error::Kind::Cut);
    answer.state = Turn::State::Failed;
    answer.sources = {{Source::Kind::Web, u"https://a/"_s, u"A"_s, {}}};
    conversation.append(answer, 1);
    conversation.select(2);

    QVERIFY(!open()->save(conversation.info, conversation.turns(), true));
    const auto loaded = open()->load(conversation.info.id);
    QVERIFY(loaded);
    QCOMPARE(loaded->turns(), conversation.turns());
    QCOMPARE(loaded->path(), conversation.path());
    // Times are kept to the millisecond.
    QCOMPARE(loaded->info, conversation.info);
}

void TestChatStore::keepsBytesOnce()
{
    const QByteArray picture(100'000, 'p');
    Conversation conversation = exchange(u"q"_s, u"a"_s);
    conversation.turn(1)->parts.append(Part::ofData(u"image/png"_s, picture, u"a.png"_s));
    conversation.turn(2)->parts.append(Part::ofData(u"image/png"_s, picture, u"b.png"_s));
    const auto database = open();
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));

    const auto loaded = database->load(conversation.info.id);
    QVERIFY(loaded);
    const Part part = std::as_const(*loaded).turn(1)->parts.at(1);
    QCOMPARE(part.name, u"a.png"_s);
    QCOMPARE(part.size, picture.size());
    QVERIFY(part.data.isEmpty());
    QCOMPARE(part.blob, std::as_const(*loaded).turn(2)->parts.at(1).blob);
    QCOMPARE((*database->blobs({part.blob, "missing"})), (Blobs{{part.blob, picture}}));

    // Saved again without its bytes, as after loading, the part keeps them. They go with the last part that needs them.
    QVERIFY(!database->save(loaded->info, loaded->turns(), false));
    QVERIFY(!database->purge());
    QCOMPARE(database->blobs({part.blob})->size(), 1);
    QVERIFY(!database->remove(conversation.info.id));
    QCOMPARE(database->blobs({part.blob})->size(), 1);
    QVERIFY(!database->purge());
    QCOMPARE(database->blobs({part.blob})->size(), 0);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::listsInOrder()
{
    const auto database = open();
    QList<QUuid> ids;
    for (int i = 0; i < 4; ++i) {
        Conversation conversation = exchange(QString::number(i), u"a"_s);
        conversation.info.updated = QDateTime::fromMSecsSinceEpoch(i == 2 ? 50 : i * 10).toUTC();
        QVERIFY(!database->save(conversation.info, conversation.turns(), true));
        ids.append(conversation.info.id);
    }
    QVERIFY(!database->setPinned(ids.at(1), true));
    QList<QUuid> listed;
    const auto infos = database->list();
    for (const ConversationInfo &info : *infos)
        listed.append(info.id);
    QCOMPARE(listed, (QList<QUuid>{ids.at(1), ids.at(2), ids.at(3), ids.at(0)}));
}

void TestChatStore::savesOnlyWhatIsThere()
{
    const auto database = open();
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    const auto failure = database->save(conversation.info, conversation.turns(), false);
    QVERIFY(failure);
    QVERIFY(failure->kind == Kind::Missing);
    QVERIFY(database->list()->isEmpty());
    QVERIFY(database->load(conversation.info.id).error().kind == Kind::Missing);
    QVERIFY(database->rename(conversation.info.id, u"t"_s)->kind == Kind::Missing);
}

void TestChatStore::renamesAndPins()
{
    const auto database = open();
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->rename(conversation.info.id, u"Better"_s));
    QVERIFY(!database->setPinned(conversation.info.id, true));
    // A save by somebody who still holds the old title does not bring it back.
    QVERIFY(!database->save(conversation.info, conversation.turns(), false));
    QCOMPARE(database->list()->first().title, u"Better"_s);
    QVERIFY(database->list()->first().pinned);
    QVERIFY(!database->rename(conversation.info.id, QString()));
    QCOMPARE(database->list()->first().title, QString());
}

void TestChatStore::removesAndRestores()
{
    auto database = open();
    const Conversation conversation = exchange(u"harbour"_s, u"a"_s);
    const QUuid id = conversation.info.id;
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->remove(id));
    QVERIFY(database->list()->isEmpty());
    QVERIFY(database->search(u"harbour"_s, 10)->isEmpty());
    QVERIFY(!database->load(id));
    QVERIFY(!database->restore(id));
    QCOMPARE(database->list()->size(), 1);
    QCOMPARE(database->search(u"harbour"_s, 10)->size(), 2);
    // The next start makes the removal final.
    QVERIFY(!database->remove(id));
    database.reset();
    database = open();
    QVERIFY(database->restore(id)->kind == Kind::Missing);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::removesEverything()
{
    sql(m_dir->filePath(u"chats.sqlite"_s), schema1);
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    auto database = open();
    Conversation conversation = exchange(u"remarkable"_s, u"a"_s);
    conversation.turn(1)->parts.append(Part::ofData(u"a/b"_s, QByteArray(5000, 'Z'), u"n"_s));
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->removeAll());
    QVERIFY(database->list()->isEmpty());
    QCOMPARE(database->checkIntegrity(), QString());
    database.reset();
    // Not a word is left in any file.
    for (const QFileInfo &file : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
        const QByteArray bytes = contents(file.filePath());
        QVERIFY2(!bytes.contains("remarkable") && !bytes.contains("ZZZZ") && !bytes.contains("harbour"),
                 qPrintable(file.fileName()));
    }
}

void TestChatStore::searches_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("hits"); // title or turn, then the snippet with its marks

    QTest::newRow("nothing") << u""_s << QStringList{};
    QTest::newRow("spaces") << u"  \n"_s << QStringList{};
    QTest::newRow("not there") << u"submarine"_s << QStringList{};
    QTest::newRow("in an answer") << u"lighthouse"_s << QStringList{u"4: A [lighthouse] stands there."_s};
    QTest::newRow("case and accents") << u"LIGHTHOUSE cafe"_s << QStringList{};
    QTest::newRow("accents") << u"cafe"_s << QStringList{u"3: Is there a [café]? plan.pdf"_s};
    QTest::newRow("the start of a word") << u"lightho"_s << QStringList{u"4: A [lighthouse] stands there."_s};
    QTest::newRow("the start of the last word only") << u"lightho stands"_s << QStringList{};
    QTest::newRow("all words, in any order") << u"stands a"_s << QStringList{u"4: [A] lighthouse [stands] there."_s};
    QTest::newRow("newest first, titles before")
            << u"harb"_s
            << QStringList{u"0: Where is the [harb]our?"_s, u"2: The [harbour] lies by the sea."_s,
                           u"1: Where is the [harbour]?"_s};
    QTest::newRow("a file's name") << u"plan.pdf"_s << QStringList{u"3: Is there a café? [plan.pdf]"_s};
    QTest::newRow("not in thoughts") << u"pondering"_s << QStringList{};
}

void TestChatStore::searches()
{
    QFETCH(QString, words);
    QFETCH(QStringList, hits);
    Conversation conversation = exchange(u"Where is the harbour?"_s, u"The harbour lies by the sea."_s);
    Turn third = turnOf(Turn::Role::User, u"Is there a café?"_s);
    third.parts.append(Part::ofFile(u"application/pdf"_s, u"https://g/1"_s, u"plan.pdf"_s));
    conversation.append(third, 2);
    Turn fourth = turnOf(Turn::Role::Model, u"A lighthouse stands there."_s);
    fourth.parts.append(partFromJson({{u"text"_s, u"pondering"_s}, {u"thought"_s, true}}));
    conversation.append(fourth, 3);
    const auto database = open();
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));

    const auto found = database->search(words, 10);
    QVERIFY(found);
    QStringList texts;
    for (const SearchHit &hit : *found) {
        QCOMPARE(hit.conversation, conversation.info.id);
        QCOMPARE(hit.title, conversation.info.title);
        QString text = hit.snippet;
        for (qsizetype i = hit.marks.size() - 1; i >= 0; --i) { // from the end, as each moves what is behind it
            const auto &mark = hit.marks.at(i);
            text.insert(mark.start + mark.length, u']').insert(mark.start, u'[');
        }
        texts.append(QString::number(hit.turn) + u": "_s + text);
    }
    QCOMPARE(texts, hits);
}

void TestChatStore::searchIsInStep()
{
    const auto database = open();
    Conversation conversation = exchange(u"q"_s, u"anchor"_s);
    const auto save = [&] { return database->save(conversation.info, conversation.turns(), true); };
    const auto hits = [&](const QString &word) { return database->search(word, 10)->size(); };
    conversation.turn(2)->state = Turn::State::Streaming;
    QVERIFY(!save());
    QCOMPARE(hits(u"anchor"_s), 0); // not yet
    conversation.turn(2)->state = Turn::State::Complete;
    QVERIFY(!save());
    QCOMPARE(hits(u"anchor"_s), 1);
    QVERIFY(!save());
    QCOMPARE(hits(u"anchor"_s), 1);
    conversation.turn(2)->parts[0].text = u"buoy"_s;
    QVERIFY(!save());
    QCOMPARE(hits(u"anchor"_s), 0);
    QCOMPARE(hits(u"buoy"_s), 1);
    conversation.turn(2)->parts.clear();
    QVERIFY(!save());
    QCOMPARE(hits(u"buoy"_s), 0);
    QCOMPARE(database->checkIntegrity(), QString());
}

// What is shown of a turn is short whatever the turn holds, and words far behind its beginning are found, too.
void TestChatStore::snippetsAreBounded()
{
    const auto database = open();
    const Conversation conversation =
            exchange(QString(300'000, u'x') + u" needle"_s, u"needle needle\n"_s.repeated(20'000));
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    const auto hits = database->search(u"needle"_s, 10);
    QVERIFY(hits);
    QCOMPARE(hits->size(), 2);
    for (const SearchHit &hit : *hits) {
        QVERIFY2(hit.snippet.size() < 200, QByteArray::number(hit.snippet.size()).constData());
        QVERIFY(!hit.marks.isEmpty());
        QCOMPARE(hit.snippet.mid(hit.marks.first().start, hit.marks.first().length), u"needle"_s);
    }
    const std::atomic_bool stop{true};
    QVERIFY(database->search(u"needle"_s, 10, &stop)->isEmpty());
}

void TestChatStore::searchForAnythingDoesNotFail_data()
{
    QTest::addColumn<QString>("words");
    for (const char *words : {"\"", "'", "a\"b", "NEAR(a b)", "a OR b", "text:a", "-a", "^a", "a*", "(", "+ +", "*",
                              "%", "_", "\\", "{a b}: c", "🚀", ";DROP TABLE turns"})
        QTest::newRow(words) << QString::fromUtf8(words);
    QTest::newRow("NUL") << QString(u"a"_s + QChar(0) + u'b');
    QTest::newRow("half a character") << QString(QChar(0xd800));
    QTest::newRow("very long") << QString(100'000, u'a');
    QTest::newRow("very many") << QString(u"a "_s).repeated(2000);
}

void TestChatStore::searchForAnythingDoesNotFail()
{
    QFETCH(QString, words);
    const auto database = open();
    const Conversation conversation = exchange(u"a b c"_s, u"text"_s);
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(database->search(words, 10));
}

void TestChatStore::migrates_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<int>("version");
    QTest::newRow("1") << schema1 << 1;
    QTest::newRow("2") << QStringList(schema1 + schema::step(2) + QStringList{u"PRAGMA user_version=2"_s}) << 2;
}

void TestChatStore::migrates()
{
    QFETCH(QStringList, statements);
    QFETCH(int, version);
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    sql(m_path, statements);
    auto database = open();
    QVERIFY(database);
    const auto infos = database->list();
    QCOMPARE(infos->size(), 1);
    const auto conversation = database->load(infos->first().id);
    QVERIFY(conversation);
    QCOMPARE(conversation->info.title, u"Old"_s);
    QCOMPARE(conversation->info.systemInstruction, u"Be brief."_s);
    QCOMPARE(conversation->info.parameters.temperature, std::optional(0.5));
    QVERIFY(conversation->info.pinned);
    QCOMPARE(conversation->path(), (QList<TurnId>{1, 2}));
    QCOMPARE(std::as_const(*conversation).turn(2)->text(), u"By the sea."_s);
    QCOMPARE(std::as_const(*conversation).turn(2)->finishReason, u"STOP"_s);
    QCOMPARE(database->search(u"harbour"_s, 10)->size(), 1); // what was there before can be found
    QCOMPARE(database->checkIntegrity(), QString());
    database.reset();

    // The copy is the file as it was, and the user's alone. A second start makes none.
    const QString copy = m_path + u".schema-%1.copy"_s.arg(version);
    QVERIFY(QFileInfo::exists(copy));
    QVERIFY(!(QFile::permissions(copy) & otherUsers));
    sql(copy, {u"SELECT text FROM turns WHERE text = 'By the sea.'"_s});
    QVERIFY(QFile::remove(copy));
    QVERIFY(open());
    QVERIFY(!QFileInfo::exists(copy));
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{u"chats.sqlite"_s});
}

// The first step must go on making what this fixture has held since the first day.
void TestChatStore::fixtureIsTheFirstSchema()
{
    const auto normal = [](QString text) { return text.remove(u' '); };
    const QStringList step = schema::step(1);
    for (qsizetype i = 0; i < step.size(); ++i)
        QCOMPARE(normal(step.at(i)), normal(schema1.at(i)));
}

void TestChatStore::failedMigrationLeavesTheFile()
{
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    sql(m_path, schema1 + QStringList{u"CREATE TABLE search (in_the_way)"_s});
    QVERIFY(!open());
    sql(m_path, {u"DROP TABLE search"_s});
    const auto database = open(); // nothing of the step was done: it can be done now
    QVERIFY(database);
    QCOMPARE(database->search(u"harbour"_s, 10)->size(), 1);
}

void TestChatStore::leavesAlone_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QByteArray>("bytes"); // if not empty, written in place of the statements
    QTest::addColumn<int>("kind");

    QTest::newRow("newer") << QStringList(schema1 + QStringList{u"PRAGMA user_version=99"_s}) << ""_ba
                           << int(Kind::Newer);
    QTest::newRow("somebody else's") << QStringList{u"CREATE TABLE t (a)"_s} << ""_ba << int(Kind::Damaged);
    QTest::newRow("somebody else's, with a version")
            << QStringList{u"PRAGMA user_version=1"_s} << ""_ba << int(Kind::Damaged);
    QTest::newRow("a text") << QStringList{} << QByteArray(QByteArray("hello\n").repeated(2000)) << int(Kind::Damaged);
    QTest::newRow("short") << QStringList{} << "x"_ba << int(Kind::Damaged);
}

void TestChatStore::leavesAlone()
{
    QFETCH(QStringList, statements);
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    if (bytes.isEmpty())
        sql(m_path, statements);
    else
        write(m_path, bytes);
    const QByteArray before = contents(m_path);
    const auto opened = Database::open({m_path});
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), kind);
    QVERIFY(!opened.error().message.isEmpty());
    QCOMPARE(contents(m_path), before);
    QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{u"chats.sqlite"_s});
}

void TestChatStore::damagedInside()
{
    {
        const auto database = open();
        for (int i = 0; i < 50; ++i) {
            const Conversation conversation = exchange(QString(1000, u'q'), QString(1000, u'a'));
            QVERIFY(!database->save(conversation.info, conversation.turns(), true));
        }
    }
    QByteArray bytes = contents(m_path);
    QVERIFY(bytes.size() > 20 * 4096);
    for (int page = 2; page < 20; ++page) // not the first, which tells what the file is
        bytes.replace(page * 4096, 4096, QByteArray(4096, '\xa5'));
    write(m_path, bytes);
    const auto opened = Database::open({m_path});
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), int(Kind::Damaged));
    QCOMPARE(contents(m_path), bytes);
}

void TestChatStore::endsWhatWasStreaming()
{
    Conversation conversation = exchange(u"q"_s, u"half an ans"_s);
    conversation.turn(2)->state = Turn::State::Streaming;
    QVERIFY(!open()->save(conversation.info, conversation.turns(), true));
    const auto database = open();
    const auto loaded = database->load(conversation.info.id);
    const Turn *turn = std::as_const(*loaded).turn(2);
    QVERIFY(turn->state == Turn::State::Failed);
    QVERIFY(turn->error && turn->error->kind == Error::Kind::Cut);
    QCOMPARE(turn->text(), u"half an ans"_s);
    QCOMPARE(database->search(u"half"_s, 10)->size(), 1);
}

void TestChatStore::diskFull()
{
    Conversation conversation = exchange(u"q"_s, u"anchor"_s);
    QVERIFY(!open()->save(conversation.info, conversation.turns(), true));
    {
        StoreOptions options{m_path};
        options.largestPages = QFileInfo(m_path).size() / 4096 + 4;
        const auto database = open(options);
        QVERIFY(database);
        Conversation large = exchange(u"large"_s, QString(200'000, u'x'));
        const auto failure = database->save(large.info, large.turns(), true);
        QVERIFY(failure);
        QCOMPARE(int(failure->kind), int(Kind::Full));
        QVERIFY(!failure->message.isEmpty());
        // Nothing of it is there, and the rest is; a small one still fits.
        QCOMPARE(database->list()->size(), 1);
        QCOMPARE(database->checkIntegrity(), QString());
        conversation.turn(2)->parts[0].text = u"buoy"_s;
        QVERIFY(!database->save(conversation.info, conversation.turns(), false));
    }
    const auto database = open();
    QCOMPARE(database->checkIntegrity(), QString());
    QCOMPARE(database->search(u"buoy"_s, 10)->size(), 1);
    // The first step of all may fail too.
    StoreOptions tiny{m_dir->filePath(u"tiny.sqlite"_s)};
    tiny.largestPages = 3;
    const auto opened = Database::open(tiny);
    QVERIFY(!opened);
    QCOMPARE(int(opened.error().kind), int(Kind::Full));
    QVERIFY(open({tiny.path}));
}

// kill -9 in the middle of saves, again and again on the same file.
void TestChatStore::survivesKill()
{
    QRandomGenerator random(20261124);
    QHash<QUuid, qint64> whole; // the last turn that was reported of each conversation
    const Conversation large = exchange(u"large"_s, u"word "_s.repeated(50'000)); // to be found, slowly
    QVERIFY(!open()->save(large.info, large.turns(), true));
    for (int round = 0; round < 100; ++round) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {u"save-until-killed"_s, m_path});
        // The process is killed at different places within a save, by the number of lines that are awaited and by
        // chance.
        const int lines = 1 + random.bounded(8);
        QByteArray said;
        while (said.count('\n') < lines) {
            QVERIFY2(process.waitForReadyRead(30'000), said.constData());
            said += process.readAllStandardOutput();
        }
        process.kill();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        said += process.readAllStandardOutput();
        const qint64 last = said.first(said.lastIndexOf('\n')).split('\n').last().toLongLong();
        QVERIFY(last >= lines);

        const auto database = open();
        QVERIFY(database);
        if (round % 10 == 9) // not each time: it checks everything, which grows
            QCOMPARE(database->checkIntegrity(), QString());
        const auto infos = database->list();
        QVERIFY(infos);
        for (const ConversationInfo &info : *infos) {
            if (!whole.contains(info.id) && info.id != large.info.id)
                whole.insert(info.id, last);
        }
        QCOMPARE(whole.size(), round + 1);
        QCOMPARE(infos->size(), round + 2);
        for (auto it = whole.cbegin(); it != whole.cend(); ++it) {
            if (*it != last && round != 99)
                continue;
            const auto conversation = database->load(it.key());
            QVERIFY(conversation);
            QVERIFY(conversation->size() == *it || conversation->size() == *it + 1);
            for (TurnId id = 1; id <= *it; ++id) {
                QVERIFY(std::as_const(*conversation).turn(id)->state == Turn::State::Complete);
                QCOMPARE(std::as_const(*conversation).turn(id)->text().size(), 5 + 6 * (wordLength + 1));
            }
            if (const Turn *cut = std::as_const(*conversation).turn(*it + 1))
                QVERIFY(cut->state == Turn::State::Failed || cut->text().size() == 5 + 6 * (wordLength + 1));
        }
    }
}

void TestChatStore::keepsDrafts()
{
    const Conversation conversation = exchange(u"Hello"_s, u"Hi"_s);
    const QUuid id = conversation.info.id;
    const Draft mine{u"half a question"_s,
                     {Part::ofData(u"image/png"_s, "png"_ba, u"a.png"_s),
                      Part::ofFile(u"video/mp4"_s, u"https://example.com/1"_s, u"b.mp4"_s)},
                     {u"/tmp/c.pdf"_s}};
    {
        const auto database = open();
        QVERIFY(!database->save(conversation.info, conversation.turns(), true));
        QVERIFY(database->draft(id)->isEmpty());
        QVERIFY(database->draft({})->isEmpty());
        QVERIFY(!database->saveDraft(id, mine));
        QVERIFY(!database->saveDraft({}, {u"new"_s, {}, {}}));
        QVERIFY(!database->saveDraft({}, {u"newer"_s, {}, {}}));
        QCOMPARE(int(database->saveDraft(QUuid::createUuid(), mine)->kind), int(Kind::Missing));
    }
    const auto database = open(); // which tidies up
    const auto draft = database->draft(id);
    QCOMPARE(draft->text, mine.text);
    QCOMPARE(draft->files, mine.files);
    QCOMPARE(draft->attachments.size(), 2);
    QCOMPARE(draft->attachments[0].data, "png"_ba);
    QCOMPARE(draft->attachments[0].name, u"a.png"_s);
    QCOMPARE(draft->attachments[1], mine.attachments[1]);
    QCOMPARE(database->draft({})->text, u"newer"_s);

    QVERIFY(!database->saveDraft(id, {u"more"_s, {}, {}}, true));
    QCOMPARE(database->draft(id)->text, u"more"_s);
    QCOMPARE(database->draft(id)->attachments.size(), 2);
    QVERIFY(!database->saveDraft(id, {}));
    QVERIFY(database->draft(id)->isEmpty());
    const QByteArray name = QCryptographicHash::hash("png", QCryptographicHash::Sha256).toHex();
    QVERIFY(database->blobs({name})->isEmpty()); // at once, not with the next start
    QCOMPARE(database->draft({})->text, u"newer"_s);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::draftGoesWithItsConversation()
{
    auto database = open();
    const Conversation conversation = exchange(u"Hello"_s, u"Hi"_s);
    const QUuid id = conversation.info.id;
    const QByteArray name = QCryptographicHash::hash("bytes", QCryptographicHash::Sha256).toHex();
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->saveDraft(id, {u"half"_s, {Part::ofData(u"text/plain"_s, "bytes"_ba)}, {}}));
    QVERIFY(!database->remove(id));
    QVERIFY(!database->restore(id));
    QCOMPARE(database->draft(id)->text, u"half"_s); // and comes back with it
    QVERIFY(!database->remove(id));
    QVERIFY(!database->purge());
    QCOMPARE(int(database->draft(id).error().kind), int(Kind::Missing));
    QVERIFY(database->blobs({name})->isEmpty());
    QCOMPARE(database->checkIntegrity(), QString());
}

// Bytes that were sent, or that another draft holds, too, stay when the draft goes.
void TestChatStore::draftsShareBytes()
{
    auto database = open();
    const QList<Part> parts{Part::ofData(u"text/plain"_s, "bytes"_ba)};
    const QByteArray name = QCryptographicHash::hash("bytes", QCryptographicHash::Sha256).toHex();
    Conversation conversation = exchange(u"Hello"_s, u"Hi"_s);
    Turn turn;
    turn.parts = parts;
    conversation.append(turn, conversation.leaf());
    QVERIFY(!database->saveDraft({}, {{}, parts, {}}));
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->saveDraft(conversation.info.id, {{}, parts, {}}));
    QVERIFY(!database->saveDraft({}, {}));
    QCOMPARE(database->draft(conversation.info.id)->attachments.constFirst().data, "bytes"_ba);
    QVERIFY(!database->saveDraft(conversation.info.id, {}));
    QCOMPARE(database->blobs({name})->value(name), "bytes"_ba);
}

// Without a turn that holds them as well.
void TestChatStore::draftsAloneShareBytes()
{
    auto database = open();
    const QList<Part> parts{Part::ofData(u"text/plain"_s, "bytes"_ba)};
    const Conversation conversation = exchange(u"Hello"_s, u"Hi"_s);
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    QVERIFY(!database->saveDraft({}, {{}, parts, {}}));
    QVERIFY(!database->saveDraft(conversation.info.id, {{}, parts, {}}));
    QVERIFY(!database->saveDraft({}, {}));
    QCOMPARE(database->draft(conversation.info.id)->attachments.constFirst().data, "bytes"_ba);
}

// What a draft no longer holds is gone at once, not only when the draft goes.
void TestChatStore::changedDraftLetsItsBytesGo()
{
    auto database = open();
    const auto name = [](const QByteArray &bytes) {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    };
    QVERIFY(!database->saveDraft({}, {u"t"_s, {Part::ofData(u"text/plain"_s, "before"_ba)}, {}}));
    QVERIFY(!database->saveDraft({}, {u"t"_s, {Part::ofData(u"text/plain"_s, "after"_ba)}, {}}));
    const auto held = database->blobs({name("before"_ba), name("after"_ba)});
    QCOMPARE(held->keys(), QList<QByteArray>{name("after"_ba)});
}

// SQLite would read the half together with the character behind it.
void TestChatStore::halfACharacterTakesNothingWithIt()
{
    auto database = open();
    const QString text = u"a"_s + QChar(0xd83d) + u"bc"_s;
    QVERIFY(!database->saveDraft({}, {text, {}, {}}));
    QCOMPARE(database->draft({})->text, u"a?bc"_s);
}

void TestChatStore::findsNoMoreThanAskedFor()
{
    auto database = open();
    for (int i = 0; i < 4; ++i) {
        Conversation conversation = exchange(u"q"_s, u"a"_s);
        conversation.info.title = u"harbour %1"_s.arg(i);
        QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    }
    QCOMPARE(database->search(u"harbour"_s, 10)->size(), 4); // titles alone
    QCOMPARE(database->search(u"harbour"_s, 2)->size(), 2);
}

void TestChatStore::draftsAreGoneWithEverything()
{
    {
        auto database = open();
        const Conversation conversation = exchange(u"Hello"_s, u"Hi"_s);
        QVERIFY(!database->save(conversation.info, conversation.turns(), true));
        QVERIFY(!database->saveDraft(conversation.info.id, {u"written-in-it"_s, {}, {}}));
        QVERIFY(!database->saveDraft({}, {u"written-anew"_s, {Part::ofData(u"text/plain"_s, "attached"_ba)}, {}}));
        QVERIFY(!database->removeAll());
        QVERIFY(database->draft({})->isEmpty());
    }
    const QByteArray bytes = contents(m_path);
    for (const char *word : {"written-in-it", "written-anew", "attached"})
        QVERIFY2(!bytes.contains(word), word);
}

// What saveDraft() has written is there after kill -9.
void TestChatStore::draftSurvivesKill()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"draft-until-killed"_s, m_path});
    QByteArray said;
    while (said.count('\n') < 20) {
        QVERIFY2(process.waitForReadyRead(30'000), said.constData());
        said += process.readAllStandardOutput();
    }
    process.kill();
    QVERIFY(process.waitForFinished());
    said += process.readAllStandardOutput();
    const qint64 last = said.first(said.lastIndexOf('\n')).split('\n').last().toLongLong();
    const auto database = open();
    QVERIFY(database);
    const auto draft = database->draft({});
    QVERIFY(draft);
    QVERIFY(draft->text.toLongLong() == last || draft->text.toLongLong() == last + 1);
    QCOMPARE(draft->attachments.constFirst().data, "attached"_ba);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::exportsAndImports()
{
    const QString file = m_dir->filePath(u"chats.json"_s);
    Conversation conversation = exchange(u"q"_s, u"a"_s);
    conversation.turn(1)->parts.append(Part::ofData(u"image/png"_s, QByteArray(5000, '\x01'), u"a.png"_s));
    conversation.append(turnOf(Turn::Role::Model, u"b"_s), 1);
    conversation.info.pinned = true;
    const Conversation second = exchange(u"q2"_s, u"a2"_s);
    {
        Store store({m_path});
        store.save(conversation.info, conversation.turns(), true);
        store.save(second.info, second.turns(), true);
        Store::Failure failure = StoreError{};
        store.exportJson({}, file, this, [&](const Store::Failure &f) { failure = f; });
        QTRY_VERIFY_WITH_TIMEOUT(!failure, patience);
    }
    QVERIFY(!(QFile::permissions(file) & otherUsers));

    m_path = m_dir->filePath(u"other.sqlite"_s);
    Store store({m_path});
    QSignalSpy changed(&store, &Store::listChanged);
    int count = 0;
    store.importJson(file, this, [&](const Store::Answer<int> &answer) { count = *answer; });
    QTRY_COMPARE_WITH_TIMEOUT(count, 2, patience);
    QCOMPARE(changed.size(), 1);
    std::optional<Conversation> loaded;
    store.load(conversation.info.id, this, [&](const Store::Answer<Conversation> &answer) { loaded = *answer; });
    QTRY_VERIFY_WITH_TIMEOUT(loaded, patience);
    QCOMPARE(loaded->info, conversation.info);
    QCOMPARE(loaded->path(), conversation.path());
    std::optional<Blobs> blobs;
    store.blobs({std::as_const(*loaded).turn(1)->parts.at(1).blob}, this,
                [&](const Store::Answer<Blobs> &answer) { blobs = *answer; });
    QTRY_VERIFY_WITH_TIMEOUT(blobs, patience);
    QCOMPARE(blobs->values(), QList<QByteArray>{QByteArray(5000, '\x01')});
}

void TestChatStore::importsACopy()
{
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    const auto database = open();
    QVERIFY(!database->import({conversation}));
    QVERIFY(!database->import({conversation}));
    const auto infos = database->list();
    QCOMPARE(infos->size(), 2);
    for (const ConversationInfo &info : *infos)
        QCOMPARE(database->load(info.id)->size(), 2);
}

void TestChatStore::refusesImport_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto file = [](const QByteArray &conversations) {
        return QByteArray(exportStart() + conversations + exportEnd());
    };
    const QByteArray head =
            R"({"id":"c0ffee00-0000-4000-8000-000000000001","created":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00Z",)";
    const QByteArray good =
            head + R"("activeRoot":1,"turns":[{"id":1,"parent":0,"role":"user","state":"complete","parts":[]}]})";
    QVERIFY(fromExport(file(good)));
    const auto broken = [&](const QByteArray &before, const QByteArray &after) {
        QByteArray json = good;
        json.replace(before, after);
        return file(json);
    };
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("no JSON") << "hello"_ba;
    QTest::newRow("half") << file(good).chopped(4);
    QTest::newRow("another format") << R"({"format":"x","version":1,"conversations":[]})"_ba;
    QTest::newRow("a later version") << R"({"format":"gemini-desk-chats","version":2,"conversations":[]})"_ba;
    QTest::newRow("no id") << broken("c0ffee00", "x");
    QTest::newRow("no time") << broken("2026", "then");
    QTest::newRow("no role") << broken("\"user\"", "\"system\"");
    QTest::newRow("no state") << broken("\"complete\"", "1");
    QTest::newRow("the largest id") << broken("\"id\":1", "\"id\":9223372036854775807")
                                               .replace("\"activeRoot\":1", "\"activeRoot\":9223372036854775807");
    QTest::newRow("an id that is no integer") << broken("\"id\":1", "\"id\":1.5");
    QTest::newRow("an id below zero") << broken("\"id\":1", "\"id\":-1");
    QTest::newRow("a parent beyond all numbers") << broken("\"parent\":0", "\"parent\":1e300");
    QTest::newRow("an active child beyond all ids")
            << broken("\"parent\":0", "\"parent\":0,\"activeChild\":9007199254740993");
    QTest::newRow("a year that cannot be") << broken("\"updated\":\"2026", "\"updated\":\"0001");
    QTest::newRow("no tree") << broken("\"parent\":0", "\"parent\":1");
    QTest::newRow("a turn that is none") << file(head + R"("activeRoot":1,"turns":[7]})");
    QTest::newRow("a part that is none") << broken("\"parts\":[]", "\"parts\":[7]");
    QTest::newRow("a good one and a bad one") << file(good + "," + head + "}").replace("updated", "x");
    QTest::newRow("too many turns") << file(head + R"("turns":[0)" + QByteArray(",0").repeated(100'000) + "]}");
    QTest::newRow("deep") << QByteArray(QByteArray("[").repeated(100'000));
}

void TestChatStore::refusesImport()
{
    QFETCH(QByteArray, json);
    const QString file = m_dir->filePath(u"chats.json"_s);
    write(file, json);
    Store store({m_path});
    std::optional<StoreError> error;
    store.importJson(file, this, [&](const Store::Answer<int> &answer) { error = answer.error(); });
    QTRY_VERIFY_WITH_TIMEOUT(error, patience);
    QVERIFY(error->kind == Kind::Invalid);
    std::optional<QList<ConversationInfo>> infos;
    store.list(this, [&](const Store::Answer<QList<ConversationInfo>> &answer) { infos = *answer; });
    QTRY_VERIFY_WITH_TIMEOUT(infos, patience);
    QVERIFY(infos->isEmpty());
}

void TestChatStore::exportsMarkdown()
{
    Conversation conversation = exchange(u"Show\nme"_s, {});
    Turn *answer = conversation.turn(2);
    answer->parts = {partFromJson({{u"text"_s, u"Hm.\n"_s}, {u"thought"_s, true}}), Part::ofText(u"See "_s),
                     partFromJson({{u"text"_s, u"this:"_s}, {u"thoughtSignature"_s, u"s"_s}}),
                     partFromJson({{u"executableCode"_s,
                                    QJsonObject{{u"language"_s, u"PYTHON"_s}, {u"code"_s, u"a = '```'"_s}}}}),
                     Part::ofData(u"image/png"_s, "x"_ba, u"[a].png"_s)};
    answer->sources = {{Source::Kind::Web, u"https://a.example/"_s, u"A ] B"_s, {}}};
    answer->error = Error{Error::Kind::Cut, u"It broke off."_s};
    QCOMPARE(toMarkdown(conversation),
             u"# Show me\n"
             "\n## You\n\nShow\nme\n"
             "\n## Gemini\n\n<details><summary>Thoughts</summary>\n\nHm.\n\n</details>\n\nSee this:\n\n"
             "````python\na = '```'\n````\n\n*Attachment: \\[a\\].png*\n\n*It broke off.*\n\nSources:\n\n"
             "1. [A \\] B](<https://a.example/>)\n"_s);
}

void TestChatStore::storeWorksOnItsThread()
{
    Store store({m_path});
    QSignalSpy opened(&store, &Store::opened);
    QSignalSpy changed(&store, &Store::listChanged);
    QVERIFY(opened.isEmpty()); // later, never inside a call
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    const Conversation conversation = exchange(u"harbour"_s, u"a"_s);
    bool saved = false;
    store.save(conversation.info, conversation.turns(), true, this, [&](const Store::Failure &f) { saved = !f; });
    QVERIFY(!saved);
    QTRY_VERIFY_WITH_TIMEOUT(saved, patience);
    QCOMPARE(changed.size(), 1);
    // The answers come in the order of the calls.
    QStringList titles;
    const auto take = [&](const Store::Answer<QList<ConversationInfo>> &infos) {
        titles.append(infos->isEmpty() ? u"-"_s : infos->first().title);
    };
    store.list(this, take);
    store.rename(conversation.info.id, u"Two"_s);
    store.list(this, take);
    store.remove(conversation.info.id);
    store.list(this, take);
    store.restore(conversation.info.id);
    store.list(this, take);
    store.removeAll();
    store.list(this, take);
    QTRY_COMPARE_WITH_TIMEOUT(titles, (QStringList{u"harbour"_s, u"Two"_s, u"-"_s, u"Two"_s, u"-"_s}), patience);
    QCOMPARE(changed.size(), 5);
}

void TestChatStore::storeTellsWhyItCannotOpen()
{
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    write(m_path, QByteArray(5000, 'x'));
    Store store({m_path});
    QSignalSpy failed(&store, &Store::openFailed);
    std::optional<StoreError> error;
    store.list(this, [&](const Store::Answer<QList<ConversationInfo>> &answer) { error = answer.error(); });
    QTRY_VERIFY_WITH_TIMEOUT(error, patience);
    QCOMPARE(failed.size(), 1);
    QVERIFY(error->kind == Kind::Damaged);
}

void TestChatStore::storeFinishesWhatWasAsked()
{
    const Conversation conversation = exchange(u"q"_s, QString(100'000, u'a'));
    {
        Store store({m_path});
        for (int i = 0; i < 20; ++i)
            store.save(conversation.info, conversation.turns(), true);
        store.rename(conversation.info.id, u"Last"_s);
    }
    QCOMPARE(open()->list()->first().title, u"Last"_s);
}

void TestChatStore::storeTellsNobodyWhoHasGone()
{
    Store store({m_path});
    bool told = false;
    {
        QObject gone;
        store.list(&gone, [&](const Store::Answer<QList<ConversationInfo>> &) { told = true; });
    }
    bool behind = false;
    store.list(this, [&](const Store::Answer<QList<ConversationInfo>> &) { behind = true; });
    QTRY_VERIFY_WITH_TIMEOUT(behind, patience);
    QVERIFY(!told);
}

// Not a word of the deleted chat is left in any file, though other chats remain and the file is open.
void TestChatStore::wordsOfADeletedChatAreGone()
{
    m_path = m_dir->filePath(u"chats.sqlite"_s);
    write(m_path + u".schema-1.copy"_s, "an older zebrafinch"_ba);
    auto database = open();
    const Conversation gone = exchange(u"The zebrafinch sings"_s, u"A zebrafinch. "_s.repeated(2000));
    for (int i = 0; i < 3; ++i) { // only a few, as with many the index merges its pieces by itself
        const Conversation stays = exchange(u"A zebra %1"_s.arg(i), u"stripes "_s.repeated(500));
        QVERIFY(!database->save(stays.info, stays.turns(), true));
        if (i == 1)
            QVERIFY(!database->save(gone.info, gone.turns(), true));
    }
    QVERIFY(!database->remove(gone.info.id));
    database.reset(); // the words are in the file itself
    database = open();
    QVERIFY(!database->purge());
    for (const QFileInfo &file : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
        QVERIFY2(!contents(file.filePath()).contains("finch"), qPrintable(file.fileName()));
    }
    QCOMPARE(database->list()->size(), 3);
    QCOMPARE(database->search(u"stripes"_s, 100)->size(), 3);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::goesOnWithWhatWasNotWipedYet()
{
    auto database = open();
    const Conversation gone = exchange(u"zebrafinch"_s, u"a"_s);
    const Conversation stays = exchange(u"zebra"_s, u"a"_s);
    QVERIFY(!database->save(gone.info, gone.turns(), true));
    QVERIFY(!database->save(stays.info, stays.turns(), true));
    QVERIFY(!database->remove(gone.info.id));
    QVERIFY(!database->beginPurge());
    QVERIFY(database->restore(gone.info.id)->kind == Kind::Missing); // it is final
    QVERIFY(database->save(gone.info, gone.turns(), true)->kind == Kind::Missing);
    database.reset(); // the program ends in between
    {
        Store store({m_path});
        QTRY_VERIFY_WITH_TIMEOUT(!contents(m_path).contains("finch") && !contents(m_path + u"-wal"_s).contains("finch"),
                                 patience);
    }
    database = open();
    QCOMPARE(database->list()->size(), 1);
    QCOMPARE(database->checkIntegrity(), QString());
}

void TestChatStore::secondProgramIsToldWhoHasTheStore()
{
    auto first = open();
    const auto second = Database::open({m_path});
    QVERIFY(!second);
    QVERIFY(second.error().kind == Kind::InUse);
    QVERIFY2(second.error().message.contains(QString::number(QCoreApplication::applicationPid())),
             qPrintable(second.error().message));
    first.reset();
    QVERIFY(open());
    // A lock that a killed program left does not count, even if its process number now belongs to another one, for
    // instance to this one.
    write(m_path + u".lock"_s,
          QByteArray::number(QCoreApplication::applicationPid()) + '\n'
                  + QFileInfo(QCoreApplication::applicationFilePath()).fileName().toUtf8() + '\n'
                  + QSysInfo::machineHostName().toUtf8() + '\n');
    QVERIFY(open());
}

void TestChatStore::turnOfAnotherProgramStays_data()
{
    QTest::addColumn<QStringList>("others"); // what the other program does to turns 1 (asked) and 2 (answered)
    QTest::addColumn<bool>("isKept");
    const QString insert =
            u"INSERT INTO turns (conversation, id, parent, active_child, role, state, parts, meta, text) "
            "VALUES (1, 3, 2, 0, 'user', 'complete', '[{\"part\":{\"text\":\"theirs\"}}]', '{}', 'theirs')"_s;
    QTest::newRow("a question with the same id")
            << QStringList{insert, u"UPDATE turns SET active_child = 3 WHERE id = 2"_s} << false;
    QTest::newRow("another answer in its place")
            << QStringList{u"UPDATE turns SET parts = '[{\"part\":{\"text\":\"theirs\"}}]' WHERE id = 2"_s} << false;
    QTest::newRow("something else") << QStringList{u"UPDATE conversations SET pinned = 1"_s} << true;
}

void TestChatStore::turnOfAnotherProgramStays()
{
    QFETCH(QStringList, others);
    QFETCH(bool, isKept);
    const auto database = open();
    Conversation conversation = exchange(u"q"_s, u"ours"_s);
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    sql(m_path, others);
    const auto before = database->load(conversation.info.id);
    QVERIFY(before);
    conversation.append(turnOf(Turn::Role::User, u"next"_s), 2);
    const auto failure = database->save(conversation.info, conversation.turns(), false);
    QCOMPARE(!failure, isKept);
    if (isKept)
        return;
    QVERIFY(failure->kind == Kind::Changed);
    QCOMPARE(database->load(conversation.info.id)->turns(), before->turns());
}

// An answer that is saved once more says nothing of the question that another program has put behind it.
void TestChatStore::childOfAnotherProgramStays()
{
    const auto database = open();
    const Conversation conversation = exchange(u"q"_s, u"ours"_s);
    QVERIFY(!database->save(conversation.info, conversation.turns(), true));
    sql(m_path,
        {u"INSERT INTO turns (conversation, id, parent, active_child, role, state, parts, meta, text) "
         "VALUES (1, 3, 2, 0, 'user', 'complete', '[]', '{}', 'theirs')"_s,
         u"UPDATE turns SET active_child = 3 WHERE id = 2"_s});
    const auto failure = database->save(conversation.info, conversation.turns(), false);
    QVERIFY(failure && failure->kind == Kind::Changed);
    QCOMPARE(database->load(conversation.info.id)->turns().at(1).activeChild, 3);
}

void TestChatStore::storeOpensOnceItIsFree()
{
    auto first = open();
    Store store({m_path});
    QSignalSpy opened(&store, &Store::opened);
    QSignalSpy failed(&store, &Store::openFailed);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    std::optional<StoreError> error;
    store.list(this, [&](const Store::Answer<QList<ConversationInfo>> &answer) { error = answer.error(); });
    QTRY_VERIFY_WITH_TIMEOUT(error, patience);
    QVERIFY(error->kind == Kind::InUse);
    first.reset();
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    bool listed = false;
    store.list(this, [&](const Store::Answer<QList<ConversationInfo>> &answer) { listed = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(listed, patience);
}

// Each try makes the file private again, and shows by that that it has begun and the one before has ended.
void TestChatStore::storeTellsAReasonOnce()
{
    constexpr QFile::Permissions ownersAlone = QFile::ReadOwner | QFile::WriteOwner;
    const auto first = open();
    Store store({m_path});
    QSignalSpy failed(&store, &Store::openFailed);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    for (int tries = 0; tries < 2; ++tries) {
        QVERIFY(QFile::setPermissions(m_path, ownersAlone | QFile::ReadGroup));
        QTRY_VERIFY_WITH_TIMEOUT(!(QFile::permissions(m_path) & QFile::ReadGroup), patience);
    }
    QCoreApplication::sendPostedEvents();
    QCOMPARE(failed.size(), 1);
}

void TestChatStore::storeTriesAgainWhatNobodyLooksAfter()
{
    auto first = open();
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    {
        Store store({m_path});
        QSignalSpy opened(&store, &Store::opened);
        QSignalSpy failed(&store, &Store::openFailed);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        store.save(conversation.info, conversation.turns(), true);
        first.reset();
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    }
    QCOMPARE(open()->list()->size(), 1);
}

void TestChatStore::openStoreTriesAgainWhatNobodyLooksAfter_data()
{
    QTest::addColumn<bool>("atTheEnd");
    QTest::newRow("after a while") << false;
    QTest::newRow("at its end") << true;
}

// Open already, and locked by another for longer than SQLite waits.
void TestChatStore::openStoreTriesAgainWhatNobodyLooksAfter()
{
    QFETCH(const bool, atTheEnd);
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    auto store = std::make_unique<Store>(StoreOptions{m_path, 0, std::chrono::milliseconds(200)});
    QSignalSpy opened(store.get(), &Store::opened);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
    const QString name = u"locks"_s;
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        other.setDatabaseName(m_path);
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        bool failed = false;
        store->save(conversation.info, conversation.turns(), true);
        // Behind it on the same thread: that one has failed when this one has.
        store->rename(conversation.info.id, u"t"_s, this,
                      [&failed](const Store::Failure &failure) { failed = failure.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(failed, patience);
        QVERIFY(query.exec(u"ROLLBACK"_s));
        if (atTheEnd)
            store.reset();
        const auto isThere = [&query] {
            return query.exec(u"SELECT count(*) FROM turns"_s) && query.next() && query.value(0).toInt() == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
        query.finish();
    }
    QSqlDatabase::removeDatabase(name);
}

void TestChatStore::newerSearchEndsTheOneBefore()
{
    const Conversation conversation = exchange(u"harbour"_s, u"a"_s);
    Store store({m_path});
    store.save(conversation.info, conversation.turns(), true);
    QStringList told;
    for (const QString &words : {u"h"_s, u"ha"_s, u"harb"_s}) {
        store.search(words, 10, this, [&told, words](const Store::Answer<QList<SearchHit>> &answer) {
            told.append(words + QString::number(answer->size()));
        });
    }
    bool behind = false;
    store.exportJson({}, m_dir->filePath(u"a.json"_s), this, [&](const Store::Failure &) { behind = true; });
    QTRY_VERIFY_WITH_TIMEOUT(behind, patience);
    QCOMPARE(told, QStringList{u"harb2"_s}); // a title and a turn
}

void TestChatStore::importsOnlyNumbersThatCanBe()
{
    const QByteArray json = exportStart()
            + R"({"id":"c0ffee00-0000-4000-8000-000000000001","created":"2026-01-01T00:00:00Z",
        "updated":"2026-01-01T00:00:00Z","activeRoot":1,"turns":[{"id":1,"parent":0,"role":"model","state":"failed",
        "parts":[{"part":{"text":"a"},"bytes":9223372036854775807}],"meta":{"usage":{"input":-5,"output":3,"total":-1},
        "started":9223372036854775807,"ended":-1,"firstToken":1000,"error":{"kind":"quota","message":"m","status":-1,
        "retryAfter":9223372036854775807},"sources":[{"uri":"https://a/"}],
        "citations":[{"start":-3,"end":5,"sources":[0]},{"start":9,"end":2,"sources":[0]},{"start":0,"end":1,"sources":[0,-1,7]}]}}]})"
            + exportEnd();
    const auto conversations = fromExport(json);
    QVERIFY(conversations);
    const Conversation conversation = conversations->first();
    const Turn &turn = *conversation.turn(1);
    QCOMPARE(turn.usage, (Usage{0, 3, 0, 0, 0}));
    QVERIFY(!turn.started.isValid() && !turn.ended.isValid() && turn.firstToken.isValid());
    QVERIFY(turn.error && !turn.error->retryAfter && turn.error->status == 0);
    QCOMPARE(turn.citations, (QList<Citation>{{0, 1, {0}}}));
    QCOMPARE(turn.parts.first().size, 0);
}

#ifdef Q_OS_UNIX
// An import that waits for bytes which never come blocks the thread of searches and files, but not the one that writes.
void TestChatStore::writingWaitsForNoReading()
{
    const QByteArray fifo = QFile::encodeName(m_dir->filePath(u"never"_s));
    QCOMPARE(mkfifo(fifo.constData(), 0600), 0);
    const Conversation conversation = exchange(u"q"_s, u"a"_s);
    Store store({m_path});
    bool imported = false;
    store.importJson(QFile::decodeName(fifo), this, [&](const Store::Answer<int> &) { imported = true; });
    store.search(u"q"_s, 10, this, [](const Store::Answer<QList<SearchHit>> &) {});
    bool saved = false;
    store.save(conversation.info, conversation.turns(), true, this, [&](const Store::Failure &f) { saved = !f; });
    QTRY_VERIFY_WITH_TIMEOUT(saved, 20'000);
    // And the conversation can be opened.
    bool loaded = false;
    store.load(conversation.info.id, this, [&](const Store::Answer<Conversation> &answer) { loaded = bool(answer); });
    QTRY_VERIFY_WITH_TIMEOUT(loaded, 20'000);
    QVERIFY(!imported);
    const int descriptor = ::open(fifo.constData(), O_WRONLY);
    QVERIFY(descriptor >= 0);
    ::close(descriptor);
    QTRY_VERIFY_WITH_TIMEOUT(imported, patience);
}

// A file that may not grow any more is not reported as a matter of permissions.
void TestChatStore::exportSaysWhyItFailed()
{
    const QString file = m_dir->filePath(u"a.json"_s);
    const Conversation conversation = exchange(u"q"_s, QString(200'000, u'a'));
    Store store({m_path});
    bool saved = false;
    store.save(conversation.info, conversation.turns(), true, this, [&](const Store::Failure &f) { saved = !f; });
    QTRY_VERIFY_WITH_TIMEOUT(saved, patience);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{50'000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto restore = qScopeGuard([&before] { setrlimit(RLIMIT_FSIZE, &before); });
    QStringList messages;
    const auto told = [&](const Store::Failure &failure) { messages.append(failure ? failure->message : QString()); };
    store.exportJson({}, file, this, told);
    store.exportMarkdown(conversation.info.id, file, this, told);
    store.exportJson({}, m_dir->filePath(u"no/such/a.json"_s), this, told);
    QTRY_COMPARE_WITH_TIMEOUT(messages.size(), 3, patience);
    QVERIFY2(messages[0].contains(u"too large"_s), qPrintable(messages[0]));
    QVERIFY2(messages[1].contains(u"too large"_s), qPrintable(messages[1]));
    QVERIFY2(messages[2].contains(u"No such file"_s), qPrintable(messages[2]));
    QVERIFY(!QFileInfo::exists(file));
}

void TestChatStore::fullDiskIsNoMatterOfPermissions()
{
    QFile full(u"/dev/full"_s);
    if (!full.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        QSKIP("There is no /dev/full here");
    QCOMPARE(full.write("a"), -1);
    const StoreError error = storeError(full);
    QVERIFY(error.kind == Kind::Full);
    QVERIFY2(error.message.contains(u"disk is full"_s), qPrintable(error.message));
}
#endif

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == u"save-until-killed"_s)
        return saveUntilKilled(arguments.at(2));
    if (arguments.size() == 3 && arguments.at(1) == u"draft-until-killed"_s)
        return draftUntilKilled(arguments.at(2));
    TestChatStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_chatstore.moc"
