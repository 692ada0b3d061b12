#include "ui/chatpage/chatpage.h"

#include "proxy/demo/demoserver.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testproxy.h"
#include "ui/chatpage/chatfiles.h"
#include "ui/chatpage/chatsidebar.h"
#include "ui/chatpage/composer/attachmentchip.h"
#include "ui/chatpage/history/conversationlist.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/note.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The chat's page over a real proxy in front of the demo: what a person does to a conversation.
class TestChatPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sendsAndStreams();
    void stops();
    void errors_data();
    void errors();
    void triesAgain();
    void answersAgainBesideTheOldOne();
    void editsBesideTheOldQuestion();
    void copies();
    void thoughtsAreFolded();
    void picturesOfTheConversation();
    void linksGoOutside();
    void streamsOnBehind();
    void deletedWhileItStreams();
    void typingGoesOnAfterSend_data();
    void typingGoesOnAfterSend();
    void focusOfWhatGoesIsTheComposers_data();
    void focusOfWhatGoesIsTheComposers();
    void draftsStay();
    void draftsComeBack();
    void draftOutlivesAStoreThatOpensLate();
    void draftOfAnotherChatDoesNotWait();
    void askedQuestionIsNoDraft();
    void draftOfADeletedChatComesBackWithIt();
    void textBeforeTheStoreIsThereStays();
    void nothingLeavesBeforeSend();
    void countThatFailedIsSaid();
    void conversationsComeBack();
    void hitOpensAtItsPlace();
    void waitsForTheStoreToSave();
    void leavesWithoutSavingWhereThatIsWished();
    void exportsAndImports();
    void deletesAll();
    void waitsForTheProxy();
    void saysThatTheProxyIsOff();
    void storeThatCannotBeOpened();
    void remembersModelAndPresets();
    void requestBecomesAChat();

private:
    void ask(const QString &question, const QString &model = u"gemini-flash-latest"_s);
    void useModel(const QString &model) { emit m_page->composer()->modelChosen(model); }
    [[nodiscard]] QString shown() const
    {
        m_page->transcript()->flush();
        return m_page->transcript()->document()->toPlainText();
    }
    // Clicks the last link that says this word.
    void click(const QString &word);
    // Whether the answer has come to its end.
    [[nodiscard]] bool isDone() const { return shown().contains("Answer again"_L1); }
    [[nodiscard]] QAction *action(const QString &text) const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString note() const;
    void restart(); // makes page and store anew, not connected yet
    void restartBehind(std::unique_ptr<chat::Store> &other);
    void listen()
    {
        m_client.setEndpoint({QUrl(u"http://127.0.0.1:%1"_s.arg(m_proxy->port)), "token"_ba});
        m_page->setProxyState({ProxyState::Kind::Listening, u"127.0.0.1:1"_s, {}, 0, {}, 0, true});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DemoServer> m_demo;
    std::unique_ptr<TestProxy> m_proxy;
    chat::Client m_client;
    std::unique_ptr<chat::Store> m_store;
    std::unique_ptr<ChatPage> m_page;
};

void TestChatPage::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_demo = std::make_unique<DemoServer>();
    m_demo->setPace(0ms);
    QVERIFY(m_demo->listen());
    m_proxy = std::make_unique<TestProxy>(m_demo->url());
    QVERIFY(m_proxy->port != 0);
    m_store = std::make_unique<chat::Store>(chat::StoreOptions{m_dir->filePath(u"chats.sqlite"_s)});
    m_page = std::make_unique<ChatPage>(&m_client);
    m_page->setStore(m_store.get());
    m_page->resize(800, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    listen();
}

void TestChatPage::cleanup()
{
    m_page.reset();
    m_store.reset();
    m_proxy.reset();
    m_demo.reset();
    m_dir.reset();
}

void TestChatPage::ask(const QString &question, const QString &model)
{
    useModel(model);
    m_page->composer()->focusText();
    QTest::keyClicks(QApplication::focusWidget(), question);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
}

void TestChatPage::click(const QString &word)
{
    markdown::MarkdownView *view = m_page->transcript();
    view->flush();
    view->scrollToEnd();
    QTextCursor cursor(view->document());
    cursor.movePosition(QTextCursor::End);
    cursor = view->document()->find(word, cursor, QTextDocument::FindBackward | QTextDocument::FindCaseSensitively);
    QVERIFY2(!cursor.isNull(), qPrintable(word + u" in\n"_s + shown()));
    view->setTextCursor(cursor);
    view->ensureCursorVisible();
    cursor.setPosition((cursor.anchor() + cursor.position()) / 2);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->cursorRect(cursor).center());
}

QAction *TestChatPage::action(const QString &text) const
{
    for (QAction *action : m_page->actions()) {
        if (action->text().remove(u'&').contains(text))
            return action;
    }
    return nullptr;
}

QString TestChatPage::problem() const
{
    for (const Banner *banner : m_page->findChildren<Banner *>()) {
        if (banner->isVisible())
            return banner->text();
    }
    return {};
}

QString TestChatPage::note() const
{
    for (const Note *note : m_page->findChildren<Note *>()) {
        if (note->isVisible() && note->parentWidget() == m_page->composer()->parentWidget())
            return note->text();
    }
    return {};
}

void TestChatPage::sendsAndStreams()
{
    m_demo->setPace(10ms);
    QSignalSpy current(m_page.get(), &ChatPage::currentChanged);
    QVERIFY(m_page->current().isNull());
    ask(u"Explain how AI works"_s);
    QVERIFY(!m_page->current().isNull());
    QCOMPARE(current.size(), 1);
    QVERIFY(shown().contains("Explain how AI works"_L1));
    QVERIFY(m_page->composer()->draft().isEmpty());
    QTRY_VERIFY(shown().contains("guesses"_L1)); // it grows
    QVERIFY(!isDone());
    const qsizetype length = shown().size();
    QTRY_VERIFY(shown().size() > length);
    m_demo->setPace(0ms);
    QTRY_VERIFY(isDone());
    QVERIFY(shown().contains(" a second"_L1)); // its tokens and times
    const QList<QLabel *> labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->text().contains(u" in ·"_s) || label->toolTip().contains(u" in ·"_s);
    }));
    // The next question goes below.
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(shown().contains("Silver threads"_L1));
}

void TestChatPage::stops()
{
    m_demo->setPace(20ms);
    ask(u"Explain how AI works"_s);
    QTRY_VERIFY(shown().contains("guesses"_L1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Period, Qt::ControlModifier);
    QTRY_VERIFY(shown().contains("Stopped."_L1));
    QVERIFY(shown().contains("guesses"_L1)); // what came stays
    QTRY_COMPARE(m_demo->openStreams(), 0);
    QVERIFY(isDone());
}

void TestChatPage::errors_data()
{
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("fails"); // shows a card, and a way to try again
    const auto row = [](const char *fault, const QString &says, bool fails = true) {
        QTest::newRow(fault) << says << fails;
    };
    row("refuse", u"Gemini could not be reached"_s);
    row("reset-before", u"Gemini could not be reached"_s);
    row("bad-head", u"Gemini could not be reached"_s);
    row("cut", u"The answer broke off"_s);
    row("cut-between", u"The answer broke off"_s);
    row("cut-length", u"The answer broke off"_s);
    row("reset", u"The answer broke off"_s);
    row("bad-chunk", u"The answer broke off"_s);
    row("bad-json", u"The answer broke off"_s);
    row("error-mid", u"The model is overloaded"_s);
    row("key-invalid", u"The key does not work"_s);
    row("forbidden", u"The key does not work"_s);
    row("model-missing", u"This model cannot answer"_s);
    row("quota", u"Try again in 34 second"_s);
    row("internal", u"Something went wrong"_s);
    row("unavailable", u"The model is overloaded"_s);
    row("blocked", u"refused the question"_s);
    row("safety", u"ended the answer"_s);
    row("max-tokens", u"limit of tokens"_s, false);
    row("close-delimited", u"demo"_s, false);
    row("slow-start", u"demo"_s, false);
}

void TestChatPage::errors()
{
    QFETCH(const QString, says);
    QFETCH(const bool, fails);
    ask(u"Hello"_s, u"demo-"_s + QString::fromLatin1(QTest::currentDataTag()));
    QTRY_VERIFY_WITH_TIMEOUT(shown().contains(fails ? u"Try again"_s : u"Answer again"_s) || shown().contains(says),
                             20'000);
    QVERIFY2(shown().contains(says), qPrintable(shown()));
    if (fails)
        QVERIFY2(shown().contains("Try again"_L1), qPrintable(shown()));
    QVERIFY(!shown().contains(QLatin1StringView(TestProxy::key)));
    if (says.contains("key"_L1)) {
        QSignalSpy key(m_page.get(), &ChatPage::keyWanted);
        click(u"Look at the key"_s);
        QCOMPARE(key.size(), 1);
    }
}

void TestChatPage::triesAgain()
{
    m_proxy->server.apply([this] {
        ProxySettings settings = TestProxy::settingsFor(m_demo->url());
        settings.limits.retries = 0;
        return settings;
    }());
    ask(u"Write a haiku"_s, u"demo-unavailable-once"_s);
    QTRY_VERIFY(shown().contains("overloaded"_L1));
    click(u"Try again"_s);
    QTRY_VERIFY(isDone());
    QVERIFY(!shown().contains("overloaded"_L1)); // the new answer has taken its place
    QVERIFY(shown().contains("Silver threads"_L1));
    QVERIFY(!shown().contains("1 of 2"_L1));
}

void TestChatPage::answersAgainBesideTheOldOne()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    click(u"Answer again"_s);
    QTRY_VERIFY(shown().contains("2 of 2"_L1));
    QTRY_VERIFY(isDone());
    click(u"Earlier"_s);
    QTRY_VERIFY(shown().contains("1 of 2"_L1));
    click(u"Later"_s);
    QTRY_VERIFY(shown().contains("2 of 2"_L1));
    // While an answer streams, nothing else is begun.
    m_demo->setPace(20ms);
    action(u"Answer again"_s)->trigger();
    QTRY_VERIFY(!isDone());
    action(u"Answer again"_s)->trigger();
    QVERIFY(note().contains("still streams"_L1));
    m_page->stopAll();
    QTRY_VERIFY(shown().contains("3 of 3"_L1));
    QVERIFY(note().isEmpty());
}

void TestChatPage::editsBesideTheOldQuestion()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    click(u"Edit"_s);
    QVERIFY(m_page->composer()->isEditing());
    QCOMPARE(m_page->composer()->parts().last().text, u"Write a haiku"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u" about tests"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(!m_page->composer()->isEditing());
    QTRY_VERIFY(isDone());
    QVERIFY(shown().contains("Write a haiku about tests"_L1));
    QVERIFY(shown().contains("2 of 2"_L1));
    click(u"Earlier"_s);
    QTRY_VERIFY(!shown().contains("about tests"_L1));
    QVERIFY(shown().contains("Write a haiku"_L1));
}

void TestChatPage::copies()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    click(u"Copy"_s);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith("Silver threads"_L1)
            || QGuiApplication::clipboard()->text().contains("Silver threads"_L1));
    QTRY_VERIFY(shown().contains("Copied"_L1));
    QTRY_VERIFY(!shown().contains("Copied"_L1));
    QGuiApplication::clipboard()->clear();
    action(u"Copy the last answer"_s)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains("Silver threads"_L1));
}

void TestChatPage::thoughtsAreFolded()
{
    ask(u"Write a haiku"_s, u"demo-thinking"_s);
    QTRY_VERIFY(isDone());
    QVERIFY2(shown().contains(u"▸ Thought for"_s), qPrintable(shown()));
    const qsizetype folded = shown().size();
    click(u"Thought for"_s);
    QVERIFY(shown().size() > folded);
    click(u"Thought for"_s);
    QCOMPARE(shown().size(), folded);
}

void TestChatPage::picturesOfTheConversation()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(QColor(200, 20, 20));
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(image.save(&buffer, "PNG"));
    emit m_page->composer()->sendWanted({chat::Part::ofData(u"image/png"_s, buffer.data(), u"red.png"_s),
                                         chat::Part::ofData(u"text/plain"_s, "Hello"_ba, u"notes.txt"_s),
                                         chat::Part::ofText(u"What is it?"_s)});
    QTRY_VERIFY(isDone());
    QVERIFY(shown().contains("notes.txt"_L1));
    const auto red = [this] {
        const QImage grabbed = m_page->transcript()->viewport()->grab().toImage();
        int count = 0;
        for (int y = 0; y < grabbed.height(); ++y) {
            for (int x = 0; x < grabbed.width(); ++x)
                count += grabbed.pixelColor(x, y) == QColor(200, 20, 20);
        }
        return count;
    };
    m_page->transcript()->scrollToTurn(0);
    QVERIFY2(red() > 900, qPrintable(QString::number(red())));
    // And the same out of the store
    const QUuid id = m_page->current();
    m_page->newChat();
    m_page->open(id);
    QTRY_COMPARE(m_page->current(), id);
    // The turns come out of the store a little later, and scroll to their end.
    const auto redAtTheTop = [&] {
        m_page->transcript()->flush();
        m_page->transcript()->scrollToTurn(0);
        return red() > 900;
    };
    QTRY_VERIFY(redAtTheTop());
}

void TestChatPage::linksGoOutside()
{
    QSignalSpy links(m_page.get(), &ChatPage::linkActivated);
    emit m_page->transcript()->linkActivated(QUrl(u"https://example.com"_s));
    QCOMPARE(links.size(), 1);
}

void TestChatPage::streamsOnBehind()
{
    m_demo->setPace(10ms);
    ask(u"Explain how AI works"_s);
    QTRY_VERIFY(shown().contains("guesses"_L1));
    const QUuid first = m_page->current();
    m_page->newChat();
    QVERIFY(m_page->current().isNull());
    QVERIFY(!shown().contains("guesses"_L1));
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    QVERIFY(!shown().contains("guesses"_L1));
    m_demo->setPace(0ms);
    m_page->open(first);
    QTRY_VERIFY(shown().contains("guesses"_L1));
    QTRY_VERIFY(isDone());
    QVERIFY(shown().contains("What to keep in mind"_L1));
}

void TestChatPage::deletedWhileItStreams()
{
    m_demo->setPace(20ms);
    ask(u"Explain how AI works"_s);
    QTRY_VERIFY(shown().contains("guesses"_L1));
    const QUuid id = m_page->current();
    m_page->forget(id);
    QVERIFY(m_page->current().isNull());
    QTRY_COMPARE(m_demo->openStreams(), 0);
    QVERIFY(m_page->findChild<QStackedWidget *>()->currentIndex() == 0);
}

void TestChatPage::typingGoesOnAfterSend_data()
{
    QTest::addColumn<bool>("mouse");
    QTest::newRow("clicked") << true;
    QTest::newRow("pressed by the keyboard") << false;
}

void TestChatPage::typingGoesOnAfterSend()
{
    QFETCH(const bool, mouse);
    useModel(u"gemini-flash-latest"_s);
    m_page->composer()->focusText();
    QTest::keyClicks(QApplication::focusWidget(), u"Write a haiku"_s);
    auto *send = m_page->composer()->findChild<QToolButton *>(u"send"_s);
    if (mouse) {
        QTest::mouseClick(send, Qt::LeftButton);
    } else {
        send->setFocus(Qt::TabFocusReason);
        QTest::keyClick(send, Qt::Key_Space);
    }
    QTRY_VERIFY(isDone());
    QVERIFY(QApplication::focusWidget());
    QTest::keyClicks(QApplication::focusWidget(), u"and another"_s);
    QCOMPARE(m_page->composer()->draft().text, u"and another"_s);
}

void TestChatPage::focusOfWhatGoesIsTheComposers_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"a message", "an attachment", "the transcript", "Stop"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestChatPage::focusOfWhatGoesIsTheComposers()
{
    QFETCH(const QString, what);
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    if (what == "a message"_L1) {
        m_page->sayProblem(u"Something did not work."_s);
        auto *dismiss = m_page->findChild<Banner *>()->findChild<QToolButton *>(u"dismiss"_s);
        dismiss->setFocus();
        QTest::keyClick(dismiss, Qt::Key_Space);
    } else if (what == "an attachment"_L1) {
        const QString path = m_dir->filePath(u"it.txt"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") == 5);
        file.close();
        m_page->composer()->attachFiles({path});
        QTRY_COMPARE(m_page->composer()->parts().size(), 1);
        auto *chip = m_page->composer()->findChild<AttachmentChip *>();
        chip->removeButton()->setFocus();
        QVERIFY(chip->removeButton()->hasFocus());
        m_page->composer()->setDraft({});
    } else if (what == "the transcript"_L1) {
        m_page->transcript()->setFocus();
        m_page->forget(m_page->current());
    } else {
        m_demo->setPace(50ms);
        ask(u"Write a haiku"_s);
        auto *stop = m_page->composer()->findChild<QToolButton *>(u"send"_s);
        stop->setFocus();
        QVERIFY(stop->hasFocus());
        QTRY_COMPARE(stop->accessibleName(), u"Send"_s);
    }
    QVERIFY(QApplication::focusWidget());
    QTest::keyClicks(QApplication::focusWidget(), u"more"_s);
    QCOMPARE(m_page->composer()->draft().text, u"more"_s);
}

void TestChatPage::draftsStay()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid first = m_page->current();
    QTest::keyClicks(QApplication::focusWidget(), u"half a question"_s);
    m_page->newChat();
    QVERIFY(m_page->composer()->draft().isEmpty());
    QTest::keyClicks(QApplication::focusWidget(), u"another"_s);
    m_page->open(first);
    QTRY_COMPARE(m_page->composer()->draft().text, u"half a question"_s);
    m_page->newChat();
    QCOMPARE(m_page->composer()->draft().text, u"another"_s);
}

void TestChatPage::restart()
{
    m_page.reset();
    m_store.reset(); // ends with all that was asked of it
    m_store = std::make_unique<chat::Store>(chat::StoreOptions{m_dir->filePath(u"chats.sqlite"_s)});
    m_page = std::make_unique<ChatPage>(&m_client);
    m_page->resize(800, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->composer()->focusText();
}

// Starts anew while `other`, which stands for another program, has the file with the chats.
void TestChatPage::restartBehind(std::unique_ptr<chat::Store> &other)
{
    m_page.reset();
    m_store.reset();
    const chat::StoreOptions options{m_dir->filePath(u"chats.sqlite"_s)};
    other = std::make_unique<chat::Store>(options);
    QSignalSpy otherOpened(other.get(), &chat::Store::opened);
    QTRY_COMPARE(otherOpened.size(), 1);
    m_store = std::make_unique<chat::Store>(options);
    m_page = std::make_unique<ChatPage>(&m_client);
    m_page->setStore(m_store.get());
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

// Drafts of a conversation and of the new one come back, with what is attached.
void TestChatPage::draftsComeBack()
{
    const QString path = m_dir->filePath(u"it.txt"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") == 5);
    file.close();
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid first = m_page->current();
    QTest::keyClicks(QApplication::focusWidget(), u"half a question"_s);
    m_page->composer()->attachFiles({path});
    QTRY_COMPARE(m_page->composer()->parts().size(), 2);
    m_page->newChat();
    QTest::keyClicks(QApplication::focusWidget(), u"another"_s);
    restart();                    // at once
    QVERIFY(QFile::remove(path)); // its bytes were kept
    m_page->setStore(m_store.get());
    QTRY_COMPARE(m_page->composer()->draft().text, u"another"_s);
    m_page->open(first);
    QTRY_COMPARE(m_page->composer()->draft().text, u"half a question"_s);
    QCOMPARE(m_page->composer()->parts().size(), 2);
    QCOMPARE(m_page->composer()->parts()[0].data, "words"_ba);
}

// While another program has the file, nothing can be read, and nothing may be written over what was not read.
void TestChatPage::draftOutlivesAStoreThatOpensLate()
{
    m_page->composer()->focusText();
    QTest::keyClicks(QApplication::focusWidget(), u"half a question"_s);
    std::unique_ptr<chat::Store> other;
    restartBehind(other);
    QTRY_VERIFY(problem().contains("open in another program"_L1));
    m_page->keepDraft();
    QVERIFY(m_page->composer()->draft().isEmpty());
    other.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_page->composer()->draft().text, u"half a question"_s, 30'000);
    restart();
    m_page->setStore(m_store.get());
    QTRY_COMPARE(m_page->composer()->draft().text, u"half a question"_s);
}

// A question that waits for the proxy is dropped with its chat, and no other text is sent in its place.
void TestChatPage::draftOfAnotherChatDoesNotWait()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid first = m_page->current();
    m_page->newChat();
    QTest::keyClicks(QApplication::focusWidget(), u"not yet"_s);
    m_page->open(first);
    QTRY_COMPARE(m_page->current(), first);
    m_page->setProxyState({ProxyState::Kind::Off, {}, {}, 0, {}, 0, false});
    ask(u"And another"_s);
    m_page->forget(first);
    QTRY_COMPARE(m_page->composer()->draft().text, u"not yet"_s);
    const int before = m_proxy->ended.size();
    listen();
    QTRY_VERIFY(m_proxy->ended.size() > before); // the list of models, which is asked for after everything else
    QVERIFY(m_page->current().isNull());
    QCOMPARE(m_page->composer()->draft().text, u"not yet"_s);
}

void TestChatPage::askedQuestionIsNoDraft()
{
    useModel(u"gemini-flash-latest"_s);
    QSignalSpy changed(m_page->composer(), &Composer::draftChanged);
    m_page->composer()->focusText();
    QTest::keyClicks(QApplication::focusWidget(), u"Write a haiku"_s);
    QTRY_VERIFY(!changed.isEmpty()); // a draft was written
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    const QUuid asked = m_page->current();
    restart();
    m_page->setStore(m_store.get());
    QTest::keyClicks(QApplication::focusWidget(), u"next"_s);
    m_page->open(asked);
    QTRY_COMPARE(m_page->current(), asked);
    QVERIFY(m_page->composer()->draft().isEmpty());
    m_page->newChat();
    QCOMPARE(m_page->composer()->draft().text, u"next"_s);
}

void TestChatPage::draftOfADeletedChatComesBackWithIt()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid first = m_page->current();
    QTest::keyClicks(QApplication::focusWidget(), u"half a question"_s);
    m_page->forget(first);
    m_store->remove(first);
    QVERIFY(m_page->composer()->draft().isEmpty());
    m_store->restore(first);
    m_page->open(first);
    QTRY_COMPARE(m_page->composer()->draft().text, u"half a question"_s);
}

void TestChatPage::textBeforeTheStoreIsThereStays()
{
    m_page->composer()->focusText();
    QTest::keyClicks(QApplication::focusWidget(), u"of last time"_s);
    restart();
    QTest::keyClicks(QApplication::focusWidget(), u"of now"_s);
    m_page->setStore(m_store.get());
    QTRY_COMPARE(m_page->composer()->draft().text, u"of last time\n\nof now"_s);
    restart();
    m_page->setStore(m_store.get());
    QTRY_COMPARE(m_page->composer()->draft().text, u"of last time\n\nof now"_s);
}

// Neither text nor files may leave, not even files that are too large to be sent along with the question.
void TestChatPage::nothingLeavesBeforeSend()
{
    ScriptedServer gemini;
    QList<QByteArray> asked;
    gemini.setScript([&asked](const ScriptedServer::Request &request) {
        const bool models = request.head.method == "GET";
        if (!models)
            asked.append(request.head.target);
        const QByteArray body = models ? R"({"models":[]})"_ba : R"({"totalTokens":1024})"_ba;
        return ScriptedServer::Script{ScriptedServer::Step::send(
                "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body)};
    });
    QVERIFY(gemini.start());
    m_client.setEndpoint({gemini.url(QString()), "token"_ba});
    Composer *composer = m_page->composer();
    useModel(u"gemini-flash-latest"_s);
    composer->setBytesBefore(15 * 1024 * 1024 - 10'000); // room for the first one
    QStringList paths;
    for (const int size : {100, 2'000'000}) {
        QFile file(m_dir->filePath(u"%1.txt"_s.arg(size)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(size, 'a')) == size);
        paths.append(file.fileName());
    }
    QSignalSpy changed(composer, &Composer::draftChanged);
    composer->focusText();
    for (const QString &path : paths) {
        QTest::keyClicks(QApplication::focusWidget(), u"A secret. "_s);
        composer->attachFiles({path});
        changed.clear();
        QTRY_VERIFY(!changed.isEmpty()); // a pause in typing
    }
    QTRY_COMPARE(composer->findChildren<AttachmentChip *>().size(), 2);
    QTRY_VERIFY(composer->findChild<QToolButton *>(u"send"_s)->isEnabled());
    changed.clear();
    QTest::keyClicks(QApplication::focusWidget(), u"And more."_s);
    QTRY_VERIFY(!changed.isEmpty());
    auto *count = composer->findChild<QPushButton *>(u"tokens"_s);
    QTRY_VERIFY(count->isVisible());
    QVERIFY(count->text().startsWith(u'~'));
    QCOMPARE(asked, QList<QByteArray>());

    // Tokens are counted on demand, if everything can be sent as it is.
    composer->setDraft({u"A secret"_s, {}, {}});
    QTest::mouseClick(count, Qt::LeftButton);
    QTRY_VERIFY(count->text().startsWith(u"1,024 token"_s));
    QCOMPARE(asked, QList<QByteArray>{"/v1beta/models/gemini-flash-latest:countTokens"});
}

void TestChatPage::countThatFailedIsSaid()
{
    ScriptedServer gemini;
    gemini.setScript([](const ScriptedServer::Request &request) {
        const bool models = request.head.method == "GET";
        const QByteArray body = models ? R"({"models":[]})"_ba : R"({"error":{"code":503,"message":"Overloaded."}})"_ba;
        return ScriptedServer::Script{ScriptedServer::Step::send(
                QByteArray(models ? "HTTP/1.1 200 OK" : "HTTP/1.1 503 Service Unavailable")
                + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body)};
    });
    QVERIFY(gemini.start());
    m_client.setEndpoint({gemini.url(QString()), "token"_ba});
    Composer *composer = m_page->composer();
    useModel(u"gemini-flash-latest"_s);
    composer->setDraft({u"A secret"_s, {}, {}});
    auto *count = composer->findChild<QPushButton *>(u"tokens"_s);
    QTRY_VERIFY(count->isVisible());
    QTest::mouseClick(count, Qt::LeftButton);
    QTRY_VERIFY(problem().contains("could not be counted"_L1));
    QVERIFY(count->text().startsWith(u'~'));
}

void TestChatPage::conversationsComeBack()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid id = m_page->current();
    m_page.reset();
    m_store.reset();
    m_store = std::make_unique<chat::Store>(chat::StoreOptions{m_dir->filePath(u"chats.sqlite"_s)});
    m_page = std::make_unique<ChatPage>(&m_client);
    ChatSidebar sidebar;
    QSignalSpy open(&sidebar, &ChatSidebar::openWanted);
    m_page->setStore(m_store.get());
    sidebar.setStore(m_store.get());
    sidebar.show();
    m_page->resize(800, 600);
    m_page->show();
    m_page->open(id);
    QTRY_COMPARE(m_page->current(), id);
    QVERIFY(shown().contains("Silver threads"_L1));
    QVERIFY(shown().contains("Answer again"_L1));
}

void TestChatPage::hitOpensAtItsPlace()
{
    chat::Conversation conversation = chat::Conversation::create();
    chat::Turn question;
    question.parts = {chat::Part::ofText(u"Say much"_s)};
    chat::Turn answer;
    answer.role = chat::Turn::Role::Model;
    answer.parts = {chat::Part::ofText(u"A paragraph of hay.\n\n"_s.repeated(300)
                                       + u"Here lies a **Lighthouse** by the sea.\n\n"_s
                                       + u"More hay.\n\n"_s.repeated(300))};
    conversation.append(answer, conversation.append(question, 0));
    bool saved = false;
    m_store->save(conversation.info, conversation.turns(), true, this,
                  [&](const chat::Store::Failure &f) { saved = !f; });
    QTRY_VERIFY(saved);
    markdown::MarkdownView *view = m_page->transcript();
    const auto marked = [view] {
        QStringList words;
        for (const auto &mark : view->extraSelections())
            words.append(mark.cursor.selectedText());
        return words;
    };
    m_page->open(conversation.info.id, 2, u"lightho"_s);
    QTRY_COMPARE(marked(), QStringList{u"Lighthouse"_s});
    QVERIFY(view->viewport()->rect().contains(view->cursorRect(view->extraSelections().first().cursor).center()));
    QVERIFY(!view->isFollowing());
    // Another one takes its place; without words nothing is marked.
    m_page->open(conversation.info.id, 1, u"much"_s);
    QTRY_COMPARE(marked(), QStringList{u"much"_s});
    m_page->newChat();
    QVERIFY(marked().isEmpty());
}

// A conversation that the user has left is not dropped before it is saved.
void TestChatPage::waitsForTheStoreToSave()
{
    std::unique_ptr<chat::Store> other;
    restartBehind(other);
    listen();
    QTRY_VERIFY(problem().contains("open in another program"_L1));
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid id = m_page->current();
    m_page->newChat();
    QTRY_VERIFY(!m_page->isSaved());
    m_page->open(id); // it comes from memory, where it waits to be saved
    QTRY_COMPARE(m_page->current(), id);
    m_page->newChat();
    QTimer::singleShot(0, m_page.get(), [&other] { other.reset(); });
    m_page->waitUntilSaved(); // as at the program's end
    QVERIFY(m_page->isSaved());
    QVERIFY(problem().isEmpty());
    m_page->open(id);
    QTRY_COMPARE(m_page->current(), id);
    QVERIFY(shown().contains("Silver threads"_L1));
}

// Somebody who cannot have it saved is told so, and why, and may leave all the same.
void TestChatPage::leavesWithoutSavingWhereThatIsWished()
{
    std::unique_ptr<chat::Store> other;
    restartBehind(other);
    listen();
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    QTRY_VERIFY(!m_page->isSaved() && problem().contains("open in another program"_L1));
    QString told;
    QTimer look;
    connect(&look, &QTimer::timeout, this, [&told] {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            const auto *box = qobject_cast<QMessageBox *>(widget);
            if (!box || !box->isVisible())
                continue;
            told = box->text() + u' ' + box->informativeText();
            box->buttons().constFirst()->click();
        }
    });
    look.start(50ms);
    m_page->waitUntilSaved();
    QVERIFY2(told.contains("not saved"_L1) && told.contains("open in another program"_L1), qPrintable(told));
    QVERIFY(!m_page->isSaved());
}

void TestChatPage::exportsAndImports()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    const QUuid id = m_page->current();
    bool kept = false; // the answer is shown a moment before it is saved
    const auto note = [&kept](const chat::Store::Answer<chat::Conversation> &answer) {
        kept = answer && answer->turn(answer->leaf())->state == chat::Turn::State::Complete;
    };
    QTRY_VERIFY((m_store->load(id, m_page.get(), note), kept));
    const QString markdown = m_dir->filePath(u"a.md"_s);
    const QString json = m_dir->filePath(u"a.json"_s);
    m_page->files()->exportMarkdown(m_page->current(), markdown);
    QTRY_VERIFY(problem().contains("Exported to a.md"_L1));
    QFile file(markdown);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Silver threads"));
    m_page->files()->exportJson({m_page->current()}, json);
    QTRY_VERIFY(problem().contains("Exported to a.json"_L1));
    m_page->files()->importJson(json);
    QTRY_VERIFY(problem().contains("1 conversation imported"_L1)
                || problem().contains("1 conversation(s) imported"_L1));
    int count = 0;
    m_store->list(this, [&](const chat::Store::Answer<QList<chat::ConversationInfo>> &answer) {
        count = answer ? int(answer->size()) : -1;
    });
    QTRY_COMPARE(count, 2);
    m_page->files()->importJson(markdown);
    QTRY_VERIFY(problem().contains("Nothing was imported"_L1));
    m_page->files()->exportMarkdown(m_page->current(), m_dir->filePath(u"no/such/folder/a.md"_s));
    QTRY_VERIFY(problem().contains("Nothing was exported"_L1));
}

void TestChatPage::deletesAll()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    m_page->files()->deleteAll();
    QVERIFY(m_page->current().isNull());
    QTRY_VERIFY(problem().contains("All conversations were deleted"_L1));
    int count = -1;
    m_store->list(this, [&](const chat::Store::Answer<QList<chat::ConversationInfo>> &answer) {
        count = answer ? int(answer->size()) : -1;
    });
    QTRY_COMPARE(count, 0);
}

void TestChatPage::waitsForTheProxy()
{
    m_page->setProxyState({ProxyState::Kind::Starting, {}, {}, 0, {}, 0, false});
    ask(u"Write a haiku"_s);
    QVERIFY(note().contains("as soon as"_L1));
    QCOMPARE(m_page->composer()->draft().text, u"Write a haiku"_s); // nothing is lost
    QVERIFY(m_page->current().isNull());
    listen();
    QTRY_VERIFY(isDone());
    QVERIFY(note().isEmpty());
    QVERIFY(m_page->composer()->draft().isEmpty());
}

void TestChatPage::saysThatTheProxyIsOff()
{
    QSignalSpy wanted(m_page.get(), &ChatPage::proxyWanted);
    m_page->setProxyState({});
    QVERIFY(problem().contains("The proxy is off"_L1));
    ask(u"Write a haiku"_s);
    QCOMPARE(m_demo->openStreams(), 0);
    for (QPushButton *button : m_page->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text().contains("urn it on"_L1))
            button->click();
    }
    QCOMPARE(wanted.size(), 1);
    listen();
    QVERIFY(problem().isEmpty());
    QTRY_VERIFY(isDone());
}

void TestChatPage::storeThatCannotBeOpened()
{
    QFile file(m_dir->filePath(u"damaged.sqlite"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10'000, 'x'));
    file.close();
    chat::Store damaged(chat::StoreOptions{file.fileName()});
    m_page->setStore(&damaged);
    QTRY_VERIFY(problem().contains("is not kept"_L1));
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone()); // it answers all the same
    m_page.reset();
}

void TestChatPage::remembersModelAndPresets()
{
    useModel(u"gemini-pro-latest"_s);
    emit m_page->composer()->presetsChanged({{u"Short"_s, u"Be short."_s, {}}});
    const QByteArray state = m_page->saveState();
    ChatPage other(&m_client);
    other.restoreState(state);
    QCOMPARE(other.composer()->model(), u"gemini-pro-latest"_s);
    QCOMPARE(other.saveState(), state);
    other.restoreState("\x80 nonsense"_ba);
    QCOMPARE(other.composer()->draft().text, QString());
}

void TestChatPage::requestBecomesAChat()
{
    ask(u"Write a haiku"_s);
    QTRY_VERIFY(isDone());
    m_page->prepare(u"What a tool asked"_s, u"gemini-pro-latest"_s);
    QVERIFY(m_page->current().isNull());
    QCOMPARE(m_page->composer()->draft().text, u"What a tool asked"_s);
    QCOMPARE(m_page->composer()->model(), u"gemini-pro-latest"_s);
}

QTEST_MAIN(TestChatPage)
#include "tst_chatpage.moc"
