#include "proxy/gemini/answer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gemini {

namespace {

void takeTold(QString &value, const QString &told)
{
    if (!told.isEmpty())
        value = told;
}

} // namespace

std::optional<AnswerError> errorIn(const QJsonObject &response)
{
    const QJsonValue value = response.value("error"_L1);
    if (value.isUndefined() || value.isNull())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    const QJsonValue code = object.value("code"_L1); // a number; in OpenAI's errors a word or null
    AnswerError error;
    error.code = code.toInt();
    error.status = code.toString();
    if (const QString name = object.value("status"_L1).toString(object.value("type"_L1).toString()); !name.isEmpty())
        error.status += error.status.isEmpty() ? name : u' ' + name;
    error.message = object.value("message"_L1).toString();
    error.details = object.value("details"_L1).toArray();
    return error;
}

std::optional<AnswerError> errorIn(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return errorIn(document.isArray() ? document.array().at(0).toObject() : document.object());
}

void AnswerEnd::add(const AnswerDelta &delta)
{
    hasParts = hasParts || !delta.parts.isEmpty();
    promptFeedback = promptFeedback || delta.promptFeedback;
    takeTold(finishReason, delta.finishReason);
    takeTold(finishMessage, delta.finishMessage);
    takeTold(blockReason, delta.blockReason);
    takeTold(blockMessage, delta.blockMessage);
}

} // namespace gemini
