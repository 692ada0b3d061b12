#pragma once

#include "ui/chat/client.h"
#include "ui/chat/store/store.h"

#include <QObject>
#include <QPointer>

#include <memory>

class ChatPage;
class ChatSidebar;
class Desk;
class MainWindow;
class SettingsStore;

// Wires up the chat: its page and its part of the sidebar, the file of its conversations, and its client of the proxy.
// Lives on the main thread; outlives the window, whose pages use the client and the store.
class ChatDesk : public QObject
{
    Q_OBJECT

public:
    // Both outlive this.
    ChatDesk(Desk &desk, SettingsStore &settings);
    ~ChatDesk() override;

    // Makes the page "chat" and what stands in the sidebar.
    void addTo(MainWindow &window);
    // Opens the file of conversations on a thread of its own. Further calls do nothing.
    void openStore();
    // Shows an empty conversation.
    void newChat();
    // Puts a tool's request into the chat as a question that is not sent yet.
    void prepare(const QString &question, const QString &model);
    // To be called before the window goes. With `atOnce`, running answers end now, and what arrived of them is kept as
    // stopped.
    void leave(bool atOnce);
    // To be called after leave(), before this object goes. Waits while something could not be saved, until it is, or
    // until the user was told and chose to leave without it.
    void finish();

signals:
    void pageWanted(); // the chat is to be shown
    void keyWanted();

private:
    void follow();

    Desk &m_desk;
    SettingsStore &m_settings;
    chat::Client m_client;
    std::unique_ptr<chat::Store> m_store;
    QPointer<ChatPage> m_page; // owned by the window, as is the sidebar
    QPointer<ChatSidebar> m_sidebar;
};
