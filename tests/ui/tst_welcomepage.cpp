#include "ui/welcome/welcomepage.h"

#include "tests/ui/walk.h"
#include "ui/theme.h"
#include "ui/widgets/keyentry.h"
#include "ui/widgets/note.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;
using Result = KeyTest::Result;

class TestWelcomePage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void saysWhereTheKeyIs_data();
    void saysWhereTheKeyIs();
    void passesWishesOn();
    void forgetsTheKeyOnceItIsKept();
    void columnIsNarrow_data();
    void columnIsNarrow();
    void everyControlIsReached_data();
    void everyControlIsReached();

private:
    QPushButton *button(const char *name) { return m_page->findChild<QPushButton *>(QLatin1String(name)); }
    Note *note(const char *name) { return m_page->findChild<Note *>(QLatin1String(name)); }
    QLineEdit *edit() { return m_page->findChild<QLineEdit *>(u"key"_s); }

    std::unique_ptr<WelcomePage> m_page;
};

void TestWelcomePage::initTestCase()
{
    new Theme(*qApp); // owned by the application: sizes are those of its style sheet
}

void TestWelcomePage::init()
{
    m_page = std::make_unique<WelcomePage>();
    m_page->resize(560, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestWelcomePage::cleanup()
{
    m_page.reset();
}

void TestWelcomePage::saysWhereTheKeyIs_data()
{
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("lookAgain");
    const auto row = [](const char *name, Kind kind, const QString &words, bool lookAgain) {
        QTest::newRow(name) << KeyState{kind, u"GEMINI_API_KEY"_s} << words << lookAgain;
    };
    row("reading", Kind::Reading, u"Looking for a key"_s, false);
    row("none", Kind::None, {}, false);
    row("keychain", Kind::Keychain, u"in the keychain"_s, false);
    row("environment", Kind::Environment, u"environment variable GEMINI_API_KEY"_s, false);
    row("session", Kind::Session, u"for this session"_s, false);
    row("demo", Kind::Demo, u"demo"_s, false);
    row("locked", Kind::Locked, u"locked, or its question was cancelled or denied"_s, true);
    row("no keychain", Kind::NoKeychain, u"No keychain service"_s, true);
    row("failing", Kind::Failing, u"does not answer as it should"_s, true);
}

void TestWelcomePage::saysWhereTheKeyIs()
{
    QFETCH(const KeyState, state);
    QFETCH(const QString, words);
    QFETCH(const bool, lookAgain);
    m_page->setKeyState(state);
    QCOMPARE(note("key-state")->isVisible(), !words.isEmpty());
    QVERIFY2(note("key-state")->text().contains(words), qPrintable(note("key-state")->text()));
    QCOMPARE(note("key-state-detail")->isVisible(), lookAgain);
    QCOMPARE(button("look-again")->isVisible(), lookAgain);
    QVERIFY(edit()->isVisible());
    QVERIFY(button("demo")->isVisible());
}

void TestWelcomePage::passesWishesOn()
{
    QSignalSpy test(m_page.get(), &WelcomePage::testWanted);
    QSignalSpy save(m_page.get(), &WelcomePage::saveWanted);
    QSignalSpy session(m_page.get(), &WelcomePage::sessionWanted);
    QSignalSpy demo(m_page.get(), &WelcomePage::demoWanted);
    QSignalSpy retry(m_page.get(), &WelcomePage::retryKeychainWanted);
    QSignalSpy network(m_page.get(), &WelcomePage::networkSettingsWanted);

    edit()->setText(u"AIzaSy"_s);
    button("test")->click();
    QCOMPARE(test.size(), 1);
    QCOMPARE(test.at(0).at(0).toString(), u"AIzaSy"_s);
    m_page->setBusy(true);
    button("test")->click();
    QCOMPARE(test.size(), 1);
    m_page->setBusy(false);
    m_page->setKeyTest({Result::NetworkProxy, {}, 0});
    button("network-settings")->click();
    QCOMPARE(network.size(), 1);
    button("save")->click();
    QCOMPARE(save.size(), 1);
    m_page->setStoreProblem({Kind::NoKeychain, {}});
    button("session")->click();
    QCOMPARE(session.size(), 1);
    QCOMPARE(session.at(0).at(0).toString(), u"AIzaSy"_s);
    m_page->setKeyState({Kind::Locked, {}});
    button("look-again")->click();
    QCOMPARE(retry.size(), 1);
    button("demo")->click();
    QCOMPARE(demo.size(), 1);
}

void TestWelcomePage::forgetsTheKeyOnceItIsKept()
{
    edit()->setText(u"AIzaSy"_s);
    m_page->setKeyState({Kind::None, {}}); // what the keychain said at last
    QCOMPARE(edit()->text(), u"AIzaSy"_s);
    button("test")->click();
    m_page->setKeyTest({Result::Valid, {}, 5});
    QCOMPARE(edit()->text(), u"AIzaSy"_s); // not kept yet
    m_page->setKeyState({Kind::Keychain, {}});
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy"_s), QString());
}

void TestWelcomePage::columnIsNarrow_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("small") << QSize(560, 500);
    QTest::newRow("4K") << QSize(3616, 2160);
}

void TestWelcomePage::columnIsNarrow()
{
    QFETCH(const QSize, size);
    m_page->resize(size);
    m_page->setKeyTest({Result::Tls, u"A long explanation by the system's library for connections"_s, 0});
    QTest::qWait(0); // laid out
    auto *entry = m_page->findChild<KeyEntry *>();
    QVERIFY(entry->width() <= 480);
    QVERIFY(entry->width() > 400);
    const int left = entry->mapTo(m_page.get(), QPoint()).x();
    QVERIFY(qAbs(left - (m_page->width() - left - entry->width())) <= 12); // a scroll bar's width
    QCOMPARE(walk::cutAtTheRight(m_page.get()), QString());
}

void TestWelcomePage::everyControlIsReached_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("none") << Kind::None;
    QTest::newRow("locked") << Kind::Locked;
}

void TestWelcomePage::everyControlIsReached()
{
    QFETCH(const Kind, kind);
    m_page->setKeyState({kind, {}});
    m_page->setKeyTest({Result::Tls, {}, 0});
    QCOMPARE(walk::nameless(m_page.get()), QString());
    QCOMPARE(walk::unreached(m_page.get()), QString());
    QCOMPARE(walk::mnemonicProblems(m_page.get()), QString());
}

QTEST_MAIN(TestWelcomePage)
#include "tst_welcomepage.moc"
