#pragma once

#include <QJsonArray>
#include <QString>

// What Gemini asks of the contents of a request, beyond their types: pure functions. Each returns what is wrong, mostly
// in Gemini's own words, or nothing. The first two look at the contents as they were sent, and the others as
// DemoCall::contents() returns them, but without those of the system.
namespace demoturns {

// Roles are "user", "model", "function" or missing, which means "user", and no two in a row are equal. Only the model's
// may be, as Google's own clients keep each piece of a streamed answer as a content of the history.
[[nodiscard]] QString rolesProblem(const QJsonArray &contents);

// Each content has a part, and each part has exactly one kind of data. A text may be empty only if it carries a
// signature.
[[nodiscard]] QString partsProblem(const QJsonArray &contents);

// Calls of functions follow a turn of the user or results, and results follow calls: as many, in the same order, with
// nothing between them. https://ai.google.dev/gemini-api/docs/function-calling
[[nodiscard]] QString functionsProblem(const QJsonArray &contents);

// In the current turn, which is what follows the last content of the user that has more than results, the first call of
// each content carries the signature that came with it, or a documented stand-in for one.
// https://ai.google.dev/gemini-api/docs/thought-signatures
[[nodiscard]] QString signaturesProblem(const QJsonArray &contents);

// Returns how many contents with calls the current turn has.
[[nodiscard]] int stepsInTurn(const QJsonArray &contents);

// Returns one kind of data of all parts of a content that have it, such as "functionCall".
[[nodiscard]] QJsonArray dataOf(const QJsonValue &content, QLatin1StringView kind);

// Whether a content consists of the results of functions alone.
[[nodiscard]] bool respondsOnly(const QJsonValue &content);

} // namespace demoturns
