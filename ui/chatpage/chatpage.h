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

// One conversation: what was said, and where the next question is written. Sessions whose answer still
// streams when another conversation is shown go on behind it. Lives on the main thread.
//
// Its actions() are for the command list too.
class ChatPage : public QWidget
{
    Q_OBJECT

public:
    // `client` outlives this.
    explicit ChatPage(chat::Client *client, QWidget *parent = nullptr);
    ~ChatPage() override;

    // Where conversations are kept; outlives this. Before it is there, nothing is kept.
    void setStore(chat::Store *store);
    // Whether the client reaches the proxy, and why not: a question waits until it does.
    void setProxyState(const ProxyState &state);
    // Of a new conversation, where no other was chosen and there is no list.
    void setDefaultModel(const QString &name) { m_defaultModel = name; }
    // The models may have changed: there is another key, or the proxy listens again.
    void refreshModels();

    void newChat();
    // `turn`: the path goes through it, and it is scrolled to; 0 = the end. `words`: to the first place in
    // it where one of them is, and there they are marked.
    void open(const QUuid &id, chat::TurnId turn = 0, const QString &words = {});
    // It was deleted, or is about to be.
    void forget(const QUuid &id);
    // A new chat with this question written, not sent.
    void prepare(const QString &question, const QString &model);
    // Which conversation is shown; null = a new one that nothing was asked in.
    [[nodiscard]] QUuid current() const;
    // Something that the user wished could not be done.
    void sayProblem(const QString &message) { say(Banner::Kind::Error, message); }
    // Ends all answers that stream; what came is kept.
    void stopAll();
    // Whether all that was asked and answered is in the store.
    [[nodiscard]] bool isSaved() const;
    // What is being written, as it is at this moment.
    void keepDraft();
    // Before the end: until it is, or the user was told and leaves without it.
    void waitUntilSaved();

    // The last model and the presets. What cannot be read is ignored.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] ChatFiles *files() const { return m_files; }
    [[nodiscard]] markdown::MarkdownView *transcript() const { return m_view; }

signals:
    void currentChanged(const QUuid &id);
    void linkActivated(const QUrl &url); // http, https or mailto: to be opened outside
    void saved();                        // a conversation: see isSaved()
    void proxyWanted();                  // it is off, and should be on
    void keyWanted();                    // the key is to be looked at

protected:
    // Qt asks for the next control when the one with the focus is hidden or disabled, too: what is typed
    // then is meant for the question.
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
    QPointer<chat::Session> m_session;              // our children
    QHash<QUuid, QPointer<chat::Session>> m_behind; // stream on
    QUuid m_wanted;                                 // is being loaded
    chat::TurnId m_edited = 0;                      // which question the composer edits
    ProxyState m_proxy;
    bool m_waits = false;        // what is written is to be sent as soon as the proxy listens
    bool m_proxyProblem = false; // is what the banner says
    QString m_storeProblem;      // what the banner says, where it is that
    QPointer<QObject> m_models;  // the call
    QString m_lastModel;         // that was chosen
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
    QStackedWidget *m_body; // that nothing was asked yet, or the transcript
    Banner *m_problem;
    Note *m_note;
    QMenu *m_menu;
    QAction *m_copy, *m_again, *m_edit, *m_stop, *m_exportMarkdown, *m_exportJson;
};
