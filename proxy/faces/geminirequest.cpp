#include "proxy/faces/geminirequest.h"

#include "proxy/faces/schema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

bool isOld(const QByteArray &model)
{
    return model.startsWith("gemini-1") || model.startsWith("gemini-2.0") || model.startsWith("gemma");
}

QLatin1StringView levelOf(Effort effort, const QByteArray &model)
{
    const bool pro = model.contains("pro");
    switch (effort) {
    case Effort::None:
    case Effort::Minimal:
        return pro ? "low"_L1 : "minimal"_L1; // Pro always thinks
    case Effort::Low:
        return "low"_L1;
    case Effort::Medium:
        return model.startsWith("gemini-3-pro") ? "high"_L1 : "medium"_L1; // which knows only two levels
    case Effort::High:
        break;
    }
    return "high"_L1;
}

// The budgets that Google gives to OpenAI's efforts (https://ai.google.dev/gemini-api/docs/openai#thinking).
int budgetOf(Effort effort, const QByteArray &model)
{
    switch (effort) {
    case Effort::None:
        return model.contains("pro") ? 128 : 0;
    case Effort::Minimal:
    case Effort::Low:
        return 1024;
    case Effort::Medium:
        return 8192;
    case Effort::High:
        break;
    }
    return 24576;
}

Effort effortOf(qint64 budget)
{
    return budget < 4096 ? Effort::Low : budget < 16384 ? Effort::Medium : Effort::High;
}

} // namespace

std::optional<Effort> effortNamed(const QString &word)
{
    static const QHash<QString, Effort> efforts{{u"none"_s, Effort::None}, {u"minimal"_s, Effort::Minimal},
                                                {u"low"_s, Effort::Low},   {u"medium"_s, Effort::Medium},
                                                {u"high"_s, Effort::High}, {u"xhigh"_s, Effort::High},
                                                {u"max"_s, Effort::High}};
    const auto found = efforts.constFind(word);
    return found == efforts.constEnd() ? std::nullopt : std::optional(*found);
}

QCborMap thinkingConfig(const QByteArray &model, std::optional<Effort> effort, std::optional<qint64> budget,
                        bool includeThoughts)
{
    QCborMap config;
    if (isOld(model))
        return config;
    if (model.startsWith("gemini-2.5")) {
        std::optional<qint64> tokens = budget;
        if (tokens)
            tokens = std::clamp<qint64>(*tokens, 512, 24576); // what all of them take
        else if (effort)
            tokens = budgetOf(*effort, model);
        if (includeThoughts && tokens != 0) // Gemini refuses to show thoughts that there are none of
            config.insert(u"includeThoughts"_s, true);
        if (tokens)
            config.insert(u"thinkingBudget"_s, *tokens);
        return config;
    }
    if (includeThoughts)
        config.insert(u"includeThoughts"_s, true);
    if (effort || budget)
        config.insert(u"thinkingLevel"_s, QString(levelOf(effort ? *effort : effortOf(*budget), model)));
    return config;
}

void setMaximumTokens(QCborMap &config, const QCborValue &tokens)
{
    constexpr double mostOfGemini = 65'535;
    if ((tokens.isInteger() || tokens.isDouble()) && tokens.toDouble() <= mostOfGemini)
        config.insert(u"maxOutputTokens"_s, tokens);
}

bool nestsMedia(const QByteArray &model)
{
    return !isOld(model) && !model.startsWith("gemini-2.5");
}

QCborMap functionDeclaration(const QString &name, const QString &description, const QCborValue &schema)
{
    QCborMap declaration{{u"name"_s, name}};
    if (!description.isEmpty())
        declaration.insert(u"description"_s, description);
    QCborMap parameters = schemaForGemini(schema);
    if (!parameters.value(u"properties"_s).toMap().isEmpty() || parameters.value(u"additionalProperties"_s).isMap()
        || parameters.contains(u"$ref"_s) || parameters.contains(u"anyOf"_s) || parameters.contains(u"oneOf"_s)) {
        if (!parameters.value(u"type"_s).isString() && !parameters.contains(u"$ref"_s))
            parameters.insert(u"type"_s, u"object"_s);
        declaration.insert(u"parametersJsonSchema"_s, parameters);
    }
    return declaration;
}

QCborMap inlineData(const QString &mimeType, const QString &base64)
{
    return {{u"inlineData"_s, QCborMap{{u"mimeType"_s, mimeType}, {u"data"_s, base64}}}};
}

QCborMap partForUrl(const QString &url)
{
    const qsizetype comma = url.startsWith("data:"_L1, Qt::CaseInsensitive) ? url.indexOf(u',') : -1;
    if (comma < 0)
        return {{u"fileData"_s, QCborMap{{u"fileUri"_s, url}}}};
    const QString head = url.sliced(5, comma - 5);
    const QString type = head.section(u';', 0, 0);
    QString data = url.sliced(comma + 1);
    if (!head.endsWith(";base64"_L1, Qt::CaseInsensitive)) // RFC 2397: percent-encoded, and text if nothing is told
        data = QString::fromLatin1(QByteArray::fromPercentEncoding(data.toUtf8()).toBase64());
    return inlineData(type.isEmpty() ? u"text/plain"_s : type, data);
}

void setTools(GeminiRequest &request, const QCborArray &declarations, bool search, bool urlContext)
{
    QSet<QString> names;
    QCborArray functions;
    for (const auto &declaration : declarations) { // Gemini refuses two of the same name
        const QString name = declaration["name"_L1].toString();
        if (names.contains(name))
            continue;
        names.insert(name);
        functions.append(declaration);
    }
    QCborArray tools;
    if (!functions.isEmpty()) {
        tools.append(QCborMap{{u"functionDeclarations"_s, functions}});
        if (search)
            request.leaveOut(u"the web search, as there are functions"_s);
        if (urlContext)
            request.leaveOut(u"the reading of web pages, as there are functions"_s);
    } else {
        if (search)
            tools.append(QCborMap{{u"googleSearch"_s, QCborMap()}});
        if (urlContext)
            tools.append(QCborMap{{u"urlContext"_s, QCborMap()}});
        request.searches = search;
    }
    if (!tools.isEmpty())
        request.body.insert(u"tools"_s, tools);
}

void setToolMode(GeminiRequest &request, QLatin1StringView mode, const QString &only)
{
    const QCborArray tools = request.body.value(u"tools"_s).toArray();
    const QCborArray functions = tools.at(0)["functionDeclarations"_L1].toArray();
    if (functions.isEmpty())
        return; // Gemini refuses it if there are no functions
    QCborMap config{{u"mode"_s, QString(mode)}};
    const QString name = only.isEmpty() ? QString() : request.names.forGemini(only);
    for (const auto &function : functions) { // Gemini refuses a name that it does not know
        if (!name.isEmpty() && function["name"_L1].toString() == name)
            config.insert(u"allowedFunctionNames"_s, QCborArray{name});
    }
    request.body.insert(u"toolConfig"_s, QCborMap{{u"functionCallingConfig"_s, config}});
}

} // namespace faces
