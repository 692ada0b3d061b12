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

// An open conversation: it carries out what the user does, receives the answer that streams, and saves both into the
// store. At most one answer streams in it at a time, while other sessions may stream as well. A session lives on the
// window's thread. Deleting it while an answer streams stops the answer and keeps what has arrived. Slots of its
// signals must use deleteLater().
class Session : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds saveInterval{1000};

    // `conversation` comes from Conversation::create() or Store::load(). `store` may be null; nothing is saved then.
    // Client and store must outlive the session.
    Session(Client *client, Store *store, const Conversation &conversation, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Conversation &conversation() const { return m_conversation; }
    // The answer that streams now; 0 = none.
    [[nodiscard]] TurnId streamingTurn() const { return m_answer; }
    [[nodiscard]] bool isStreaming() const { return m_answer != 0; }
    // Whether all changes are in the store, apart from what a streaming answer brought within the last saveInterval.
    // Always true without a store.
    [[nodiscard]] bool isSaved() const { return !m_store || (!m_dirty && !m_saving); }

    // These four do nothing and return false while an answer streams, if the conversation is full, or if the turn is
    // not of the right kind.
    // send() asks a question below the leaf. There must be at least one part.
    bool send(const QList<Part> &parts);
    // Asks for the answer again if the leaf is an answer that failed or was stopped, or a question without an answer.
    bool retry();
    // Asks for another answer to the same question, as a sibling of this one. An answer that failed or was stopped
    // before anything arrived is replaced instead.
    bool regenerate(TurnId answer);
    // Asks another question as a sibling of this one. There must be at least one part.
    bool editAndResend(TurnId question, const QList<Part> &parts);

    // Stops the answer that streams, if there is one.
    void stop();
    // Makes the path go through this turn (see Conversation::siblings()). An answer that streams goes on.
    void select(TurnId id);

    // The first three of these apply from the next answer on.
    void setModel(const QString &model);
    void setSystemInstruction(const QString &text);
    void setParameters(const Parameters &parameters);
    void setTitle(const QString &title);

    // Asks Gemini how many tokens the conversation and these parts would cost, for which it sends both to Gemini.
    // tokensCounted() or tokensNotCounted() tells the result. A new call replaces the one before it.
    void countTokens(const QList<Part> &draft);

signals:
    // A turn was added at the end of the path.
    void turnAdded(chat::TurnId id);
    // The path has changed and must be read again.
    void pathChanged();
    // An empty answer that had failed or was stopped starts again in its place.
    void turnRestarted(chat::TurnId id);
    // The answer grew: text was appended to its part, or a part was added, with all that it holds so far. The signals
    // follow the order of the answer, and whatever arrives within one pass of the event loop is announced together.
    void textAppended(chat::TurnId id, int part, const QString &text);
    void partAdded(chat::TurnId id, int part);
    // Token counts, sources, the model's version or another detail of the answer may have changed.
    void turnChanged(chat::TurnId id);
    // The answer is complete, was stopped or has failed, as Turn::state tells. Emitted once for each answer.
    void turnEnded(chat::TurnId id);
    void streamingChanged(bool streaming);
    // Title, model, system instruction or parameters have changed.
    void infoChanged();
    void tokensCounted(int tokens);
    void tokensNotCounted(const QString &message);
    // The conversation could not be saved; `message` is for the user. Emitted once until saving works again. If the
    // cause may pass, saving is tried again and again; otherwise each further change tries it. The conversation in
    // memory stays as it is.
    void storeFailed(const QString &message);
    // Everything that was to be saved is in the store now.
    void saved();
    // Another program wrote into the same conversation. Both versions are kept: from now on this session holds a
    // separate conversation with a new ID.
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
    QPointer<RequestMaker> m_maker; // these four are our children
    QPointer<AnswerStream> m_stream;
    QPointer<RequestMaker> m_countMaker;
    QPointer<CountCall> m_count;

    // How much of the answer has been announced:
    int m_parts = 0;
    qsizetype m_length = 0; // how many characters of the last announced part's text were announced
    bool m_restChanged = false;
    bool m_announcing = false;

    QTimer m_saveTimer;
    RetryTimer m_retry; // starts the next try after a save that failed
    QSet<TurnId> m_unsaved;
    QSet<TurnId> m_inFlight; // these are being saved now
    bool m_dirty = false;    // another save is due, as the last one failed or changes came after it began
    bool m_stored = false;   // the conversation is in the store
    bool m_saving = false;
    bool m_storeFailed = false;
};

} // namespace chat
