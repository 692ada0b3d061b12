#include "app/cli/interactionoutcome.h"

using namespace Qt::StringLiterals;

Outcome outcomeOf(const gemini::InteractionEnd &end, bool hasText)
{
    if (end.tooLarge)
        return {false, u"the answer is too large to be read"_s};
    if (end.error) {
        if (!end.error->message.isEmpty())
            return {false, end.error->message};
        return {false,
                u"the answer ended with an error"_s
                        + (end.error->status.isEmpty() ? QString() : u" (%1)"_s.arg(end.error->status))};
    }
    // A status in the middle of the stream may say first that the interaction has failed. But what is completed is only
    // whole once its last event is here.
    const QString status = QString::fromUtf8(end.state.status);
    if (!end.isOver() && (!end.state.hasEnded() || status == "completed"_L1)) {
        if (end.state.completed)
            return {false, u"the answer may be cut: it ended while Gemini still worked on it (%1)"_s.arg(status)};
        return {false, u"the answer broke off: the connection ended before it was complete"_s};
    }
    if (end.hasGap)
        return {false, u"the answer has a gap: a part of it could not be read"_s};
    const QString reason = end.reason.isEmpty() ? QString() : u": "_s + end.reason;
    if (status == "completed"_L1)
        return hasText ? Outcome{true, {}} : Outcome{false, u"the answer holds no text"_s + reason};
    if (status == "incomplete"_L1) {
        if (reason.isEmpty() || reason.contains("token"_L1, Qt::CaseInsensitive))
            return {true,
                    u"the answer stops early, as it does at the largest number of tokens (incomplete)"_s + reason};
        return {false, u"the answer stops early (incomplete)"_s + reason};
    }
    if (status == "failed"_L1)
        return {false, u"Gemini could not finish the answer (failed)"_s + reason};
    if (status == "cancelled"_L1)
        return {false, u"the answer was cancelled (cancelled)"_s + reason};
    if (status == "budget_exceeded"_L1)
        return {false, u"the answer stops early: its budget is used up (budget_exceeded)"_s + reason};
    if (status == "requires_action"_L1) {
        return {false,
                u"Gemini waits for the result of a function, which ask cannot give (requires_action)"_s + reason};
    }
    return {false, u"Gemini stopped the answer (%1)%2"_s.arg(status, reason)};
}
