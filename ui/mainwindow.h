#pragma once

#include "ui/state.h"

#include <QMainWindow>

class Banner;
class CommandList;
class ProxyPill;
class QButtonGroup;
class QStackedWidget;
class QVBoxLayout;

// The window: a narrow sidebar, and the page that it chooses. It knows its pages only as widgets;
// who wires them is above. Lives on the main thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Adds a page, its entry in the sidebar and its shortcut. `name` names it for the code; an
    // empty icon means no entry. Takes the page over.
    void addPage(const QString &name, const QString &title, const QString &icon,
                 const QKeySequence &shortcut, QWidget *page);
    void showPage(const QString &name);
    [[nodiscard]] QString currentPage() const;

    void setProxyState(const ProxyState &state);
    // Across all pages: what concerns them all, such as a port that is taken.
    [[nodiscard]] Banner *banner() const { return m_banner; }

    // Besides the pages' own: shown in the command list.
    QAction *addCommand(const QString &text, const QKeySequence &shortcut);

signals:
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

private:
    QStackedWidget *m_pages;
    QWidget *m_sidebar;
    QVBoxLayout *m_entries;
    QButtonGroup *m_group;
    ProxyPill *m_pill;
    Banner *m_banner;
    CommandList *m_commands;
    bool m_closeAccepted = true;
};
