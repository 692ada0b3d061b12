#pragma once

#include "proxy/gemini/expected.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

// Names of models, as requests bring them.
namespace gemini {

// The model's name without "models/", a tuned one's as "tunedModels/NAME". The error says what a name looks
// like, for people.
[[nodiscard]] Expected<QByteArray, QString> modelName(QByteArrayView name);

// Where a model of that name is found: "models/NAME" or "tunedModels/NAME".
[[nodiscard]] QByteArray resourceOf(const QByteArray &model);

// The model that the first message of a Live session names, {"setup":{"model":"models/NAME"}}; empty
// where it names none.
[[nodiscard]] QByteArray modelOfLiveSetup(const QByteArray &message);

} // namespace gemini
