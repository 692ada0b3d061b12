#pragma once

#include <QByteArray>
#include <QList>

#include <utility>

namespace faces {

// Which of Gemini's models answers for a model of another API: pairs of a pattern, in which "*" stands for any text,
// and a model of Gemini's. The first pattern that fits counts.
using ModelTable = QList<std::pair<QByteArray, QByteArray>>;

// Returns what stands in for the models that coding agents ask for by themselves.
[[nodiscard]] const ModelTable &defaultModels();

// Returns the model of Gemini's that a request for `name` is for: what `table` says, or else the default table, or else
// `name` itself, since Gemini knows its own models best. Without "models/" ahead, and without the "[1m]" that Claude
// Code puts behind a name to ask for a long context.
[[nodiscard]] QByteArray modelFor(QByteArrayView name, const ModelTable &table);

// Whether the pattern fits the name, upper and lower case alike.
[[nodiscard]] bool fits(QByteArrayView pattern, QByteArrayView name);

} // namespace faces
