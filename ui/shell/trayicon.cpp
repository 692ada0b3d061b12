#include "ui/shell/trayicon.h"

#include <QApplication>
#include <QMenu>

TrayIcon::TrayIcon(QObject *parent) : QSystemTrayIcon(parent), m_menu(std::make_unique<QMenu>())
{
    setIcon(QApplication::windowIcon());
    connect(m_menu->addAction(tr("&Open Gemini Desk")), &QAction::triggered, this, &TrayIcon::windowWanted);
    m_proxy = m_menu->addAction(tr("&Proxy"));
    m_proxy->setCheckable(true);
    connect(m_proxy, &QAction::triggered, this, &TrayIcon::proxyWanted);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);
    setContextMenu(m_menu.get());
    connect(this, &QSystemTrayIcon::activated, this, [this](ActivationReason reason) {
        if (reason == Trigger || reason == DoubleClick)
            emit windowWanted();
    });
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::setState(const ProxyState &state)
{
    const bool listening = state.kind == ProxyState::Kind::Listening;
    m_proxy->setChecked(listening || state.kind == ProxyState::Kind::Starting);
    setToolTip(listening ? tr("Gemini Desk: the proxy listens on %1").arg(state.address)
                         : tr("Gemini Desk: the proxy is not running"));
}
