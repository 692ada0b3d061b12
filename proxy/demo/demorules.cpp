#include "proxy/demo/demorules.h"

#include "proxy/demo/demoschema.h"
#include "proxy/demo/demotools.h"
#include "proxy/demo/demoturns.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace demorules {

namespace {

using Names = QSet<QString>;

const Names &requestMembers()
{
    static const Names all{
            u"model"_s,          u"systemInstruction"_s, u"contents"_s,      u"tools"_s,       u"toolConfig"_s,
            u"safetySettings"_s, u"generationConfig"_s,  u"cachedContent"_s, u"serviceTier"_s, u"store"_s};
    return all;
}

const Names &configMembers()
{
    static const Names all{u"stopSequences"_s,
                           u"responseMimeType"_s,
                           u"responseSchema"_s,
                           u"_responseJsonSchema"_s,
                           u"responseJsonSchema"_s,
                           u"responseFormat"_s,
                           u"responseModalities"_s,
                           u"candidateCount"_s,
                           u"maxOutputTokens"_s,
                           u"temperature"_s,
                           u"topP"_s,
                           u"topK"_s,
                           u"seed"_s,
                           u"presencePenalty"_s,
                           u"frequencyPenalty"_s,
                           u"responseLogprobs"_s,
                           u"logprobs"_s,
                           u"enableEnhancedCivicAnswers"_s,
                           u"enableAffectiveDialog"_s,
                           u"speechConfig"_s,
                           u"audioTranscriptionConfig"_s,
                           u"translationConfig"_s,
                           u"thinkingConfig"_s,
                           u"imageConfig"_s,
                           u"mediaResolution"_s};
    return all;
}

const Names &thinkingMembers()
{
    static const Names all{u"includeThoughts"_s, u"thinkingBudget"_s, u"thinkingLevel"_s};
    return all;
}

const Names &toolMembers()
{
    static const Names all{u"functionDeclarations"_s, u"googleSearch"_s, u"googleSearchRetrieval"_s,
                           u"codeExecution"_s,        u"urlContext"_s,   u"computerUse"_s,
                           u"fileSearch"_s,           u"googleMaps"_s,   u"mcpServers"_s};
    return all;
}

const Names &declarationMembers()
{
    static const Names all{u"name"_s,     u"description"_s,          u"behavior"_s,          u"parameters"_s,
                           u"response"_s, u"parametersJsonSchema"_s, u"responseJsonSchema"_s};
    return all;
}

const Names &partMembers()
{
    static const Names all{u"text"_s,
                           u"inlineData"_s,
                           u"fileData"_s,
                           u"functionCall"_s,
                           u"functionResponse"_s,
                           u"executableCode"_s,
                           u"codeExecutionResult"_s,
                           u"toolCall"_s,
                           u"toolResponse"_s,
                           u"thought"_s,
                           u"thoughtSignature"_s,
                           u"videoMetadata"_s,
                           u"partMetadata"_s,
                           u"mediaResolution"_s};
    return all;
}

// Returns an error for each member of the object that is not among the names.
QStringList unknown(const QJsonValue &object, const Names &names, const QString &path)
{
    QStringList found;
    const QStringList members = object.toObject().keys();
    for (const QString &member : members) {
        if (!demoKnows(names, member))
            found.append(demoschema::unknownName(member, path));
    }
    return found;
}

// Returns what is wrong with the schemas in an object, whose two kinds have these names.
QStringList schemaProblems(const QJsonValue &object, QLatin1StringView schema, QLatin1StringView jsonSchema,
                           const QString &path)
{
    QStringList found;
    const QString prefix = path + u'.';
    if (const QJsonValue own = demoMember(object, schema); !own.isUndefined())
        found += demoschema::problems(own, prefix + demoSnakeCase(schema));
    if (const QJsonValue json = demoMember(object, jsonSchema); !json.isUndefined())
        found += demoschema::jsonSchemaProblems(json, prefix + demoSnakeCase(jsonSchema));
    return found;
}

QStringList contentProblems(const QJsonArray &contents)
{
    QStringList found;
    for (qsizetype i = 0; i < contents.size(); ++i) {
        const QString path = u"contents[%1]"_s.arg(i);
        found += unknown(contents.at(i), {u"role"_s, u"parts"_s}, path);
        const QJsonArray parts = contents.at(i)["parts"_L1].toArray();
        for (qsizetype j = 0; j < parts.size(); ++j) {
            const QString place = u"%1.parts[%2]"_s.arg(path).arg(j);
            const QJsonValue part = parts.at(j);
            found += unknown(part, partMembers(), place);
            found += unknown(demoMember(part, "functionCall"_L1), {u"id"_s, u"name"_s, u"args"_s},
                             place + u".function_call"_s);
            found += unknown(demoMember(part, "functionResponse"_L1),
                             {u"id"_s, u"name"_s, u"response"_s, u"parts"_s, u"willContinue"_s, u"scheduling"_s},
                             place + u".function_response"_s);
        }
    }
    return found;
}

QStringList toolProblems(const QJsonArray &tools)
{
    QStringList found;
    for (qsizetype i = 0; i < tools.size(); ++i) {
        const QString path = u"tools[%1]"_s.arg(i);
        found += unknown(tools.at(i), toolMembers(), path);
        const QJsonArray declarations = demoMember(tools.at(i), "functionDeclarations"_L1).toArray();
        for (qsizetype j = 0; j < declarations.size(); ++j) {
            const QString place = u"%1.function_declarations[%2]"_s.arg(path).arg(j);
            found += unknown(declarations.at(j), declarationMembers(), place);
            found += schemaProblems(declarations.at(j), "parameters"_L1, "parametersJsonSchema"_L1, place);
            found += schemaProblems(declarations.at(j), "response"_L1, "responseJsonSchema"_L1, place);
        }
    }
    return found;
}

bool areBothSet(const QJsonValue &object, QLatin1StringView one, QLatin1StringView other)
{
    return !demoMember(object, one).isUndefined() && !demoMember(object, other).isUndefined();
}

QString thinkingProblem(const QJsonValue &thinking, const QString &model)
{
    static const QStringList levels{u"MINIMAL"_s, u"LOW"_s, u"MEDIUM"_s, u"HIGH"_s};
    const QJsonValue level = demoMember(thinking, "thinkingLevel"_L1);
    if (level.isUndefined())
        return {};
    if (!levels.contains(level.toString().toUpper()))
        return u"Invalid value at 'generation_config.thinking_config.thinking_level' "
               "(type.googleapis.com/google.ai.generativelanguage.v1beta.ThinkingConfig.ThinkingLevel), \"%1\""_s.arg(
                       level.toString());
    if (areBothSet(thinking, "thinkingLevel"_L1, "thinkingBudget"_L1))
        return u"You can only set only one of thinking budget and thinking level."_s;
    if (level.toString().toUpper() == "MINIMAL"_L1 && model.contains("-pro"_L1))
        return u"Thinking level MINIMAL is not supported for this model. Please retry with other thinking level."_s;
    return {};
}

// Returns the first problem in contents, in the order in which Gemini would come upon them.
QString contentsProblem(const DemoCall &call)
{
    QJsonArray contents;
    for (const auto &content : call.contents()) {
        const QString role = content["role"_L1].toString();
        if (!call.openAi || (role != "system"_L1 && role != "developer"_L1))
            contents.append(content);
    }
    // The OpenAI-compatible API joins messages of one role, and leaves out empty ones.
    if (!call.openAi) {
        const QJsonArray asSent = call.body.value("contents"_L1).toArray();
        for (const auto rule : {demoturns::rolesProblem, demoturns::partsProblem}) {
            if (QString found = rule(asSent); !found.isEmpty())
                return found;
        }
    }
    const QString found = demoturns::functionsProblem(contents);
    return found.isEmpty() ? demoturns::signaturesProblem(contents) : found;
}

} // namespace

QString problem(const DemoCall &call)
{
    if (!call.openAi) {
        if (const QStringList found = memberProblems(call.body); !found.isEmpty())
            return found.join(u'\n');
        QString found = configProblem(demoMember(call.body, "generationConfig"_L1), call.model);
        if (!found.isEmpty())
            return found;
    }
    const QString found = declarationsProblem(demotools::declarations(call));
    return found.isEmpty() ? contentsProblem(call) : found;
}

QStringList memberProblems(const QJsonObject &request)
{
    const QJsonValue config = demoMember(request, "generationConfig"_L1);
    const QJsonValue thinking = demoMember(config, "thinkingConfig"_L1);
    const QString path = u"generation_config"_s;
    return unknown(request, requestMembers(), {}) + unknown(config, configMembers(), path)
            + unknown(thinking, thinkingMembers(), u"generation_config.thinking_config"_s)
            + schemaProblems(config, "responseSchema"_L1, "responseJsonSchema"_L1, path)
            + toolProblems(request.value("tools"_L1).toArray())
            + contentProblems(request.value("contents"_L1).toArray());
}

QString configProblem(const QJsonValue &config, const QString &model)
{
    constexpr qsizetype mostStopSequences = 5;
    if (demoMember(config, "stopSequences"_L1).toArray().size() > mostStopSequences)
        return u"* GenerateContentRequest.generation_config.stop_sequences: at most %1 stop sequences are allowed.\n"_s
                .arg(mostStopSequences);
    if (areBothSet(config, "responseSchema"_L1, "responseJsonSchema"_L1))
        return u"Only one of response_schema and response_json_schema can be set."_s;
    return thinkingProblem(demoMember(config, "thinkingConfig"_L1), model);
}

QString declarationsProblem(const QJsonArray &declarations)
{
    static const QRegularExpression valid(uR"(\A[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}\z)"_s);
    QSet<QString> names;
    for (const auto &declaration : declarations) {
        const QString name = declaration["name"_L1].toString();
        if (!valid.match(name).hasMatch())
            return u"Invalid function name `%1`. Must start with a letter or an underscore. Must be alphanumeric (a-z, "
                   "A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128."_s
                           .arg(name);
        if (names.contains(name))
            return u"Duplicate function declaration found: %1"_s.arg(name);
        names.insert(name);
        if (areBothSet(declaration, "parameters"_L1, "parametersJsonSchema"_L1))
            return u"Function `%1`: only one of parameters and parameters_json_schema can be set."_s.arg(name);
    }
    return {};
}

} // namespace demorules
