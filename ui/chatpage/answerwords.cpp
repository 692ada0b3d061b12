#include "ui/chatpage/answerwords.h"

#include "ui/chatpage/answermarkdown.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(answerwords)
};

QString seconds(std::chrono::milliseconds time)
{
    if (time < std::chrono::milliseconds(1000))
        return Words::tr("%1 ms").arg(time.count());
    const double value = std::chrono::duration<double>(time).count();
    return Words::tr("%1 s").arg(QLocale().toString(value, 'f', value < 9.95 ? 1 : 0));
}

QString after(std::chrono::seconds wait)
{
    if (wait < std::chrono::seconds(90))
        return Words::tr("Try again in %n second(s).", nullptr, int(wait.count()));
    if (wait < std::chrono::minutes(90))
        return Words::tr("Try again in %n minute(s).", nullptr, int(std::lround(double(wait.count()) / 60)));
    return Words::tr("Try again in %n hour(s).", nullptr, int(std::lround(double(wait.count()) / 3600)));
}

QString ofQuota(const chat::Error &error)
{
    QString text;
    if (error.quota.contains("PerDay"_L1))
        text = Words::tr("No more requests of this kind are left today.");
    else if (error.quota.contains("PerMinute"_L1))
        text = Words::tr("There were too many requests, or too many tokens, within a minute.");
    else
        text = Words::tr("Gemini takes no more requests with this key for now.");
    return text + u' '
            + (error.retryAfter ? after(*error.retryAfter) : Words::tr("Try again later, or choose another model."));
}

// Returns why Gemini refused. It names the reason in blockReason (of the question) or finishReason (of the answer).
QString ofRefusal(const chat::Turn &answer)
{
    const QString &reason = answer.blockReason.isEmpty() ? answer.finishReason : answer.blockReason;
    if (reason.contains("SAFETY"_L1))
        return answer.blockReason.isEmpty() ? Words::tr("Gemini’s filters for safety ended the answer.")
                                            : Words::tr("Gemini’s filters for safety refused the question.");
    if (reason.contains("RECITATION"_L1))
        return Words::tr("The answer came too close to a text that others hold the rights to.");
    if (reason == "LANGUAGE"_L1)
        return Words::tr("Gemini does not speak the language that was asked for.");
    if (reason == "BLOCKLIST"_L1)
        return Words::tr("There is a word in it that Gemini does not allow.");
    if (reason.contains("PROHIBITED"_L1))
        return Words::tr("Gemini does not allow contents of this kind.");
    if (reason == "SPII"_L1)
        return Words::tr("The answer would have held personal data.");
    return Words::tr("Gemini refused it without a reason.");
}

} // namespace

namespace answerwords {

Trouble trouble(const chat::Turn &answer)
{
    using Kind = chat::Error::Kind;
    const chat::Error error = answer.error.value_or(chat::Error{});
    const QString own = answermarkdown::escaped(error.message); // the message of Gemini or of the proxy
    switch (error.kind) {
    case Kind::Key:
        return {Words::tr("The key does not work"), own, true, true, false};
    case Kind::Quota:
        return {Words::tr("The quota is used up"), ofQuota(error)};
    case Kind::Model:
        return {Words::tr("This model cannot answer"),
                own + u"\n\n"_s + Words::tr("Choose another model, then try again.")};
    case Kind::Blocked:
        return {Words::tr("Gemini did not answer this"),
                ofRefusal(answer) + u' ' + Words::tr("Putting the question differently may help."), true, false, true};
    case Kind::Network:
        return {Words::tr("Gemini could not be reached"), own};
    case Kind::Overloaded:
        return {Words::tr("The model is overloaded"), Words::tr("Try again in a moment, or choose another model.")};
    case Kind::TooLarge:
        return {Words::tr("The question is too large"), own, false, false, true};
    case Kind::Stopped:
        return {Words::tr("Stopped"), {}};
    case Kind::Cut:
        return {Words::tr("The answer broke off"),
                answer.parts.isEmpty() ? Words::tr("The connection ended before the first word.")
                                       : Words::tr("What came is above. Another try begins anew.")};
    case Kind::Other:
        break;
    }
    return {Words::tr("Something went wrong"), own};
}

QString early(const chat::Turn &answer)
{
    if (answer.state == chat::Turn::State::Stopped)
        return answer.parts.isEmpty() ? Words::tr("Stopped before the first word.") : Words::tr("Stopped.");
    if (answer.state != chat::Turn::State::Complete)
        return {};
    const QString &reason = answer.finishReason;
    if (reason == "MAX_TOKENS"_L1)
        return Words::tr("The answer ends here because it reached its limit of tokens.");
    if (reason == "MALFORMED_FUNCTION_CALL"_L1 || reason == "UNEXPECTED_TOOL_CALL"_L1)
        return Words::tr("The answer ends here because the model tried to use a tool that does not exist.");
    if (!reason.isEmpty() && reason != "STOP"_L1)
        return Words::tr("The answer ended early. Gemini’s reason: %1").arg(answermarkdown::escaped(reason));
    if (answer.parts.isEmpty())
        return Words::tr("The answer is empty.");
    return {};
}

QString thoughts(const chat::Turn &answer)
{
    if (const auto time = answer.thoughtTime())
        return Words::tr("Thought for %1").arg(seconds(*time));
    return answer.state == chat::Turn::State::Streaming ? Words::tr("Thinking…") : Words::tr("Thoughts");
}

QString usage(const chat::Turn &answer)
{
    QStringList all;
    const chat::Usage &usage = answer.usage;
    if (usage.output > 0)
        all.append(Words::tr("%Ln token(s)", nullptr, usage.output));
    if (usage.thoughts > 0)
        all.append(Words::tr("%Ln for thoughts", nullptr, usage.thoughts));
    if (const auto first = answer.timeToFirstToken())
        all.append(Words::tr("%1 to the first").arg(seconds(*first)));
    if (const double speed = answer.tokensPerSecond(); usage.output > 0 && speed > 0)
        all.append(Words::tr("%1 a second").arg(QLocale().toString(speed, 'f', speed < 10 ? 1 : 0)));
    return all.join(u" · "_s);
}

QString total(const chat::Usage &usage)
{
    if (usage == chat::Usage{})
        return {};
    QStringList all{Words::tr("%Ln token(s) in", nullptr, usage.input), Words::tr("%Ln out", nullptr, usage.output)};
    if (usage.thoughts > 0)
        all.append(Words::tr("%Ln for thoughts", nullptr, usage.thoughts));
    return all.join(u" · "_s);
}

} // namespace answerwords
