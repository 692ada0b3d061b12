#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

// The models that the demo lists: some with names of Gemini's, then one for each fault.
namespace demomodels {

// Returns one page of the list in Gemini's format, with `nextPageToken` if there are further pages. The arguments are
// the query's, empty if they are missing. Returns nothing if one of them is not valid.
[[nodiscard]] std::optional<QJsonObject> list(const QString &pageSize, const QString &pageToken);
// Returns all models in OpenAI's format.
[[nodiscard]] QJsonObject openAiList();
// Returns one model in the format of Gemini or OpenAI, or nothing if there is none. `id` is its name without "models/".
[[nodiscard]] std::optional<QJsonObject> find(const QString &id, bool openAi);

} // namespace demomodels
