#include "proxy/faces/ending.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

QString withDetails(const QString &sentence, const QString &details)
{
    return details.isEmpty() ? sentence : sentence + u' ' + details;
}

} // namespace

Expected<Ending, ErrorAnswer> endingOf(const gemini::AnswerEnd &end, bool hasContent)
{
    static const QSet<QString> refusals{u"SAFETY"_s,
                                        u"RECITATION"_s,
                                        u"BLOCKLIST"_s,
                                        u"PROHIBITED_CONTENT"_s,
                                        u"SPII"_s,
                                        u"IMAGE_SAFETY"_s,
                                        u"IMAGE_PROHIBITED_CONTENT"_s,
                                        u"IMAGE_RECITATION"_s,
                                        u"MODEL_ARMOR"_s};
    if (end.error)
        return ErrorAnswer{end.error->code >= 400 && end.error->code < 600 ? end.error->code : 502,
                           end.error->message.isEmpty() ? u"Gemini reported an error in its answer."_s
                                                        : end.error->message};
    if (end.tooLarge)
        return ErrorAnswer{502, u"A piece of Gemini's answer was too large to be read."_s};
    if (end.hasGap)
        return ErrorAnswer{502, u"A piece of Gemini's answer could not be read. Ask again."_s};
    if (!end.blockReason.isEmpty() || (end.promptFeedback && !end.hasParts))
        return Ending{Ending::Reason::Refused,
                      withDetails(u"Gemini did not answer this question (%1)."_s.arg(
                                          end.blockReason.isEmpty() ? u"no reason told"_s : end.blockReason),
                                  end.blockMessage)};
    if (end.finishReason.isEmpty())
        return ErrorAnswer{502, u"Gemini's answer ended in the middle. Ask again."_s, "incomplete_stream"};
    if (end.finishReason == "MAX_TOKENS"_L1)
        return Ending{Ending::Reason::Length};
    if (refusals.contains(end.finishReason))
        return Ending{Ending::Reason::Refused,
                      withDetails(u"Gemini cut its answer short (%1)."_s.arg(end.finishReason), end.finishMessage)};
    if (end.finishReason != "STOP"_L1)
        return Ending{Ending::Reason::Failed,
                      withDetails(u"Gemini could not complete its answer (%1). Ask again."_s.arg(end.finishReason),
                                  end.finishMessage)};
    if (!hasContent)
        return Ending{Ending::Reason::Stop, u"Gemini ended its answer without a word. Ask again."_s};
    return Ending{};
}

} // namespace faces
