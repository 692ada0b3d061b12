#pragma once

#include "ui/state.h"

#include <QSystemTrayIcon>

class QAction;
class QMenu;

// The icon in the system's tray, which the user can turn on in the settings. It shows the proxy's state and opens the
// window.
class TrayIcon : public QSystemTrayIcon
{
    Q_OBJECT

public:
    explicit TrayIcon(QObject *parent = nullptr);
    ~TrayIcon() override;

    void setState(const ProxyState &state);

signals:
    void windowWanted();
    void proxyWanted(bool on);
    void quitWanted();

private:
    std::unique_ptr<QMenu> m_menu;
    QAction *m_proxy; // owned by m_menu
};
