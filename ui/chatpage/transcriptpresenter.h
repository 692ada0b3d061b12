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

// Shows the active path of a session in a transcript, and answers as they stream. One turn of the conversation
// becomes several of the view: pictures, thoughts, text, what went wrong, a line of what can be done. Lives on
// the main thread.
class TranscriptPresenter : public QObject
{
    Q_OBJECT

public:
    // The view outlives this.
    explicit TranscriptPresenter(markdown::MarkdownView *view, QObject *parent = nullptr);
    // Waits for the picture that is being decoded to be finished.
    ~TranscriptPresenter() override;

    // Where the bytes of pictures are kept; may be null.
    void setStore(chat::Store *store);
    // Null: nothing is shown.
    void setSession(chat::Session *session);

    // What the links below the last answer and question do, for those who use keys.
    void copyLastAnswer();
    void answerAgain();
    void editLastQuestion();
    // Scrolls to a turn of the path. With `words`, it scrolls to the first place in the turn that has one of
    // them, and marks them there.
    void scrollTo(chat::TurnId id, const QString &words = {});

signals:
    void copyWanted(const QString &text);
    void editWanted(chat::TurnId question);
    void keyWanted();
    void saveImageWanted(const QByteArray &bytes, const QString &mimeType);
    // The user asked for something that is not possible until the running answer has ended.
    void busy();

private:
    // One of the view's turns, and the parts of the conversation's turn that it shows.
    struct Segment
    {
        enum class Kind { Text, Thought, Image } kind = Kind::Text;
        int view = 0;
        int first = 0; // the parts of the turn that it shows
        int last = 0;
    };
    struct Shown
    {
        chat::TurnId id = 0;
        int serial = 0;     // a new one each time that the turn is shown anew
        int begin = 0;      // the first of its turns in the view
        int card = -1;      // of a question: which of these has the text
        int note = -1;      // which of these is the line of what can be done
        bool waits = false; // nothing of the answer has arrived yet
        QList<Segment> segments;
    };

    [[nodiscard]] const chat::Turn *turn(chat::TurnId id) const;
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
    QList<Shown> m_shown;  // the path
    QThreadPool m_decoder; // one picture at a time: each may need much memory
    int m_serial = 0;
};
