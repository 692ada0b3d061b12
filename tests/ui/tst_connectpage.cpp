#include "ui/connect/connectpage.h"

#include <QAccessible>
#include <QDialog>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestConnectPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsTheChosenTool();
    void writesOnlyWhenAgreed();
    void testInWords();
    void keepsTheChoiceAndTheTexts();

private:
    static QList<ConnectTool> tools(bool connected)
    {
        using Block = ConnectTool::Block;
        const Block file{Block::Place::File, u"/x/settings.json"_s, u"{}\n"_s};
        const Block shell{Block::Place::Shell, {}, u"export A=1\n"_s};
        return {{u"codex"_s, u"Codex"_s, u"OpenAI Responses"_s, u"http://127.0.0.1:1"_s, {file}, true, connected},
                {u"copilot"_s, u"Copilot CLI"_s, u"OpenAI Chat"_s, u"http://127.0.0.1:1"_s, {shell}, false, false}};
    }
    QPushButton *button(const QString &name) const { return m_page->findChild<QPushButton *>(name); }
    QString result() const { return m_page->findChild<QLabel *>(u"result"_s)->text(); }

    std::unique_ptr<ConnectPage> m_page;
};

void TestConnectPage::init()
{
    m_page = std::make_unique<ConnectPage>();
    m_page->setTools(tools(false));
    m_page->resize(700, 500);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestConnectPage::showsTheChosenTool()
{
    QCOMPARE(m_page->tool(), u"codex"_s);
    QVERIFY(button(u"write"_s)->isVisible());
    QVERIFY(!button(u"disconnect"_s)->isVisible());
    QCOMPARE(m_page->findChild<QPlainTextEdit *>(u"code"_s)->toPlainText(), u"{}"_s);
    m_page->findChild<QListWidget *>()->setFocus();
    QTest::keyClick(m_page->findChild<QListWidget *>(), Qt::Key_Down);
    QCOMPARE(m_page->tool(), u"copilot"_s);
    QVERIFY(!button(u"write"_s)->isVisible());
    QCOMPARE(m_page->findChild<QPlainTextEdit *>(u"code"_s)->toPlainText(), u"export A=1"_s);
}

void TestConnectPage::writesOnlyWhenAgreed()
{
    QSignalSpy wanted(m_page.get(), &ConnectPage::writeWanted);
    QSignalSpy confirmed(m_page.get(), &ConnectPage::changeConfirmed);
    for (const bool agrees : {false, true}) {
        button(u"write"_s)->click();
        QCOMPARE(wanted.takeFirst().at(0).toString(), u"codex"_s);
        m_page->askFor(u"codex"_s, u"--- a\n+++ b\n+new\n"_s, false);
        auto *dialog = m_page->findChild<QDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->findChild<QPlainTextEdit *>()->toPlainText().contains(u"+new"_s));
        if (agrees)
            dialog->findChild<QPushButton *>(u"write-now"_s)->click();
        else
            QTest::keyClick(dialog, Qt::Key_Escape);
        QCOMPARE(confirmed.size(), agrees ? 1 : 0);
        QTRY_VERIFY(!m_page->findChild<QDialog *>());
    }
    QCOMPARE(confirmed.constFirst(), (QVariantList{u"codex"_s, false}));
}

void TestConnectPage::testInWords()
{
    QSignalSpy wanted(m_page.get(), &ConnectPage::testWanted);
    button(u"test"_s)->click();
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!button(u"test"_s)->isEnabled());
    m_page->setTest(u"codex"_s, {ConnectTest::Kind::Refused, {}, {}, 401, u"no token"_s, {}});
    QVERIFY(button(u"test"_s)->isEnabled());
    QCOMPARE(result(), u"Codex’s request was refused: 401: no token"_s);
}

// News of the proxy take neither the chosen tool nor what is said of it away.
void TestConnectPage::keepsTheChoiceAndTheTexts()
{
    auto *code = m_page->findChild<QPlainTextEdit *>(u"code"_s);
    m_page->sayConnected(u"codex"_s);
    const QString said = result();
    m_page->setTools(tools(false));
    QCOMPARE(m_page->findChild<QPlainTextEdit *>(u"code"_s), code);
    m_page->setTools(tools(true));
    QVERIFY(!said.isEmpty());
    QCOMPARE(result(), said);
    QVERIFY(button(u"disconnect"_s)->isVisible());
}

QTEST_MAIN(TestConnectPage)
#include "tst_connectpage.moc"
