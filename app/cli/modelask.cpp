#include "app/cli/modelask.h"

#include "app/cli/answeroutput.h"
#include "app/cli/interactionoutcome.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

ModelAsk::ModelAsk(LocalClient &client, AnswerOutput &output, Question question)
    : m_client(client), m_output(output), m_question(std::move(question))
{}

void ModelAsk::start()
{
    const QJsonObject body{{u"model"_s, QString::fromUtf8(m_question.model)},
                           {u"input"_s, QString::fromUtf8(m_question.prompt)},
                           {u"stream"_s, !m_question.json},
                           {u"store"_s, false}};
    follow(m_client.postJson("/v1beta/interactions"_ba, body));
}

void ModelAsk::fallBack()
{
    m_fellBack = true;
    m_body.clear();
    follow(m_client.postPrompt(m_question.prompt));
}

void ModelAsk::follow(LocalClient::Reply reply)
{
    m_reply = std::move(reply);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &ModelAsk::read);
    connect(m_reply.get(), &QNetworkReply::finished, this, &ModelAsk::finish);
}

void ModelAsk::read()
{
    const QByteArray bytes = m_reply->readAll();
    if (statusOf(*m_reply) != 200 || m_question.json) {
        keepBody(m_body, bytes, *m_reply);
        return;
    }
    if (m_fellBack)
        m_output.write(m_answer.feed(bytes));
    else
        writeText(m_interaction.feed(bytes));
    if (m_output.failure() || m_answer.failed() || m_interaction.failed())
        m_reply->abort();
}

void ModelAsk::writeText(const QList<gemini::InteractionDelta> &deltas)
{
    QString text;
    for (const gemini::InteractionDelta &delta : deltas)
        text += delta.text;
    m_hasText = m_hasText || !text.isEmpty();
    if (!m_question.json)
        m_output.write(text);
}

void ModelAsk::finish()
{
    read();
    if (statusOf(*m_reply) == 404 && !m_fellBack && !m_question.json)
        return fallBack(); // if it is the model that does not exist, this will say so
    emit ended(conclusion());
}

Outcome ModelAsk::conclusion()
{
    const bool intact = m_reply->error() == QNetworkReply::NoError;
    if (statusOf(*m_reply) != 200) {
        const QString failure = failureIn(*m_reply, m_body);
        if (statusOf(*m_reply) == 404 && m_question.json)
            return {false,
                    u"there is no such model, or the upstream has no Interactions, which --json needs: "_s + failure};
        return {false, failure};
    }
    if (m_question.json) {
        if (m_body.size() > largestBody)
            return {false, u"the answer is too large to be read"_s};
        writeText(m_interaction.feed(m_body));
        if (intact || m_interaction.end().isOver()) // half of a document would be of no use
            m_output.write(QString::fromUtf8(m_body));
    }
    if (m_fellBack)
        m_output.write(m_answer.finish(intact));
    else
        writeText(m_interaction.finish(intact));
    if (const auto failure = m_output.failure())
        return *failure;
    return m_fellBack ? m_answer.outcome() : outcomeOf(m_interaction.end(), m_hasText);
}
