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

// Shows one conversation and the composer for its next question. If the user turns to another conversation while an
// answer still streams, the session of that answer goes on in the background. Lives on the main thread.
//
// The window also offers the actions() of this widget in its command list.
class ChatPage : public QWidget
{
    Q_OBJECT

public:
    // `client` outlives this page.
    explicit ChatPage(chat::Client *client, QWidget *parent = nullptr);
    ~ChatPage() override;

    // Sets where conversations are kept. The store outlives this page. Without a store, nothing is kept.
    void setStore(chat::Store *store);
    // Tells the page whether the client can reach the proxy, and if not, why. Until it can, a question waits.
    void setProxyState(const ProxyState &state);
    // Sets the model of a new conversation for the case that the user chose none and no list of models has arrived.
    void setDefaultModel(const QString &name) { m_defaultModel = name; }
    // Loads the list of models again. It may have changed because of a new key, or because the proxy listens again.
    void refreshModels();

    void newChat();
    // Shows a conversation; unless it is shown already, the transcript is scrolled to its end. If `turn` is not 0, the
    // path is made to lead through that turn, and the transcript scrolls to it. With `words`, the transcript scrolls
    // to the first place in the turn that has one of these words, and marks them in the turn.
    void open(const QUuid &id, chat::TurnId turn = 0, const QString &words = {});
    // Stops showing and loading a conversation that was deleted or is about to be. Its draft is kept for an undo.
    void forget(const QUuid &id);
    // Opens a new chat and adds this question to the composer's text, without sending it. "" as `model` changes
    // nothing.
    void prepare(const QString &question, const QString &model);
    // Returns which conversation is shown; null = a new one in which nothing was asked yet.
    [[nodiscard]] QUuid current() const;
    // Shows an error message above the composer.
    void sayProblem(const QString &message) { say(Banner::Kind::Error, message); }
    // Stops all answers that stream, also in the background. What has arrived is kept.
    void stopAll();
    // Whether all questions and answers are in the store.
    [[nodiscard]] bool isSaved() const;
    // Hands what is in the composer at this moment to the DraftKeeper.
    void keepDraft();
    // Called before the program ends. Waits until isSaved(). After a second, a dialog lets the user leave without
    // saving; after a minute, the wait ends in any case.
    void waitUntilSaved();

    // The state is the model that the user chose last, and the presets. What cannot be read is ignored.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] ChatFiles *files() const { return m_files; }
    [[nodiscard]] markdown::MarkdownView *transcript() const { return m_view; }

signals:
    void currentChanged(const QUuid &id);
    void linkActivated(const QUrl &url); // http, https or mailto, to be opened by another program
    void saved();                        // something was saved; isSaved() tells whether all is
    void proxyWanted();                  // the user wants the proxy to be turned on
    void keyWanted();                    // the user wants to check the key

protected:
    // Qt also calls this when the control that has the focus is hidden or disabled. In that case the focus goes to the
    // question, because the user means the next keys for it.
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
    QPointer<chat::Session> m_session;              // a child of this page, as are those in m_behind
    QHash<QUuid, QPointer<chat::Session>> m_behind; // sessions that still stream or save in the background
    QUuid m_wanted;                                 // the conversation that is being loaded; null = none
    chat::TurnId m_edited = 0;                      // the question that the composer edits; 0 = none
    ProxyState m_proxy;
    bool m_waits = false;        // the question is to be sent as soon as the proxy listens
    bool m_proxyProblem = false; // the banner speaks of the proxy
    QString m_storeProblem;      // the banner's text while it speaks of the store
    QPointer<QObject> m_models;  // the call that loads the list of models; null = none runs
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
    QStackedWidget *m_body; // shows the transcript, or a page for conversations that are still empty
    Banner *m_problem;
    Note *m_note;
    QMenu *m_menu;
    QAction *m_copy, *m_again, *m_edit, *m_stop, *m_exportMarkdown, *m_exportJson;
};
