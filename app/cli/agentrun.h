#pragma once

#include "app/cli/localclient.h"
#include "app/cli/outcome.h"
#include "app/cli/progressline.h"
#include "app/cli/textonce.h"
#include "proxy/gemini/interactionreader.h"
#include "ui/chat/base/retrytimer.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

class AnswerOutput;

// Lets an agent such as Deep Research work in the background at Google, shows how far it is, and writes its report. The
// run goes on at Google whatever happens here: a stream that breaks is taken up behind its last event, and where there
// is no stream, the interaction is read again and again until it has ended. No text is written twice, and none is lost.
// The client and the output outlive it.
//
//   create ──▶ stream ──its last event──▶ ended
//      ▲         │  ▲
//   (resume) ────┘  └─pause─ broken off
//                └─refused, or ended without an end─▶ look ──has ended──▶ ended
//                                                      └─pause─ still running
class AgentRun : public QObject
{
    Q_OBJECT

public:
    struct Task
    {
        QString agent;                        // "" = the run with this ID is taken up
        QByteArray id;                        // of a run to take up; see gemini::isInteractionId()
        QByteArray prompt;                    // UTF-8
        bool json = false;                    // write the whole interaction, not the report
        std::chrono::milliseconds pause{250}; // before the first further try
    };

    AgentRun(LocalClient &client, AnswerOutput &output, Task task);

    void start();
    // Stops listening to the run, which goes on at Google. Emits ended().
    void leave();

signals:
    void ended(const Outcome &outcome); // exactly once, never inside start()

private:
    enum class Request { Create, Stream, Look };
    enum class Advice { None, Resume }; // whether a failure says how to come back to the run, if it may go on

    void ask(Request request);
    void read();
    void finish();
    void finishStream();
    void finishLook();
    void take(const QList<gemini::InteractionDelta> &deltas);
    void introduce();
    void writeReport(const QString &whole);
    void tryAgain(const QString &why);
    void end(Outcome outcome, Advice advice = Advice::Resume);
    [[nodiscard]] bool isRefused() const;
    [[nodiscard]] QString failure() const;
    [[nodiscard]] QString resumeAdvice() const;

    LocalClient &m_client;
    AnswerOutput &m_output;
    const Task m_task;
    ProgressLine m_progress;
    RetryTimer m_retry;
    QTimer m_poll;

    QByteArray m_id; // "" = Gemini has not told it yet
    QByteArray m_lastEventId;
    qsizetype m_positionThere = 0; // the position in the text behind that event
    TextOnce m_text;
    QString m_thoughts; // of the step that m_step names, the end of them
    int m_step = -1;

    LocalClient::Reply m_reply;
    Request m_request = Request::Create;
    std::optional<gemini::InteractionReader> m_reader;
    QByteArray m_body;          // of an error or a look
    bool m_hasProgress = false; // whether anything new came since the last failure
    bool m_streams = true;      // whether the run is streamed, not only looked at
    int m_failures = 0;         // in a row
    bool m_isIntroduced = false;
    bool m_over = false;
};
