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

// Connects the parts of the chat: its page, its part of the sidebar, the store of its conversations, and its client of
// the proxy. Lives on the main thread, and outlives the window, whose pages use the client and the store.
class ChatDesk : public QObject
{
    Q_OBJECT

public:
    // Both outlive this.
    ChatDesk(Desk &desk, SettingsStore &settings);
    ~ChatDesk() override;

    // Adds the page "chat" and the chat's part of the sidebar to the window.
    void addTo(MainWindow &window);
    // Opens the file of conversations, which is read and written on a thread of its own. Further calls do nothing.
    void openStore();
    // Shows an empty conversation.
    void newChat();
    // Puts a tool's request into the chat as a question that is not sent yet.
    void prepare(const QString &question, const QString &model);
    // Saves the draft and the state of the page, as the program or the session may be about to end. With `atOnce`,
    // running answers end now, and what has arrived of them is kept as a stopped answer.
    void leave(bool atOnce);
    // To be called after leave(), before this object is destroyed. If something is not saved yet, waits until it is, or
    // until the user has been told and chooses to leave without it.
    void finish();

signals:
    void pageWanted(); // the chat page is to be shown
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
