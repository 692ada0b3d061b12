#include "app/desk/chatdesk.h"

#include "app/desk/desk.h"
#include "app/options/settingsstore.h"
#include "ui/chatpage/chatfiles.h"
#include "ui/chatpage/chatpage.h"
#include "ui/chatpage/chatsidebar.h"
#include "ui/shell/mainwindow.h"

#include <QDesktopServices>
#include <QUrl>

using namespace Qt::StringLiterals;

ChatDesk::ChatDesk(Desk &desk, SettingsStore &settings) : m_desk(desk), m_settings(settings) {}

ChatDesk::~ChatDesk() = default;

void ChatDesk::addTo(MainWindow &window)
{
    m_page = new ChatPage(&m_client);
    m_sidebar = new ChatSidebar;
    window.addPage(u"chat"_s, MainWindow::pageTitle(u"chat"_s), {}, QKeySequence(Qt::CTRL | Qt::Key_1), m_page);
    window.addToSidebar(m_sidebar, m_sidebar->commands());
    m_page->restoreState(m_settings.state(u"chat"_s));

    connect(m_sidebar, &ChatSidebar::newChatWanted, this, &ChatDesk::newChat);
    connect(m_sidebar, &ChatSidebar::openWanted, this,
            [this](const QUuid &id, chat::TurnId turn, const QString &words) {
                emit pageWanted();
                m_page->open(id, turn, words);
            });
    connect(m_sidebar, &ChatSidebar::removed, m_page, &ChatPage::forget);
    connect(m_sidebar, &ChatSidebar::failed, m_page, &ChatPage::sayProblem);
    connect(m_sidebar, &ChatSidebar::exportWanted, this,
            [this](const QUuid &id) { m_page->files()->chooseMarkdown(id, {}); });
    connect(m_page, &ChatPage::currentChanged, m_sidebar, &ChatSidebar::setCurrent);
    connect(m_page, &ChatPage::linkActivated, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    connect(m_page, &ChatPage::keyWanted, this, &ChatDesk::keyWanted);
    connect(m_page, &ChatPage::proxyWanted, this, [this] { m_desk.setProxyOn(true); });
    connect(&m_desk, &Desk::proxyStateChanged, this, &ChatDesk::follow);
    connect(&m_desk, &Desk::preferencesChanged, m_page,
            [this] { m_page->setDefaultModel(m_desk.preferences().model); });
    // Another key may offer other models.
    connect(&m_desk.keys(), &KeyKeeper::stateChanged, m_page, &ChatPage::refreshModels);
    m_page->setDefaultModel(m_desk.preferences().model);
    follow();
}

void ChatDesk::openStore()
{
    if (m_store || !m_page)
        return;
    m_store = std::make_unique<chat::Store>(chat::StoreOptions{chat::StoreOptions::defaultPath()});
    m_page->setStore(m_store.get());
    m_sidebar->setStore(m_store.get());
}

void ChatDesk::newChat()
{
    emit pageWanted();
    m_page->newChat();
}

void ChatDesk::prepare(const QString &question, const QString &model)
{
    emit pageWanted();
    m_page->prepare(question, model);
}

void ChatDesk::leave(bool atOnce)
{
    if (!m_page)
        return;
    m_settings.setState(u"chat"_s, m_page->saveState());
    m_page->keepDraft();
    if (atOnce)
        m_page->stopAll();
}

void ChatDesk::finish()
{
    if (m_page)
        m_page->waitUntilSaved();
}

void ChatDesk::follow()
{
    m_client.setEndpoint({m_desk.localUrl(), m_desk.ownToken()});
    m_page->setProxyState(m_desk.proxyState());
}
