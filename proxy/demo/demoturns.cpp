#include "proxy/demo/demoturns.h"

#include "proxy/demo/democall.h"
#include "proxy/demo/demotools.h"

#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace demoturns {

namespace {

constexpr std::array dataKinds = {
        "text"_L1,           "inlineData"_L1,          "fileData"_L1, "functionCall"_L1, "functionResponse"_L1,
        "executableCode"_L1, "codeExecutionResult"_L1, "toolCall"_L1, "toolResponse"_L1};

constexpr QStringView unequalCounts = u"Please ensure that the number of function response parts is equal to the "
                                      "number of function call parts of the function call turn.";

QString roleOf(const QJsonValue &content)
{
    return content["role"_L1].toString(u"user"_s);
}

bool has(const QJsonValue &object, QLatin1StringView member)
{
    return !demoMember(object, member).isUndefined();
}

bool isResponse(const QJsonValue &part)
{
    return has(part, "functionResponse"_L1);
}

QString partProblem(const QJsonValue &part, const QString &place)
{
    const auto count = std::ranges::count_if(dataKinds, [&part](QLatin1StringView kind) { return has(part, kind); });
    if (count == 0)
        return u"* GenerateContentRequest.%1.data: required oneof field 'data' must have one initialized field\n"_s.arg(
                place);
    if (count > 1)
        return u"Invalid value at '%1' (oneof), oneof field 'data' is already set."_s.arg(place);
    if (part["text"_L1].isString() && part["text"_L1].toString().isEmpty() && !has(part, "thoughtSignature"_L1))
        return u"Unable to submit request because it has an empty text parameter. Add a value to the parameter and "
               "try again."_s;
    return {};
}

// Returns what is wrong with the results of these calls.
QString responsesProblem(const QJsonArray &calls, const QJsonArray &parts)
{
    const auto end = std::ranges::find_if_not(parts, isResponse);
    if (std::any_of(end, parts.end(), isResponse))
        return u"Please ensure that function response parts come ahead of all other parts of their turn."_s;
    if (end - parts.begin() != calls.size())
        return unequalCounts.toString();
    if (std::any_of(end, parts.end(), [](const auto &part) { return has(part, "text"_L1); }))
        return u"Requests ending with a model turn are not supported."_s; // Gemini takes such a turn for no response
    for (qsizetype i = 0; i < calls.size(); ++i) {
        const QJsonValue response = demoMember(parts.at(i), "functionResponse"_L1);
        const QString id = response["id"_L1].toString();
        if (response["name"_L1].toString() != calls.at(i)["name"_L1].toString()
            || (!id.isEmpty() && id != calls.at(i)["id"_L1].toString()))
            return u"Please ensure that the function response parts name the functions, and the ids, of the function "
                   "call parts of the function call turn in the same order: part %1 does not."_s.arg(i);
    }
    return {};
}

// Returns the index of the content with which the current turn begins; -1 if there is none.
qsizetype turnStart(const QJsonArray &contents)
{
    for (qsizetype i = contents.size() - 1; i >= 0; --i) {
        if (roleOf(contents.at(i)) == "user"_L1
            && !std::ranges::all_of(contents.at(i)["parts"_L1].toArray(), isResponse))
            return i;
    }
    return -1;
}

// Whether the signature is one that the documentation gives for calls that no model made, as text or in Base64.
bool isStandIn(const QString &signature)
{
    static const QStringList documented = [] {
        QStringList all{u"skip_thought_signature_validator"_s, u"context_engineering_is_the_way_to_go"_s};
        for (const QString &text : QStringList(all))
            all.append(QString::fromLatin1(text.toLatin1().toBase64()));
        return all;
    }();
    return documented.contains(signature);
}

} // namespace

bool respondsOnly(const QJsonValue &content)
{
    const QJsonArray parts = content["parts"_L1].toArray();
    return !parts.isEmpty() && std::ranges::all_of(parts, isResponse);
}

QString rolesProblem(const QJsonArray &contents)
{
    QString previous;
    for (const auto &content : contents) {
        const QString role = roleOf(content);
        if (role != "user"_L1 && role != "model"_L1 && role != "function"_L1)
            return u"Please use a valid role: user, model."_s;
        if (role == previous && role != "model"_L1)
            return u"Please ensure that multiturn requests alternate between user and model."_s;
        // Words that come with results have to stand in a content of their own behind them.
        previous = respondsOnly(content) ? QString() : role;
    }
    return {};
}

QString partsProblem(const QJsonArray &contents)
{
    for (qsizetype i = 0; i < contents.size(); ++i) {
        const QJsonArray parts = contents.at(i)["parts"_L1].toArray();
        if (parts.isEmpty())
            return u"Unable to submit request because it must include at least one parts field, which describes the "
                   "prompt input."_s;
        for (qsizetype j = 0; j < parts.size(); ++j) {
            QString problem = partProblem(parts.at(j), u"contents[%1].parts[%2]"_s.arg(i).arg(j));
            if (!problem.isEmpty())
                return problem;
        }
    }
    return {};
}

QString functionsProblem(const QJsonArray &contents)
{
    QJsonArray open; // calls of the content ahead
    QString previous;
    for (const auto &content : contents) {
        const QString role = roleOf(content);
        const QJsonArray calls = dataOf(content, "functionCall"_L1);
        const bool responds = !dataOf(content, "functionResponse"_L1).isEmpty();
        if (!open.isEmpty()) {
            QString problem = role == "model"_L1 ? unequalCounts.toString()
                                                 : responsesProblem(open, content["parts"_L1].toArray());
            if (!problem.isEmpty())
                return problem;
        } else if (responds) {
            return u"Please ensure that function response turn comes immediately after a function call turn."_s;
        }
        if (!calls.isEmpty() && (role != "model"_L1 || previous.isEmpty() || previous == "model"_L1))
            return u"Please ensure that function call turn comes immediately after a user turn or after a function "
                   "response turn."_s;
        open = calls;
        previous = role;
    }
    return open.isEmpty() ? QString() : unequalCounts.toString();
}

QString signaturesProblem(const QJsonArray &contents)
{
    int step = 0;
    for (qsizetype i = turnStart(contents) + 1; i < contents.size(); ++i) {
        const QJsonArray parts = contents.at(i)["parts"_L1].toArray();
        const auto first = std::ranges::find_if(parts, [](const auto &part) { return has(part, "functionCall"_L1); });
        if (first == parts.end())
            continue;
        const QString name = demoMember(*first, "functionCall"_L1)["name"_L1].toString();
        const QString signature = demoMember(*first, "thoughtSignature"_L1).toString();
        if (signature.isEmpty())
            return u"Function call is missing a thought_signature in functionCall parts. This is required for tools to "
                   "work correctly, and missing thought_signature may lead to degraded model performance. Additional "
                   "data, function call `default_api:%1`, position %2. Please refer to "
                   "https://ai.google.dev/gemini-api/docs/thought-signatures for more details."_s.arg(name)
                           .arg(i + 1);
        if (signature != demotools::thoughtSignature(name, step) && !isStandIn(signature))
            return u"Corrupted thought signature. Thought signature is not valid in function call `default_api:%1`, "
                   "position %2."_s.arg(name)
                           .arg(i + 1);
        ++step;
    }
    return {};
}

int stepsInTurn(const QJsonArray &contents)
{
    int steps = 0;
    for (qsizetype i = turnStart(contents) + 1; i < contents.size(); ++i)
        steps += dataOf(contents.at(i), "functionCall"_L1).isEmpty() ? 0 : 1;
    return steps;
}

QJsonArray dataOf(const QJsonValue &content, QLatin1StringView kind)
{
    QJsonArray found;
    for (const auto &part : content["parts"_L1].toArray()) {
        if (const QJsonValue data = demoMember(part, kind); !data.isUndefined())
            found.append(data);
    }
    return found;
}

} // namespace demoturns
