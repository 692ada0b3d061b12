#include "proxy/accounts/answerwatch.h"

#include "proxy/gemini/modelname.h"

void AnswerWatch::expectInteraction(bool creates)
{
    m_interaction.emplace();
    m_creates = creates;
}

void AnswerWatch::feed(const QByteArray &piece)
{
    if (m_interaction)
        m_interaction->feed(piece);
    else
        m_tee.feed(piece);
}

bool AnswerWatch::hasInteractionEnded() const
{
    if (!m_interaction)
        return false;
    const gemini::InteractionState &state = m_interaction->state();
    // A stream that a client resumes behind the last event that tells anything consists of the end alone.
    const bool onlyTheEnd = state.done && !m_creates;
    return state.completed || state.hasEnded() || !state.error.isEmpty() || onlyTheEnd;
}

bool AnswerWatch::isCutShort() const
{
    return m_interaction && !hasInteractionEnded();
}

QByteArray AnswerWatch::error() const
{
    return m_interaction ? m_interaction->state().error : QByteArray();
}

void AnswerWatch::tell(ExchangeInfo &info) const
{
    if (!m_interaction) {
        info.usage = m_tee.usage();
        return;
    }
    const gemini::InteractionState &state = m_interaction->state();
    if (info.model.isEmpty())
        info.model = gemini::modelName(state.model).value_or(QByteArray());
    info.usage = state.usage;
    info.usage.finishReason = state.status;
    if (!info.interaction)
        return;
    InteractionInfo &told = *info.interaction;
    if (!state.id.isEmpty())
        told.id = state.id;
    told.status = state.status;
    told.ended = state.hasEnded() || (m_interaction->isStream() && state.completed); // whatever its status is called
}
