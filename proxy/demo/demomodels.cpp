#include "proxy/demo/demomodels.h"

#include "proxy/demo/demofaults.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Model
{
    QString id;
    QString displayName;
    QString description;
    QJsonArray methods{u"generateContent"_s, u"countTokens"_s};
};

const QList<Model> &models()
{
    static const QList<Model> all = [] {
        const QString like = u"Gemini Desk’s demo under this name: prepared answers, no network."_s;
        QList<Model> result = {
                {u"gemini-flash-latest"_s, u"Gemini Flash (demo)"_s, like},
                {u"gemini-flash-lite-latest"_s, u"Gemini Flash-Lite (demo)"_s, like},
                {u"gemini-pro-latest"_s, u"Gemini Pro (demo)"_s, like},
                {u"gemini-2.5-flash"_s, u"Gemini 2.5 Flash (demo)"_s, like},
                {u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro (demo)"_s, like},
                {u"gemini-2.5-flash-image"_s, u"Gemini 2.5 Flash Image (demo)"_s, like},
                {u"gemini-embedding-001"_s,
                 u"Gemini Embedding (demo)"_s,
                 like,
                 {u"embedContent"_s, u"batchEmbedContents"_s}},
                {u"demo-deep-research"_s,
                 u"Deep Research (demo)"_s,
                 u"Gemini Desk’s demo of an agent, for the Interactions API only: a prepared report."_s,
                 {u"createInteraction"_s}},
        };
        for (const DemoFault &fault : demoFaults().subspan(1)) {
            const QString name = QString::fromLatin1(fault.name);
            result.append({u"demo-"_s + name, u"Demo: "_s + name, QString::fromLatin1(fault.summary)});
        }
        return result;
    }();
    return all;
}

QJsonObject native(const Model &model)
{
    return {
            {u"name"_s, QString(u"models/"_s + model.id)},
            {u"version"_s, u"demo"_s},
            {u"displayName"_s, model.displayName},
            {u"description"_s, model.description},
            {u"inputTokenLimit"_s, 1'048'576},
            {u"outputTokenLimit"_s, 65'536},
            {u"supportedGenerationMethods"_s, model.methods},
    };
}

QJsonObject openAi(const Model &model)
{
    return {{u"id"_s, QString(u"models/"_s + model.id)},
            {u"object"_s, u"model"_s},
            {u"owned_by"_s, u"google"_s},
            {u"display_name"_s, model.displayName}};
}

} // namespace

std::optional<QJsonObject> demomodels::list(const QString &pageSize, const QString &pageToken)
{
    bool sizeValid = true;
    bool startValid = true;
    const int size = pageSize.isEmpty() ? 0 : pageSize.toInt(&sizeValid);
    const int start = pageToken.isEmpty() ? 0 : pageToken.toInt(&startValid);
    if (!sizeValid || !startValid || size < 0 || start < 0 || start >= models().size())
        return std::nullopt;

    const qsizetype end = std::min<qsizetype>(start + qint64(size == 0 ? 50 : size), models().size());
    QJsonArray page;
    for (qsizetype i = start; i < end; ++i)
        page.append(native(models().at(i)));
    QJsonObject result{{u"models"_s, page}};
    if (end < models().size())
        result.insert("nextPageToken"_L1, QString::number(end));
    return result;
}

QJsonObject demomodels::openAiList()
{
    QJsonArray data;
    for (const Model &model : models())
        data.append(openAi(model));
    return {{u"object"_s, u"list"_s}, {u"data"_s, data}};
}

std::optional<QJsonObject> demomodels::find(const QString &id, bool forOpenAi)
{
    const auto model = std::ranges::find(models(), id, &Model::id);
    if (model == models().end())
        return std::nullopt;
    return forOpenAi ? openAi(*model) : native(*model);
}
