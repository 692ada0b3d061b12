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

// Shows the active path of a session in a transcript, and what streams into it as it comes. A turn of the
// conversation becomes several of the view: pictures, thoughts, text, what went wrong, a line of what can
// be done. Lives on the main thread.
class TranscriptPresenter : public QObject
{
    Q_OBJECT

public:
    // The view outlives this.
    explicit TranscriptPresenter(markdown::MarkdownView *view, QObject *parent = nullptr);
    // Waits for the picture that is being decoded.
    ~TranscriptPresenter() override;

    // For the bytes of pictures that were kept; may be null.
    void setStore(chat::Store *store);
    // Null: nothing is shown.
    void setSession(chat::Session *session);

    // What the lines of the transcript offer, for who does it by key: of the last answer or question.
    void copyLastAnswer();
    void answerAgain();
    void editLastQuestion();
    // To a turn of the path; `words`: to where one of them is in it, and marks them there.
    void scrollTo(chat::TurnId id, const QString &words = {});

signals:
    void copyWanted(const QString &text);
    void editWanted(chat::TurnId question);
    void keyWanted();
    void saveImageWanted(const QByteArray &bytes, const QString &mimeType);
    // Something was asked for that waits until the running answer has ended.
    void busy();

private:
    // A stretch of the view's turns.
    struct Segment
    {
        enum class Kind { Text, Thought, Image } kind = Kind::Text;
        int view = 0;
        int first = 0; // parts of the turn
        int last = 0;
    };
    struct Shown
    {
        chat::TurnId id = 0;
        int serial = 0;     // another one each time that it is shown anew
        int begin = 0;      // its first turn in the view
        int card = -1;      // of questions: the one with the text
        int note = -1;      // the one with the line of what can be done
        bool waits = false; // for its first word
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
