#pragma once

#include "ui/chat/session.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

namespace markdown {
struct Action;
class MarkdownView;
} // namespace markdown

// Shows the active path of a session in a transcript, and adds to answers as they stream. The view has turns of its
// own: one turn of the conversation becomes several of the view, for pictures, thoughts, text, an error, and a line of
// links for what the user can do. Lives on the main thread.
class TranscriptPresenter : public QObject
{
    Q_OBJECT

public:
    // The view outlives this object.
    explicit TranscriptPresenter(markdown::MarkdownView *view, QObject *parent = nullptr);
    // Waits until the picture that is being decoded is finished.
    ~TranscriptPresenter() override;

    // Sets the store that has the bytes of pictures; may be null.
    void setStore(chat::Store *store);
    // Shows this session's path, scrolled to its end; with null, shows nothing.
    void setSession(chat::Session *session);

    // These do what the links below the last answer and question do, so that the keyboard can do it too.
    void copyLastAnswer();
    void answerAgain();
    void editLastQuestion();
    // Scrolls to a turn of the path. With `words`, scrolls to the first place in the turn that has one of these words,
    // and marks them in the turn.
    void scrollTo(chat::TurnId id, const QString &words = {});

signals:
    void copyWanted(const QString &text);
    void editWanted(chat::TurnId question);
    void keyWanted();
    void saveImageWanted(const QByteArray &bytes, const QString &mimeType);
    // Emitted if the user asks for something that is not possible until the running answer has ended.
    void busy();

private:
    // One of the view's turns, and which parts of the conversation's turn it shows.
    struct Segment
    {
        enum class Kind { Text, Thought, Image } kind = Kind::Text;
        int view = 0;  // the number of the view's turn
        int first = 0; // the first and the last part that it shows
        int last = 0;
    };
    // One turn of the conversation, and where it is in the view.
    struct Shown
    {
        chat::TurnId id = 0;
        int serial = 0;     // a new number each time that a turn is added to the view
        int begin = 0;      // the number of its first turn in the view
        int card = -1;      // of a question: the view's turn that has the text and the links
        int note = -1;      // of an answer that ended: the view's turn that has the links
        bool waits = false; // nothing of the answer has arrived yet
        QList<Segment> segments;
    };

    [[nodiscard]] const chat::Turn *turn(chat::TurnId id) const;
    [[nodiscard]] const chat::Turn *lastTurn(chat::Turn::Role role) const;
    [[nodiscard]] Shown *shown(chat::TurnId id);
    [[nodiscard]] bool isShown(int serial) const;
    void rebuild();
    void removeFrom(qsizetype index);
    void add(chat::TurnId id);
    void addQuestion(Shown &shown, const chat::Turn &turn);
    void addPart(Shown &shown, const chat::Turn &turn, int part, bool streams);
    void finishSegments(Shown &shown, const chat::Turn &turn);
    void finishAnswer(Shown &shown, const chat::Turn &turn);
    void addImage(Shown &shown, const chat::Part &part, int number, bool sent);
    void showPicture(int view, int serial, const QByteArray &bytes);
    void onTextAppended(chat::TurnId id, int part, const QString &text);
    void onPartAdded(chat::TurnId id, int part);
    void onTurnEnded(chat::TurnId id);
    void endWaiting(Shown &shown);
    void act(int viewTurn, const QString &action);
    void copied(int viewTurn, int serial);
    [[nodiscard]] QList<markdown::Action> branchActions(chat::TurnId id) const;
    [[nodiscard]] QList<markdown::Action> actionsOf(chat::TurnId id) const;

    markdown::MarkdownView *m_view;
    QPointer<chat::Store> m_store;
    QPointer<chat::Session> m_session;
    QList<Shown> m_shown;  // the turns of the path
    QThreadPool m_decoder; // decodes one picture at a time, because each may need much memory
    int m_serial = 0;
};
