#include "ui/chatpage/chatpage.h"

#include "ui/chatpage/answerwords.h"
#include "ui/chatpage/chatfiles.h"
#include "ui/chatpage/composer/modelpicker.h"
#include "ui/chatpage/draftkeeper.h"
#include "ui/chatpage/markdown/codehighlighter.h"
#include "ui/chatpage/markdown/markdownview.h"
#include "ui/chatpage/transcriptpresenter.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/note.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QStackedWidget>

#include <utility>

using namespace Qt::StringLiterals;
using chat::Session;
using chat::Turn;

ChatPage::ChatPage(chat::Client *client, QWidget *parent)
    : QWidget(parent),
      m_client(client),
      m_highlighter(new markdown::CodeHighlighter(this)),
      m_view(new markdown::MarkdownView(m_highlighter)),
      m_presenter(new TranscriptPresenter(m_view, this)),
      m_drafts(new DraftKeeper(this)),
      m_composer(new Composer(client)),
      m_files(new ChatFiles(this)),
      m_title(new ElidedLabel),
      m_total(new ElidedLabel),
      m_body(new QStackedWidget),
      m_problem(new Banner),
      m_note(new Note)
{
    setFocusPolicy(Qt::NoFocus);
    setAcceptDrops(true);
    makeActions();
    layOut();

    connect(m_view, &markdown::MarkdownView::linkActivated, this, &ChatPage::linkActivated);
    connect(m_view, &markdown::MarkdownView::copyCodeWanted, this,
            [](const QString &code) { QGuiApplication::clipboard()->setText(code); });
    connect(m_presenter, &TranscriptPresenter::copyWanted, this,
            [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
    connect(m_presenter, &TranscriptPresenter::editWanted, this, &ChatPage::edit);
    connect(m_presenter, &TranscriptPresenter::keyWanted, this, &ChatPage::keyWanted);
    connect(m_presenter, &TranscriptPresenter::saveImageWanted, m_files, &ChatFiles::choosePicture);
    connect(m_presenter, &TranscriptPresenter::busy, this, [this] {
        m_note->say(Note::Kind::Secondary, tr("An answer still streams. Stop it first, or wait for its end."));
    });
    connect(m_files, &ChatFiles::said, this, [this](Banner::Kind kind, const QString &text) { say(kind, text); });
    connect(m_files, &ChatFiles::aboutToDeleteAll, this, [this] {
        for (const QPointer<Session> &session : std::as_const(m_behind))
            drop(session);
        m_behind.clear();
        m_drafts->forgetAll();
        startNew();
        emit currentChanged({});
    });
    connect(m_problem, &Banner::actionTriggered, this, &ChatPage::proxyWanted);
    wireComposer();
    startNew();
}

ChatPage::~ChatPage()
{
    keepDraft();
    m_presenter->setSession(nullptr); // first, because the session that it shows is deleted next
}

void ChatPage::wireComposer()
{
    connect(m_composer, &Composer::sendWanted, this, &ChatPage::send);
    connect(m_composer, &Composer::stopWanted, this, [this] { m_session->stop(); });
    connect(m_composer, &Composer::draftChanged, this, &ChatPage::keepDraft);
    connect(m_composer, &Composer::countWanted, this, &ChatPage::countTokens);
    connect(m_drafts, &DraftKeeper::failed, this, &ChatPage::sayNotKept);
    connect(m_drafts, &DraftKeeper::recovered, this, &ChatPage::onSaved);
    connect(m_composer, &Composer::editingChanged, this, [this](bool editing) {
        if (!editing)
            m_edited = 0;
    });
    connect(m_composer, &Composer::modelChosen, this, [this](const QString &name) {
        m_lastModel = name;
        m_session->setModel(name);
    });
    connect(m_composer, &Composer::modelsWanted, this, &ChatPage::refreshModels);
    connect(m_composer, &Composer::systemInstructionChanged, this,
            [this](const QString &text) { m_session->setSystemInstruction(text); });
    connect(m_composer, &Composer::parametersChanged, this,
            [this](const chat::Parameters &parameters) { m_session->setParameters(parameters); });
    connect(m_composer, &Composer::presetsChanged, this, [this](const QList<Preset> &presets) { m_presets = presets; });
}

void ChatPage::setStore(chat::Store *store)
{
    m_store = store;
    m_presenter->setStore(store);
    m_files->setStore(store);
    m_drafts->setStore(store);
    if (!store)
        return;
    connect(store, &chat::Store::openFailed, this, &ChatPage::onStoreFailed);
    connect(store, &chat::Store::opened, this, &ChatPage::onSaved);
    connect(store, &chat::Store::opened, this, [this] {
        if (m_drafts->isUnread({}))
            loadNewDraft();
    });
    loadNewDraft();                                           // before keepDraft(), which must not overwrite it
    if (m_session && m_session->conversation().size() == 0) { // it was begun when there was no store
        keepDraft();
        startNew();
    }
}

void ChatPage::setProxyState(const ProxyState &state)
{
    const ProxyState before = std::exchange(m_proxy, state);
    const bool again = state.kind == ProxyState::Kind::Listening
            && (before.kind != state.kind || before.address != state.address || before.demo != state.demo);
    if (again || before.kind != state.kind)
        sayWhatIsMissing();
    if (!again)
        return;
    refreshModels();
    if (std::exchange(m_waits, false))
        m_composer->send();
}

// Call this when other text is put into the composer. The user has not sent that text, so nothing waits to be sent now.
void ChatPage::stopWaiting()
{
    if (std::exchange(m_waits, false))
        m_note->clear();
}

void ChatPage::refreshModels()
{
    if (!canAsk())
        return;
    delete m_models;
    auto *call = m_client->listModels(this);
    m_models = call;
    connect(call, &chat::ModelsCall::finished, this, [this, call](const QList<chat::ModelInfo> &models) {
        call->deleteLater();
        m_composer->setModels(models);
    });
    connect(call, &chat::ModelsCall::failed, this, [this, call](const chat::Error &error) {
        call->deleteLater();
        m_composer->setModelsProblem(error.message);
    });
}

void ChatPage::newChat()
{
    m_wanted = QUuid();
    if (m_session->conversation().size() > 0) {
        leave();
        startNew();
        emit currentChanged({});
    }
    m_composer->focusText();
}

void ChatPage::startNew()
{
    use(new Session(m_client, m_store, chat::Conversation::create(), this));
}

void ChatPage::open(const QUuid &id, chat::TurnId turn, const QString &words)
{
    m_wanted = QUuid();
    const auto show = [this, turn, words](Session *session) {
        if (session != m_session) {
            leave();
            use(session);
            emit currentChanged(current());
        }
        if (turn != 0) {
            session->select(turn);
            m_presenter->scrollTo(turn, words);
        }
    };
    if (id == current()) {
        show(m_session);
    } else if (Session *behind = m_behind.take(id)) {
        behind->disconnect(this);
        show(behind);
    } else if (m_store) {
        m_wanted = id;
        const auto showLoaded = [this, id, show](const chat::Conversation &conversation) {
            if (m_wanted != id)
                return; // the user chose another conversation in the meantime
            m_wanted = QUuid();
            show(new Session(m_client, m_store, conversation, this));
        };
        m_store->load(id, this, [this, id, showLoaded](const chat::Store::Answer<chat::Conversation> &answer) {
            if (m_wanted != id)
                return;
            if (answer)
                m_drafts->fetch(id, this, [showLoaded, answer](const chat::Draft &) { showLoaded(*answer); });
            else
                say(Banner::Kind::Error, answer.error().message);
        });
    }
}

void ChatPage::forget(const QUuid &id)
{
    if (id == current() && !id.isNull())
        keepDraft(); // because the deletion may be undone
    m_drafts->forget(id);
    if (m_wanted == id)
        m_wanted = QUuid();
    drop(m_behind.take(id));
    if (id != current() || id.isNull())
        return;
    stopWaiting();
    startNew();
    emit currentChanged({});
}

void ChatPage::prepare(const QString &question, const QString &model)
{
    newChat();
    stopWaiting();
    Composer::Draft draft = m_composer->draft(); // may have what the user wrote before, which is kept
    draft.text = draft.text.isEmpty() ? question : draft.text + u"\n\n"_s + question;
    m_composer->setDraft(draft);
    if (!model.isEmpty()) {
        m_composer->setModel(model);
        m_session->setModel(model);
    }
    m_composer->focusText();
}

QUuid ChatPage::current() const
{
    return m_session && m_session->conversation().size() > 0 ? m_session->conversation().info.id : QUuid();
}

void ChatPage::stopAll()
{
    for (const QPointer<Session> &session : std::as_const(m_behind)) {
        if (session)
            session->stop();
    }
    m_session->stop();
}

// Stops showing the session. While its answer streams or is being saved, it goes on in the background.
void ChatPage::leave()
{
    m_waits = false;
    keepDraft();
    Session *session = m_session;
    session->disconnect(this);
    session->disconnect(m_composer);
    m_presenter->setSession(nullptr);
    m_session.clear();
    if (!session->isStreaming() && session->isSaved()) {
        session->deleteLater();
        return;
    }
    m_behind.insert(session->conversation().info.id, session);
    connect(session, &Session::storeFailed, this, &ChatPage::sayNotKept);
    connect(session, &Session::becameCopy, this, [this, session](const QUuid &before) {
        m_behind.insert(session->conversation().info.id, m_behind.take(before));
    });
    const auto dropWhereDone = [this, session] {
        if (!session->isStreaming() && session->isSaved())
            drop(m_behind.take(session->conversation().info.id));
    };
    connect(session, &Session::streamingChanged, this, dropWhereDone);
    connect(session, &Session::saved, this, [this, dropWhereDone] {
        dropWhereDone();
        onSaved();
    });
}

void ChatPage::drop(Session *session)
{
    if (!session)
        return;
    session->disconnect(this);
    session->disconnect(m_composer);
    session->deleteLater();
}

void ChatPage::use(Session *session)
{
    if (m_session && m_session != session) {
        m_presenter->setSession(nullptr);
        drop(m_session);
    }
    m_session = session;
    m_edited = 0;
    const chat::ConversationInfo &info = session->conversation().info;
    connect(session, &Session::turnAdded, this, &ChatPage::refresh);
    connect(session, &Session::pathChanged, this, &ChatPage::refresh);
    connect(session, &Session::turnEnded, this, &ChatPage::refresh);
    connect(session, &Session::streamingChanged, this, &ChatPage::refresh);
    connect(session, &Session::infoChanged, this, &ChatPage::refresh);
    connect(session, &Session::tokensCounted, m_composer, &Composer::setTokenCount);
    connect(session, &Session::tokensNotCounted, this, [this](const QString &message) {
        m_composer->setTokenCount(-1);
        say(Banner::Kind::Error, tr("The tokens could not be counted. %1").arg(message));
    });
    connect(session, &Session::storeFailed, this, &ChatPage::sayNotKept);
    connect(session, &Session::saved, this, &ChatPage::onSaved);
    connect(session, &Session::becameCopy, this, [this](const QUuid &before) {
        keepDraft(); // the draft now belongs to the copy
        m_drafts->keep(before, {});
        say(Banner::Kind::Info,
            tr("Another program has changed this chat. What is asked here is kept in a copy of it."));
        emit currentChanged(current());
    });
    m_presenter->setSession(session);
    m_composer->setModel(info.model.isEmpty() ? m_lastModel : info.model);
    m_composer->setSystemInstruction(info.systemInstruction);
    m_composer->setParameters(info.parameters);
    m_composer->setDraft(m_drafts->known(current()));
    m_note->clear();
    refresh();
}

// Gives a new conversation the model that the composer shows.
void ChatPage::giveModel()
{
    if (!m_session->conversation().info.model.isEmpty())
        return;
    const QString model = m_composer->model();
    m_session->setModel(model.isEmpty() ? m_defaultModel : model);
}

void ChatPage::send(const QList<chat::Part> &parts)
{
    if (parts.isEmpty())
        return;
    if (!canAsk()) { // the question stays in the composer
        m_waits = true;
        sayWhatIsMissing();
        return;
    }
    giveModel();
    const QUuid before = current();
    const bool sent = m_composer->isEditing() && m_edited != 0 ? m_session->editAndResend(m_edited, parts)
                                                               : m_session->send(parts);
    if (!sent)
        return;
    m_edited = 0;
    m_note->clear();
    m_composer->clear();
    m_drafts->keep(before,
                   m_composer->draft()); // at once, so that the question does not come back as a draft
    refresh();
    if (before.isNull())
        emit currentChanged(current());
}

void ChatPage::edit(chat::TurnId question)
{
    const Turn *turn = std::as_const(*m_session).conversation().turn(question);
    if (!turn)
        return;
    m_composer->startEditing(turn->parts);
    m_edited = question; // after startEditing(), which may end an earlier edit and thereby clear this
    m_composer->focusText();
}

void ChatPage::refresh()
{
    const chat::Conversation &conversation = m_session->conversation();
    const bool streaming = m_session->isStreaming();
    const bool empty = conversation.size() == 0;
    if (!streaming && m_note->kind() == Note::Kind::Secondary)
        m_note->clear();
    m_composer->setStreaming(streaming);
    if (empty && m_view->hasFocus())
        m_composer->focusText(); // otherwise QStackedWidget would give the focus to the empty page
    m_body->setCurrentIndex(empty ? 0 : 1);
    m_title->setFullText(conversation.info.title.isEmpty() ? tr("New chat") : conversation.info.title);
    m_total->setFullText(answerwords::total(conversation.usage()));
    m_stop->setEnabled(streaming);
    for (QAction *action : {m_copy, m_again, m_edit, m_exportMarkdown, m_exportJson})
        action->setEnabled(!empty);

    QString last;
    qint64 bytes = 0;
    for (const chat::TurnId id : conversation.path()) {
        const Turn *turn = conversation.turn(id);
        for (const chat::Part &part : turn->parts) {
            if (part.kind == chat::Part::Kind::InlineData)
                bytes += part.size;
        }
        if (turn->role == Turn::Role::User)
            last = turn->text();
    }
    m_composer->setLastQuestion(last);
    m_composer->setBytesBefore(bytes);
    m_composer->setTokensBefore(tokensBefore());
}

void ChatPage::say(Banner::Kind kind, const QString &text)
{
    m_storeProblem.clear();
    m_proxyProblem = false;
    m_problem->showMessage(kind, text);
}

void ChatPage::sayNotKept(const QString &message)
{
    say(Banner::Kind::Error, message + u' ' + tr("It is tried again; until that works, what is shown is not kept."));
    m_storeProblem = message;
}

void ChatPage::onStoreFailed(const chat::StoreError &error)
{
    if (error.passes())
        sayNotKept(error.message);
    else
        say(Banner::Kind::Error, error.message + u' ' + tr("What is asked now is not kept."));
}

void ChatPage::onSaved()
{
    if (isSaved() && !std::exchange(m_storeProblem, {}).isEmpty())
        m_problem->hide();
    emit saved();
}

// Shows why no question can be sent now and what the user can do about it, or hides that once it can be sent.
void ChatPage::sayWhatIsMissing()
{
    switch (m_proxy.kind) {
    case ProxyState::Kind::Listening:
        m_note->clear();
        if (std::exchange(m_proxyProblem, false))
            m_problem->hide();
        return;
    case ProxyState::Kind::Starting:
        break;
    case ProxyState::Kind::Off:
        m_proxyProblem = true;
        m_storeProblem.clear();
        m_problem->showMessage(Banner::Kind::Warning, tr("The proxy is off, and the chat goes through it."),
                               tr("&Turn it on"));
        break;
    case ProxyState::Kind::PortTaken: // the main window says why, above all pages
    case ProxyState::Kind::Failed:
        if (std::exchange(m_proxyProblem, false))
            m_problem->hide();
        break;
    }
    if (m_waits)
        m_note->say(Note::Kind::Plain, tr("The question is sent as soon as the proxy is ready."));
}
