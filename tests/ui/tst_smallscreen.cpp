#include "ui/chatpage/chatpage.h"
#include "ui/shell/closequestion.h"
#include "ui/shell/commandlist.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme.h"

#include <QFile>
#include <QMenu>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;

// A screen of 1280×960 with a scale of 2: 640×480 is all the room there is. Whatever opens by itself fits it.
class TestSmallScreen : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void firstSize();
    void layoutOfALargerScreen();
    void layoutOfThisScreen();
    void popups_data();
    void popups();

private:
    chat::Client m_client;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

QByteArray wrong(const QWidget *widget)
{
    const QRect room = widget->screen()->availableGeometry();
    const QRect place = widget->frameGeometry();
    if (room.contains(place))
        return {};
    return QByteArray(widget->metaObject()->className()) + " at " + QByteArray::number(place.x()) + ','
            + QByteArray::number(place.y()) + " with " + QByteArray::number(place.width()) + 'x'
            + QByteArray::number(place.height());
}

} // namespace

void TestSmallScreen::init()
{
    QCOMPARE(QGuiApplication::primaryScreen()->size(), QSize(640, 480));
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->setTextPercent(140);
    m_window = std::make_unique<MainWindow>();
    m_window->addPage(u"chat"_s, u"Chat"_s, {}, {}, new ChatPage(&m_client));
    m_window->showPage(u"chat"_s);
}

void TestSmallScreen::cleanup()
{
    m_window.reset();
    m_theme->setTextPercent(100);
    m_theme.reset();
}

void TestSmallScreen::firstSize()
{
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCOMPARE(wrong(m_window.get()), QByteArray());
    QVERIFY(m_window->height() < 480); // room for the frame
}

// A layout that a window of 1120×720 left on a screen that is gone.
void TestSmallScreen::layoutOfALargerScreen()
{
    m_window->setMinimumSize(0, 0);
    m_window->resize(1120, 720);
    const QByteArray layout = m_window->saveLayout();
    m_window->restoreLayout(layout);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCOMPARE(wrong(m_window.get()), QByteArray());
}

// Below the height of a title bar, which Qt 6.8 keeps free at the top of the screen.
void TestSmallScreen::layoutOfThisScreen()
{
    m_window->setMinimumSize(0, 0);
    m_window->setGeometry(8, 40, 624, 432);
    const QByteArray layout = m_window->saveLayout();
    m_window->setGeometry(0, 0, 500, 400);
    m_window->restoreLayout(layout);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCOMPARE(m_window->geometry(), QRect(8, 40, 624, 432));
}

void TestSmallScreen::popups_data()
{
    QTest::addColumn<QPoint>("at");
    QTest::newRow("in the middle") << QPoint(10, 10);
    QTest::newRow("half below the screen") << QPoint(0, 300);
    QTest::newRow("half beside the screen") << QPoint(400, 0);
}

// They fit wherever the window may have been moved.
void TestSmallScreen::popups()
{
    QFETCH(const QPoint, at);
    m_window->move(at);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    const auto check = [this] {
        int seen = 0;
        for (QWidget *popup : QApplication::topLevelWidgets()) {
            if (popup == m_window.get() || !popup->isVisible())
                continue;
            ++seen;
            QCOMPARE(wrong(popup), QByteArray());
            popup->close();
        }
        QCOMPARE(seen, 1);
    };
    m_window->openCommandList();
    check();
    auto *page = m_window->findChild<ChatPage *>();
    for (const QKeySequence &keys : {QKeySequence(Qt::CTRL | Qt::Key_I), QKeySequence(Qt::CTRL | Qt::Key_M)}) {
        for (QAction *action : page->composer()->actions()) { // the parameters, the models
            if (action->shortcut() != keys)
                continue;
            action->trigger();
            check();
        }
    }
    for (QToolButton *button : page->findChildren<QToolButton *>()) {
        if (button->isVisible() && button->menu()) {
            button->menu()->popup(button->mapToGlobal(QPoint(0, button->height())));
            check();
        }
    }
    (new CloseQuestion(2, m_window.get()))->open();
    check();
}

int main(int argc, char **argv)
{
    // Before the application is made: the screens of the offscreen platform.
    const QTemporaryDir folder;
    QFile screens(folder.filePath(u"screens.json"_s));
    if (!screens.open(QIODevice::WriteOnly))
        return 1;
    screens.write(
            R"({"windowFrameMargins":false,"screens":[{"name":"small","x":0,"y":0,"width":1280,"height":960,"logicalDpi":96,)"
            R"("logicalBaseDpi":96,"dpr":1}]})");
    screens.close();
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + QFile::encodeName(screens.fileName()));
    qputenv("QT_SCALE_FACTOR", "2");
    QApplication application(argc, argv);
    TestSmallScreen test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_smallscreen.moc"
