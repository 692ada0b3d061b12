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

// The window: a narrow sidebar, and the page that it chooses. It knows its pages only as widgets;
// who wires them is above. Lives on the main thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Where the sidebar has a page's entry.
    enum class Place { Top, Foot };

    // Adds a page, its entry in the sidebar and its shortcut. `name` names it for the code; an
    // empty icon means no entry. Takes the page over.
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 QWidget *page, Place place = Place::Top);
    // The same for a page that is made when it is first shown, so that the window is there sooner.
    using MakePage = std::function<QWidget *()>;
    void addPage(const QString &name, const QString &title, const QString &icon, const QKeySequence &shortcut,
                 const MakePage &make, Place place = Place::Top);
    // Above the pages' entries; takes all the room there is. `commands` are for the command list; their
    // shortcuts are the widget's own affair.
    void addToSidebar(QWidget *widget, const QList<QAction *> &commands);
    // Makes a page now that was not shown yet.
    void makePage(const QString &name);
    void showPage(const QString &name);
    [[nodiscard]] QString currentPage() const;

    void setProxyState(const ProxyState &state);
    // Across all pages: what concerns them all, such as a port that is taken.
    [[nodiscard]] Banner *banner() const { return m_banner; }

    // Size, position and page. What does not fit the screen is made to.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &layout);

    // What the pages are called, by the names that the code has for them.
    [[nodiscard]] static QString pageTitle(const QString &name);

    // Besides the pages' own: shown in the command list.
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
    // Brings it to the front.
    void raiseWindow();

public:
    // Whether the next close event may close the window; else closing() only asks.
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
    QList<QPushButton *> m_pageEntries; // the layouts'
    QList<QAction *> m_sidebarCommands;
    ProxyPill *m_pill;
    Banner *m_banner;
    CommandList *m_commands = nullptr;
    bool m_closeAccepted = true;
};
