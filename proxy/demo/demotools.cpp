#include "proxy/demo/demotools.h"

#include <QCryptographicHash>
#include <QJsonDocument>

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

QJsonValue madeUp(const QJsonValue &schema, int depth)
{
    if (const QJsonArray choices = schema["enum"_L1].toArray(); !choices.isEmpty())
        return choices.first();
    const QString type = schema["type"_L1].toString().toLower();
    if (type == "number"_L1 || type == "integer"_L1)
        return 1;
    if (type == "boolean"_L1)
        return true;
    if (type == "array"_L1)
        return depth > 0 ? QJsonArray{madeUp(schema["items"_L1], depth - 1)} : QJsonArray{};
    if (type == "object"_L1) {
        QJsonObject object;
        const QJsonObject properties = schema["properties"_L1].toObject();
        for (auto it = properties.begin(); depth > 0 && it != properties.end(); ++it)
            object.insert(it.key(), madeUp(it.value(), depth - 1));
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

std::optional<Call> callFor(const DemoCall &call)
{
    if (!responseIn(call).isEmpty())
        return std::nullopt;
    return callAmong(declarations(call), mode(call), call.prompt());
}

QJsonValue madeUp(const QJsonValue &schema)
{
    return madeUp(schema, 4);
}

std::optional<Call> callAmong(const QJsonArray &functions, const QString &mode, const QString &prompt)
{
    if (mode == "NONE"_L1)
        return std::nullopt;
    for (const auto &declaration : functions) {
        const QString name = declaration["name"_L1].toString();
        if (name.isEmpty())
            continue;
        if (functions.size() == 1 || mode == "ANY"_L1 || sharesAWord(name, prompt)) {
            const QJsonValue jsonSchema = demoMember(declaration, "parametersJsonSchema"_L1);
            const QJsonValue parameters = jsonSchema.isObject() ? jsonSchema : declaration["parameters"_L1];
            return Call{name, madeUp(parameters).toObject()};
        }
    }
    return std::nullopt;
}

QString responseIn(const DemoCall &call)
{
    const QJsonArray turns = call.contents();
    const QJsonArray parts = turns.last()["parts"_L1].toArray();
    for (const auto &part : parts) {
        const QJsonValue response = demoMember(part, "functionResponse"_L1);
        if (response.isObject()) {
            return QString::fromUtf8(QJsonDocument(response["response"_L1].toObject()).toJson(QJsonDocument::Compact));
        }
    }
    return {};
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
