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

// The main window: a narrow sidebar, and beside it the page that is chosen there. It knows its pages only as
// widgets; the application wires them. Lives on the main thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Where in the sidebar a page has its entry.
    enum class Place { Top, Foot };

    // Adds a page, its entry in the sidebar and its shortcut. `name` is what the code calls the page; an empty
    // icon means no entry. Takes ownership of the page.
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 QWidget *page, Place place = Place::Top);
    // The same for a page that is made when it is first shown, so that the window itself appears sooner.
    using MakePage = std::function<QWidget *()>;
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 const MakePage &make, Place place = Place::Top);
    // Puts a widget above the pages' entries, where it takes all the room that is left. `commands` appear in
    // the command list; the widget itself must see to their shortcuts.
    void addToSidebar(QWidget *widget, const QList<QAction *> &commands);
    // Makes a page now, in case it has not been shown yet.
    void makePage(const QString &name);
    void showPage(const QString &name);
    [[nodiscard]] QString currentPage() const;

    void setProxyState(const ProxyState &state);
    // The banner above all pages, for what concerns them all, such as a port that is taken.
    [[nodiscard]] Banner *banner() const { return m_banner; }

    // The window's size and position and the page that is shown. Restoring shrinks a window that does not
    // fit the screen.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

    // The title that a page has for the user; `name` is what the code calls the page.
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
    // Whether a close event may close the window; otherwise it is ignored and emits closing().
    void setCloseAccepted(bool accepted) { m_closeAccepted = accepted; }

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitScreen();
    void addEntry(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                  Place place);

    QStackedWidget *m_pages;
    QHash<QString, MakePage> m_unmade;
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
