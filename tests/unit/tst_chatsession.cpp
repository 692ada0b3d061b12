#include "proxy/demo/demoserver.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"
#include "ui/chat/client.h"
#include "ui/chat/session.h"
#include "ui/chat/store/store.h"
#include "ui/chat/upload.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <limits>

using namespace Qt::StringLiterals;
using namespace chat;

using Step = ScriptedServer::Step;
using Script = ScriptedServer::Script;
using State = Turn::State;

namespace {

QByteArray sse(const QByteArray &parts, const QByteArray &reason = {})
{
    return R"(data: {"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}"
            + (reason.isEmpty() ? QByteArray() : ",\"finishReason\":\"" + reason + "\"") + "}]}\r\n\r\n";
}

QByteArray text(const QByteArray &words, const QByteArray &reason = {})
{
    return sse("{\"text\":\"" + words + "\"}", reason);
}

QByteArray chunk(const QByteArray &bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

QByteArray streamHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
}

QByteArray whole(int status, const QByteArray &body, const QByteArray &fields = {})
{
    return "HTTP/1.1 " + QByteArray::number(status) + " X\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

// A good answer that is there at once.
Script answering(const QByteArray &words)
{
    return {Step::send(streamHead() + chunk(text(words, "STOP")) + "0\r\n\r\n")};
}

QList<Part> says(const QString &words)
{
    return {Part::ofText(words)};
}

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QString contentsText(const QByteArray &request)
{
    QStringList texts;
    for (const auto &turn : object(request)["contents"_L1].toArray()) {
        QString line = turn["role"_L1].toString().left(1) + u':';
        for (const auto &part : turn["parts"_L1].toArray())
            line += part["text"_L1].toString();
        texts.append(line);
    }
    return texts.join(u' ');
}

// Of this process, but for those of the pool, which end here; 0 where the system does not tell.
int threadCount()
{
    QThreadPool::globalInstance()->waitForDone();
    return int(QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

// Opens the same file without asking anybody.
class OtherProgram
{
public:
    explicit OtherProgram(const QString &path)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        database.setDatabaseName(path);
        [&] { QVERIFY(database.open()); }();
    }
    ~OtherProgram()
    {
        QSqlDatabase::database(u"other"_s).close();
        QSqlDatabase::removeDatabase(u"other"_s);
    }
    Q_DISABLE_COPY_MOVE(OtherProgram)

    void run(const QString &sql) const
    {
        QSqlQuery query(QSqlDatabase::database(u"other"_s));
        QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
    }
};

} // namespace

class TestChatSession : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsAndStreams();
    void nothingEndsInsideTheCall();
    void asksAsTheProxyWants();
    void tellsTextOnceForEachTurnOfTheLoop();
    void announcesParts();
    void stops_data();
    void stops();
    void stopsFromASlot();
    void deletedWhileItStreams_data();
    void deletedWhileItStreams();
    void retries();
    void retriesAQuestionWithoutAnswer();
    void regenerates();
    void regeneratesBesideWhatIsFollowed();
    void edits();
    void editsOnAnotherBranch();
    void selects();
    void oneAnswerAtATime();
    void manySessionsStreamAtOnce();
    void ends_data();
    void ends();
    void faults_data();
    void faults();
    void proxyWithoutKey();
    void nobodyListens();
    void isNeverSentTwice();
    void sendsHistoryBackUnchanged();
    void sendsBytesOutOfTheStore();
    void asksForThoughts();
    void savesWhileItStreams();
    void savesWhilePiecesComeAllTheTime();
    void deletedConversationStaysDeleted();
    void diskFullAnswersAllTheSame();
    void savesAgainWhatFailed();
    void savesOnceTheStoreIsOpen();
    void lastSaveOutlivesItsSession_data();
    void lastSaveOutlivesItsSession();
    void anotherProgramsTurnMakesACopy();
    void fullConversationTakesNoMore();
    void infoIsKept();
    void countsTokens();
    void listsModels();
    void listFails();
    void uploads();
    void uploadWaitsForGemini();
    void uploadFails_data();
    void uploadFails();
    void uploadStops();

private:
    // A session with a new conversation.
    [[nodiscard]] std::unique_ptr<Session> session(const QString &model = u"m"_s)
    {
        Conversation conversation = Conversation::create();
        conversation.info.model = model;
        return std::make_unique<Session>(&m_client, m_store.get(), conversation);
    }
    [[nodiscard]] Conversation load(const QUuid &id)
    {
        std::optional<Conversation> loaded;
        bool done = false;
        m_store->load(id, this, [&](const Store::Answer<Conversation> &answer) {
            if (answer)
                loaded = *answer;
            done = true;
        });
        [&] { QTRY_VERIFY(done); }();
        return loaded.value_or(Conversation());
    }
    static const Turn &leaf(const Session &session)
    {
        return *session.conversation().turn(session.conversation().leaf());
    }
    // The store anew, which waits only so long for who has locked its file.
    void openImpatiently()
    {
        m_store.reset();
        m_store = std::make_unique<Store>(
                StoreOptions{m_dir->filePath(u"chats.sqlite"_s), 0, std::chrono::milliseconds(200)});
        QSignalSpy opened(m_store.get(), &Store::opened);
        QTRY_VERIFY(!opened.isEmpty());
    }
    void useDemo(DemoServer &demo)
    {
        demo.setPace(std::chrono::milliseconds(0));
        QVERIFY(demo.listen());
        m_client.setEndpoint({demo.url(), "token"});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<ScriptedServer> m_server;
    Client m_client;
};

void TestChatSession::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(StoreOptions{m_dir->filePath(u"chats.sqlite"_s)});
    m_server = std::make_unique<ScriptedServer>();
    QVERIFY(m_server->start());
    m_client.setEndpoint({m_server->url(), "token"});
}

void TestChatSession::cleanup()
{
    m_store.reset();
    m_server.reset();
    m_dir.reset();
}

void TestChatSession::sendsAndStreams()
{
    m_server->setScript(
            {Step::send(streamHead()), Step::send(chunk(text("Hel"))), Step::waitForRelease(),
             Step::send(chunk(text("lo", "STOP"))
                        + chunk("data: {\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2},"
                                "\"modelVersion\":\"m-1\"}\r\n\r\n")
                        + "0\r\n\r\n")});
    const auto session = this->session();
    QSignalSpy added(session.get(), &Session::turnAdded);
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QSignalSpy streaming(session.get(), &Session::streamingChanged);
    QVERIFY(session->send(says(u"Say hello."_s)));
    QCOMPARE(added.size(), 2);
    QVERIFY(session->isStreaming());
    QTRY_COMPARE(leaf(*session).text(), u"Hel"_s);
    QVERIFY(leaf(*session).state == State::Streaming);
    QVERIFY(ended.isEmpty());
    m_server->release();
    QTRY_COMPARE(ended.size(), 1);
    const Turn &answer = leaf(*session);
    QVERIFY(answer.state == State::Complete);
    QCOMPARE(answer.text(), u"Hello"_s);
    QCOMPARE(answer.finishReason, u"STOP"_s);
    QCOMPARE(answer.modelVersion, u"m-1"_s);
    QCOMPARE(answer.model, u"m"_s);
    QCOMPARE(answer.usage.input, 3);
    QVERIFY(answer.started.isValid() && answer.firstToken.isValid() && answer.ended.isValid());
    QVERIFY(!answer.error);
    QCOMPARE(streaming, (QList<QList<QVariant>>{{true}, {false}}));
    QCOMPARE(session->conversation().info.title, u"Say hello."_s);
    QTRY_VERIFY(load(session->conversation().info.id).turns() == session->conversation().turns());
    QCOMPARE(load(session->conversation().info.id).path(), session->conversation().path());
}

void TestChatSession::nothingEndsInsideTheCall()
{
    m_client.setEndpoint({QUrl(u"nonsense:"_s), {}});
    const auto session = this->session();
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QVERIFY(session->send(says(u"q"_s)));
    QVERIFY(ended.isEmpty());
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(leaf(*session).error->kind == Error::Kind::Network);
}

void TestChatSession::asksAsTheProxyWants()
{
    m_server->setScript(answering("a"));
    const auto session = this->session(u"models/gemini/../x y"_s);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(m_server->requestCount(), 1);
    const auto &request = m_server->requests().first();
    QCOMPARE(request.head.method, "POST"_ba);
    // A name cannot lead to another path.
    QCOMPARE(request.head.target, "/v1beta/models/gemini%2F..%2Fx%20y:streamGenerateContent?alt=sse"_ba);
    QCOMPARE(request.head.fields.value("x-goog-api-key"), "token"_ba);
    QCOMPARE(request.head.fields.value("accept-encoding"), "identity"_ba);
    QCOMPARE(request.head.fields.value("content-type"), "application/json"_ba);
    QCOMPARE(contentsText(request.body), u"u:q"_s);
}

// This holds however many events come at once.
void TestChatSession::tellsTextOnceForEachTurnOfTheLoop()
{
    QByteArray burst;
    for (int i = 0; i < 500; ++i)
        burst += chunk(text("x"));
    m_server->setScript({Step::send(streamHead() + chunk(text("first"))), Step::waitForRelease(),
                         Step::send(burst + chunk(text("y", "STOP")) + "0\r\n\r\n")});
    const auto session = this->session();
    QSignalSpy grew(session.get(), &Session::textAppended);
    QSignalSpy parts(session.get(), &Session::partAdded);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(parts.size(), 1);
    m_server->release();
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(!grew.isEmpty());
    QVERIFY2(grew.size() < 100, QByteArray::number(grew.size()).constData());
    QString told = u"first"_s;
    for (const auto &signal : std::as_const(grew))
        told += signal.at(2).toString();
    QCOMPARE(told, leaf(*session).text());
}

void TestChatSession::announcesParts()
{
    m_server->setScript(
            {Step::send(streamHead() + chunk(sse(R"({"text":"Hm","thought":true})"))), Step::turn(),
             Step::send(chunk(sse(R"({"text":"m.","thought":true},{"text":"So"})"))), Step::turn(),
             Step::send(chunk(sse(R"({"functionCall":{"name":"f"},"thoughtSignature":"s"},{"text":"!"})", "STOP"))
                        + "0\r\n\r\n")});
    const auto session = this->session();
    // What a page would show that listens only to the signals.
    QStringList shown;
    QVERIFY(session->send(says(u"q"_s)));
    const TurnId answer = session->streamingTurn();
    connect(session.get(), &Session::partAdded, this, [&](TurnId id, int part) {
        QCOMPARE(id, answer);
        QCOMPARE(part, shown.size());
        shown.append(session->conversation().turn(id)->parts.at(part).text);
    });
    connect(session.get(), &Session::textAppended, this, [&](TurnId, int part, const QString &text) {
        QCOMPARE(part, shown.size() - 1);
        shown[part] += text;
    });
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(shown, (QStringList{u"Hmm."_s, u"So"_s, u""_s, u"!"_s}));
}

void TestChatSession::stops_data()
{
    QTest::addColumn<bool>("begun");
    QTest::newRow("before the request is there") << false;
    QTest::newRow("in the middle") << true;
}

void TestChatSession::stops()
{
    QFETCH(bool, begun);
    m_server->setScript({Step::send(streamHead() + chunk(text("Half"))), Step::waitForRelease()});
    const auto session = this->session();
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QVERIFY(session->send(says(u"q"_s)));
    if (begun)
        QTRY_COMPARE(leaf(*session).text(), u"Half"_s);
    session->stop();
    session->stop();
    QCOMPARE(ended.size(), 1);
    QVERIFY(!session->isStreaming());
    QVERIFY(leaf(*session).state == State::Stopped);
    QVERIFY(leaf(*session).error->kind == Error::Kind::Stopped);
    QTRY_COMPARE(m_server->openConnections(), 0); // nobody goes on paying for it
    const QUuid id = session->conversation().info.id;
    QTRY_VERIFY(load(id).turns() == session->conversation().turns());
    QCOMPARE(leaf(*session).text(), begun ? u"Half"_s : QString());
    QCOMPARE(ended.size(), 1);
    // The conversation goes on from there.
    m_server->setScript(answering("b"));
    QVERIFY(session->send(says(u"r"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(contentsText(m_server->requests().last().body), begun ? u"u:q m:Half u:r"_s : u"u:qr"_s);
}

void TestChatSession::stopsFromASlot()
{
    m_server->setScript({Step::send(streamHead() + chunk(sse(R"({"text":"a"},{"text":"b","thought":true})"))),
                         Step::waitForRelease()});
    const auto session = this->session();
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QSignalSpy parts(session.get(), &Session::partAdded);
    connect(session.get(), &Session::partAdded, this, [&] { session->stop(); });
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(parts.size(), 2); // the second comes from within stop(), and once
    QVERIFY(leaf(*session).state == State::Stopped);
}

void TestChatSession::deletedWhileItStreams_data()
{
    QTest::addColumn<bool>("saved");
    QTest::newRow("before that is saved") << false;
    QTest::newRow("after that is saved") << true;
}

void TestChatSession::deletedWhileItStreams()
{
    QFETCH(bool, saved);
    m_server->setScript({Step::send(streamHead() + chunk(text("Half"))), Step::waitForRelease()});
    auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(leaf(*session).text(), u"Half"_s);
    const QUuid id = session->conversation().info.id;
    if (saved)
        QTRY_VERIFY(load(id).turn(2)->text() == u"Half"_s && session->isSaved());
    session.reset();
    const Conversation kept = load(id);
    QVERIFY(kept.turn(kept.leaf())->state == State::Stopped);
    QCOMPARE(kept.turn(kept.leaf())->text(), u"Half"_s);
    QTRY_COMPARE(m_server->openConnections(), 0);
}

void TestChatSession::retries()
{
    m_server->setScript({Step::send(whole(503, R"({"error":{"code":503,"message":"Busy"}})"))});
    const auto session = this->session();
    QSignalSpy restarted(session.get(), &Session::turnRestarted);
    QSignalSpy changed(session.get(), &Session::pathChanged);
    QVERIFY(!session->retry());
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(leaf(*session).state == State::Failed);
    QCOMPARE(leaf(*session).error->message, u"Busy"_s);
    // The first answer said nothing, so the next try takes its place.
    m_server->setScript({Step::send(streamHead() + chunk(text("Half")) + "0\r\n\r\n")});
    QVERIFY(session->retry());
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(restarted.size(), 1);
    QCOMPARE(session->conversation().size(), 2);
    QVERIFY(leaf(*session).error->kind == Error::Kind::Cut);
    // The second one said something, so it is kept beside the next.
    m_server->setScript(answering("All"));
    QVERIFY(session->retry());
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(session->conversation().size(), 3);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(leaf(*session).text(), u"All"_s);
    QVERIFY(leaf(*session).state == State::Complete);
    QVERIFY(!session->retry()); // nothing to be mended
    QCOMPARE(contentsText(m_server->requests().last().body), u"u:q"_s);
    QTRY_VERIFY(load(session->conversation().info.id).turns() == session->conversation().turns());
}

void TestChatSession::retriesAQuestionWithoutAnswer()
{
    Conversation conversation = Conversation::create();
    Turn turn;
    turn.parts = says(u"q"_s);
    conversation.append(turn, 0);
    m_server->setScript(answering("a"));
    Session session(&m_client, nullptr, conversation);
    QVERIFY(session.retry());
    QTRY_VERIFY(!session.isStreaming());
    QCOMPARE(leaf(session).text(), u"a"_s);
}

void TestChatSession::regenerates()
{
    m_server->setScript(answering("one"));
    const auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    const TurnId old = session->conversation().leaf();
    QVERIFY(!session->regenerate(1)); // that is a question
    QVERIFY(!session->regenerate(77));
    m_server->setScript(answering("two"));
    QSignalSpy changed(session.get(), &Session::pathChanged);
    QVERIFY(session->regenerate(old));
    QCOMPARE(changed.size(), 1);
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(leaf(*session).text(), u"two"_s);
    QCOMPARE(session->conversation().siblings(old).size(), 2);
    QCOMPARE(session->conversation().turn(old)->text(), u"one"_s);
    QCOMPARE(contentsText(m_server->requests().last().body), u"u:q"_s);
}

// An empty answer that the conversation went on from stays, with all that follows it.
void TestChatSession::regeneratesBesideWhatIsFollowed()
{
    Conversation conversation = Conversation::create();
    Turn question;
    question.parts = says(u"q"_s);
    Turn failed;
    failed.role = Turn::Role::Model;
    failed.state = State::Failed;
    const TurnId empty = conversation.append(failed, conversation.append(question, 0));
    const TurnId next = conversation.append(question, empty);
    m_server->setScript(answering("a"));
    Session session(&m_client, nullptr, conversation);
    QVERIFY(session.regenerate(empty));
    QTRY_VERIFY(!session.isStreaming());
    QCOMPARE(leaf(session).text(), u"a"_s);
    QCOMPARE(session.conversation().siblings(empty), (QList<TurnId>{empty, session.conversation().leaf()}));
    QVERIFY(session.conversation().turn(empty)->parts.isEmpty());
    session.select(next);
    QCOMPARE(session.conversation().path(), (QList<TurnId>{1, empty, next}));
}

void TestChatSession::edits()
{
    m_server->setScript(answering("one"));
    const auto session = this->session();
    QVERIFY(session->send(says(u"first"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(session->send(says(u"second"_s)));
    QTRY_VERIFY(!session->isStreaming());
    const TurnId second = session->conversation().path().at(2);
    QVERIFY(!session->editAndResend(session->conversation().leaf(), says(u"x"_s))); // that is an answer
    QVERIFY(!session->editAndResend(second, {}));
    QVERIFY(session->editAndResend(second, says(u"better"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(contentsText(m_server->requests().last().body), u"u:first m:one u:better"_s);
    QCOMPARE(session->conversation().path().size(), 4);
    QVERIFY(!session->conversation().path().contains(second));
    QCOMPARE(session->conversation().siblings(second).size(), 2);
    QVERIFY(session->editAndResend(1, says(u"new"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(contentsText(m_server->requests().last().body), u"u:new"_s);
    QTRY_VERIFY(load(session->conversation().info.id).turns() == session->conversation().turns());
    QTRY_VERIFY(load(session->conversation().info.id).path() == session->conversation().path());
}

// The path leads through all that was chosen by it, in the file as well.
void TestChatSession::editsOnAnotherBranch()
{
    m_server->setScript(answering("a"));
    const auto session = this->session();
    const QUuid id = session->conversation().info.id;
    for (const QString &words : {u"first"_s, u"second"_s, u"third"_s}) {
        QVERIFY(session->send(says(words)));
        QTRY_VERIFY(!session->isStreaming());
    }
    const QList<TurnId> old = session->conversation().path();
    QVERIFY(session->editAndResend(old.at(2), says(u"other second"_s)));
    QTRY_VERIFY(!session->isStreaming() && session->isSaved());
    QVERIFY(session->editAndResend(old.at(4), says(u"other third"_s)));
    QTRY_VERIFY(!session->isStreaming() && session->isSaved());
    QCOMPARE(session->conversation().path().first(4), old.first(4));
    QCOMPARE(load(id).path(), session->conversation().path());
    QCOMPARE(load(id).turns(), session->conversation().turns());
}

void TestChatSession::selects()
{
    m_server->setScript(answering("a"));
    const auto session = this->session();
    QVERIFY(session->send(says(u"one"_s)));
    QTRY_VERIFY(!session->isStreaming());
    const QList<TurnId> old = session->conversation().path();
    QVERIFY(session->editAndResend(1, says(u"two"_s)));
    // While an answer streams on the new branch, the old one can be looked at.
    QSignalSpy changed(session.get(), &Session::pathChanged);
    session->select(old.first());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(session->conversation().path(), old);
    QVERIFY(session->isStreaming());
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(session->conversation().path(), old);
    session->select(old.last());
    QCOMPARE(changed.size(), 1);
    QTRY_VERIFY(load(session->conversation().info.id).path() == old);
    // The next question goes on from there.
    QVERIFY(session->send(says(u"more"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(contentsText(m_server->requests().last().body), u"u:one m:a u:more"_s);
}

void TestChatSession::oneAnswerAtATime()
{
    m_server->setScript({Step::send(streamHead() + chunk(text("a"))), Step::waitForRelease()});
    const auto session = this->session();
    QVERIFY(!session->send({}));
    QVERIFY(session->send(says(u"q"_s)));
    QVERIFY(!session->send(says(u"r"_s)));
    QVERIFY(!session->retry());
    QVERIFY(!session->regenerate(2));
    QVERIFY(!session->editAndResend(1, says(u"r"_s)));
    QCOMPARE(session->conversation().size(), 2);
    QTRY_COMPARE(m_server->waitingForRelease(), 1);
    QCOMPARE(m_server->requestCount(), 1);
}

// Qt's six connections to a host are no limit, and its manager's thread is one for all.
void TestChatSession::manySessionsStreamAtOnce()
{
    constexpr int many = 20;
    const int before = threadCount();
    m_server->setScript({Step::send(streamHead() + chunk(text("a"))), Step::waitForRelease(),
                         Step::send(chunk(text("b", "STOP")) + "0\r\n\r\n")});
    std::vector<std::unique_ptr<Session>> sessions;
    for (int i = 0; i < many; ++i) {
        sessions.push_back(session());
        QVERIFY(sessions.back()->send(says(u"q"_s)));
    }
    QTRY_COMPARE(m_server->waitingForRelease(), many);
    for (const auto &session : sessions)
        QTRY_COMPARE(leaf(*session).text(), u"a"_s);
    QVERIFY2(threadCount() <= before + 1, qPrintable(QString::number(threadCount() - before)));
    m_server->release();
    for (const auto &session : sessions) {
        QTRY_VERIFY(!session->isStreaming());
        QCOMPARE(leaf(*session).text(), u"ab"_s);
    }
}

void TestChatSession::ends_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("kept");

    const QByteArray begun = streamHead() + chunk(text("Half"));
    const QByteArray done = streamHead() + chunk(text("All", "STOP"));
    QTest::newRow("whole") << Script{Step::send(done + "0\r\n\r\n")} << QString() << u"All"_s;
    QTest::newRow("no reason") << Script{Step::send(begun + "0\r\n\r\n")} << u"cut"_s << u"Half"_s;
    QTest::newRow("closed between chunks") << Script{Step::send(begun), Step::close()} << u"cut"_s << u"Half"_s;
    QTest::newRow("closed within a chunk")
            << Script{Step::send(begun + "ff\r\ndata: {"), Step::close()} << u"cut"_s << u"Half"_s;
    QTest::newRow("reset") << Script{Step::send(begun), Step::turn(), Step::reset()} << u"cut"_s << u"Half"_s;
    QTest::newRow("empty") << Script{Step::send(streamHead() + "0\r\n\r\n")} << u"cut"_s << QString();
    QTest::newRow("not HTTP") << Script{Step::send("hello\r\n\r\n"), Step::close()} << u"network"_s << QString();
    QTest::newRow("closed without a byte") << Script{Step::close()} << u"network"_s << QString();
    QTest::newRow("bare error") << Script{Step::send(begun + chunk("{\"error\":{\"code\":503,\"message\":\"o\"}}\n")
                                                     + "0\r\n\r\n")}
                                << u"overloaded"_s << u"Half"_s;
    QTest::newRow("error event, then cut")
            << Script{Step::send(begun + chunk("event: error\ndata: {\"error\":{\"code\":504,\"message\":\"s\"}}\n\n")),
                      Step::close()}
            << u"network"_s << u"Half"_s;
    QTest::newRow("quota") << Script{Step::send(
            whole(429, R"({"error":{"code":429,"message":"q"}})", "Retry-After: 7\r\n"))}
                           << u"quota"_s << QString();
    QTest::newRow("redirect") << Script{Step::send(whole(307, {}, "Location: http://127.0.0.1:1/\r\n"))} << u"other"_s
                              << QString();
    QTest::newRow("error without end") << Script{Step::send("HTTP/1.1 500 X\r\n\r\n" + QByteArray(20'000'000, 'x'))}
                                       << u"other"_s << QString();
}

void TestChatSession::ends()
{
    QFETCH(Script, script);
    QFETCH(QString, error);
    QFETCH(QString, kept);
    m_server->setScript(script);
    const auto session = this->session();
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 20'000);
    const Turn &turn = leaf(*session);
    QCOMPARE(turn.error ? kindName(turn.error->kind) : QString(), error);
    QVERIFY(turn.state == (error.isEmpty() ? State::Complete : State::Failed));
    QCOMPARE(turn.text(), kept);
    if (error == u"quota"_s)
        QCOMPARE(turn.error->retryAfter, std::optional(std::chrono::seconds(7)));
}

void TestChatSession::faults_data()
{
    QTest::addColumn<QString>("error"); // "" = none; "-" = it never ends
    const QHash<QByteArray, QString> errors = {{"refuse", u"network"_s},
                                               {"reset-before", u"network"_s},
                                               {"stall-before", u"-"_s},
                                               {"stall-head", u"-"_s},
                                               {"bad-head", u"cut"_s},
                                               {"stall-after", u"-"_s},
                                               {"cut", u"cut"_s},
                                               {"cut-between", u"cut"_s},
                                               {"cut-length", u"cut"_s},
                                               {"reset", u"cut"_s},
                                               {"bad-chunk", u"cut"_s},
                                               {"bad-json", u"cut"_s},
                                               {"error-mid", u"overloaded"_s},
                                               {"key-invalid", u"key"_s},
                                               {"forbidden", u"key"_s},
                                               {"model-missing", u"model"_s},
                                               {"quota", u"quota"_s},
                                               {"internal", u"other"_s},
                                               {"unavailable", u"overloaded"_s},
                                               {"unavailable-once", u"overloaded"_s},
                                               {"redirect", u"other"_s},
                                               {"blocked", u"blocked"_s},
                                               {"safety", u"blocked"_s}};
    for (const DemoServer::Fault &fault : DemoServer::faults()) {
        // 100 MiB are for a benchmark; and the proxy keeps a 103 from its clients.
        if (fault.name != "huge"_ba && fault.name != "informational"_ba)
            QTest::newRow(*fault.name ? fault.name : "none") << errors.value(fault.name);
    }
}

// Every fault that the demo knows.
void TestChatSession::faults()
{
    QFETCH(QString, error);
    DemoServer demo;
    useDemo(demo);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const auto session = this->session(name == u"none"_s ? u"gemini-flash-latest"_s : u"demo-"_s + name);
    QSignalSpy ended(session.get(), &Session::turnEnded);
    QVERIFY(session->send(says(u"Explain how AI works"_s)));
    if (error == u"-"_s) {
        QTRY_COMPARE(demo.requestCount(), 1);
        session->stop();
        QVERIFY(leaf(*session).state == State::Stopped);
        QTRY_COMPARE(demo.openStreams(), 0);
        return;
    }
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 20'000);
    const Turn &turn = leaf(*session);
    QCOMPARE(turn.error ? kindName(turn.error->kind) : QString(), error);
    QVERIFY(turn.error || !turn.text().isEmpty());
    QVERIFY(!turn.error || !turn.error->message.isEmpty());
    QCOMPARE(demo.requestCount(), 1);
    if (name == u"quota"_s) {
        QCOMPARE(turn.error->retryAfter, std::optional(std::chrono::seconds(34)));
        QCOMPARE(turn.error->quota, u"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"_s);
    }
    if (name == u"thinking"_s)
        QVERIFY(turn.parts.first().kind == Part::Kind::Thought);
    if (name == u"max-tokens"_s)
        QCOMPARE(turn.finishReason, u"MAX_TOKENS"_s);
    if (name == u"unavailable-once"_s) {
        QVERIFY(session->retry());
        QTRY_COMPARE(ended.size(), 2);
        QVERIFY(leaf(*session).state == State::Complete);
    }
}

// This 503 is the proxy's own, and only its text tells it from that of an overloaded model.
void TestChatSession::proxyWithoutKey()
{
    ProxySettings settings = TestProxy::settingsFor(m_server->url());
    settings.key = Secret();
    TestProxy proxy(settings);
    QVERIFY(proxy.port != 0);
    QNetworkAccessManager manager;
    const auto call = std::make_unique<HttpCall>(
            manager, Endpoint{QUrl(u"http://127.0.0.1:%1"_s.arg(proxy.port)), {}},
            HttpCall::Request{"POST", "/gemini-proxy", {{"Content-Type", "text/plain"}}, "Hello"}, false, nullptr);
    std::optional<HttpCall::End> end;
    connect(call.get(), &HttpCall::ended, this, [&](const HttpCall::End &e) { end = e; });
    QTRY_VERIFY(end);
    QCOMPARE(end->status, 503);
    QVERIFY(end->error().kind == Error::Kind::Key);
}

void TestChatSession::nobodyListens()
{
    m_server->close();
    const auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(leaf(*session).error->kind == Error::Kind::Network);
    QVERIFY(!leaf(*session).error->message.isEmpty());
}

// Qt by itself would send the request again if the server closes before it answers, and the user would pay twice.
void TestChatSession::isNeverSentTwice()
{
    m_server->setScript(answering("a"));
    const auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    m_server->setScript({Step::close()});
    QVERIFY(session->send(says(u"r"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(leaf(*session).state == State::Failed);
    QCOMPARE(m_server->requestCount(), 2);
}

void TestChatSession::sendsHistoryBackUnchanged()
{
    const QByteArray parts =
            R"({"text":"Hm.","thought":true},{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"bm8="},{"hologram":{"x":[1,null]}},{"text":"Done"})";
    m_server->setScript({Step::send(streamHead() + chunk(sse(parts, "STOP")) + "0\r\n\r\n")});
    auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    const QUuid id = session->conversation().info.id;
    session.reset();
    Session again(&m_client, m_store.get(), load(id)); // by way of the store
    m_server->setScript(answering("a"));
    QVERIFY(again.send(says(u"r"_s)));
    QTRY_VERIFY(!again.isStreaming());
    QCOMPARE(object(m_server->requests().last().body)["contents"_L1][1]["parts"_L1].toArray(),
             QJsonDocument::fromJson("[" + parts + "]").array());
}

void TestChatSession::sendsBytesOutOfTheStore()
{
    const QByteArray picture(300'000, '\x7f');
    m_server->setScript(answering("a"));
    auto session = this->session();
    QVERIFY(session->send({Part::ofData(u"image/png"_s, picture, u"a.png"_s)}));
    QTRY_VERIFY(!session->isStreaming());
    const QUuid id = session->conversation().info.id;
    QCOMPARE(session->conversation().info.title, u"a.png"_s);
    session.reset();
    Session again(&m_client, m_store.get(), load(id));
    QVERIFY(again.send(says(u"r"_s)));
    QTRY_VERIFY(!again.isStreaming());
    const QJsonValue part = object(m_server->requests().last().body)["contents"_L1][0]["parts"_L1][0];
    QCOMPARE(QByteArray::fromBase64(part["inlineData"_L1]["data"_L1].toString().toLatin1()), picture);
    QCOMPARE(part.toObject().keys(), QStringList{u"inlineData"_s}); // the file's name is not sent

    // If the stored bytes are lost, the answer fails, and nothing is sent without them.
    Conversation conversation = again.conversation();
    conversation.turn(1)->parts[0].blob = "0000";
    Session lost(&m_client, m_store.get(), conversation);
    QVERIFY(lost.send(says(u"s"_s)));
    QTRY_VERIFY(!lost.isStreaming());
    QVERIFY(leaf(lost).state == State::Failed);
    QCOMPARE(m_server->requestCount(), 2);
}

void TestChatSession::asksForThoughts()
{
    m_server->setScript(
            {Step::send(whole(200, R"({"models":[{"name":"models/m","thinking":true},{"name":"models/n"}]})"))});
    QSignalSpy listed(m_client.listModels(this), &ModelsCall::finished);
    QTRY_COMPARE(listed.size(), 1);
    m_server->setScript(answering("a"));
    for (const QString &model : {u"m"_s, u"n"_s}) {
        const auto session = this->session(model);
        QVERIFY(session->send(says(u"q"_s)));
        QTRY_VERIFY(!session->isStreaming());
        QCOMPARE(object(m_server->requests().last().body).contains("generationConfig"_L1), model == u"m"_s);
    }
}

void TestChatSession::savesWhileItStreams()
{
    m_server->setScript({Step::send(streamHead() + chunk(text("Half"))), Step::waitForRelease()});
    const auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(leaf(*session).text(), u"Half"_s);
    const QUuid id = session->conversation().info.id;
    // Another program looks: the file holds what has come, though the answer goes on.
    QTRY_COMPARE(load(id).turn(2)->text(), u"Half"_s);
    QVERIFY(load(id).turn(2)->state == State::Streaming);
}

void TestChatSession::savesWhilePiecesComeAllTheTime()
{
    Script script{Step::send(streamHead())};
    for (int i = 0; i < 2000; ++i)
        script += {Step::send(chunk(text("x"))), Step::waitForRelease()};
    m_server->setScript(script);
    const auto session = this->session();
    QVERIFY(session->send(says(u"q"_s)));
    const QUuid id = session->conversation().info.id;
    QTimer timer;
    connect(&timer, &QTimer::timeout, m_server.get(), &ScriptedServer::release);
    timer.start(5);
    QTRY_VERIFY(!load(id).turn(2)->text().isEmpty());
    QVERIFY(session->isStreaming());
}

void TestChatSession::deletedConversationStaysDeleted()
{
    m_server->setScript({Step::send(streamHead() + chunk(text("a"))), Step::waitForRelease(),
                         Step::send(chunk(text("b", "STOP")) + "0\r\n\r\n")});
    const auto session = this->session();
    QSignalSpy failed(session.get(), &Session::storeFailed);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(m_server->waitingForRelease(), 1);
    bool removed = false;
    m_store->removeAll(this, [&](const Store::Failure &f) { removed = !f; });
    QTRY_VERIFY(removed);
    m_server->release();
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(load(session->conversation().info.id).size(), 0);
    QVERIFY(failed.isEmpty()); // the user meant to delete it
}

void TestChatSession::diskFullAnswersAllTheSame()
{
    StoreOptions options{m_dir->filePath(u"small.sqlite"_s)};
    {
        Store store(options);
    }
    options.largestPages = QFile(options.path).size() / 4096 + 8;
    m_store = std::make_unique<Store>(options);
    m_server->setScript({Step::send(streamHead() + chunk(text(QByteArray(100'000, 'x'))) + chunk(text("end", "STOP"))
                                    + "0\r\n\r\n")});
    const auto session = this->session();
    QSignalSpy failed(session.get(), &Session::storeFailed);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QVERIFY(leaf(*session).state == State::Complete);
    QCOMPARE(leaf(*session).text().size(), 100'003);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!failed.first().first().toString().isEmpty());
    // The failure is said once, not with every try.
    session->setModel(u"n"_s);
    session->setModel(u"o"_s);
    const Conversation kept = load(session->conversation().info.id);
    QCOMPARE(failed.size(), 1);
    // The question still fitted, so it is there.
    QCOMPARE(kept.turn(1)->text(), u"q"_s);
}

// The save that failed is repeated even though nothing changes after it.
void TestChatSession::savesAgainWhatFailed()
{
    m_server->setScript({Step::send(streamHead() + chunk(text("a"))), Step::waitForRelease(),
                         Step::send(chunk(text("b", "STOP")) + "0\r\n\r\n")});
    openImpatiently();
    const auto session = this->session();
    QSignalSpy failed(session.get(), &Session::storeFailed);
    QSignalSpy saved(session.get(), &Session::saved);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_COMPARE(leaf(*session).text(), u"a"_s);
    QTRY_VERIFY(!saved.isEmpty() && session->isSaved());
    {
        const OtherProgram other(m_dir->filePath(u"chats.sqlite"_s));
        other.run(u"BEGIN IMMEDIATE"_s);
        saved.clear();
        m_server->release();
        QTRY_VERIFY(!session->isStreaming());
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
        QVERIFY(!session->isSaved());
        QVERIFY(saved.isEmpty());
    }
    QTRY_VERIFY_WITH_TIMEOUT(session->isSaved(), 30'000);
    QVERIFY(!saved.isEmpty());
    QCOMPARE(load(session->conversation().info.id).turns(), session->conversation().turns());

    // The next failure is said, too.
    {
        const OtherProgram other(m_dir->filePath(u"chats.sqlite"_s));
        other.run(u"BEGIN IMMEDIATE"_s);
        session->setModel(u"other"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 2, 10'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(session->isSaved(), 30'000);
    QCOMPARE(load(session->conversation().info.id).info.model, u"other"_s);
}

void TestChatSession::savesOnceTheStoreIsOpen()
{
    const StoreOptions options{m_dir->filePath(u"taken.sqlite"_s)};
    auto other = std::make_unique<Store>(options);
    QSignalSpy otherOpened(other.get(), &Store::opened);
    QTRY_COMPARE(otherOpened.size(), 1);
    m_store = std::make_unique<Store>(options);
    QSignalSpy notOpened(m_store.get(), &Store::openFailed);
    QTRY_COMPARE(notOpened.size(), 1);
    m_server->setScript(answering("a"));
    const auto session = this->session();
    QSignalSpy failed(session.get(), &Session::storeFailed);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming());
    QTRY_COMPARE(failed.size(), 1);
    other.reset();
    QTRY_VERIFY_WITH_TIMEOUT(session->isSaved(), 30'000);
    QCOMPARE(load(session->conversation().info.id).turns(), session->conversation().turns());
}

void TestChatSession::lastSaveOutlivesItsSession_data()
{
    QTest::addColumn<bool>("ofTurns");
    QTest::newRow("of turns") << true;
    QTest::newRow("of nothing but the model") << false;
}

// The chat is closed while its last save is on its way. The save fails when no session is there to hear of it.
void TestChatSession::lastSaveOutlivesItsSession()
{
    QFETCH(bool, ofTurns);
    m_server->setScript(answering("a"));
    openImpatiently();
    auto session = this->session();
    const QUuid id = session->conversation().info.id;
    if (!ofTurns) {
        QVERIFY(session->send(says(u"q"_s)));
        QTRY_VERIFY(!session->isStreaming() && session->isSaved());
    }
    QList<Turn> turns;
    {
        const OtherProgram other(m_dir->filePath(u"chats.sqlite"_s));
        other.run(u"BEGIN IMMEDIATE"_s);
        if (ofTurns)
            QVERIFY(session->send(says(u"q"_s)));
        else
            session->setModel(u"other"_s);
        QTRY_VERIFY(!session->isStreaming());
        QVERIFY(!session->isSaved());
        turns = session->conversation().turns();
        session.reset();
        // Until both saves, that one and the session's last, have failed
        bool failed = false;
        m_store->rename(id, u"t"_s, this, [&failed](const Store::Failure &failure) { failed = failure.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(failed, 60'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(load(id).turns() == turns, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(load(id).info.model, ofTurns ? u"m"_s : u"other"_s, 30'000);
}

// Both versions are kept, and the session goes on.
void TestChatSession::anotherProgramsTurnMakesACopy()
{
    m_server->setScript(answering("a"));
    const auto session = this->session();
    QSignalSpy copied(session.get(), &Session::becameCopy);
    QVERIFY(session->send(says(u"q"_s)));
    QTRY_VERIFY(!session->isStreaming() && session->isSaved());
    const QUuid before = session->conversation().info.id;
    {
        const OtherProgram other(m_dir->filePath(u"chats.sqlite"_s));
        other.run(u"INSERT INTO turns (conversation, id, parent, active_child, role, state, parts, meta, text) "
                  "VALUES (1, 3, 2, 0, 'user', 'complete', '[{\"part\":{\"text\":\"theirs\"}}]', '{}', 'theirs')"_s);
        other.run(u"UPDATE turns SET active_child = 3 WHERE id = 2"_s);
    }
    QVERIFY(session->send(says(u"ours"_s)));
    QTRY_VERIFY(!session->isStreaming() && session->isSaved());
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied.first().first().toUuid(), before);
    const QUuid after = session->conversation().info.id;
    QVERIFY(after != before);
    QCOMPARE(load(before).turn(3)->text(), u"theirs"_s);
    QCOMPARE(load(after).turns(), session->conversation().turns());
    QCOMPARE(load(after).turn(3)->text(), u"ours"_s);
}

// Another program, or an older one, may have let in such an id.
void TestChatSession::fullConversationTakesNoMore()
{
    Turn question;
    question.id = std::numeric_limits<TurnId>::max();
    question.parts = says(u"q"_s);
    Conversation conversation = Conversation::create();
    conversation.info.activeRoot = question.id;
    const auto full = Conversation::fromTurns(conversation.info, {question});
    QVERIFY(full);
    Session session(&m_client, m_store.get(), *full);
    QVERIFY(!session.send(says(u"r"_s)));
    QVERIFY(!session.retry());
    QVERIFY(!session.editAndResend(question.id, says(u"r"_s)));
    QCOMPARE(session.conversation().size(), 1);
}

void TestChatSession::infoIsKept()
{
    m_server->setScript(answering("a"));
    const auto session = this->session();
    QSignalSpy changed(session.get(), &Session::infoChanged);
    session->setSystemInstruction(u"Be brief."_s);
    session->setSystemInstruction(u"Be brief."_s);
    QCOMPARE(changed.size(), 1);
    QVERIFY(load(session->conversation().info.id).info.id.isNull()); // nothing was asked yet
    QVERIFY(session->send(says(u"q"_s)));
    QCOMPARE(changed.size(), 2); // the title was made of the question
    QTRY_VERIFY(!session->isStreaming());
    QCOMPARE(object(m_server->requests().last().body)["systemInstruction"_L1]["parts"_L1][0]["text"_L1].toString(),
             u"Be brief."_s);
    session->setModel(u"other"_s);
    Parameters parameters;
    parameters.json = true;
    session->setParameters(parameters);
    session->setTitle(u"Mine"_s);
    QCOMPARE(changed.size(), 5);
    m_store->rename(session->conversation().info.id, u"Theirs"_s);
    QCOMPARE(session->conversation().info.title, u"Theirs"_s);
    QCOMPARE(changed.size(), 6);
    QTRY_COMPARE(load(session->conversation().info.id).info, session->conversation().info);
}

void TestChatSession::countsTokens()
{
    m_server->setScript({Step::send(whole(200, R"({"totalTokens":12})"))});
    const auto session = this->session();
    QSignalSpy counted(session.get(), &Session::tokensCounted);
    session->countTokens(says(u"old"_s));
    session->countTokens(says(u"new"_s)); // replaces the first
    QTRY_COMPARE(counted.size(), 1);
    QCOMPARE(counted.first().first().toInt(), 12);
    QCOMPARE(m_server->requestCount(), 1);
    const auto &request = m_server->requests().first();
    QCOMPARE(request.head.target, "/v1beta/models/m:countTokens"_ba);
    QCOMPARE(object(request.body)["generateContentRequest"_L1]["contents"_L1][0]["parts"_L1][0]["text"_L1].toString(),
             u"new"_s);
}

void TestChatSession::listsModels()
{
    DemoServer demo;
    useDemo(demo);
    QSignalSpy changed(&m_client, &Client::modelsChanged);
    ModelsCall *call = m_client.listModels(this);
    QList<ModelInfo> models;
    connect(call, &ModelsCall::finished, this, [&](const QList<ModelInfo> &list) { models = list; });
    QTRY_VERIFY(!models.isEmpty());
    call->deleteLater();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(models.first().name, u"gemini-flash-latest"_s);
    QCOMPARE(models.first().displayName, u"Gemini Flash (demo)"_s);
    QCOMPARE(models.first().inputTokens, 1'048'576);
    QVERIFY(models.first().answers());
    QVERIFY(!m_client.model(u"gemini-embedding-001"_s)->answers());
    QVERIFY(!m_client.model(u"none"_s));

    // More than a page.
    m_client.setEndpoint({m_server->url(), "token"});
    m_server->setScript([](const ScriptedServer::Request &request) {
        const bool first = !request.head.target.contains("pageToken");
        return Script{Step::send(whole(200,
                                       first ? R"({"models":[{"name":"models/a"}],"nextPageToken":"p &2"})"
                                             : R"({"models":[{"name":"models/b"}]})"))};
    });
    models.clear();
    connect(m_client.listModels(this), &ModelsCall::finished, this,
            [&](const QList<ModelInfo> &list) { models = list; });
    QTRY_COMPARE(models.size(), 2);
    QCOMPARE(m_server->requests().last().head.target, "/v1beta/models?pageSize=1000&pageToken=p%20%262"_ba);

    // One without an end has one here.
    m_server->setScript({Step::send(whole(200, R"({"models":[{"name":"models/a"}],"nextPageToken":"p"})"))});
    models.clear();
    connect(m_client.listModels(this), &ModelsCall::finished, this,
            [&](const QList<ModelInfo> &list) { models = list; });
    QTRY_COMPARE(models.size(), 50);
}

void TestChatSession::listFails()
{
    m_server->setScript([count = 0](const ScriptedServer::Request &) mutable {
        ++count;
        return Script{Step::send(
                count == 1 ? whole(
                        400,
                        R"({"error":{"message":"k","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})")
                        : count == 2 ? whole(200, "<html>")
                                     : whole(200, QByteArray(17 * 1024 * 1024, ' ')))};
    });
    QStringList kinds;
    for (int i = 0; i < 3; ++i) {
        ModelsCall *call = m_client.listModels(this);
        connect(call, &ModelsCall::failed, this, [&](const Error &error) { kinds.append(kindName(error.kind)); });
        QTRY_COMPARE_WITH_TIMEOUT(kinds.size(), i + 1, 20'000);
        call->deleteLater();
    }
    QCOMPARE(kinds, (QStringList{u"key"_s, u"other"_s, u"cut"_s}));
}

void TestChatSession::uploads()
{
    const QString path = m_dir->filePath(u"film.mp4"_s);
    QByteArray bytes(Upload::pieceSize + 1000, 'v');
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    m_server->setScript([this](const ScriptedServer::Request &request) {
        if (request.head.target == "/upload/v1beta/files")
            return Script{Step::send(whole(200, {},
                                           "X-Goog-Upload-URL: " + m_server->url(u"/upload/v1beta/files"_s).toEncoded()
                                                   + "?upload_id=1%2F2\r\n"))};
        const bool last = request.head.fields.value("x-goog-upload-command").contains("finalize");
        return Script{Step::send(whole(
                200,
                last ? R"({"file":{"name":"files/1","uri":"https://g/v1beta/files/1","mimeType":"video/mp4","state":"ACTIVE","expirationTime":"2026-11-26T00:00:00Z"}})"
                     : ""))};
    });
    Upload *upload = m_client.upload(path, u"video/mp4"_s, this);
    QSignalSpy progress(upload, &Upload::progress);
    std::optional<UploadedFile> file;
    connect(upload, &Upload::finished, this, [&](const UploadedFile &f) { file = f; });
    connect(upload, &Upload::failed, this, [](const Error &error) { QFAIL(qPrintable(error.message)); });
    QVERIFY(m_server->requests().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(file, 20'000);
    QCOMPARE(file->uri, u"https://g/v1beta/files/1"_s);
    QVERIFY(file->expires.isValid());
    QCOMPARE(m_server->requestCount(), 3);
    const auto &start = m_server->requests().at(0).head.fields;
    QCOMPARE(start.value("x-goog-upload-header-content-length"), QByteArray::number(bytes.size()));
    QCOMPARE(start.value("x-goog-upload-header-content-type"), "video/mp4"_ba);
    QCOMPARE(object(m_server->requests().at(0).body)["file"_L1]["display_name"_L1].toString(), u"film.mp4"_s);
    QCOMPARE(m_server->requests().at(1).head.target, "/upload/v1beta/files?upload_id=1%2F2"_ba);
    QCOMPARE(m_server->requests().at(1).head.fields.value("x-goog-upload-command"), "upload"_ba);
    QCOMPARE(m_server->requests().at(2).head.fields.value("x-goog-upload-offset"),
             QByteArray::number(Upload::pieceSize));
    QVERIFY(m_server->requests().at(1).body + m_server->requests().at(2).body == bytes);
    qint64 last = 0;
    for (const auto &signal : std::as_const(progress)) {
        QVERIFY(signal.at(0).toLongLong() >= last);
        last = signal.at(0).toLongLong();
        QCOMPARE(signal.at(1).toLongLong(), bytes.size());
    }
    QCOMPARE(last, bytes.size());
}

void TestChatSession::uploadWaitsForGemini()
{
    const QString path = m_dir->filePath(u"a.txt"_s);
    QVERIFY(QFile(path).open(QIODevice::WriteOnly)); // empty, too
    m_server->setScript([this](const ScriptedServer::Request &request) {
        if (request.head.method == "GET")
            return Script{Step::send(whole(200, R"({"name":"files/x","uri":"https://g/x","state":"ACTIVE"})"))};
        if (request.head.target == "/upload/v1beta/files")
            return Script{
                    Step::send(whole(200, {}, "X-Goog-Upload-URL: " + m_server->url(u"/u"_s).toEncoded() + "\r\n"))};
        return Script{Step::send(whole(200, R"({"file":{"name":"files/x","state":"PROCESSING"}})"))};
    });
    QSignalSpy finished(m_client.upload(path, u"text/plain"_s, this), &Upload::finished);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_server->requests().last().head.target, "/v1beta/files/x"_ba);
}

void TestChatSession::uploadFails_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("error");
    QTest::newRow("no file") << Script{} << u"none"_s << u"other"_s;
    QTest::newRow("a folder") << Script{} << u"."_s << u"other"_s;
    QTest::newRow("refused") << Script{Step::send(whole(403, R"({"error":{"message":"n"}})"))} << u"a"_s << u"key"_s;
    QTest::newRow("no address") << Script{Step::send(whole(200, {}))} << u"a"_s << u"other"_s;
    QTest::newRow("an address elsewhere")
            << Script{Step::send(whole(200, {}, "X-Goog-Upload-URL: http://192.0.2.1/u\r\n"))} << u"a"_s << u"other"_s;
    QTest::newRow("another port") << Script{Step::send(whole(200, {}, "X-Goog-Upload-URL: http://127.0.0.1:1/u\r\n"))}
                                  << u"a"_s << u"other"_s;
    QTest::newRow("cut") << Script{Step::close()} << u"a"_s << u"network"_s;
}

void TestChatSession::uploadFails()
{
    QFETCH(Script, script);
    QFETCH(QString, name);
    QFETCH(QString, error);
    QFile file(m_dir->filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    m_server->setScript(script);
    Upload *upload = m_client.upload(m_dir->filePath(name), u"a/b"_s, this);
    QString kind;
    int count = 0;
    connect(upload, &Upload::failed, this, [&](const Error &e) {
        kind = kindName(e.kind);
        ++count;
    });
    QTRY_COMPARE(kind, error);
    upload->stop(); // too late: it has ended
    QCOMPARE(count, 1);
    QVERIFY(m_server->requestCount() <= 1); // no bytes of the file were sent
    upload->deleteLater();
}

void TestChatSession::uploadStops()
{
    QFile file(m_dir->filePath(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("abc") == 3);
    file.close();
    m_server->setScript({Step::waitForRelease()});
    for (const bool begun : {false, true}) {
        Upload *upload = m_client.upload(file.fileName(), u"a/b"_s, this);
        QSignalSpy stopped(upload, &Upload::stopped);
        QSignalSpy failed(upload, &Upload::failed);
        if (begun)
            QTRY_COMPARE(m_server->openConnections(), 1);
        upload->stop();
        upload->stop();
        QCOMPARE(stopped.size(), 1);
        QTRY_COMPARE(m_server->openConnections(), 0);
        QVERIFY(failed.isEmpty());
        delete upload;
    }
}

QTEST_GUILESS_MAIN(TestChatSession)
#include "tst_chatsession.moc"
