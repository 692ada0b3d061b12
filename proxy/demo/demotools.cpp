#include "proxy/demo/demotools.h"

#include "proxy/demo/demoturns.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace demotools {

namespace {

// Returns the mode of function calling that the request asks for: "AUTO", "ANY" or "NONE".
QString mode(const DemoCall &call)
{
    if (call.openAi) {
        const QJsonValue choice = call.body.value("tool_choice"_L1);
        if (choice.isObject() || choice.toString() == "required"_L1)
            return u"ANY"_s;
        return choice.toString() == "none"_L1 ? u"NONE"_s : u"AUTO"_s;
    }
    const QJsonValue config = demoMember(demoMember(call.body, "toolConfig"_L1), "functionCallingConfig"_L1);
    return config["mode"_L1].toString(u"AUTO"_s).toUpper();
}

// Returns those of the functions that the request allows to be called.
QJsonArray allowed(const QJsonArray &functions, const DemoCall &call)
{
    QJsonArray names;
    if (call.openAi) {
        if (const QJsonValue name = call.body.value("tool_choice"_L1)["function"_L1]["name"_L1]; name.isString())
            names.append(name);
    } else {
        const QJsonValue config = demoMember(demoMember(call.body, "toolConfig"_L1), "functionCallingConfig"_L1);
        names = demoMember(config, "allowedFunctionNames"_L1).toArray();
    }
    QJsonArray result;
    for (const auto &function : functions) {
        if (names.isEmpty() || names.contains(function["name"_L1]))
            result.append(function);
    }
    return result;
}

QStringList namesOf(const QJsonArray &functions)
{
    QStringList names;
    for (const auto &function : functions)
        names.append(function["name"_L1].toString());
    return names;
}

// Whether a content is of the user, and holds no results of functions.
bool isQuestion(const QJsonValue &content)
{
    return content["role"_L1].toString(u"user"_s) == "user"_L1
            && demoturns::dataOf(content, "functionResponse"_L1).isEmpty();
}

int picturesIn(const QJsonArray &parts)
{
    int pictures = 0;
    for (const auto &part : parts) {
        for (const auto name : {"inlineData"_L1, "fileData"_L1}) {
            const QJsonValue data = demoMember(part, name);
            const QString type = demoMember(data, "mimeType"_L1).toString(u"image/"_s); // OpenAI's have no type here
            pictures += !data.isUndefined() && type.startsWith("image/"_L1) ? 1 : 0;
        }
    }
    return pictures;
}

bool sharesAWord(const QString &name, const QString &prompt)
{
    QString spaced;
    for (const QChar c : name) {
        if (c.isUpper() || !c.isLetter())
            spaced += u' ';
        if (c.isLetter())
            spaced += c.toLower();
    }
    const QString text = prompt.toLower();
    for (const QString &word : spaced.split(u' ', Qt::SkipEmptyParts)) {
        if (word.size() > 3 && text.contains(word))
            return true;
    }
    return false;
}

// `definitions`: the schemas that others may refer to, by name.
QJsonValue madeUp(const QJsonValue &schema, const QJsonObject &definitions, int depth)
{
    constexpr auto reference = "#/$defs/"_L1;
    if (const QString name = schema["$ref"_L1].toString(); depth > 0 && name.startsWith(reference))
        return madeUp(definitions.value(name.sliced(reference.size())), definitions, depth - 1);
    if (const QJsonArray choices = schema["enum"_L1].toArray(); !choices.isEmpty())
        return choices.first();
    const QString type = schema["type"_L1].toString().toLower();
    if (type == "number"_L1 || type == "integer"_L1)
        return 1;
    if (type == "boolean"_L1)
        return true;
    if (type == "array"_L1)
        return depth > 0 ? QJsonArray{madeUp(schema["items"_L1], definitions, depth - 1)} : QJsonArray{};
    if (type == "object"_L1) {
        QJsonObject object;
        const QJsonObject properties = schema["properties"_L1].toObject();
        for (auto it = properties.begin(); depth > 0 && it != properties.end(); ++it)
            object.insert(it.key(), madeUp(it.value(), definitions, depth - 1));
        return object;
    }
    return u"demo"_s;
}

} // namespace

QJsonArray declarations(const DemoCall &call)
{
    QJsonArray all;
    for (const auto &tool : call.body.value("tools"_L1).toArray()) {
        if (call.openAi) {
            all.append(tool["function"_L1]);
            continue;
        }
        for (const auto &declaration : demoMember(tool, "functionDeclarations"_L1).toArray())
            all.append(declaration);
    }
    return all;
}

QList<Call> callsFor(const DemoCall &call)
{
    const QString calling = mode(call);
    if (calling == "NONE"_L1)
        return {};
    const QJsonArray functions = allowed(declarations(call), call);
    const QJsonArray contents = call.contents();
    // Words behind results do not begin a new turn: agents add reminders to what their tools have found.
    qsizetype start = contents.size() - 1;
    while (start > 0 && (!isQuestion(contents.at(start)) || demoturns::respondsOnly(contents.at(start - 1))))
        --start;
    qsizetype step = 0;
    for (qsizetype i = start; i < contents.size(); ++i)
        step += demoturns::dataOf(contents.at(i), "functionCall"_L1).isEmpty() ? 0 : 1;

    const QStringList said = saidIn(contents.at(start).toObject());
    const QString prompt = said.isEmpty() ? QString() : said.last();
    if (const auto steps = demoscript::steps(prompt, namesOf(functions)); step < steps.size())
        return steps.at(step);
    return step > 0 ? QList<Call>{} : callsAmong(functions, calling, prompt);
}

QJsonValue madeUp(const QJsonValue &schema)
{
    return madeUp(schema, schema["$defs"_L1].toObject(), 6);
}

std::optional<QJsonValue> answerSchema(const DemoCall &call)
{
    if (call.openAi) {
        const QJsonValue format = call.body.value("response_format"_L1);
        if (format["type"_L1].toString() == "json_schema"_L1)
            return format["json_schema"_L1]["schema"_L1].toObject();
        return format["type"_L1].toString() == "json_object"_L1 ? std::optional<QJsonValue>(QJsonObject())
                                                                : std::nullopt;
    }
    const QJsonValue config = demoMember(call.body, "generationConfig"_L1);
    if (demoMember(config, "responseMimeType"_L1).toString() != "application/json"_L1)
        return std::nullopt;
    const QJsonValue jsonSchema = demoMember(config, "responseJsonSchema"_L1);
    return jsonSchema.isObject() ? jsonSchema : demoMember(config, "responseSchema"_L1).toObject();
}

QList<Call> callsAmong(const QJsonArray &functions, const QString &mode, const QString &prompt)
{
    constexpr qsizetype mostByWords = 5;
    static const QRegularExpression parallel(uR"(\b(parallel|both|two)\b)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    if (mode == "NONE"_L1)
        return {};
    if (const auto steps = demoscript::steps(prompt, namesOf(functions)); !steps.isEmpty())
        return steps.first();
    const bool forced = mode == "ANY"_L1 || functions.size() == 1;
    for (const auto &declaration : functions) {
        const QString name = declaration["name"_L1].toString();
        if (!forced && (functions.size() > mostByWords || !sharesAWord(name, prompt)))
            continue;
        const QJsonValue jsonSchema = demoMember(declaration, "parametersJsonSchema"_L1);
        const QJsonValue parameters = jsonSchema.isObject() ? jsonSchema : declaration["parameters"_L1];
        return QList<Call>(parallel.match(prompt).hasMatch() ? 2 : 1, Call{name, madeUp(parameters).toObject()});
    }
    return {};
}

Results resultsIn(const DemoCall &call)
{
    const QJsonArray contents = call.contents();
    Results results;
    int pictures = picturesIn(contents.last()["parts"_L1].toArray());
    const bool wordsBehind = contents.size() > 1 && isQuestion(contents.last())
            && demoturns::respondsOnly(contents.at(contents.size() - 2));
    const QJsonValue responses = wordsBehind ? contents.at(contents.size() - 2) : contents.last();
    for (const auto &response : demoturns::dataOf(responses, "functionResponse"_L1)) {
        const QJsonDocument json(response["response"_L1].toObject());
        results.responses.append(QString::fromUtf8(json.toJson(QJsonDocument::Compact)));
        pictures += picturesIn(response["parts"_L1].toArray());
    }
    results.pictures = pictures;
    return results;
}

QString thoughtSignature()
{
    return u"ZGVtbyBzaWduYXR1cmU="_s; // means nothing to clients, like Gemini's signatures
}

QString thoughtSignature(const QString &function, int step)
{
    const QByteArray text = "demo signature " + QByteArray::number(step) + ' ' + function.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64());
}

} // namespace demotools
