#pragma once

#include "app/cli/answerreader.h"
#include "app/cli/localclient.h"
#include "app/cli/outcome.h"
#include "proxy/gemini/interactionreader.h"

#include <QObject>

class AnswerOutput;

// Asks a model one prompt through the Interactions API and writes its text as it arrives. If the upstream answers that
// there is no such thing, it asks once more by POST /gemini-proxy, whose API every upstream knows. Nothing is stored at
// Google. The client and the output outlive it.
class ModelAsk : public QObject
{
    Q_OBJECT

public:
    struct Question
    {
        QByteArray model;
        QByteArray prompt; // UTF-8
        bool json = false; // write the whole interaction as it came, not its text
    };

    ModelAsk(LocalClient &client, AnswerOutput &output, Question question);

    void start();

signals:
    void ended(const Outcome &outcome); // exactly once, never inside start()

private:
    void follow(LocalClient::Reply reply);
    void read();
    void finish();
    void writeText(const QList<gemini::InteractionDelta> &deltas);
    void fallBack();
    [[nodiscard]] Outcome conclusion();

    LocalClient &m_client;
    AnswerOutput &m_output;
    const Question m_question;
    LocalClient::Reply m_reply;
    bool m_fellBack = false;
    bool m_hasText = false;
    gemini::InteractionReader m_interaction;
    AnswerReader m_answer; // of POST /gemini-proxy
    QByteArray m_body;     // of an error, or of the whole interaction for JSON
};
