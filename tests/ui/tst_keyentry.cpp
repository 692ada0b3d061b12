#include "ui/widgets/keyentry.h"

#include "tests/ui/walk.h"
#include "ui/widgets/field.h"
#include "ui/widgets/note.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Result = KeyTest::Result;
using Kind = KeyState::Kind;

Q_DECLARE_METATYPE(KeyTest::Result)
Q_DECLARE_METATYPE(KeyState::Kind)

class TestKeyEntry : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void checksWhatIsPasted_data();
    void checksWhatIsPasted();
    void wrongKeyIsNotSent();
    void sendsTheKeyTrimmed();
    void saysWhatCameOfTheTest_data();
    void saysWhatCameOfTheTest();
    void saysWhyItIsNotKept_data();
    void saysWhyItIsNotKept();
    void busyDoesNothingTwice();
    void savesAnyway();
    void sessionForgets();
    void newTextForgetsTheResult();
    void clearLeavesNothing();
    void getAKeyOpensOutside();
    void everyControlIsReached();

public slots:
    void opened(const QUrl &url) { m_opened = url; } // by QDesktopServices

private:
    QPushButton *button(const char *name) { return m_entry->findChild<QPushButton *>(QLatin1String(name)); }
    Note *note(const char *name) { return m_entry->findChild<Note *>(QLatin1String(name)); }
    QLineEdit *edit() { return m_entry->findChild<QLineEdit *>(); }
    void click(const char *name) { QTest::mouseClick(button(name), Qt::LeftButton); }

    std::unique_ptr<KeyEntry> m_entry;
    QUrl m_opened;
};

void TestKeyEntry::init()
{
    m_entry = std::make_unique<KeyEntry>();
    m_entry->show();
    QVERIFY(QTest::qWaitForWindowActive(m_entry.get()));
}

void TestKeyEntry::cleanup()
{
    m_entry.reset();
}

void TestKeyEntry::checksWhatIsPasted_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("problem");
    const auto good = [](const char *name, const QString &pasted, const QString &key) {
        QTest::newRow(name) << pasted << key << QString();
    };
    const auto bad = [](const char *name, const QString &pasted, const QString &problem) {
        QTest::newRow(name) << pasted << QString() << problem;
    };
    good("plain", u"AIzaSy-Key_1"_s, u"AIzaSy-Key_1"_s);
    good("spaces around", u"  AIzaSy \t"_s, u"AIzaSy"_s);
    good("line break behind", u"AIzaSy\r\n"_s, u"AIzaSy"_s);
    good("wrapped", u"AIza\nSy\u2028x"_s, u"AIzaSyx"_s);
    good("no-break space around", u"\u00a0AIzaSy\u00a0"_s, u"AIzaSy"_s);
    good("every sign", u"!~"_s, u"!~"_s);
    bad("empty", u""_s, u"Paste"_s);
    bad("only spaces", u" \n "_s, u"Paste"_s);
    bad("space inside", u"AIza Sy"_s, u"no spaces"_s);
    bad("tab inside", u"AIza\tSy"_s, u"no spaces"_s);
    bad("umlaut", u"AIzaSü"_s, u"ASCII"_s);
    bad("dots of a masked key", u"AIza••••"_s, u"ASCII"_s);
    bad("zero width", u"AIza\u200bSy"_s, u"ASCII"_s);
    bad("control", u"AIza\u0001"_s, u"ASCII"_s);
    bad("delete", u"AIza\u007f"_s, u"ASCII"_s);
}

void TestKeyEntry::checksWhatIsPasted()
{
    QFETCH(const QString, pasted);
    QFETCH(const QString, key);
    QFETCH(const QString, problem);
    const Checked checked = KeyEntry::check(pasted);
    QCOMPARE(checked.value, key);
    QCOMPARE(checked.problem.isEmpty(), problem.isEmpty());
    QVERIFY2(checked.problem.contains(problem), qPrintable(checked.problem));
}

void TestKeyEntry::wrongKeyIsNotSent()
{
    QSignalSpy wanted(m_entry.get(), &KeyEntry::testWanted);
    edit()->setText(u"two words"_s);
    click("test");
    QCOMPARE(wanted.size(), 0);
    auto *field = m_entry->findChild<Field *>();
    QVERIFY(field->complaint().contains(u"no spaces"_s));
    QVERIFY(edit()->property("wrong").toBool());
    QVERIFY(edit()->accessibleDescription().contains(field->complaint()));
    QVERIFY(edit()->hasFocus());
    QTest::keyClick(edit(), Qt::Key_Backspace);
    QVERIFY(field->complaint().isEmpty());
    QVERIFY(!edit()->property("wrong").toBool());
}

void TestKeyEntry::sendsTheKeyTrimmed()
{
    QSignalSpy wanted(m_entry.get(), &KeyEntry::testWanted);
    QCOMPARE(edit()->echoMode(), QLineEdit::Password);
    QVERIFY(edit()->text().isEmpty());
    edit()->setText(u" AIzaSy\n"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"AIzaSy"_s);
}

void TestKeyEntry::saysWhatCameOfTheTest_data()
{
    QTest::addColumn<Result>("result");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("saving");
    QTest::addColumn<bool>("saveAnyway");
    QTest::addColumn<bool>("networkSettings");
    QTest::addColumn<bool>("detail");
    QTest::newRow("valid") << Result::Valid << u"may use 42 model"_s << true << false << false << false;
    QTest::newRow("not valid") << Result::NotValid << u"does not know this key"_s << false << false << false << false;
    QTest::newRow("not enabled") << Result::NotEnabled << u"Enable the API"_s << false << false << false << true;
    QTest::newRow("quota") << Result::Quota << u"quota is used up"_s << false << true << false << true;
    QTest::newRow("no network") << Result::NoNetwork << u"could not be checked"_s << false << true << false << true;
    QTest::newRow("tls") << Result::Tls << u"certificate file in the network settings"_s << false << true << true
                         << true;
    QTest::newRow("proxy") << Result::NetworkProxy << u"network proxy"_s << false << true << true << true;
    QTest::newRow("other") << Result::Other << u"could not be checked"_s << false << true << false << true;
}

void TestKeyEntry::saysWhatCameOfTheTest()
{
    QFETCH(const Result, result);
    QFETCH(const QString, words);
    QFETCH(const bool, saving);
    QFETCH(const bool, saveAnyway);
    QFETCH(const bool, networkSettings);
    QFETCH(const bool, detail);
    edit()->setText(u"AIzaSy"_s);
    m_entry->setTest({result, u"<b>Their own words</b>"_s, 42});
    QVERIFY(note("result")->isVisible());
    QVERIFY2(note("result")->text().contains(words), qPrintable(note("result")->text()));
    QCOMPARE(note("result")->kind() == Note::Kind::Good, result == Result::Valid);
    QCOMPARE(m_entry->isSaving(), saving);
    QCOMPARE(button("save")->isVisible(), saveAnyway);
    QCOMPARE(button("network-settings")->isVisible(), networkSettings);
    QVERIFY(!button("session")->isVisible());
    QCOMPARE(note("detail")->isVisible(), detail);
    if (detail)
        QCOMPARE(note("detail")->text(), u"<b>Their own words</b>"_s);
    QCOMPARE(edit()->text(), u"AIzaSy"_s); // it may be wanted again
    if (networkSettings) {
        QSignalSpy wanted(m_entry.get(), &KeyEntry::networkSettingsWanted);
        click("network-settings");
        QCOMPARE(wanted.size(), 1);
    }
}

void TestKeyEntry::saysWhyItIsNotKept_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("locked or denied") << Kind::Locked
                                      << u"locked, or its question was cancelled or denied. Unlock it"_s;
    QTest::newRow("no keychain") << Kind::NoKeychain << u"no keychain service runs here. Start one"_s;
    QTest::newRow("another failure") << Kind::Failing << u"did not take it"_s;
}

void TestKeyEntry::saysWhyItIsNotKept()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, words);
    edit()->setText(u"AIzaSy"_s);
    m_entry->setTest({Result::Valid, {}, 3});
    m_entry->setStoreProblem({kind, u"its own message"_s});
    QVERIFY2(note("result")->text().contains(words), qPrintable(note("result")->text()));
    QVERIFY(note("result")->text().contains(u"for this session only"_s));
    QCOMPARE(note("detail")->text(), u"its own message"_s);
    QVERIFY(button("session")->isVisible());
    QVERIFY(!button("save")->isVisible());
    QVERIFY(!m_entry->isSaving());
}

void TestKeyEntry::busyDoesNothingTwice()
{
    QSignalSpy wanted(m_entry.get(), &KeyEntry::testWanted);
    edit()->setText(u"AIzaSy"_s);
    button("test")->setFocus();
    click("test");
    m_entry->setBusy(true);
    QVERIFY(button("test")->text().contains(u"Testing"_s));
    QVERIFY(button("test")->hasFocus()); // and keeps the focus
    click("test");
    edit()->setFocus();
    QTest::keyClicks(edit(), u"more"_s);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(edit()->text(), u"AIzaSy"_s);
    m_entry->setBusy(false);
    QVERIFY(!button("test")->text().contains(u"Testing"_s));
    click("test");
    QCOMPARE(wanted.size(), 2);
}

void TestKeyEntry::savesAnyway()
{
    QSignalSpy wanted(m_entry.get(), &KeyEntry::saveWanted);
    edit()->setText(u"AIzaSy "_s);
    m_entry->setTest({Result::NoNetwork, {}, 0});
    click("save");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"AIzaSy"_s);
    QVERIFY(m_entry->isSaving());
    QVERIFY(!button("save")->isVisible());
    QVERIFY(!edit()->text().isEmpty()); // the keychain may not take it
}

void TestKeyEntry::sessionForgets()
{
    QSignalSpy wanted(m_entry.get(), &KeyEntry::sessionWanted);
    edit()->setText(u"AIzaSy"_s);
    m_entry->setStoreProblem({Kind::Locked, {}});
    click("session");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"AIzaSy"_s);
    QCOMPARE(walk::holders(m_entry.get(), u"AIzaSy"_s), QString());
    QVERIFY(!button("session")->isVisible());
}

void TestKeyEntry::newTextForgetsTheResult()
{
    edit()->setText(u"AIzaSy"_s);
    m_entry->setTest({Result::Quota, u"words"_s, 0});
    QTest::keyClicks(edit(), u"x"_s);
    QVERIFY(!note("result")->isVisible());
    QVERIFY(!note("detail")->isVisible());
    QVERIFY(!button("save")->isVisible());
}

void TestKeyEntry::clearLeavesNothing()
{
    QTest::keyClicks(edit(), u"AIzaSy"_s);
    QCOMPARE(walk::holders(m_entry.get(), u"AIzaSy"_s).isEmpty(), false); // it can be found
    m_entry->setTest({Result::Valid, {}, 1});
    m_entry->clear();
    QCOMPARE(walk::holders(m_entry.get(), u"AIzaSy"_s), QString());
    QVERIFY(!note("result")->isVisible());
    edit()->setEchoMode(QLineEdit::Normal); // with which undo would be possible
    edit()->undo();
    QVERIFY(edit()->text().isEmpty());
}

void TestKeyEntry::getAKeyOpensOutside()
{
    QDesktopServices::setUrlHandler(u"https"_s, this, "opened");
    button("get")->setFocus();
    QTest::keyClick(button("get"), Qt::Key_Space);
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QCOMPARE(m_opened, QUrl(u"https://aistudio.google.com/apikey"_s));
    QVERIFY(button("get")->accessibleDescription().contains(u"aistudio"_s));
}

void TestKeyEntry::everyControlIsReached()
{
    edit()->setText(u"AIzaSy"_s);
    for (int i = 0; i < 3; ++i) {
        if (i == 1)
            m_entry->setTest({Result::Tls, u"detail"_s, 0});
        else if (i == 2)
            m_entry->setStoreProblem({Kind::NoKeychain, u"detail"_s});
        QCOMPARE(walk::nameless(m_entry.get()), QString());
        QCOMPARE(walk::unreached(m_entry.get()), QString());
        QCOMPARE(walk::mnemonicProblems(m_entry.get()), QString());
    }
}

QTEST_MAIN(TestKeyEntry)
#include "tst_keyentry.moc"
