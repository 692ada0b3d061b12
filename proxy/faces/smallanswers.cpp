#include "proxy/faces/smallanswers.h"

#include "proxy/faces/errorshape.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

using namespace Qt::StringLiterals;

namespace faces {

namespace {

// The largest answer that is read. Gemini's list of models has some 100 KB.
constexpr qsizetype maximumAnswer = 8 * 1024 * 1024;

class WholeAnswer final : public AnswerTranslator
{
public:
    // Turns Gemini's answer into the client's; returns an empty object if it is not what it should be.
    using Convert = std::function<QJsonObject(const QJsonObject &)>;

    WholeAnswer(Api api, Convert convert) : m_api(api), m_convert(std::move(convert)) {}

    [[nodiscard]] bool streams() const override { return false; }

    [[nodiscard]] QByteArray feed(QByteArrayView bytes) override
    {
        if (m_answer.size() <= maximumAnswer)
            m_answer += bytes;
        return {};
    }

    [[nodiscard]] QByteArray finish() override
    {
        const QJsonObject converted = m_convert(QJsonDocument::fromJson(m_answer).object());
        if (converted.isEmpty())
            m_failure = ErrorAnswer{502, u"Gemini's answer could not be read. Ask again."_s, "malformed"};
        return QJsonDocument(converted).toJson(QJsonDocument::Compact);
    }

    [[nodiscard]] std::optional<ErrorAnswer> failure() const override { return m_failure; }
    [[nodiscard]] QByteArray brokenOff(const ErrorAnswer &) override { return {}; }
    [[nodiscard]] QByteArray pause() override { return {}; }
    [[nodiscard]] ErrorAnswer errorFor(const ErrorAnswer &error) const override { return errorAs(m_api, error); }

private:
    const Api m_api;
    const Convert m_convert;
    QByteArray m_answer;
    std::optional<ErrorAnswer> m_failure;
};

QString shortName(const QJsonValue &model)
{
    const QString name = model["name"_L1].toString();
    return name.startsWith("models/"_L1) ? name.sliced(7) : name;
}

QJsonObject anthropicEntry(const QString &id, const QJsonValue &model)
{
    return {{u"type"_s, u"model"_s},
            {u"id"_s, id},
            {u"display_name"_s, model["displayName"_L1].toString(id)},
            {u"created_at"_s, u"1970-01-01T00:00:00Z"_s}}; // Gemini does not tell
}

QJsonObject anthropicList(const QJsonObject &answer)
{
    if (!answer.value("models"_L1).isArray())
        return {};
    QJsonArray models;
    for (const auto &model : answer.value("models"_L1).toArray()) {
        if (!model["supportedGenerationMethods"_L1].toArray().contains(u"generateContent"_s))
            continue;
        models.append(anthropicEntry(shortName(model), model));
    }
    return {{u"data"_s, models},
            {u"has_more"_s, false},
            {u"first_id"_s, models.isEmpty() ? QJsonValue() : models.first()["id"_L1]},
            {u"last_id"_s, models.isEmpty() ? QJsonValue() : models.last()["id"_L1]}};
}

QJsonObject openAiList(const QJsonObject &answer)
{
    if (!answer.value("models"_L1).isArray())
        return {};
    QJsonArray models;
    for (const auto &model : answer.value("models"_L1).toArray()) {
        models.append(QJsonObject{{u"id"_s, shortName(model)},
                                  {u"object"_s, u"model"_s},
                                  {u"created"_s, 0},
                                  {u"owned_by"_s, u"google"_s}});
    }
    return {{u"object"_s, u"list"_s}, {u"data"_s, models}};
}

} // namespace

std::shared_ptr<AnswerTranslator> anthropicModels()
{
    return std::make_shared<WholeAnswer>(Api::Anthropic, anthropicList);
}

std::shared_ptr<AnswerTranslator> anthropicModel(const QString &id)
{
    return std::make_shared<WholeAnswer>(Api::Anthropic, [id](const QJsonObject &answer) {
        return answer.value("name"_L1).isString() ? anthropicEntry(id, answer) : QJsonObject();
    });
}

std::shared_ptr<AnswerTranslator> openAiModels()
{
    return std::make_shared<WholeAnswer>(Api::OpenAi, openAiList);
}

std::shared_ptr<AnswerTranslator> anthropicTokenCount()
{
    return std::make_shared<WholeAnswer>(Api::Anthropic, [](const QJsonObject &answer) {
        const QJsonValue tokens = answer.value("totalTokens"_L1);
        return tokens.isDouble() ? QJsonObject{{u"input_tokens"_s, tokens}} : QJsonObject();
    });
}

} // namespace faces
