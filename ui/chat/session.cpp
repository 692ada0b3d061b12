#include "ui/chat/session.h"

#include "ui/chat/requestmaker.h"

#include <algorithm>
#include <utility>

namespace chat {

namespace {

constexpr std::chrono::milliseconds firstRetry{500};
constexpr std::chrono::seconds longestRetry{15};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Deletes a child later, as one of its signals may be running.
template <typename T>
void drop(QPointer<T> &object)
{
    if (!object)
        return;
    object->disconnect();
    object->deleteLater();
    object.clear();
}

} // namespace

Session::Session(Client *client, Store *store, const Conversation &conversation, QObject *parent)
    : QObject(parent),
      m_client(client),
      m_store(store),
      m_conversation(conversation),
      m_retry(firstRetry, longestRetry),
      m_stored(conversation.size() > 0)
{
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(saveInterval);
    connect(&m_saveTimer, &QTimer::timeout, this, &Session::save);
    connect(&m_retry, &RetryTimer::due, this, &Session::save);
    if (store) {
        connect(store, &Store::opened, this, [this] {
            if (m_storeFailed)
                save();
        });
        connect(store, &Store::titleChanged, this, [this](const QUuid &id, const QString &title) {
            if (id != m_conversation.info.id || title == m_conversation.info.title)
                return;
            m_conversation.info.title = title;
            emit infoChanged();
        });
    }
}

Session::~Session()
{
    if (Turn *turn = m_conversation.turn(m_answer)) {
        turn->state = Turn::State::Stopped;
        turn->error = makeError(Error::Kind::Stopped);
        turn->ended = now();
        m_unsaved.insert(m_answer);
    }
    if (!m_store || (m_unsaved.isEmpty() && isSaved()))
        return;
    m_unsaved.unite(m_inFlight); // the result of that save will not arrive any more
    // The store writes in the order of the calls. Without a context, it tries again by itself if this fails.
    m_store->save(m_conversation.info, unsavedTurns(), !m_stored);
}

bool Session::send(const QList<Part> &parts)
{
    if (isStreaming() || parts.isEmpty() || m_conversation.isFull())
        return false;
    Turn turn;
    turn.parts = parts;
    turn.started = now();
    turn.ended = turn.started;
    if (m_conversation.info.title.isEmpty() && m_conversation.size() == 0) {
        m_conversation.info.title = titleFrom(turn);
        emit infoChanged();
    }
    answer(add(std::move(turn), m_conversation.leaf()));
    return true;
}

bool Session::retry()
{
    const TurnId leaf = m_conversation.leaf();
    const Turn *turn = std::as_const(m_conversation).turn(leaf);
    if (isStreaming() || !turn || m_conversation.isFull())
        return false;
    if (turn->role == Turn::Role::User) {
        answer(leaf);
        return true;
    }
    return turn->state != Turn::State::Complete && regenerate(leaf);
}

bool Session::regenerate(TurnId id)
{
    Turn *turn = m_conversation.turn(id);
    if (isStreaming() || !turn || turn->role != Turn::Role::Model || turn->parent == 0 || m_conversation.isFull())
        return false;
    if (!turn->parts.isEmpty() || turn->state == Turn::State::Complete || turn->activeChild != 0) {
        answer(turn->parent);
        return true;
    }
    Turn anew;
    anew.id = turn->id;
    anew.parent = turn->parent;
    *turn = anew;
    start(id);
    return true;
}

bool Session::editAndResend(TurnId id, const QList<Part> &parts)
{
    const Turn *old = std::as_const(m_conversation).turn(id);
    if (isStreaming() || !old || old->role != Turn::Role::User || parts.isEmpty() || m_conversation.isFull())
        return false;
    Turn turn;
    turn.parts = parts;
    turn.started = now();
    turn.ended = turn.started;
    answer(add(std::move(turn), old->parent));
    return true;
}

TurnId Session::add(Turn turn, TurnId parent)
{
    const bool atEnd = parent == m_conversation.leaf();
    const QList<TurnId> changed = m_conversation.select(parent);
    m_unsaved.unite(QSet<TurnId>(changed.begin(), changed.end()));
    const TurnId id = m_conversation.append(std::move(turn), parent);
    m_unsaved.insert(parent);
    m_unsaved.insert(id);
    m_unsaved.remove(0); // stands for the info, which is always saved
    m_conversation.info.updated = now();
    if (atEnd)
        emit turnAdded(id);
    else
        emit pathChanged();
    return id;
}

void Session::answer(TurnId question)
{
    Turn turn;
    turn.role = Turn::Role::Model;
    turn.state = Turn::State::Streaming;
    start(add(std::move(turn), question));
}

void Session::start(TurnId id)
{
    Turn *turn = m_conversation.turn(id);
    const bool again = turn->state != Turn::State::Streaming;
    turn->role = Turn::Role::Model;
    turn->state = Turn::State::Streaming;
    turn->model = m_conversation.info.model;
    turn->started = now();
    m_answer = id;
    m_parts = 0;
    m_length = 0;
    m_restChanged = false;
    m_unsaved.insert(id);

    QList<TurnId> path = m_conversation.pathTo(id);
    path.removeLast();
    m_maker = new RequestMaker(question(path), toRequest, m_store, this);
    connect(m_maker, &RequestMaker::ready, this, &Session::ask);
    connect(m_maker, &RequestMaker::failed, this, [this](const Error &error) { end(Turn::State::Failed, error); });
    save();
    if (again)
        emit turnRestarted(id);
    emit streamingChanged(true);
}

void Session::ask(const QByteArray &body)
{
    drop(m_maker);
    m_stream = m_client->ask(m_conversation.turn(m_answer)->model, body, this);
    connect(m_stream, &AnswerStream::received, this, &Session::take);
    connect(m_stream, &AnswerStream::finished, this, [this] { end(Turn::State::Complete, std::nullopt); });
    connect(m_stream, &AnswerStream::failed, this, [this](const Error &error) { end(Turn::State::Failed, error); });
    connect(m_stream, &AnswerStream::stopped, this,
            [this] { end(Turn::State::Stopped, makeError(Error::Kind::Stopped)); });
}

void Session::stop()
{
    if (m_stream)
        m_stream->stop();
    else if (isStreaming())
        end(Turn::State::Stopped, makeError(Error::Kind::Stopped));
}

void Session::take(const QList<gemini::AnswerDelta> &deltas)
{
    Turn *turn = m_conversation.turn(m_answer);
    if (!turn)
        return;
    for (const gemini::AnswerDelta &delta : deltas)
        merge(delta, *turn);
    if (!turn->parts.isEmpty() && !turn->firstToken.isValid())
        turn->firstToken = now();
    if (!turn->parts.isEmpty() && turn->parts.last().kind != Part::Kind::Thought && !turn->firstText.isValid())
        turn->firstText = now();
    m_restChanged = true;
    m_unsaved.insert(m_answer);
    if (!m_saveTimer.isActive())
        m_saveTimer.start();
    // The announcement is queued once, so that whatever arrives in the same pass of the event loop is announced
    // together.
    if (!std::exchange(m_announcing, true)) {
        QMetaObject::invokeMethod(
                this,
                [this] {
                    if (std::exchange(m_announcing, false))
                        announce();
                },
                Qt::QueuedConnection);
    }
}

// A slot may stop the answer, which calls announce() again from inside. So everything is noted as announced before the
// signal is emitted.
void Session::announce()
{
    const TurnId id = m_answer;
    const auto parts = [this, id]() -> const QList<Part> & { return std::as_const(m_conversation).turn(id)->parts; };
    if (id == 0)
        return;
    if (m_parts > 0) {
        const QString &text = parts().at(m_parts - 1).text;
        if (text.size() > m_length) {
            const QString grown = text.sliced(std::exchange(m_length, text.size()));
            emit textAppended(id, m_parts - 1, grown);
        }
    }
    while (m_answer == id && m_parts < parts().size()) {
        const int part = m_parts++;
        m_length = parts().at(part).text.size();
        emit partAdded(id, part);
    }
    if (m_answer == id && std::exchange(m_restChanged, false))
        emit turnChanged(id);
}

void Session::end(Turn::State state, const std::optional<Error> &error)
{
    if (m_answer == 0)
        return;
    m_announcing = false;
    drop(m_maker);
    drop(m_stream);
    announce();
    const TurnId id = std::exchange(m_answer, 0);
    if (id == 0)
        return; // a slot of announce() has ended the answer
    Turn *turn = m_conversation.turn(id);
    turn->state = state;
    turn->error = error;
    turn->ended = now();
    m_conversation.info.updated = turn->ended;
    m_unsaved.insert(id);
    save();
    emit turnEnded(id);
    emit streamingChanged(false);
}

void Session::select(TurnId id)
{
    const QList<TurnId> changed = m_conversation.select(id);
    if (changed.isEmpty())
        return;
    m_unsaved.unite(QSet<TurnId>(changed.begin(), changed.end()));
    m_unsaved.remove(0);
    save();
    emit pathChanged();
}

Question Session::question(const QList<TurnId> &path) const
{
    const ConversationInfo &info = m_conversation.info;
    Question question;
    for (const TurnId id : path)
        question.path.append(*m_conversation.turn(id));
    question.systemInstruction = info.systemInstruction;
    question.parameters = info.parameters;
    const auto model = m_client->model(info.model);
    question.thinks = model && model->thinks;
    return question;
}

void Session::countTokens(const QList<Part> &draft)
{
    drop(m_countMaker);
    drop(m_count);
    Question asked = question(m_conversation.path());
    Turn turn;
    turn.parts = draft;
    asked.path.append(turn);
    const QString model = m_conversation.info.model;
    m_countMaker = new RequestMaker(
            asked, [model](const Question &q) { return toCountRequest(q, model); }, m_store, this);
    connect(m_countMaker, &RequestMaker::ready, this, [this, model](const QByteArray &body) {
        drop(m_countMaker);
        m_count = m_client->countTokens(model, body, this);
        connect(m_count, &CountCall::finished, this, [this](int tokens) {
            drop(m_count);
            emit tokensCounted(tokens);
        });
        connect(m_count, &CountCall::failed, this, [this](const Error &error) {
            drop(m_count);
            emit tokensNotCounted(error.message);
        });
    });
    connect(m_countMaker, &RequestMaker::failed, this, [this](const Error &error) {
        drop(m_countMaker);
        emit tokensNotCounted(error.message);
    });
}

void Session::setModel(const QString &model)
{
    if (std::exchange(m_conversation.info.model, model) != model)
        changeInfo();
}

void Session::setSystemInstruction(const QString &text)
{
    if (std::exchange(m_conversation.info.systemInstruction, text) != text)
        changeInfo();
}

void Session::setParameters(const Parameters &parameters)
{
    if (std::exchange(m_conversation.info.parameters, parameters) != parameters)
        changeInfo();
}

void Session::setTitle(const QString &title)
{
    if (std::exchange(m_conversation.info.title, title) == title)
        return;
    if (m_stored && m_store)
        m_store->rename(m_conversation.info.id, title);
    emit infoChanged();
}

void Session::changeInfo()
{
    if (m_stored)
        save();
    emit infoChanged();
}

QList<Turn> Session::unsavedTurns() const
{
    QList<Turn> turns;
    for (const TurnId id : m_unsaved)
        turns.append(*m_conversation.turn(id));
    // The turns are sorted, so that a parent is never saved after its child.
    std::sort(turns.begin(), turns.end(), [](const Turn &a, const Turn &b) { return a.id < b.id; });
    return turns;
}

void Session::save()
{
    m_saveTimer.stop();
    if (!m_store)
        return;
    m_dirty = true;
    if (m_saving) // the disk is slow; onSaved() starts the next save
        return;
    m_retry.stop();
    m_saving = true;
    m_dirty = false;
    const QList<Turn> turns = unsavedTurns();
    m_inFlight = std::exchange(m_unsaved, {});
    m_store->save(m_conversation.info, turns, !m_stored, this,
                  [this](const Store::Failure &failure) { onSaved(failure); });
}

void Session::onSaved(const Store::Failure &failure)
{
    m_saving = false;
    const QSet<TurnId> turns = std::exchange(m_inFlight, {});
    if (failure && failure->passes()) {
        m_unsaved.unite(turns);
        m_dirty = true;
        m_retry.start();
        if (!std::exchange(m_storeFailed, true))
            emit storeFailed(failure->message);
        return;
    }
    if (failure && failure->kind == StoreError::Kind::Changed) {
        becomeCopy();
        return;
    }
    // Missing is no failure: the conversation was deleted meanwhile.
    const bool stays = failure && failure->kind != StoreError::Kind::Missing;
    if (stays)
        m_unsaved.unite(turns);
    else
        m_stored = true;
    m_retry.reset();
    if (stays && !std::exchange(m_storeFailed, true)) {
        emit storeFailed(failure->message);
        return;
    }
    if (m_dirty) {
        save();
        return;
    }
    if (!stays) {
        m_storeFailed = false;
        emit saved();
    }
}

void Session::becomeCopy()
{
    const QUuid before = std::exchange(m_conversation.info.id, QUuid::createUuid());
    m_stored = false;
    const QList<Turn> turns = m_conversation.turns();
    for (const Turn &turn : turns)
        m_unsaved.insert(turn.id);
    save();
    emit becameCopy(before);
}

} // namespace chat
