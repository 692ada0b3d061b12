#include "tests/ui/sectiontest.h"
#include "ui/widgets/confirmbutton.h"
#include "ui/widgets/listeditor.h"

#include <QClipboard>
#include <QListWidget>
#include <QMimeData>
#include <QRadioButton>
#include <QTableWidget>

using namespace Qt::StringLiterals;

class TestAccessSection : public SectionTest
{
    Q_OBJECT

public:
    TestAccessSection() : SectionTest(u"access"_s) {}

private slots:
    void init() { open(); }
    void cleanup() { close(); }
    void networkOnlyWithAToken();
    void lastTokenClosesTheNetwork();
    void tokenIsMade();
    void wrongTokenName_data();
    void wrongTokenName();
    void tokenIsShownOnce();
    void revokingAsks();
    void listsAreEdited_data();
    void listsAreEdited();
    void saysWhatOriginsOpen();

private:
    static Preferences withTokens()
    {
        Preferences p;
        p.tokens = {{u"curl"_s, QByteArray(32, 'c'), QDate(2025, 1, 2)},
                    {u"Zed"_s, QByteArray(32, 'z'), QDate(2025, 3, 4)}};
        return p;
    }
};

void TestAccessSection::networkOnlyWithAToken()
{
    auto *network = find<QRadioButton>("network");
    QVERIFY(!network->isEnabled());
    QVERIFY(words("network-note").contains(u"once there is a token"_s));
    QVERIFY(words("token-warning").contains(u"any program of any user on this machine can spend your key"_s));
    QTest::mouseClick(network, Qt::LeftButton);
    QCOMPARE(m_changed->size(), 0);

    m_page->setPreferences(withTokens());
    QVERIFY(network->isEnabled());
    QVERIFY(words("token-warning").isEmpty());
    QTest::mouseClick(network, Qt::LeftButton, {}, QPoint(8, network->height() / 2));
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(last().network);
    find<QRadioButton>("local")->click();
    QVERIFY(!last().network);
}

void TestAccessSection::lastTokenClosesTheNetwork()
{
    Preferences preferences = withTokens();
    preferences.tokens.removeLast();
    preferences.network = true;
    m_page->setPreferences(preferences);
    QVERIFY(find<QRadioButton>("network")->isChecked());
    find("revoke")->click();
    find("revoke")->click();
    QCOMPARE(m_changed->size(), 1); // in one change: never open without a token
    QVERIFY(last().tokens.isEmpty());
    QVERIFY(!last().network);
    QVERIFY(!find<QTableWidget>("tokens")->isVisible());
    QVERIFY(!find("revoke")->isVisible());
    QVERIFY(!words("token-warning").isEmpty());
}

void TestAccessSection::tokenIsMade()
{
    QSignalSpy wanted(m_page.get(), &SettingsPage::tokenWanted);
    auto *name = find<QLineEdit>("token-name");
    name->setFocus();
    QTest::keyClicks(name, u" my  editor "_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"my editor"_s);
    QVERIFY(name->text().isEmpty());
    QCOMPARE(m_changed->size(), 0); // the application makes the token
    QTest::keyClicks(name, u"another"_s);
    click("make-token");
    QCOMPARE(wanted.size(), 2);
}

void TestAccessSection::wrongTokenName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << u"  "_s << u"a name"_s;
    QTest::newRow("taken") << u"zed"_s << u"already"_s;
    QTest::newRow("long") << QString(65, u'x') << u"at most 64"_s;
}

void TestAccessSection::wrongTokenName()
{
    QFETCH(const QString, name);
    QFETCH(const QString, problem);
    m_page->setPreferences(withTokens());
    QSignalSpy wanted(m_page.get(), &SettingsPage::tokenWanted);
    auto *edit = find<QLineEdit>("token-name");
    edit->setText(name);
    click("make-token");
    QCOMPARE(wanted.size(), 0);
    QVERIFY2(complaint(edit).contains(problem), qPrintable(complaint(edit)));
    QCOMPARE(edit->text(), name);
    QTest::keyClicks(edit, u"y"_s);
    QVERIFY(complaint(edit).isEmpty());
}

void TestAccessSection::tokenIsShownOnce()
{
    m_page->showToken(u"Zed"_s, u"gd_secret"_s);
    auto *token = find<QLineEdit>("token");
    QVERIFY(token->isVisible());
    QVERIFY(token->isReadOnly());
    QCOMPARE(token->text(), u"gd_secret"_s);
    QVERIFY(words("token-title").contains(u"Zed"_s));
    QVERIFY(find("copy-token")->hasFocus());
    click("copy-token");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"gd_secret"_s);
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    m_page->setPreferences(withTokens());
    QCOMPARE(token->text(), u"gd_secret"_s); // until the user is done
    click("done");
    QVERIFY(!token->isVisible());
    QCOMPARE(walk::holders(m_page.get(), u"gd_secret"_s), QString());
    token->setReadOnly(false);
    token->undo();
    QVERIFY(token->text().isEmpty());
    QVERIFY(!find("copy-token")->isEnabled());
}

void TestAccessSection::revokingAsks()
{
    m_page->setPreferences(withTokens());
    auto *table = find<QTableWidget>("tokens");
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(table->item(0, 0)->text(), u"curl"_s);
    QVERIFY(!table->item(0, 1)->text().isEmpty());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    auto *revoke = find<ConfirmButton>("revoke");
    revoke->click();
    QVERIFY(revoke->isAsking());
    QCOMPARE(m_changed->size(), 0);
    table->setCurrentCell(0, 0); // another one is meant: the question no longer holds
    QVERIFY(!revoke->isAsking());
    table->setCurrentCell(1, 0);
    revoke->click();
    revoke->click();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(last().tokens, withTokens().tokens.first(1));
    QCOMPARE(table->rowCount(), 1);
}

void TestAccessSection::listsAreEdited_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("wrong");
    QTest::addColumn<QString>("problem");
    QTest::newRow("origins") << u"origins"_s << u"HTTPS://Example.com:443/"_s << u"https://example.com"_s
                             << u"https://example.com/path"_s << u"follows the host"_s;
    QTest::newRow("hosts") << u"hosts"_s << u"Desk:8080"_s << u"desk:8080"_s << u"http://desk"_s << u"only a name"_s;
}

void TestAccessSection::saysWhatOriginsOpen()
{
    QVERIFY(words("origins-note").isEmpty());
    auto *editor = m_page->findChild<ListEditor *>(u"origins"_s);
    QTest::keyClicks(editor->edit(), u"null"_s);
    QTest::keyClick(editor->edit(), Qt::Key_Return);
    QCOMPARE(last().allowedOrigins, QStringList{u"null"_s});
    QVERIFY(words("origins-note").contains(u"every website"_s));
    QTest::mouseClick(editor->findChild<QPushButton *>(u"remove"_s), Qt::LeftButton);
    QVERIFY(words("origins-note").isEmpty());
}

void TestAccessSection::listsAreEdited()
{
    QFETCH(const QString, name);
    QFETCH(const QString, typed);
    QFETCH(const QString, kept);
    QFETCH(const QString, wrong);
    QFETCH(const QString, problem);
    auto *editor = m_page->findChild<ListEditor *>(name);
    const auto values = [&] { return name == u"origins"_s ? last().allowedOrigins : last().allowedHosts; };
    auto *remove = editor->findChild<QPushButton *>(u"remove"_s);
    QVERIFY(!editor->list()->isVisible());
    QVERIFY(!remove->isVisible());

    editor->edit()->setFocus();
    QTest::keyClicks(editor->edit(), wrong);
    QTest::keyClick(editor->edit(), Qt::Key_Return);
    QCOMPARE(m_changed->size(), 0);
    QVERIFY2(complaint(editor->edit()).contains(problem), qPrintable(complaint(editor->edit())));
    QCOMPARE(editor->edit()->text(), wrong);

    editor->edit()->selectAll();
    QTest::keyClicks(editor->edit(), typed);
    QVERIFY(complaint(editor->edit()).isEmpty());
    QTest::keyClick(editor->edit(), Qt::Key_Return);
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(values(), QStringList{kept});
    QVERIFY(editor->edit()->text().isEmpty());
    QVERIFY(editor->list()->isVisible());

    QTest::keyClicks(editor->edit(), kept);
    QTest::mouseClick(editor->findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(m_changed->size(), 1);
    QVERIFY(complaint(editor->edit()).contains(u"already"_s));

    m_page->setPreferences(m_page->preferences()); // as the application does after a change
    QCOMPARE(editor->edit()->text(), kept);

    QTest::mouseClick(remove, Qt::LeftButton);
    QCOMPARE(m_changed->size(), 2);
    QVERIFY(values().isEmpty());
    QVERIFY(!editor->list()->isVisible());
    QVERIFY(editor->edit()->hasFocus());

    QTest::mouseClick(editor->findChild<QPushButton *>(u"add"_s), Qt::LeftButton);
    QCOMPARE(values(), QStringList{kept});
    editor->list()->setFocus();
    QTest::keyClick(editor->list(), Qt::Key_Delete);
    QVERIFY(values().isEmpty());
}

QTEST_MAIN(TestAccessSection)
#include "tst_accesssection.moc"
