#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

// Reads the names of models in requests.
namespace gemini {

// Returns the model's name without "models/"; the name of a tuned model is "tunedModels/NAME". The error says in words
// that the name is not valid and what a name looks like.
[[nodiscard]] Expected<QByteArray, QString> modelName(QByteArrayView name);

// Returns the path of a model with this name: "models/NAME" or "tunedModels/NAME".
[[nodiscard]] QByteArray resourceOf(const QByteArray &model);

// Returns the model that the first message of a Live session names, {"setup":{"model":"models/NAME"}}; empty if the
// message names none.
[[nodiscard]] QByteArray modelOfLiveSetup(const QByteArray &message);

} // namespace gemini
