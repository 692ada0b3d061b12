#pragma once

#include "ui/chat/client.h"
#include "ui/chat/session.h"
#include "ui/chatpage/composer/composer.h"
#include "ui/state.h"
#include "ui/widgets/banner.h"

#include <QHash>
#include <QPointer>
#include <QUuid>
#include <QWidget>

class ChatFiles;
class DraftKeeper;
class ElidedLabel;
class Note;
class QAction;
class QMenu;
class QStackedWidget;
class QUrl;
class TranscriptPresenter;
namespace markdown {
class CodeHighlighter;
class MarkdownView;
} // namespace markdown

// Shows one conversation and the composer for its next question. When another conversation is shown while an
// answer still streams, its session goes on in the background. Lives on the main thread.
//
// Its actions() are for the command list too.
class ChatPage : public QWidget
{
    Q_OBJECT

public:
    // `client` outlives this.
    explicit ChatPage(chat::Client *client, QWidget *parent = nullptr);
    ~ChatPage() override;

    // Where conversations are kept; the store outlives this. Nothing is kept before there is one.
    void setStore(chat::Store *store);
    // Whether the client can reach the proxy, and why not. A question waits until it can.
    void setProxyState(const ProxyState &state);
    // The model of a new conversation, where the user chose no other and no list of models has arrived.
    void setDefaultModel(const QString &name) { m_defaultModel = name; }
    // Loads the list of models again, which may have changed with a new key or when the proxy listens again.
    void refreshModels();

    void newChat();
    // Shows a conversation. The path leads through `turn` and the transcript scrolls to it; 0 = to the end.
    // With `words`, it scrolls to the first place in that turn that has one of them, and marks them there.
    void open(const QUuid &id, chat::TurnId turn = 0, const QString &words = {});
    // Lets go of a conversation that was deleted or is about to be.
    void forget(const QUuid &id);
    // Opens a new chat with this question written, but not sent.
    void prepare(const QString &question, const QString &model);
    // Which conversation is shown; null = a new one that nothing was asked in.
    [[nodiscard]] QUuid current() const;
    // Shows that something the user asked for could not be done.
    void sayProblem(const QString &message) { say(Banner::Kind::Error, message); }
    // Ends all answers that stream; what has arrived is kept.
    void stopAll();
    // Whether all that was asked and answered is in the store.
    [[nodiscard]] bool isSaved() const;
    // Keeps the draft as it is at this moment.
    void keepDraft();
    // Called before the program ends: waits until isSaved(), or until the user was told and leaves without it.
    void waitUntilSaved();

    // The model chosen last, and the presets. What cannot be read is ignored.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] ChatFiles *files() const { return m_files; }
    [[nodiscard]] markdown::MarkdownView *transcript() const { return m_view; }

signals:
    void currentChanged(const QUuid &id);
    void linkActivated(const QUrl &url); // http, https or mailto; to be opened outside of the window
    void saved();                        // something was saved; see isSaved()
    void proxyWanted();                  // the user wants it to be turned on
    void keyWanted();                    // the user wants to check the key

protected:
    // Qt calls this also when the control with the focus was hidden or disabled. The focus then goes to the
    // question, because what is typed next is meant for it.
    bool focusNextPrevChild(bool next) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeActions();
    void layOut();
    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeEmpty();
    void wireComposer();
    void startNew();
    void use(chat::Session *session);
    void leave();
    void drop(chat::Session *session);
    void giveModel();
    void send(const QList<chat::Part> &parts);
    void edit(chat::TurnId question);
    void stopWaiting();
    void loadNewDraft();
    void countTokens(const QList<chat::Part> &parts);
    [[nodiscard]] qint64 tokensBefore() const;
    void refresh();
    void say(Banner::Kind kind, const QString &text);
    void sayNotKept(const QString &message);
    void onSaved();
    void onStoreFailed(const chat::StoreError &error);
    void sayWhatIsMissing();
    [[nodiscard]] bool canAsk() const { return m_proxy.kind == ProxyState::Kind::Listening; }

    chat::Client *m_client;
    QPointer<chat::Store> m_store;
    QPointer<chat::Session> m_session;              // a child of this, as are those in m_behind
    QHash<QUuid, QPointer<chat::Session>> m_behind; // still stream or save in the background
    QUuid m_wanted;                                 // the conversation that is being loaded
    chat::TurnId m_edited = 0;                      // which question the composer edits
    ProxyState m_proxy;
    bool m_waits = false;        // the question is to be sent as soon as the proxy listens
    bool m_proxyProblem = false; // the banner speaks of the proxy
    QString m_storeProblem;      // the banner's text while it speaks of the store
    QPointer<QObject> m_models;  // the running call
    QString m_lastModel;         // chosen by the user
    QString m_defaultModel;
    QList<Preset> m_presets;

    markdown::CodeHighlighter *m_highlighter;
    markdown::MarkdownView *m_view;
    TranscriptPresenter *m_presenter;
    DraftKeeper *m_drafts;
    Composer *m_composer;
    ChatFiles *m_files;
    ElidedLabel *m_title;
    ElidedLabel *m_total;
    QStackedWidget *m_body; // a page that says nothing was asked yet, or the transcript
    Banner *m_problem;
    Note *m_note;
    QMenu *m_menu;
    QAction *m_copy, *m_again, *m_edit, *m_stop, *m_exportMarkdown, *m_exportJson;
};
