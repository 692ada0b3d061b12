#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

// The models that the demo lists: a few of Gemini's names, then one for each fault.
namespace demomodels {

// One page in Gemini's shape, `nextPageToken` if more follow; nothing if an argument is not valid.
[[nodiscard]] std::optional<QJsonObject> list(const QString &pageSize, const QString &pageToken);
// All of them in OpenAI's shape.
[[nodiscard]] QJsonObject openAiList();
// `id` is without "models/".
[[nodiscard]] std::optional<QJsonObject> find(const QString &id, bool openAi);

} // namespace demomodels
