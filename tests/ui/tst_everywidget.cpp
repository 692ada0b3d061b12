#include "ui/chatpage/chatpage.h"
#include "ui/chatpage/chatsidebar.h"
#include "ui/chatpage/history/conversationlist.h"
#include "ui/requests/requestspage.h"
#include "ui/settings/settingspage.h"
#include "ui/shell/mainwindow.h"
#include "ui/usage/usagepage.h"
#include "ui/welcome/welcomepage.h"
#include "ui/widgets/banner.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QButtonGroup>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

// Walks all widgets of all pages: each control has a name for those who cannot see it, is reached by Tab, and has a
// mnemonic or a shortcut if it acts. No text that wraps loses a line.
class TestEveryWidget : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void page_data();
    void page();

private:
    chat::Client m_client;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

bool isControl(const QWidget *widget)
{
    const QString inner = widget->objectName();
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus)
            && !inner.startsWith("qt_"_L1); // the inside of one of Qt's own
}

// Whether a key presses the button: by its mnemonic, its shortcut or an action's, or because it is one of a group that
// arrows walk through.
bool hasKey(const QAbstractButton *button)
{
    static const QRegularExpression mnemonic(u"&[^&\\s]"_s);
    if (button->text().contains(mnemonic) || !button->shortcut().isEmpty() || button->property("acts-by-keys").toBool())
        return true;
    for (const QAction *action : button->actions()) {
        if (!action->shortcut().isEmpty())
            return true;
    }
    return false;
}

} // namespace

void TestEveryWidget::init()
{
    m_window = std::make_unique<MainWindow>();
}

void TestEveryWidget::page_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("section");
    QTest::newRow("chat") << u"chat"_s << QString();
    QTest::newRow("requests") << u"requests"_s << QString();
    QTest::newRow("usage") << u"usage"_s << QString();
    QTest::newRow("welcome") << u"welcome"_s << QString();
    for (const auto &section :
         {u"key"_s, u"proxy"_s, u"access"_s, u"limits"_s, u"network"_s, u"privacy"_s, u"appearance"_s, u"desktop"_s})
        QTest::addRow("settings: %s", qPrintable(section)) << u"settings"_s << section;
}

void TestEveryWidget::page()
{
    QFETCH(const QString, name);
    QFETCH(const QString, section);
    auto *chatPage = new ChatPage(&m_client);
    auto *sidebar = new ChatSidebar;
    chat::Conversation conversation = chat::Conversation::create();
    conversation.info.title = u"A chat"_s;
    sidebar->list()->setConversations({conversation.info});
    chatPage->setProxyState({ProxyState::Kind::Off, {}, {}, 0, {}, 0, false});
    chatPage->prepare(u"A question"_s, u"m"_s);
    auto *requests = new RequestsPage;
    auto *settings = new SettingsPage;
    auto *usage = new UsagePage;
    auto *welcome = new WelcomePage;
    Request request;
    request.number = 1;
    request.time = QDateTime::currentDateTime();
    request.status = 200;
    request.state = Request::State::Complete;
    requests->update({request});
    settings->setKeyState({KeyState::Kind::Keychain, {}});
    settings->setTrayAvailable(true);
    welcome->setKeyState({KeyState::Kind::Locked, {}});
    m_window->addToSidebar(sidebar, sidebar->commands());
    m_window->addPage(u"chat"_s, u"Chat"_s, {}, QKeySequence(Qt::CTRL | Qt::Key_1), chatPage);
    m_window->addPage(u"requests"_s, u"Requests"_s, u"activity"_s, QKeySequence(Qt::CTRL | Qt::Key_2), requests);
    m_window->addPage(u"usage"_s, u"Usage"_s, u"chart-column"_s, QKeySequence(Qt::CTRL | Qt::Key_3), usage);
    m_window->addPage(u"settings"_s, u"Settings"_s, u"settings"_s, QKeySequence(Qt::CTRL | Qt::Key_Comma), settings);
    m_window->addPage(u"welcome"_s, u"Welcome"_s, {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), welcome);
    m_window->banner()->showMessage(Banner::Kind::Info, u"Hello"_s, u"&Go"_s);
    m_window->showPage(name);
    if (!section.isEmpty())
        settings->showSection(section);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));

    QList<QWidget *> controls;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (isControl(widget) && widget->window() == m_window.get())
            controls.append(widget);
    }
    QVERIFY(controls.size() >= 5);
    for (const QWidget *control : std::as_const(controls)) {
        const QByteArray which = (QLatin1StringView(control->metaObject()->className()) + u" \""_s
                                  + control->objectName() + u"\" \""_s + control->accessibleName() + u'"')
                                         .toUtf8();
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(control));
        QVERIFY2(accessible, which.constData());
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), which.constData());
        QVERIFY2(accessible->role() != QAccessible::NoRole, which.constData());
        if (const auto *button = qobject_cast<const QAbstractButton *>(control))
            QVERIFY2(hasKey(button), which.constData());
    }

    for (const QSize size : {QSize(1100, 760), QSize(800, 500)}) {
        m_window->resize(size);
        m_window->grab(); // laid out; where the screen is smaller, the window is as large as that
        for (const QLabel *label : m_window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->wordWrap())
                QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        }
    }

    // By Tab alone, as a person does it.
    QSet<QWidget *> unreached(controls.begin(), controls.end());
    controls.constFirst()->setFocus();
    for (int i = 0; i < 200 && !unreached.isEmpty(); ++i) {
        unreached.remove(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (QWidget *widget : std::as_const(unreached)) {
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool grouped = button && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
        if (grouped && !button->isChecked())
            continue; // arrows walk through its group
        QFAIL(qPrintable(QLatin1StringView(widget->metaObject()->className()) + u" \""_s + widget->accessibleName()
                         + u'"'));
    }
}

QTEST_MAIN(TestEveryWidget)
#include "tst_everywidget.moc"
