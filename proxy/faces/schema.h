#pragma once

#include <QCborMap>
#include <QCborValue>

namespace faces {

// Returns a JSON Schema with what Gemini understands of it, for `parametersJsonSchema` and `responseJsonSchema`
// (https://ai.google.dev/api/generate-content#FIELDS.response_json_schema). Gemini refuses a request for any other
// keyword. `const` becomes an enumeration of one value, an exclusive bound of integers the next integer, `allOf` one
// schema, and other keywords are left out: they only say more about values that the tool itself checks again. So is
// what should be a schema and is none.
[[nodiscard]] QCborMap schemaForGemini(const QCborValue &schema);

} // namespace faces
