#include "tests/ui/desktest.h"
#include "ui/chat/store/store.h"
#include "ui/shell/closequestion.h"

#include <QCheckBox>
#include <QDeadlineTimer>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(std::function<void(DeskWindow *)>)

// How the program ends, and what happens while it is about to.
class TestLeaving : public DeskTest
{
    Q_OBJECT

private slots:
    void init() { prepare(); }
    void cleanup() { close(); }
    void closesAtOnceWhereNothingStreams();
    void closingAsksOnce_data();
    void closingAsksOnce();
    void closingMayBeCalledOff();
    void secondStartCallsTheLeavingOff();
    void secondStartMayBringTheLastAnswer();
    void endsAtOnceWhenAskedTwice_data();
    void endsAtOnceWhenAskedTwice();
    void theSystemQuitsAsTheUser();
    void leavingIsWrittenOnce();
    void leavingTakesTheDialogsAlong();
    void leavingWaitsForTheChats();
    void endedStreamsAreNotAskedAbout();
    void looksAtTheModelsAreNotAskedAbout();
    void sessionEndKeepsTheLayout();

private:
    [[nodiscard]] std::unique_ptr<HttpClient> leaving();
};

void TestLeaving::closesAtOnceWhereNothingStreams()
{
    start();
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    QVERIFY(!m_window->window()->isVisible());
    QTRY_COMPARE(left.size(), 1);
}

void TestLeaving::closingAsksOnce_data()
{
    QTest::addColumn<bool>("finish");
    QTest::newRow("let it finish") << true;
    QTest::newRow("stop it") << false;
}

void TestLeaving::closingAsksOnce()
{
    QFETCH(const bool, finish);
    start();
    const auto client = streaming();
    QVERIFY(client);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    auto *question = m_window->window()->findChild<CloseQuestion *>();
    QVERIFY(question && question->isVisible());
    QVERIFY(m_window->window()->isVisible());
    QVERIFY(!question->isRemembered());
    question->findChild<QCheckBox *>()->click();
    visible<QPushButton>(finish ? u"Let it finish" : u"Stop it")->click();
    QVERIFY(!m_window->window()->isVisible());
    if (finish) {
        QCoreApplication::processEvents();
        QVERIFY(left.isEmpty()); // it waits
        m_upstream->release();
    }
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    QCOMPARE(client->response().end == HttpClient::End::Clean, finish);
    QTRY_COMPARE(left.size(), 1);
    QCOMPARE(m_settings->load().closing, finish ? Preferences::Closing::Finish : Preferences::Closing::Stop);
}

void TestLeaving::closingMayBeCalledOff()
{
    start();
    const auto client = streaming();
    QVERIFY(client);
    m_window->window()->close();
    visible<QPushButton>(u"Cancel")->click();
    QVERIFY(m_window->window()->isVisible());
    QCOMPARE(m_desk->preferences().closing, Preferences::Closing::Ask);
    m_upstream->release();
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    QVERIFY(client->response().end == HttpClient::End::Clean);
}

// Begins to leave while one answer still finishes.
std::unique_ptr<HttpClient> TestLeaving::leaving()
{
    start();
    auto client = streaming();
    if (!client)
        return nullptr;
    m_window->window()->close();
    visible<QPushButton>(u"Let it finish")->click();
    return client;
}

void TestLeaving::secondStartCallsTheLeavingOff()
{
    const auto client = leaving();
    QVERIFY(client);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QSignalSpy ending(m_window.get(), &DeskWindow::ending);
    m_window->startAgain(false);
    QVERIFY(m_window->window()->isVisible());
    m_upstream->release();
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    QVERIFY(client->response().end == HttpClient::End::Clean);
    // The proxy listens where it did, and nothing ends by itself.
    const auto another = streaming();
    QVERIFY(another);
    QVERIFY(left.isEmpty());
    QVERIFY(ending.isEmpty());
    // A user who leaves now is asked anew.
    m_window->window()->close();
    visible<QPushButton>(u"Stop it")->click();
    QTRY_COMPARE(left.size(), 1);
    QCOMPARE(ending.size(), 1);
    QVERIFY(runUntil([&] { return another->hasEnded(); }));
}

// The next leaving also ends what already ran before the first one was called off.
void TestLeaving::secondStartMayBringTheLastAnswer()
{
    const auto client = leaving();
    QVERIFY(client);
    m_window->startAgain(false);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    visible<QPushButton>(u"Stop it")->click();
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    QVERIFY(client->response().end != HttpClient::End::Clean);
    m_window->startAgain(false); // too late
    QVERIFY(!m_window->window()->isVisible());
}

void TestLeaving::endsAtOnceWhenAskedTwice_data()
{
    QTest::addColumn<std::function<void(DeskWindow *)>>("again");
    const auto row = [](const char *name, const std::function<void(DeskWindow *)> &again) {
        QTest::newRow(name) << again;
    };
    row("Ctrl+Q", [](DeskWindow *window) { window->quit(); });
    row("the window is closed", [](DeskWindow *window) { window->window()->close(); });
    row("a signal", [](DeskWindow *window) { window->leave(10s); });
    row("the system", [](DeskWindow *) {
        QEvent quit(QEvent::Quit);
        QCoreApplication::sendEvent(qApp, &quit);
    });
}

void TestLeaving::endsAtOnceWhenAskedTwice()
{
    QFETCH(const std::function<void(DeskWindow *)>, again);
    const auto client = leaving();
    QVERIFY(client);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QSignalSpy ending(m_window.get(), &DeskWindow::ending);
    again(m_window.get());
    QCOMPARE(ending.size(), 1);
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    again(m_window.get()); // then nothing more happens
    QCoreApplication::processEvents();
    QCOMPARE(left.size(), 1);
    QCOMPARE(ending.size(), 1);
}

void TestLeaving::theSystemQuitsAsTheUser()
{
    start();
    const auto client = streaming();
    QVERIFY(client);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QEvent quit(QEvent::Quit);
    QCoreApplication::sendEvent(qApp, &quit);
    QVERIFY(!quit.isAccepted());
    QVERIFY(visible<QPushButton>(u"Let it finish"));
    visible<QPushButton>(u"Stop it")->click();
    QTRY_COMPARE(left.size(), 1);
}

void TestLeaving::leavingIsWrittenOnce()
{
    const auto client = leaving();
    QVERIFY(client);
    m_settings->setState(u"main"_s, "as it was left"_ba);
    m_window->quit();
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QTRY_COMPARE(left.size(), 1);
    m_window->window()->close();
    m_window->keepState();
    QCOMPARE(m_settings->state(u"main"_s), "as it was left"_ba);
}

void TestLeaving::leavingTakesTheDialogsAlong()
{
    start();
    const auto client = streaming();
    QVERIFY(client);
    m_window->window()->openCommandList();
    m_window->quit(); // asks
    const QPointer<CloseQuestion> question = m_window->window()->findChild<CloseQuestion *>();
    QVERIFY(question && question->isVisible());
    m_window->leave(10s); // a signal does not
    for (const QWidget *widget : QApplication::topLevelWidgets())
        QVERIFY2(!widget->isVisible(), widget->metaObject()->className());
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    QCoreApplication::processEvents();
    QVERIFY(left.isEmpty()); // it waits
    m_upstream->release();
    QTRY_COMPARE(left.size(), 1);
}

// What was asked is in the store before the program ends, although another holds it at that moment.
void TestLeaving::leavingWaitsForTheChats()
{
    const chat::StoreOptions options{m_folder->filePath(u"gemini-desk/chats.sqlite"_s)};
    QDir(m_folder->path()).mkpath(u"gemini-desk"_s);
    auto other = std::make_unique<chat::Store>(options);
    QSignalSpy otherOpened(other.get(), &chat::Store::opened);
    QTRY_COMPARE(otherOpened.size(), 1);
    start();
    QVERIFY(QTest::qWaitForWindowActive(m_window->window()));
    QTest::keyClick(m_window->window(), Qt::Key_N, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"Hello"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(m_upstream->waitingForRelease(), 1);
    m_upstream->release();
    QTRY_COMPARE(m_desk->openStreams(), 0);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    QTRY_COMPARE(left.size(), 1);
    QTimer::singleShot(500ms, this, [&other] { other.reset(); });
    m_window->finishChats(); // as main does
    QVERIFY(!other);
    close();
    chat::Store store(options);
    qsizetype count = -1;
    store.list(this, [&count](const chat::Store::Answer<QList<chat::ConversationInfo>> &answer) {
        count = answer ? answer->size() : -2;
    });
    QTRY_COMPARE(count, 1);
}

// The window learns a little later that a stream has ended, but must not ask what should happen to it until then.
void TestLeaving::endedStreamsAreNotAskedAbout()
{
    start();
    const auto client = streaming();
    QVERIFY(client);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_upstream->release();
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    const QDeadlineTimer deadline(5s);
    while (m_desk->openStreams() != 0 && !deadline.hasExpired())
        QThread::yieldCurrentThread(); // the window's own events wait
    m_window->window()->close();
    QVERIFY(!m_window->window()->findChild<CloseQuestion *>());
    QTRY_COMPARE(left.size(), 1);
}

// The window itself takes one at its start, which is no answer that its user waits for.
void TestLeaving::looksAtTheModelsAreNotAskedAbout()
{
    m_upstream->setScript({ScriptedServer::Step::waitForRelease()});
    start();
    HttpClient client(m_desk->preferences().port);
    client.get("/v1beta/models?pageSize=7"_ba);
    QTRY_VERIFY(std::any_of(m_upstream->requests().cbegin(), m_upstream->requests().cend(),
                            [](const ScriptedServer::Request &one) { return one.head.target.contains("=7"); }));
    QCOMPARE(m_desk->openStreams(), 0);
    QSignalSpy left(m_window.get(), &DeskWindow::left);
    m_window->window()->close();
    QVERIFY(!m_window->window()->findChild<CloseQuestion *>());
    QTRY_COMPARE(left.size(), 1);
}

// If the session goes on after all, nothing has changed.
void TestLeaving::sessionEndKeepsTheLayout()
{
    start();
    m_window->window()->showPage(u"settings"_s);
    const auto client = streaming();
    QVERIFY(client);
    m_window->keepState();
    QVERIFY(m_window->window()->isVisible());
    m_upstream->release();
    QVERIFY(runUntil([&] { return client->hasEnded(); }));
    QVERIFY(client->response().end == HttpClient::End::Clean);
    SettingsStore kept(m_folder->filePath(u"gemini-desk.conf"_s));
    MainWindow next;
    next.addPage(u"settings"_s, u"Settings"_s, {}, {}, new QWidget);
    next.restoreLayout(kept.state(u"main"_s));
    QCOMPARE(next.currentPage(), u"settings"_s);
}

QTEST_MAIN(TestLeaving)
#include "tst_leaving.moc"
