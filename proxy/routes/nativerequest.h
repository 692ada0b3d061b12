#pragma once

#include "proxy/http/requesthead.h"

#include <optional>

// Turns a client's request for Gemini's own API into the request that goes upstream: pure functions. They do not decode
// and encode paths and queries, so that nothing changes that should stay as it is.
namespace nativerequest {

// Returns a query without the client's credentials: key, $key, access_token and oauth_token, however their names are
// percent-encoded and however often they occur (https://cloud.google.com/apis/docs/system-parameters). The rest stays
// byte for byte.
[[nodiscard]] QByteArray withoutCredentials(QByteArrayView query);

// Returns the target to ask the upstream for: the upstream's own path, then the client's path, then the query without
// credentials. `base` is the path of the upstream's URL, percent-encoded, such as "/" or "/gateway".
[[nodiscard]] QByteArray target(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// Does the same for a method that accepts Google's ephemeral tokens: access_token stays in the query.
[[nodiscard]] QByteArray targetWithAccessToken(QByteArrayView base, QByteArrayView path, QByteArrayView query);

// Returns the model that a path names: "NAME" for .../models/NAME[:verb], "tunedModels/NAME" for a tuned model. Empty
// if the path names no model, or if the name is not valid.
[[nodiscard]] QByteArray modelInPath(QByteArrayView path);

// Returns the ID of the interaction that a path of the Interactions API names, without a verb such as ":cancel"; "" for
// the path of all interactions. Nothing for paths of other APIs.
[[nodiscard]] std::optional<QByteArray> interactionInPath(QByteArrayView path);

} // namespace nativerequest
