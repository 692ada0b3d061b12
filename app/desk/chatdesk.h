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

// The chat, wired: its page and its part of the sidebar, the file of its conversations, and the way to the
// proxy, whose first client it is. Lives on the main thread; outlives the window, whose pages use the client
// and the store.
class ChatDesk : public QObject
{
    Q_OBJECT

public:
    // Both outlive this.
    ChatDesk(Desk &desk, SettingsStore &settings);
    ~ChatDesk() override;

    // Makes the page "chat" and what stands in the sidebar.
    void addTo(MainWindow &window);
    // Once; the file is opened on a thread of its own.
    void openStore();
    // Shows an empty conversation.
    void newChat();
    // A request that a tool made, as a question that is not sent yet.
    void prepare(const QString &question, const QString &model);
    // The window is about to go. `atOnce`: answers end now, and what came of them is kept as stopped.
    void leave(bool atOnce);
    // Behind that, before this goes: waits for what could not be saved, until it is, or the user was told and
    // leaves without it. Nothing otherwise.
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
    QPointer<ChatPage> m_page; // the window's, and so is the sidebar
    QPointer<ChatSidebar> m_sidebar;
};
