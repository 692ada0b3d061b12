#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

// What Gemini takes as a schema: pure functions. There are two kinds. `parameters` and `responseSchema` are messages of
// Google's own type Schema, and their unknown members are errors like those of any message. `parametersJsonSchema` and
// `responseJsonSchema` are JSON Schemas of which Google documents a part: https://ai.google.dev/api/generate-content
namespace demoschema {

// Returns Gemini's errors about unknown members and wrong values, one for each, or nothing. `path` is where the schema
// is, such as "tools[0].function_declarations[0].parameters".
[[nodiscard]] QStringList problems(const QJsonValue &schema, const QString &path);
// Returns what is wrong with a JSON Schema as above. It names each keyword that is not documented.
[[nodiscard]] QStringList jsonSchemaProblems(const QJsonValue &schema, const QString &path);

// Returns Gemini's words for a member that it does not know in the message at `path`; an empty path is the request.
[[nodiscard]] QString unknownName(const QString &name, const QString &path);

} // namespace demoschema
