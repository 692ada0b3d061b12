#include "proxy/demo/demoresearch.h"

#include "proxy/demo/demotexts.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// Whether the user agrees to the plan.
bool agrees(const QString &prompt)
{
    static const QSet<QString> words{u"yes"_s, u"go"_s, u"start"_s, u"ok"_s, u"okay"_s, u"proceed"_s, u"begin"_s};
    QString plain = prompt.toLower();
    std::ranges::replace_if(
            plain, [](QChar c) { return !c.isLetter(); }, u' ');
    return std::ranges::any_of(plain.split(u' ', Qt::SkipEmptyParts),
                               [](const QString &word) { return words.contains(word); });
}

// Returns the question that the research is about: the first that the user asked.
QString question(const DemoTask &task)
{
    DemoTask first = task;
    for (const auto &step : task.history) {
        if (step["type"_L1].toString() == "user_input"_L1) {
            first.input = {step};
            break;
        }
    }
    return first.prompt().simplified().left(80);
}

DemoOutcome plan(const DemoTask &task)
{
    const QString change = task.followsPlan
            ? u"\n\nYou asked to change it: “%1”"_s.arg(task.prompt().simplified().left(80))
            : QString();
    const QString text = u"This is Gemini Desk’s demo of a plan for: “%1”%2\n\n1. Find out what is known.\n2. Compare "
                         "the sources.\n3. Write a report.\n\nShall I begin?"_s.arg(question(task), change);
    DemoOutcome result;
    result.plan = true;
    result.steps = {demosteps::output({demosteps::text(text)})};
    result.status = u"completed"_s;
    result.usage = demosteps::usage(task.inputTokens(), task.rememberedTokens(), demotexts::tokens(text.size()), 64, 0);
    return result;
}

QString report(const QString &question)
{
    return uR"(# Report: %1

This is Gemini Desk’s demo of a report. Nothing was searched, and no network was used.

## What was found

The domain example.com is kept for examples in documents.

Names under .invalid never lead anywhere.

## What follows

1. A report comes as **Markdown**, with its sources.
2. The work goes on in the background, whether or not anybody listens.
3. Research like this may use more than a million tokens.

| | Demo | Gemini |
|---|---|---|
| Time | seconds | minutes |
| Cost | nothing | by your plan |
)"_s.arg(question);
}

} // namespace

DemoOutcome demoResearch(const DemoTask &task)
{
    const bool plans = task.body.value("agent_config"_L1)["collaborative_planning"_L1].toBool();
    if (plans && !(task.followsPlan && agrees(task.prompt())))
        return plan(task);

    const QString about = question(task);
    DemoOutcome result;
    result.steps.append(demosteps::thought({u"**Planning the research**\n\nThe question is “%1”.\n\n"_s.arg(about)}));
    demosteps::append(result.steps, demosteps::search({about}, 1));
    result.steps.append(demosteps::thought({u"**Comparing the sources**\n\nTwo sources agree with each other.\n\n"_s}));
    demosteps::append(result.steps,
                      demosteps::search({QString(about + u" sources"_s), QString(about + u" figures"_s)}, 2));
    result.steps.append(
            demosteps::thought({u"**Writing the report**\n\nThe report says at once that it is a demo.\n\n"_s}));
    const QString text = report(about);
    result.steps.append(demosteps::output(
            {demosteps::text(text,
                             {demosteps::citation(text, u"The domain example.com is kept for examples in documents."_s,
                                                  u"https://example.com/"_s, u"Example Domain"_s),
                              demosteps::citation(text, u"Names under .invalid never lead anywhere."_s,
                                                  u"https://www.rfc-editor.org/rfc/rfc2606"_s, u"RFC 2606"_s)})}));
    result.status = u"completed"_s;
    result.usage = demosteps::usage(900'000 + task.inputTokens(), task.rememberedTokens(),
                                    demotexts::tokens(text.size()), 60'000, 120'000);
    return result;
}
