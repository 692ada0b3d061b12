#pragma once

#include "ui/chat/base/retrytimer.h"
#include "ui/chat/client.h"
#include "ui/chat/codec.h"
#include "ui/chat/conversation.h"
#include "ui/chat/store/store.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace chat {

class RequestMaker;

// One conversation that is open: what the user does to it, the answer that streams into it, and its
// way into the store. At most one answer streams at a time; another conversation's session streams
// beside it. Lives on the window's thread. Do not delete it in a slot of its signals: deleteLater().
// Deleting it while an answer streams stops that answer and keeps what came.
class Session : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds saveInterval{1000};

    // `conversation`: of Conversation::create() or Store::load(). `store` may be null: nothing is kept
    // then. Both outlive the session.
    Session(Client *client, Store *store, const Conversation &conversation, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Conversation &conversation() const { return m_conversation; }
    // The answer that streams; 0 = none.
    [[nodiscard]] TurnId streamingTurn() const { return m_answer; }
    [[nodiscard]] bool isStreaming() const { return m_answer != 0; }
    // Whether all of it is in the store, where there is one.
    [[nodiscard]] bool isSaved() const { return !m_store || (!m_dirty && !m_saving); }

    // All of these do nothing, and say so by false, while an answer streams, or where the turn is not of
    // that kind.
    // Asks a question below the leaf.
    bool send(const QList<Part> &parts);
    // Answers the leaf again where its answer failed or was stopped, or where it has none.
    bool retry();
    // Another answer to the same question, beside this one; in its place where this one is empty.
    bool regenerate(TurnId answer);
    // Another question in place of this one, beside it, and its answer.
    bool editAndResend(TurnId question, const QList<Part> &parts);

    // Ends the answer that streams, if there is one.
    void stop();
    // Makes the path go through this turn (see Conversation::siblings()); an answer streams on.
    void select(TurnId id);

    // Of the next answer.
    void setModel(const QString &model);
    void setSystemInstruction(const QString &text);
    void setParameters(const Parameters &parameters);
    void setTitle(const QString &title);

    // Asks Gemini what sending these parts now would cost, which sends them, and the conversation, for it:
    // tokensCounted() or tokensNotCounted() tells. A newer call replaces the one before.
    void countTokens(const QList<Part> &draft);

signals:
    // A turn was added at the end of the path.
    void turnAdded(chat::TurnId id);
    // The path is another one: read it anew.
    void pathChanged();
    // An answer that had failed or was stopped, and was empty, starts again in its place.
    void turnRestarted(chat::TurnId id);
    // The answer grew: text at the end of its part, or another part (with all that it holds so far). In
    // their order, and each once for each turn of the event loop however much came.
    void textAppended(chat::TurnId id, int part, const QString &text);
    void partAdded(chat::TurnId id, int part);
    // Tokens, sources or the model's version.
    void turnChanged(chat::TurnId id);
    // It is complete, was stopped or has failed: Turn::state tells. Once for each answer.
    void turnEnded(chat::TurnId id);
    void streamingChanged(bool streaming);
    // Title, model, system instruction or parameters.
    void infoChanged();
    void tokensCounted(int tokens);
    void tokensNotCounted(const QString &message);
    // It could not be saved; `message` is for people. Once until saving works again, which is tried again
    // and again, and with each further change. What is shown is not touched by it.
    void storeFailed(const QString &message);
    // All of it is in the store: of what could not be saved before, or was on its way.
    void saved();
    // Another program wrote into the same conversation. Both are kept: from now on this one is another
    // conversation, with an id of its own.
    void becameCopy(const QUuid &before);

private:
    TurnId add(Turn turn, TurnId parent);
    void answer(TurnId question);
    void start(TurnId id);
    void ask(const QByteArray &body);
    void take(const QList<gemini::AnswerDelta> &deltas);
    void announce();
    void end(Turn::State state, const std::optional<Error> &error);
    [[nodiscard]] Question question(const QList<TurnId> &path) const;
    void changeInfo();
    [[nodiscard]] QList<Turn> unsavedTurns() const;
    void save();
    void onSaved(const Store::Failure &failure);
    void becomeCopy();

    Client *m_client;
    Store *m_store;
    Conversation m_conversation;

    TurnId m_answer = 0;
    QPointer<RequestMaker> m_maker; // our children
    QPointer<AnswerStream> m_stream;
    QPointer<RequestMaker> m_countMaker;
    QPointer<CountCall> m_count;

    // What of the answer has been announced
    int m_parts = 0;
    qsizetype m_length = 0; // of the last part's text
    bool m_restChanged = false;
    bool m_announcing = false;

    QTimer m_saveTimer;
    RetryTimer m_retry; // after a save that failed
    QSet<TurnId> m_unsaved;
    QSet<TurnId> m_inFlight; // on their way into the store
    bool m_dirty = false;    // these turns, or the info, are not in the store as they are
    bool m_stored = false;   // the conversation is
    bool m_saving = false;
    bool m_storeFailed = false;
};

} // namespace chat
