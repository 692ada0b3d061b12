#include "tests/ui/sectiontest.h"
#include "ui/widgets/confirmbutton.h"

using namespace Qt::StringLiterals;
using Kind = KeyState::Kind;
using Result = KeyTest::Result;

Q_DECLARE_METATYPE(KeyState::Kind)

class TestKeySection : public SectionTest
{
    Q_OBJECT

public:
    TestKeySection() : SectionTest(u"key"_s) {}

private slots:
    void init() { open(); }
    void cleanup() { close(); }
    void keyStates_data();
    void keyStates();
    void keyInUseIsTested();
    void keyIsReplaced();
    void keyReplacementIsCancelled();
    void keyIsRemovedAfterAQuestion();
    void keyIsKeptForTheSession();
    void keyPointsToTheNetwork();
};

void TestKeySection::keyStates_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("buttons");
    QTest::addColumn<bool>("entry");
    const QStringList all{u"replace"_s, u"test-in-use"_s, u"remove-key"_s};
    QTest::newRow("reading") << Kind::Reading << u"Looking for the key"_s << QStringList() << false;
    QTest::newRow("none") << Kind::None << u"no key yet"_s << QStringList() << true;
    QTest::newRow("keychain") << Kind::Keychain << u"in the system's keychain"_s << all << false;
    QTest::newRow("environment") << Kind::Environment << u"variable DETAIL, which goes before the keychain"_s
                                 << QStringList{u"test-in-use"_s} << false;
    QTest::newRow("session") << Kind::Session << u"this session only"_s << all << false;
    QTest::newRow("demo") << Kind::Demo << u"The demo answers"_s << QStringList() << true;
    QTest::newRow("locked") << Kind::Locked << u"Unlock it and look again"_s << QStringList{u"look-again"_s} << true;
    QTest::newRow("no keychain") << Kind::NoKeychain << u"No keychain service"_s << QStringList{u"look-again"_s}
                                 << true;
    QTest::newRow("failing") << Kind::Failing << u"does not answer as it should"_s << QStringList{u"look-again"_s}
                             << true;
}

void TestKeySection::keyStates()
{
    QFETCH(const Kind, kind);
    QFETCH(const QString, text);
    QFETCH(const QStringList, buttons);
    QFETCH(const bool, entry);
    m_page->setKeyState({kind, u"DETAIL"_s});
    QVERIFY2(words("key-state").contains(text), qPrintable(words("key-state")));
    for (const char *name : {"replace", "test-in-use", "remove-key", "look-again"})
        QCOMPARE(find(name)->isVisible(), buttons.contains(QLatin1String(name)));
    QCOMPARE(find<QLineEdit>("key")->isVisible(), entry);
    QCOMPARE(words("key-state-detail").isEmpty(), kind != Kind::Failing);
    if (buttons.contains(u"look-again"_s)) {
        QSignalSpy retry(m_page.get(), &SettingsPage::retryKeychainWanted);
        click("look-again");
        QCOMPARE(retry.size(), 1);
    }
}

void TestKeySection::keyInUseIsTested()
{
    QSignalSpy wanted(m_page.get(), &SettingsPage::keyTestWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("test-in-use");
    QCOMPARE(wanted.size(), 1);
    m_page->setBusy(true);
    QVERIFY(find("test-in-use")->text().contains(u"Testing"_s));
    QVERIFY(find("test-in-use")->hasFocus() || !find("replace")->isEnabled());
    click("test-in-use");
    QCOMPARE(wanted.size(), 1);
    m_page->setKeyTest({Result::NotEnabled, u"Enable it there."_s, 0});
    m_page->setBusy(false);
    QVERIFY(words("in-use-result").contains(u"Enable the API"_s));
    QVERIFY(find("replace")->isEnabled());
    QVERIFY(!find("test-in-use")->text().contains(u"Testing"_s));
    click("test-in-use");
    QVERIFY(words("in-use-result").isEmpty());
    m_page->setKeyTest({Result::Valid, {}, 7});
    QVERIFY(words("in-use-result").contains(u"7 model"_s));
    m_page->setKeyState({Kind::Session, {}});
    QVERIFY(words("in-use-result").isEmpty()); // it was the other key's
}

void TestKeySection::keyIsReplaced()
{
    QSignalSpy test(m_page.get(), &SettingsPage::testWanted);
    QSignalSpy save(m_page.get(), &SettingsPage::saveWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    auto *edit = find<QLineEdit>("key");
    QVERIFY(edit->isVisible());
    QVERIFY(edit->hasFocus());
    QTest::keyClicks(edit, u"AIzaSy1"_s);
    click("test");
    QCOMPARE(test.size(), 1);
    QCOMPARE(test.at(0).at(0).toString(), u"AIzaSy1"_s);
    m_page->setBusy(true);
    m_page->setKeyTest({Result::Quota, {}, 0});
    m_page->setBusy(false);
    QVERIFY(words("result").contains(u"quota"_s));
    QVERIFY(words("in-use-result").isEmpty());
    m_page->setKeyState({Kind::Keychain, {}}); // nothing was kept yet
    QVERIFY(edit->isVisible());
    click("save");
    QCOMPARE(save.size(), 1);
    m_page->setKeyState({Kind::Keychain, {}});
    QVERIFY(!edit->isVisible());
    QVERIFY(words("in-use-result").contains(u"new key"_s));
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
    QVERIFY(find("replace")->isVisible());
}

void TestKeySection::keyReplacementIsCancelled()
{
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    QTest::keyClicks(find<QLineEdit>("key"), u"AIzaSy1"_s);
    click("cancel");
    QVERIFY(!find<QLineEdit>("key")->isVisible());
    QVERIFY(find("replace")->hasFocus());
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
}

void TestKeySection::keyIsRemovedAfterAQuestion()
{
    QSignalSpy wanted(m_page.get(), &SettingsPage::keyRemoveWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    auto *remove = find<ConfirmButton>("remove-key");
    const int width = remove->width();
    QTest::mouseClick(remove, Qt::LeftButton);
    QVERIFY(remove->isAsking());
    QVERIFY(remove->accessibleName().contains(u"Really"_s));
    QCOMPARE(remove->width(), width);
    QTest::keyClick(remove, Qt::Key_Escape);
    QVERIFY(!remove->isAsking());
    QTest::mouseDClick(remove, Qt::LeftButton); // the second half of a double click is no answer
    QCOMPARE(wanted.size(), 0);
    find("replace")->setFocus();
    QVERIFY(!remove->isAsking());
    remove->setFocus();
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(remove, Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!remove->isAsking());
}

void TestKeySection::keyIsKeptForTheSession()
{
    QSignalSpy session(m_page.get(), &SettingsPage::sessionWanted);
    m_page->setKeyState({Kind::Keychain, {}});
    click("replace");
    QTest::keyClicks(find<QLineEdit>("key"), u"AIzaSy1"_s);
    m_page->setStoreProblem({Kind::Locked, u"it said no"_s});
    QVERIFY(words("result").contains(u"Unlock it"_s));
    QCOMPARE(words("detail"), u"it said no"_s);
    click("session");
    QCOMPARE(session.size(), 1);
    QCOMPARE(session.at(0).at(0).toString(), u"AIzaSy1"_s);
    m_page->setKeyState({Kind::Session, {}});
    QCOMPARE(walk::holders(m_page.get(), u"AIzaSy1"_s), QString());
}

void TestKeySection::keyPointsToTheNetwork()
{
    m_page->setKeyState({Kind::None, {}});
    m_page->setKeyTest({Result::NetworkProxy, {}, 0});
    click("network-settings");
    QVERIFY(find("test-connection")->isVisible());
}

QTEST_MAIN(TestKeySection)
#include "tst_keysection.moc"
