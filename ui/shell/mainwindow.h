#pragma once

#include "ui/state.h"

#include <QHash>
#include <QMainWindow>

#include <functional>

class Banner;
class CommandList;
class ProxyPill;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

// The main window: a narrow sidebar, and beside it the page that is chosen there. It knows its pages only as widgets;
// the application connects their signals. Lives on the main thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Where in the sidebar a page has its entry: at the top or at the foot.
    enum class Place { Top, Foot };

    // Adds a page, its entry in the sidebar and its shortcut. `name` is what the code calls the page. If `icon` is
    // empty, the page gets no entry. Takes ownership of the page.
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 QWidget *page, Place place = Place::Top);
    // Does the same for a page that is made only when it is first shown, so that the window itself appears sooner.
    using MakePage = std::function<QWidget *()>;
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 const MakePage &make, Place place = Place::Top);
    // Puts a widget above the pages' entries, where it takes all the room that is left. The command list then shows
    // `commands`, too; the widget itself must see to their shortcuts.
    void addToSidebar(QWidget *widget, const QList<QAction *> &commands);
    // Makes a page now, if it is to be made when it is first shown and was not made yet.
    void makePage(const QString &name);
    void showPage(const QString &name);
    [[nodiscard]] QString currentPage() const;

    void setProxyState(const ProxyState &state);
    // Returns the banner above all pages. It is for messages that concern them all, such as that the port is taken.
    [[nodiscard]] Banner *banner() const { return m_banner; }

    // The layout is the window's size and position and the page that is shown. restoreLayout() makes the window smaller
    // if it would not fit the screen.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

    // Returns the title of a page, as the user reads it; `name` is what the code calls the page.
    [[nodiscard]] static QString pageTitle(const QString &name);

    // Adds a command that belongs to no page; the command list shows it too.
    QAction *addCommand(const QString &text, const QKeySequence &shortcut);

signals:
    void proxyToggleWanted();
    void addressCopyWanted();
    void diagnosticsWanted();
    void quitWanted();
    void proxySettingsWanted();
    void closing(); // the user closes the window; see setCloseAccepted()
    void pageShown(const QString &name);

public slots:
    void openCommandList();
    // Shows the window and brings it to the front.
    void raiseWindow();

public:
    // Sets whether a close event closes the window. If not, the window ignores the event and emits closing().
    void setCloseAccepted(bool accepted) { m_closeAccepted = accepted; }

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitScreen();
    void addEntry(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                  Place place);

    QStackedWidget *m_pages;
    QHash<QString, MakePage> m_unmade; // the pages that were not shown yet, by name
    QWidget *m_sidebar;
    QVBoxLayout *m_entries;
    QVBoxLayout *m_foot;
    QList<QPushButton *> m_pageEntries; // the buttons in m_entries and m_foot
    QList<QAction *> m_sidebarCommands;
    ProxyPill *m_pill;
    Banner *m_banner;
    CommandList *m_commands = nullptr;
    bool m_closeAccepted = true;
};
