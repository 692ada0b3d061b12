#include "ui/shell/mainwindow.h"

#include "ui/icons.h"
#include "ui/shell/commandlist.h"
#include "ui/shell/proxypill.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QCloseEvent>
#include <QDataStream>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace {
constexpr int sidebarWidth = 224;
constexpr QSize leastSize{800, 500};
constexpr QSize firstSize{1120, 720};
constexpr QSize framing{16, 48}; // an upper estimate of the frame that a window manager adds
} // namespace

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent),
      m_pages(new QStackedWidget),
      m_sidebar(new QWidget),
      m_entries(new QVBoxLayout),
      m_foot(new QVBoxLayout),
      m_pill(new ProxyPill),
      m_banner(new Banner)
{
    setWindowTitle(u"Gemini Desk"_s);
    resize(firstSize);
    fitScreen();

    m_sidebar->setObjectName(u"sidebar"_s);
    m_sidebar->setAttribute(Qt::WA_StyledBackground);
    m_sidebar->setFixedWidth(sidebarWidth);
    m_sidebar->setAccessibleName(tr("Pages"));
    auto *side = new QVBoxLayout(m_sidebar);
    side->setContentsMargins(12, 16, 12, 12);
    side->setSpacing(4);
    side->addLayout(m_entries);
    m_entries->setSpacing(4);
    side->addStretch(1);
    side->addWidget(m_pill);
    side->addLayout(m_foot);
    m_foot->setSpacing(4);

    auto *main = new QVBoxLayout;
    main->setContentsMargins(0, 0, 0, 0);
    main->setSpacing(0);
    auto *bannerPlace = new QWidget; // eventFilter() hides it with the banner, so that its margins go, too
    auto *bannerLayout = new QVBoxLayout(bannerPlace);
    bannerLayout->setContentsMargins(24, 16, 24, 0);
    bannerLayout->addWidget(m_banner);
    bannerPlace->hide();
    m_banner->installEventFilter(this);
    main->addWidget(bannerPlace);
    main->addWidget(m_pages, 1);

    auto *central = new QWidget;
    auto *layout = new QHBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sidebar);
    layout->addLayout(main, 1);
    setCentralWidget(central);

    connect(m_pill, &ProxyPill::clicked, this, &MainWindow::proxySettingsWanted);
    connect(m_pages, &QStackedWidget::currentChanged, this, [this] { emit pageShown(currentPage()); });

    const auto command = [this](const QString &text, const QKeySequence &shortcut, auto what) {
        connect(addCommand(text, shortcut), &QAction::triggered, this, what);
    };
    command(tr("Show all commands"), QKeySequence(Qt::CTRL | Qt::Key_K), &MainWindow::openCommandList);
    command(tr("Turn the proxy on or off"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
            &MainWindow::proxyToggleWanted);
    command(tr("Copy the proxy's address"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A),
            &MainWindow::addressCopyWanted);
    command(tr("Copy diagnostics"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), &MainWindow::diagnosticsWanted);
    command(tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), &MainWindow::quitWanted);
}

void MainWindow::addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                         QWidget *page, Place place)
{
    page->setObjectName(name);
    m_pages->addWidget(page);
    addEntry(name, title, icon, shortcut, place);
}

void MainWindow::addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                         const MakePage &make, Place place)
{
    m_unmade.insert(name, make);
    addEntry(name, title, icon, shortcut, place);
}

void MainWindow::addEntry(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                          Place place)
{
    QAction *action = addCommand(title, shortcut);
    connect(action, &QAction::triggered, this, [this, name] { showPage(name); });
    if (name == "settings"_L1)
        m_pill->addAction(action); // pressing the pill leads to the settings, too
    if (icon.isEmpty())
        return;
    auto *entry = new QPushButton(icons::icon(icon), title);
    entry->setProperty("flat", true);
    entry->setProperty("entry", true);
    entry->setCheckable(true);
    entry->setIconSize({18, 18});
    entry->setObjectName(u"entry-"_s + name);
    entry->setAccessibleName(title);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    entry->setToolTip(keys.isEmpty() ? title : title + u"  "_s + keys);
    entry->addAction(action);
    // The buttons are not in a QButtonGroup, because Tab reaches only one button of a group.
    m_pageEntries.append(entry);
    (place == Place::Foot ? m_foot : m_entries)->addWidget(entry);
    connect(entry, &QPushButton::clicked, this, [this, name] { showPage(name); });
}

void MainWindow::addToSidebar(QWidget *widget, const QList<QAction *> &commands)
{
    m_sidebarCommands += commands;
    auto *side = qobject_cast<QVBoxLayout *>(m_sidebar->layout());
    side->insertWidget(0, widget, 1000);
}

QString MainWindow::pageTitle(const QString &name)
{
    if (name == "chat"_L1)
        return tr("Chat");
    if (name == "requests"_L1)
        return tr("Requests");
    if (name == "usage"_L1)
        return tr("Usage");
    if (name == "connect"_L1)
        return tr("Connect a tool");
    if (name == "settings"_L1)
        return tr("Settings");
    return tr("Enter a key"); // the title of the page "welcome"
}

void MainWindow::makePage(const QString &name)
{
    if (const MakePage make = m_unmade.take(name)) {
        QWidget *made = make();
        made->setObjectName(name);
        m_pages->addWidget(made);
    }
}

void MainWindow::showPage(const QString &name)
{
    makePage(name);
    auto *page = m_pages->findChild<QWidget *>(name, Qt::FindDirectChildrenOnly);
    if (!page)
        return;
    for (QPushButton *entry : std::as_const(m_pageEntries))
        entry->setChecked(entry->objectName() == "entry-"_L1 + name);
    m_pages->setCurrentWidget(page);
    page->setFocus(Qt::OtherFocusReason); // so that what is typed next goes to the page
}

QString MainWindow::currentPage() const
{
    return m_pages->currentWidget() ? m_pages->currentWidget()->objectName() : QString();
}

void MainWindow::setProxyState(const ProxyState &state)
{
    m_pill->setState(state);
}

QByteArray MainWindow::saveLayout() const
{
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream << saveGeometry() << currentPage();
    return layout;
}

void MainWindow::restoreLayout(const QByteArray &layout)
{
    QByteArray geometry;
    QString page;
    QDataStream stream(layout);
    stream >> geometry >> page;
    restoreGeometry(geometry); // may fail, for example if that screen is gone
    fitScreen();
    showPage(page);
}

// Makes the window fit its screen. On a small screen, or one with a large scale factor, this allows it to be smaller
// than leastSize.
void MainWindow::fitScreen()
{
    const QSize room = screen()->availableSize() - framing;
    setMinimumSize(leastSize.boundedTo(room));
    if (!isMaximized() && !isFullScreen())
        resize(size().boundedTo(room));
}

QAction *MainWindow::addCommand(const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setShortcut(shortcut);
    addAction(action);
    return action;
}

void MainWindow::openCommandList()
{
    QList<QAction *> all = m_sidebarCommands; // the commands that are wanted most often come first
    if (const QWidget *page = m_pages->currentWidget())
        all += page->actions();
    all += actions();
    if (!m_commands)
        m_commands = new CommandList(this); // made only now, so that the window appears sooner at the start
    m_commands->openWith(all);
}

void MainWindow::raiseWindow()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closeAccepted) {
        event->accept();
        return;
    }
    event->ignore();
    emit closing();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_banner && (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent))
        m_banner->parentWidget()->setVisible(!m_banner->isHidden());
    return QMainWindow::eventFilter(watched, event);
}
